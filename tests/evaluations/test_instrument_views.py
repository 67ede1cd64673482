"""The builder in the browser: every step a plain form, without scripts; and who sees and changes what."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations.models import Instrument, InstrumentVersion
from evaluations.policies import instrument as policies
from evaluations.services.instrument_sheet import questionnaire_workbook
from evaluations.validators import items_of
from incubator.base.policies import verdict
from tests.factories.instruments import InstrumentFactory, content, likert, published, section, words
from tests.personas import PEOPLE

HEAD = {"title": "居民问卷", "title_en": "", "subject": "resident", "intro": "您好", "intro_en": "", "source": ""}
ITEM = {"text": "问什么", "text_en": "", "help": "", "help_en": ""}


def url(name, instrument, *more):
    return reverse(f"evaluations:instrument-{name}", args=[instrument.uuid, *more])


@pytest.fixture
def own(place):
    return InstrumentFactory(division=place.street, title="街道问卷", created_by=place.staff)


@pytest.fixture
def maker(place, sign_in):
    return sign_in(place.worker)


def test_a_questionnaire_is_made_asked_and_published_in_the_browser(place, maker):
    sent = HEAD | {"division": place.street.code, "uuid": str(uuid.uuid4())}
    places = {maker.post(reverse("evaluations:instrument-create"), sent)["Location"] for _click in range(2)}
    made = Instrument.objects.get(title="居民问卷")
    assert places == {made.get_absolute_url()}
    assert maker.post(url("section-add", made), {"title": "甲", "uuid": str(uuid.uuid4())}).status_code == 302
    assert maker.post(url("scale-add", made), {"label": "能力", "min_answered": 1, "level": ""}).status_code == 302
    more = {
        "likert": {"labels": "低\n中 | middle\n高", "scale": "scale1"}, "single": {"options": "一 | one\n二"},
        "multiple": {"options": "甲\n乙"}, "number": {"min": 0, "max": 9, "unit": "人"}, "text": {},
    }  # fmt: skip
    for kind, fields in more.items():
        data = ITEM | fields | {"text": f"问{kind}", "uuid": str(uuid.uuid4())}
        assert maker.post(url("item-add", made, "s1", kind), data).status_code == 302
    assert maker.post(url("item-match", made, "q3"), {"c1": ["visit", "training"]}).status_code == 302
    page = maker.get(made.get_absolute_url())
    assert (page.status_code, page.context["problems"]) == (200, [])
    assert maker.post(url("publish", made)).status_code == 302
    version = InstrumentVersion.objects.get(instrument=made)
    assert [item["kind"] for item in items_of(version.content)] == list(more)
    assert items_of(version.content)[0]["labels"][1] == words("中", "middle")
    assert items_of(version.content)[2]["options"][0]["services"] == ["visit", "training"]
    assert maker.get(url("version", made, 1)).status_code == 200
    assert maker.get(url("version", made, 2)).status_code == 404


def test_steps_change_move_and_take_out(maker, own):
    assert maker.get(url("item-update", own, "q1")).context["form"].initial["labels"].startswith("非常不同意\n")
    sent = ITEM | {"text": "改了", "labels": "低\n中\n高", "scale": ""}
    assert maker.post(url("item-update", own, "q1"), sent)["Location"].endswith("#item-q1")
    for name, row in (
        ("item-down", "q1"), ("item-up", "q3"), ("item-remove", "q7"), ("section-down", "s1"), ("section-up", "s1"),
        ("scale-remove", "able"), ("section-remove", "s2"),
    ):  # fmt: skip
        assert maker.post(url(name, own, row)).status_code == 302
        assert maker.post(url(name, own, "gone")).status_code == 404
    own.refresh_from_db()
    assert [item["id"] for item in items_of(own.draft)] == ["q2", "q3", "q1"]
    assert maker.post(url("section-update", own, "s1"), {"title": "新"}).status_code == 302
    assert maker.get(url("item-add", own, "s1", "oracle")).status_code == 404
    assert maker.get(url("item-match", own, "q7")).status_code == 404


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("text", {"text": ""}, "Please write what is asked"),
        ("text", {"text": "我会主持"}, "Another question has the same"),
        ("likert", {"labels": "低\n高"}, "3 to 7 points"), ("likert", {"labels": "低\n低\n高"}, "the same words"),
        ("likert", {"labels": ""}, "write the points"), ("single", {"options": "一"}, "at least two choices"),
        ("multiple", {"options": "| one\n二"}, "no words before the bar"),
        ("single", {"options": "\n".join(str(n) for n in range(41))}, "at most 40 choices"),
        ("number", {"min": 5, "max": 4}, "larger than the largest"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_comes_back_with_a_sentence(maker, own, kind, more, sentence):
    answer = maker.post(url("item-add", own, "s1", kind), ITEM | more)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    own.refresh_from_db()
    assert own.draft == content()


def test_what_keeps_it_from_being_published_is_told_with_a_link_to_it(maker, place):
    made = InstrumentFactory(
        division=place.street, draft=content(section("s1", likert("q1", "会", scale="")), section("s2")), title="坏的"
    )
    page = maker.get(made.get_absolute_url()).content.decode()
    assert "No question counts towards the scale" in page
    assert url("scale-update", made, "able") in page
    assert url("section-update", made, "s2") in page
    assert url("publish", made) not in page
    maker.post(url("publish", made))
    assert not made.versions.exists()


def test_a_change_made_meanwhile_is_shown_beside(maker, own):
    seen = maker.get(url("update", own)).context["form"]["edition"].value()
    assert maker.post(url("update", own), HEAD | {"edition": seen}).status_code == 302
    assert maker.post(url("update", own), HEAD | {"title": "另一个", "edition": seen}).status_code == 409
    assert maker.post(url("update", own), HEAD | {"is_validated": "on"}).status_code == 422


def test_a_shipped_one_is_copied_for_ones_place_and_not_changed(maker, place):
    shipped = Instrument.objects.get(code="needs-three-levels")
    assert maker.get(url("update", shipped)).status_code == 403
    assert "Copy for my place" in maker.get(shipped.get_absolute_url()).content.decode()
    sent = {"title": "我们的", "title_en": "", "division": place.street.code, "uuid": str(uuid.uuid4())}
    places = {maker.post(url("copy", shipped), sent)["Location"] for _click in range(2)}
    copy = Instrument.objects.get(title="我们的")
    assert places == {copy.get_absolute_url()}
    assert copy.division == place.street
    foreign = sent | {"division": place.other_street.code, "uuid": str(uuid.uuid4())}
    assert maker.post(url("copy", shipped), foreign).status_code == 422


def test_the_preview_is_the_very_form_and_keeps_nothing(maker, own):
    address = url("preview", own)
    assert maker.get(address).content.decode().count("<fieldset") == 5
    assert maker.post(address, {"a-q1": ""}).status_code == 422
    assert "nothing was kept" in maker.post(address, {"a-q1": "3"}).content.decode()
    assert "answer-figure" in maker.get(f"{address}?paper=1").content.decode()
    published(own)
    assert maker.get(f"{address}?edition=1").status_code == 200
    assert {maker.get(f"{address}?edition={number}").status_code for number in ("2", "x", "9" * 30)} == {404}


def upload(data):
    return SimpleUploadedFile("x.xlsx", data)


def test_a_workbook_goes_out_and_comes_in(maker, own, place):
    book = b"".join(maker.get(url("export", own)))
    sent = {"file": upload(book), "division": place.street.code, "subject": "member", "uuid": str(uuid.uuid4())}
    assert maker.post(reverse("evaluations:instrument-import"), sent).status_code == 302
    assert Instrument.objects.get(title="问卷").draft == content()
    other = content(section("s1", likert("q1", "甲"), likert("q2", "乙")))
    assert maker.post(url("replace", own), {"file": upload(questionnaire_workbook(other))}).status_code == 302
    own.refresh_from_db()
    assert own.draft == other
    broken = questionnaire_workbook(content(section("s1", likert("q1", ""))))
    for data, sentence in ((broken, "Row 5: The question has no words."), (b"x,y", "no sheet of questions")):
        answer = maker.post(url("replace", own), {"file": upload(data)})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    own.refresh_from_db()
    assert own.draft == other


def test_old_editions_are_read_for_ever(maker, own):
    published(own)
    maker.post(url("item-remove", own, "q7"))
    maker.post(url("publish", own))
    maker.post(url("retire", own))
    assert "还想说什么" in maker.get(url("version", own, 1)).content.decode()
    assert "还想说什么" not in maker.get(url("version", own, 2)).content.decode()
    assert maker.get(url("version-export", own, 1)).status_code == 200
    maker.post(url("restore", own))
    own.refresh_from_db()
    assert own.is_active


# --- who -------------------------------------------------------------------------------------------------------------

ALLOWED = {
    policies.check_view_instrument: {
        "worker", "staff", "community_staff", "leader", "supervisor", "hub", "expert", "evaluator", "funder", "finance",
        "grid_worker", "district_admin", "admin",
    },
    policies.check_update_instrument: {"worker", "staff", "supervisor", "hub", "district_admin"},
    policies.check_publish_instrument: {"worker", "staff", "supervisor", "hub", "district_admin"},
    policies.check_retire_instrument: {"worker", "staff", "supervisor", "hub", "district_admin", "admin"},
    policies.check_restore_instrument: {"worker", "staff", "supervisor", "hub", "district_admin", "admin"},
    policies.check_copy_instrument: {"worker", "staff", "supervisor", "hub", "district_admin"},
}  # fmt: skip


@pytest.mark.parametrize("check", ALLOWED, ids=lambda check: check.__name__)
def test_exactly_these_people_may(place, own, check):
    assert {key for key in PEOPLE if verdict(check, getattr(place, key), own)} == ALLOWED[check]
    assert not verdict(check, place.anonymous, own)


def test_a_shipped_one_is_changed_by_nobody_and_put_aside_by_the_platform(place):
    shipped = Instrument.objects.get(code="satisfaction")
    assert {key for key in PEOPLE if verdict(policies.check_update_instrument, getattr(place, key), shipped)} == set()
    assert {key for key in PEOPLE if verdict(policies.check_retire_instrument, getattr(place, key), shipped)} == {
        "admin"
    }


def test_what_one_sees_in_lists_is_what_one_may_open(place):
    for division in (place.district, place.street, place.other_street, place.community, place.far_street):
        InstrumentFactory(division=division)
    everything = list(Instrument.objects.select_related("division"))
    for person in place.everybody:
        may = {thing for thing in everything if verdict(policies.check_view_instrument, person, thing)}
        assert set(Instrument.objects.visible_to(person)) == may, person


def test_foreign_places_are_not_found(place, own, sign_in):
    published(own)
    client = sign_in(place.other_worker)
    for name, more in (
        ("detail", ()),
        ("preview", ()),
        ("export", ()),
        ("version", (1,)),
        ("version-export", (1,)),
        ("copy", ()),
    ):
        assert client.get(url(name, own, *more)).status_code == 404
    assert "街道问卷" not in client.get(reverse("evaluations:instrument-list")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        published(InstrumentFactory(division=place.street))
    client = sign_in(place.staff)
    with django_assert_num_queries(6):
        page = client.get(reverse("evaluations:instrument-list"))
    assert page.content.decode().count('class="row-link"') == number + 5


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_one_and_three_editions(place, own, sign_in, django_assert_num_queries, number):
    for edition in range(number):
        own.title = f"第{edition}版"
        own.draft = own.draft | {"title": words(own.title)}
        own.save()
        published(own)
    client = sign_in(place.staff)
    with django_assert_num_queries(6):
        client.get(own.get_absolute_url())
