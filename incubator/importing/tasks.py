from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.importing import services
from incubator.jobs.registries import daily_job, job


@job("importing.import_divisions", retry_on=(OperationalError,), lease=timedelta(minutes=20))
def import_divisions(batch_uuid):
    services.run_division_import(batch_uuid=batch_uuid)


@daily_job(
    "importing.forget_old_lists",
    label=_("Forget uploaded lists"),
    text=_("Lists that nobody touched for a month go; how many rows they had stays."),
    at="03:00",
)  # fmt: skip
def forget_old_lists(day):
    return services.forget_old_lists(now=timezone.now())
