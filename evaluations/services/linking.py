"""Which answer sheets are of one person. A sure link is a key; a doubtful one waits for a person to look at it.

A self-made code is never kept: its key is a keyed hash of its tidied form, different in every community. Two codes that
differ by one character are found by hashing what the new one could have been.

Whoever knows or guesses a code can hand in a sheet with it, so a new sheet never takes anything from one that is there:
only the new one waits, and not more of them than a person can look through.
"""

import hashlib
import unicodedata
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from evaluations.choices import DoubtVerdict, LinkState
from evaluations.models import LinkDoubt, Response, Wave
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Membership

DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHORTEST, LONGEST = 4, 20
KEY_BYTES = 20
APART = "~"  # behind a key that two different people share
SAME_CODE, NEAR_CODE, SAME_NAME = "same_code", "near_code", "same_name"
MOST_DOUBTS = 5  # of one sheet
MOST_OPEN = 100  # of one survey; what comes then is linked with nobody


def tidy_code(text):
    """Full width or half, large or small, with blanks or dashes: the same code."""
    wide = unicodedata.normalize("NFKC", str(text)).upper()
    return "".join(letter for letter in wide if letter.isalnum())


def check_code(text):
    """The tidied code; RuleViolation for one that is too short to tell people apart."""
    code = tidy_code(text)
    if not SHORTEST <= len(code) <= LONGEST:
        raise RuleViolation(
            _("The code has %(least)s to %(most)s letters and digits. Please make it as the hint says.")
            % {"least": SHORTEST, "most": LONGEST}
        )
    return code


@lru_cache(maxsize=64)
def _secret(place, key):
    return salted_hmac("evaluations.self-code", place, secret=key, algorithm="sha256").digest()


def code_key(code, place):
    """The key of a tidied code within a community (its statistical code)."""
    secret = _secret(place, settings.LINKING_KEY)
    return f"c:{hashlib.blake2b(code.encode(), key=secret, digest_size=KEY_BYTES).hexdigest()}"


def near_codes(code):
    """What ``code`` may have been before one slip: another character, one too many, one too few, two exchanged."""
    found = set()
    for place, letter in enumerate(code):
        kind = DIGITS if letter.isdigit() else LETTERS
        found.update(code[:place] + other + code[place + 1 :] for other in kind)
        found.add(code[:place] + code[place + 1 :])
        found.add(code[:place] + code[place + 1 : place + 2] + letter + code[place + 2 :])
    for place in range(len(code) + 1):
        found.update(code[:place] + other + code[place:] for other in DIGITS + LETTERS)
    return {other for other in found if other != code and len(other) >= SHORTEST - 1}


def link_by_code(response, code):
    """Give an unsaved answer sheet its key and state by its (tidied) code. Returns [(other, why)]: doubts to be written
    down once it is saved. The other sheet stays as it is until a person has decided."""
    wave = response.wave
    key = code_key(code, wave.community.code)
    response.subject_key, response.link_state = key, LinkState.LINKED
    mine = Response.objects.counted().filter(wave=wave)
    same = mine.filter(Q(subject_key=key) | Q(subject_key__startswith=key + APART))
    doubts = [(other, SAME_CODE) for other in same.order_by("pk")[: MOST_DOUBTS + 1]]
    if not doubts and wave.earlier_id is not None:
        before = Response.objects.matched().filter(wave=wave.earlier_id)
        if not before.filter(subject_key=key).exists():
            keys = {code_key(other, wave.community.code) for other in near_codes(code)}
            near = before.filter(subject_key__in=keys).exclude(subject_key__in=mine.values("subject_key"))
            doubts = [(other, NEAR_CODE) for other in near.order_by("pk")[:MOST_DOUBTS]]
    return _doubted(response, doubts, open_doubts(wave)) if doubts else []


def open_doubts(wave):
    """How many doubts about sheets of the survey nobody has looked at."""
    return LinkDoubt.objects.open().filter(response__wave=wave).order_by().count()


def _doubted(response, doubts, already):
    """Sets the state of an unsaved sheet with these doubts; returns those to be written down. With too many it is linked
    with nobody: more sheets of one code than ``MOST_DOUBTS`` are no slip, and nobody looks through an endless list."""
    if not doubts:
        return []
    if len(doubts) <= MOST_DOUBTS and already + len(doubts) <= MOST_OPEN:
        response.link_state = LinkState.DOUBTFUL
        return doubts
    response.link_state = LinkState.ALONE
    if doubts[0][1] == SAME_CODE:
        response.subject_key = _apart(response)
    return []


def _apart(sheet):
    """The key of a sheet whose code is not the key of one person."""
    return f"{sheet.subject_key}{APART}{sheet.uuid.hex}"


def link_many_by_code(wave, rows):
    """The same for many unsaved sheets [(response, code)] in four queries. Returns [(response, other, why)]."""
    names = ("pk", "uuid", "subject_key", "link_state", "wave_id")
    mine, before = {}, {}
    for other in Response.objects.counted().filter(wave=wave).exclude(subject_key="").order_by("pk").only(*names):
        mine.setdefault(other.subject_key.partition(APART)[0], []).append(other)
    if wave.earlier_id:
        matched = Response.objects.matched().filter(wave=wave.earlier_id).order_by("pk").only(*names)
        before = {other.subject_key: other for other in matched}
    pairs, already = [], open_doubts(wave)
    for response, code in rows:
        key = code_key(code, wave.community.code)
        response.subject_key, response.link_state = key, LinkState.LINKED
        same = mine.setdefault(key, [])
        doubts = [(other, SAME_CODE) for other in same[: MOST_DOUBTS + 1]]
        if not same and before and key not in before:
            keys = sorted(
                near
                for other in near_codes(code)
                if (near := code_key(other, wave.community.code)) in before and not mine.get(near)
            )
            doubts = [(before[near], NEAR_CODE) for near in keys[:MOST_DOUBTS]]
        pairs += [(response, other, why) for other, why in _doubted(response, doubts, already + len(pairs))]
        same.append(response)
    return pairs


