"""Writes what the joint meetings of the demonstration resolved in the last months: their minutes are frozen by the services'
own functions; only the moments are those of the story."""

import datetime

from django.utils import timezone

from incubator.audit import services as audit
from incubator.base.months import add_months
from incubator.site.demo import minutes_stories as stories
from incubator.site.demo.board import identifier
from linkage.choices import ItemStatus, MeetingStatus, Presence, Result
from linkage.models import (
    ActionItem,
    ActionReview,
    AgendaItem,
    ItemOpinion,
    JointMeeting,
    MeetingAttendance,
    Resolution,
)
from linkage.services.look import complete_looks, settle_looks
from linkage.services.minutes import seal_minutes
from linkage.services.official_day import WorkCalendar
from linkage.services.schedule import day_of, planned_meeting

AFTER = datetime.timedelta(days=2)  # when the chair confirms


def write_minutes(demo):
    """After :func:`incubator.site.demo.meetings.write_meetings`: the months that are over, oldest first."""
    calendar, writer = WorkCalendar(), _Writer(demo)
    for code, told in stories.MEETINGS.items():
        series = demo.series[code]
        for ago, *story in told:
            period = add_months(demo.today.replace(day=1), -ago)
            day = day_of(series, period, calendar)
            if day is not None:
                writer.write(series, planned_meeting(series, period, day), ago, *story)
    for what, rows in writer.made.items():
        demo.add(what, rows)


class _Writer:
    def __init__(self, demo):
        self.demo, self.resolutions, self.actions = demo, {}, {}
        self.made = {"minutes": [], "resolutions": [], "actions of joint meetings": []}

    def write(self, series, planned, ago, absent, proxies, guests, matters, summary):
        code = series.division.code
        meeting = JointMeeting.objects.create(
            uuid=identifier("meeting", code, planned.period), series=series, period=planned.period, title=planned.title,
            starts_at=planned.starts_at, ends_at=planned.ends_at, place_text=planned.place_text, chair=series.chair,
            recorder=series.recorder, planned_for=planned.planned_for, status=MeetingStatus.MINUTES_DRAFT, sequence=2,
            began_at=planned.starts_at, closed_at=planned.ends_at, summary=summary,
        )  # fmt: skip
        written = self.attendance(meeting, absent, proxies, guests)
        self.looks(meeting, code, ago)
        for number, matter in enumerate(matters):
            written += self.matter(meeting, number, *matter)
        self.demo.stamp(written, [meeting.ends_at] * len(written))
        self.confirm(meeting, series.chair or series.recorder)

    def attendance(self, meeting, absent, proxies, guests):
        rows = []
        for member in meeting.series.members.order_by("party", "pk"):
            presence = Presence.EXCUSED if member.name in absent else Presence.PRESENT
            presence = Presence.PROXY if member.name in proxies else presence
            rows.append(MeetingAttendance(
                member=member, party=member.party, name=member.name, body=member.body, presence=presence,
                excuse=absent.get(member.name, ""), proxy_name=proxies.get(member.name, ""),
            ))  # fmt: skip
        rows += [MeetingAttendance(party=party, name=name, body=body) for party, name, body in guests]
        for row in rows:
            row.meeting, row.uuid = meeting, identifier("attendance", meeting.uuid, row.party, row.name, row.body)
        return MeetingAttendance.objects.bulk_create(rows)

    def matter(self, meeting, number, title, party, opinions, resolutions):
        series, author = meeting.series, meeting.recorder
        is_put_off = {result for _key, result, *_rest in resolutions} == {Result.DEFERRED}
        item = AgendaItem.objects.create(
            uuid=identifier("treated", meeting.uuid, number), series=series, title=title, party=party,
            meeting=None if is_put_off else meeting, status=ItemStatus.OPEN if is_put_off else ItemStatus.TREATED,
            position=number + 1, proposed_by=author,
        )  # fmt: skip
        written = [item, *ItemOpinion.objects.bulk_create(
            ItemOpinion(uuid=identifier("opinion", item.uuid, speaker), item=item, meeting=meeting, party=speaker,
                        text=text, written_by=author)
            for speaker, text in opinions.items()
        )]  # fmt: skip
        for key, result, text, supersedes, actions in resolutions:
            last = Resolution.objects.filter(meeting=meeting).count()
            resolution = Resolution.objects.create(
                uuid=identifier("resolution", key), meeting=meeting, series=series, item=item, result=result, text=text,
                number=f"{meeting.period:%Y-%m}-{last + 1:02d}", supersedes=self.resolutions.get(supersedes),
            )  # fmt: skip
            self.resolutions[key] = resolution
            self.made["resolutions"].append(resolution)
            written += [resolution, *(self.action(meeting, resolution, *action) for action in actions)]
        return written

    def action(self, meeting, resolution, key, title, party, name, helpers, days):
        owner = meeting.series.members.get(party=party, name=name)
        self.actions[key] = ActionItem.objects.create(
            uuid=identifier("action", key), series=meeting.series, resolution=resolution, title=title, owner_party=party,
            owner=owner, organization=owner.organization if party == "organization" else None, helpers=helpers,
            due_on=timezone.localdate(meeting.starts_at) + datetime.timedelta(days=days),
        )  # fmt: skip
        self.made["actions of joint meetings"].append(self.actions[key])
        return self.actions[key]

    def looks(self, meeting, code, ago):
        """What those in charge had done since, then what the meeting says about what it finds on its agenda."""
        told = stories.LOOKS.get((code, ago), ())
        for key, _after, _note, _party in told:
            if key in stories.DONE and self.actions[key].status != "done":
                username, note, days = stories.DONE[key]
                action = self.actions[key]
                given = action.resolution.meeting.starts_at
                action.mark_done(by=self.demo.users[username], at=given + datetime.timedelta(days=days), note=note)
                action.save()
        ActionReview.objects.bulk_create(
            ActionReview(
                uuid=identifier("look", meeting.uuid, key), action=self.actions[key], meeting=meeting,
                before=self.actions[key].status, after=after, note=note, verified_party=party,
            )
            for key, after, note, party in told
        )  # fmt: skip
        complete_looks(meeting)

    def confirm(self, meeting, chair):
        at = meeting.ends_at + AFTER
        settle_looks(meeting, by=chair, at=at)
        for key, action in self.actions.items():
            if action.series_id == meeting.series_id:
                self.actions[key] = ActionItem.objects.select_related("resolution__meeting").get(pk=action.pk)
        looks = list(meeting.action_reviews.all())
        self.demo.stamp(looks, [at] * len(looks))
        self.demo.stamp([meeting], [meeting.ends_at])
        seal_minutes(meeting, actor=chair, at=at, confirmed_as="chair" if meeting.chair_id else "no_chair")
        meeting.updated_at = at
        JointMeeting.objects.filter(pk=meeting.pk).update(
            status=meeting.status, content=meeting.content, content_sha256=meeting.content_sha256, confirmed_by=chair,
            confirmed_at=at, activity=meeting.activity, updated_at=at,
        )  # fmt: skip
        if meeting.activity:
            self.demo.stamp([meeting.activity], [at])
        audit.record(
            "minutes.confirmed", target=meeting, actor=chair, area=meeting.series.division,
            data={"resolutions": len(meeting.content["resolutions"]), "actions": len(
                [action for one in meeting.content["resolutions"] for action in one["actions"]])},
        )  # fmt: skip
        self.made["minutes"].append(meeting)
