"""The notices of filings read as sentences, with the organization and what it is about."""

import pytest
from django.template.loader import render_to_string

from incubator.notifications.registries import kinds

CODES = ("submitted", "checked", "returned", "filed", "suspended", "resumed", "cancelled")


@pytest.mark.no_db
@pytest.mark.parametrize("code", CODES)
def test_subject_and_body_name_the_organization(code):
    kind = kinds[f"filing.{code}"]
    data = kind.context({"organization": "治安服务队", "kind": "new"})
    subject = render_to_string(f"{kind.template}_subject.txt", data)
    body = render_to_string(f"{kind.template}_body.txt", data)
    assert ("治安服务队" in subject, "治安服务队" in body, len(subject.strip().splitlines())) == (True, True, 1)
