"""``import_divisions FILE [--under CODE]… [--edition YYYY-MM-DD]``: load the statistical code list or a part of it."""

import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from incubator.divisions.choices import Level
from incubator.divisions.readers import CodeListError
from incubator.divisions.services import OUTCOMES, edition_of
from incubator.importing.services import import_divisions


class Command(BaseCommand):
    help = "Load the statistical code list (CSV “code,name”, plain or .gz). Running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--under", metavar="CODE", action="append", default=[], help="only this subtree; repeatable"
        )
        parser.add_argument(
            "--edition",
            metavar="YYYY-MM-DD",
            type=datetime.date.fromisoformat,
            help="the day the list holds for; default: 30 June of the year in the file's name, else today",
        )

    def handle(self, *args, file, under, edition, **options):
        path = Path(file)
        edition = edition or edition_of(path.name, today=timezone.localdate())
        try:
            summary = import_divisions(path, edition=edition, under=under, actor=None, file_name=path.name)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s") % {"file": file, "reason": error.strerror}
            ) from error
        except CodeListError as error:
            # "line N" is a fixed point for scripts, in every language.
            raise CommandError(f"line {error.line}: {error.reason}") from error
        except RuleViolation as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Edition of %(day)s") % {"day": edition.isoformat()})
        for level, counter in summary.counts.items():
            self.stdout.write(self.line(Level(level).label, counter))
        self.stdout.write(self.line(_("together"), summary.total))

    def line(self, label, counter):
        return _(
            "%(label)s: %(new)s new, %(renamed)s renamed, %(closed)s closed, %(reopened)s reopened, "
            "%(unchanged)s unchanged"
        ) % {"label": label, **{outcome: counter[outcome] for outcome in OUTCOMES}}
