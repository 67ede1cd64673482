"""The door of an activity: people sign in by a code that changes by itself.

The code is 12 characters: four find the door, eight are an HMAC of the door's secret and the running five minutes. It
holds for these and the next five minutes, so a photo of it on a wall is worth nothing.
"""

import datetime
import hashlib
import hmac
import re
import secrets
import uuid as uuids

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from projects.choices import ActivityStatus, AttendanceMethod
from projects.models import Activity, SignInCode
from projects.registries import printable
from projects.services.attendance import count_attendance, sign_in_guest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
STEP_SECONDS = 300
DOOR_CHARACTERS, CHECK_CHARACTERS = 4, 8
BITS = 5  # per character
LONGEST_HOURS = 12
MAX_BY_CODE = 500


class DoorClosed(RuleViolation):
    """The code opens nothing: too old, or the door was closed."""


def code_of(door, now):
    """The code that is shown at ``now``."""
    return _letters(door.uuid.int >> (128 - DOOR_CHARACTERS * BITS), DOOR_CHARACTERS) + _check(door, _step(now))


def readable_code(code):
    """ "ABCD-EFGH-JKMN": as people read it out."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def plain_code(text):
    """What somebody typed, as a code."""
    return re.sub(r"[^0-9A-Z]", "", str(text).upper()).translate(MISREAD)


def find_door(code, now):
    """The open door that the code belongs to, with its activity and organization, or None."""
    code = plain_code(code)
    if len(code) != DOOR_CHARACTERS + CHECK_CHARACTERS or set(code) - set(ALPHABET):
        return None
    prefix = sum(
        ALPHABET.index(letter) << (BITS * place) for place, letter in enumerate(reversed(code[:DOOR_CHARACTERS]))
    )
    rest = 128 - DOOR_CHARACTERS * BITS
    first, last = uuids.UUID(int=prefix << rest), uuids.UUID(int=((prefix + 1) << rest) - 1)
    doors = SignInCode.objects.filter(closes_at__gt=now, uuid__gte=first, uuid__lte=last)
    for door in doors.select_related("activity__organization", "activity__community", "opened_by").order_by("pk"):
        valid = (_check(door, step) for step in (_step(now), _step(now) - 1))
        if door.is_open(now) and any(hmac.compare_digest(code[DOOR_CHARACTERS:], check) for check in valid):
            return door
    return None


def is_time_to_open(activity, now):
    """People sign in where they are: on the day of the activity, the day before for a late evening, or the day after."""
    return abs((timezone.localdate(now) - timezone.localdate(activity.starts_at)).days) <= 1


@transaction.atomic
def open_sign_in(*, activity_id, hours, actor):
    """Open the door for some hours with a new secret; codes shown before end. Audit."""
    if not 1 <= hours <= LONGEST_HOURS:
        raise RuleViolation(_("A door stays open between 1 and 12 hours."))
    activity, now = _lock(activity_id), timezone.now()
    if not is_time_to_open(activity, now):
        raise RuleViolation(_("People sign in on the day of the activity. Note who came on the list instead."))
    door, _made = SignInCode.objects.update_or_create(
        activity=activity,
        defaults={
            "secret": secrets.token_hex(32), "opened_by": actor, "opened_at": now,
            "closes_at": now + datetime.timedelta(hours=hours),
        },
    )  # fmt: skip
    audit.record("sign_in.opened", target=activity, actor=actor, area=activity.community, data={"hours": hours})
    return door


@transaction.atomic
def close_sign_in(*, activity_id, actor):
    """Close the door now; its codes end. Audit. A closed door stays as it is."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    door, now = SignInCode.objects.filter(activity=activity).first(), timezone.now()
    if door is None or not door.is_open(now):
        raise RuleViolation(_("The door is closed already."))
    door.closes_at = now
    door.save(update_fields=["closes_at", "updated_at"])
    audit.record("sign_in.closed", target=activity, actor=actor, area=activity.community)
    return door


@transaction.atomic
def sign_in(*, code, name):
    """Somebody at the door writes their name. Finds the door (DoorClosed); locks the activity; a name that one member
    has is that member, else somebody who came by; the same name twice is one row; the number of participants follows;
    audit without the name. Returns the door."""
    now = timezone.now()
    door = find_door(code, now)
    if door is None:
        raise DoorClosed(_("This code is no longer valid."))
    name = clean_name(name)
    activity = _lock(door.activity_id)
    if activity.attendances.filter(method=AttendanceMethod.CODE).count() >= MAX_BY_CODE:
        raise RuleViolation(_("The list is full. Please tell the people at the entrance that you are here."))
    sign_in_guest(activity, name, now=now)
    return door


def clean_name(text):
    """One line, single blanks, at least one letter."""
    name = " ".join(printable(str(text)).split())[:60]
    if not any(letter.isalpha() for letter in name):
        raise RuleViolation(_("Please write your name."))
    return name


def signed_in_number(activity):
    """How many stand on the list in all, for the screen at the entrance."""
    return count_attendance(activity).named


def _lock(activity_id):
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if activity.is_draft or activity.status == ActivityStatus.LOCKED or not activity.took_place:
        raise RuleViolation(_("Nobody can be added to this record any more."))
    return activity


def _step(now):
    return int(now.timestamp()) // STEP_SECONDS


def _check(door, step):
    digest = hmac.new(bytes.fromhex(door.secret), str(step).encode(), hashlib.sha256).digest()
    return _letters(
        int.from_bytes(digest[:CHECK_CHARACTERS], "big") >> (64 - CHECK_CHARACTERS * BITS), CHECK_CHARACTERS
    )


def _letters(number, length):
    return "".join(ALPHABET[(number >> (BITS * place)) & 31] for place in reversed(range(length)))
