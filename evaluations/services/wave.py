"""Surveys: planned, opened with the text that people agree to, closed by a person or by the clock, opened again."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import LinkedBy, WaveKind, WaveStatus
from evaluations.models import Wave
from evaluations.notifications.wave import people_of, tell_of_wave
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from incubator.divisions.choices import Level
from organizations.models import Membership, SocialOrganization
from projects.models import Activity, IncubationProject

TOKEN_BYTES = 12
LONGEST_DAYS = 366
HASH_SHOWN = 12
# What a survey of this kind is compared with, the best first.
COMPARED_WITH = {
    WaveKind.MIDTERM: (WaveKind.BASELINE,),
    WaveKind.ENDLINE: (WaveKind.BASELINE, WaveKind.MIDTERM),
    WaveKind.FOLLOW_UP: (WaveKind.ENDLINE, WaveKind.BASELINE),
}
FIELDS = ("title", "expected", "closes_on")


def new_token():
    return secrets.token_urlsafe(TOKEN_BYTES)


def target_fields(target):
    """What is asked about: a project, an organization, an activity or a whole community, as the survey's fields."""
    if isinstance(target, IncubationProject):
        return {"project": target, "organization": target.organization, "community": target.community}
    if isinstance(target, SocialOrganization):
        return {"organization": target, "community": target.community}
    if isinstance(target, Activity):
        return {"activity": target, "organization": target.organization, "community": target.community}
    return {"community": target}


def waves_about(target):
    """Surveys about exactly this."""
    fields = dict.fromkeys(("project", "organization", "activity")) | target_fields(target)
    return Wave.objects.filter(
        **{name if value is not None else f"{name}__isnull": value or True for name, value in fields.items()}
    )


def waves_of(project):
    """All surveys of the project with how many answered, read once for the life of this object: its page and its
    checklist speak of them more than once."""
    known = project.__dict__
    if "_waves" not in known:
        found = Wave.objects.filter(project=project).with_answered().order_by("opens_on", "pk")
        known["_waves"] = list(found.select_related("version__instrument", "organization", "community"))
    return known["_waves"]


def proposed_earlier(target, kind):
    """The survey that a new one of this kind is compared with, or None."""
    found = waves_about(target).exclude(status=WaveStatus.PLANNED).select_related("version__instrument")
    by_kind = {}
    for wave in found.order_by("opens_on", "pk"):
        by_kind[wave.kind] = wave
    return next((by_kind[code] for code in COMPARED_WITH.get(kind, ()) if code in by_kind), None)


def expected_of(target):
    """How many are asked, as far as the platform knows: the members now; None for a community or an activity."""
    organization = target_fields(target).get("organization")
    if organization is None or isinstance(target, Activity):
        return None
    return Membership.objects.current().filter(organization=organization).order_by().count() or None


def compared_scales(version, other):
    """(scales that stay comparable, scales that do not): a scale is compared when its items, its words and its counting
    are the same."""
    known = {scale.fingerprint for scale in other.scales.order_by("pk")}
    here = list(version.scales.order_by("pk"))
    return [item for item in here if item.fingerprint in known], [
        item for item in here if item.fingerprint not in known
    ]


@transaction.atomic
def create_wave(
    *, uuid, target, version, kind, title, opens_on, closes_on, actor, earlier=None, linked_by=LinkedBy.NOTHING,
    asks_age_group=True, expected=None,
):  # fmt: skip
    """Plan a survey. RuleViolation for days out of order or past, a community that is none, a questionnaire that is not
    in use, and a comparison that could match nobody. Audit. Nobody is asked before it is opened."""
    wave = Wave(
        uuid=uuid, version=version, kind=kind, title=" ".join(title.split()), opens_on=opens_on, closes_on=closes_on,
        earlier=earlier, linked_by=linked_by, asks_age_group=asks_age_group, expected=expected, token=new_token(),
        created_by=actor, **target_fields(target),
    )  # fmt: skip
    _demand_days(opens_on, closes_on)
    if wave.community.level != Level.COMMUNITY:
        raise RuleViolation(_("A survey is held in one community."))
    if not version.instrument.is_active:
        raise RuleViolation(_("This questionnaire is no longer in use. Please choose another one."))
    if wave.activity_id and linked_by != LinkedBy.NOTHING:
        raise RuleViolation(_("What people say about an activity is anonymous."))
    if earlier is not None:
        _demand_comparable(wave, earlier)
    wave.check_rules()
    wave.save(force_insert=True)
    audit.record(
        "wave.created", target=wave, actor=actor, area=wave.community,
        data={"kind": wave.kind, "edition": str(version.uuid), "linked_by": wave.linked_by},
    )  # fmt: skip
    return wave


