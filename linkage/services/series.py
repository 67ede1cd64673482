"""联席会: set up, change, end; who is on the roster."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.months import add_months
from linkage.choices import COMING, Party, RuleKind
from linkage.models import JointMeeting, MeetingSeries, SeriesMember
from linkage.services.meeting import cancel, replan
from linkage.services.schedule import LANGUAGE, schedule_month

FIELDS = (
    "title", "rule_kind", "rule_number", "rule_weekday", "every_months", "shift", "starts_at", "minutes", "place_text",
    "host", "chair", "recorder", "agenda_days", "invite_days", "remind_days", "minutes_days", "carries",
    "quorum_parties",
)  # fmt: skip
PLANNING = {
    "rule_kind", "rule_number", "rule_weekday", "every_months", "shift", "starts_at", "minutes", "place_text", "chair",
    "recorder",
}  # fmt: skip
SOONEST_REMINDER, MOST_REMINDERS = 31, 6


@transaction.atomic
def create_series(*, uuid, division, starts_on, actor, today, **values):
    """Set up the joint meetings of a place (RuleViolation: a title twice, a rule that names no day, numbers out of range).
    Makes the meetings of this month and the next as far as they are to come; audit."""
    series = MeetingSeries(
        uuid=uuid, division=division, starts_on=starts_on.replace(day=1), created_by=actor, **_clean(values)
    )
    series.check_rules()
    series.save_or_refuse(force_insert=True)
    audit.record("meeting_series.created", target=series, actor=actor, area=division)
    month = today.replace(day=1)
    for period in (month, add_months(month, 1)):
        schedule_month(period=period, today=today, series=series, only_coming=True)
    return series


@transaction.atomic
def update_series(*, series_id, actor, today, edition="", **values):
    """Change any setting (RuleViolation, StaleEdition). Meetings that are only planned move to their new days, and the
    roster is told; audit with the names of what changed."""
    series = _locked(series_id)
    series.check_edition(edition)
    before = audit.snapshot(series, FIELDS)
    for name, value in _clean(values).items():
        setattr(series, name, value)
    changed = sorted(audit.changes(series, before)["changes"])
    if not changed:
        return series
    series.check_rules()
    series.save_or_refuse()
    audit.record("meeting_series.updated", target=series, actor=actor, area=series.division, data={"changed": changed})
    if PLANNING & set(changed):
        with override(LANGUAGE):
            reason = _("The rule of the meetings was changed.")
        replan(series, actor=actor, today=today, reason=reason)
    return series


@transaction.atomic
def end_series(*, series_id, ends_on, actor, today):
    """No meetings after ``ends_on`` (RuleViolation: before today). Meetings to come after it are cancelled, and the roster
    is told; actions that are open stay with their owners. Audit."""
    series = _locked(series_id)
    if ends_on < today:
        raise RuleViolation(_("The last day is today or later."))
    series.ends_on = ends_on
    series.check_rules()
    series.save(update_fields=["ends_on", "updated_at"])
    audit.record("meeting_series.ended", target=series, actor=actor, area=series.division, data={"ends_on": ends_on})
    rows = JointMeeting.objects.select_for_update(of=("self",)).select_related("series__division")
    rows = rows.filter(series=series, status__in=COMING)
    with override(LANGUAGE):
        reason = _("These joint meetings have come to their end.")
    for meeting in rows.order_by("starts_at", "pk"):
        if timezone.localdate(meeting.starts_at) > ends_on:
            cancel(meeting, reason=reason, actor=actor)
    return series


@transaction.atomic
def add_member(*, uuid, series, party, actor, user=None, name="", body="", organization=None):
    """Put somebody on the roster: an account, or a name with the body it comes from (RuleViolation: neither, or there
    already). Audit without the name."""
    name = name.strip() or (str(user) if user else "")
    if not name:
        raise RuleViolation(_("Please choose an account or write a name."))
    member = SeriesMember(
        uuid=uuid, series=series, party=party, user=user, name=name, body=body.strip(), organization=organization
    )
    member.check_rules()
    member.save_or_refuse(force_insert=True)
    audit.record("series_member.added", target=series, actor=actor, area=series.division, data={"party": party})
    return member


@transaction.atomic
def update_member(*, member_id, actor, party, name, body="", organization=None):
    """Change party, name and body of somebody on the roster; what earlier meetings wrote down stays. Audit."""
    member = _member(member_id)
    member.party, member.name, member.body, member.organization = party, name.strip(), body.strip(), organization
    member.check_rules()
    member.save_or_refuse(update_fields=["party", "name", "body", "organization", "updated_at"])
    series = member.series
    audit.record("series_member.updated", target=series, actor=actor, area=series.division, data={"party": party})
    return member


@transaction.atomic
def leave_member(*, member_id, actor, today):
    """Take somebody off the roster from today; the second time nothing happens. What they took on stays theirs until the
    meeting gives it to somebody else. Audit."""
    member = _member(member_id)
    if member.left_on is None:
        member.left_on = today
        member.save(update_fields=["left_on", "updated_at"])
        series = member.series
        audit.record(
            "series_member.left", target=series, actor=actor, area=series.division, data={"party": member.party}
        )
    return member


def _clean(values):
    """The settings as they are kept: reminders each once, the furthest first; a weekday only where the rule has one."""
    if "remind_days" in values:
        days = sorted(set(values["remind_days"]), reverse=True)
        if any(not 0 <= day <= SOONEST_REMINDER for day in days) or len(days) > MOST_REMINDERS:
            raise RuleViolation(
                _("Reminders are 0 to %(most)d days before, %(number)d at most.")
                % {"most": SOONEST_REMINDER, "number": MOST_REMINDERS}
            )
        values["remind_days"] = days
    if "quorum_parties" in values:
        values["quorum_parties"] = [party for party in Party.values if party in values["quorum_parties"]]
    if values.get("rule_kind") and values["rule_kind"] != RuleKind.NTH_WEEKDAY:
        values["rule_weekday"] = None
    for name in ("title", "place_text", "host"):
        if name in values:
            values[name] = values[name].strip()
    return values


def _locked(series_id):
    return MeetingSeries.objects.select_for_update(of=("self",)).select_related("division").get(pk=series_id)


def _member(member_id):
    return (
        SeriesMember.objects.select_for_update(of=("self",)).select_related("series__division").get(pk=member_id)
    )  # fmt: skip
