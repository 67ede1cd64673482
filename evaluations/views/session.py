"""Review sessions: the list, planning one, its page with a row for each organization, deciding in a row, closing."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluations.choices import MAX_IN_SESSION, RUNNING_REVIEWS, SessionStatus
from evaluations.forms.session import SessionAddForm, SessionCreateForm, SessionSheetAddForm, SessionUpdateForm
from evaluations.models import GrowthReview, ReviewSession
from evaluations.papers.session import ReviewSessionPaper
from evaluations.policies import session as policies
from evaluations.policies.review import outcomes_for
from evaluations.services import session as services
from evaluations.views.session_rows import form_for, reviews_of, rows_of
from incubator.base.errors import DomainError
from incubator.base.policies import verdict
from incubator.base.transitions import TransitionNotAllowed, refusal
from incubator.base.views import (
    UNPROCESSABLE,
    CreateOncePage,
    DetailPage,
    EditionMixin,
    ListPage,
    ObjectFormPage,
    TransitionView,
)
from incubator.reporting.views import guarded_file
from incubator.reporting.views.paper import RegisteredPaperView
from organizations.views.filing_paper import KeptFileView

MOST_OFFERED = 200


class SessionListView(ListPage):
    policy = staticmethod(policies.check_list_sessions)
    model = ReviewSession
    template_name = "evaluations/session_list.html"
    sorts = {"recent": (gettext_lazy("newest first"), ("-held_on", "-pk"))}

    def get_queryset(self):
        return super().get_queryset().select_related("division").with_progress()

    def get_context_data(self, **kwargs):
        may_create = verdict(policies.check_create_session, self.request.user)
        return super().get_context_data(may_create=may_create, **kwargs)


class SessionCreateView(CreateOncePage):
    policy = staticmethod(policies.check_create_session)
    model = ReviewSession
    form_class = SessionCreateForm
    template_name = "evaluations/session_create.html"
    success_message = gettext_lazy("Planned. Now take up the reviews that wait for their decision.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"places": policies.places_of(self.request.user)}

    def perform(self, form):
        policies.check_create_session(self.request.user, form.cleaned_data["division"])
        self.object = services.create_session(actor=self.request.user, **form.cleaned_data)


class OfSessionMixin:
    model = ReviewSession
    context_object_name = "session"

    def get_queryset(self):
        return super().get_queryset().select_related("division", "created_by")


def page_of(user, session, *, show="", only=None, **bound):
    """What the page of a session shows. ``show`` "open": only what is not decided, "decided": only what is. ``only``: the
    row of this review."""
    reviews = reviews_of(session)
    shown = [
        one for one in reviews
        if (only is None or one.pk == only)
        and (show not in {"open", "decided"} or (one.status in RUNNING_REVIEWS) == (show == "open"))
    ]  # fmt: skip
    decided = sum(one.status not in RUNNING_REVIEWS for one in reviews)
    return {
        "rows": rows_of(user, session, shown, **bound),
        "show": show, "number": len(reviews), "decided": decided, "open": len(reviews) - decided,
        "is_planned": session.status == SessionStatus.PLANNED, "is_full": len(reviews) >= MAX_IN_SESSION,
        "keeps": verdict(policies.check_add_session_sheet, user, session),
    }  # fmt: skip


class SessionDetailView(OfSessionMixin, DetailPage):
    policy = staticmethod(policies.check_view_session)
    template_name = "evaluations/session_detail.html"

    def get_context_data(self, **kwargs):
        show = self.request.GET.get("show", "")
        return super().get_context_data(**page_of(self.request.user, self.object, show=show), **kwargs)


class SessionUpdateView(OfSessionMixin, EditionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_session)
    form_class = SessionUpdateForm
    template_name = "evaluations/session_update.html"
    success_message = gettext_lazy("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.FIELDS}

    def perform(self, form):
        services.update_session(session_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class SessionAddView(OfSessionMixin, ObjectFormPage):
    """The tick list of what waits; a list of other offices' reviews is never offered."""

    policy = staticmethod(policies.check_add_session_reviews)
    form_class = SessionAddForm
    template_name = "evaluations/session_add.html"

    def waiting(self):
        reviews = GrowthReview.objects.visible_to(self.request.user).for_session(self.object.division)
        reviews = reviews.select_related("organization__type", "community__parent", "gate__project")
        return list(reviews.order_by("community__code", "organization__name", "pk")[:MOST_OFFERED])

    def get_form_kwargs(self):
        if not hasattr(self, "offered"):
            self.offered = self.waiting()
        return super().get_form_kwargs() | {"waiting": self.offered}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        ticked = set(context["form"]["reviews"].value() or ())
        there = self.object.reviews.count()
        return context | {
            "offered": [(review, str(review.uuid) in ticked) for review in self.offered],
            "there": there, "free": MAX_IN_SESSION - there, "most": MAX_IN_SESSION,
            "is_cut": len(self.offered) == MOST_OFFERED, "most_offered": MOST_OFFERED,
        }  # fmt: skip

    def get_success_message(self):
        return ngettext("%(number)d review taken up.", "%(number)d reviews taken up.", self.added) % {
            "number": self.added
        }

    def perform(self, form):
        self.added = services.add_session_reviews(
            session_id=self.object.pk, reviews=form.chosen, actor=self.request.user
        )


