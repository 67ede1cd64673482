"""Writes the needs, resources, bookings, uses and matches of the demonstration, with the times of their stories."""

import datetime

from django.utils import timezone

from incubator.audit import services as audit
from incubator.site.demo import need_stories as stories
from incubator.site.demo.board import identifier
from linkage.models import Match, NeedActivity, ResourceUse
from organizations.models import (
    NeedAddress,
    NeedCategory,
    ResidentNeed,
    Resource,
    SocialOrganization,
    SocialWorker,
    VenueBooking,
)
from organizations.services.need import CONSENT
from organizations.services.resource import take
from projects.models import Activity

KEEPERS = {"620102006": "worker1", "620102009": "worker2", "320104002": "demo-nanjing", "330102010": "demo-hangzhou",
           "110101006": "demo-beijing"}  # fmt: skip
CALLED_BACK = {"wheel": ("金大爷", "13800010091"), "jobs": ("小魏", "13800010092")}


def write_needs(demo):
    demo.organizations_by_key = {
        one.uuid: one for one in SocialOrganization.objects.select_related("community__parent", "type")
    }
    kinds = {kind.code: kind for kind in NeedCategory.objects.all()}
    needs = _needs(demo, kinds)
    resources = _resources(demo, kinds)
    _activities(demo, needs)
    _uses(demo, needs, resources)
    _bookings(demo, resources)
    _matches(demo, needs, resources)
    pages = [
        NeedAddress(
            uuid=identifier("need-page", code),
            community=demo.division(code),
            created_by=_keeper(demo, code),
            token=f"demo-need-{code}",
        )
        for code in stories.PAGES
    ]
    NeedAddress.objects.bulk_create(pages)
    demo.add("pages for needs", pages)


def _organization(demo, key):
    return demo.organizations_by_key[identifier("organization", key)] if key else None


def _keeper(demo, code):
    return demo.users[KEEPERS[code[:9]]]


def _needs(demo, kinds):
    found, moments = {}, []
    workers = {worker.name: worker for worker in SocialWorker.objects.select_related("agency")}
    for key, code, title, text, kind, age, door, ago, state, more in stories.NEEDS:
        keeper, raised = _keeper(demo, code), demo.ago(ago, 10)
        need = ResidentNeed(
            uuid=identifier("need", key),
            community=demo.division(code),
            title=title,
            text=text,
            category=kinds[kind],
            age_group=age,
            source=door,
            status=state,
            key=identifier("need-key", key).hex[:20],
            raised_by=None if door == "resident" else keeper,
            reason=more.get("reason", ""),
        )
        if key in CALLED_BACK:
            need.contact_name, need.contact_phone = CALLED_BACK[key]
            need.consented_at, need.consent_text = raised, str(CONSENT)
        if "accepted" in more:
            need.accepted_by, need.accepted_at = keeper, demo.ago(more["accepted"], 15)
        if "assigned" in more:
            need.organization = _organization(demo, more.get("organization", ""))
            need.agency = demo.bodies[more["agency"]] if "agency" in more else None
            need.worker, need.assigned_at = workers.get(more.get("worker", "")), demo.ago(more["assigned"], 11)
        if "met" in more:
            need.met_text, need.met_at = more["how"], demo.ago(more["met"], 17)
        if "stars" in more:
            need.stars, need.rating_text = more["stars"], more["words"]
            need.rated_at = demo.ago(more["met"] - 2, 20)
        if "to" in more:
            need.referred_to, need.reply_text, need.referred_at = more["to"], more["reply"], need.accepted_at
        if "into" in more:
            need.merged_into = found[more["into"]]
        need.save()
        found[key] = need
        moments.append(raised)
        _history(need, more, keeper)
    demo.stamp(list(found.values()), moments)
    demo.add("needs", list(found))
    return found


def _history(need, more, keeper):
    """The verbs that the story went through; their moment is that of seeding."""
    verbs = ["raised", *(step for step in ("accepted", "assigned", "met") if step in more)]
    verbs += [word for word, is_so in (("rated", "stars" in more), ("referred", "to" in more), ("declined", "reason" in more),
                                       ("merged", "into" in more)) if is_so]  # fmt: skip
    for verb in verbs:
        actor = need.raised_by if verb == "raised" else None if verb == "rated" else keeper
        audit.record(f"need.{verb}", target=need, actor=actor, area=need.community)


