"""What people send by mistake, at the real addresses: each form that makes a record, each field that takes a file.

Two walks make the tables complete: a new form that creates needs a line in CREATES, a new file field one in UPLOADS.
(An identifier of another street in the address is the walk of test_scope.py.)
"""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from django.urls import reverse
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.forms import CreateOnceForm
from incubator.importing.models import ImportBatch
from incubator.importing.services import run_division_import
from organizations.models import Agency, Filing, SocialOrganization, SocialWorker
from projects.models import IncubationProject, Objective, ServiceContract
from tests.factories.organizations import PDF, credit_code
from tests.journeys import bad_input_linkage as linkage
from tests.journeys import bad_input_measurement as measurement
from tests.journeys.sentences import check_sentences, sentences
from tests.journeys.test_scope import addresses, everything
from tests.test_architecture import ROOT

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
LANGUAGES = ("en", "zh-hans")


@pytest.fixture
def streets(kept_streets):
    """The streets are the same for every walk, so they are made once."""
    return kept_streets


def of_organization(street):
    return {"uuid": street.organization.uuid}


def of_community(street):
    return {"code": street.community.code}


def of_agency(street):
    return {"uuid": street.records[Agency][0].uuid}


def of_draft(street):
    return {"uuid": street.records[Filing][1].uuid}


def of_worker(street):
    return {"uuid": street.records[SocialWorker][0].uuid}


def of_project(street):
    return {"uuid": street.records[IncubationProject][0].uuid}


def of_objective(street):
    return {"uuid": street.records[Objective][0].uuid}


def of_contract(street):
    return {"uuid": street.records[ServiceContract][0].uuid}


def soon():
    """A day and time to come, as a browser sends it."""
    return (timezone.localtime() + datetime.timedelta(days=9)).strftime("%Y-%m-%dT10:00")


def pdf():
    return SimpleUploadedFile("附件.pdf", PDF)


def table():
    return SimpleUploadedFile("名单.csv", "组织名称,所属社区\n新社,330102001051\n".encode())


