"""Whom an activity served, each with a share of its minutes; who worked in it; which records a supervision discussed."""

from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from projects.choices import StaffRole
from projects.models import ActivityDiscussed, ActivityLink, ActivityWorker, IncubationProject

# What stands beside an activity's own columns, and what it is when nobody told.
RELATIONS = ("others", "objectives", "shares", "workers", "supervised", "discussed")
MAX_SERVED = 100


def share_out(minutes, weights):
    """Split ``minutes`` (whole) by ``weights`` (non-negative, not all 0): a list of whole numbers that adds up to
    ``minutes`` exactly; what rounding leaves goes to the largest remainders (Hamilton's method), the first on a tie."""
    total = sum(weights)
    if total <= 0:
        raise ValueError("weights must not all be 0")
    exact = [minutes * weight / total for weight in weights]
    parts = [int(value) for value in exact]
    by_rest = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_rest[: minutes - sum(parts)]:
        parts[index] += 1
    return parts


def complete_shares(minutes, told):
    """``told``: one entry per organization, its minutes or None. Those left open share what is left evenly; the list adds
    up to ``minutes``, else RuleViolation with both sums."""
    given, open_ones = sum(part for part in told if part is not None), told.count(None)
    rest = minutes - given
    is_told = open_ones < len(told)
    if is_told and (min(part for part in told if part is not None) < 0 or rest < open_ones or (rest and not open_ones)):
        numbers = {"given": given, "minutes": minutes}
        if open_ones and rest >= 0:
            raise RuleViolation(
                _("The shares take %(given)d of the %(minutes)d minutes; nothing is left for the others.") % numbers
            )
        raise RuleViolation(_("The shares add up to %(given)d minutes, but the activity took %(minutes)d.") % numbers)
    parts = iter(share_out(rest, [1] * open_ones)) if open_ones else iter(())
    return [next(parts) if part is None else part for part in told]


def projects_of(organizations):
    """{organization's key: its running project, else one that it grows along in}."""
    found = {}
    running = IncubationProject.objects.running().order_by("pk")
    for project in running.filter(organization__in=organizations):
        found[project.organization_id] = project
    rows = IncubationProject.partners.through.objects.filter(
        organization__in=organizations, project__in=running.values("pk")
    )
    for row in rows.select_related("project").order_by("pk"):
        found.setdefault(row.organization_id, row.project)
    return found


def write_links(activity, *, others=(), objectives=(), shares=None):
    """Write the links of a record that is about to be or was handed in; the caller holds its lock.

    ``others``: further organizations served; ``objectives``: objectives of their projects that it served; ``shares``:
    {organization: minutes} for those whose share was told, the rest share evenly. An organization's share is spread
    evenly over its objectives. Sets ``activity.reaches_out`` (the caller saves). RuleViolation when an organization
    stands there twice, when the shares do not add up, or when an objective belongs to nobody served.
    """
    organizations = [activity.organization, *others]
    if len({organization.pk for organization in organizations}) != len(organizations):
        raise RuleViolation(_("An organization is there twice."))
    if len(organizations) > MAX_SERVED:
        raise RuleViolation(_("One record serves at most 100 organizations."))
    # What served a project that has ended since goes on serving it.
    was = {link.organization_id: link.project for link in activity.links.select_related("project") if link.project}
    projects, shares = projects_of(organizations) | was, shares or {}
    if {objective.project_id for objective in objectives} - {project.pk for project in projects.values()}:
        raise RuleViolation(_("An objective belongs to a project of none of these organizations."))
    parts = complete_shares(activity.minutes, [shares.get(organization) for organization in organizations])
    activity.links.all().delete()
    vars(activity).pop("served_links", None)  # what was read of them before
    rows = []
    for organization, share in zip(organizations, parts, strict=True):
        project = projects.get(organization.pk)
        served = [item for item in objectives if project and item.project_id == project.pk] or [None]
        for position, (objective, minutes) in enumerate(zip(served, share_out(share, [1] * len(served)), strict=True)):
            rows.append(
                ActivityLink(
                    activity=activity,
                    organization=organization,
                    community_id=organization.community_id,
                    project=project,
                    objective=objective,
                    minutes=minutes,
                    is_main=organization.pk == activity.organization_id and position == 0,
                )
            )
    ActivityLink.objects.bulk_create(rows)
    activity.reaches_out = any(row.community_id != activity.community_id for row in rows)


def main_links(activities):
    """Unsaved links of records that serve their own organization alone, for lists that are written in bulk."""
    return [
        ActivityLink(
            activity=activity,
            organization_id=activity.organization_id,
            community_id=activity.community_id,
            project_id=activity.project_id,
            minutes=activity.minutes,
            is_main=True,
        )
        for activity in activities
    ]


def write_people(activity, *, workers=(), supervised=()):
    """Write who worked along and who was supervised; somebody in both was supervised. The caller holds the lock."""
    roles = dict.fromkeys(workers, StaffRole.TOOK_PART) | dict.fromkeys(supervised, StaffRole.SUPERVISED)
    activity.staff.exclude(role=StaffRole.SUPERVISOR).delete()
    kept = set(activity.staff.values_list("user_id", flat=True))
    ActivityWorker.objects.bulk_create(
        ActivityWorker(activity=activity, user=user, role=role)
        for user, role in roles.items()
        if user.pk not in kept and user.pk != activity.recorded_by_id
    )


def write_discussed(activity, discussed=()):
    """Write which records a supervision talked about; the caller holds the lock."""
    activity.discusses.all().delete()
    ActivityDiscussed.objects.bulk_create(
        ActivityDiscussed(activity=activity, discussed=record)
        for record in dict.fromkeys(discussed)
        if record.pk != activity.pk
    )


def write_relations(activity, relations):
    """All of it, as :func:`relations_of` gives it."""
    write_links(activity, others=relations["others"], objectives=relations["objectives"], shares=relations["shares"])
    write_people(activity, workers=relations["workers"], supervised=relations["supervised"])
    write_discussed(activity, relations["discussed"])


def relations_of(activity):
    """{name: what is written} for RELATIONS. ``shares`` are told only where they are not simply even."""
    if activity.pk is None:
        return {name: {} if name == "shares" else [] for name in RELATIONS}
    links, minutes = activity.served_links, {}
    for link in links:
        minutes[link.organization] = minutes.get(link.organization, 0) + link.minutes
    organizations = list(minutes)
    even = not links or list(minutes.values()) == share_out(sum(minutes.values()), [1] * len(minutes))
    staff = list(activity.staff.select_related("user").order_by("pk"))
    return {
        "others": [item for item in organizations if item.pk != activity.organization_id],
        "objectives": list({link.objective.pk: link.objective for link in links if link.objective}.values()),
        "shares": {} if even else minutes,
        "workers": [row.user for row in staff if row.role == StaffRole.TOOK_PART],
        "supervised": [row.user for row in staff if row.role == StaffRole.SUPERVISED],
        "discussed": [
            row.discussed for row in activity.discusses.select_related("discussed__organization").order_by("pk")
        ],
    }


def same_relations(ours, theirs):
    """Whether two sets of relations say the same, in whatever order."""
    plain = [
        {
            name: sorted((item.pk, part) for item, part in told[name].items())
            if name == "shares"
            else sorted(item.pk for item in told[name])
            for name in RELATIONS
        }
        for told in (ours, theirs)
    ]
    return plain[0] == plain[1]
