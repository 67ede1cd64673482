"""Papers of a project: added, and taken back with a reason. The history keeps no file names: they may name people."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import inspect_upload, kept_with
from projects.choices import DocumentKind
from projects.models import IncubationAgreement, IncubationProject, ProjectDocument


@contextmanager
def keep_document(*, project, kind, title, upload, uuid, actor, dated_on=None):
    """Look at the bytes, refuse the same file twice (RuleViolation), store it with its row. What is written inside
    belongs to it: when that fails, the file goes as well."""
    facts = inspect_upload(upload)
    there = ProjectDocument.objects.in_use().filter(project=project, kind=kind, sha256=facts.sha256)
    if there.exists():
        raise RuleViolation(_("This very file is here already."))
    document = ProjectDocument(
        uuid=uuid, project=project, kind=kind, title=title, dated_on=dated_on, uploaded_by=actor
    )  # fmt: skip
    document.take(upload, facts)
    with kept_with(document.file):
        document.save(force_insert=True)
        yield document


@transaction.atomic
def add_document(*, project_id, kind, title, upload, actor, uuid, dated_on=None):
    """Keep a paper of the project. Audit on the project."""
    project = IncubationProject.objects.select_for_update(of=("self",)).get(pk=project_id)
    if not project.is_running:
        raise RuleViolation(_("The project is over; its file is closed."))
    if kind == DocumentKind.AGREEMENT:
        raise RuleViolation(_("The signed copy is added where the agreement is signed."))
    with keep_document(
        project=project, kind=kind, title=title, upload=upload, uuid=uuid, actor=actor, dated_on=dated_on
    ) as document:
        data = {"document": document.uuid, "kind": kind, "sha256": document.sha256}
        audit.record("document.added", target=project, actor=actor, area=project.community, data=data)
    return document


@transaction.atomic
def withdraw_document(*, document_id, actor, reason):
    """Take a paper back with the reason; row and file are kept. Taking the signed copy back makes the agreement unsigned,
    so that it can be changed. Audit on the project."""
    project_id = ProjectDocument.objects.values_list("project_id", flat=True).get(pk=document_id)
    project = IncubationProject.objects.select_for_update(of=("self",)).get(pk=project_id)
    document = ProjectDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.withdrawn_at:
        raise RuleViolation(_("It was taken back already."))
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    document.withdrawn_at, document.withdrawn_reason = timezone.now(), reason.strip()
    document.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
    data = {"document": document.uuid, "kind": document.kind}
    others = ProjectDocument.objects.in_use().filter(project=project, kind=DocumentKind.AGREEMENT)
    if document.kind == DocumentKind.AGREEMENT and not others.exists():
        agreement = IncubationAgreement.objects.select_for_update(of=("self",)).get(project=project)
        agreement.signed_on = None
        agreement.save(update_fields=["signed_on", "updated_at"])
        data["unsigned"] = True
    audit.record("document.withdrawn", target=project, actor=actor, area=project.community, data=data)
    return document
