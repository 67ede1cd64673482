"""Two workers of different streets cannot open anything of each other's, proven by a walk over all addresses.

A new address that takes the identifier of a record is asked here without anybody writing a test, as long as its view
names its ``model``; else it needs a line in RECIPES, or in SHARED when it is about nobody's own record.
"""

import io
import json
import zipfile
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse
from rest_framework.viewsets import ViewSetMixin

from evaluations.models import GrowthReview, GrowthStandard, Instrument, ReviewSession
from incubator.base.views import VisibleMixin
from linkage.models import MeetingSeries
from organizations.models import Agency, Filing, ResidentNeed, Resource, SocialOrganization, SocialWorker
from organizations.views.tabs import OrganizationTabMixin
from projects.models import (
    Activity,
    Announcement,
    IncubationProject,
    Objective,
    ServiceContract,
)
from tests.journeys.street import CASEWORK, LISTED, NAMES
from tests.journeys.street_minutes import MINUTES
from tests.test_architecture import PACKAGES, view_class

FOREIGNERS = ("other_worker", "other_staff", "other_leader", "stranger")
# Who is asked whether the address opens for anybody of the place at all, the nearest first.
PEOPLE_HERE = ("worker", "leader", "community_staff", "staff", "supervisor", "district_admin", "admin")


def of(model):
    return lambda street: [{"uuid": record.uuid} for record in street.records[model]]


def of_instrument(**more):
    """Of the street's questionnaire, with what else stands in the address."""
    return lambda street: [{"uuid": record.uuid, **more} for record in street.records[Instrument]]


def community(street):
    return [{"code": street.community.code}]


