"""Roles and relations of the parties made visible: a picture, and the same as a table."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.base.months import add_months
from incubator.base.views import PageView
from incubator.divisions.models import Division
from linkage.forms.relation import RelationForm
from linkage.policies import relation as policies
from linkage.services.relation import lent_hours, relations
from projects.activity_kinds.admin_assist import PARTIES

COLUMNS = ("raised", "taken", "done", "verified")
ROW, BAR, TOP, GAP = 34, 18, 8, 3  # pixels of a party's row, its bar, where the bar begins; percent between two columns
NAME = 19  # percent of the width for the party's name


class RelationBoardView(PageView):
    policy = staticmethod(policies.check_view_relations)
    template_name = "linkage/relation_board.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        form = RelationForm(self.request.GET or None, user=user)
        values = form.cleaned_data if form.is_bound and form.is_valid() else {}
        today = timezone.localdate()
        months = int(values.get("months") or 12)
        first = add_months(today.replace(day=1), 1 - months)
        begin, end = _midnight(first), _midnight(today + datetime.timedelta(days=1))
        area = Division.objects.filter(code=values["area"]).first() if values.get("area") else None
        found = relations(user, begin=begin, end=end, area=area)
        return super().get_context_data(
            form=form, found=found, picture=picture(found["parties"]), first=first, today=today,
            lent=lent_picture(lent_hours(user, begin=begin, end=end, area=area)),
            actions_url=f"{reverse('linkage:action-list')}{'?area=' + area.code if area else ''}", **kwargs,
        )  # fmt: skip


def _midnight(day):
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_current_timezone())


def picture(rows):
    """What ``linkage/relation_picture_partial.html`` draws: four small bar charts side by side on common rows; None when
    there is nothing to draw."""
    most = max((row[name] for row in rows for name in COLUMNS), default=0)
    if not most:
        return None
    width = (100 - NAME) / len(COLUMNS)
    heads = {"raised": _("raises"), "taken": _("takes on"), "done": _("has done"), "verified": _("verifies")}
    return {
        "finding": _finding(rows),
        "height": ROW * len(rows) + ROW,
        "heads": [{"x": round(NAME + width * at, 2), "label": heads[name]} for at, name in enumerate(COLUMNS)],
        "head_y": ROW - 12,
        "bar": BAR,
        "rows": [
            {
                "label": row["label"], "code": row["party"].value, "text_y": ROW * (number + 1) + TOP + BAR - 4,
                "bar_y": ROW * (number + 1) + TOP,
                "bars": [
                    {
                        "x": round(NAME + width * at, 2), "number": row[name], "name": name,
                        "width": round((width - GAP - 4) * row[name] / most, 2),
                        "text_x": round(NAME + width * at + (width - GAP - 4) * row[name] / most + 0.6, 2),
                    }
                    for at, name in enumerate(COLUMNS)
                ],
            }
            for number, row in enumerate(rows)
        ],
    }  # fmt: skip


def _finding(rows):
    """The title says what the picture shows. Of equals the first of the list is named."""
    raises, takes = (max(rows, key=lambda row: row[name]) for name in ("raised", "taken"))
    verifies = max(rows, key=lambda row: row["verified"])
    values = {"raises": raises["label"], "takes": takes["label"], "verifies": verifies["label"]}
    if not verifies["verified"]:
        return (
            _("Most is raised by: %(raises)s; most is taken on by: %(takes)s; nothing has been verified yet") % values
        )
    return _("Most is raised by: %(raises)s; taken on by: %(takes)s; verified by: %(verifies)s") % values


def lent_picture(lent):
    """The hours lent to administration as a share of all recorded ones, and who asked for them; None without records."""
    if not lent["all"]:
        return None
    words = dict(PARTIES)
    order = [*words, *(code for code in lent["by"] if code not in words)]
    share = round(100 * lent["lent"] / lent["all"])
    return {
        "share": share, "lent": _hours(lent["lent"]), "all": _hours(lent["all"]),
        "finding": _("%(share)s%% of the recorded hours were lent to administration") % {"share": share},
        "rows": [
            {"label": words.get(code, code), "hours": _hours(lent["by"][code])} for code in order if code in lent["by"]
        ],
    }  # fmt: skip


def _hours(minutes):
    return f"{minutes / 60:.1f}".removesuffix(".0")