class SessionRemoveView(OfSessionMixin, TransitionView):
    policy = staticmethod(policies.check_remove_session_review)
    success_message = gettext_lazy("Back on the list.")

    def run(self):
        review = get_object_or_404(self.object.reviews, uuid=self.kwargs["review"])
        services.remove_session_review(session_id=self.object.pk, review_id=review.pk, actor=self.request.user)


class SessionDecideView(OfSessionMixin, DetailPage):
    """The small form of a row. Asked for by the page's script the row comes back alone, else the page at that row."""

    policy = staticmethod(policies.check_decide_in_session)
    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        self.review = next((one for one in reviews_of(self.object) if f"{one.uuid}" == f"{kwargs['review']}"), None)
        if self.review is None:
            raise Http404
        try:
            policies.check_decide_session_review(request.user, self.review)
        except PermissionDenied:
            if self.is_by_script:
                return self.answer_row()  # it says why
            raise
        outcomes = None if self.review.gate_id else outcomes_for(request.user, self.review)
        form = form_for(self.review, outcomes, request.POST)
        if form.is_valid() and self.decide(form):
            return self.answer()
        return self.answer(form)

    def decide(self, form):
        decision, review, user = form.decision, self.review, self.request.user
        policies.check_decide_session_review(user, review, decision["outcome"], decision.get("to_stage"))
        try:
            services.decide_session_review(session_id=self.object.pk, review_id=review.pk, actor=user, **decision)
        except TransitionNotAllowed as error:
            form.add_error(None, refusal(error))
        except DomainError as error:
            form.add_error(None, str(error))
        return form.is_valid()

    @property
    def is_by_script(self):
        return bool(self.request.headers.get("HX-Request"))

    def answer(self, form=None):
        bound = {"form": form, "review_form": self.review.pk} if form else {}
        if self.is_by_script:
            return self.answer_row(**bound)
        if form is None:
            return HttpResponseRedirect(f"{self.object.get_absolute_url()}#row-{self.review.uuid}")
        self.template_name = "evaluations/session_detail.html"
        context = page_of(self.request.user, self.object, **bound)
        return self.render_to_response(self.get_context_data(**context), status=UNPROCESSABLE)

    def answer_row(self, **bound):
        """With 200 even when something is wrong: the script takes up no other answer."""
        context = page_of(self.request.user, self.object, only=self.review.pk, **bound)
        self.template_name = "evaluations/session_row_answer.html"
        return self.render_to_response(self.get_context_data(row=context["rows"][0], **context))


class SessionCloseView(OfSessionMixin, TransitionView):
    policy = staticmethod(policies.check_close_session)

    @property
    def success_message(self):
        return _("Closed. What was not decided is back on the list.")

    def run(self):
        services.close_session(session_id=self.object.pk, actor=self.request.user)


class SessionSheetAddView(OfSessionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_add_session_sheet)
    form_class = SessionSheetAddForm
    template_name = "evaluations/session_sheet_add.html"
    success_message = gettext_lazy("Kept, with the hash of its bytes.")

    def perform(self, form):
        services.add_session_sheet(session_id=self.object.pk, actor=self.request.user, upload=form.cleaned_data["file"])


class SessionSheetFileView(KeptFileView):
    policy = staticmethod(policies.check_view_session_sheet)
    model = ReviewSession

    def get_queryset(self):
        return super().get_queryset().exclude(signed_sheet="").select_related("division")

    def get(self, request, *args, **kwargs):
        session = self.object
        if kwargs["extension"] != session.extension:
            raise Http404
        return guarded_file(session.signed_sheet.open("rb"), session.content_type, session.signed_sheet_name)


class SessionPaperView(RegisteredPaperView):
    """评审会汇总表 as Word, to be signed."""

    model = ReviewSession
    policy = staticmethod(policies.check_view_session)

    def get_queryset(self):
        return super().get_queryset().select_related("division__parent")

    def get_paper(self):
        return ReviewSessionPaper
