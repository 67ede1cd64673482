"""The draft of a growth standard, one part at a time."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from evaluations.forms.standard_part import ADD_FORMS, FORMS
from evaluations.policies import standard as policies
from evaluations.services import standard_draft as services
from evaluations.services.scoring_words import spoken
from evaluations.views.standard import StandardMixin
from incubator.base.views import ObjectFormPage, TransitionView

HEADINGS = {
    "dimensions": (gettext_lazy("Add a dimension"), gettext_lazy("Change the dimension")),
    "indicators": (gettext_lazy("Add an indicator"), gettext_lazy("Change the indicator")),
    "bonus": (gettext_lazy("Add a bonus item"), gettext_lazy("Change the bonus item")),
    "vetoes": (gettext_lazy("Add a veto"), gettext_lazy("Change the veto")),
    "bands": (gettext_lazy("Add a band"), gettext_lazy("Change the band")),
    "rules": (gettext_lazy("Add a rule"), gettext_lazy("Change the rule")),
}


class StandardPartMixin(StandardMixin):
    """A list of the draft, or one part in it; what is not there is not found."""

    policy = staticmethod(policies.check_update_standard)

    @cached_property
    def holder(self):
        holder = self.kwargs["holder"]
        if services.parts_of(self.object.draft, holder) is None:
            raise Http404
        return holder

    @cached_property
    def kind(self):
        return services.kind_of(self.holder)

    @cached_property
    def part(self):
        found = services.find_part(self.object.draft, self.holder, self.kwargs["code"])
        if found is None:
            raise Http404
        return found

    def setup_object(self):
        super().setup_object()
        self.part if "code" in self.kwargs else self.holder  # noqa: B018 - not found, whatever is asked of it

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#{self.holder.partition('.')[0]}"


class _PartFormPage(StandardPartMixin, ObjectFormPage):
    forms = FORMS
    heading = 1

    def get_form_class(self):
        return self.forms[self.kind]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"content": self.object.draft, "holder": self.holder}

    def get_context_data(self, **kwargs):
        parent = services.find_part(self.object.draft, *self.holder.split(".")) if self.kind == "indicators" else None
        label = services.LABELS.get(self.holder.partition(".")[0], {}).get(self.holder.partition(".")[2])
        return super().get_context_data(
            heading=HEADINGS[self.kind][self.heading],
            within=spoken(label or (parent or {}).get("label")),
            back_url=self.get_success_url(),
            **kwargs,
        )


class StandardPartAddView(_PartFormPage):
    forms = ADD_FORMS
    heading = 0
    template_name = "evaluations/standard_part_add.html"
    success_message = gettext_lazy("Added.")

    def perform(self, form):
        services.add_part(
            standard_id=self.object.pk, holder=self.holder, uuid=form.cleaned_data["uuid"], values=form.values(),
            actor=self.request.user,
        )  # fmt: skip


class StandardPartUpdateView(_PartFormPage):
    template_name = "evaluations/standard_part_update.html"
    success_message = gettext_lazy("Changed.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"part": self.part}

    def get_initial(self):
        return self.get_form_class().initial_of(self.part)

    def perform(self, form):
        services.update_part(
            standard_id=self.object.pk, holder=self.holder, code=self.part["code"], values=form.values(),
            actor=self.request.user,
        )  # fmt: skip


class StandardPartRemoveView(StandardPartMixin, TransitionView):
    success_message = gettext_lazy("Taken out. Published editions keep it.")

    def run(self):
        services.remove_part(
            standard_id=self.object.pk, holder=self.holder, code=self.part["code"], actor=self.request.user
        )


class StandardPartUpView(StandardPartMixin, TransitionView):
    by = -1
    success_message = gettext_lazy("Moved.")

    def run(self):
        services.move_part(
            standard_id=self.object.pk, holder=self.holder, code=self.part["code"], by=self.by,
            actor=self.request.user,
        )  # fmt: skip


class StandardPartDownView(StandardPartUpView):
    by = 1
