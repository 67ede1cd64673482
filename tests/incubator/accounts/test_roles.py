import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from incubator.accounts import services
from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.notifications.models import Notification
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.incubator.accounts.conftest import TEAM
from tests.personas import give_grant


def grant(personas, **values):
    wanted = {"user_id": personas.stranger.pk, "role": Role.SOCIAL_WORKER, "division": personas.community}
    return services.grant_role(**wanted | {"actor": personas.staff} | values)


def test_grant_role_works_at_once_and_tells_history_and_person(personas):
    made = grant(personas)

    assert User.objects.get(pk=personas.stranger.pk).access.covers(personas.community, Role.SOCIAL_WORKER)
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_uuid, event.actor) == ("role.granted", str(personas.stranger.uuid), personas.staff)
    assert event.data["division"] == personas.community.code
    assert event.chain.key == personas.community.code[:6]
    told = Notification.objects.get()
    assert (told.recipient, told.link) == (personas.stranger, "/accounts/profile/")
    assert (made.valid_from, made.granted_by) == (timezone.localdate(), personas.staff)


def test_grant_role_is_refused_twice_and_the_second_leaves_no_trace(personas):
    grant(personas)
    with pytest.raises(RuleViolation, match="holds this role there already"):
        grant(personas)

    assert (RoleGrant.objects.filter(user=personas.stranger).count(), AuditEvent.objects.count()) == (1, 1)


def test_grant_role_again_after_its_last_day_is_possible_and_on_its_days_refused(personas):
    day = datetime.date
    grant(personas, valid_from=day(2026, 1, 1), valid_until=day(2026, 1, 31))
    grant(personas, valid_from=day(2026, 3, 1))
    grant(personas, valid_from=day(2026, 2, 1), valid_until=day(2026, 2, 28))
    for first, last in ((day(2026, 1, 31), day(2026, 1, 31)), (day(2025, 1, 1), None), (day(2030, 1, 1), None)):
        with pytest.raises(RuleViolation, match="holds this role there already"):
            grant(personas, valid_from=first, valid_until=last)

    assert RoleGrant.objects.filter(user=personas.stranger).count() == 3


def test_grant_role_is_refused_without_its_place(personas):
    with pytest.raises(RuleViolation, match="needs the place"):
        grant(personas, division=None)


def test_grant_role_is_refused_with_days_out_of_order(personas):
    with pytest.raises(RuleViolation, match="cannot end before it begins"):
        grant(personas, valid_from=datetime.date(2026, 2, 1), valid_until=datetime.date(2026, 1, 1))


def test_grant_role_is_refused_for_a_closed_account(personas):
    closed = UserFactory(is_active=False)
    with pytest.raises(RuleViolation, match="closed"):
        grant(personas, user_id=closed.pk)


def test_a_grant_holds_from_its_first_day_to_its_last(personas):
    made = grant(personas, valid_from=datetime.date(2026, 3, 2), valid_until=datetime.date(2026, 3, 4))
    days = [datetime.date(2026, 3, day) for day in range(1, 6)]

    assert [made in RoleGrant.objects.active(day) for day in days] == [False, True, True, True, False]
    assert [made.is_active_on(day) for day in days] == [False, True, True, True, False]


def test_revoke_role_works_at_once_and_says_why(personas):
    made = RoleGrant.objects.get(user=personas.worker)
    services.revoke_role(grant_id=made.pk, reason="left the station", actor=personas.staff)

    assert not User.objects.get(pk=personas.worker.pk).access.has(Role.SOCIAL_WORKER)
    event = AuditEvent.objects.get()
    assert (event.verb, event.data["reason"]) == ("role.revoked", "left the station")
    with pytest.raises(RuleViolation, match="ended already"):
        services.revoke_role(grant_id=made.pk, reason="again", actor=personas.staff)
    assert AuditEvent.objects.count() == 1


