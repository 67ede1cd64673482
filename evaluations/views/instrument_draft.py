"""The builder: sections, questions and scales of a questionnaire's draft, each step a form of its own."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from evaluations.choices import ItemKind
from evaluations.forms.instrument import (
    InstrumentScaleAddForm,
    InstrumentScaleUpdateForm,
    InstrumentSectionAddForm,
    InstrumentSectionUpdateForm,
)
from evaluations.forms.instrument_item import ADD_FORMS, UPDATE_FORMS, InstrumentItemMatchForm
from evaluations.policies import instrument as policies
from evaluations.services import instrument_draft as services
from evaluations.validators import CHOICES, LIKERT, items_of, normalized
from evaluations.views.instrument import InstrumentMixin
from incubator.base.views import ObjectFormPage, TransitionView


class DraftMixin(InstrumentMixin):
    """A step in the draft. ``name`` in the address is that of a row of ``rows``; one that is not there is not found."""

    policy = staticmethod(policies.check_update_instrument)
    anchor = ""

    def get_rows(self):
        raise NotImplementedError

    @cached_property
    def row(self):
        found = next((row for row in self.get_rows() if row["id"] == self.kwargs["name"]), None)
        if found is None:
            raise Http404
        return found

    def setup_object(self):
        super().setup_object()
        if "name" in self.kwargs:
            self.row  # noqa: B018 - what is not there is not found, whatever is asked of it

    def call(self, service, **kwargs):
        if "name" in self.kwargs:
            kwargs = {"name": self.kwargs["name"], **kwargs}
        service(instrument_id=self.object.pk, actor=self.request.user, **kwargs)

    def get_anchor(self):
        return f"{self.anchor}-{self.kwargs['name']}" if "name" in self.kwargs else "questions"

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#{self.get_anchor()}"


class DraftAddPage(DraftMixin, ObjectFormPage):
    service = None

    def perform(self, form):
        self.call(self.service, uuid=form.cleaned_data["uuid"], values=form.values())


class DraftUpdatePage(DraftMixin, ObjectFormPage):
    service = None

    def get_initial(self):
        return self.get_form_class().initial_of(self.row)

    def perform(self, form):
        self.call(self.service, values=form.values())


class DraftStep(DraftMixin, TransitionView):
    service, more = None, {}
    success_message = gettext_lazy("Moved.")

    def run(self):
        self.call(self.service, **self.more)


# --- sections --------------------------------------------------------------------------------------------------------


class SectionMixin:
    anchor = "section"

    def get_rows(self):
        return normalized(self.object.draft)["sections"]


class InstrumentSectionAddView(SectionMixin, DraftAddPage):
    form_class = InstrumentSectionAddForm
    template_name = "evaluations/instrument_section_add.html"
    service = staticmethod(services.add_section)
    success_message = gettext_lazy("Section added. Now its questions.")


class InstrumentSectionUpdateView(SectionMixin, DraftUpdatePage):
    form_class = InstrumentSectionUpdateForm
    template_name = "evaluations/instrument_section_update.html"
    service = staticmethod(services.update_section)
    success_message = gettext_lazy("Section changed.")


class InstrumentSectionRemoveView(SectionMixin, DraftStep):
    service = staticmethod(services.remove_section)
    success_message = gettext_lazy("Section taken out. Published editions keep it.")

    def get_anchor(self):
        return "questions"


class InstrumentSectionUpView(SectionMixin, DraftStep):
    service, more = staticmethod(services.move_section), {"by": -1}


class InstrumentSectionDownView(SectionMixin, DraftStep):
    service, more = staticmethod(services.move_section), {"by": 1}


# --- questions -------------------------------------------------------------------------------------------------------


class ItemMixin:
    anchor = "item"

    def get_rows(self):
        return items_of(normalized(self.object.draft))


class ItemFormMixin:
    forms = {}

    def get_kind(self):
        return self.row["kind"]

    def get_form_class(self):
        return self.forms[self.get_kind()]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"content": normalized(self.object.draft)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(kind_label=dict(ItemKind.choices)[self.get_kind()], **kwargs)


class InstrumentItemAddView(SectionMixin, ItemFormMixin, DraftAddPage):
    """``name`` is the section's."""

    forms = ADD_FORMS
    template_name = "evaluations/instrument_item_add.html"
    success_message = gettext_lazy("Question added.")

    def setup_object(self):
        super().setup_object()
        if self.get_kind() not in self.forms:
            raise Http404

    def get_kind(self):
        return self.kwargs["kind"]

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#add-{self.kwargs['name']}"

    def perform(self, form):
        services.add_item(
            instrument_id=self.object.pk, section=self.row["id"], uuid=form.cleaned_data["uuid"], values=form.values(),
            actor=self.request.user,
        )  # fmt: skip


class InstrumentItemUpdateView(ItemMixin, ItemFormMixin, DraftUpdatePage):
    forms = UPDATE_FORMS
    template_name = "evaluations/instrument_item_update.html"
    service = staticmethod(services.update_item)
    success_message = gettext_lazy("Question changed.")


class InstrumentItemMatchView(ItemMixin, DraftMixin, ObjectFormPage):
    form_class = InstrumentItemMatchForm
    template_name = "evaluations/instrument_item_match.html"
    success_message = gettext_lazy("Saved. The list of gaps shows it once it is published.")

    def setup_object(self):
        super().setup_object()
        if self.row["kind"] not in (LIKERT, *CHOICES):
            raise Http404

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"item": self.row}

    def perform(self, form):
        self.call(services.match_item, services=form.services())


class InstrumentItemRemoveView(ItemMixin, DraftStep):
    service = staticmethod(services.remove_item)
    success_message = gettext_lazy("Question taken out. Published editions keep it.")

    def get_anchor(self):
        return "questions"


class InstrumentItemUpView(ItemMixin, DraftStep):
    service, more = staticmethod(services.move_item), {"by": -1}


class InstrumentItemDownView(ItemMixin, DraftStep):
    service, more = staticmethod(services.move_item), {"by": 1}


# --- scales ----------------------------------------------------------------------------------------------------------


class ScaleMixin:
    def get_rows(self):
        return normalized(self.object.draft)["scales"]

    def get_anchor(self):
        return "scales"


class InstrumentScaleAddView(ScaleMixin, DraftAddPage):
    form_class = InstrumentScaleAddForm
    template_name = "evaluations/instrument_scale_add.html"
    service = staticmethod(services.add_scale)
    success_message = gettext_lazy("Scale added. Scale questions can count towards it now.")


class InstrumentScaleUpdateView(ScaleMixin, DraftUpdatePage):
    form_class = InstrumentScaleUpdateForm
    template_name = "evaluations/instrument_scale_update.html"
    service = staticmethod(services.update_scale)
    success_message = gettext_lazy("Scale changed.")


class InstrumentScaleRemoveView(ScaleMixin, DraftStep):
    service = staticmethod(services.remove_scale)
    success_message = gettext_lazy("Scale taken out. Its questions stay.")