# Addresses whose record is not of their view's ``model``: street → the arguments of each address.
RECIPES = {
    "organizations:community-detail": community,
    "organizations:community-update": community,
    "organizations:place-add": community,
    "organizations:service-area-remove": lambda street: [
        {"uuid": agency.uuid, "code": street.street.code} for agency in street.records[Agency]
    ],
    "organizations:social-worker-add": of(Agency),
    "organizations:filing-paper-add": of(Filing),
    "organizations:filing-register-paper": lambda street: [{"code": street.street.code, "year": 2026}],
    "organizations:filing-rule-update": lambda street: [{"code": street.street.code}],
    **{f"organizations:need-address{name}": community for name in ("", "-qr", "-make", "-revoke")},
    "linkage:match-propose": of(ResidentNeed),
    "linkage:need-visit-raise": of(Activity),
    "linkage:resource-use": of(Resource),
    "organizations:venue-book": of(Resource),
    "projects:activity-draft": of(Activity),
    **{
        f"projects:{name}": of(IncubationProject)
        for name in ("stage-request", "agreement-sign", "document-add", "exit-step-add")
    },
    "projects:stage-rule-update": lambda street: [{"code": street.street.code}],
    "projects:admission-apply": of(SocialOrganization),
    "projects:rule-detail": lambda street: [{"code": street.street.code}],
    "projects:rule-update": lambda street: [{"code": street.street.code}],
    "projects:month-lock": lambda street: [{"code": street.street.code, "month": "2026-10"}],
    "projects:announcement-safety": lambda street: [
        {"uuid": announcement.uuid, "extension": "pdf"} for announcement in street.records[Announcement]
    ],
    "projects:project-worker-add": of(IncubationProject),
    "projects:need-add": of(IncubationProject),
    "projects:objective-add": of(IncubationProject),
    "projects:plan-add": of(IncubationProject),
    "projects:plan-repeat": of(IncubationProject),
    "projects:indicator-add": of(Objective),
    "organizations:training-add": of(SocialWorker),
    "projects:activity-paper": lambda street: [
        {"uuid": activity.uuid, "code": "activity-summary"} for activity in street.records[Activity]
    ],
    "projects:project-paper": lambda street: [
        {"uuid": project.uuid, "code": "project-plan"} for project in street.records[IncubationProject]
    ],
    "projects:contract-indicator-add": of(ServiceContract),
    **{f"evaluations:instrument-{name}": of_instrument(number=1) for name in ("version", "version-export")},
    **{
        f"evaluations:instrument-section-{verb}": of_instrument(name="s1")
        for verb in ("update", "remove", "up", "down")
    },
    "evaluations:instrument-item-add": of_instrument(name="s1", kind="text"),
    **{
        f"evaluations:instrument-item-{verb}": of_instrument(name="q1")
        for verb in ("update", "match", "remove", "up", "down")
    },
    **{f"evaluations:instrument-scale-{verb}": of_instrument(name="able") for verb in ("update", "remove")},
    "evaluations:review-open": of(SocialOrganization),
    "evaluations:review-score": lambda street: [
        {"uuid": review.uuid, "column": column}
        for review in street.records[GrowthReview]
        for column in ("self", "panel")
    ],
    "evaluations:fading-rule-update": lambda street: [{"code": street.street.code}],
    **{
        f"evaluations:session-{verb}": lambda street: [
            {"uuid": session.uuid, "review": review.uuid}
            for session in street.records[ReviewSession]
            for review in session.reviews.all()
        ]
        for verb in ("remove", "decide")
    },
    "evaluations:growth-rule-update": lambda street: [{"code": street.street.code}],
    **{
        f"evaluations:standard-{name}": lambda street: [
            {"uuid": standard.uuid, "number": 1} for standard in street.records[GrowthStandard]
        ]
        for name in ("version", "version-export")
    },
    **MINUTES,
    "linkage:announcement-propose": lambda street: [
        {"uuid": series.uuid, "announcement": announcement.uuid}
        for series in street.records[MeetingSeries]
        for announcement in street.records[Announcement]
    ],
    "evaluations:standard-part-add": lambda street: [
        {"uuid": standard.uuid, "holder": holder}
        for standard in street.records[GrowthStandard]
        for holder in ("bands", "dimensions.service", "stages.seed")
    ],
    **{
        f"evaluations:standard-part-{verb}": lambda street: [
            {"uuid": standard.uuid, "holder": "dimensions.service", "code": "reach"}
            for standard in street.records[GrowthStandard]
        ]
        for verb in ("update", "remove", "up", "down")
    },
}
# Addresses with arguments that name nobody's own record, with arguments that open them, and why.
SHARED = {
    "divisions:division-detail": ({"code": "330102001"}, "the list of places is the same for everybody"),
    "importing:division-setting": (
        {"code": "330102001051"},
        "a place is no secret; who may set it is asked by the policy",
    ),
    "importing:batch-upload": ({"kind": "organizations"}, "a kind of list"),
    "importing:batch-template": ({"kind": "organizations"}, "an empty form"),
    "accounts:invitation-accept": ({"token": "x"}, "the token of the link is the key"),
    "calendars:feed": ({"token": "x"}, "the token of the address is the key"),
    "projects:activity-create": ({"kind": "visit"}, "a kind of activity"),
    **{
        f"projects:kind-{verb}": (
            {"code": "own-kind"},
            "what a kind asks is no secret; the policy asks who may change it",
        )
        for verb in ("detail", "update", "preview", "publish", "switch-off", "switch-on", "question-add")
    },
    **{
        f"projects:kind-question-{verb}": ({"code": "own-kind", "name": "q1"}, "a question of such a kind")
        for verb in ("update", "remove", "up", "down")
    },
    "need:need-tell": ({"token": "x"}, "the token of the community's page is the key"),
    "need:need-mine": ({"key": "x"}, "the key of the private page"),
    "need:need-forget": ({"key": "x"}, "the key of the private page"),
    "organizations:need-export": ({"extension": "csv"}, "the list of needs as a file"),
    "organizations:resource-export": ({"extension": "csv"}, "the list of resources as a file"),
    "linkage:gap-export": ({"extension": "csv"}, "the gaps of one's own places as a file"),
    "answer:answer-add": ({"token": "x"}, "the token of the survey or of a person is the key"),
    "sign_in:sign-in-add": ({"token": "x"}, "the running code of an open door is the key"),
    "reporting:paper-detail": ({"code": "activity-summary"}, "a kind of paper; its editions by visible_to"),
    "reporting:paper-shipped": ({"code": "activity-summary"}, "an empty form"),
    "reporting:paper-template-upload": ({"code": "activity-summary"}, "a kind of paper"),
    "organizations:filing-register": ({"extension": "csv"}, "the list of filings as a file"),
}


