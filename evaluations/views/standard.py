"""Growth standards: which there are, what each looks at, its editions, and how one becomes another place's own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import View

from evaluations.forms.standard import (
    StandardCopyForm,
    StandardCreateForm,
    StandardImportForm,
    StandardReplaceForm,
    StandardUpdateForm,
)
from evaluations.models import GrowthStandard
from evaluations.policies import standard as policies
from evaluations.services import standard as services
from evaluations.services.problem_words import path_of, place_words, sentence_of
from evaluations.services.standard_draft import LABELS, PLAIN, find_part, replace_standard_draft
from evaluations.services.standard_sheet import standard_workbook
from evaluations.views.edition import CopyMixin, PlaceFormMixin, VersionMixin
from evaluations.views.standard_told import told
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


class StandardListView(ListPage):
    policy = staticmethod(policies.check_list_standards)
    model = GrowthStandard
    template_name = "evaluations/standard_list.html"
    sorts = {"place": (gettext_lazy("By place"), ("-is_active", "code"))}
    per_page = 24

    def get_queryset(self):
        return super().get_queryset().select_related("division", "current")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_create=verdict(policies.check_create_standard, self.request.user),
            keeps_rules=self.request.user.access.has(*policies.MAKERS),
            **kwargs,
        )


class StandardMixin(VisibleMixin):
    model = GrowthStandard
    context_object_name = "standard"

    def get_queryset(self):
        return super().get_queryset().select_related("current", "division", "created_by")


def problem_url(standard, content, where):
    """Where somebody who may change the standard puts this problem right."""
    path, page = path_of(where, content), standard.get_absolute_url()
    first, _slash, rest = path.partition("/")
    if path in {"total", "bonus_cap", "columns"}:
        return reverse("evaluations:standard-update", args=[standard.uuid])
    if first in LABELS:
        rung, _slash, rest = rest.partition("/")
        holder = f"{first}.{rung}"
    elif first in PLAIN:
        holder = first
    else:
        holder, rest = (f"dimensions.{first}", rest) if rest else ("dimensions", first)
    code = rest.partition("/")[0]
    if code and find_part(content, holder, code):
        return reverse("evaluations:standard-part-update", args=[standard.uuid, holder, code])
    return f"{page}#{first}"


class StandardDetailView(StandardMixin, DetailPage):
    """Whoever may change it sees the draft, everybody else the edition in use."""

    policy = staticmethod(policies.check_view_standard)
    template_name = "evaluations/standard_detail.html"

    def get_context_data(self, **kwargs):
        user, standard = self.request.user, self.object
        may_update = verdict(policies.check_update_standard, user, standard)
        current = standard.current.content if standard.current else None
        content = services.content_of(standard) if may_update or current is None else current
        is_changed = content != current
        problems = services.problems_of(content) if may_update and is_changed else []
        return super().get_context_data(
            told=told(content),
            editions=standard.versions.select_related("published_by"),
            is_changed=is_changed,
            problems=[
                {
                    "url": problem_url(standard, content, problem.where),
                    "place": place_words(problem.where, content),
                    "sentence": sentence_of(problem, content),
                }
                for problem in problems
            ],
            may_update=may_update,
            may_publish=verdict(policies.check_publish_standard, user, standard),
            may_copy=verdict(policies.check_copy_standard, user, standard),
            may_retire=verdict(policies.check_retire_standard, user, standard),
            **kwargs,
        )


class StandardPlaceMixin(PlaceFormMixin):
    places = staticmethod(policies.places_to_make_in)
    check_place = staticmethod(policies.check_create_standard)


class StandardCreateView(StandardPlaceMixin, CreateOncePage):
    policy = staticmethod(policies.check_create_standard)
    model = GrowthStandard
    form_class = StandardCreateForm
    template_name = "evaluations/standard_create.html"
    success_message = gettext_lazy("Now say what it looks at. It measures nobody until you publish it.")

    def perform(self, form):
        data = form.cleaned_data
        self.object = services.create_standard(
            uuid=data["uuid"], division=self.chosen_place(form), title=data["title"], title_en=data["title_en"],
            content=data.get("file"), actor=self.request.user,
        )  # fmt: skip


class StandardImportView(StandardCreateView):
    form_class = StandardImportForm
    template_name = "evaluations/standard_import.html"
    success_message = gettext_lazy("Taken from the file. Look at what is to be put right, then publish it.")


class StandardCopyView(StandardPlaceMixin, CopyMixin, StandardMixin, CreateOncePage):
    policy = staticmethod(policies.check_copy_standard)
    form_class = StandardCopyForm
    template_name = "evaluations/standard_copy.html"
    success_message = gettext_lazy("This is your place's own now. Change what you need, then publish it.")

    def perform(self, form):
        data = form.cleaned_data
        self.object = services.copy_standard_for(
            uuid=data["uuid"], standard_id=self.original.pk, division=self.chosen_place(form), title=data["title"],
            title_en=data["title_en"], actor=self.request.user,
        )  # fmt: skip


class StandardUpdateView(EditionMixin, StandardMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_standard)
    form_class = StandardUpdateForm
    template_name = "evaluations/standard_update.html"
    success_message = gettext_lazy("Saved. Reviews go by it once it is published.")

    def get_initial(self):
        head = {name: self.object.draft.get(name) for name in services.HEAD}
        return {name: getattr(self.object, name) for name in services.FIELDS} | head

    def perform(self, form):
        names = (*services.FIELDS, *services.HEAD)
        services.update_standard(
            standard_id=self.object.pk, values={name: form.cleaned_data[name] for name in names},
            edition=form.cleaned_data["edition"], actor=self.request.user,
        )  # fmt: skip


class StandardReplaceView(StandardMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_standard)
    form_class = StandardReplaceForm
    template_name = "evaluations/standard_replace.html"
    success_message = gettext_lazy("Taken from the file. Look at what is to be put right, then publish it.")

    def perform(self, form):
        replace_standard_draft(standard_id=self.object.pk, content=form.cleaned_data["file"], actor=self.request.user)


class StandardVersionMixin(VersionMixin, StandardMixin):
    policy = staticmethod(policies.check_view_standard)


class StandardVersionView(StandardVersionMixin, DetailPage):
    template_name = "evaluations/standard_version.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            version=self.version, told=told(self.version.content), may_update=None, **kwargs
        )  # fmt: skip


class StandardExportView(StandardMixin, View):
    """The draft for whoever may change it, else the edition in use."""

    policy = staticmethod(policies.check_view_standard)
    http_method_names = ["get", "head", "options"]

    def get_content(self):
        may_update = verdict(policies.check_update_standard, self.request.user, self.object)
        if self.object.current and not may_update:
            return self.object.current.content
        return services.content_of(self.object)

    def get(self, request, *args, **kwargs):
        return file_answer(standard_workbook(self.get_content()), f"{self.object}.xlsx")


class StandardVersionExportView(StandardVersionMixin, StandardExportView):
    def get_content(self):
        return self.version.content


class StandardPublishView(StandardMixin, TransitionView):
    policy = staticmethod(policies.check_publish_standard)
    success_message = gettext_lazy("Published. Reviews that are opened from now on go by this edition.")

    def run(self):
        services.publish_standard(standard_id=self.object.pk, actor=self.request.user)


class StandardRetireView(StandardMixin, TransitionView):
    policy = staticmethod(policies.check_retire_standard)
    success_message = gettext_lazy("Put aside. Reviews that exist keep their edition.")

    def run(self):
        services.retire_standard(standard_id=self.object.pk, actor=self.request.user)


class StandardRestoreView(StandardMixin, TransitionView):
    policy = staticmethod(policies.check_restore_standard)
    success_message = gettext_lazy("It is in use again.")

    def run(self):
        services.restore_standard(standard_id=self.object.pk, actor=self.request.user)
