"""Service contracts: entered once, their figures counted from the records, each figure opening exactly these."""

import datetime
import io
import uuid
import zipfile

import pytest
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from organizations.models import Agency
from projects.choices import IndicatorUnit
from projects.models import Activity, Attendance, ContractIndicator, ServiceContract
from projects.policies import contract as policies
from projects.services import contract as services
from projects.services.activity_link import write_links
from tests.factories.contracts import ContractFactory, IndicatorFactory
from tests.factories.organizations import (
    AgencyFactory,
    MembershipFactory,
    OrganizationFactory,
    SocialWorkerFactory,
)
from tests.factories.projects import STARTS_AT, ActivityFactory

TODAY = datetime.date(2026, 11, 22)
U = IndicatorUnit


@pytest.fixture
def contract(place):
    place.agency = Agency.objects.get(uuid=place.agency_uuid)
    place.employed = SocialWorkerFactory(agency=place.agency, user=place.worker)
    return ContractFactory(agency=place.agency, places=[place.street], created_by=place.supervisor)


def held(place, *, organization=None, by=None, **more):
    made = ActivityFactory(organization=organization or place.organization, recorded_by=by or place.worker, **more)
    write_links(made)
    return made


def figures(contract):
    return [row.done for row in services.progress_of(contract, TODAY)]


def test_each_unit_counts_what_it_says(place, contract):
    other = OrganizationFactory(community=place.next_community)
    first = held(place, participants=10, minutes=90)
    second = held(place, participants=5, minutes=45)
    held(place, organization=other, training=True, minutes=60)
    member = MembershipFactory(organization=place.organization)
    for activity in (first, second):
        Attendance.objects.create(activity=activity, membership=member)
    Attendance.objects.create(activity=first, guest_name="张阿姨")
    Attendance.objects.create(activity=first, guest_name="没来的", status="absent")
    for unit in (U.SESSIONS, U.PERSON_TIMES, U.PERSONS, U.ORGANIZATIONS, U.HOURS):
        IndicatorFactory(contract=contract, unit=unit)
    IndicatorFactory(contract=contract, kinds=["visit"])
    IndicatorFactory(contract=contract, kinds=["visit", "training"], unit=U.ORGANIZATIONS)
    assert figures(contract) == [3, 27, 2, 2, 3.2, 2, 2]


def test_only_the_agency_s_held_activities_in_its_places_and_period_count(place, contract):
    IndicatorFactory(contract=contract)
    held(place)
    held(place, organization=place.other_organization)  # another street
    held(place, by=place.community_staff)  # nobody of the agency
    held(place, by=place.community_staff, agency=place.agency)
    held(place, agency=AgencyFactory())  # for another agency
    held(place, returned=True)
    held(place, outcome="cancelled", outcome_reason="下雨")
    held(place, starts_at=datetime.datetime(2025, 12, 31, 15, 59, tzinfo=datetime.UTC))
    held(place, starts_at=datetime.datetime(2025, 12, 31, 16, 1, tzinfo=datetime.UTC))  # 1 January in Shanghai
    held(place, starts_at=datetime.datetime(2026, 12, 31, 16, 1, tzinfo=datetime.UTC))
    assert figures(contract) == [3]


def test_what_somebody_recorded_after_they_left_does_not_count(place, contract):
    IndicatorFactory(contract=contract)
    place.employed.left_on = datetime.date(2026, 11, 3)
    place.employed.save()
    held(place)  # on 3 November
    held(place, starts_at=STARTS_AT + datetime.timedelta(days=1))
    assert figures(contract) == [1]


@pytest.mark.parametrize(
    ("today", "due_on", "expected"),
    [
        (datetime.date(2025, 12, 1), None, 0),
        (datetime.date(2026, 1, 1), None, 0),
        (datetime.date(2026, 7, 2), None, 12),
        (datetime.date(2026, 12, 31), None, 24),
        (datetime.date(2027, 2, 1), None, 24),
        (datetime.date(2026, 6, 30), datetime.date(2026, 6, 30), 24),
    ],
)
def test_what_is_expected_by_now_grows_day_by_day(contract, today, due_on, expected):
    assert services.expected_by(IndicatorFactory(contract=contract, due_on=due_on), today) == expected