def test_the_last_platform_admin_can_neither_lose_the_role_nor_the_account(personas):
    with pytest.raises(RuleViolation, match="last platform admin"):
        services.revoke_role(
            grant_id=RoleGrant.objects.get(user=personas.admin).pk, reason="x", actor=personas.district_admin
        )
    with pytest.raises(RuleViolation, match="last platform admin"):
        services.deactivate_user(user_id=personas.admin.pk, reason="x", actor=personas.district_admin)

    give_grant(personas.stranger, Role.PLATFORM_ADMIN)
    services.deactivate_user(user_id=personas.admin.pk, reason="x", actor=personas.stranger)
    assert AuditEvent.objects.get().verb == "user.deactivated"


def test_a_closed_account_sees_nothing_and_opens_with_its_roles(personas):
    services.deactivate_user(user_id=personas.worker.pk, reason="left", actor=personas.staff)
    assert User.objects.get(pk=personas.worker.pk).access.roles == set()
    with pytest.raises(RuleViolation, match="closed already"):
        services.deactivate_user(user_id=personas.worker.pk, reason="left", actor=personas.staff)

    services.reactivate_user(user_id=personas.worker.pk, actor=personas.staff)
    assert User.objects.get(pk=personas.worker.pk).access.roles == {Role.SOCIAL_WORKER}
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "user.deactivated",
        "user.reactivated",
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"division": None},
        {"body_uuid": uuid.uuid4()},
        {"scope": Scope.PLATFORM},
        {"revoked_at": timezone.now()},
        {"revoked_reason": "no time, nobody"},
        {"valid_until": datetime.date(2019, 1, 1)},
    ],
)
def test_the_database_refuses_impossible_grants(personas, values):
    row = {
        "user": personas.stranger,
        "role": Role.SOCIAL_WORKER,
        "scope": Scope.DIVISION,
        "division": personas.community,
        "valid_from": datetime.date(2020, 1, 1),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(**row | values)


def test_user_names_differ_in_more_than_case():
    UserFactory(username="anna")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(username="Anna")


# --- pages --------------------------------------------------------------------------------------------------------


def create_url(person, **query):
    return reverse("accounts:grant-create", args=[person.uuid], query=query)


def test_grant_create_asks_for_the_role_then_the_place_then_gives_it(personas, sign_in):
    client = sign_in(personas.staff)
    assert client.get(create_url(personas.worker)).status_code == 200
    page = client.get(create_url(personas.worker, role="community_staff", q=personas.community.name[:2]))
    assert personas.community.code in page.content.decode()
    assert personas.far_community.code not in page.content.decode()

    form = {"place": personas.community.code, "valid_from": "2026-01-01", "uuid": str(uuid.uuid4())}
    url = create_url(personas.worker, role="community_staff")
    first, second = client.post(url, form), client.post(url, form)

    assert [first["Location"], second["Location"]] == [personas.worker.get_absolute_url()] * 2
    assert RoleGrant.objects.filter(user=personas.worker, role=Role.COMMUNITY_STAFF).count() == 1


def test_grant_create_outside_the_own_place_is_refused_with_a_sentence(personas, sign_in):
    form = {"place": personas.far_community.code, "valid_from": "2026-01-01"}
    response = sign_in(personas.staff).post(create_url(personas.worker, role="community_staff"), form)

    assert response.status_code == 403
    assert "outside your own place" in response.content.decode()
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize("place", ["", "99", "999999", "x", "0" * 40])
def test_grant_create_needs_a_place_that_exists(personas, sign_in, place):
    response = sign_in(personas.admin).post(
        create_url(personas.worker, role="community_staff"), {"place": place, "valid_from": "2026-01-01"}
    )
    assert response.status_code == 422


def test_grant_create_on_an_organization_goes_through_its_registry(personas, sign_in, team_body):
    client = sign_in(personas.staff)
    url = create_url(personas.worker, role="organization_leader", q="治安")
    assert "治安服务队" in client.get(url).content.decode()
    assert client.post(url, {"place": str(TEAM), "valid_from": "2026-01-01"}).status_code == 302
    for unknown in ("nonsense", str(uuid.uuid4())):
        assert client.post(url, {"place": unknown, "valid_from": "2026-01-01"}).status_code == 422

    assert "治安服务队" in client.get(personas.worker.get_absolute_url()).content.decode()


def test_grant_create_without_a_role_one_may_give_asks_again(personas, sign_in):
    response = sign_in(personas.staff).post(create_url(personas.worker, role="platform_admin"), {})

    assert (response.status_code, response["Location"]) == (302, create_url(personas.worker))


def test_grant_revoke_needs_a_reason(personas, sign_in):
    url = reverse("accounts:grant-revoke", args=[RoleGrant.objects.get(user=personas.worker).uuid])
    client = sign_in(personas.staff)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "left"})["Location"] == personas.worker.get_absolute_url()
    assert client.post(url, {"reason": "left"}).status_code in {403, 404}


