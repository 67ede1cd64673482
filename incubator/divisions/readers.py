"""Reading a code list: CSV with the head ``code,name``, plain or gzip, UTF-8. Pure: a stream of bytes in, names by
code out.

The list is checked as a whole, before anything is written: what is wrong is told with the number of its line.
"""

import csv
import gzip
import re
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from incubator.divisions.choices import Level
from incubator.divisions.codes import is_code, level_of, parent_code, subtree_range

HEAD = ["code", "name"]
GZIP_MAGIC = b"\x1f\x8b"
# Not str.isprintable(): the list has rare characters from the private use area, which no table calls printable.
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MAX_NAME = 100
MAX_LINE_BYTES = 2_000
MAX_LINES = 2_000_000  # three times the country: what is longer is not a code list


class CodeListError(RuleViolation):
    """The file cannot be taken. ``line`` counts as an editor does (the head is line 1), ``reason`` is the sentence."""

    def __init__(self, line, reason):
        self.line, self.reason = line, reason
        super().__init__(_("Line %(line)s: %(reason)s") % {"line": line, "reason": reason})


@dataclass
class CodeList:
    """Names by code for each level. ``lines`` is the number of rows in the file, also of those left out by
    ``under``."""

    levels: dict = field(default_factory=lambda: {level: {} for level in Level})
    lines: int = 0

    def __contains__(self, code):
        return code in self.levels[level_of(code)]

    def __len__(self):
        return sum(len(names) for names in self.levels.values())

    def only_under(self, roots):
        """A list of the subtrees of ``roots`` with the places above them."""
        kept = CodeList(lines=self.lines)
        ranges = [subtree_range(root) for root in roots]
        for level, names in self.levels.items():
            kept.levels[level] = {
                code: name
                for code, name in names.items()
                if any(root.startswith(code) or (code >= root and (end is None or code < end)) for root, end in ranges)
            }
        return kept


def read_code_list(stream):
    """The CodeList of a binary ``stream``. Raises CodeListError for whatever is wrong with it."""
    lines = _Lines(_unpacked(stream))
    rows = csv.reader(lines, strict=True)
    found, numbers = CodeList(), {}
    try:
        for row in rows:
            if lines.number == 1:
                if [cell.strip() for cell in row] != HEAD:
                    raise CodeListError(1, _("the head has to be “code,name”."))
            elif row:
                _take(found, numbers, row, lines.number)
    except csv.Error as error:
        raise CodeListError(lines.number, _("the quotation marks do not match.")) from error
    if not lines.number:
        raise CodeListError(1, _("the file is empty."))
    if not found.lines:
        raise CodeListError(2, _("there is no place in the file."))
    _check_parents(found, numbers)
    return found


def _take(found, numbers, row, line):
    if len(row) != len(HEAD):
        raise CodeListError(line, _("there are %(count)s columns instead of two.") % {"count": len(row)})
    code, name = row[0], row[1].strip()
    if not is_code(code):
        raise CodeListError(line, _("“%(code)s” is not a code of 2, 4, 6, 9 or 12 digits.") % {"code": code[:40]})
    if code in found:
        raise CodeListError(
            line, _("the code %(code)s stands in line %(other)s already.") % {"code": code, "other": numbers[code]}
        )
    if not name:
        raise CodeListError(line, _("the place %(code)s has no name.") % {"code": code})
    if len(name) > MAX_NAME:
        raise CodeListError(line, _("the name is longer than %(count)s characters.") % {"count": MAX_NAME})
    if CONTROL.search(name):
        raise CodeListError(line, _("the name holds characters that cannot be shown."))
    found.levels[level_of(code)][code] = name
    found.lines += 1
    numbers[code] = line


def _check_parents(found, numbers):
    orphans = [
        (numbers[code], code)
        for names in found.levels.values()
        for code in names
        if (above := parent_code(code)) and above not in found
    ]
    if orphans:
        line, code = min(orphans)
        raise CodeListError(
            line,
            _("the place above %(code)s is not in the file (%(parent)s).")
            % {"code": code, "parent": parent_code(code)},
        )


def _unpacked(stream):
    head = stream.read(len(GZIP_MAGIC))
    stream.seek(0)
    return gzip.GzipFile(fileobj=stream) if head == GZIP_MAGIC else stream


class _Lines:
    """Decoded lines with the number of the one that is being read, so that a broken file is told where it breaks."""

    def __init__(self, stream):
        self.stream, self.number = stream, 0

    def __iter__(self):
        return self

    def __next__(self):
        number = self.number + 1
        try:
            raw = self.stream.readline(MAX_LINE_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise CodeListError(number, _("the compressed file is broken from here on.")) from error
        if not raw:
            raise StopIteration
        self.number = number
        if len(raw) > MAX_LINE_BYTES:
            raise CodeListError(number, _("the line is far too long for a code and a name."))
        if b"\0" in raw:
            raise CodeListError(number, _("there are NUL characters: this is not a text file."))
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise CodeListError(number, _("this is not UTF-8. Please save the file as CSV in UTF-8.")) from error
        if number > MAX_LINES:
            raise CodeListError(number, _("there are more lines than the country has places."))
        return text
