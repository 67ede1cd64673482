from django.urls import reverse

from incubator.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory

DETAILS = {"name": "新名", "phone": "13800000000", "email": "a@example.org", "language": "en"}


def test_update_profile_changes_own_details_and_masks_them_in_the_history(sign_in):
    person = UserFactory(name="旧名")
    response = sign_in(person).post(reverse("accounts:profile"), DETAILS)
    person.refresh_from_db()

    assert response.status_code == 302
    assert {name: getattr(person, name) for name in DETAILS} == DETAILS
    assert AuditEvent.objects.get().data == {
        "changes": {
            "name": ["•••", "•••"],
            "phone": ["", "•••"],
            "email": ["", "•••"],
            "language": ["", "en"],
        }
    }


def test_update_profile_without_a_change_leaves_no_trace(sign_in):
    person = UserFactory(name="旧名")
    sign_in(person).post(reverse("accounts:profile"), {"name": "旧名"})

    assert AuditEvent.objects.count() == 0


def test_update_profile_keeps_what_was_typed_when_something_is_wrong(sign_in):
    response = sign_in(UserFactory()).post(reverse("accounts:profile"), DETAILS | {"email": "no"})

    assert response.status_code == 422
    assert "13800000000" in response.content.decode()


def test_profile_shows_own_roles_with_their_places(sign_in, personas):
    page = sign_in(personas.worker).get(reverse("accounts:profile")).content.decode()

    assert "social worker" in page
    assert str(personas.street) in page


def change(client, **values):
    fields = {"current": PASSWORD, "password1": "quite-another-9", "password2": "quite-another-9"}
    return client.post(reverse("accounts:password-change"), fields | values)


def test_change_password_keeps_this_session_and_ends_others(client, sign_in):
    from django.test import Client

    person = UserFactory()
    other = Client()
    other.force_login(person, backend="incubator.accounts.backends.AccountBackend")
    response = change(sign_in(person))
    person.refresh_from_db()

    assert response.status_code == 302
    assert person.check_password("quite-another-9")
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert other.get(reverse("accounts:profile")).status_code == 302
    assert AuditEvent.objects.get().verb == "user.password_changed"


def test_change_password_is_refused_without_the_current_one_or_when_the_new_ones_differ_or_are_weak(sign_in):
    client = sign_in(UserFactory())
    assert change(client, current="wrong").status_code == 422
    assert change(client, password2="something-else-1").status_code == 422
    assert change(client, password1="12345", password2="12345").status_code == 422
    assert AuditEvent.objects.count() == 0


def test_change_password_is_refused_for_demonstration_accounts(sign_in, settings):
    settings.DEMO = True
    assert change(sign_in(UserFactory(is_demo=True))).status_code == 403
