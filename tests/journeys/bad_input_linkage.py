"""Forms of linkage, needs and resources that make a record, for the walks of ``test_bad_input``."""

import datetime

from django.utils import timezone

from linkage.models import JointMeeting, MeetingSeries, Resolution
from organizations.models import ResidentNeed, Resource
from projects.models import Activity


def first_of(model):
    return lambda street: {"uuid": street.records[model][0].uuid}


def of_accepted_need(street):
    return {"uuid": street.records[ResidentNeed][1].uuid}


def of_venue(street):
    return {"uuid": street.records[Resource][1].uuid}


def of_session(street):
    """The joint meeting that is going on."""
    return {"uuid": _session(street).uuid}


def of_matter(street):
    series = _session(street).series
    return {"uuid": _session(street).uuid, "item": series.items.order_by("pk").first().uuid}


def of_resolution(street):
    return {"uuid": _session(street).uuid, "resolution": street.records[Resolution][0].uuid}


def _session(street):
    return next(meeting for meeting in street.records[JointMeeting] if meeting.status == "in_session")


def days_ahead(number):
    return timezone.localdate() + datetime.timedelta(days=number)


CREATES = {
    "linkage:series-create": ("worker", None, lambda street: {
        "division": street.community.code, "title": "新联席会", "starts_on": "2026-11", "rule_kind": "nth_weekday",
        "rule_number": "2", "rule_weekday": "3", "every_months": "1", "shift": "later", "starts_at": "14:30",
        "minutes": "90", "agenda_days": "14", "invite_days": "10", "remind_days": ["7", "1"], "minutes_days": "3",
        "carries": "3", "quorum_parties": ["community"],
    }),
    "linkage:member-add": ("worker", first_of(MeetingSeries), lambda street: {"party": "police", "name": "新民警"}),
    "linkage:special-create": ("worker", first_of(MeetingSeries), lambda street: {
        "title": "新专题会", "starts_at": f"{days_ahead(20)}T09:30", "minutes": "60",
    }),
    "linkage:item-propose": ("worker", first_of(MeetingSeries), lambda street: {
        "title": "新议题", "kind": "issue", "party": "community",
    }),
    "linkage:minutes-guest-add": ("worker", of_session, lambda street: {"name": "新来宾", "party": "residents"}),
    "linkage:minutes-item-raise": ("worker", of_session, lambda street: {"title": "新议题", "party": "residents"}),
    "linkage:minutes-resolution-add": ("worker", of_matter, lambda street: {"text": "新决议", "result": "adopted"}),
    "linkage:minutes-resolution-plain": ("worker", of_session, lambda street: {"text": "新决议", "result": "adopted"}),
    "linkage:minutes-action-add": ("worker", of_resolution, lambda street: {
        "title": "新事项", "owner_party": "community", "due_on": days_ahead(20).isoformat(),
    }),
    "linkage:match-propose": ("worker", of_accepted_need, lambda street: {
        "resource": street.records[Resource][0].uuid,
    }),
    "linkage:need-visit-raise": ("worker", first_of(Activity), lambda street: {
        "community": street.community.code, "title": "新需求", "category": "elderly",
    }),
    "linkage:resource-use": ("worker", first_of(Resource), lambda street: {
        "used_on": days_ahead(0).isoformat(), "quantity": "1", "organization": street.organization.uuid,
    }),
    "organizations:need-raise": ("worker", None, lambda street: {
        "community": street.community.code, "title": "新需求", "category": "elderly",
    }),
    "organizations:need-category-add": ("staff", None, lambda street: {
        "name": "新类别", "division": street.street.code,
    }),
    "organizations:resource-add": ("worker", None, lambda street: {
        "division": street.community.code, "kind": "goods", "title": "新轮椅", "owner_text": "文化站",
    }),
    "organizations:venue-book": ("worker", of_venue, lambda street: {
        "title": "新排练", "day": days_ahead(20).isoformat(), "starts": "09:00", "ends": "10:00",
    }),
    "notifications:robot-create": ("staff", None, lambda street: {
        "division": street.community.code, "kind": "wecom", "label": "新群",
        "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-new-key",
    }),
}  # fmt: skip
# What is written while a meeting goes on is a draft: the confirmed minutes are the line of history.
WITHOUT_HISTORY = {
    f"linkage:minutes-{piece}"
    for piece in ("guest-add", "item-raise", "resolution-add", "resolution-plain", "action-add")
}
TRIED_ELSEWHERE = {"need:need-tell": "tests/organizations/test_need_public.py: without an account"}
