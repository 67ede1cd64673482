"""Notices about actions: to those in charge, to those who wait for it, to the street when it was carried too often."""

from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant
from incubator.notifications.registries import NotificationKind, kinds
from linkage.choices import Party
from linkage.models import SeriesMember
from projects.notifications.telling import holders, holders_here, tell


@kinds.register
class ActionGiven(NotificationKind):
    """Data: ``title``, ``due_on``, ``meeting``."""

    code = "action.given"
    label = _("a joint meeting gave me something to do")
    template = "linkage/email/action_given"


@kinds.register
class ActionDone(NotificationKind):
    """Data: ``title``."""

    code = "action.done"
    label = _("an action waits to be verified")
    template = "linkage/email/action_done"


@kinds.register
class ActionReopened(NotificationKind):
    """Data: ``title``, ``note``."""

    code = "action.reopened"
    label = _("an action of mine was taken up again")
    template = "linkage/email/action_reopened"


@kinds.register
class ActionVerified(NotificationKind):
    """Data: ``title``, ``party`` (a code)."""

    code = "action.verified"
    label = _("an action of mine was verified")
    template = "linkage/email/action_verified"

    @classmethod
    def context(cls, data):
        return data | {"party": Party(data["party"]).label}


@kinds.register
class ActionRaised(NotificationKind):
    """Data: ``title``, ``place``, ``carried`` (a number)."""

    code = "action.raised"
    label = _("an action was carried too often")
    template = "linkage/email/action_raised"


def in_charge(action):
    """Keys of the people in charge who have an account: the one named, else the leaders of the organization, else those on
    the roster who speak for the party."""
    if action.owner and action.owner.user_id:
        return {action.owner.user_id}
    if action.organization_id:
        grants = RoleGrant.objects.active().filter(
            role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid=action.organization.uuid
        )
        return set(grants.values_list("user_id", flat=True))
    listed = SeriesMember.objects.current().filter(series=action.series_id, party=action.owner_party)
    return set(listed.filter(user__isnull=False).order_by().values_list("user_id", flat=True))


def tell_the_owner(action, meeting, actor):
    return tell(
        "action.given", in_charge(action), dedup_key=f"action.given:{action.pk}", actor=actor,
        data={"title": action.title, "due_on": f"{action.due_on}", "meeting": meeting.title},
        link=action.get_absolute_url(),
    )  # fmt: skip


def tell_of_done(action, event, actor):
    """Those who chair and record the series: one of them has it verified, here or in the next meeting."""
    return tell(
        "action.done", {action.series.chair_id, action.series.recorder_id}, dedup_key=f"action.done:{event.pk}",
        actor=actor, data={"title": action.title}, link=action.get_absolute_url(),
    )  # fmt: skip


def tell_of_reopening(action, event, actor, done_by, note):
    return tell(
        "action.reopened", in_charge(action) | {done_by}, dedup_key=f"action.reopened:{event.pk}", actor=actor,
        data={"title": action.title, "note": note}, link=action.get_absolute_url(),
    )  # fmt: skip


def tell_of_verification(action, event, actor):
    return tell(
        "action.verified", in_charge(action) | {action.done_by_id}, dedup_key=f"action.verified:{event.pk}",
        actor=actor, data={"title": action.title, "party": action.verified_party}, link=action.get_absolute_url(),
    )  # fmt: skip


def tell_the_street(action):
    """Each person once for each action, however often it is carried after that."""
    place = action.series.division
    people = holders_here(place, Role.STREET_STAFF) or holders(place, Role.STREET_STAFF)
    return tell(
        "action.raised", people, dedup_key=f"action.raised:{action.pk}",
        data={"title": action.title, "place": place.name, "carried": action.carried}, link=action.get_absolute_url(),
    )  # fmt: skip
