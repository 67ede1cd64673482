import smtplib

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from incubator.jobs.models import Job, JobState
from incubator.jobs.runner import run_due
from incubator.notifications import services
from incubator.notifications.models import Notification, NotificationPreference
from incubator.notifications.registries import kinds
from incubator.notifications.services import notify, set_preferences, unread_count
from tests.factories.accounts import UserFactory

ROLE, JOINED = "accounts.role_granted", "accounts.invitation_accepted"
DATA = {"role": "social_worker", "place": "清波街道", "name": "小王"}


def tell(person, key="1", kind=ROLE, link="/accounts/profile/"):
    return notify(kind, recipient=person, dedup_key=key, data=DATA, link=link)


@pytest.fixture
def anna():
    return UserFactory(name="安娜", email="anna@example.org", language="en")


def test_the_same_key_tells_a_person_once(anna):
    assert tell(anna).pk == tell(anna).pk
    tell(UserFactory())

    assert (Notification.objects.count(), Job.objects.count()) == (2, 2)


def test_an_unknown_kind_is_an_error_at_the_call(anna):
    with pytest.raises(KeyError):
        tell(anna, kind="accounts.typo")


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "accounts/"])
def test_a_link_out_of_the_site_is_an_error_for_the_service_and_for_the_database(anna, link):
    with pytest.raises(ValueError, match="leads out of the site"):
        tell(anna, link=link)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(recipient=anna, kind=ROLE, dedup_key="x", link=link)


def test_a_notice_is_sent_in_the_recipients_language_with_its_link(anna, settings):
    settings.SITE_URL = "https://miaopu.example"
    tell(anna)
    assert run_due() == 1

    (letter,) = mail.outbox
    assert letter.to == ["anna@example.org"]
    assert letter.subject == "You have a new role: social worker (清波街道)"
    assert "https://miaopu.example/accounts/profile/" in letter.body
    assert "&" not in letter.body


def test_redelivery_sends_once(anna):
    notification = tell(anna)

    assert services.deliver_notification(notification_id=notification.pk) is True
    assert services.deliver_notification(notification_id=notification.pk) is False
    run_due()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_sent_outside_a_transaction_so_that_a_slow_server_holds_nothing(anna, monkeypatch):
    from django.core.mail.backends.locmem import EmailBackend

    plain, within = EmailBackend.send_messages, []

    def watching(self, letters):
        within.append(connection.in_atomic_block)
        return plain(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", watching)
    tell(anna)
    run_due()
    assert (within, len(mail.outbox)) == ([False], 1)


@pytest.mark.parametrize("values", [{"email": ""}, {"is_active": False}])
def test_nothing_is_sent_to_who_cannot_read_it(values):
    tell(UserFactory(**{"email": "b@example.org"} | values))
    run_due()

    assert mail.outbox == []
    assert Job.objects.get().state == JobState.DONE


def test_a_mail_server_that_fails_is_asked_again_and_the_letter_goes_once(anna, monkeypatch):
    from django.core.mail.backends.locmem import EmailBackend

    plain, tries = EmailBackend.send_messages, []

    def flaky(self, letters):
        tries.append(1)
        if len(tries) == 1:
            raise smtplib.SMTPServerDisconnected("gone")
        return plain(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", flaky)
    notification = tell(anna)
    run_due()
    notification.refresh_from_db()
    assert (notification.delivered_at, len(mail.outbox), Job.objects.get().state) == (None, 0, JobState.QUEUED)

    Job.objects.update(run_at=timezone.now())
    run_due()
    notification.refresh_from_db()
    assert notification.delivered_at is not None
    assert len(mail.outbox) == 1


def test_each_person_chooses_by_kind_where_to_be_told(anna):
    off = {"in_inbox": False, "by_email": False}
    set_preferences(actor=anna, chosen={ROLE: off, JOINED: off})
    tell(anna, "1", ROLE)
    tell(anna, "2", JOINED)
    run_due()

    assert mail.outbox == []
    # A duty kind has no off switch on the site.
    assert list(Notification.objects.inbox().values_list("kind", flat=True)) == [ROLE]
    assert unread_count(anna) == 1
    set_preferences(actor=anna, chosen={ROLE: off})
    assert NotificationPreference.objects.count() == 2


def test_every_kind_has_its_templates_in_the_agreed_place():
    for kind in kinds:
        assert kind.template.endswith(f"/email/{kind.code.replace('.', '_')}")
        assert kind.label
