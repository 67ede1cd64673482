"""Questionnaires: which there are, what each asks, its editions, and how one becomes another place's own."""

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from evaluations.choices import ItemKind
from evaluations.forms.answer import AnswerForm
from evaluations.forms.edition import unfold
from evaluations.forms.instrument import (
    InstrumentCopyForm,
    InstrumentCreateForm,
    InstrumentImportForm,
    InstrumentReplaceForm,
    InstrumentUpdateForm,
)
from evaluations.models import Instrument
from evaluations.policies import instrument as policies
from evaluations.services import instrument as services
from evaluations.services.instrument_draft import replace_instrument_draft
from evaluations.services.instrument_problems import problems_of
from evaluations.services.instrument_sheet import questionnaire_workbook
from evaluations.validators import LANGUAGES, LIKERT, items_of, normalized
from evaluations.views.edition import CopyMixin, PlaceFormMixin, VersionMixin
from incubator.base.policies import verdict
from incubator.base.views import (
    CreateOncePage,
    DetailPage,
    EditionMixin,
    ListPage,
    ObjectFormPage,
    TransitionView,
    VisibleMixin,
)
from incubator.reporting.views import file_answer
from projects.choices import NeedLevel
from projects.registries import spoken
from projects.services.kind import labels_of


class InstrumentListView(ListPage):
    policy = staticmethod(policies.check_list_instruments)
    model = Instrument
    template_name = "evaluations/instrument_list.html"
    sorts = {"place": (gettext_lazy("Own ones first"), ("-is_active", "-level", "code"))}
    per_page = 24

    def get_queryset(self):
        found = super().get_queryset().select_related("division", "current")
        return found.annotate(level=Coalesce("division__level", 0))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            may_create=verdict(policies.check_create_instrument, self.request.user), **kwargs
        )
        return context | {"rows": [_card(instrument) for instrument in context["page"]]}


def _card(instrument):
    content = instrument.current.content if instrument.current else normalized(instrument.draft)
    return {
        "instrument": instrument,
        "items": len(items_of(content)),
        "scales": [spoken(scale["label"]) for scale in content["scales"]],
    }


class InstrumentMixin(VisibleMixin):
    model = Instrument
    context_object_name = "instrument"

    def get_queryset(self):
        return super().get_queryset().select_related("current", "division", "created_by")


class InstrumentDetailView(InstrumentMixin, DetailPage):
    """Whoever may change it sees the draft, everybody else the edition in use."""

    policy = staticmethod(policies.check_view_instrument)
    template_name = "evaluations/instrument_detail.html"

    def get_context_data(self, **kwargs):
        user, instrument = self.request.user, self.object
        may_update = verdict(policies.check_update_instrument, user, instrument)
        draft = normalized(instrument.draft)
        current = instrument.current.content if instrument.current else None
        content = draft if may_update or current is None else current
        return super().get_context_data(
            content=told(content),
            editions=instrument.versions.select_related("published_by"),
            is_changed=draft != current,
            problems=problems_of(instrument.draft) if may_update and draft != current else [],
            kinds=ItemKind.choices,
            may_update=may_update,
            may_publish=verdict(policies.check_publish_instrument, user, instrument),
            may_copy=verdict(policies.check_copy_instrument, user, instrument),
            may_retire=verdict(policies.check_retire_instrument, user, instrument),
            **kwargs,
        )


def told(content):
    """A content as people read it, in the reader's language."""
    number, kinds, levels = 0, dict(ItemKind.choices), dict(NeedLevel.choices)
    scales = {scale["id"]: scale for scale in content["scales"]}
    labels = labels_of({code for item in items_of(content) for code in _services(item)})
    sections = []
    for section in content["sections"]:
        rows = []
        for item in section["items"]:
            number += 1
            scale = scales.get(item.get("scale"))
            rows.append(
                {
                    "item": item, "number": number, "text": spoken(item["text"]), "help": spoken(item["help"]),
                    "kind": kinds[item["kind"]], "points": [spoken(label) for label in item.get("labels", [])],
                    "scale": spoken(scale["label"]) if scale else "", "unit": spoken(item.get("unit")),
                    "options": [
                        {"text": spoken(option["text"]), "services": [labels[code] for code in option["services"]]}
                        for option in item.get("options", [])
                    ],
                    "services": [labels[code] for code in item.get("services", [])],
                    "can_match": item["kind"] == LIKERT or "options" in item,
                }
            )  # fmt: skip
        sections.append(
            {"id": section["id"], "title": spoken(section["title"]), "text": spoken(section["text"]), "rows": rows}
        )
    return {
        "title": spoken(content["title"]), "intro": spoken(content["intro"]), "sections": sections, "items": number,
        "scales": [
            {
                "scale": scale, "label": spoken(scale["label"]), "level": levels.get(scale["level"], ""),
                "items": sum(item.get("scale") == scale["id"] for item in items_of(content)),
                "reverse": sum(
                    item.get("scale") == scale["id"] and item["reverse"] for item in items_of(content)
                ),
            }
            for scale in content["scales"]
        ],
    }  # fmt: skip


def _services(item):
    return [*item.get("services", []), *(code for option in item.get("options", []) for code in option["services"])]


class InstrumentPlaceMixin(PlaceFormMixin):
    places = staticmethod(policies.places_to_make_in)
    check_place = staticmethod(policies.check_create_instrument)


class InstrumentCreateView(InstrumentPlaceMixin, CreateOncePage):
    policy = staticmethod(policies.check_create_instrument)
    model = Instrument
    form_class = InstrumentCreateForm
    template_name = "evaluations/instrument_create.html"
    success_message = gettext_lazy("Now add a section and its questions.")

    def perform(self, form):
        self.object = services.create_instrument(
            uuid=form.cleaned_data["uuid"], division=self.chosen_place(form), values=form.values(),
            actor=self.request.user,
        )  # fmt: skip


