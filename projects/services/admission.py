"""入壳/出壳: apply, first check, admit or refuse, extend, leave. Each step is recorded and told to those it concerns."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.workdays import add_working_days
from organizations.models import SocialOrganization
from projects.choices import LeaveOutcome
from projects.models import Admission, IncubationAgreement, IncubationProject
from projects.notifications.admission import notify_admitters, notify_applicants
from projects.services.agreement import HANDOVER_DAYS

CHECK_DAYS = 5  # working days for the first check


@transaction.atomic
def apply_admission(*, uuid, organization_id, actor, wishes=""):
    """Apply for an organization that is not inside and has no application under way (RuleViolation); the first check is
    due in five working days. Names its running project, if any. Audit; tells who makes the first check."""
    organizations = SocialOrganization.objects.select_related("community__parent")
    organization = organizations.select_for_update(of=("self",)).get(pk=organization_id)
    if organization.state == "dissolved":
        raise RuleViolation(_("The organization is dissolved; its file is closed."))
    now = timezone.now()
    admission = Admission(
        uuid=uuid, organization=organization, community=organization.community, wishes=wishes, applied_by=actor,
        project=IncubationProject.objects.running().of_organization(organization).order_by("pk").first(),
        applied_at=now, check_due_on=add_working_days(timezone.localdate(now), CHECK_DAYS),
    )  # fmt: skip
    admission.check_rules()
    admission.save_or_refuse(force_insert=True)
    event = _record("admission.applied", admission, actor, None, due_on=admission.check_due_on)
    notify_admitters("admission.applied", admission, event, actor)
    return admission


@transaction.atomic
def screen_admission(*, admission_id, actor, opinion):
    """初审 passed, with an opinion. Audit; tells the applicants."""
    admission, before = _lock(admission_id)
    admission.screen(by=actor, at=timezone.now(), opinion=_demand(opinion, _("Please write the opinion.")))
    _not_by_applicant(admission, actor)
    admission.save(update_fields=["status", "screened_by", "screened_at", "screened_opinion", "updated_at"])
    event = _record("admission.screened", admission, actor, before)
    notify_applicants("admission.screened", admission, event, actor)
    return admission


@transaction.atomic
def admit_admission(*, admission_id, actor, reason, admitted_on, until_on):
    """入壳: admit from a day to a day, with the reason of the review. Audit; tells the applicants."""
    admission, before = _lock(admission_id)
    admission.admit(by=actor, at=timezone.now(), reason=_demand(reason), admitted_on=admitted_on, until_on=until_on)
    _not_by_applicant(admission, actor)
    if until_on <= admitted_on:
        raise RuleViolation(_("The end has to be after the start."))
    admission.save(update_fields=[
        "status", "decided_by", "decided_at", "reason", "admitted_on", "until_on", "first_until_on", "updated_at",
    ])  # fmt: skip
    event = _record("admission.admitted", admission, actor, before, admitted_on=admitted_on, until_on=until_on)
    notify_applicants("admission.admitted", admission, event, actor)
    return admission


@transaction.atomic
def refuse_admission(*, admission_id, actor, reason):
    """Refuse at the first check or at the review, with the reason; the organization may apply again. Audit; tells the
    applicants."""
    admission, before = _lock(admission_id)
    admission.refuse(by=actor, at=timezone.now(), reason=_demand(reason))
    _not_by_applicant(admission, actor)
    admission.save(update_fields=["status", "decided_by", "decided_at", "reason", "updated_at"])
    event = _record("admission.refused", admission, actor, before)
    notify_applicants("admission.refused", admission, event, actor)
    return admission


@transaction.atomic
def extend_admission(*, admission_id, actor, until_on, reason):
    """延期孵化: a later last day, with the reason. Audit with both days; tells the applicants."""
    admission, before = _lock(admission_id)
    old = admission.until_on
    admission.extend(at=timezone.now(), until_on=until_on, reason=_demand(reason))
    _not_by_applicant(admission, actor)
    if until_on <= old:
        raise RuleViolation(_("The new last day has to be after %(day)s.") % {"day": old.isoformat()})
    admission.save(update_fields=["status", "until_on", "extended_at", "extended_reason", "updated_at"])
    event = _record("admission.extended", admission, actor, before, until=[old, until_on])
    notify_applicants("admission.extended", admission, event, actor)
    return admission


@transaction.atomic
def leave_admission(*, admission_id, actor, outcome, on, reason):
    """出壳, 劝退 or 自愿退出 on a day, with the reason; the hand-over is due after the agreement's working days, else
    fifteen. Audit; tells the applicants."""
    admission, before = _lock(admission_id)
    agreement = IncubationAgreement.objects.filter(project=admission.project_id).first()
    days = agreement.handover_days if agreement else HANDOVER_DAYS
    due_on = add_working_days(on, days)
    admission.leave(outcome=LeaveOutcome(outcome), on=on, reason=_demand(reason), handover_due_on=due_on)
    if on < admission.admitted_on:
        raise RuleViolation(_("It cannot leave before it was admitted."))
    admission.save(update_fields=["status", "outcome", "left_on", "left_reason", "handover_due_on", "updated_at"])
    event = _record("admission.left", admission, actor, before, outcome=admission.outcome, handover_due_on=due_on)
    notify_applicants("admission.left", admission, event, actor)
    return admission


def _lock(admission_id):
    admissions = Admission.objects.select_related("organization__community__parent", "community", "applied_by")
    admission = admissions.select_for_update(of=("self",)).get(pk=admission_id)
    return admission, admission.status


def _demand(text, sentence=""):
    if not text.strip():
        raise RuleViolation(sentence or _("Please say why."))
    return text.strip()


def _not_by_applicant(admission, actor):
    if admission.applied_by_id == actor.pk:
        raise RuleViolation(_("Nobody decides on their own application."))


def _record(verb, admission, actor, before, **data):
    facts = {"from": before, "to": admission.status, **data}
    return audit.record(verb, target=admission, actor=actor, area=admission.community, data=facts)
