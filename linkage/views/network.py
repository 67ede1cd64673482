"""Pages of support networks: of one organization, of a place, and the records behind each number."""

import datetime
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incubator.base.policies import verdict
from incubator.base.views import PageView
from linkage.choices import Party
from linkage.network import after_quarter, organization_end, quarter_of, quarters_until
from linkage.policies import network as policies
from linkage.registries import tie_sources
from linkage.services.network import QUARTERS, network_of, records_behind, token_of
from linkage.services.place_network import (
    alone_with_proposals,
    communities_shared,
    place_network,
)
from linkage.views.circle_picture import circle_picture, small_circles
from linkage.views.ego_picture import large_picture, party_key, small_pictures
from linkage.views.network_picture import MOST, percent_of
from organizations.views.tabs import OrganizationTabMixin
from projects.filters import parse_quarter
from projects.policies.activity import check_log_activity

FIRST_YEAR = 2000
MOST_PAIRS = 300


def quarter_name(first):
    return _("%(year)s Q%(quarter)s") % {"year": first.year, "quarter": (first.month + 2) // 3}


def quarter_code(first):
    return f"{first.year}-Q{(first.month + 2) // 3}"


class QuartersMixin:
    """``until`` and ``quarter`` of the address: the last quarter shown, and the one that is looked at. What is no quarter,
    or one to come, is the present one."""

    @cached_property
    def today(self):
        return timezone.localdate()

    def _asked(self, name):
        first = parse_quarter(self.request.GET.get(name, ""))
        return first if first and first.year > FIRST_YEAR and first <= self.today else None

    @cached_property
    def until(self):
        """The last quarter of those shown; far enough back that the chosen one is among them."""
        until, chosen = self._asked("until") or quarter_of(self.today), self._asked("quarter")
        if chosen and chosen not in quarters_until(until, QUARTERS):
            return chosen
        return until

    def address(self, **more):
        """The same page with other words in its address."""
        query = {name: value for name, value in self.request.GET.items() if name in ("place", "source", "until")}
        return "?" + urlencode({name: value for name, value in (query | more).items() if value})

    def chosen(self, quarters, has_any):
        """The quarter of the address, else the newest in which there is anything, else the newest."""
        asked = self._asked("quarter")
        wanted = [quarter for quarter in quarters if quarter.first == asked]
        return (wanted or [quarter for quarter in quarters if has_any(quarter)] or quarters)[-1]

    def steps(self, quarters):
        """Addresses of the quarters before and after those shown."""
        earlier = quarters[0].first - datetime.timedelta(days=1)
        later = (
            after_quarter(after_quarter(quarters[-1].first)) if quarters[-1].first < quarter_of(self.today) else None
        )
        return {
            "earlier": self.address(until=quarter_code(earlier)) if earlier.year > FIRST_YEAR + QUARTERS else "",
            "later": self.address(until=quarter_code(min(later, quarter_of(self.today)))) if later else "",
        }


class OrganizationNetworkView(QuartersMixin, OrganizationTabMixin, PageView):
    policy = staticmethod(policies.check_view_organization_network)
    template_name = "linkage/organization_network.html"
    tab = "network"

    def records_url(self, quarter, **more):
        listed = reverse("linkage:organization-network-records", args=[self.organization.uuid])
        asked = {"quarter": quarter.code} | more
        return f"{listed}?{urlencode({name: value for name, value in asked.items() if value})}"

    def get_context_data(self, **kwargs):
        network = network_of(self.organization, self.request.user, until=self.until)
        quarter = self.chosen(network.quarters, lambda one: one.ties)

        def url_of(end):
            return self.records_url(quarter, end=network.names[end].token)

        smalls = small_pictures(network) or [None] * len(network.quarters)
        return super().get_context_data(
            network=network,
            quarter=quarter,
            quarter_name=quarter_name(quarter.first),
            finding=finding_of(network.quarters, quarter),
            groups=self.groups(network, quarter, url_of),
            picture=large_picture(network, quarter, url_of),
            plain_picture=large_picture(network, quarter, url_of, with_names=False),
            key=party_key(network.ends),
            rows=[self.row(one, small, one is quarter) for one, small in zip(network.quarters, smalls, strict=True)],
            is_empty=not network.ends,
            most=MOST,
            may_log=verdict(check_log_activity, self.request.user, self.organization),
            log_url=f"{reverse('projects:activity-create')}?organization={self.organization.uuid}",
            may_place=bool(verdict(policies.check_view_place_network, self.request.user)),
            place_url=f"{reverse('linkage:place-network')}?{urlencode({'place': self.organization.community.code})}",
            source_labels=[source.label for source in tie_sources],
            **self.steps(network.quarters),
            **kwargs,
        )

    def row(self, quarter, small, is_chosen):
        """One quarter: its small picture, its numbers, and where the records behind each of them are."""
        return {
            "quarter": quarter, "name": quarter_name(quarter.first), "small": small, "is_chosen": is_chosen,
            "url": self.address(quarter=quarter.code), "density": percent_of(quarter.density),
            "ties_url": self.records_url(quarter), "new_url": self.records_url(quarter, change="new"),
            "lost_url": self.records_url(quarter, change="lost"),
            "alters_url": self.records_url(quarter, party=Party.ORGANIZATION.value),
        }  # fmt: skip

    @staticmethod
    def groups(network, quarter, url_of):
        """The ties of the quarter by party, each with the number that it has in the picture."""
        numbers = {end: number for number, end in enumerate(network.ends, start=1)}
        found = []
        for key in party_key([*quarter.ties, *quarter.lost]):
            rows = [
                {
                    "number": numbers[end], "name": network.names[end], "tie": quarter.ties[end], "url": url_of(end),
                    "is_new": end in quarter.new,
                    "sources": [tie_sources[code].label for code in quarter.ties[end].sources],
                }
                for end in network.ends
                if end.party == key["code"] and end in quarter.ties
            ]  # fmt: skip
            lost = [
                {"number": numbers[end], "name": network.names[end]}
                for end in network.ends
                if end.party == key["code"] and end in quarter.lost
            ]
            found.append(key | {"rows": rows, "lost": lost})
        return found


def finding_of(quarters, quarter):
    """The title: how many ties in the quarter, and since the first of those shown."""
    values = {"number": quarter.numbers.ties, "quarter": quarter_name(quarter.first)}
    first = quarters[0]
    if first is quarter or not quarter.numbers.ties:
        return (
            ngettext("%(number)s tie in %(quarter)s", "%(number)s ties in %(quarter)s", quarter.numbers.ties) % values
        )
    values |= {"before": first.numbers.ties, "first": quarter_name(first.first)}
    return (
        ngettext(
            "%(number)s tie in %(quarter)s; in %(first)s there were %(before)s",
            "%(number)s ties in %(quarter)s; in %(first)s there were %(before)s",
            quarter.numbers.ties,
        )
        % values
    )


class OrganizationNetworkRecordsView(QuartersMixin, OrganizationTabMixin, PageView):
    """The records behind a number: of a quarter, of one end or one party, of what is new or was there before only."""

    policy = staticmethod(policies.check_view_organization_network)
    template_name = "linkage/organization_network_records.html"
    tab = "network"

    def get_context_data(self, **kwargs):
        user, asked = self.request.user, self.request.GET
        first = self._asked("quarter") or quarter_of(self.today)
        network = network_of(self.organization, user, until=first, number=2)
        before, quarter = network.quarters
        change, ties, shown = asked.get("change", ""), list(quarter.ties.values()), quarter
        if change == "new":
            ties = [quarter.ties[end] for end in quarter.new]
        elif change == "lost":
            ties, shown = [before.ties[end] for end in quarter.lost], before
        if (party := asked.get("party", "")) in Party.values:
            ties = [tie for tie in ties if tie.end.party == party]
        named = ""
        if token := asked.get("end", ""):
            ties = [tie for tie in ties if token_of(tie.end) == token]
            if not ties:
                raise Http404
            named = network.names[ties[0].end].text
        told, unread = records_behind(ties, user)
        back = reverse("linkage:organization-network", args=[self.organization.uuid])
        return super().get_context_data(
            told=[(one.record, [network.names[end] for end in one.ends]) for one in told],
            unread=unread,
            named=named,
            party=Party(party).label if party in Party.values else "",
            change=change,
            quarter_name=quarter_name(quarter.first),
            shown_name=quarter_name(shown.first),
            back_url=f"{back}?{urlencode({'quarter': quarter.code})}",
            **kwargs,
        )


class PlaceNetworkView(QuartersMixin, PageView):
    """What the organizations of a street or community share."""

    policy = staticmethod(policies.check_view_place_network)
    template_name = "linkage/place_network.html"

    def get_context_data(self, **kwargs):
        places = list(policies.network_places(self.request.user).select_related("parent"))
        place = self.place(places)
        source = self.request.GET.get("source", "")
        source = source if source in tie_sources else ""
        context = super().get_context_data(
            places=places, place=place, source=source, until_code=self.request.GET.get("until", ""),
            sources=[(plugin.code, plugin.label) for plugin in tie_sources],
            source_labels=[plugin.label for plugin in tie_sources], **kwargs,
        )  # fmt: skip
        return context | (self.shown(place, source) if place else {})

    def place(self, places):
        """The one of the address; else the first that the person works with. A foreign one is not found."""
        asked = self.request.GET.get("place", "")
        if not asked:
            return places[0] if places else None
        for place in places:
            if place.code == asked:
                return place
        raise Http404

    def shown(self, place, source):
        network = place_network(place, self.request.user, until=self.until, source=source)
        quarter = self.chosen(network.quarters, lambda one: one.pairs)
        number = network.quarters.index(quarter)
        before = network.quarters[number - 1] if number else None

        def url_of(one):
            return f"{reverse('linkage:organization-network', args=[one.uuid])}?quarter={quarter.code}"

        smalls = small_circles(network) or [None] * len(network.quarters)
        is_large = len(network.organizations) > MOST
        return {
            "network": network, "quarter": quarter, "quarter_name": quarter_name(quarter.first),
            "finding": self.finding(network, quarter), "is_large": is_large, "most": MOST,
            "density": percent_of(quarter.density),
            "picture": circle_picture(network, quarter, before, url_of),
            "plain_picture": circle_picture(network, quarter, before, url_of, with_names=False),
            "rows": [
                {
                    "quarter": one, "name": quarter_name(one.first), "small": small, "is_chosen": one is quarter,
                    "density": percent_of(one.density), "url": self.address(quarter=one.code, place=place.code),
                    "share": round(100 * (one.density or 0)),
                }
                for one, small in zip(network.quarters, smalls, strict=True)
            ],
            "pairs": self.pairs(network, quarter, before),
            "most_pairs": MOST_PAIRS,
            "matrix": matrix_of(network, quarter) if is_large else None,
            "alone": alone_with_proposals(network, quarter),
            **self.steps(network.quarters),
        }  # fmt: skip

    @staticmethod
    def finding(network, quarter):
        tied, whole = len(quarter.tied), len(network.organizations)
        values = {"tied": tied, "whole": whole, "quarter": quarter_name(quarter.first)}
        if tied == 0:
            return _("No two organizations shared anything in %(quarter)s") % values
        if tied == whole:
            return _("Every organization shared something with another one in %(quarter)s") % values
        return _("%(tied)s of %(whole)s organizations shared something in %(quarter)s") % values

    @staticmethod
    def pairs(network, quarter, before):
        """Pairs in the order of the list of organizations, not of their numbers."""
        places = {one.pk: place for place, one in enumerate(network.organizations)}
        found = []
        for pair, records in quarter.pairs.items():
            a, b = sorted(pair, key=places.get)
            listed = reverse("linkage:organization-network-records", args=[network.by_key[a].uuid])
            found.append({
                "order": (places[a], places[b]), "a": network.by_key[a], "b": network.by_key[b], "number": len(records),
                "is_new": before is not None and pair not in before.pairs,
                "url": f"{listed}?{urlencode({'quarter': quarter.code, 'end': token_of(organization_end(b))})}",
            })  # fmt: skip
        return sorted(found, key=lambda row: row["order"])[:MOST_PAIRS]


def matrix_of(network, quarter):
    """{names, rows: [(name, cells)]} of tied pairs between communities, in the order of their codes."""
    names = {one.community.code: one.community.name for one in network.organizations}
    shared = communities_shared(network, quarter)
    most = max(shared.values(), default=0)
    rows = []
    for code, name in names.items():
        cells = []
        for other in names:
            number = shared[tuple(sorted((code, other)))]
            cells.append({"number": number, "step": 0 if not number else 1 + 3 * number // (most + 1)})
        rows.append((name, cells))
    return {"names": list(names.values()), "rows": rows}
