"""Kinds of activities: what there is, and the office where a platform admin makes more."""

from django.contrib import messages
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.policies import verdict
from incubator.base.views import (
    CreateOncePage,
    DetailPage,
    EditionMixin,
    ObjectFormPage,
    PageView,
    TransitionView,
    VisibleMixin,
)
from projects.forms.kind import (
    LONG_TEXT,
    TYPES,
    KindCreateForm,
    KindPreviewForm,
    KindQuestionAddForm,
    KindQuestionUpdateForm,
    KindUpdateForm,
)
from projects.models import CustomKind, KindVersion
from projects.policies import kind as policies
from projects.registries import activity_kinds, spoken
from projects.services import kind as services
from projects.views.activity import ActivityFormMixin


class KindListView(PageView):
    policy = staticmethod(policies.check_list_kinds)
    template_name = "projects/kind_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            own=CustomKind.objects.visible_to(self.request.user).select_related("current"),
            shipped=list(activity_kinds),
            may_create=verdict(policies.check_create_kind, self.request.user),
            **kwargs,
        )


class KindMixin(VisibleMixin):
    model = CustomKind
    slug_field = slug_url_kwarg = "code"
    context_object_name = "kind"

    def get_queryset(self):
        return super().get_queryset().select_related("current")


class KindDetailView(KindMixin, DetailPage):
    policy = staticmethod(policies.check_view_kind)
    template_name = "projects/kind_detail.html"

    def get_context_data(self, **kwargs):
        user, kind = self.request.user, self.object
        editions = KindVersion.objects.visible_to(user).filter(kind=kind.code).select_related("published_by")
        current = kind.current.content if kind.current else None
        return super().get_context_data(
            questions=[_told(row) for row in kind.questions],
            editions=[
                {"version": row, "questions": [_told(question) for question in row.content["questions"]]}
                for row in editions
            ],
            is_changed=current != kind.content,
            may_update=verdict(policies.check_update_kind, user, kind),
            may_publish=verdict(policies.check_publish_kind, user, kind),
            may_switch_off=verdict(policies.check_switch_off_kind, user, kind),
            may_switch_on=verdict(policies.check_switch_on_kind, user, kind),
            **kwargs,
        )


def _told(row):
    """A question as people read it."""
    kinds = dict(TYPES)
    return {
        "name": row["name"],
        "label": spoken(row["label"]),
        "help": spoken(row.get("help")),
        "type": kinds[LONG_TEXT if row["long"] else row["type"]],
        "required": row["required"],
        "choices": [spoken(words) for _value, words in row["choices"]],
    }


class KindCreateView(CreateOncePage):
    model = CustomKind
    policy = staticmethod(policies.check_create_kind)
    form_class = KindCreateForm
    template_name = "projects/kind_create.html"
    success_message = gettext_lazy("Now add the questions that this kind asks.")

    def perform(self, form):
        values = {name: form.cleaned_data[name] for name in services.FIELDS}
        self.object = services.create_kind(uuid=form.cleaned_data["uuid"], values=values, actor=self.request.user)


class KindUpdateView(EditionMixin, KindMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_kind)
    form_class = KindUpdateForm
    template_name = "projects/kind_update.html"
    success_message = gettext_lazy("Saved. Records show it once it is published.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.FIELDS}

    def perform(self, form):
        services.update_kind(
            kind_id=self.object.pk, values={name: form.cleaned_data[name] for name in services.FIELDS},
            edition=form.cleaned_data["edition"], actor=self.request.user,
        )  # fmt: skip


class KindQuestionAddView(KindMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_kind)
    form_class = KindQuestionAddForm
    template_name = "projects/kind_question_add.html"
    success_message = gettext_lazy("Question added.")

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#questions"

    def perform(self, form):
        services.add_question(
            kind_id=self.object.pk, uuid=form.cleaned_data["uuid"], question=form.question(), actor=self.request.user
        )


class QuestionMixin(KindMixin):
    policy = staticmethod(policies.check_update_kind)

    @cached_property
    def question(self):
        found = next((row for row in self.object.questions if row["name"] == self.kwargs["name"]), None)
        if found is None:
            raise Http404
        return found

    def setup_object(self):
        super().setup_object()
        self.question  # noqa: B018 - a question that is not there is not found, whatever is asked of it

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#questions"


class KindQuestionUpdateView(QuestionMixin, ObjectFormPage):
    form_class = KindQuestionUpdateForm
    template_name = "projects/kind_question_update.html"
    success_message = gettext_lazy("Question changed.")

    def get_initial(self):
        return KindQuestionUpdateForm.initial_of(self.question)

    def perform(self, form):
        services.update_question(
            kind_id=self.object.pk, name=self.question["name"], question=form.question(), actor=self.request.user
        )


class KindQuestionRemoveView(QuestionMixin, TransitionView):
    success_message = gettext_lazy("Question taken out. Records that have it keep it.")

    def run(self):
        services.remove_question(kind_id=self.object.pk, name=self.question["name"], actor=self.request.user)


class KindQuestionUpView(QuestionMixin, TransitionView):
    by = -1
    success_message = gettext_lazy("Moved.")

    def run(self):
        services.move_question(kind_id=self.object.pk, name=self.question["name"], by=self.by, actor=self.request.user)


class KindQuestionDownView(KindQuestionUpView):
    by = 1


class KindPreviewView(ActivityFormMixin, KindMixin, ObjectFormPage):
    """The record form of the draft, on a page as wide as a phone. It may be tried; nothing is kept."""

    policy = staticmethod(policies.check_view_kind)
    form_class = KindPreviewForm
    template_name = "projects/kind_preview.html"

    @cached_property
    def kind(self):
        return self.object.draft_class

    @property
    def form_facts(self):
        return super().form_facts | {"activity": None}  # the record of this page is a kind

    def get_initial(self):
        return {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(custom_kind=self.object, **kwargs)

    def form_valid(self, form):
        messages.info(self.request, _("It could be handed in like this. This was a try: nothing was kept."))
        return self.render_to_response(self.get_context_data(form=form))


class KindPublishView(KindMixin, TransitionView):
    policy = staticmethod(policies.check_publish_kind)
    success_message = gettext_lazy("Published. New records ask these questions from now on.")

    def run(self):
        services.publish_kind(kind_id=self.object.pk, actor=self.request.user)


class KindSwitchOffView(KindMixin, TransitionView):
    policy = staticmethod(policies.check_switch_off_kind)
    success_message = gettext_lazy("Switched off. Records of it stay as they are.")

    def run(self):
        services.switch_off_kind(kind_id=self.object.pk, actor=self.request.user)


class KindSwitchOnView(KindMixin, TransitionView):
    policy = staticmethod(policies.check_switch_on_kind)
    success_message = gettext_lazy("It is in use again.")

    def run(self):
        services.switch_on_kind(kind_id=self.object.pk, actor=self.request.user)
