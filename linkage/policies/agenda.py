"""Who may propose, take back, turn down and order what is on the agenda."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from linkage.choices import ItemStatus
from linkage.policies import series as of_series


def check_propose_item(user, series=None):
    """Everybody who reads the series, the roster among them."""
    of_series.check_view_series(user, series)


def check_view_item(user, item=None):
    of_series.check_view_series(user, item.series if item else None)


def _check_open(item):
    if item.status != ItemStatus.OPEN:
        raise PermissionDenied(_("This matter is not open any more."))


def check_withdraw_item(user, item=None):
    signed_in(user)
    if item is None:
        return
    check_view_item(user, item)
    if item.proposed_by_id != user.pk:
        raise PermissionDenied(_("Whoever proposed a matter takes it back."))
    _check_open(item)


def check_decline_item(user, item=None):
    of_series.check_keep_series(user, item.series if item else None)
    if item is not None:
        _check_open(item)


def check_order_item(user, item=None):
    check_decline_item(user, item)
