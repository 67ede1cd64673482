import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from incubator.audit.models import AuditEvent
from incubator.divisions.choices import Setting
from incubator.importing.choices import BatchState
from incubator.importing.models import ImportBatch
from incubator.jobs.models import Job
from tests.incubator.divisions.conftest import SMALL, as_csv
from tests.incubator.importing.conftest import taken

MIXED = "Name,Phone\n读书会,13900000001\n,2\n=1+1,12\n"
LIST = "/imports/"


def posted(content=MIXED, name="toys.csv", **values):
    raw = content.encode() if isinstance(content, str) else content
    return {"uuid": str(uuid.uuid4()), "file": SimpleUploadedFile(name, raw), **values}


def sheet(response):
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()


def test_a_list_goes_from_upload_through_preview_into_the_house(toys, sign_in, personas):
    client = sign_in(personas.staff)
    assert "Toys" in client.get(LIST).content.decode()
    response = client.post(reverse("importing:batch-upload", args=["toys"]), posted(), follow=True)
    page = response.content.decode()
    assert "读书会" in page
    assert "A phone has 11 digits." in page
    assert "Take over 1 row" in page
    batch = ImportBatch.objects.get()
    client.post(reverse("importing:batch-confirm", args=[batch.uuid]))
    assert taken == ["读书会"]
    assert client.get(batch.get_absolute_url()).status_code == 200


def test_a_second_click_makes_one_batch(toys, sign_in, personas):
    client, values = sign_in(personas.staff), {"uuid": str(uuid.uuid4())}
    for _click in range(2):
        response = client.post(reverse("importing:batch-upload", args=["toys"]), posted() | values)
        assert response.status_code == 302
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(99), b"a,b\n1,2\n"])
def test_a_file_that_is_no_list_comes_back_with_a_sentence(toys, sign_in, personas, content):
    response = sign_in(personas.staff).post(reverse("importing:batch-upload", args=["toys"]), posted(content, "x.xlsx"))
    assert (response.status_code, ImportBatch.objects.count()) == (422, 0)
    assert "error-summary" in response.content.decode()


def test_without_a_file_the_form_says_so(toys, sign_in, personas):
    response = sign_in(personas.staff).post(reverse("importing:batch-upload", args=["toys"]), {})
    assert response.status_code == 422


def test_a_list_for_a_place_is_uploaded_for_places_of_ones_own_only(toys, sign_in, personas, site_divisions):
    client, address = sign_in(personas.staff), reverse("importing:batch-upload", args=["placed-toys"])
    assert client.post(address, posted(area="330102003")).status_code == 422
    assert client.post(address, posted(area="330102001")).status_code == 302
    assert ImportBatch.objects.get().area.code == "330102001"


def test_rejected_rows_come_back_with_number_and_reason(upload, sign_in, personas):
    batch = upload(MIXED)
    rows = sheet(sign_in(personas.staff).get(reverse("importing:batch-rejected", args=[batch.uuid])))
    assert rows[0] == ["Row in your file", "What is wrong", "Name", "Phone"]
    assert [(row[0], row[2]) for row in rows[1:]] == [(3.0, ""), (4.0, "=1+1")]
    assert "Phone: A phone has 11 digits." in rows[2][1]


