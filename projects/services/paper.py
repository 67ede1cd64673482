"""What papers and notices are made from: which records go into a batch, which pictures into a report, what a notice says."""

from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from projects.choices import Consent, EvidenceKind
from projects.models import Activity, ActivityPlan, Announcement

MOST_IN_A_BATCH = 200


def records_of(queryset):
    """The records of a batch in order of their days, with all that their forms print; RuleViolation when there are none
    or more than one batch holds."""
    number = queryset.order_by()[: MOST_IN_A_BATCH + 1].count()
    if not number:
        raise RuleViolation(_("No record fits this choice. Please choose another month, kind or project."))
    if number > MOST_IN_A_BATCH:
        raise RuleViolation(
            _("More than %(limit)s records fit this choice. Please narrow it down, to one month or one kind, say.")
            % {"limit": MOST_IN_A_BATCH}
        )
    keys = list(queryset.order_by("starts_at", "pk").values_list("pk", flat=True))
    names = ("organization", "community__parent", "project", "recorded_by", "reviewed_by", "kind_version")
    return Activity.objects.filter(pk__in=keys).select_related(*names).order_by("starts_at", "pk")


def photos_of(activity):
    """Its pictures that were not taken back; ``may_be_published`` says whether consent is recorded."""
    photos = list(activity.evidence.filter(kind=EvidenceKind.PHOTO, withdrawn_at__isnull=True).order_by("pk"))
    for photo in photos:
        photo.may_be_published = photo.consent == Consent.PUBLIC
    return photos


def publishable(photos, *, confirmed):
    """The pictures that go into a report: those marked, or all when the person confirms that consent exists."""
    return [photo for photo in photos if confirmed or photo.consent == Consent.PUBLIC]


def notice_facts(thing):
    """{what, when, where} of an activity, a planned activity or an announcement."""
    if isinstance(thing, ActivityPlan):
        at = f"{thing.planned_on:%Y-%m-%d}" + (f" {thing.starts_time:%H:%M}" if thing.starts_time else "")
        return {"what": thing.title, "when": at, "where": thing.place_text or str(thing.project.community)}
    if not isinstance(thing, (Activity, Announcement)):
        raise TypeError(f"no notice of {type(thing).__name__}")
    at = timezone.localtime(thing.starts_at).strftime("%Y-%m-%d %H:%M")
    place = thing.place_text or str(thing.community)
    return {"what": f"{thing.organization} · {thing}", "when": at, "where": place}
