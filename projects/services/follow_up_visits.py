"""Visits after the end of a project. They belong to the place, so they show to whoever serves it by then."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from incubator.base.months import add_months
from projects.choices import FollowUpKind
from projects.models import FollowUp
from projects.services.checklist import MONTHS_AFTER


def schedule_visits(*, project, actor):
    """Enter the visits 3, 6 and 12 months after ``project.closed_on``, once each; called inside the transaction that
    closes it, which records the event. Returns the rows that are new."""
    there = set(FollowUp.objects.filter(project=project).values_list("months_after", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        titles = {
            months: _("Follow-up visit %(months)s months after the project") % {"months": months}
            for months in MONTHS_AFTER
        }
    return FollowUp.objects.bulk_create(
        FollowUp(
            kind=FollowUpKind.VISIT_AFTER, title=titles[months], due_on=add_months(project.closed_on, months),
            organization_id=project.organization_id, community_id=project.community_id, project=project,
            months_after=months, created_by=actor,
        )
        for months in MONTHS_AFTER
        if months not in there
    )  # fmt: skip