class InstrumentImportView(InstrumentPlaceMixin, CreateOncePage):
    policy = staticmethod(policies.check_create_instrument)
    model = Instrument
    form_class = InstrumentImportForm
    template_name = "evaluations/instrument_import.html"
    success_message = gettext_lazy("Taken from the file. Look through it, then publish it.")

    def perform(self, form):
        content = form.cleaned_data["file"]
        values = {
            "title": content["title"][LANGUAGES[0]], "title_en": content["title"]["en"], "intro": content["intro"],
            "subject": form.cleaned_data["subject"], "is_validated": False, "source": "",
        }  # fmt: skip
        self.object = services.create_instrument(
            uuid=form.cleaned_data["uuid"], division=self.chosen_place(form), values=values, content=content,
            actor=self.request.user,
        )  # fmt: skip


class InstrumentUpdateView(EditionMixin, InstrumentMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_instrument)
    form_class = InstrumentUpdateForm
    template_name = "evaluations/instrument_update.html"
    success_message = gettext_lazy("Saved. People read it once it is published.")

    def get_initial(self):
        values = {name: getattr(self.object, name) for name in services.FIELDS}
        return values | unfold(self.object.draft, intro="intro")

    def perform(self, form):
        services.update_instrument(
            instrument_id=self.object.pk, values=form.values(), edition=form.cleaned_data["edition"],
            actor=self.request.user,
        )  # fmt: skip


class InstrumentReplaceView(InstrumentMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_instrument)
    form_class = InstrumentReplaceForm
    template_name = "evaluations/instrument_replace.html"
    success_message = gettext_lazy("Taken from the file. Look through it, then publish it.")

    def perform(self, form):
        replace_instrument_draft(
            instrument_id=self.object.pk, content=form.cleaned_data["file"], actor=self.request.user
        )


class InstrumentCopyView(InstrumentPlaceMixin, CopyMixin, InstrumentMixin, CreateOncePage):
    policy = staticmethod(policies.check_copy_instrument)
    form_class = InstrumentCopyForm
    template_name = "evaluations/instrument_copy.html"
    success_message = gettext_lazy("This is your place's own now. Change what you need, then publish it.")

    def perform(self, form):
        data = form.cleaned_data
        self.object = services.copy_instrument_for(
            uuid=data["uuid"], instrument_id=self.original.pk, division=self.chosen_place(form), title=data["title"],
            title_en=data["title_en"], actor=self.request.user,
        )  # fmt: skip


class InstrumentPreviewView(InstrumentMixin, ObjectFormPage):
    """The very form that people answer, as wide as a phone, of the draft; with ``?edition=2`` of that edition. It may be
    tried, also the way paper is typed in (``?paper=1``); nothing is kept."""

    policy = staticmethod(policies.check_view_instrument)
    template_name = "evaluations/instrument_preview.html"

    @cached_property
    def version(self):
        number = self.request.GET.get("edition", "")
        if number:
            return get_object_or_404(
                self.object.versions, number=number if number.isdecimal() and len(number) < 9 else 0
            )
        may_update = verdict(policies.check_update_instrument, self.request.user, self.object)
        return None if may_update else self.object.current

    def get_form(self, form_class=None):
        content = self.version.content if self.version else normalized(self.object.draft)
        data = self.request.POST if self.request.method == "POST" else None
        return AnswerForm(content, data, compact=bool(self.request.GET.get("paper")))

    def get_context_data(self, **kwargs):
        problems = [] if self.version else problems_of(self.object.draft)
        return super().get_context_data(version=self.version, problems=problems, **kwargs)

    def form_valid(self, form):
        messages.info(self.request, _("It could be handed in like this. This was a try: nothing was kept."))
        return self.render_to_response(self.get_context_data(form=form))


class InstrumentVersionMixin(VersionMixin, InstrumentMixin):
    policy = staticmethod(policies.check_view_instrument)


class InstrumentVersionView(InstrumentVersionMixin, DetailPage):
    template_name = "evaluations/instrument_version.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            version=self.version, content=told(self.version.content), scales=self.version.scales.all(), **kwargs
        )


class InstrumentExportView(InstrumentMixin, View):
    """The draft for whoever may change it, else the edition in use."""

    policy = staticmethod(policies.check_view_instrument)
    http_method_names = ["get", "head", "options"]

    def get_content(self):
        if self.object.current and not verdict(policies.check_update_instrument, self.request.user, self.object):
            return self.object.current.content
        return self.object.draft

    def get(self, request, *args, **kwargs):
        return file_answer(questionnaire_workbook(self.get_content()), f"{self.object}.xlsx")


class InstrumentVersionExportView(InstrumentVersionMixin, InstrumentExportView):
    def get_content(self):
        return self.version.content


class InstrumentPublishView(InstrumentMixin, TransitionView):
    policy = staticmethod(policies.check_publish_instrument)
    success_message = gettext_lazy("Published. New surveys ask this edition from now on.")

    def run(self):
        services.publish_instrument(instrument_id=self.object.pk, actor=self.request.user)


class InstrumentRetireView(InstrumentMixin, TransitionView):
    policy = staticmethod(policies.check_retire_instrument)
    success_message = gettext_lazy("Put aside. Surveys and answers that exist stay.")

    def run(self):
        services.retire_instrument(instrument_id=self.object.pk, actor=self.request.user)


class InstrumentRestoreView(InstrumentMixin, TransitionView):
    policy = staticmethod(policies.check_restore_instrument)
    success_message = gettext_lazy("It is in use again.")

    def run(self):
        services.restore_instrument(instrument_id=self.object.pk, actor=self.request.user)
