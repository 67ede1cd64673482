"""Who may do what with a series. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.policies.activity import check_log_activity
from projects.querysets import CASE_READERS


def check_list_series(user):
    signed_in(user)


def check_view_series(user, series=None):
    """The same rule as ``ActivitySeries.objects.visible_to``."""
    signed_in(user)
    if series is None:
        return
    if leads(user, series.organization) or user.access.covers(series.community, *CASE_READERS):
        return
    if not supervises_place(user, series.community):
        raise PermissionDenied(_("This series is in a place that you have no role in."))


def check_create_series(user):
    check_log_activity(user)


def check_end_series(user, series=None):
    signed_in(user)
    if series is None:
        return
    check_view_series(user, series)
    check_log_activity(user, series.organization)
