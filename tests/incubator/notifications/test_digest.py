"""Two jobs of one person's digest at once: yesterday's, tried again, and today's."""

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from incubator.jobs.registries import LaterError
from incubator.jobs.runner import run_due
from incubator.notifications.models import Delivery
from incubator.notifications.services import delivery as module
from incubator.notifications.services import set_preferences
from tests.incubator.notifications.telling import at, tell


@pytest.fixture
def waiting(anna):
    """Two notices for tomorrow's digest; it is eight o'clock of that day."""
    set_preferences(actor=anna, chosen={}, rhythm={"digest_hour": 8, "quiet_from": None, "quiet_to": None})
    with time_machine.travel(at(22, 10), tick=False) as clock:
        for key in "12":
            tell(anna, key)
        clock.move_to(at(23, 8))
        yield clock


def test_a_second_job_leaves_what_the_first_is_sending_to_it(anna, waiting, monkeypatch):
    real, seen = EmailBackend.send_messages, []

    def send(self, letters):
        with pytest.raises(LaterError) as later:
            module.deliver_digest(user_id=anna.pk)
        seen.append(later.value.until)
        return real(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    run_due()
    assert len(mail.outbox) == 1
    assert seen == [timezone.now() + module.IN_HANDS]
    assert not module.deliver_digest(user_id=anna.pk)
    assert len(mail.outbox) == 1


def test_what_both_saw_before_either_began_is_sent_by_one(anna, waiting, monkeypatch):
    """The other takes all of it between this one's look and its claim."""
    real = module._hold

    def hold(*given):
        real(*given)
        monkeypatch.setattr(module, "_hold", real)
        assert module.deliver_digest(user_id=anna.pk)

    monkeypatch.setattr(module, "_hold", hold)
    assert not module.deliver_digest(user_id=anna.pk)
    assert len(mail.outbox) == 1


def test_a_digest_whose_worker_was_killed_goes_a_little_later(anna, waiting):
    for delivery in Delivery.objects.all():
        assert Delivery.objects.claim(delivery)
    run_due()
    assert mail.outbox == []
    waiting.move_to(timezone.now() + module.IN_HANDS)
    run_due()
    assert len(mail.outbox) == 1
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 2)}