# address: (who, street → arguments, street → what is sent besides the identifier[, what stands behind the "?"])
CREATES = {
    "organizations:organization-register": ("worker", None, lambda street: {
        "name": "新社", "community": street.community.code, "type": street.organization.type.code,
        "responsible_person": "某人",
    }),
    "organizations:place-add": ("community_staff", of_community, lambda street: {"kind": "estate", "name": "新小区"}),
    "organizations:membership-add": ("worker", of_organization, lambda street: {"name": "新人", "position": "member"}),
    "organizations:membership-add-several": ("worker", of_organization, lambda street: {"people": "新人 13800000001"}),
    "organizations:talent-add": ("worker", None, lambda street: {
        "community": street.community.code, "name": "新人", "skill": "剪纸",
    }),
    "organizations:agency-add": ("district_admin", None, lambda street: {
        "name": "新站", "kind": "agency", "division": street.street.code,
    }),
    "organizations:social-worker-add": ("supervisor", of_agency, lambda street: {
        "name": "新人", "employment": "full_time",
    }),
    "organizations:filing-open": ("worker", of_organization, lambda street: {"kind": "change"}),
    "organizations:filing-paper-add": ("worker", of_draft, lambda street: {"kind": "other", "file": pdf()}),
    "organizations:dossier-item-add": ("worker", of_organization, lambda street: {
        "heading": "charter", "title": "新章程", "file": pdf(),
    }),
    "projects:project-create": ("worker", None, lambda street: {
        "organization": street.free.uuid, "name": "新项目", "starts_on": "2026-11-01", "lead": street.worker.uuid,
    }),
    "projects:activity-create": ("worker", lambda street: {"kind": "visit"}, lambda street: {
        "organization": street.organization.uuid, "starts_at": "2026-11-03T09:30", "minutes": "60", "version": "0",
        "summary": "走访", "details-way": "phone",
    }),
    "importing:batch-upload": ("staff", lambda street: {"kind": "organizations"}, lambda street: {
        "file": table(), "area": street.street.code,
    }),
    "importing:division-import": ("admin", None, lambda street: {
        "source": "file", "file": SimpleUploadedFile("p-2023.csv", b"code,name\n"),
    }),
    "accounts:invitation-create": ("staff", None, lambda street: {
        "name": "新人", "place": street.street.code,
    }, lambda street: f"?role=social_worker&q={street.street.code}"),
    "accounts:grant-create": ("staff", lambda street: {"uuid": street.newcomer.uuid}, lambda street: {
        "place": street.community.code, "valid_from": "2026-11-01",
    }, lambda street: f"?role=community_staff&q={street.community.code}"),
    "organizations:training-add": ("supervisor", of_worker, lambda street: {
        "title": "督导实务", "held_on": "2026-11-01", "hours": "6",
    }),
    "projects:announcement-create": ("worker", None, lambda street: {
        "organization": street.organization.uuid, "title": "敬老活动", "kind": "service", "starts_at": soon(),
        "minutes": "60", "place_text": "广场", "expected_participants": "20", "purpose": "陪老人说说话",
    }),
    "projects:contract-add": ("staff", None, lambda street: {
        "name": "新合同", "purchaser": "街道", "agency": street.records[Agency][0].uuid, "places": street.street.code,
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "amount": "100000",
    }),
    "projects:contract-indicator-add": ("staff", of_contract, lambda street: {
        "name": "督导", "unit": "sessions", "target": "24", "order": "100",
    }),
    "projects:document-add": ("worker", of_project, lambda street: {"kind": "other", "title": "新材料", "file": pdf()}),
    "projects:exit-step-add": ("worker", of_project, lambda street: {
        "task": "排值班表", "taken_over_by": "副队长", "due_on": "2027-03-01",
    }),
    "projects:follow-up-create": ("worker", None, lambda street: {
        "title": "送反光背心", "due_on": soon()[:10], "owner": street.worker.uuid,
        "organization": street.organization.uuid,
    }),
    "projects:indicator-add": ("worker", of_objective, lambda street: {
        "name": "骨干会", "unit": "sessions", "target": "4",
    }),
    "projects:kind-create": ("admin", None, lambda street: {
        "label": "入户宣传", "default_minutes": "30", "icon": "megaphone",
    }),
    "projects:need-add": ("worker", of_project, lambda street: {"level": "individual", "text": "不会主持会议"}),
    "projects:objective-add": ("worker", of_project, lambda street: {
        "level": "individual", "text": "三人能主持会议", "order": "100",
    }),
    "projects:series-create": ("worker", None, lambda street: {
        "organization": street.organization.uuid, "kind": "salon", "title": "周六茶座", "rhythm": "weekly",
        "starts_on": "2026-11-07", "starts_time": "14:00", "times": "8", "minutes": "90",
    }),
    **measurement.CREATES,
    **linkage.CREATES,
}  # fmt: skip
# Forms that make more or less than one record, or need a state of their own; each is tried with bad input, and twice, in
# the tests of its own part.
TRIED_ELSEWHERE = {
    "projects:activity-comment": "tests/projects/test_activity_review.py: a word on somebody else's record",
    "projects:activity-correct": "tests/projects/test_activity_corrections.py: a record whose month is closed",
    "projects:activity-ours": "tests/projects/test_entry_views.py: a leader, with a photo",
    "projects:admission-apply": "tests/projects/test_admission_views.py: nothing in it is required",
    "projects:agreement-sign": "tests/projects/test_stage_views.py: an agreement that is written and not signed",
    "projects:handover-add": "tests/projects/test_handovers.py: first a preview, then the act",
    "projects:kind-preview": "tests/projects/test_kinds_views.py: keeps nothing",
    "projects:kind-question-add": "tests/projects/test_kinds_views.py: a question within a kind is no record",
    "projects:plan-add": "tests/projects/test_plan.py: several rows at once",
    "projects:plan-repeat": "tests/projects/test_plan.py: several rows at once",
    "projects:project-worker-add": "tests/projects/test_team.py: one person once at a time",
    "projects:stage-request": "tests/projects/test_stage_views.py: nothing in it is required",
    "reporting:paper-template-upload": "tests/incubator/reporting/test_paper_templates.py: a trial print decides",
    **measurement.TRIED_ELSEWHERE,
    **linkage.TRIED_ELSEWHERE,
}
FILES_TRIED_ELSEWHERE = {
    "projects:activity-ours": "tests/projects/test_entry_views.py",
    "projects:agreement-sign": "tests/projects/test_stage_views.py",
    "projects:announcement-create": "tests/projects/test_announcement_views.py: a safety plan as a file",
    "projects:attendance-sheet-add": "tests/projects/test_attendance.py",
    "projects:evidence-add": "tests/projects/test_evidence.py: pictures of every bad kind",
    "reporting:paper-template-upload": "tests/incubator/reporting/test_paper_templates.py",
    **measurement.FILES_TRIED_ELSEWHERE,
}
# (address, what the bad file is called)
UPLOADS = [
    ("projects:document-add", "附件.xlsx"),
    ("organizations:filing-paper-add", "附件.xlsx"),
    ("organizations:dossier-item-add", "附件.xlsx"),
    ("importing:batch-upload", "名单.xlsx"),
    ("importing:batch-upload", "名单.csv"),
]
READ_LATER = "importing:division-import"
BAD_FILES = {
    "0 bytes": b"",
    "a picture": PNG,
    "a broken table": '组织名称,所属社区\n"没有结束,1\n\x00\x01'.encode(),
    "half a workbook": b"PK\x03\x04" + bytes(60),
}


