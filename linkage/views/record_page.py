"""What the recorder's screen shows. Everything is read at once, so that ten items cost as many queries as one."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from incubator.base.models import UNSAVED
from incubator.base.policies import verdict
from linkage.choices import THERE, ActionStatus, ItemStatus, Party, Presence
from linkage.forms import minutes as forms
from linkage.models import ActionItem, AgendaItem, SeriesMember
from linkage.policies.minutes import check_change_minutes, check_convene_meeting
from linkage.services.attendance import quorum_of
from linkage.services.look import LOOKS, on_agenda
from linkage.services.resolution import supersedable


@dataclass
class Piece:
    """One form of the screen. ``key`` is its place on the page; ``differences`` (label, mine, theirs) when somebody else
    wrote meanwhile; ``is_saved``: just now."""

    key: str
    url: str
    form: object
    differences: list = field(default_factory=list)
    is_saved: bool = False


class Screen:
    """Makes the pieces. ``bound`` is a piece that was just sent and is shown as it was typed; ``saved`` the key of one that
    was just kept."""

    def __init__(self, meeting, *, bound=None, saved=""):
        self.meeting, self.bound, self.saved = meeting, bound, saved

    def url(self, name, *args):
        return reverse(f"linkage:{name}", args=[self.meeting.uuid, *args])

    def piece(self, key, url, form_class, *, record=None, initial=None, **options):
        if self.bound and self.bound.key == key:
            return self.bound
        edition = record.edition if record is not None else UNSAVED
        form = form_class(initial={**(initial or {}), "edition": edition}, auto_id=f"{key}-%s", **options)
        return Piece(key, url, form, is_saved=self.saved == key)

    # --- who is there ---

    def attendance(self, rows):
        members = SeriesMember.objects.filter(series=self.meeting.series_id).order_by("party", "pk")
        noted = {row.member_id: row for row in rows if row.member_id}
        quorum = quorum_of(self.meeting.series, rows)
        groups = defaultdict(list)
        for member in members:
            if member.left_on is None or member.pk in noted:
                groups[member.party].append(self._member(member, noted.get(member.pk)))
        for party in quorum.parties:
            groups.setdefault(party, [])
        return [
            {
                "party": party, "label": party.label, "rows": groups[party], "key": f"party-{party}",
                "is_needed": party in quorum.parties, "is_there": quorum.parties.get(party, False),
                "open": sum(line["row"] is None for line in groups[party]),
            }
            for party in Party
            if party in groups
        ]  # fmt: skip

    def _member(self, member, row):
        initial = {"presence": row.presence, "proxy_name": row.proxy_name, "excuse": row.excuse} if row else {}
        piece = self.piece(
            f"member-{member.uuid}", self.url("minutes-attendance", member.uuid), forms.AttendanceForm,
            record=row, initial=initial,
        )  # fmt: skip
        wanted = piece.form.data.get("presence", "") if piece.form.is_bound else (row.presence if row else "")
        return {
            "member": member, "row": row, "piece": piece, "presence": row.presence if row else "",
            "asks_proxy": wanted == Presence.PROXY, "asks_excuse": wanted == Presence.EXCUSED,
        }  # fmt: skip

    # --- carried actions ---

    def looks(self, today):
        reviews = {row.action_id: row for row in self.meeting.action_reviews.order_by("pk")}
        actions = on_agenda(self.meeting).with_names().with_carried().order_by("due_on", "pk")
        return [self._look(action, reviews.get(action.pk), today) for action in actions]

    def _look(self, action, review, today):
        words = dict(ActionStatus.choices)
        states = [(code, words[code]) for code in LOOKS.get(action.status, ())]
        initial = {"after": review.after if review else action.status, "note": review.note if review else "",
                   "verified_party": review.verified_party if review else ""}  # fmt: skip
        piece = self.piece(
            f"look-{action.uuid}", self.url("minutes-look", action.uuid), forms.LookForm, record=review,
            initial=initial, states=states,
        )  # fmt: skip
        return {"action": action, "review": review, "piece": piece, "is_overdue": action.is_overdue(today),
                "may_change": bool(states)}  # fmt: skip

    # --- items ---

    def items(self, attendances, owners, earlier):
        meeting = self.meeting
        here = Q(status=ItemStatus.OPEN) | Q(status=ItemStatus.TREATED, meeting=meeting)
        items = list(AgendaItem.objects.filter(here, series=meeting.series_id).order_by("position", "pk"))
        opinions = {(row.item_id, row.party): row for row in meeting.opinions.select_related("written_by")}
        speaking = {owner.party for owner in owners} | {row.party for row in attendances if row.presence in THERE}
        resolutions = self._resolutions(owners, earlier)
        found = []
        for number, item in enumerate(items, start=1):
            parties = [party for party in Party if party in speaking or (item.pk, party.value) in opinions]
            found.append({
                "item": item, "number": number, "key": f"item-{item.uuid}", "party": Party(item.party).label,
                "opinions": [self._opinion(item, party, opinions.get((item.pk, party.value))) for party in parties],
                "resolutions": resolutions[item.pk],
                "add": self.resolution(f"resolution-of-{item.uuid}", "minutes-resolution-add", (item.uuid,), earlier),
            })  # fmt: skip
        return found, resolutions[None]

    def _opinion(self, item, party, row):
        piece = self.piece(
            f"opinion-{item.uuid}-{party}", self.url("minutes-opinion", item.uuid, party.value), forms.OpinionForm,
            record=row, initial={"text": row.text if row else ""},
        )  # fmt: skip
        return {"party": party, "label": party.label, "row": row, "piece": piece}

    def _resolutions(self, owners, earlier):
        actions, found = defaultdict(list), defaultdict(list)
        own = ActionItem.objects.filter(resolution__meeting=self.meeting).select_related("owner", "organization")
        for action in own.order_by("due_on", "pk"):
            actions[action.resolution_id].append({
                "action": action, "owner_party": action.get_owner_party_display(),
                "piece": self.action(f"action-{action.uuid}", "minutes-action-update", (action.uuid,), owners, action),
            })  # fmt: skip
        rows = self.meeting.resolutions.select_related("supersedes").order_by("number", "pk")
        for row in rows:
            mine = [*earlier, row.supersedes] if row.supersedes else earlier
            found[row.item_id].append({
                "resolution": row, "actions": actions[row.pk],
                "piece": self.resolution(
                    f"resolution-{row.uuid}", "minutes-resolution-update", (row.uuid,), mine, row
                ),
                "add": self.action(f"action-of-{row.uuid}", "minutes-action-add", (row.uuid,), owners),
            })  # fmt: skip
        return found

    def resolution(self, key, name, arguments, earlier, row=None):
        initial = {"result": "adopted"}
        if row is not None:
            superseded = str(row.supersedes.uuid) if row.supersedes else ""
            initial = {"text": row.text, "result": row.result, "supersedes": superseded}
        return self.piece(key, self.url(name, *arguments), forms.ResolutionForm, record=row, initial=initial,
                          supersedable=earlier)  # fmt: skip

    def action(self, key, name, arguments, owners, row=None):
        initial = {}
        if row is not None:
            initial = {
                "title": row.title, "owner_party": row.owner_party, "helpers": row.helpers, "due_on": row.due_on,
                "owner": str(row.owner.uuid) if row.owner else "",
            }  # fmt: skip
        return self.piece(key, self.url(name, *arguments), forms.ActionForm, record=row, initial=initial,
                          owners=owners, opened_on=timezone.localdate(self.meeting.starts_at))  # fmt: skip


def choices_of(meeting):
    """(owners, earlier resolutions) that forms of this meeting offer; two queries."""
    owners = SeriesMember.objects.current().filter(series=meeting.series_id).select_related("organization")
    return list(owners.order_by("party", "pk")), list(supersedable(meeting.series_id))


def page_of(user, meeting, *, bound=None, saved=""):
    """All that ``linkage/minutes_record.html`` needs. A number of queries that does not grow with the meeting."""
    screen = Screen(meeting, bound=bound, saved=saved)
    rows = list(meeting.attendances.order_by("party", "pk"))
    owners, earlier = choices_of(meeting)
    items, others = screen.items(rows, owners, earlier)
    today = timezone.localdate()
    guest = bound.form if bound and bound.key == "guests" else forms.GuestAddForm(auto_id="guest-%s")
    raised = bound.form if bound and bound.key == "items-add" else forms.ItemRaiseForm(auto_id="raise-%s")
    return {
        "is_open": meeting.status == "in_session",
        "may_change": verdict(check_change_minutes, user, meeting),
        "may_convene": verdict(check_convene_meeting, user, meeting),
        "groups": screen.attendance(rows),
        "guests": [row for row in rows if row.member_id is None],
        "guest_form": guest, "raise_form": raised,
        "quorum": quorum_of(meeting.series, rows),
        "there": sum(row.presence in THERE for row in rows),
        "presences": Presence.choices,
        "looks": screen.looks(today),
        "items": items, "others": others,
        "add_other": screen.resolution("resolution-of-none", "minutes-resolution-plain", (), earlier),
        "treated": sum(bool(line["resolutions"]) or any(one["row"] for one in line["opinions"]) for line in items),
        "summary": screen.piece("summary", screen.url("minutes-summary"), forms.SummaryForm, record=meeting,
                                initial={"summary": meeting.summary}),
        "today": today,
    }  # fmt: skip
