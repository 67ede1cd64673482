"""Loading an edition of the code list. Set-based: one pass over what is there, then only the differences are
written."""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from incubator.divisions.choices import Level
from incubator.divisions.codes import ancestor_codes, is_code, kind_of, level_of, parent_code, setting_of
from incubator.divisions.models import Division
from incubator.divisions.readers import read_code_list

CHUNK = 20_000
PROVINCES = 31  # a list with all of them is the whole country's; a shorter one speaks for its own part only
COLUMNS = ("code", "name", "level", "parent_id", "kind", "setting", "setting_by_hand", "valid_from")
OUTCOMES = ("new", "renamed", "closed", "reopened", "unchanged")


@dataclass
class ImportSummary:
    """What an import did: for each level how many places had which outcome, and the places it speaks for."""

    edition: datetime.date
    roots: list
    counts: dict = field(default_factory=lambda: {level: Counter() for level in Level})

    def add(self, code, outcome, number=1):
        self.counts[level_of(code)][outcome] += number

    @property
    def total(self):
        return sum(self.counts.values(), Counter())

    @property
    def has_changed_anything(self):
        return any(self.total[outcome] for outcome in OUTCOMES if outcome != "unchanged")

    def as_data(self):
        """For JSON: {"1": {"new": 31, …}, …}, every outcome named."""
        return {
            str(level.value): {outcome: counter[outcome] for outcome in OUTCOMES}
            for level, counter in self.counts.items()
        }


def edition_of(file_name, *, today):
    """The day that a file's content holds for: 30 June of the year in its name, else ``today``."""
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", PurePath(file_name).name)
    return datetime.date(int(year[0]), 6, 30) if year else today


def check_divisions(*, stream, under=()):
    """Read the list and prune it to ``under``; writes nothing. Returns (CodeList, roots): ``roots`` are the codes of
    the subtrees that the list speaks for. Raises CodeListError for a bad file and RuleViolation for an unknown
    ``under``."""
    for code in under:
        if not is_code(code):
            raise RuleViolation(_("“%(code)s” is not a code of 2, 4, 6, 9 or 12 digits.") % {"code": code})
    found = read_code_list(stream)
    for code in under:
        if code not in found:
            raise RuleViolation(_("The file has no place with the code %(code)s.") % {"code": code})
    if under:
        roots = _outermost(under)
        return found.only_under(roots), roots
    return found, _own_roots(found)


@transaction.atomic
def import_divisions(source, *, under=(), edition=None, progress=None):
    """Take over a code list as of the day ``edition``; all of it or nothing. ``source`` is a path or an open binary
    file, CSV or gzip (readers); ``edition`` defaults to what the file's name says (edition_of).

    1. Read and check the whole file (CodeListError names the line), then keep the subtrees ``under`` with what is
       above.
    2. Add unknown codes, level by level, each valid from ``edition``; kind and setting follow from the code.
    3. Take over changed names. Nothing else of a known place changes: a setting keeps what a person said.
    4. Reopen closed codes that are in the list again.
    5. Close codes that the list lacks, where it speaks for them (never above ``under``), the day before ``edition``.

    Returns an ImportSummary. ``progress(done, total)`` is called now and then. Running it again changes nothing.
    """
    if isinstance(source, (str, Path)):
        edition = edition or edition_of(source, today=timezone.localdate())
        with Path(source).open("rb") as stream:
            wanted, roots = check_divisions(stream=stream, under=under)
    else:
        edition = edition or timezone.localdate()
        wanted, roots = check_divisions(stream=source, under=under)
    summary = ImportSummary(edition=edition, roots=roots)
    total = len(wanted)
    ids, changed, vanished = _compare(wanted, roots, edition, summary)
    _close(vanished, edition)
    done = total - sum(map(len, wanted.levels.values()))
    for level, names in wanted.levels.items():
        for chunk in _chunks(names.items()):
            Division.objects.insert_rows(COLUMNS, [_row(code, name, edition, ids) for code, name in chunk])
            done += len(chunk)
            if progress:
                progress(done, total)
        for code in names:
            summary.add(code, "new")
        if level != Level.COMMUNITY:
            _learn_ids(ids, names)
    _save(changed)
    return summary


def _own_roots(found):
    """What a list without ``under`` speaks for. The whole country: everything. A part: a lone place of the upper
    levels is taken as the way down to what is meant, so a list of one district does not close its neighbours."""
    provinces = list(found.levels[Level.PROVINCE])
    if len(provinces) >= PROVINCES:
        return provinces
    children = {}
    for level in (Level.PREFECTURE, Level.COUNTY):
        for code in found.levels[level]:
            children.setdefault(parent_code(code), []).append(code)
    roots = []
    for root in provinces:
        while len(below := children.get(root, [])) == 1:
            root = below[0]
        roots.append(root)
    return sorted(roots)


def _outermost(codes):
    """Without codes that lie in another one of them."""
    codes = sorted(set(codes))
    return [code for code in codes if not any(code != other and code.startswith(other) for other in codes)]


def _compare(wanted, roots, edition, summary):
    """One pass over the stored places that the list may touch. Leaves in ``wanted`` the new ones only; returns the
    primary keys of places that can have children, the changed places and the keys of the vanished."""
    stored = Division.objects.all()
    if not _is_whole(roots):
        above = {code for root in roots for code in ancestor_codes(root)}
        stored = stored.within_codes(roots) | stored.filter(code__in=above)
    ids, changed, vanished = {}, [], []
    rows = stored.order_by().values_list("pk", "code", "name", "valid_from", "valid_to")
    for pk, code, name, valid_from, valid_to in rows.iterator(chunk_size=CHUNK):
        new_name = wanted.levels[level_of(code)].pop(code, None)
        if level_of(code) != Level.COMMUNITY:
            ids[code] = pk
        if new_name is None:
            if valid_to is None and valid_from <= edition:
                vanished.append(pk)
                summary.add(code, "closed")
        elif valid_to is not None:
            changed.append(Division(pk=pk, name=new_name, valid_to=None))
            summary.add(code, "reopened")
        elif new_name != name:
            changed.append(Division(pk=pk, name=new_name, valid_to=None))
            summary.add(code, "renamed")
        else:
            summary.add(code, "unchanged")
    return ids, changed, vanished


def _is_whole(roots):
    return len(roots) >= PROVINCES and all(level_of(root) == Level.PROVINCE for root in roots)


def _row(code, name, edition, ids):
    """The values of COLUMNS for a place that is new."""
    above = parent_code(code)
    parent = ids[above] if above else None
    return code, name, level_of(code).value, parent, kind_of(code).value, setting_of(code).value, False, str(edition)


def _learn_ids(ids, codes):
    for chunk in _chunks(codes, 500):
        ids.update(Division.objects.filter(code__in=chunk).order_by().values_list("code", "pk"))


def _save(changed):
    """Names and validity of known places, a chunk per statement."""
    for chunk in _chunks(changed, 200):
        Division.objects.bulk_update(chunk, ["name", "valid_to"])


def _close(keys, edition):
    """A place that began with this very edition cannot end before it: it is closed on that day."""
    last = edition - datetime.timedelta(days=1)
    for chunk in _chunks(keys, 500):
        gone = Division.objects.filter(pk__in=chunk)
        gone.filter(valid_from__lt=edition).update(valid_to=last)
        gone.filter(valid_from=edition).update(valid_to=edition)


def _chunks(items, size=CHUNK):
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
