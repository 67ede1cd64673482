import pytest

from tests.journeys.street import make_street


@pytest.fixture
def streets(personas):
    """The personas, with ``here`` (the street of worker, staff, leader, supervisor) and ``there`` (that of the others),
    each with a record of every model. What people wrote here holds the word of the street, and so it does there."""
    personas.here = make_street(
        word="清泰甲", community=personas.community, worker=personas.worker, staff=personas.staff,
        leader=personas.leader, supervisor=personas.supervisor,
    )  # fmt: skip
    personas.there = make_street(
        word="小营乙", community=personas.other_community, worker=personas.other_worker, staff=personas.other_staff,
        leader=personas.other_leader,
    )  # fmt: skip
    return personas


@pytest.fixture(autouse=True)
def _in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