def _demand_days(opens_on, closes_on):
    today = timezone.localdate()
    if closes_on < today:
        raise RuleViolation(_("The last day is past. Please choose a later one."))
    if (closes_on - opens_on).days > LONGEST_DAYS or (opens_on - today).days > LONGEST_DAYS:
        raise RuleViolation(_("A survey lasts a year at most. Please check the year."))


def are_about_the_same(wave, other):
    """Whether two surveys ask the same people: of one organization, or all of one community."""
    return all(getattr(wave, f"{name}_id") == getattr(other, f"{name}_id") for name in ("community", "organization"))


def _demand_comparable(wave, earlier):
    is_other_project = wave.project_id and earlier.project_id and wave.project_id != earlier.project_id
    if is_other_project or not are_about_the_same(wave, earlier):
        raise RuleViolation(_("The earlier survey is about somebody else. Nothing could be compared."))
    if earlier.linked_by != wave.linked_by:
        raise RuleViolation(
            _("The earlier survey links answers in another way (%(way)s), so nobody could be matched. Use the same.")
            % {"way": earlier.get_linked_by_display()}
        )


@transaction.atomic
def update_wave(*, wave_id, actor, edition="", **values):
    """Title, number of those asked, last day. RuleViolation for a day that is past, and once it is closed. Audit."""
    wave = _locked(wave_id)
    wave.check_edition(edition)
    if wave.status == WaveStatus.CLOSED:
        raise RuleViolation(_("The survey is closed. Open it again first."))
    before = audit.snapshot(wave, FIELDS)
    for name in FIELDS:
        setattr(wave, name, values.get(name, getattr(wave, name)))
    changes = audit.changes(wave, before)
    if not changes["changes"]:
        return wave
    _demand_days(wave.opens_on, wave.closes_on)
    wave.check_rules()
    wave.save(update_fields=[*FIELDS, "updated_at"])
    audit.record("wave.updated", target=wave, actor=actor, area=wave.community, data=changes)
    return wave


def proposed_consent(wave):
    """A text of consent to start from; whoever opens the survey may change it."""
    ways = {
        LinkedBy.NOTHING: _("Your answers are kept without your name."),
        LinkedBy.SELF_CODE: _(
            "You make a code yourself. It joins your answers with those that you give later; it does not tell who you "
            "are, and only a scrambled form of it is kept."
        ),
        LinkedBy.TICKET: _("Your personal link joins your answers with those that you give later."),
        LinkedBy.ACCOUNT: _("Your account joins your answers with those that you give later."),
    }
    readers = _(
        "What you answer is read by those who serve you: social workers and their supervisor, the community's staff and "
        "the service centre."
    )
    use = _(
        "Others, such as the street office and the leader of your organization, see figures of the whole group, from a day "
        "after the survey has closed, and no numbers of fewer than five people."
    )
    free = _("Taking part is your own choice. You may leave out questions, and there is no harm in not taking part.")
    purpose = _("Your answers help to plan the work here and to see whether it is of use.")
    return "\n".join([purpose, free, str(ways[LinkedBy(wave.linked_by)]), f"{readers} {use}"])


def consent_version_of(text):
    return content_sha256({"consent": text})[:HASH_SHOWN]


