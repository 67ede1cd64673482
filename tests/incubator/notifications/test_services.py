from collections import Counter

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from incubator.accounts.models import User
from incubator.jobs.models import Job
from incubator.jobs.runner import run_due
from incubator.notifications.models import Delivery, Notification, NotificationPreference, NotificationRhythm
from incubator.notifications.registries import kinds
from incubator.notifications.services import notify, notify_many, set_preferences, unread_count
from tests.factories.accounts import UserFactory

ROLE, JOINED = "accounts.role_granted", "accounts.invitation_accepted"
DATA = {"role": "social_worker", "place": "清波街道", "name": "小王"}


def tell(person, key="1", kind=ROLE, link="/accounts/profile/"):
    return notify(kind, recipient=person, dedup_key=key, data=DATA, link=link)


def test_the_same_key_tells_a_person_once(anna):
    assert tell(anna).pk == tell(anna).pk
    tell(UserFactory(email="b@example.org"))

    assert (Notification.objects.count(), Delivery.objects.count(), Job.objects.count()) == (2, 2, 2)


@pytest.mark.parametrize("values", [{"email": ""}, {"is_active": False}])
def test_who_cannot_be_written_to_is_told_on_the_site_alone(values):
    notice = tell(UserFactory(**{"email": "b@example.org"} | values))
    assert notice.in_inbox
    assert (Delivery.objects.count(), Job.objects.count()) == (0, 0)


def test_a_rolled_back_cause_leaves_neither_notice_nor_delivery_nor_job(anna):
    with transaction.atomic():
        tell(anna)
        transaction.set_rollback(True)
    assert (Notification.objects.count(), Delivery.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_to_tell_one_person_costs_seven_queries_at_most(anna, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        tell(anna)


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


def test_nothing_is_escaped_in_a_letter(anna):
    notify(ROLE, recipient=anna, dedup_key="1", data=DATA | {"place": "A & B's <place>"}, link="")
    run_due()
    assert mail.outbox[0].subject == "You have a new role: social worker (A & B's <place>)"


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


# --- many at once ---


def test_notify_many_writes_what_notify_would(anna):
    quiet = UserFactory(email="q@example.org")
    set_preferences(actor=quiet, chosen={JOINED: {"in_inbox": False, "by_email": False}})
    given = [(anna.pk, "1", DATA, "/accounts/profile/"), (quiet.pk, "1", DATA, ""), (UserFactory().pk, "1", DATA, "")]

    assert notify_many(JOINED, given) == 3
    assert [one.in_inbox for one in Notification.objects.order_by("pk")] == [True, False, True]
    (delivery,) = Delivery.objects.all()
    assert (delivery.notification.recipient, delivery.channel, delivery.state) == (anna, "email", "queued")
    assert tell(anna, "1", JOINED) == delivery.notification
    run_due()
    assert len(mail.outbox) == 1


def test_notify_many_tells_each_once_also_in_one_call_and_in_a_second(anna):
    given = [(anna.pk, "1", DATA, "")] * 3 + [(anna.pk, "2", DATA, "")]
    assert [notify_many(ROLE, given), notify_many(ROLE, given)] == [2, 0]
    assert (Notification.objects.count(), Delivery.objects.count(), Job.objects.count()) == (2, 2, 2)


def test_notify_many_refuses_unknown_people_kinds_and_foreign_links(anna):
    for error, kind, row in (
        (KeyError, "accounts.typo", (anna.pk, "1", DATA, "")),
        (KeyError, ROLE, (anna.pk + 99, "1", DATA, "")),
        (ValueError, ROLE, (anna.pk, "1", DATA, "//evil.example/")),
    ):
        with pytest.raises(error):
            notify_many(kind, [row])
    assert not Notification.objects.exists()


def test_a_thousand_notices_cost_nine_queries_and_one_when_they_are_told():
    """On PostgreSQL. SQLite takes 999 values in a statement, so it needs more INSERTs for the same."""
    User.objects.bulk_create(
        User(username=f"p{number}", name="x", password="x", email=f"p{number}@example.org") for number in range(1000)
    )
    people = list(User.objects.order_by("pk"))
    NotificationRhythm.objects.bulk_create(NotificationRhythm(user=person, digest_hour=8) for person in people[:200])
    given = [(person.pk, "1", DATA, "") for person in people]
    with CaptureQueriesContext(connection) as asked:
        assert notify_many(JOINED, given) == 1000
    verbs = Counter(query["sql"].split()[0] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE")))
    assert verbs["SELECT"] == (6 if connection.vendor == "sqlite" else 5)
    assert verbs["INSERT"] == 4 or connection.vendor == "sqlite"
    assert verbs.keys() <= {"SELECT", "INSERT"}
    assert (Delivery.objects.filter(in_digest=True).count(), Job.objects.count()) == (200, 1000)
    with CaptureQueriesContext(connection) as asked:
        assert notify_many(JOINED, given) == 0
    assert len(asked) == 1