def _resources(demo, kinds):
    found = {}
    for (key, code, kind, title, text, owner, organization, serves, where, number, unit, fen, days, contact,
         phone) in stories.RESOURCES:  # fmt: skip
        resource = Resource.objects.create(
            uuid=identifier("resource", key),
            division=demo.division(code),
            kind=kind,
            title=title,
            text=text,
            owner_text=owner,
            organization=_organization(demo, organization),
            place_text=where,
            quantity=number,
            unit=unit,
            amount_fen=fen,
            valid_until=demo.day(days) if days else None,
            contact_name=contact,
            contact_phone=phone,
            created_by=_keeper(demo, code),
        )
        resource.categories.set([kinds[one] for one in serves])
        audit.record("resource.added", target=resource, actor=resource.created_by, area=resource.division)
        found[key] = resource
    demo.add("resources", list(found))
    return found


def _activities(demo, needs):
    """The visit on which a need was found, and the record by which it was met."""
    rows = []
    for key, *_rest, more in stories.NEEDS:
        need = needs[key]
        for role, name in (("found", more.get("found")), ("met", more.get("met_by"))):
            held = Activity.objects.serving(_organization(demo, name)).counted() if name else Activity.objects.none()
            moment = need.met_at or demo.noon
            activity = held.filter(starts_at__lte=moment).order_by("-starts_at", "pk").first() or held.first()
            if activity is not None:
                rows.append(
                    NeedActivity(
                        uuid=identifier("need-activity", key, role),
                        need=need,
                        activity=activity,
                        role=role,
                        noted_by=_keeper(demo, need.community.code),
                    )
                )
    NeedActivity.objects.bulk_create(rows)


def _uses(demo, needs, resources):
    rows = []
    for number, (key, organization, need, ago, quantity, fen, note) in enumerate(stories.USES):
        resource = resources[key]
        take(resource, quantity=quantity or 0, fen=fen or 0)
        rows.append(
            ResourceUse(
                uuid=identifier("resource-use", number),
                resource=resource,
                quantity=quantity,
                amount_fen=fen,
                note=note,
                organization=_organization(demo, organization),
                need=needs[need] if need else None,
                used_on=demo.day(-ago),
                entered_by=_keeper(demo, resource.division.code),
            )
        )
    ResourceUse.objects.bulk_create(rows)
    demo.add("uses of resources", rows)


def _bookings(demo, resources):
    zone, rows = timezone.get_current_timezone(), []
    for number, (key, organization, title, days, begins, ends) in enumerate(stories.BOOKINGS):
        hours = [datetime.datetime.combine(demo.day(days), datetime.time(hour), zone) for hour in (begins, ends)]
        rows.append(
            VenueBooking.objects.create(
                uuid=identifier("booking", number),
                resource=resources[key],
                title=title,
                starts_at=hours[0],
                organization=_organization(demo, organization),
                ends_at=hours[1],
                booked_by=_keeper(demo, resources[key].division.code),
            )
        )
    demo.add("bookings of venues", rows)


def _matches(demo, needs, resources):
    rows, moments = [], []
    for number, (need, organization, resource, state, ago, note) in enumerate(stories.MATCHES):
        code, answered = needs[need].community.code, state in ("accepted", "declined")
        rows.append(
            Match(
                uuid=identifier("match", number),
                need=needs[need],
                organization=_organization(demo, organization),
                resource=resources[resource] if resource else None,
                status=state,
                note=note,
                reasons=[["community", ""]],
                score=60,
                proposed_by=_keeper(demo, code),
                answered_by=demo.users["community1"] if answered else None,
                answered_at=demo.ago(ago - 1) if answered else None,
                reason=stories.DECLINED if state == "declined" else "",
            )
        )
        moments.append(demo.ago(ago))
    Match.objects.bulk_create(rows)
    demo.stamp(rows, moments)
    demo.add("matches", rows)
