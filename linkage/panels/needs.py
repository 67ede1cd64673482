"""Needs on the pages of needs, activities, actions, meetings, organizations and communities: the chain, both ways."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from linkage.models import Match
from linkage.policies import match as policies
from linkage.services.chain import chain_of, needs_of_action, needs_of_activity, needs_of_meeting
from linkage.services.match import reason_words, suggestions_for
from linkage.services.need_agenda import is_on_agenda
from organizations.choices import OPEN_NEEDS
from organizations.models import ResidentNeed
from organizations.policies import need as need_policies
from projects.policies.activity import check_view_activity

SHOWN = 5


@panels.register
class NeedMatches(Panel):
    """Who was asked and what they said; and who else might answer the need, with the reasons."""

    code = "need-matches"
    target = "organizations.residentneed"
    label = gettext_lazy("Who might answer it")
    template = "linkage/panels/need_matches.html"
    policy = staticmethod(policies.check_view_chain)
    order = 10

    @classmethod
    def context(cls, user, thing):
        matches = list(Match.objects.visible_to(user).filter(need=thing).with_names().order_by("-created_at", "-pk"))
        for match in matches:
            match.need = thing  # loaded already, with its place
        may_propose = verdict(policies.check_propose_match, user, thing)
        return {
            "need": thing,
            "matches": [
                {
                    "match": match,
                    "reasons": reason_words(match.reasons, match.organization or match.resource),
                    "may_accept": verdict(policies.check_accept_match, user, match),
                    "may_withdraw": verdict(policies.check_withdraw_match, user, match),
                }
                for match in matches
            ],
            "may_propose": may_propose,
            "suggestions": suggestions_for(thing, user, today=timezone.localdate()) if may_propose else [],
        }


@panels.register
class NeedChain(Panel):
    code = "need-chain"
    target = "organizations.residentneed"
    label = gettext_lazy("What became of it")
    template = "linkage/panels/need_chain.html"
    policy = staticmethod(policies.check_view_chain)
    order = 20

    @classmethod
    def context(cls, user, thing):
        is_open = thing.status in OPEN_NEEDS
        return {
            "need": thing,
            "links": chain_of(thing, user),
            "may_meet": verdict(need_policies.check_meet_need, user, thing) if is_open else None,
            "may_put": verdict(policies.check_put_need_on_agenda, user, thing) if is_open else None,
            "is_on_agenda": is_open and is_on_agenda(thing),
        }


class _NeedList(Panel):
    template = "linkage/panels/need_list.html"
    label = gettext_lazy("Needs behind it")
    order = 70


@panels.register
class ActivityNeeds(_NeedList):
    """Found on it, met by it; and the button for one that was found."""

    code = "activity-needs"
    target = "projects.activity"
    label = gettext_lazy("Needs of residents")
    policy = staticmethod(check_view_activity)

    @classmethod
    def context(cls, user, thing):
        return {
            "activity": thing,
            "rows": needs_of_activity(thing, user),
            "may_raise": verdict(policies.check_raise_need_on_visit, user, thing),
        }


@panels.register
class ActionNeeds(_NeedList):
    code = "action-needs"
    target = "linkage.actionitem"
    policy = staticmethod(need_policies.check_list_needs)

    @classmethod
    def context(cls, user, thing):
        return {"rows": [(need, need.get_status_display()) for need in needs_of_action(thing, user)]}


@panels.register
class MeetingNeeds(_NeedList):
    code = "meeting-needs"
    target = "linkage.jointmeeting"
    label = gettext_lazy("Needs on the agenda")
    policy = staticmethod(need_policies.check_list_needs)

    @classmethod
    def context(cls, user, thing):
        return {"rows": [(need, need.get_status_display()) for need in needs_of_meeting(thing, user)]}


@panels.register
class OrganizationNeeds(Panel):
    """What it is asked, and what it has in hands."""

    code = "organization-needs"
    target = "organizations.socialorganization"
    label = gettext_lazy("Needs of residents")
    template = "linkage/panels/organization_needs.html"
    policy = staticmethod(need_policies.check_list_needs)
    order = 45

    @classmethod
    def context(cls, user, thing):
        waiting = Match.objects.visible_to(user).waiting().with_names()
        mine = waiting.filter(organization=thing) | waiting.filter(resource__organization=thing)
        found = ResidentNeed.objects.visible_to(user).filter(organization=thing)
        return {
            "organization": thing,
            "waiting": mine.order_by("-created_at", "-pk")[:SHOWN],
            "needs": found.select_related("category", "community").order_by("-assigned_at", "-pk")[:SHOWN],
        }


@panels.register
class CommunityNeeds(Panel):
    """How many needs are open, and where they, and the page for residents, are."""

    code = "community-needs"
    target = "divisions.division"
    label = gettext_lazy("Needs of residents")
    template = "linkage/panels/community_needs.html"
    policy = staticmethod(need_policies.check_list_needs)
    order = 35

    @classmethod
    def context(cls, user, thing):
        found = ResidentNeed.objects.visible_to(user).filter(community=thing).open()
        return {
            "community": thing,
            "number": found.order_by().count(),
            "oldest": found.select_related("category").order_by("created_at", "pk")[:SHOWN],
            "may_share": verdict(need_policies.check_share_need_address, user, thing),
        }
