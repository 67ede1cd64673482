"""Notices about admission and leaving: to those who check, and to those who applied."""

from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.notifications.registries import NotificationKind, kinds
from incubator.notifications.services import notify
from projects.choices import LeaveOutcome
from projects.notifications.stage import holders_of
from projects.querysets import ADMITTERS


class AdmissionNotice(NotificationKind):
    """Data: ``organization`` (its name), ``day`` that matters at this step, ``outcome`` (code), ``reason``."""

    @classmethod
    def context(cls, data):
        return data | {"outcome_label": LeaveOutcome(data["outcome"]).label}


@kinds.register
class AdmissionApplied(AdmissionNotice):
    code = "admission.applied"
    label = _("an application for incubation waits for its first check")
    template = "projects/email/admission_applied"
    duty = True


@kinds.register
class AdmissionScreened(AdmissionNotice):
    code = "admission.screened"
    label = _("an application of ours passed the first check")
    template = "projects/email/admission_screened"


@kinds.register
class AdmissionAdmitted(AdmissionNotice):
    code = "admission.admitted"
    label = _("an organization of ours was admitted")
    template = "projects/email/admission_admitted"


@kinds.register
class AdmissionRefused(AdmissionNotice):
    code = "admission.refused"
    label = _("an application of ours was refused")
    template = "projects/email/admission_refused"


@kinds.register
class AdmissionExtended(AdmissionNotice):
    code = "admission.extended"
    label = _("the incubation of an organization of ours was extended")
    template = "projects/email/admission_extended"


@kinds.register
class AdmissionLeft(AdmissionNotice):
    code = "admission.left"
    label = _("an organization of ours left the incubation")
    template = "projects/email/admission_left"


def notify_admitters(kind, admission, event, actor):
    """The offices of the place that check applications."""
    people = holders_of((*ADMITTERS, Role.AGENCY_SUPERVISOR), admission.community)
    _notify_all(kind, admission, event, actor, people, admission.check_due_on)


def notify_applicants(kind, admission, event, actor):
    """Who applied, the organization's leaders, and the lead worker of its project."""
    grants = RoleGrant.objects.active().filter(
        role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid=admission.organization.uuid
    )
    people = {admission.applied_by_id, *grants.values_list("user_id", flat=True)}
    if admission.project:
        people.add(admission.project.lead_id)
    _notify_all(kind, admission, event, actor, people, admission.handover_due_on or admission.until_on)


def _notify_all(kind, admission, event, actor, people, day):
    data = {
        "organization": admission.organization.name, "day": day.isoformat() if day else "",
        "outcome": admission.outcome, "reason": admission.left_reason or admission.extended_reason or admission.reason,
    }  # fmt: skip
    for person in User.objects.filter(pk__in=people - {actor.pk}, is_active=True).order_by("pk"):
        notify(kind, recipient=person, dedup_key=f"{kind}:{event.pk}", data=data, link=admission.get_absolute_url())