def test_each_figure_opens_exactly_its_records(place, contract, sign_in):
    indicator = IndicatorFactory(contract=contract, kinds=["training"])
    held(place)
    training = held(place, training=True)
    row = services.progress_of(contract, TODAY)[0]
    page = sign_in(place.staff).get(row.url)
    assert [item.url for item in page.context["rows"]] == [training.get_absolute_url()]
    assert sign_in(place.other_staff).get(row.url).context["rows"] == []
    assert set(services.activities_of_indicator(indicator)) == {Activity.objects.get(pk=training.pk)}


@pytest.mark.parametrize("number", [1, 3])
def test_the_progress_costs_the_same_for_one_indicator_and_for_three(
    place, contract, sign_in, django_assert_num_queries, number
):
    for unit in (U.PERSONS, U.ORGANIZATIONS, U.SESSIONS)[:number]:
        IndicatorFactory(contract=contract, unit=U.PERSONS if number == 1 else unit)
        held(place)
    if number == 1:
        IndicatorFactory(contract=contract, unit=U.ORGANIZATIONS)
    contract = ServiceContract.objects.prefetch_related("places").get()
    with django_assert_num_queries(5):
        services.progress_of(contract, TODAY)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(place, contract, sign_in, django_assert_num_queries, number):
    for _number in range(number - 1):
        ContractFactory(agency=place.agency, places=[place.street])
    client = sign_in(place.staff)
    with django_assert_num_queries(7):
        page = client.get(reverse("projects:contract-list"))
    assert page.content.decode().count('class="row-link"') == number


def test_the_page_and_the_list_agree_who_sees_a_contract(place, contract):
    ContractFactory(places=[place.other_street])
    ContractFactory(places=[place.district])
    for person in place.everybody:
        seen = set(ServiceContract.objects.visible_to(person).values_list("pk", flat=True))
        allowed = {
            item.pk for item in ServiceContract.objects.all() if verdict(policies.check_view_contract, person, item)
        }
        assert seen == allowed, person.username


def test_the_worker_s_home_gets_the_running_contracts_of_the_agency(place, contract):
    IndicatorFactory(contract=contract)
    over = ContractFactory(
        agency=place.agency,
        places=[place.street],
        starts_on=datetime.date(2025, 1, 1),
        ends_on=datetime.date(2025, 12, 31),
    )
    IndicatorFactory(contract=over)
    held(place)
    for person in (place.worker, place.supervisor):
        assert [(row.done, row.target) for row in services.progress_for(person, TODAY)] == [(1, 24)]
    assert services.progress_for(place.other_worker, TODAY) == []


# --- entering ----------------------------------------------------------------------------------------------------------


def entry(place, **more):
    return {
        "uuid": str(uuid.uuid4()), "name": "培育服务", "number": "2026-1", "purchaser": "街道",
        "agency": str(place.agency_uuid),
        "places": [place.street.code], "starts_on": "2026-01-01", "ends_on": "2026-12-31", "amount_fen": "200000.50",
        "note": "", **more,
    }  # fmt: skip


def test_add_contract_with_two_clicks_makes_one_in_fen(place, sign_in):
    client, data = sign_in(place.staff), entry(place)
    for _click in range(2):
        assert client.post(reverse("projects:contract-add"), data).status_code == 302
    contract = ServiceContract.objects.get()
    assert (contract.amount_fen, list(contract.places.all())) == (20_000_050, [place.street])
    assert [event.verb for event in AuditEvent.objects.about(contract)] == ["contract.added"]


@pytest.mark.parametrize(
    ("more", "field"),
    [({"ends_on": "2025-01-01"}, "ends_on"), ({"places": ["330102003"]}, "places"),
        ({"amount_fen": "-1"}, "amount_fen"), ({"agency": "x"}, "agency")],
)  # fmt: skip
def test_bad_contracts_are_refused(place, sign_in, more, field):
    answer = sign_in(place.staff).post(reverse("projects:contract-add"), entry(place, **more))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_number_stands_once_per_agency(place, contract, sign_in):
    ServiceContract.objects.update(number="2026-1")
    answer = sign_in(place.staff).post(reverse("projects:contract-add"), entry(place))
    assert answer.status_code == 422
    assert "contract of this number already" in answer.content.decode()