def link_by_ticket(response, ticket):
    """The same for a personal link. A name that two members have is doubtful once one of them has a sheet."""
    response.subject_key, response.link_state = ticket.subject_key, LinkState.LINKED
    if ticket.membership_id or not response.wave.organization_id:
        return []
    namesakes = Membership.objects.filter(organization=response.wave.organization_id, name=ticket.name)
    keys = [f"m:{identifier}" for identifier in namesakes.order_by("pk").values_list("uuid", flat=True)]
    others = Response.objects.counted().filter(
        wave__in=[response.wave_id, response.wave.earlier_id], subject_key__in=keys
    )
    doubts = [(other, SAME_NAME) for other in others.order_by("pk")[:MOST_DOUBTS]]
    if doubts:
        response.link_state = LinkState.DOUBTFUL
    return doubts


def write_doubts(pairs):
    """``pairs``: (saved sheet, other, why)."""
    LinkDoubt.objects.bulk_create(
        [LinkDoubt(response=response, other=other, why=why) for response, other, why in pairs], batch_size=500
    )


def why_label(why):
    return {
        SAME_CODE: _("the same code twice in one survey"),
        NEAR_CODE: _("a code that differs by one character"),
        SAME_NAME: _("two members have this name"),
    }.get(why, why)


@transaction.atomic
def settle_doubt(*, doubt_id, verdict, actor):
    """A person says whether two sheets are of the same person. RuleViolation when somebody did already, when one of them
    was taken back, or when the person has another sheet in the survey. Audit on the survey.

    The same person: of two sheets in one survey the first counts and the later one is taken back; a sheet of another
    survey gets the person's key, and what else it could have been is settled with it. Different people: sheets with the
    same code stay apart for ever and are matched with nobody; a code that is only similar counts as it is.
    """
    pair = LinkDoubt.objects.select_related("response", "other").get(pk=doubt_id)
    Wave.objects.lock({pair.response.wave_id, pair.other.wave_id})
    doubt = LinkDoubt.objects.select_for_update(of=("self",)).get(pk=doubt_id)
    sheets = Response.objects.select_for_update(of=("self",)).select_related("wave__community")
    response, other = sheets.get(pk=doubt.response_id), sheets.get(pk=doubt.other_id)
    if doubt.verdict:
        raise RuleViolation(_("Somebody has looked at these two already."))
    if response.withdrawn_at or other.withdrawn_at:
        raise RuleViolation(_("One of the two sheets was taken back; there is nothing to decide any more."))
    now = timezone.now()
    _decide(doubt, verdict, actor, now)
    same_wave = response.wave_id == other.wave_id
    if verdict == DoubtVerdict.SAME and same_wave:
        later = max(response, other, key=lambda sheet: (sheet.submitted_at, sheet.pk))
        later.withdrawn_at, later.withdrawn_reason = now, _("The same person answered twice; the first sheet counts.")
        later.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
        settle_neighbours(later)
    elif verdict == DoubtVerdict.SAME:
        _join(response, other, actor, now)
    elif doubt.why == SAME_CODE:
        for sheet in (response, other):
            _set_apart(sheet)
    settle_state(response)
    settle_state(other)
    audit.record(
        "link_doubt.settled", target=response.wave, actor=actor, area=response.wave.community,
        data={"why": doubt.why, "verdict": str(verdict)},
    )  # fmt: skip
    return doubt


def _decide(doubt, verdict, actor, now):
    doubt.verdict, doubt.decided_by, doubt.decided_at = verdict, actor, now
    doubt.save(update_fields=["verdict", "decided_by", "decided_at", "updated_at"])


def _join(response, other, actor, now):
    mine = Response.objects.counted().filter(wave=response.wave_id, subject_key=other.subject_key)
    if mine.exclude(pk=response.pk).exists():
        raise RuleViolation(_("That person has another answer sheet in this survey, so these are different people."))
    response.subject_key = other.subject_key
    response.save(update_fields=["subject_key", "updated_at"])
    for rest in LinkDoubt.objects.open().filter(response=response).order_by("pk"):
        _decide(rest, DoubtVerdict.DIFFERENT, actor, now)


def _set_apart(sheet):
    """Its code is no longer the key of one person."""
    if APART not in sheet.subject_key:
        sheet.subject_key = _apart(sheet)
        sheet.save(update_fields=["subject_key", "updated_at"])


def settle_state(sheet):
    """Once nothing about a sheet is open it is linked, or alone when its key was shared."""
    if sheet.link_state == LinkState.ALONE or sheet.withdrawn_at:
        return
    if LinkDoubt.objects.open().filter(response=sheet).exists():
        return
    state = LinkState.ALONE if APART in sheet.subject_key else LinkState.LINKED
    if state != sheet.link_state:
        sheet.link_state = state
        sheet.save(update_fields=["link_state", "updated_at"])


def settle_neighbours(sheet):
    """After a sheet was taken back: those that were doubtful only beside it."""
    pairs = LinkDoubt.objects.filter(Q(response=sheet) | Q(other=sheet), verdict=DoubtVerdict.OPEN)
    keys = {key for pair in pairs.order_by("pk").values_list("response_id", "other_id") for key in pair} - {sheet.pk}
    for neighbour in Response.objects.filter(pk__in=keys).order_by("pk"):
        settle_state(neighbour)
