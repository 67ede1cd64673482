"""The social workers of an agency. Their list stands on the agency's page."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from incubator.base.views import CreateOncePage, ObjectFormPage, TransitionView
from organizations.forms.social_worker import (
    SocialWorkerAddForm,
    SocialWorkerEndForm,
    SocialWorkerLinkForm,
    SocialWorkerUpdateForm,
)
from organizations.models import Agency, SocialWorker
from organizations.policies import social_worker as policies
from organizations.services import social_worker as services


class SocialWorkerAddView(CreateOncePage):
    policy = staticmethod(policies.check_add_social_worker)
    policy_needs_object = True
    model = SocialWorker
    form_class = SocialWorkerAddForm
    template_name = "organizations/social_worker_add.html"
    success_message = _("The social worker is on the list.")

    @cached_property
    def agency(self):
        return get_object_or_404(Agency.objects.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.agency)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(agency=self.agency, **kwargs)

    def perform(self, form):
        self.object = services.add_social_worker(agency_id=self.agency.pk, actor=self.request.user, **form.cleaned_data)


class _WorkerMixin:
    model = SocialWorker
    context_object_name = "worker"

    def get_queryset(self):
        return super().get_queryset().select_related("agency", "user")


class SocialWorkerUpdateView(_WorkerMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_social_worker)
    form_class = SocialWorkerUpdateForm
    template_name = "organizations/social_worker_update.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.FIELDS}

    def perform(self, form):
        services.update_social_worker(worker_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class SocialWorkerEndView(_WorkerMixin, ObjectFormPage):
    policy = staticmethod(policies.check_end_social_worker)
    form_class = SocialWorkerEndForm
    template_name = "organizations/social_worker_end.html"
    success_message = _("Recorded. What the person wrote stays.")

    def perform(self, form):
        services.end_social_worker(
            worker_id=self.object.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )


class SocialWorkerLinkView(_WorkerMixin, ObjectFormPage):
    policy = staticmethod(policies.check_link_social_worker)
    form_class = SocialWorkerLinkForm
    template_name = "organizations/social_worker_link.html"
    success_message = _("The account is linked.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"username": self.object.user.username if self.object.user else ""}

    def perform(self, form):
        services.link_social_worker(
            worker_id=self.object.pk, actor=self.request.user, user=form.cleaned_data["username"]
        )


class SocialWorkerUnlinkView(_WorkerMixin, TransitionView):
    policy = staticmethod(policies.check_unlink_social_worker)
    success_message = _("The account is not linked any more.")

    def run(self):
        services.unlink_social_worker(worker_id=self.object.pk, actor=self.request.user)
