"""Notices about surveys."""

from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant
from incubator.notifications.registries import NotificationKind, kinds
from projects.notifications.telling import holders_here, tell


@kinds.register
class WaveOpened(NotificationKind):
    """To the leaders of the organization, or the staff of the community, so that they pass it on."""

    code = "wave.opened"
    label = _("a survey is open")
    template = "evaluations/email/wave_opened"


@kinds.register
class WaveReopened(NotificationKind):
    """To the same people."""

    code = "wave.reopened"
    label = _("a survey is open again")
    template = "evaluations/email/wave_reopened"


@kinds.register
class WaveClosed(NotificationKind):
    """To who planned it."""

    code = "wave.closed"
    label = _("a survey of mine is closed")
    template = "evaluations/email/wave_closed"


@kinds.register
class WaveReminder(NotificationKind):
    """To who planned it: how many answers are missing."""

    code = "wave.reminder"
    label = _("a survey of mine still lacks answers")
    template = "evaluations/email/wave_reminder"


def people_of(wave):
    """Keys of those who bring a survey to its people."""
    if wave.organization_id is None:
        return holders_here(wave.community, Role.COMMUNITY_STAFF)
    grants = RoleGrant.objects.active().filter(
        role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid=wave.organization.uuid
    )
    return set(grants.values_list("user_id", flat=True))


def tell_of_wave(kind, people, wave, cause, *, actor=None, **data):
    return tell(
        kind, people, dedup_key=f"{kind}:{wave.pk}:{cause}", actor=actor, link=wave.get_absolute_url(),
        data={"title": wave.title, "until": wave.closes_on.isoformat(), "address": wave.get_answer_url(), **data},
    )  # fmt: skip
