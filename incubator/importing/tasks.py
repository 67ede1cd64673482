from datetime import timedelta

from django.db import OperationalError

from incubator.importing import services
from incubator.jobs.registries import job


@job("importing.import_divisions", retry_on=(OperationalError,), lease=timedelta(minutes=20))
def import_divisions(batch_uuid):
    services.run_division_import(batch_uuid=batch_uuid)