def test_the_empty_form_has_the_headings_and_an_example(toys, sign_in, personas):
    rows = sheet(sign_in(personas.staff).get(reverse("importing:batch-template", args=["toys"])))
    assert rows == [["Name*", "Phone"], ["清泰门读书会", ""]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_imports_costs_the_same_for_one_and_three(
    upload, sign_in, personas, number, django_assert_num_queries
):
    for turn in range(number):
        upload(f"Name\n队{turn}\n")
    client = sign_in(personas.staff)
    client.get(LIST)
    with django_assert_num_queries(6):
        response = client.get(LIST)
    assert len(response.context["page"]) == number


def test_a_batch_of_somebody_else_is_404_and_the_admin_sees_all(upload, sign_in, personas):
    batch = upload()
    addresses = [batch.get_absolute_url(), reverse("importing:batch-rejected", args=[batch.uuid])]
    posts = [reverse(f"importing:batch-{verb}", args=[batch.uuid]) for verb in ("confirm", "discard")]
    client = sign_in(personas.other_staff)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert [client.post(address).status_code for address in posts] == [404, 404]
    client = sign_in(personas.admin)
    assert client.get(addresses[0]).status_code == 200
    assert client.post(posts[0]).status_code == 403
    assert ImportBatch.objects.get().state == BatchState.CHECKED


def test_who_has_no_list_to_import_is_told(toys, sign_in, personas):
    client = sign_in(personas.stranger)
    assert client.get(LIST).status_code == 403
    assert client.get(reverse("importing:batch-upload", args=["toys"])).status_code == 403
    assert client.get(reverse("importing:batch-template", args=["toys"])).status_code == 403
    assert client.get(reverse("importing:batch-upload", args=["nothing"])).status_code == 404


def test_discarding_takes_nothing(upload, sign_in, personas):
    batch = upload()
    sign_in(personas.staff).post(reverse("importing:batch-discard", args=[batch.uuid]))
    assert (ImportBatch.objects.get().state, taken) == (BatchState.FAILED, [])


# --- places ---------------------------------------------------------------------------------------------------------
PLACES = "/imports/divisions/"


def test_an_admin_loads_places_from_a_file(sign_in, personas):
    client = sign_in(personas.admin)
    assert client.get(PLACES).status_code == 200
    response = client.post(PLACES, posted(as_csv(SMALL), "p-2023.csv", source="file", under="330102"), follow=True)
    assert "Waiting for a worker" in response.content.decode()
    batch = ImportBatch.objects.get()
    assert batch.options == {"edition": "2023-06-30", "under": ["330102"]}
    assert Job.objects.get().arguments == {"batch_uuid": str(batch.uuid)}


def test_an_admin_sees_what_was_loaded_and_why_not(sign_in, personas):
    from incubator.importing.services import run_division_import

    client = sign_in(personas.admin)
    for content, words in ((as_csv(SMALL), "Reopened"), (as_csv(SMALL) + "33,x\n", "Line 11: ")):
        client.post(PLACES, posted(content, source="file"))
        batch = ImportBatch.objects.latest("pk")
        run_division_import(batch_uuid=batch.uuid)
        assert words in client.get(batch.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "values",
    [{"source": "file"}, {"source": "shipped", "under": "abc"}, {"source": "x"}, {"source": "shipped", "edition": "x"}],
)
def test_places_asked_for_in_a_wrong_way_come_back(sign_in, personas, values):
    response = sign_in(personas.admin).post(PLACES, values)
    assert (response.status_code, ImportBatch.objects.count()) == (422, 0)


def test_an_empty_file_of_places_is_refused(sign_in, personas):
    response = sign_in(personas.admin).post(PLACES, posted(b"", source="file"))
    assert (response.status_code, ImportBatch.objects.count()) == (422, 0)


def test_places_are_imported_by_platform_admins_alone(sign_in, personas):
    for person in (personas.district_admin, personas.staff, personas.worker):
        assert sign_in(person).get(PLACES).status_code == 403


@pytest.mark.parametrize(
    ("name", "code", "status"),
    [
        ("admin", "620102001001", 302),
        ("district_admin", "330102001051", 302),
        ("district_admin", "620102001001", 403),
        ("staff", "330102001051", 403),
        ("district_admin", "330102001", 403),
        ("district_admin", "999999", 404),
    ],
)
def test_urban_or_rural_is_set_by_the_districts_admin(sign_in, personas, site_divisions, name, code, status):
    address = reverse("importing:division-setting", args=[code])
    response = sign_in(getattr(personas, name)).post(address, {"setting": "rural"})
    assert response.status_code == status
    assert AuditEvent.objects.filter(verb="division.setting_changed").count() == (status == 302)
    if status == 302:
        site_divisions[code].refresh_from_db()
        assert site_divisions[code].setting == Setting.RURAL


def test_the_page_of_a_community_has_the_button_or_its_reason(sign_in, personas, site_divisions):
    address = reverse("divisions:division-detail", args=["330102001051"])
    setting = reverse("importing:division-setting", args=["330102001051"])
    page = sign_in(personas.district_admin).get(address).content.decode()
    assert f'href="{setting}"' in page
    assert sign_in(personas.district_admin).get(setting).status_code == 200
    page = sign_in(personas.worker).get(address).content.decode()
    assert "is set by the admin of its district" in page
    assert f'href="{setting}"' not in page


def test_an_admin_sees_an_import_but_not_the_names_in_it(upload, sign_in, personas):
    batch = upload(MIXED)
    rejected = reverse("importing:batch-rejected", args=[batch.uuid])
    assert "读书会" in sign_in(personas.staff).get(batch.get_absolute_url()).content.decode()
    client = sign_in(personas.admin)
    page = client.get(batch.get_absolute_url())
    assert (page.status_code, "读书会" in page.content.decode()) == (200, False)
    assert "A phone has 11 digits." not in page.content.decode()
    assert client.get(rejected).status_code == 403
