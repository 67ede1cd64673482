"""What opens something for whoever knows it stays out of the log."""

import io
import logging

import pytest
import time_machine

from incubator.base.logs import SecretFormatter, hide_secrets
from tests.factories.waves import OPENED_AT, WaveFactory


@pytest.mark.no_db
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Unprocessable Entity: /q/Zx81-abc_dEF4567/", "Unprocessable Entity: /q/•••/"),
        ("Gone: /s/ABCD2345EFGH/", "Gone: /s/•••/"),
        ("https://x.example/accounts/invitation/abc.DEF/?next=/", "https://x.example/accounts/invitation/•••/?next=/"),
        ('"GET /calendar/abcDEF.ics HTTP/1.1" 404', '"GET /calendar/•••.ics HTTP/1.1" 404'),
        ("Not Found: /calendar/agenda/", "Not Found: /calendar/agenda/"),
        ("Not Found: /organizations/x/", "Not Found: /organizations/x/"),
    ],
)
def test_secret_addresses_are_hidden(said, kept):
    assert hide_secrets(said) == kept


@time_machine.travel(OPENED_AT, tick=False)
def test_a_sheet_with_a_mistake_leaves_no_address_in_the_log(client):
    """Through the handler that the settings put on everything."""
    wave = WaveFactory(opened=True)
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, SecretFormatter))
    written = io.StringIO()
    before = handler.setStream(written)
    try:
        assert client.post(wave.get_answer_url(), {}).status_code == 422
        logging.getLogger("anything").error("failed at %s", wave.get_answer_url())
        try:
            raise ValueError(wave.get_answer_url())
        except ValueError:
            logging.getLogger("anything").exception("failed")
    finally:
        handler.setStream(before)
    assert "Unprocessable Entity: /q/•••/" in written.getvalue()
    assert wave.token not in written.getvalue()
