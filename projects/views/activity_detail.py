"""The page of one activity: what it says, what was put right, and the panels that others add."""

from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from incubator.audit.models import AuditEvent
from incubator.audit.registries import get_verb
from incubator.base.policies import verdict
from incubator.base.views import DetailPage, ObjectFormPage
from projects.choices import ActivityStatus, StaffRole
from projects.forms.activity_versions import initial_of
from projects.forms.entry import ActivityCorrectForm
from projects.models import Activity, ActivityWorker
from projects.policies import activity as policies
from projects.services import activity_correction
from projects.services.activity_correction import DETAIL
from projects.views.activity import TONES, ActivityFormMixin

# Facts that show beside them what they said before they were put right.
SHOWN = ("organization", "others", "starts_at", "minutes", "place_text", "participants", "led_by")


class ActivityDetailView(DetailPage):
    model = Activity
    policy = staticmethod(policies.check_view_activity)
    template_name = "projects/activity_detail.html"

    def get_queryset(self):
        wanted = super().get_queryset().with_names()
        wanted = wanted.select_related("organization__community", "project", "reviewed_by", "plan", "series", "place")
        staff = Prefetch("staff", queryset=ActivityWorker.objects.select_related("user"))
        return wanted.select_related("agency", "sign_in_code").prefetch_related(staff)

    def get(self, request, *args, **kwargs):
        if self.object.is_draft:
            return HttpResponseRedirect(reverse("projects:activity-update", args=[self.object.uuid]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, activity, answers = self.request.user, self.object, self.object.answers
        events = AuditEvent.objects.about(activity).select_related("actor").order_by("-pk")[:20]
        is_closed = activity.status in activity_correction.CORRECTED
        corrections = list(activity.corrections.select_related("corrected_by").order_by("-pk")) if is_closed else []
        return super().get_context_data(
            answers=answers,
            summary_label=activity.kind_class.labels.get("summary") or _("What happened"),
            heading=activity.title or f"{activity.get_kind_display()} · {activity.organization}",
            shown_answers=[answer for answer in answers.values() if answer["text"]],
            kind_template=activity.kind_class.template,
            repeat_url=f"{reverse('projects:activity-create', args=[activity.kind])}?repeat={activity.uuid}",
            tone=TONES[activity.status],
            events=[
                {"at": event.at, "sentence": get_verb(event.verb).label, "actor": str(event.actor or "")}
                for event in events
            ],
            corrections=corrections,
            was=_first_values(corrections),
            put_right=_put_right(corrections, answers),
            is_closed=is_closed,
            waits_for_review=activity.status == ActivityStatus.SUBMITTED,
            may_repeat=verdict(policies.check_log_activity, user, activity.organization),
            may_update=verdict(policies.check_update_activity, user, activity),
            may_correct=verdict(policies.check_correct_activity, user, activity),
            may_return=verdict(policies.check_return_activity, user, activity),
            may_accept=verdict(policies.check_accept_activity, user, activity),
            **_beside(activity),
            **kwargs,
        )


def _beside(activity):
    """Links, people and, of a supervision, the discussed records."""
    served, objectives = {}, {}
    for link in activity.served_links:
        found = served.setdefault(link.organization_id, {"organization": link.organization, "minutes": 0})
        found["minutes"] += link.minutes
        if link.objective:
            objectives[link.objective_id] = link.objective
    staff = activity.staff.all()
    discussed = []
    if activity.kind_class.supervises:
        discussed = activity.discusses.select_related("discussed__organization").order_by("pk")
    return {
        "served": list(served.values()),
        "objectives": list(objectives.values()),
        "worked_along": [row.user for row in staff if row.role == StaffRole.TOOK_PART],
        "supervised": [row.user for row in staff if row.role != StaffRole.TOOK_PART],
        "discussed": [row.discussed for row in discussed],
    }


def _first_values(corrections):
    """{field: what it said before it was first put right}; ``corrections`` newest first."""
    found = {name: change["from"] for item in corrections for name, change in item.changes.items()}
    return {name: found.get(name, "") for name in SHOWN}


def _put_right(corrections, answers):
    """[(correction, [(label, from, to)])] with the words of the form for each field."""
    own = {field.name: field.verbose_name for field in Activity._meta.get_fields() if hasattr(field, "verbose_name")}
    own |= {
        "others": _("organizations served"), "objectives": _("objectives"), "workers": _("who worked along"),
        "supervised": _("who was supervised"), "discussed": _("discussed records"),
    }  # fmt: skip
    own |= {f"{DETAIL}{name}": answer["label"] for name, answer in answers.items()}
    return [
        (
            item,
            [(own.get(name, name), change["from"], change["to"]) for name, change in item.changes.items()],
        )
        for item in corrections
    ]


class ActivityCorrectView(ActivityFormMixin, ObjectFormPage):
    """Put right what was accepted or whose month is closed: the same form, and why."""

    model = Activity
    policy = staticmethod(policies.check_correct_activity)
    may_update = staticmethod(policies.check_correct_activity)
    form_class = ActivityCorrectForm
    template_name = "projects/activity_correct.html"

    @property
    def kind(self):
        return self.object.kind_class

    def get_queryset(self):
        return super().get_queryset().handed_in().with_names().select_related("plan", "place", "series")

    def get_initial(self):
        return initial_of(self.object)

    def get_success_message(self):
        return _("Put right. The old value stays beside the new one.")

    def write(self, form, values):
        return activity_correction.correct_activity(
            activity_id=self.object.pk, values=values, version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], actor=self.request.user,
        )  # fmt: skip
