"""A need is put on the agenda of the joint meeting of its community, or of its street, in one click."""

from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from linkage.choices import ItemKind, ItemSource
from linkage.models import AgendaItem, MeetingSeries
from linkage.policies.series import party_of
from linkage.services.agenda import propose_item


def series_of(need, user, today):
    """The running series of the community, else of its street, that this person reads; or None."""
    found = MeetingSeries.objects.visible_to(user).running_on(today)
    places = [need.community.code, need.community.code[:9]]
    rows = found.filter(division__code__in=places).select_related("division").order_by("-division__code", "pk")
    return rows.first()


def is_on_agenda(need):
    return AgendaItem.objects.filter(need=need, status="open").exists()


def put_need_on_agenda(*, need, actor, today):
    """The matter, titled with the words of the need; RuleViolation when the place has no joint meeting, or the need
    stands on the agenda already. Audit and notices as :func:`linkage.services.agenda.propose_item`."""
    series = series_of(need, actor, today)
    if series is None:
        raise RuleViolation(_("The community has no joint meeting yet. Set one up first."))
    return propose_item(
        series=series, actor=actor, party=party_of(actor, series), title=need.title, text=need.text,
        kind=ItemKind.ISSUE, source=ItemSource.NEED, need=need, organization=need.organization,
    )  # fmt: skip
