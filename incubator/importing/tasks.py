from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from incubator.importing import services
from incubator.jobs.registries import daily_job, job


@job("importing.import_divisions", retry_on=(OperationalError,), lease=timedelta(minutes=20))
def import_divisions(batch_uuid):
    services.run_division_import(batch_uuid=batch_uuid)


@daily_job("importing.forget_old_lists")
def forget_old_lists(day):
    services.forget_old_lists(now=timezone.now())
