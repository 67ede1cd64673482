import pytest
from django.test import Client


@pytest.fixture
def client():
    """A browser set to English, since the tests compare sentences."""
    return Client(headers={"accept-language": "en"})