class Form:
    """One line of CREATES, ready to be sent."""

    def __init__(self, name, streets):
        from tests.factories.organizations import OrganizationFactory
        from tests.personas import PEOPLE

        self.name, self.street, self.identifier = name, streets.here, uuid.uuid4()
        who, arguments, self.data, *behind = CREATES[name]
        assert who in PEOPLE
        self.person = getattr(streets, who)
        self.street.worker, self.street.newcomer = streets.worker, self.street.records[type(streets.worker)][0]
        self.street.free = OrganizationFactory(name="还没有项目", community=self.street.community)
        self.url = reverse(name, kwargs=arguments(self.street) if arguments else {})
        self.url += behind[0](self.street) if behind else ""

    def send(self, client, language="en", **more):
        data = {"uuid": str(self.identifier)} | self.data(self.street) | more
        return client.post(
            self.url, data, headers={"accept-language": language, "referer": f"http://testserver{self.url}"}
        )


@pytest.fixture
def form(request, streets):
    return Form(request.param, streets)


def fields_of(view):
    form = getattr(view, "form_class", None)
    return form.base_fields.values() if form else ()


def test_the_tables_are_complete():
    views = {address.name: address.view for address in addresses()}
    creating = {
        name for name, view in views.items() if issubclass(getattr(view, "form_class", None) or object, CreateOnceForm)
    }
    # Forms of records that exist carry the identifier along; the interface of "again" is the record's own page.
    creating -= {"projects:activity-update"}
    assert creating - CREATES.keys() - TRIED_ELSEWHERE.keys() == set(), (
        "add a line to CREATES in tests/journeys/test_bad_input.py"
    )
    taking = {name for name, view in views.items() if any(isinstance(field, FileField) for field in fields_of(view))}
    assert taking - FILES_TRIED_ELSEWHERE.keys() == {READ_LATER, *(name for name, _called in UPLOADS)}, (
        "add a line to UPLOADS in tests/journeys/test_bad_input.py"
    )
    assert {*CREATES, *TRIED_ELSEWHERE, *FILES_TRIED_ELSEWHERE} - views.keys() == set()
    for reason in (*TRIED_ELSEWHERE.values(), *FILES_TRIED_ELSEWHERE.values()):
        assert (ROOT / reason.split(":")[0]).is_file()


@pytest.mark.parametrize("form", CREATES, indirect=True)
def test_a_form_that_is_sent_twice_makes_one_record(form, sign_in):
    client, before = sign_in(form.person), AuditEvent.objects.count()
    first = form.send(client)
    assert first.status_code in {200, 302}, sentences(first)
    once = everything()
    assert AuditEvent.objects.count() == before + (form.name not in linkage.WITHOUT_HISTORY)
    again = form.send(client)
    assert (again.status_code, again.get("Location")) == (first.status_code, first.get("Location"))
    assert everything() == once


@pytest.mark.parametrize("form", CREATES, indirect=True)
def test_an_empty_form_comes_back_with_sentences(form, sign_in):
    client = sign_in(form.person)
    before, said = everything(), {}
    for language in LANGUAGES:
        response = client.post(form.url, {}, headers={"accept-language": language})
        assert response.status_code == 422
        said[language] = sentences(response)
    check_sentences(said)
    assert everything() == before


