"""能人库."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, ListPage, ObjectFormPage
from organizations.choices import TalentStep
from organizations.filters import TalentFilterSet
from organizations.forms.talent import TalentAddForm, TalentMoveForm, TalentUpdateForm
from organizations.models import Talent
from organizations.policies import talent as policies
from organizations.services import talent as services

MOST_FOUND_AT = 200


class TalentListView(ListPage):
    policy = staticmethod(policies.check_list_talents)
    model = Talent
    template_name = "organizations/talent_list.html"
    filterset_class = TalentFilterSet
    sorts = {
        "recent": (_("last changed first"), ("-updated_at", "-pk")),
        "name": (_("by name"), ("name", "pk")),
    }

    def get_queryset(self):
        return super().get_queryset().select_related("community__parent", "organization")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_add=verdict(policies.check_add_talent, self.request.user), path=TalentStep.choices, **kwargs
        )


class TalentAddView(CreateOncePage):
    policy = staticmethod(policies.check_add_talent)
    model = Talent
    form_class = TalentAddForm
    template_name = "organizations/talent_add.html"
    success_message = _("The talent is on the list.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        """From an activity's page: where the person was found, and in which community."""
        asked = self.request.GET
        return {"found_at": asked.get("found_at", "")[:MOST_FOUND_AT], "community": asked.get("community", "")}

    def perform(self, form):
        policies.check_add_talent(self.request.user, form.cleaned_data["community"])
        self.object = services.add_talent(actor=self.request.user, **form.cleaned_data)


class _TalentPage(ObjectFormPage):
    model = Talent

    def get_queryset(self):
        return super().get_queryset().select_related("community", "organization")

    def get_success_url(self):
        return reverse("organizations:talent-list")


class TalentUpdateView(_TalentPage):
    policy = staticmethod(policies.check_update_talent)
    form_class = TalentUpdateForm
    template_name = "organizations/talent_update.html"
    success_message = _("Saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "talent": self.object}

    def get_initial(self):
        values = {name: getattr(self.object, name) for name in services.FIELDS}
        return values | {"organization": self.object.organization and self.object.organization.uuid}

    def perform(self, form):
        services.update_talent(talent_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class TalentMoveView(_TalentPage):
    policy = staticmethod(policies.check_move_talent)
    form_class = TalentMoveForm
    template_name = "organizations/talent_move.html"
    success_message = _("The step is recorded.")

    def get_initial(self):
        return {"step": self.object.step}

    def get_context_data(self, **kwargs):
        return super().get_context_data(path=TalentStep.choices, **kwargs)

    def perform(self, form):
        services.move_talent(talent_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