def test_update_contract_records_what_changed(place, contract, sign_in):
    url = reverse("projects:contract-update", args=[contract.uuid])
    client = sign_in(place.staff)
    edition = client.get(url).context["form"]["edition"].value()
    data = entry(place, name="新名", number="", edition=edition, places=[place.community.code])
    assert client.post(url, data).status_code == 302
    changes = AuditEvent.objects.about(contract).get().data["changes"]
    assert changes["places"] == [[place.street.code], [place.community.code]]
    assert client.post(url, data | {"name": "wieder"}).status_code == 409


def test_those_of_another_street_or_without_the_role_enter_nothing(place, contract, sign_in):
    url = reverse("projects:contract-update", args=[contract.uuid])
    assert sign_in(place.other_staff).get(url).status_code == 404
    assert sign_in(place.worker).get(url).status_code == 403
    assert sign_in(place.finance).get(url).status_code == 403
    assert sign_in(place.worker).get(reverse("projects:contract-add")).status_code == 403


def test_indicators_are_added_changed_and_taken_off(place, contract, sign_in):
    client, add = sign_in(place.supervisor), reverse("projects:contract-indicator-add", args=[contract.uuid])
    data = {
        "uuid": str(uuid.uuid4()),
        "name": "督导",
        "kinds": ["visit"],
        "unit": "sessions",
        "target": "24",
        "due_on": "",
    }
    for _click in range(2):
        assert client.post(add, data).status_code == 302
    indicator = ContractIndicator.objects.get()
    assert (indicator.kinds, indicator.target, indicator.order) == (["visit"], 24, 100)
    update = reverse("projects:contract-indicator-update", args=[indicator.uuid])
    assert client.post(update, data | {"target": "30"}).status_code == 302
    assert client.post(update, data | {"target": "0"}).status_code == 422
    assert client.post(update, data | {"due_on": "2030-01-01"}).status_code == 422
    assert client.post(reverse("projects:contract-indicator-remove", args=[indicator.uuid])).status_code == 302
    verbs = [event.verb for event in AuditEvent.objects.about(contract).order_by("pk")]
    assert verbs == ["contract.indicator_added", "contract.indicator_updated", "contract.indicator_removed"]
    with pytest.raises(RuleViolation):
        services.remove_indicator(indicator_id=indicator.pk, actor=place.supervisor)


# --- papers ------------------------------------------------------------------------------------------------------------


def test_the_inspection_file_is_sorted_by_indicator(place, contract, sign_in):
    IndicatorFactory(contract=contract, name="走访", kinds=["visit"], order=1)
    IndicatorFactory(contract=contract, name="全部/活动", order=2)
    held(place)
    held(place, training=True)
    answer = sign_in(place.staff).get(reverse("projects:contract-inspection", args=[contract.uuid]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        folders = [name.rpartition("/")[0] for name in archive.namelist()]
    assert folders == ["", "01 走访", "02 全部_活动", "02 全部_活动"]


def test_who_reads_no_records_gets_the_figures_and_not_the_file(place, contract, sign_in):
    IndicatorFactory(contract=contract)
    held(place)
    client = sign_in(place.finance)
    page = client.get(contract.get_absolute_url())
    assert "1 / 24" in page.content.decode()
    assert "?indicator=" not in page.content.decode()
    assert client.get(reverse("projects:contract-inspection", args=[contract.uuid])).status_code == 403
    assert client.get(reverse("projects:contract-indicators", args=[contract.uuid])).status_code == 200


def test_the_agency_s_page_shows_its_contracts(place, contract, sign_in):
    page = sign_in(place.staff).get(place.agency.get_absolute_url()).content.decode()
    assert contract.get_absolute_url() in page
