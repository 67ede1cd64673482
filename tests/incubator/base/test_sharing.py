"""Notices for chat groups are short and keep their link; the code is a picture that can be read."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from incubator.base.sharing import group_notice, qr_picture

pytestmark = pytest.mark.no_db
URL = "https://miaopu.example/projects/activities/5b0a6a50-7c58-4f0e-9b7e-2f1f4c1d0a01/"


def test_a_notice_says_what_when_where_and_the_link():
    notice = group_notice("治安服务队 · 走访", "2026-11-03 09:30", "凉亭", URL)
    assert notice == f"治安服务队 · 走访\n2026-11-03 09:30\n凉亭\n{URL}"


@given(st.text(max_size=600), st.text(max_size=60), st.text(max_size=300))
def test_a_notice_has_at_most_200_characters_and_ends_with_its_link(what, when, where):
    notice = group_notice(what, when, where, URL)
    assert len(notice) <= 200
    assert notice.endswith(URL)


def test_the_longest_part_is_cut_first():
    notice = group_notice("长" * 300, "2026-11-03 09:30", "凉亭", URL)
    assert len(notice) <= 200
    assert "2026-11-03 09:30\n凉亭" in notice
    assert "…" in notice


@pytest.mark.parametrize("title", ["", "治安服务队第一次培训", "很长的名字" * 30])
def test_the_code_is_a_picture(title):
    picture = Image.open(io.BytesIO(qr_picture(title, URL)))
    assert picture.format == "PNG"
    assert picture.width >= 400
    assert picture.height >= picture.width
