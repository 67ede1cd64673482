"""The trainings of one social worker: list, add, take back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, TransitionView
from organizations.forms.training import TrainingAddForm
from organizations.models import SocialWorker, WorkerTraining
from organizations.policies import training as policies
from organizations.services import training as services

SHOWN = 100


class TrainingListView(DetailPage):
    model = SocialWorker
    policy = staticmethod(policies.check_view_trainings_of)
    template_name = "organizations/training_list.html"
    context_object_name = "worker"

    def get_queryset(self):
        return super().get_queryset().select_related("agency", "user")

    def get_context_data(self, **kwargs):
        trainings = list(self.object.trainings.in_force().order_by("-held_on", "-pk")[:SHOWN])
        return super().get_context_data(
            trainings=trainings,
            hours=sum(training.hours for training in trainings),
            may_add=verdict(policies.check_add_training, self.request.user, self.object),
            **kwargs,
        )


class TrainingAddView(CreateOncePage):
    policy = staticmethod(policies.check_add_training)
    policy_needs_object = True
    model = WorkerTraining
    form_class = TrainingAddForm
    template_name = "organizations/training_add.html"
    success_message = _("The training is entered.")

    @cached_property
    def worker(self):
        found = SocialWorker.objects.visible_to(self.request.user).select_related("agency", "user")
        return get_object_or_404(found, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.worker)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(worker=self.worker, **kwargs)

    def get_success_url(self):
        return reverse("organizations:training-list", args=[self.worker.uuid])

    def perform(self, form):
        self.object = services.add_training(
            worker_id=self.worker.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )


class TrainingRemoveView(TransitionView):
    model = WorkerTraining
    policy = staticmethod(policies.check_remove_training)
    success_message = _("Taken back. It does not count any more.")

    def get_queryset(self):
        return super().get_queryset().select_related("worker__agency", "worker__user")

    def get_success_url(self):
        return reverse("organizations:training-list", args=[self.object.worker.uuid])

    def run(self):
        services.remove_training(training_id=self.object.pk, actor=self.request.user)
