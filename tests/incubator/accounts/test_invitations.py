import datetime
import hashlib
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from incubator.accounts import services
from incubator.accounts.choices import InvitationStatus, Role
from incubator.accounts.models import Invitation, RoleGrant, User
from incubator.audit.models import AuditEvent
from incubator.base.errors import DomainError, RuleViolation
from incubator.base.transitions import TransitionNotAllowed
from incubator.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.personas import make_personas

ANSWER = {"name": "小王", "username": "wang", "password1": "nine-lives-77", "password2": "nine-lives-77"}


def invite(personas, **values):
    wanted = {"name": "小王", "role": Role.SOCIAL_WORKER, "division": personas.community, "actor": personas.staff}
    return services.invite_person(**wanted | values)


def accept(invitation, username="wang"):
    return services.accept_invitation(
        invitation_id=invitation.pk, name="小王", username=username, password="nine-lives-77"
    )


def link(invitation):
    return reverse("accounts:invitation-accept", args=[services.invitation_token(invitation.uuid)])


def test_invite_person_keeps_only_the_hash_of_the_token(personas):
    invitation = invite(personas)
    token = services.invitation_token(invitation.uuid)

    assert invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) == 43
    assert token not in str(Invitation.objects.values().get())
    assert token not in str(AuditEvent.objects.values().get())


def test_accept_invitation_makes_the_account_with_its_role_and_tells_the_inviter(personas):
    invitation = invite(personas)
    person = accept(invitation)
    invitation = Invitation.objects.get(pk=invitation.pk)

    assert (invitation.status, invitation.accepted_by) == (InvitationStatus.ACCEPTED, person)
    assert RoleGrant.objects.get(user=person).granted_by == personas.staff
    assert person.check_password("nine-lives-77")
    assert Notification.objects.get().recipient == personas.staff
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "invitation.created", "invitation.accepted", "role.granted"
    ]


def test_accept_invitation_twice_is_refused_and_leaves_no_trace(personas):
    invitation = invite(personas)
    accept(invitation)
    events = AuditEvent.objects.count()
    with pytest.raises(TransitionNotAllowed):
        accept(invitation, "second")

    assert not User.objects.filter(username="second").exists()
    assert AuditEvent.objects.count() == events


def test_accept_invitation_with_a_taken_name_is_refused_and_the_link_stays_open(personas):
    UserFactory(username="Wang")
    invitation = invite(personas)
    with pytest.raises(RuleViolation, match="taken"):
        accept(invitation)

    assert Invitation.objects.get().status == InvitationStatus.OPEN


def test_accept_invitation_after_a_week_is_refused(personas, time_machine):
    time_machine.move_to("2026-03-01 09:00+08:00", tick=False)
    invitation = invite(personas)
    time_machine.move_to("2026-03-08 08:59+08:00", tick=False)
    assert not invitation.is_expired(timezone.now())
    time_machine.move_to("2026-03-08 09:00+08:00", tick=False)

    with pytest.raises(RuleViolation, match="expired"):
        accept(invitation)


ACTIONS = {
    "accept": lambda invitation, person: invitation.accept(by=person, at=timezone.now()),
    "withdraw": lambda invitation, person: invitation.withdraw(),
}


@pytest.mark.parametrize("status", InvitationStatus.values)
@pytest.mark.parametrize("action", ACTIONS)
def test_only_open_invitations_move(personas, action, status):
    invitation = Invitation(name="x", status=status)
    if status == InvitationStatus.OPEN:
        ACTIONS[action](invitation, personas.worker)
        assert invitation.status != status
    else:
        with pytest.raises(TransitionNotAllowed):
            ACTIONS[action](invitation, personas.worker)


def test_the_database_refuses_an_accepted_invitation_without_its_facts(personas):
    invitation = invite(personas)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(status=InvitationStatus.ACCEPTED)


def test_withdraw_invitation_twice_is_refused(personas):
    invitation = invite(personas)
    services.withdraw_invitation(invitation_id=invitation.pk, actor=personas.staff)
    with pytest.raises(TransitionNotAllowed):
        services.withdraw_invitation(invitation_id=invitation.pk, actor=personas.staff)

    assert AuditEvent.objects.filter(verb="invitation.withdrawn").count() == 1


def test_closing_an_account_withdraws_its_open_invitations(personas):
    invitation = invite(personas)
    services.deactivate_user(user_id=personas.staff.pk, reason="left", actor=personas.admin)

    assert Invitation.objects.get(pk=invitation.pk).status == InvitationStatus.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_two_people_with_one_link_at_the_same_time_make_one_account():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has no second connection that waits")
    personas = make_personas()
    invitation = invite(personas)
    results, barrier = [], threading.Barrier(2)

    def run(username):
        barrier.wait()
        try:
            accept(invitation, username)
            results.append("accepted")
        except (DomainError, TransitionNotAllowed):
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("first", "second")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(results) == ["accepted", "refused"]
    assert User.objects.filter(username__in=["first", "second"]).count() == 1


