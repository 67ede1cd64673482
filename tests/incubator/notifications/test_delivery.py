"""From the outbox to the mailbox: once, later, again, or not at all and with a reason."""

import datetime
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import Conflict
from incubator.jobs import runner
from incubator.jobs.models import Job, JobState
from incubator.jobs.runner import run_due
from incubator.notifications import services
from incubator.notifications.models import ChannelRest, Delivery, Notification
from incubator.notifications.services import delivery as module
from incubator.notifications.services import notify_many, set_preferences
from tests.factories.accounts import UserFactory
from tests.incubator.notifications.telling import DATA, JOINED, ROLE, at, states, tell

PICKY = "tests.incubator.notifications.fake_services.PickyBackend"


def test_redelivery_sends_once(anna):
    notice = tell(anna)
    assert services.deliver_notification(notification_id=notice.pk) is True
    assert services.deliver_notification(notification_id=notice.pk) is False
    run_due()
    assert len(mail.outbox) == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 1, "")


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_sent_outside_a_transaction_so_that_a_slow_server_holds_nothing(anna, monkeypatch):
    plain, within = EmailBackend.send_messages, []

    def watching(self, letters):
        within.append(connection.in_atomic_block)
        return plain(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", watching)
    tell(anna)
    run_due()
    assert (within, len(mail.outbox)) == ([False], 1)


def test_what_is_not_wanted_any_more_when_its_time_comes_is_skipped(anna):
    gone = UserFactory(email="gone@example.org")
    tell(anna), tell(gone)
    set_preferences(actor=anna, chosen={JOINED: {"in_inbox": True, "by_email": False}})
    gone.is_active = False
    gone.save()
    run_due()
    assert (states(), mail.outbox) == (["skipped", "skipped"], [])
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_a_try_is_claimed_by_one_worker_only(anna):
    tell(anna)
    delivery = Delivery.objects.get()
    assert Delivery.objects.claim(delivery)
    assert not Delivery.objects.claim(delivery)


def test_a_failing_mail_server_is_asked_again_with_growing_pauses_and_then_given_up(anna, monkeypatch):
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda self, letters: _raise(smtplib.SMTPDataError(451, b"later"))
    )
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        tell(anna)
        pauses = []
        for _try in range(6):
            assert run_due() == 1
            job = Job.objects.get()
            if job.state == JobState.QUEUED:
                assert states() == ["failed"]
                pauses.append((job.run_at - timezone.now()).total_seconds() / 60)
                clock.move_to(job.run_at + timedelta(seconds=1))
    assert pauses == [1, 5, 15, 60, 240]
    delivery = Delivery.objects.get()
    assert (Job.objects.get().state, delivery.state, delivery.attempts, delivery.error) == (
        "dead",
        "dead",
        6,
        "451 later",
    )


def _raise(error):
    raise error


def test_one_refused_of_two_hundred_does_not_stop_the_others(settings):
    settings.EMAIL_BACKEND = PICKY
    people = [UserFactory(email=f"p{number}@example.org") for number in range(198)]
    people += [UserFactory(email="nobody@example.org"), UserFactory(email="busy@example.org")]
    notify_many(JOINED, [(person.pk, "1", DATA, "") for person in people])
    run_due(seconds=1200)

    assert len(mail.outbox) == 198
    odd = Delivery.objects.exclude(state="sent").order_by("notification__recipient__email")
    assert [(one.notification.recipient.email, one.state, one.error) for one in odd] == [
        ("busy@example.org", "failed", "450 4.2.1 mailbox busy"),
        ("nobody@example.org", "dead", "550 5.1.1 <•••> unknown"),
    ]


def test_a_mail_server_that_does_not_answer_rests_and_nobody_s_try_is_used_up(settings, monkeypatch):
    tries = []

    def away(self, letters):
        tries.append(1)
        raise smtplib.SMTPServerDisconnected("gone")

    plain = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", away)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(5):
            tell(UserFactory(email=f"p{number}@example.org"))
        run_due()
        assert len(tries) == 1, "the others wait for the end of the rest"
        assert states() == ["failed", *["queued"] * 4]
        assert sorted(Job.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
        monkeypatch.setattr(EmailBackend, "send_messages", plain)
        clock.shift(timedelta(minutes=2))
        run_due()
    assert (states(), ChannelRest.objects.count(), len(mail.outbox)) == (["sent"] * 5, 0, 5)


def test_a_worker_killed_between_sending_and_noting_repeats_the_letter_once_under_the_same_key(
    anna, monkeypatch, run_all
):
    plain, kills = module._close, [1]

    def killed(deliveries, state):
        if state == "sent" and kills:
            kills.pop()
            raise SystemExit
        plain(deliveries, state)

    monkeypatch.setattr(module, "_close", killed)
    tell(anna)
    with pytest.raises(SystemExit):
        run_due()
    runner.release_all(now=timezone.now())
    run_all()
    run_all()

    assert len(mail.outbox) == 2
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1
    assert (Notification.objects.count(), states()) == (1, ["sent"])


def test_a_worker_killed_at_every_try_leaves_a_dead_letter(anna, monkeypatch):
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, letters: _raise(SystemExit()))
    tell(anna)
    for _try in range(6):
        with pytest.raises(SystemExit):
            run_due()
        runner.release_all(now=timezone.now())
    run_due()
    delivery = Delivery.objects.get()
    assert (Job.objects.get().state, delivery.state, delivery.error) == ("dead", "dead", runner.LOST)