@pytest.mark.parametrize("form", CREATES, indirect=True)
def test_a_form_that_is_sent_after_the_session_ended_writes_nothing_and_says_so(form, sign_in):
    client = sign_in(form.person)
    client.logout()
    before, said = everything(), {}
    for language in LANGUAGES:
        response = form.send(client, language)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=/")
        page = client.get(response["Location"], headers={"accept-language": language})
        said[language] = [str(message) for message in page.context["messages"]]
    check_sentences(said)
    assert everything() == before


@pytest.mark.parametrize("form", [name for name in CREATES if name != "projects:activity-create"], indirect=True)
def test_a_form_with_the_identifier_of_a_foreign_record_tells_nothing(form, streets, sign_in):
    """The identifier in the form, not in the address: somebody of another street has a record with it already."""
    view = next(address.view for address in addresses() if address.name == form.name)
    model = getattr(view, "made", None) or view.model
    if form.name == "accounts:grant-create":
        from incubator.accounts.models import RoleGrant as model  # noqa: N813 - the page is about a person
    if form.name == "organizations:membership-add-several" or form.person.access.is_platform_admin:
        pytest.skip("makes identifiers of its own, or sees all records")
    if form.name == "organizations:agency-add":
        pytest.skip("a district's admin sees the agencies of all its streets")
    foreign = streets.there.records[model][0]
    client, said = sign_in(form.person), {}
    before = everything()
    for language in LANGUAGES:
        response = form.send(client, language, uuid=str(foreign.uuid))
        assert response.status_code == 422
        said[language] = sentences(response)
    assert said["en"] != []
    assert streets.there.word not in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("bad", BAD_FILES)
@pytest.mark.parametrize(("form", "name"), UPLOADS, indirect=["form"])
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(form, name, bad, sign_in):
    client, said = sign_in(form.person), {}
    before = everything()
    for language in LANGUAGES:
        response = form.send(client, language, file=SimpleUploadedFile(name, BAD_FILES[bad]))
        assert response.status_code == 422
        said[language] = sentences(response)
    check_sentences(said)
    assert everything() == before


@pytest.mark.parametrize("bad", BAD_FILES)
def test_a_list_of_places_that_cannot_be_read_leaves_the_places_as_they_were(streets, bad, sign_in):
    """It is read by a worker: the page takes it, and the batch ends with the reason."""
    form = Form(READ_LATER, streets)
    places = everything()["divisions.Division"]
    response = form.send(sign_in(form.person), file=SimpleUploadedFile("p-2023.csv", BAD_FILES[bad]))
    if not BAD_FILES[bad]:
        assert (response.status_code, len(sentences(response))) == (422, 1)
        return
    batch = ImportBatch.objects.get(uuid=form.identifier)
    assert response.status_code == 302
    batch = run_division_import(batch_uuid=batch.uuid)
    assert (batch.state, bool(batch.reason)) == ("failed", True)
    assert everything()["divisions.Division"] == places


WRONG_CODES = {
    "too short": credit_code()[:-1],
    "a letter that never stands there": "O" + credit_code()[1:],
    "a wrong check character": credit_code(1)[:-1] + credit_code(2)[-1],
    "words": "不知道",
}


@pytest.mark.parametrize("code", WRONG_CODES)
@pytest.mark.parametrize("form", ["organizations:organization-register", "organizations:agency-add"], indirect=True)
def test_a_wrong_credit_code_is_refused_with_a_sentence(form, code, sign_in):
    client, said = sign_in(form.person), {}
    before = everything()
    for language in LANGUAGES:
        response = form.send(client, language, credit_code=WRONG_CODES[code])
        assert response.status_code == 422
        said[language] = sentences(response, "credit_code")
    check_sentences(said)
    assert everything() == before


@pytest.mark.parametrize("code", WRONG_CODES)
def test_a_wrong_credit_code_is_refused_by_the_interface_for_machines(streets, code, sign_in):
    client, said = sign_in(streets.worker), {}
    organization = streets.here.records[SocialOrganization][0]
    before = everything()
    for language in LANGUAGES:
        response = client.patch(
            f"/api/v1/organizations/{organization.uuid}/", {"credit_code": WRONG_CODES[code]},
            content_type="application/json", headers={"accept-language": language},
        )  # fmt: skip
        assert response.status_code == 400
        said[language] = response.json()["errors"]["credit_code"]
    check_sentences(said)
    assert everything() == before