# --- pages --------------------------------------------------------------------------------------------------------


def test_invitation_create_shows_the_link_once_and_a_double_click_makes_one(personas, sign_in):
    client = sign_in(personas.staff)
    url = reverse("accounts:invitation-create", query={"role": "social_worker"})
    assert client.get(url).status_code == 200
    form = {"name": "小王", "place": personas.community.code, "uuid": str(uuid.uuid4())}
    first, second = client.post(url, form), client.post(url, form)
    invitation = Invitation.objects.get()

    assert [first.status_code, second.status_code] == [200, 200]
    for page in (first, second):
        assert f"http://testserver{link(invitation)}" in page.content.decode()
    assert "no-store" in first["Cache-Control"]
    listed = client.get(reverse("accounts:invitation-list")).content.decode()
    assert "小王" in listed
    assert services.invitation_token(invitation.uuid) not in listed


def test_invitation_create_outside_the_own_place_is_refused(personas, sign_in):
    url = reverse("accounts:invitation-create", query={"role": "social_worker"})
    response = sign_in(personas.staff).post(url, {"name": "x", "place": personas.far_community.code})

    assert (response.status_code, Invitation.objects.count()) == (403, 0)


def test_invitation_create_keeps_the_name_when_the_place_is_missing(personas, sign_in):
    url = reverse("accounts:invitation-create", query={"role": "social_worker"})
    response = sign_in(personas.staff).post(url, {"name": "小王"})

    assert response.status_code == 422
    assert "小王" in response.content.decode()


def test_the_invited_person_makes_an_account_and_is_in(client, personas):
    invitation = invite(personas)
    assert "小王" in client.get(link(invitation)).content.decode()
    response = client.post(link(invitation), ANSWER)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(User.objects.get(username="wang").pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password2": "other-thing-88"},
        {"password1": "123", "password2": "123"},
        {"username": "a b"},
        {"username": "worker"},
        {"username": "WORKER"},
        {"name": ""},
    ],
)
def test_a_wrong_answer_comes_back_and_the_link_stays_open(client, personas, wrong):
    invitation = invite(personas)
    response = client.post(link(invitation), ANSWER | wrong)

    assert response.status_code == 422
    assert Invitation.objects.get(pk=invitation.pk).status == InvitationStatus.OPEN


def test_a_used_link_is_gone(client, personas):
    invitation = invite(personas)
    accept(invitation)
    for response in (client.get(link(invitation)), client.post(link(invitation), ANSWER | {"username": "again"})):
        assert response.status_code == 410
    assert not User.objects.filter(username="again").exists()


@pytest.mark.parametrize("end", ["withdrawn", "expired", "inviter lost the right"])
def test_a_link_that_ended_is_gone_and_says_what_to_do(client, personas, end):
    invitation = invite(personas)
    if end == "withdrawn":
        services.withdraw_invitation(invitation_id=invitation.pk, actor=personas.staff)
    elif end == "expired":
        Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    else:
        services.revoke_role(grant_id=personas.staff.grants.get().pk, reason="moved", actor=personas.admin)
    response = client.get(link(invitation), headers={"accept-language": "en"})

    assert response.status_code == 410
    assert "Ask the person who sent it for a new link" in response.content.decode()


def test_an_unknown_link_is_not_found(client):
    response = client.get("/accounts/invitation/nonsense/", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert "Ask the person who sent it" in response.content.decode()


def test_whoever_is_signed_in_is_not_given_a_second_account(personas, sign_in):
    invitation = invite(personas)
    assert sign_in(personas.worker).post(link(invitation), ANSWER).status_code == 409
    assert Invitation.objects.get().status == InvitationStatus.OPEN


def test_invitation_withdraw_by_page(personas, sign_in):
    invitation = invite(personas)
    url = reverse("accounts:invitation-withdraw", args=[invitation.uuid])
    assert sign_in(personas.staff).post(url).status_code == 302
    assert Invitation.objects.get().status == InvitationStatus.WITHDRAWN
    assert sign_in(personas.staff).post(url).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_invitation_list_needs_the_same_queries_for_any_number(personas, sign_in, django_assert_num_queries, number):
    for _ in range(number):
        invite(personas)
    client = sign_in(personas.staff)
    with django_assert_num_queries(6):
        client.get(reverse("accounts:invitation-list"))


@pytest.mark.parametrize(
    ("state", "expected"), [("open", {"open"}), ("expired", {"late"}), ("withdrawn", {"back"}), ("accepted", set())]
)
def test_invitation_list_filters_by_state(personas, sign_in, state, expected):
    invite(personas, name="open")
    late = invite(personas, name="late")
    Invitation.objects.filter(pk=late.pk).update(expires_at=timezone.now() - datetime.timedelta(days=1))
    services.withdraw_invitation(invitation_id=invite(personas, name="back").pk, actor=personas.staff)
    page = sign_in(personas.staff).get(reverse("accounts:invitation-list"), {"state": state})

    assert {invitation.name for invitation in page.context["page"]} == expected
