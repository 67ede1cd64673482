"""Whom an activity served, each with a share of its minutes; the shares add up to the activity's minutes."""

from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from projects.models import ActivityLink, IncubationProject


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


def write_links(activity, *, others=(), objectives=()):
    """Write the links of a record that is about to be or was handed in; the caller holds its lock.

    ``others``: further organizations served; ``objectives``: objectives of their running projects that it served. Minutes
    are shared evenly over the rows. Sets ``activity.reaches_out`` (the caller saves). RuleViolation when an organization
    stands there twice.
    """
    organizations = [activity.organization, *others]
    if len({organization.pk for organization in organizations}) != len(organizations):
        raise RuleViolation(_("An organization is there twice."))
    projects = {}
    for project in IncubationProject.objects.running().filter(organization__in=organizations):
        projects[project.organization_id] = project
    wanted = []
    for organization in organizations:
        project = projects.get(organization.pk)
        served = [item for item in objectives if project and item.project_id == project.pk] or [None]
        wanted += [(organization, project, objective) for objective in served]
    shares = share_out(activity.minutes, [1] * len(wanted))
    activity.links.all().delete()
    rows, main_is_written = [], False
    for (organization, project, objective), minutes in zip(wanted, shares, strict=True):
        is_main = organization.pk == activity.organization_id and not main_is_written
        main_is_written = main_is_written or is_main
        rows.append(
            ActivityLink(
                activity=activity, organization=organization, community_id=organization.community_id, project=project,
                objective=objective, minutes=minutes, is_main=is_main,
            )
        )
    ActivityLink.objects.bulk_create(rows)
    activity.reaches_out = any(row.community_id != activity.community_id for row in rows)
