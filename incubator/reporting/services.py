"""Papers of offices: put in, taken back, found for a place, printed from."""

import logging

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.files import MEGABYTE, OFFICE, inspect_upload, kept_with
from incubator.reporting.models import PaperTemplate
from incubator.reporting.paper_checks import check_template
from incubator.reporting.papers import find_paper, plain, render_docx

MAX_BYTES = 5 * MEGABYTE
PAPER_LANGUAGE = "zh-hans"  # papers are official Chinese forms, whatever language the pages speak
log = logging.getLogger(__name__)


@transaction.atomic
def upload_paper_template(*, uuid, paper, division, upload, actor):
    """Keep an office's own edition of ``paper`` (a registered class) for a place, or for everybody (None).

    Looks at the bytes, then at the braces, then prints it with made-up values (RuleViolation with the reason); gives it
    the next number; audit. Editions are never changed; the highest one in force is used from now on.
    """
    facts = inspect_upload(upload, allowed={"docx": OFFICE["docx"]}, max_bytes=MAX_BYTES)
    content = upload.read()
    upload.seek(0)
    check_template(content, paper)
    of_place = PaperTemplate.objects.filter(paper=paper.code, division=division)
    last = of_place.aggregate(last=Max("number"))["last"] or 0
    template = PaperTemplate(uuid=uuid, paper=paper.code, division=division, number=last + 1, uploaded_by=actor)
    template.take(upload, facts)
    with kept_with(template.file):
        template.save_or_refuse(force_insert=True)
        audit.record(
            "paper_template.uploaded", target=template, actor=actor, area=division,
            data={"paper": paper.code, "number": template.number, "sha256": facts.sha256},
        )  # fmt: skip
    return template


@transaction.atomic
def withdraw_paper_template(*, template_id, actor):
    """Take an edition back; the one before it is used again, else the one that ships. The file is kept. Audit."""
    template = PaperTemplate.objects.select_for_update(of=("self",)).get(pk=template_id)
    if template.withdrawn_at is not None:
        raise RuleViolation(_("This edition was taken back already."))
    template.withdrawn_at = timezone.now()
    template.save(update_fields=["withdrawn_at", "updated_at"])
    audit.record(
        "paper_template.withdrawn", target=template, actor=actor, area=template.division,
        data={"paper": template.paper, "number": template.number},
    )  # fmt: skip
    return template


def edition_in_force(editions, division):
    """Of ``editions`` (in force, of one paper) the newest of the nearest place that ``division`` lies in; None when there
    is none."""
    near = [item for item in editions if item.division is None or (division and item.division.contains(division))]
    return max(near, key=lambda item: (len(item.division.code) if item.division else 0, item.number), default=None)


class Press:
    """Prints papers; what it read for one it keeps for the next, so that a batch costs no more queries than a few."""

    def __init__(self):
        self._editions, self._contents = {}, {}

    def print(self, paper, thing, user, **options):
        """The bytes of the .docx. An office's edition that fails with real values gives way to the one that ships."""
        with translation.override(PAPER_LANGUAGE):
            context = plain(paper.context(thing, user, **options))
        if edition := self._edition(paper.code, paper.place(thing)):
            try:
                return render_docx(self._content(edition), context)
            except Exception:
                log.exception("edition %s of paper %s failed; the one that ships is used", edition.number, paper.code)
        return render_docx(self._shipped(paper.template), context)

    def _edition(self, code, division):
        if code not in self._editions:
            rows = PaperTemplate.objects.in_force().filter(paper=code).select_related("division")
            self._editions[code] = list(rows.order_by("pk"))
        return edition_in_force(self._editions[code], division)

    def _content(self, edition):
        if edition.pk not in self._contents:
            with edition.file.open("rb") as file:
                self._contents[edition.pk] = file.read()
        return self._contents[edition.pk]

    def _shipped(self, path):
        if path not in self._contents:
            self._contents[path] = find_paper(path).read_bytes()
        return self._contents[path]


def print_paper(paper, thing, user, **options):
    """One paper of one thing, in the edition of its place."""
    return Press().print(paper, thing, user, **options)
