"""What a statistical code says by itself: level, place above, kind, urban or rural. Pure: no database, no clock.

A code has 2, 4, 6, 9 or 12 digits, and the place above it is its prefix of the next shorter length. The second part
(digits 7–9) tells the kind of a street or town, the third (digits 10–12) that of a committee:

==========  ====================  ==========  ===========================
digits 7–9  kind                  10–12       kind and setting
==========  ====================  ==========  ===========================
001–099     street                001–199     residents' committee, urban
100–199     town                  200–399     villagers' committee, rural
200–399     township              others      the code does not tell
400–599     enterprise area
==========  ====================  ==========  ===========================

What the rules make of the 665,276 rows of the 2023 list: 9,066 streets, 21,377 towns, 8,198 townships, 2,710 enterprise
areas and one place without a kind (350527000 金门县); 124,649 residents' and 487,144 villagers' committees; 8,780
places of level 5 stay unknown (2,687 coded 400–499, mostly areas without a committee; 6,092 coded 500–599, mostly
quarters of farms and companies; and 350527000000) until a person says whether they are urban or rural.
"""

from incubator.divisions.choices import CODE_LENGTHS, Kind, Level, Setting

_PARENT_LENGTHS = {4: 2, 6: 4, 9: 6, 12: 9}

STREET_KINDS = ((1, 99, Kind.STREET), (100, 199, Kind.TOWN), (200, 399, Kind.TOWNSHIP), (400, 599, Kind.ENTERPRISE))
COMMITTEE_KINDS = ((1, 199, Kind.RESIDENTS_COMMITTEE), (200, 399, Kind.VILLAGERS_COMMITTEE))
SETTINGS = {Kind.RESIDENTS_COMMITTEE: Setting.URBAN, Kind.VILLAGERS_COMMITTEE: Setting.RURAL}


def is_code(text):
    """Whether ``text`` is written like a code: ASCII digits in one of the five lengths, not beginning with 0."""
    return len(text) in CODE_LENGTHS and text.isascii() and text.isdigit() and text[0] != "0"


def level_of(code):
    return CODE_LENGTHS[len(code)]


def parent_code(code):
    """The code of the place above, or None for a province."""
    length = _PARENT_LENGTHS.get(len(code))
    return code[:length] if length else None


def ancestor_codes(code):
    """Codes of the places above, from the province down, without the place itself."""
    return [code[:length] for length in CODE_LENGTHS if length < len(code)]


def kind_of(code):
    level = level_of(code)
    if level == Level.STREET:
        return _in_range(code[6:9], STREET_KINDS)
    if level == Level.COMMUNITY:
        return _in_range(code[9:12], COMMITTEE_KINDS)
    return Kind.NONE


def setting_of(code):
    """Urban or rural where the code tells it; only places of level 5 have a setting."""
    return SETTINGS.get(kind_of(code), Setting.UNKNOWN)


def subtree_range(code):
    """(first, end): the codes of the subtree are ``first <= c < end``. Only digits are compared, so the order is the
    same in every collation of a database; ``end`` is None where no code is greater."""
    end = str(int(code) + 1).zfill(len(code))
    return code, end if len(end) == len(code) else None


def _in_range(part, ranges):
    number = int(part)
    return next((kind for low, high, kind in ranges if low <= number <= high), Kind.NONE)