@transaction.atomic
def open_wave(*, wave_id, consent_text, actor):
    """From now on people answer. The text of consent is frozen with the hash of its words; a first day to come becomes
    today. RuleViolation without a text and when the last day is past. Audit; notice to the leaders of the organization,
    or to the staff of the community."""
    wave, now = _locked(wave_id), timezone.now()
    before, text = wave.status, consent_text.replace("\r\n", "\n").strip()
    wave.open(at=now, consent_text=text, consent_version=consent_version_of(text) if text else "")
    if wave.closes_on < timezone.localdate(now):
        raise RuleViolation(_("The last day is past. Please choose a later one."))
    wave.opens_on = min(wave.opens_on, timezone.localdate(now))
    wave.check_rules()
    wave.save(
        update_fields=["status", "opened_at", "opens_on", "consent_text", "consent_version", "updated_at"]
    )  # fmt: skip
    event = audit.record(
        "wave.opened", target=wave, actor=actor, area=wave.community,
        data={"from": before, "to": wave.status, "consent": wave.consent_version},
    )  # fmt: skip
    tell_of_wave("wave.opened", people_of(wave), wave, event.pk, actor=actor)
    return wave


@transaction.atomic
def close_wave(*, wave_id, actor):
    """No new answers; who began before may still hand in for a day. ``actor`` None: the last day is over. Audit; notice
    to who planned it."""
    wave = _locked(wave_id)
    before = wave.status
    wave.close(at=timezone.now())
    wave.save(update_fields=["status", "closed_at", "updated_at"])
    event = audit.record(
        "wave.closed", target=wave, actor=actor, area=wave.community, data={"from": before, "to": wave.status}
    )
    answered = wave.responses.counted().order_by().count()
    tell_of_wave("wave.closed", {wave.created_by_id}, wave, event.pk, actor=actor, answered=answered)
    return wave


@transaction.atomic
def reopen_wave(*, wave_id, until, actor):
    """Open again until a day to come (RuleViolation), with the same text of consent. Audit; notice as on opening."""
    wave = _locked(wave_id)
    before = wave.status
    wave.reopen(until=until)
    _demand_days(wave.opens_on, until)
    wave.save(update_fields=["status", "closed_at", "closes_on", "updated_at"])
    event = audit.record(
        "wave.reopened", target=wave, actor=actor, area=wave.community,
        data={"from": before, "to": wave.status, "until": until.isoformat()},
    )  # fmt: skip
    tell_of_wave("wave.reopened", people_of(wave), wave, event.pk, actor=actor)
    return wave


# --- what the clock brings ---
def close_due_waves(*, today):
    """Close what was open until a day that is over; returns how many."""
    due = list(Wave.objects.open().filter(closes_on__lt=today).order_by("pk").values_list("pk", flat=True))
    for key in due:
        close_wave(wave_id=key, actor=None)
    return len(due)


def remind_waves(*, today):
    """Half-way, and two days before the end: how many are missing, and a text for the group, to who planned it. Each
    once, and not when everybody answered."""
    told = 0
    waves = Wave.objects.open().filter(closes_on__gte=today, opens_on__lt=today).with_answered()
    for wave in waves.select_related("version__instrument", "community", "organization").order_by("pk"):
        days = (wave.closes_on - wave.opens_on).days
        if (wave.closes_on - today).days <= DAYS_BEFORE_END:
            moment = "end"
        elif (today - wave.opens_on).days * 2 >= days:
            moment = "half"
        else:
            continue
        if wave.expected is not None and wave.answered >= wave.expected:
            continue
        missing = None if wave.expected is None else wave.expected - wave.answered
        told += tell_of_wave(
            "wave.reminder", {wave.created_by_id}, wave, moment, answered=wave.answered, missing=missing
        )
    return told


DAYS_BEFORE_END = 2


def _locked(wave_id):
    return (
        Wave.objects.select_for_update(of=("self",)).select_related("community", "organization").get(pk=wave_id)
    )  # fmt: skip
