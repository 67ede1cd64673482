"""Papers of a filing: added and taken back while it is open. The history is the filing's: a file's name may hold a
person's name and does not belong in it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import inspect_upload, kept_with
from organizations.models import FilingPaper
from organizations.services.filing import lock_filing, require_open


@transaction.atomic
def add_filing_paper(*, filing_id, kind, upload, actor, uuid):
    """Keep a paper of an open filing: look at its bytes, refuse the same file twice, store it, record it."""
    filing = lock_filing(filing_id)
    require_open(filing)
    facts = inspect_upload(upload)
    if filing.papers.in_use().filter(kind=kind, sha256=facts.sha256).exists():
        raise RuleViolation(_("This file is there already."))
    paper = FilingPaper(uuid=uuid, filing=filing, kind=kind, uploaded_by=actor)
    paper.take(upload, facts)
    with kept_with(paper.file):
        paper.save(force_insert=True)
        filing.save(update_fields=["updated_at"])
        data = {"paper": paper.uuid, "kind": kind, "sha256": facts.sha256}
        audit.record("filing_paper.added", target=filing, actor=actor, area=filing.organization.community, data=data)
    return paper


@transaction.atomic
def withdraw_filing_paper(*, paper_id, actor):
    """Take a paper back while the filing is open; the file is kept. Records it."""
    filing = lock_filing(FilingPaper.objects.values_list("filing_id", flat=True).get(pk=paper_id))
    paper = FilingPaper.objects.select_for_update(of=("self",)).get(pk=paper_id)
    require_open(filing)
    if paper.withdrawn_at:
        raise RuleViolation(_("This paper was taken back already."))
    paper.withdrawn_at = timezone.now()
    paper.save(update_fields=["withdrawn_at", "updated_at"])
    filing.save(update_fields=["updated_at"])
    data = {"paper": paper.uuid, "kind": paper.kind}
    audit.record("filing_paper.withdrawn", target=filing, actor=actor, area=filing.organization.community, data=data)
    return paper
