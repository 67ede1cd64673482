import pytest
from django.utils import timezone

from incubator.jobs.models import Job
from incubator.jobs.runner import run_due
from incubator.notifications.registries import NotificationKind, kinds
from tests.factories.accounts import UserFactory
from tests.incubator.notifications.fake_services import serving


@pytest.fixture
def fake(settings):
    """The fake robots' services, with short patience."""
    with serving() as fake:
        settings.ROBOT_ENDPOINT, settings.ROBOT_SECONDS = fake.base, 1
        settings.SITE_URL = "https://miaopu.example"
        yield fake


@pytest.fixture
def group_kind():
    """A kind that is for groups; no duty, not urgent."""

    @kinds.register
    class Told(NotificationKind):
        code = "tests.told"
        label = "told"
        template = "evaluations/email/wave_closed"
        for_groups = True

        @classmethod
        def context(cls, data):
            return {"title": data.get("title", "清波街道居民问卷"), "answered": 12}

    yield Told.code
    kinds.unregister(Told.code)


@pytest.fixture
def anna():
    return UserFactory(name="安娜", email="anna@example.org", language="en")


@pytest.fixture
def run_all():
    """Everything that is asked for is due now; returns how many jobs ran."""

    def run():
        Job.objects.filter(state="queued").update(run_at=timezone.now())
        return run_due()

    return run