def test_user_deactivate_and_reactivate_by_page(personas, sign_in):
    client = sign_in(personas.staff)
    close = reverse("accounts:user-deactivate", args=[personas.worker.uuid])
    assert client.get(close).status_code == 200
    assert client.post(close, {"reason": ""}).status_code == 422
    assert client.post(close, {"reason": "left"}).status_code == 302
    assert "Open the account again" in client.get(personas.worker.get_absolute_url()).content.decode()
    assert client.post(reverse("accounts:user-reactivate", args=[personas.worker.uuid])).status_code == 302
    assert User.objects.get(pk=personas.worker.pk).is_active


@pytest.mark.parametrize(
    "name", ["user-detail", "grant-create", "user-deactivate", "grant-revoke", "user-reactivate", "invitation-withdraw"]
)
def test_foreign_and_unknown_identifiers_are_not_found(personas, sign_in, name):
    client = sign_in(personas.staff)
    foreign = personas.other_worker.grants.get() if name == "grant-revoke" else personas.other_worker
    for key in (uuid.uuid4(), foreign.uuid):
        url = reverse(f"accounts:{name}", args=[key])
        posts = name in {"user-reactivate", "invitation-withdraw"}
        assert (client.post(url) if posts else client.get(url)).status_code == 404


def test_a_refused_step_stands_disabled_with_its_reason(personas, sign_in):
    give_grant(personas.worker, Role.SOCIAL_WORKER, division=personas.other_street)
    page = sign_in(personas.staff).get(personas.worker.get_absolute_url()).content.decode()

    assert "a role that you do not look after: social worker" in page


@pytest.mark.parametrize("people", [1, 3])
def test_user_list_needs_the_same_queries_for_any_number_of_people(
    personas, sign_in, team_body, django_assert_num_queries, people
):
    for _ in range(people):
        person = UserFactory()
        RoleGrantFactory(user=person, division=personas.community)
        give_grant(person, Role.ORGANIZATION_LEADER, body_uuid=TEAM)
    client = sign_in(personas.staff)
    with django_assert_num_queries(7):
        page = client.get(reverse("accounts:user-list"), {"q": "居民"})
    assert page.content.decode().count("row-link") == people


@pytest.mark.parametrize("grants", [1, 3])
def test_user_detail_needs_the_same_queries_for_any_number_of_roles(
    personas, sign_in, django_assert_num_queries, grants
):
    for role in (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.GRID_WORKER)[:grants]:
        give_grant(personas.stranger, role, division=personas.community)
    client = sign_in(personas.staff)
    with django_assert_num_queries(9):
        client.get(personas.stranger.get_absolute_url())


def test_user_list_filters_by_role_and_state(personas, sign_in):
    services.deactivate_user(user_id=personas.community_staff.pk, reason="left", actor=personas.staff)
    client = sign_in(personas.staff)

    def names(**query):
        return {person.username for person in client.get(reverse("accounts:user-list"), query).context["page"]}

    assert names(role="social_worker") == {"worker"}
    assert names(is_active="false") == {"community_staff"}
    assert names(q="赵") == {"staff"}
    assert names() == {"staff", "worker", "community_staff", "grid_worker"}


def test_ones_own_page_is_open_to_everybody_without_a_way_to_closed_pages(personas, sign_in):
    response = sign_in(personas.worker).get(personas.worker.get_absolute_url())

    assert response.status_code == 200
    assert f'href="{reverse("accounts:user-list")}"' not in response.content.decode()
