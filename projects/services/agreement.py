"""The incubation agreement of a project: written with defaults from the project, signed with a copy, then left alone."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.months import IN_A_YEAR, add_months
from projects.choices import DocumentKind
from projects.models import IncubationAgreement, IncubationProject
from projects.services.document import keep_document

HANDOVER_DAYS = 15
TEXTS = ("parties", "services", "obligations", "venue_use", "funds", "personal_data", "leaving")
FIELDS = (*TEXTS, "starts_on", "ends_on", "handover_days")


def agreement_of(project):
    """The project's agreement, or an unsaved one filled from the project and with the usual sentences."""
    found = IncubationAgreement.objects.filter(project=project).first()
    return found or _usual_agreement(project)


def _usual_agreement(project):
    incubator = project.agency.name if project.agency else str(project.community)
    return IncubationAgreement(
        project=project,
        parties="\n".join(
            (
                _("Party A (incubates): %(name)s") % {"name": incubator},
                _("Party B (is incubated): %(name)s") % {"name": project.organization.name},
                _("Community: %(name)s") % {"name": project.community},
            )
        ),
        starts_on=project.starts_on,
        ends_on=project.ends_on or add_months(project.starts_on, IN_A_YEAR),
        services=_(
            "Party building, training and workshops, one-to-one supervision, visits, links to resources, "
            "and evaluation before and after."
        ),
        obligations=_(
            "Party B takes part in the agreed activities, keeps records of its own activities, and reports once a "
            "quarter. Party A names a lead social worker, answers within three working days, and keeps a file."
        ),
        venue_use=_("Rooms are booked beforehand, used for the agreed purpose, and left tidy."),
        funds=_("Money is used for the agreed purpose, with receipts, and accounted for openly."),
        personal_data=_(
            "Names and phone numbers are collected only as needed, used for this project alone, shown to those who "
            "serve the organization, and deleted on request after the end unless a law asks to keep them."
        ),
        leaving=_(
            "Either side may end this agreement in writing with its reason. Rooms, things, files and open tasks are "
            "handed over within %(days)s working days."
        )
        % {"days": HANDOVER_DAYS},
        handover_days=HANDOVER_DAYS,
    )


@transaction.atomic
def update_agreement(*, project_id, actor, edition="", **values):
    """Write the agreement or change it as long as it is not signed (RuleViolation; StaleEdition when somebody else
    changed it meanwhile). Audit with the names of what changed: the texts may name people."""
    project = _lock_project(project_id)
    agreement = agreement_of(project)
    _demand_open(agreement)
    agreement.check_edition(edition)
    is_new = agreement.pk is None
    before = {} if is_new else audit.snapshot(agreement, FIELDS)
    for name in FIELDS:
        setattr(agreement, name, values[name])
    agreement.check_rules()
    changed = sorted(audit.changes(agreement, before)["changes"])
    if not is_new and not changed:
        return agreement
    agreement.save_or_refuse()
    data = {"new": is_new, "changed": changed}
    audit.record("agreement.updated", target=project, actor=actor, area=project.community, data=data)
    return agreement


@transaction.atomic
def sign_agreement(*, project_id, actor, signed_on, upload, uuid):
    """Enter the day of signing and keep the signed copy as a document of the project. From now on the text stays as it
    is. Audit."""
    project = _lock_project(project_id)
    agreement = IncubationAgreement.objects.select_for_update(of=("self",)).filter(project=project).first()
    if agreement is None:
        raise RuleViolation(_("There is no agreement yet. Please write it first."))
    _demand_open(agreement)
    with keep_document(
        project=project, kind=DocumentKind.AGREEMENT, title=_("Signed agreement"), upload=upload, uuid=uuid,
        actor=actor, dated_on=signed_on,
    ) as document:  # fmt: skip
        agreement.signed_on = signed_on
        agreement.save(update_fields=["signed_on", "updated_at"])
        data = {"signed_on": signed_on, "document": document.uuid, "sha256": document.sha256}
        audit.record("agreement.signed", target=project, actor=actor, area=project.community, data=data)
    return agreement


def _demand_open(agreement):
    if agreement.is_signed:
        raise RuleViolation(_("The agreement is signed. To change it, take the signed copy back first."))


def _lock_project(project_id):
    queryset = IncubationProject.objects.select_related("organization", "community__parent", "agency")
    return queryset.select_for_update(of=("self",)).get(pk=project_id)
