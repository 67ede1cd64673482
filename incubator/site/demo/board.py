"""What one seeding holds in its hands: the day, the people and organizations by their keys, and what was made."""

import datetime
import decimal
import uuid

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from incubator.accounts.choices import ROLE_SCOPES, Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.audit import services as audit
from incubator.divisions.models import Division
from incubator.site.demo import people, stories
from organizations.models import (
    Agency,
    AgencyServiceArea,
    CommunityProfile,
    Membership,
    OrganizationType,
    Place,
    SocialOrganization,
    SocialWorker,
    Talent,
    WorkerTraining,
)
from organizations.services.organization import name_in_pinyin

PASSWORD = "miaopu-demo"  # noqa: S105 - told on the sign-in page; refused unless DEMO=1


def identifier(*parts):
    """The public identifier of a demonstration record: always the same for the same name."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "miaopu-demo:" + ":".join(str(part) for part in parts))


class Demo:
    """The state of one seeding: the day, and what was made under which key."""

    def __init__(self, today):
        self.today = today
        self.noon = datetime.datetime.combine(today, datetime.time(12), timezone.get_current_timezone())
        self.users, self.bodies, self.counts = {}, {}, {}
        self.divisions, self.projects, self.objectives, self.plans = {}, {}, {}, {}
        self.plan_of, self.activities = {}, {}

    def division(self, code):
        if code not in self.divisions:
            self.divisions[code] = Division.objects.get(code=code)
        return self.divisions[code]

    def ago(self, days, hour=12, minute=0):
        return self.noon.replace(hour=hour, minute=minute) - datetime.timedelta(days=days)

    def day(self, offset):
        """The day so many days from today; the past is negative."""
        return self.today + datetime.timedelta(days=offset)

    def working_day(self, offset, number):
        """So many Mondays to Fridays after that day."""
        day = self.day(offset)
        while number:
            day += datetime.timedelta(days=1)
            number -= day.weekday() < 5
        return day

    def agency_of(self, community):
        """The agency that serves the community, or None."""
        for key, _name, _kind, _contact, _phone, places in people.AGENCIES:
            if any(community.code.startswith(place) for place in places):
                return self.bodies[key]
        return None

    def stamp(self, things, moments):
        """Give rows the times of their story; auto_now wrote the moment of seeding."""
        for thing, moment in zip(things, moments, strict=True):
            type(thing)._default_manager.filter(pk=thing.pk).update(created_at=moment, updated_at=moment)

    def add(self, what, things):
        self.counts[what] = self.counts.get(what, 0) + len(things)

    def accounts(self):
        password = make_password(PASSWORD)  # once: they all have the same, and hashing is slow on purpose
        for entry in (*people.ACCOUNTS, *people.COLLEAGUES):
            username, name = entry[:2]
            user = User(username=username, name=name, uuid=identifier("user", username), is_demo=True)
            if entry in people.ACCOUNTS:
                user.password = password
            else:
                user.set_unusable_password()
            user.save()
            self.users[username] = user
        for username, name in people.FORMER:
            person = User(
                username=username, name=name, uuid=identifier("user", username), is_demo=True, is_active=False
            )
            person.set_unusable_password()
            person.save()
            self.users[username] = person
        self.add("people", list(self.users))

    def agencies(self):
        for key, name, kind, contact, phone, places in people.AGENCIES:
            agency = Agency.objects.create(
                uuid=identifier(key), name=name, kind=kind, contact_name=contact, contact_phone=phone
            )
            self.bodies[key] = agency
            AgencyServiceArea.objects.bulk_create(
                AgencyServiceArea(uuid=identifier(key, code), agency=agency, division=self.division(code))
                for code in places
            )
        self.add(
            "social workers",
            SocialWorker.objects.bulk_create(
                SocialWorker(
                    uuid=identifier(key, name),
                    agency=self.bodies[key],
                    name=name,
                    licence=licence,
                    employment=employment,
                    user=self.users.get(username),
                    started_on=self.day(-began),
                    left_on=None if left is None else self.day(-left),
                )
                for key, name, licence, employment, username, began, left in people.WORKERS
            ),
        )
        at_work = {worker.name: worker for worker in SocialWorker.objects.all()}
        self.add(
            "trainings of social workers",
            WorkerTraining.objects.bulk_create(
                WorkerTraining(
                    uuid=identifier("worker-training", name, title),
                    worker=at_work[name],
                    title=title,
                    organizer=organizer,
                    held_on=self.day(-ago),
                    hours=decimal.Decimal(hours),
                )
                for name, title, organizer, ago, hours in people.TRAININGS
            ),
        )

    def communities(self):
        self.add(
            "community profiles",
            CommunityProfile.objects.bulk_create(
                CommunityProfile(
                    uuid=identifier("profile", code),
                    community=self.division(code),
                    population=inhabitants,
                    households=households,
                    service_center=center,
                    contact_name=contact,
                    contact_phone=phone,
                )
                for code, inhabitants, households, center, contact, phone in people.COMMUNITIES
            ),
        )
        Place.objects.bulk_create(
            Place(uuid=identifier("place", code, name), community=self.division(code), kind=kind, name=name)
            for code, kind, names in people.PLACES
            for name in names
        )

    def organizations(self):
        types = {entry.code: entry for entry in OrganizationType.objects.all()}
        for number, row in enumerate(stories.ORGANIZATIONS):
            key, name, community, kind, status, stage, form, years, leader, phone, purpose, venue, members, party = row
            founded = self.today - datetime.timedelta(days=365 * years + 17 * number)
            organization = SocialOrganization(
                uuid=identifier("organization", key),
                name=name,
                pinyin=name_in_pinyin(name),
                community=self.division(community),
                type=types[kind],
                legal_status=status,
                growth_stage=stage,
                form=form,
                founded_on=founded,
                responsible_person=leader,
                contact_phone=phone,
                purpose=purpose,
                activity_scope=purpose,
                venue=venue,
                declared_members=members,
                credit_code=stories.CREDIT_CODES.get(key, ""),
                funds_fen=[120_000, 60_000, 300_000][number % 3],
                funds_note="成员自筹、社区支持",
            )
            if party:
                organization.party_organization, organization.party_members, organization.party_liaison = party
            if status == "filed":
                street = self.division(community[:9]).name.removesuffix("街道")
                filed = max(founded + datetime.timedelta(days=200), self.today - datetime.timedelta(days=365 * 3))
                organization.filed_on = filed
                organization.filing_number = f"{street}备〔{filed.year}〕{number + 1:03d}号"
            organization.save()
            self.bodies[key] = organization
            audit.record(
                "organization.registered",
                target=organization,
                area=organization.community,
                actor=self.author(organization),
            )
        made = [self.bodies[row[0]] for row in stories.ORGANIZATIONS]
        ages = [(self.today - organization.founded_on).days for organization in made]
        self.stamp(made, [self.ago(min(620 - 4 * number, age - 20)) for number, age in enumerate(ages)])
        SocialOrganization.objects.filter(uuid=identifier("organization", "green")).update(
            state="dormant", state_reason="队长搬家，暂时没有人接手"
        )
        self.add("organizations", made)
        self.members()

    def members(self):
        rows = []
        for key, _name, *_rest in stories.ORGANIZATIONS:
            organization = self.bodies[key]
            people_here = (
                (organization.responsible_person, "leader", True, False, ""),
                *stories.MEMBERS.get(key, ()),
            )
            for number, (name, position, backbone, successor, skills) in enumerate(people_here):
                left = stories.LEFT.get((key, name))
                rows.append(
                    Membership(
                        uuid=identifier("member", key, name),
                        organization=organization,
                        name=name,
                        phone=organization.contact_phone if number == 0 else f"1380002{len(rows):04d}",
                        position=position,
                        is_backbone=backbone,
                        is_successor=successor,
                        is_reserve_talent=successor,
                        skills=skills,
                        joined_on=organization.founded_on + datetime.timedelta(days=30 * number),
                        left_on=None if left is None else self.day(-left),
                    )
                )
        self.add("members", Membership.objects.bulk_create(rows))
        self.add(
            "talents",
            Talent.objects.bulk_create(
                Talent(
                    uuid=identifier("talent", code, name),
                    community=self.division(code),
                    name=name,
                    skill=skill,
                    found_at=found,
                    willing_to=willing,
                    step=step,
                    organization=self.bodies.get(key),
                )
                for code, name, skill, found, willing, step, key in stories.TALENTS
            ),
        )

    def author(self, organization):
        """The social worker who keeps the organization's records."""
        for username, _name, role, place in (*people.ACCOUNTS, *people.COLLEAGUES):
            if role == Role.SOCIAL_WORKER and organization.community.code.startswith(place):
                return self.users[username]
        return self.users["district1"]

    def grants(self):
        rows = []
        for username, _name, role, where in (*people.ACCOUNTS, *people.COLLEAGUES):
            scope = ROLE_SCOPES.get(role, Scope.DIVISION)
            rows.append(
                RoleGrant(
                    uuid=identifier("grant", username),
                    user=self.users[username],
                    role=role,
                    scope=scope,
                    division=self.division(where) if scope == Scope.DIVISION else None,
                    body_uuid=self.bodies[where].uuid if scope in {Scope.ORGANIZATION, Scope.AGENCY} else None,
                    valid_from=self.today - datetime.timedelta(days=600),
                    granted_by=self.users["admin"],
                )
            )
        RoleGrant.objects.bulk_create(rows)
