"""Numbers of filings under a race: each is given once, on SQLite and on PostgreSQL."""

import threading

import pytest
from django.db import OperationalError, connection

from organizations.models import Filing, FilingCounter
from organizations.services import filing_decision as decisions
from tests.factories.organizations import FilingFactory, OrganizationFactory
from tests.personas import make_personas


@pytest.mark.django_db(transaction=True)
def test_two_filings_at_once_get_two_numbers():
    personas = make_personas()
    organizations = OrganizationFactory.create_batch(4, community=personas.community)
    filings = [FilingFactory(organization=each, checked=True) for each in organizations]
    barrier, failures = threading.Barrier(len(filings)), []

    def file_one(filing):
        barrier.wait()
        try:
            decisions.file_filing(filing_id=filing.pk, actor=personas.staff)
        except OperationalError as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=file_one, args=[filing]) for filing in filings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert FilingCounter.objects.get().last == 4
    assert len(set(Filing.objects.values_list("number", flat=True))) == 4