@pytest.fixture
def streets(kept_streets):
    """The streets are the same for every walk, so they are made once."""
    return kept_streets


@dataclass(frozen=True)
class Address:
    name: str
    view: type
    arguments: tuple
    methods: tuple

    @property
    def recipe(self):
        """street → arguments of each address; None when this test does not know whose record it is about."""
        if self.name in RECIPES:
            return RECIPES[self.name]
        if issubclass(self.view, OrganizationTabMixin):
            return of(SocialOrganization)
        if issubclass(self.view, ViewSetMixin):
            return of(self.view.queryset.model)
        if not issubclass(self.view, VisibleMixin):
            return None
        if self.arguments == ("extension", "uuid"):
            model = self.view.model
            return lambda street: [{"uuid": file.uuid, "extension": file.extension} for file in street.records[model]]
        return of(self.view.model) if self.arguments == ("uuid",) else None

    def urls(self, street):
        return [reverse(self.name, kwargs=arguments) for arguments in self.recipe(street)]


def addresses(resolver=None, namespace="", outer=()):
    """Every address of our own, with its full name and its arguments, through all nested lists."""
    for pattern in (resolver or get_resolver()).url_patterns:
        arguments = (*outer, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, arguments)
            continue
        view = view_class(pattern.callback)
        if isinstance(view, type) and view.__module__.split(".")[0] in PACKAGES:
            methods = tuple(getattr(pattern.callback, "actions", None) or ("get", "post"))
            yield Address(f"{namespace}{pattern.name}", view, tuple(sorted(arguments)), methods)


RECORDS = [address for address in addresses() if address.arguments and address.name not in SHARED]
LISTS = [address for address in addresses() if not address.arguments and "get" in address.methods]


def everything():
    """All that is stored, except when somebody signed in last."""
    return {
        model._meta.label: sorted(repr(row | {"last_login": None}) for row in model.objects.values())
        for config in apps.get_app_configs()
        if config.module.__name__.split(".")[0] in PACKAGES
        for model in config.get_models()
    }


def ask(client, method, url, **kwargs):
    """The answer; whatever it changed is undone."""
    with transaction.atomic():
        response = getattr(client, method)(url, **kwargs)
        transaction.set_rollback(True)
    return response


def test_every_address_of_a_record_is_walked():
    unknown = [
        f"{address.name}: this test does not know whose record {address.view.__name__} is about. Name its model on the "
        "view, or add a line to RECIPES in tests/journeys/test_scope.py (or to SHARED with the reason, if it is about "
        "nobody's own record)."
        for address in RECORDS
        if address.recipe is None
    ]
    assert unknown == []
    walked = {address.name for address in addresses()}
    assert sorted((RECIPES.keys() | SHARED.keys()) - walked) == [], "lines for addresses that are no more"


def test_a_street_has_a_record_for_every_address(streets):
    wanting = []
    for address in RECORDS:
        try:
            address.urls(streets.here)
        except KeyError as missing:
            wanting.append(f"{address.name}: tests/journeys/street.py makes no record of {missing}; add one there.")
    assert wanting == []


@pytest.mark.parametrize("person", FOREIGNERS)
def test_nobody_of_another_street_opens_anything(streets, sign_in, person):
    client = sign_in(getattr(streets, person))
    before, opened, asked = everything(), [], 0
    for address in RECORDS:
        for url in address.urls(streets.here):
            for method in address.methods:
                response = getattr(client, method)(url)
                asked += 1
                if response.status_code != 404 or streets.here.word in text_of(response):
                    opened.append(f"{method.upper()} {address.name}: {response.status_code}")
    assert opened == []
    assert everything() == before
    assert asked > 2 * len(RECORDS) - 10


def test_a_visitor_is_led_to_sign_in(streets, client):
    before, opened = everything(), []
    for address in RECORDS:
        for url in address.urls(streets.here):
            for method in address.methods:
                response = getattr(client, method)(url)
                leads_to_sign_in = response.status_code == 302 and response["Location"].startswith(
                    "/accounts/login/?next="
                )
                if not leads_to_sign_in and response.status_code not in {401, 403}:
                    opened.append(f"{method.upper()} {address.name}: {response.status_code}")
    assert opened == []
    assert everything() == before