@pytest.mark.parametrize(
    "values", [{"state": "sent"}, {"state": "dead"}, {"state": "failed"}, {"sent_at": timezone.now()}]
)
def test_the_database_refuses_a_state_without_its_facts(anna, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(notification=tell(anna), channel="wecom", due_at=timezone.now(), **values)


# --- quiet hours and digest ---


def test_letters_wait_for_the_end_of_quiet_hours_duty_or_not(anna):
    quiet = {"digest_hour": None, "quiet_from": datetime.time(22), "quiet_to": datetime.time(7)}
    set_preferences(actor=anna, chosen={}, rhythm=quiet)
    with time_machine.travel(at(22, 23), tick=False) as clock:
        tell(anna, kind=ROLE), tell(anna, kind=JOINED, key="2")
        run_due()
        assert (mail.outbox, {one.due_at for one in Delivery.objects.all()}) == ([], {at(23, 7)})
        clock.move_to(at(23, 7))
        run_due()
    assert len(mail.outbox) == 2


def test_quiet_hours_chosen_later_hold_back_what_waits_already(anna):
    with time_machine.travel(at(22, 23), tick=False):
        tell(anna)
        quiet = {"digest_hour": None, "quiet_from": datetime.time(22), "quiet_to": datetime.time(7)}
        set_preferences(actor=anna, chosen={}, rhythm=quiet)
        run_due()
        job = Job.objects.get()
        assert (mail.outbox, job.state, job.run_at, job.attempts) == ([], "queued", at(23, 7), 0)


def test_a_digest_is_one_letter_a_day_and_duty_does_not_wait_for_it(anna, settings):
    settings.SITE_URL = "https://miaopu.example"
    set_preferences(actor=anna, chosen={}, rhythm={"digest_hour": 8, "quiet_from": None, "quiet_to": None})
    with time_machine.travel(at(22, 10), tick=False) as clock:
        for number in range(3):
            tell(anna, key=str(number))
        tell(anna, kind=ROLE, key="role")
        run_due()
        assert [letter.subject for letter in mail.outbox] == ["You have a new role: social worker (清波街道)"]
        clock.move_to(at(23, 8))
        run_due()
        tell(anna, key="late")
        run_due()
    digest = mail.outbox[1]
    assert (len(mail.outbox), digest.subject) == (2, "2026-11-23: 3 notices")
    assert digest.body.count("小王 has joined") == 3
    assert digest.body.count("https://miaopu.example/accounts/profile/") == 3
    assert Delivery.objects.get(state="queued").due_at == at(24, 8)


def test_a_digest_leaves_out_what_was_switched_off_and_is_not_sent_empty(anna):
    set_preferences(actor=anna, chosen={}, rhythm={"digest_hour": 8, "quiet_from": None, "quiet_to": None})
    with time_machine.travel(at(22, 10), tick=False) as clock:
        tell(anna)
        set_preferences(actor=anna, chosen={JOINED: {"in_inbox": True, "by_email": False}})
        clock.move_to(at(23, 8))
        run_due()
    assert (mail.outbox, states()) == ([], ["skipped"])


def test_a_digest_that_is_refused_is_a_dead_letter_for_each_and_goes_singly_when_tried_again(settings, personas):
    settings.EMAIL_BACKEND = PICKY
    person = UserFactory(email="nobody@example.org", language="en")
    set_preferences(actor=person, chosen={}, rhythm={"digest_hour": 8, "quiet_from": None, "quiet_to": None})
    with time_machine.travel(at(22, 10), tick=False) as clock:
        tell(person, "1"), tell(person, "2")
        clock.move_to(at(23, 8))
        run_due()
        assert (states(), Job.objects.get().state) == (["dead", "dead"], "dead")
        person.email = "somebody@example.org"
        person.save()
        services.retry_delivery(delivery_id=Delivery.objects.first().pk, actor=personas.admin)
        run_due()
    assert (states(), len(mail.outbox)) == (["dead", "sent"], 1)


# --- dead letters ---


def dead(anna):
    notice = tell(anna)
    Delivery.objects.update(state="dead", error="550 gone")
    Job.objects.update(state="dead", finished_at=timezone.now(), attempts=6)
    return notice.deliveries.get()


def test_a_dead_letter_is_sent_again_with_one_event(anna, personas):
    delivery = dead(anna)
    services.retry_delivery(delivery_id=delivery.pk, actor=personas.admin)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.data) == (
        "delivery.retried",
        personas.admin,
        {"channel": "email", "error": "550 gone"},
    )
    run_due()
    assert (states(), len(mail.outbox)) == (["sent"], 1)


@pytest.mark.parametrize("state", ["queued", "failed", "skipped"])
def test_what_is_no_dead_letter_is_not_sent_again(anna, personas, state):
    tell(anna)
    Delivery.objects.update(state=state, error="x")
    with pytest.raises(Conflict):
        services.retry_delivery(delivery_id=Delivery.objects.get().pk, actor=personas.admin)
    assert not AuditEvent.objects.exists()


def test_the_job_of_a_dead_letter_may_be_started_again_just_as_well(anna, personas):
    from incubator.site.operations.services import retry_job

    dead(anna)
    retry_job(job_id=Job.objects.get().pk, actor=personas.admin)
    run_due()
    assert (states(), len(mail.outbox)) == (["sent"], 1)


def test_sending_one_letter_costs_the_same_queries_whatever_waits(anna, django_assert_num_queries):
    for number in range(3):
        tell(UserFactory(email="b@example.org"), key=str(number))
    notice = tell(anna)
    delivery = notice.deliveries.get()
    with django_assert_num_queries(7):
        services.deliver(delivery_id=delivery.pk)
