"""On the organization's page: its dimensions now and at the last decision, as a picture drawn here and as a table."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.policies.review import check_view_growth
from evaluations.services.radar import radar_of
from incubator.base.panels import Panel, panels

WIDTH, HEIGHT, REACH, WORDS_AT = 420, 330, 105, 128
MIDDLE_X, MIDDLE_Y = WIDTH / 2, HEIGHT / 2
RINGS = (25, 50, 75, 100)
FEWEST_AXES = 3  # two make a line and one a dot: then the table says it alone
UPRIGHT, LOW, HIGH = 0.2, 14, -4  # near the vertical words stand in the middle, above or below their end
LINE = 16


@panels.register
class OrganizationRadarPanel(Panel):
    code = "organization-radar"
    target = "organizations.socialorganization"
    label = gettext_lazy("Dimensions of growth")
    template = "evaluations/panels/organization_radar.html"
    policy = staticmethod(check_view_growth)
    column = "growth"
    order = 6

    @classmethod
    def context(cls, user, thing):
        radar = radar_of(thing)
        return {"radar": radar, "picture": picture_of(radar.axes) if radar else None, "finding": finding(radar)}


def finding(radar):
    """The picture's title: what changed most, or where most is to be gained."""
    if radar is None or not radar.axes:
        return ""
    moved = max((axis for axis in radar.axes if axis.change), key=lambda axis: abs(axis.change), default=None)
    if moved and moved.change > 0:
        return _("Since the last decision most gained: %(dimension)s, from %(last)s%% to %(now)s%%") % _told(moved)
    if moved:
        return _("Since the last decision most lost: %(dimension)s, from %(last)s%% to %(now)s%%") % _told(moved)
    if radar.decision:
        return _("As at the last decision")
    return _("Most is to be gained here: %(dimension)s") % {"dimension": min(radar.axes, key=lambda one: one.now).label}


def _told(axis):
    return {"dimension": axis.label, "last": axis.last, "now": axis.now}


def picture_of(axes):
    """What the template sets in; None when there are too few axes for a shape."""
    if len(axes) < FEWEST_AXES:
        return None
    number = len(axes)
    has_last = all(axis.last is not None for axis in axes)
    return {
        "width": WIDTH, "height": HEIGHT,
        "rings": [_shape([ring] * number) for ring in RINGS],
        "spokes": [_end(place, number, REACH) for place in range(number)],
        "middle": (_text(MIDDLE_X), _text(MIDDLE_Y)),
        "now": _shape([axis.now for axis in axes]),
        "last": _shape([axis.last for axis in axes]) if has_last else "",
        "words": [_word(axis, place, number) for place, axis in enumerate(axes)],
    }  # fmt: skip


def _at(place, number, reach):
    angle = 2 * math.pi * place / number - math.pi / 2
    return MIDDLE_X + reach * math.cos(angle), MIDDLE_Y + reach * math.sin(angle)


def _text(value):
    return f"{value:.1f}"


def _end(place, number, reach):
    return tuple(_text(value) for value in _at(place, number, reach))


def _shape(shares):
    ends = (_end(place, len(shares), REACH * share / 100) for place, share in enumerate(shares))
    return " ".join(f"{x},{y}" for x, y in ends)


def _word(axis, place, number):
    x, y = _at(place, number, WORDS_AT)
    side = math.cos(2 * math.pi * place / number - math.pi / 2)
    if abs(side) < UPRIGHT:
        anchor, y = "middle", y + (LOW if y > MIDDLE_Y else HIGH)
    else:
        anchor = "start" if side > 0 else "end"
    return {
        "label": axis.label, "now": axis.now, "anchor": anchor, "x": _text(x), "y": _text(y), "below": _text(y + LINE),
    }  # fmt: skip