def test_each_address_opens_for_somebody_of_the_place(streets, sign_in):
    """So that the walk above asked for records that are there. 405 and 400 are answers too: the record was found, but
    an address for POST alone is not got, and an empty body says nothing to the interface for machines."""
    closed = {(address, method) for address in RECORDS for method in address.methods}
    for person in PEOPLE_HERE:
        client = sign_in(getattr(streets, person))
        closed = {
            (address, method)
            for address, method in closed
            if {ask(client, method, url).status_code for url in address.urls(streets.here)} <= {403, 404}
        }
    assert sorted(f"{method.upper()} {address.name}" for address, method in closed) == []


def text_of(response):
    """What the answer says, also inside spreadsheets and papers."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    if "json" in response.get("Content-Type", "") and content:
        return json.dumps(json.loads(content), ensure_ascii=False)
    return content.decode("utf-8", "replace")


def list_urls(street):
    """Every list, file and search of the site; plain, and with what somebody of another street might type behind it."""
    code, organization, activity = street.community.code, street.organization.uuid, street.records[Activity][0].uuid
    tampered = (
        "",
        f"?organization={organization}&repeat={activity}&role=social_worker&q={street.street.code}",
        f"?area={code}&place={code}&community={code}&show=former&waiting=true",
    )
    plain = [(address.name, {}) for address in LISTS]
    for name, arguments in plain + [(name, arguments) for name, (arguments, _why) in SHARED.items()]:
        for query in tampered:
            yield reverse(name, kwargs=arguments) + query


@pytest.mark.parametrize("person", FOREIGNERS)
def test_no_list_or_file_tells_of_another_street(streets, sign_in, person):
    client, told, read = sign_in(getattr(streets, person)), set(), []
    before = everything()
    for url in list_urls(streets.here):
        response = client.get(url)
        text = text_of(response)
        read.append(response.status_code)
        if streets.here.word in text:
            told.add(f"{url}: {text[max(0, text.index(streets.here.word) - 60) :][:120]}")
    assert sorted(told) == []
    assert everything() == before
    assert 200 in read


@pytest.mark.parametrize(
    ("person", "private"),
    [
        ("admin", (*CASEWORK, *NAMES, *LISTED)),
        ("finance", (*CASEWORK, *NAMES, *LISTED)),
        ("funder", (*CASEWORK, *NAMES, *LISTED)),
        ("grid_worker", (*CASEWORK, *NAMES, *LISTED)),
        ("evaluator", (*NAMES, *LISTED, "草稿")),
        ("staff", (*NAMES, "草稿")),
        ("district_admin", (*NAMES, *LISTED, "草稿")),
    ],
)
def test_offices_read_neither_casework_nor_names_that_are_not_theirs(streets, sign_in, person, private):
    """Platform, money and offices, on every page, file and list that opens for them (product promise 7)."""
    client, told = sign_in(getattr(streets, person)), []
    urls = [url for address in RECORDS if "get" in address.methods for url in address.urls(streets.here)]
    for url in [*urls, *(reverse(address.name) for address in LISTS)]:
        text = text_of(client.get(url))
        told += [f"{url}: {word}" for word in private if f"{streets.here.word}{word}" in text]
    assert told == []


def test_the_lists_tell_of_ones_own_street(streets, sign_in):
    """So that the words looked for above are words that lists show."""
    shown = set()
    for person in ("worker", "staff", "leader"):
        client = sign_in(getattr(streets, person))
        for address in LISTS:
            if streets.here.word in text_of(client.get(reverse(address.name))):
                shown.add(address.name)
    assert shown >= {
        "site:home", "organizations:organization-list", "organizations:organization-export-csv",
        "organizations:organization-export-xlsx", "organizations:talent-list", "organizations:agency-list",
        "organizations:filing-list", "projects:activity-list", "projects:activity-export-csv",
        "projects:activity-export-xlsx", "projects:project-list", "api:organization-list", "api:activity-list",
        "api:project-list", "importing:batch-list", "accounts:user-list", "accounts:invitation-list",
        "notifications:notification-list", "projects:activity-organizations", "projects:project-organizations",
    }  # fmt: skip
