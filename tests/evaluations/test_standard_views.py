"""Pages of growth standards: a walk from the sample to a published edition of one's own, bad input, who may what."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations.models import GrowthStandard
from evaluations.policies import standard as policies
from evaluations.services import standard_draft as drafts
from evaluations.services.standard import content_of
from evaluations.services.standard_reader import read_standard
from evaluations.views.standard import problem_url
from incubator.base.policies import verdict
from tests.evaluations.standards import DEFAULT
from tests.evaluations.test_standard_sheet import FUJIAN_2012, workbook
from tests.factories.standards import GrowthStandardFactory
from tests.personas import PEOPLE
from tests.projects.conftest import _in_english, place  # noqa: F401 - fixtures


def url(name, standard, *args):
    return reverse(f"evaluations:standard-{name}", args=[standard.uuid, *args])


@pytest.fixture
def shipped(db):
    return GrowthStandard.objects.get(division=None)


@pytest.fixture
def own(personas):
    made = GrowthStandardFactory(division=personas.street)
    made.draft = content_of(made)
    made.save()
    return made


@pytest.fixture
def office(personas, sign_in):
    return sign_in(personas.staff)


def text(response):
    return response.content.decode()


def test_from_the_sample_to_a_published_standard_of_ones_own(personas, shipped, office):
    page = text(office.get(shipped.get_absolute_url()))
    assert "This is a sample template" in page
    form = {"division": personas.street.code, "title": "望江成长标准", "title_en": "", "uuid": str(uuid.uuid4())}
    answers = [office.post(url("copy", shipped), form) for _click in range(2)]
    own = GrowthStandard.objects.get(division=personas.street)
    assert [answer["Location"] for answer in answers] == [own.get_absolute_url()] * 2
    added = office.post(
        url("part-add", own, "dimensions.service"),
        {"uuid": str(uuid.uuid4()), "label": "创新", "points": "2.5", "source": "judged", "mode": "options",
         "options": "有 | Yes = 2.5\n没有 = 0"},
    )  # fmt: skip
    assert added.status_code == 302, added.context["form"].errors
    page = office.get(own.get_absolute_url())
    assert [row["sentence"] for row in page.context["problems"]] == [
        "Its indicators add up to 32.5 points, but 30 are stated."
    ]
    refused = office.post(url("publish", own), follow=True)
    assert "stands in the way of publishing" in text(refused)
    assert not own.versions.exists()
    code = drafts.parts_of(GrowthStandard.objects.get(pk=own.pk).draft, "dimensions.service")[-1]["code"]
    assert office.get(url("part-update", own, "dimensions.service", code)).status_code == 200
    assert office.post(url("part-remove", own, "dimensions.service", code)).status_code == 302
    assert office.post(url("publish", own)).status_code == 302
    assert own.versions.get().content["label"]["zh-hans"] == "望江成长标准"
    assert office.get(url("version", own, 1)).status_code == 200
    assert office.get(url("version", own, 7)).status_code == 404
    assert "published already" in text(office.post(url("publish", own), follow=True))
    assert office.post(url("retire", own)).status_code == 302
    assert office.post(url("restore", own)).status_code == 302


def test_every_part_of_the_shipped_standard_opens_in_its_form_and_saving_it_changes_nothing(own, office):
    holders = ["dimensions", "bonus", "vetoes", "bands"]
    holders += [f"dimensions.{one['code']}" for one in DEFAULT["dimensions"]]
    holders += [f"{key}.{one['code']}" for key in ("stages", "forms") for one in DEFAULT[key]]
    before = own.draft
    for holder in holders:
        for part in drafts.parts_of(own.draft, holder):
            page = office.get(url("part-update", own, holder, part["code"]))
            form = page.context["form"]
            data = {}
            for field in form:
                value = field.value()
                if value is not None and value is not False and value != "":
                    data[field.name] = value
            saved = office.post(url("part-update", own, holder, part["code"]), data)
            assert saved.status_code == 302, (holder, part["code"], saved.context["form"].errors)
    own.refresh_from_db()
    assert own.draft == before


@pytest.mark.parametrize(
    ("holder", "data", "fields"),
    [
        ("dimensions", {"label": "", "points": "-1"}, ["label", "points"]),
        ("dimensions.service", {"label": "x", "points": "ten", "source": "judged", "mode": "judged"}, ["points"]),
        ("dimensions.service", {"label": "x", "points": "5", "source": "auto:magic", "mode": "judged"}, ["source"]),
        ("dimensions.service", {"label": "x", "points": "5", "source": "judged", "mode": "tiers"}, ["tiers"]),
        ("dimensions.service", {"label": "x", "points": "5", "source": "judged", "mode": "tiers", "tiers": "12"}, ["tiers"]),
        ("bonus", {"label": "x", "points": "5", "source": "judged", "mode": "options", "options": "有"}, ["options"]),
        ("bonus", {"label": "x", "points": "5", "source": "judged", "mode": "deduct"}, ["per"]),
        ("bonus", {"label": "x", "points": "5", "source": "judged", "mode": "fixed", "op": ">="}, ["value"]),
        ("bands", {"label": "x", "low": "", "high": "1e9"}, ["low", "high"]),
        ("stages.seed", {"label": "x", "fact": "members", "op": "~", "value": ""}, ["op", "value"]),
        ("stages.seed", {"label": "x", "fact": "members", "op": ">=", "value": "3", "other_fact": "filed"}, ["other_value"]),
    ],
)  # fmt: skip
def test_what_was_typed_wrongly_comes_back_with_a_sentence_at_its_field(own, office, holder, data, fields):
    before = own.draft
    answer = office.post(url("part-add", own, holder), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == fields
    own.refresh_from_db()
    assert own.draft == before


def test_lists_and_parts_that_are_not_there_are_not_found(own, office):
    for holder in ("nothing", "stages.forest", "dimensions.x"):
        assert office.get(url("part-add", own, holder)).status_code == 404
    for holder, code in (("bands", "six_star"), ("stages.seed", "x"), ("nothing", "x")):
        assert office.get(url("part-update", own, holder, code)).status_code == 404
        assert office.post(url("part-remove", own, holder, code)).status_code == 404


def test_every_problem_leads_to_a_page_that_opens(own, office):
    content = own.draft
    places = ["total", "bonus_cap", "dimensions", "service", "service/frequency", "bands/five_star", "bands", "stages/tree",
              "stages/tree/score_85", "forms/strong_ties/ties", "vetoes/illegal_acts", "bonus/award", "rule:members",
              "template_score", "indicator:reach", "stage:seed", "service/nothing", ""]  # fmt: skip
    for where in places:
        assert office.get(problem_url(own, content, where).partition("#")[0]).status_code == 200, where


# --- workbooks ---


def test_the_export_is_taken_again_and_leaves_the_draft_as_it_was(own, office):
    exported = office.get(url("export", own))
    data = b"".join(exported.streaming_content) if exported.streaming else exported.content
    assert exported["Content-Type"].endswith("sheet")
    before = own.draft
    assert office.post(url("replace", own), {"file": SimpleUploadedFile("a.xlsx", data)}).status_code == 302
    own.refresh_from_db()
    assert own.draft == before


def test_a_score_sheet_of_an_office_becomes_a_draft_with_its_sums_to_be_put_right(own, office):
    upload = SimpleUploadedFile("福建2012.xlsx", workbook(FUJIAN_2012))
    assert office.post(url("replace", own), {"file": upload}).status_code == 302
    page = text(office.get(own.get_absolute_url()))
    assert "add up to 125 points, but 135 are stated" in page
    own.refresh_from_db()
    assert own.draft["bands"] == DEFAULT["bands"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "0 bytes"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 60, "a picture"),
        (workbook([FUJIAN_2012[0], ["基础", "x", "", "", "名称", "y", ""]]), "row 2"),
    ],
)
def test_a_broken_file_is_refused_with_its_row_and_nothing_is_half_written(own, office, content, sentence):
    before = own.draft
    answer = office.post(url("replace", own), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert answer.status_code == 422
    assert sentence in text(answer)
    own.refresh_from_db()
    assert own.draft == before


def test_an_edition_is_exported_as_it_was_published(own, office):
    office.post(url("publish", own))
    drafts.remove_part(standard_id=own.pk, holder="dimensions", code="society", actor=own.created_by)
    data = office.get(url("version-export", own, 1))
    data = b"".join(data.streaming_content) if data.streaming else data.content
    assert read_standard(io.BytesIO(data).getvalue())["dimensions"] == DEFAULT["dimensions"]


# --- who ---


def test_who_sees_a_standard_is_the_same_by_list_and_by_page(place, own, shipped):  # noqa: F811
    far = GrowthStandardFactory(division=place.far_street if hasattr(place, "far_street") else place.other_street)
    for name in PEOPLE:
        user = getattr(place, name)
        listed = set(GrowthStandard.objects.visible_to(user).values_list("pk", flat=True))
        asked = {one.pk for one in (own, shipped, far) if verdict(policies.check_view_standard, user, one)}
        assert listed == asked, name


def test_makers_change_their_own_place_only_and_the_shipped_one_is_changed_by_nobody(place, own, shipped):  # noqa: F811
    may = {name for name in PEOPLE if verdict(policies.check_update_standard, getattr(place, name), own)}
    assert may == {"staff", "hub", "district_admin"}
    for name in PEOPLE:
        assert not verdict(policies.check_update_standard, getattr(place, name), shipped)
        assert not verdict(policies.check_publish_standard, getattr(place, name), shipped)
    may = {name for name in PEOPLE if verdict(policies.check_retire_standard, getattr(place, name), shipped)}
    assert may == {"admin"}
    may = {name for name in PEOPLE if verdict(policies.check_copy_standard, getattr(place, name), shipped)}
    assert may == {"staff", "other_staff", "hub", "district_admin"}


def test_a_foreign_place_is_refused_when_it_is_sent_anyway(personas, shipped, office):
    form = {"division": personas.other_street.code, "title": "x", "uuid": str(uuid.uuid4())}
    assert office.post(url("copy", shipped), form).status_code == 422
    assert GrowthStandard.objects.count() == 1


def test_a_social_worker_reads_and_does_not_change(own, personas, sign_in):
    client = sign_in(personas.worker)
    page = text(client.get(own.get_absolute_url()))
    assert "part-" not in page
    assert "Put aside" in page
    assert client.post(url("publish", own)).status_code == 403
    assert client.get(url("part-add", own, "bands")).status_code == 403


def test_a_standard_begins_empty_or_with_a_file_and_only_once(personas, office):
    page = text(office.get(reverse("evaluations:standard-list")))
    assert reverse("evaluations:standard-create") in page
    assert reverse("evaluations:standard-import") in page
    sent = {"division": personas.street.code, "title": "望江成长标准", "title_en": "", "uuid": str(uuid.uuid4())}
    answers = [office.post(reverse("evaluations:standard-create"), sent) for _click in range(2)]
    made = GrowthStandard.objects.get(division=personas.street)
    assert [answer["Location"] for answer in answers] == [made.get_absolute_url()] * 2
    assert (made.current, made.draft["total"], made.draft["dimensions"]) == (None, 100, [])
    assert "There is no dimension yet" in text(office.get(made.get_absolute_url()))

    book = workbook(FUJIAN_2012)
    sent |= {"uuid": str(uuid.uuid4()), "file": SimpleUploadedFile("标准.xlsx", book)}
    refused = office.post(reverse("evaluations:standard-import"), sent)
    assert (refused.status_code, "has a standard in use already" in text(refused)) == (422, True)
    made.is_active = False
    made.save()
    taken = office.post(reverse("evaluations:standard-import"), sent | {"file": SimpleUploadedFile("标准.xlsx", book)})
    other = GrowthStandard.objects.get(division=personas.street, is_active=True)
    assert taken["Location"] == other.get_absolute_url()
    assert other.draft["dimensions"] == read_standard(book)["dimensions"]


def test_nobody_makes_a_standard_for_another_place_or_from_a_file_that_cannot_be_read(personas, office, sign_in):
    sent = {"division": personas.other_street.code, "title": "x", "uuid": str(uuid.uuid4())}
    assert office.post(reverse("evaluations:standard-create"), sent).status_code == 422
    here = sent | {"division": personas.street.code}
    for name in ("create", "import"):
        page = text(office.get(reverse(f"evaluations:standard-{name}")))
        assert (personas.street.code in page, personas.other_street.code in page) == (True, False)
    broken = here | {"file": SimpleUploadedFile("标准.xlsx", workbook([["甲", "乙"], ["1", "2"]]))}
    assert "no table of indicators" in text(office.post(reverse("evaluations:standard-import"), broken))
    assert not GrowthStandard.objects.filter(division=personas.street).exists()
    assert sign_in(personas.worker).get(reverse("evaluations:standard-create")).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_standards_as_for_one(personas, sign_in, number, django_assert_num_queries):
    GrowthStandard.objects.filter(division=None).update(is_active=False)
    for division in (personas.street, personas.community, personas.street.parent)[:number]:
        GrowthStandardFactory(division=division)
    client = sign_in(personas.staff)
    client.get(reverse("evaluations:standard-list"))
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(reverse("evaluations:standard-list"))
    assert len(page.context["page"]) == number + 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_standard_asks_as_often_with_three_editions_as_with_one(
    number, own, office, django_assert_num_queries
):
    for total in range(number):
        GrowthStandard.objects.filter(pk=own.pk).update(draft=own.draft | {"remark": str(total)})
        office.post(url("publish", own))
    assert own.versions.count() == number
    office.get(own.get_absolute_url())
    with django_assert_num_queries(DETAIL_QUERIES):
        office.get(own.get_absolute_url())


LIST_QUERIES, DETAIL_QUERIES = 6, 7
