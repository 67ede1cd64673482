"""Pages of stages, agreement, documents and exit plan: a walk, bad input, double clicks, query counts."""

import datetime
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from docx import Document

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.panels import panels, panels_for
from projects.choices import DocumentKind
from projects.models import ExitStep, IncubationAgreement, IncubationProject, ProjectDocument, StageRequest, StageRule
from projects.services import document as documents
from tests.factories.organizations import PDF, OrganizationFactory
from tests.factories.projects import ProjectFactory
from tests.factories.stages import AgreementFactory, ExitStepFactory, ProjectDocumentFactory, StageRequestFactory

D = datetime.date
EXE = b"MZ" + b"\x00" * 200


@pytest.fixture
def project(place):
    return ProjectFactory(organization=place.organization, lead=place.worker, name="治安队孵化")


def url(name, thing):
    return reverse(f"projects:{name}", args=[thing.uuid])


def upload(name="协议.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def panel_page(code, user, thing, rf=None):
    request = RequestFactory().get("/")
    request.user = user
    panel = panels[code]
    return render_to_string(panel.template, {"panel": panel, **panel.context(user, thing)}, request=request)


# --- stages ---


def test_who_only_reads_a_project_is_sent_nowhere_to_see_to_its_checklist(project, place):
    shown = {
        user.username: "/documents/add/?kind=" in panel_page("project-stage", user, project)
        for user in (place.worker, place.leader)
    }
    assert shown == {place.worker.username: True, place.leader.username: False}


def test_a_stage_is_asked_for_held_asked_for_again_and_passed(project, place, sign_in):
    client, form = sign_in(place.worker), {"uuid": str(uuid.uuid4()), "note": ""}
    assert client.get(url("stage-request", project)).status_code == 200
    refused = client.post(url("stage-request", project), form)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["note"])
    form["note"] = "材料在补"
    answers = [client.post(url("stage-request", project), form) for _click in range(2)]
    request = StageRequest.objects.get()
    assert [answer.url for answer in answers] == [request.get_absolute_url()] * 2
    page = client.get(request.get_absolute_url()).content.decode()
    assert "Here this is decided by: agency supervisor." in page
    assert "材料在补" in page
    assert client.post(url("stage-pass", request), {"reason": "x"}).status_code == 403
    client = sign_in(place.supervisor)
    assert "治安队孵化" in client.get("/projects/stage-requests/").content.decode()
    assert client.post(url("stage-hold", request), {"reason": ""}).status_code == 422
    assert client.post(url("stage-hold", request), {"reason": "先测"}).status_code == 302
    second = client.post(url("stage-hold", request), {"reason": "先测"})
    assert second.status_code == 403
    assert "治安队孵化" not in client.get("/projects/stage-requests/").content.decode()
    assert "先测" in panel_page("project-stage", place.worker, project)
    sign_in(place.worker).post(url("stage-request", project), form | {"uuid": str(uuid.uuid4())})
    request = StageRequest.objects.get(status="open")
    assert sign_in(place.supervisor).get(url("stage-pass", request)).status_code == 200
    assert client.post(url("stage-pass", request), {"reason": "齐了"}).url == request.get_absolute_url()
    assert IncubationProject.objects.get().stage == "cultivation"
    assert client.get(request.get_absolute_url()).status_code == 200


def test_withdraw_stage_takes_the_request_back(project, place, sign_in):
    request = StageRequestFactory(project=project)
    assert sign_in(place.staff).post(url("stage-withdraw", request)).status_code == 403
    sign_in(place.worker).post(url("stage-withdraw", request))
    assert StageRequest.objects.get().status == "withdrawn"


def test_requests_of_another_street_are_not_found(project, place, sign_in):
    request = StageRequestFactory(project=project)
    client = sign_in(place.other_staff)
    for name in ("stage-request-detail", "stage-pass", "stage-hold", "stage-withdraw"):
        assert client.post(url(name, request)).status_code == 404
    assert client.post(url("stage-request", project)).status_code == 404
    assert client.get("/projects/stage-requests/?show=all").context["count"] == 0


@pytest.mark.parametrize(
    ("person", "show", "queries"), [("supervisor", "", 8), ("staff", "?show=all", 6), ("hub", "", 7)]
)
@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same(place, sign_in, django_assert_num_queries, number, person, show, queries):
    for _number in range(number):
        project = ProjectFactory(organization=OrganizationFactory(community=place.community), lead=place.worker)
        StageRequestFactory(project=project)
    StageRule.objects.create(division=place.street, from_stage="preparation", roles=["agency_supervisor", "hub_center"])
    client = sign_in(getattr(place, person))
    with django_assert_num_queries(queries):
        page = client.get(f"/projects/stage-requests/{show}").content.decode()
    assert page.count('class="row-link"') == number


def test_the_street_sets_who_decides(place, sign_in):
    client = sign_in(place.staff)
    address = reverse("projects:stage-rule-update", args=[place.street.code])
    assert client.get("/projects/stage-rules/").status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address, {"preparation": ["street_staff", "evaluator"]}).status_code == 302
    assert client.post(address, {"preparation": ["worker"]}).status_code == 422
    assert StageRule.objects.get().roles == ["street_staff", "evaluator"]
    event = AuditEvent.objects.get(verb="stage_rule.updated")
    assert event.data["changes"] == {"preparation": [[], ["street_staff", "evaluator"]]}
    assert "street-office staff, third-party evaluator" in client.get("/projects/stage-rules/").content.decode()
    client.post(address, {})
    assert StageRule.objects.get().roles == []
    assert sign_in(place.other_staff).get(address).status_code == 404
    assert sign_in(place.worker).get("/projects/stage-rules/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_rules_cost_the_same(place, sign_in, django_assert_num_queries, number):
    places = [place.street, place.other_street, place.district][:number]
    for division in places:
        StageRule.objects.create(division=division, from_stage="summary", roles=["hub_center"])
    client = sign_in(place.district_admin)
    with django_assert_num_queries(7):
        client.get("/projects/stage-rules/")


# --- panels of the project's page ---


@pytest.mark.parametrize("number", [1, 3])
def test_the_panels_cost_the_same(place, number, django_assert_num_queries):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    AgreementFactory(project=project)
    for _number in range(number):
        StageRequestFactory(project=project, held=True)
        ProjectDocumentFactory(project=project, uploaded_by=place.worker)
        ExitStepFactory(project=project)
    for code, queries in (("project-stage", 10), ("project-documents", 3), ("project-exit", 2)):
        user = type(place.worker).objects.get(pk=place.worker.pk)
        thing = IncubationProject.objects.with_names().get()
        assert user.access.roles  # read once per request
        with django_assert_num_queries(queries):
            panel_page(code, user, thing)


def test_the_panels_stand_in_their_order_for_those_who_read_the_project(project, place):
    codes = [panel.code for panel in panels_for(place.staff, project)]
    mine = [code for code in codes if code in {"project-stage", "project-documents", "project-exit"}]
    assert mine == ["project-stage", "project-documents", "project-exit"]
    assert panels_for(place.admin, project) == []


def test_the_panels_have_something_to_say_when_there_is_nothing_and_when_all_is_over(project, place):
    for user in (place.worker, place.staff, place.leader):
        assert "No agreement yet" in panel_page("project-documents", user, project)
        assert "No step yet" in panel_page("project-exit", user, project)
        assert "Needs are assessed" in panel_page("project-stage", user, project)
    IncubationProject.objects.update(stage="closed", closed_on=D(2026, 11, 1))
    project = IncubationProject.objects.get()
    assert "Decisions on the stages" in panel_page("project-stage", place.worker, project)


def test_a_request_that_waits_is_seen_by_who_decides(project, place):
    StageRequestFactory(project=project)
    assert "card-turn" in panel_page("project-stage", place.supervisor, project)
    assert "card-turn" not in panel_page("project-stage", place.worker, project)


# --- agreement and documents ---


def agreement_form(client, project, **more):
    page = client.get(url("agreement-update", project))
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()} | more


def test_the_agreement_opens_filled_is_printed_signed_and_then_left_alone(project, place, sign_in):
    client = sign_in(place.worker)
    form = agreement_form(client, project)
    assert "治安服务队" in form["parties"]
    assert "15" in form["leaving"]
    assert client.post(url("agreement-sign", project), {"signed_on": "2026-03-01", "file": upload()}).status_code == 422
    assert client.post(url("agreement-update", project), form).status_code == 302
    agreement = IncubationAgreement.objects.get()
    text = words(client.get(url("agreement-paper", agreement)).content)
    assert ("社区社会组织孵化协议" in text, "治安服务队" in text, "15个工作日" in text) == (True, True, True)
    values = {"uuid": str(uuid.uuid4()), "signed_on": "2026-03-01"}
    for _click in range(2):
        assert client.post(url("agreement-sign", project), values | {"file": upload()}).status_code == 302
    assert IncubationAgreement.objects.get().signed_on == D(2026, 3, 1)
    copy = ProjectDocument.objects.get()
    assert copy.kind == DocumentKind.AGREEMENT
    refused = client.post(url("agreement-update", project), agreement_form(client, project, funds="别的"))
    assert refused.status_code == 422
    assert [event.verb for event in AuditEvent.objects.about(project)] == ["agreement.signed", "agreement.updated"]
    client.post(url("document-withdraw", copy), {"reason": "签错页"})
    assert IncubationAgreement.objects.get().signed_on is None
    assert client.get(copy.get_file_url()).status_code == 404


@pytest.mark.parametrize(
    ("more", "field"),
    [({"ends_on": "2025-01-01"}, "ends_on"), ({"parties": ""}, "parties"), ({"handover_days": "0"}, "handover_days")],
)
def test_a_bad_agreement_keeps_what_was_typed(project, place, sign_in, more, field):
    client = sign_in(place.worker)
    answer = client.post(url("agreement-update", project), agreement_form(client, project, services="特别约定", **more))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "特别约定" in answer.content.decode()
    assert IncubationAgreement.objects.count() == 0


def test_whoever_saves_over_an_agreement_they_never_saw_reads_both(project, place, sign_in):
    client = sign_in(place.worker)
    form = agreement_form(client, project, services="我的")
    AgreementFactory(project=project, services="别人的")
    answer = client.post(url("agreement-update", project), form)
    assert answer.status_code == 409
    assert ("我的" in answer.content.decode(), "别人的" in answer.content.decode()) == (True, True)
    assert IncubationAgreement.objects.get().services == "别人的"


def test_a_day_of_signing_that_is_still_to_come_is_refused(project, place, sign_in):
    AgreementFactory(project=project)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    answer = sign_in(place.worker).post(url("agreement-sign", project), {"signed_on": tomorrow, "file": upload()})
    assert (answer.status_code, "signed_on" in answer.context["form"].errors) == (422, True)


def test_documents_are_added_once_fetched_by_policy_and_taken_back_with_a_reason(project, place, sign_in):
    client, values = sign_in(place.worker), {"uuid": str(uuid.uuid4()), "kind": "baseline", "title": ""}
    for _click in range(2):
        answer = client.post(url("document-add", project), values | {"file": upload("前测.pdf")})
        assert answer.url == project.get_absolute_url()
    document = ProjectDocument.objects.get()
    assert (document.title, document.size) == ("measurement before", len(PDF))
    again = client.post(url("document-add", project), values | {"uuid": str(uuid.uuid4()), "file": upload("x.pdf")})
    assert (again.status_code, "This very file is here already." in again.content.decode()) == (422, True)
    assert b"".join(client.get(document.get_file_url()).streaming_content) == PDF
    assert client.get(document.get_file_url().replace(".pdf", ".png")).status_code == 404
    assert sign_in(place.other_staff).get(document.get_file_url()).status_code == 404
    assert sign_in(place.staff).post(url("document-withdraw", document), {"reason": "x"}).status_code == 403
    client = sign_in(place.supervisor)
    assert client.post(url("document-withdraw", document), {"reason": ""}).status_code == 422
    assert client.post(url("document-withdraw", document), {"reason": "传错了"}).status_code == 302
    document = ProjectDocument.objects.get()
    assert (document.withdrawn_reason, bool(document.file.read())) == ("传错了", True)
    assert [event.verb for event in AuditEvent.objects.about(project)] == ["document.withdrawn", "document.added"]
    with pytest.raises(RuleViolation, match="already"):
        documents.withdraw_document(document_id=document.pk, actor=place.worker, reason="x")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("empty.pdf", b"", "is empty"), ("tool.jpg", EXE, "is not a file of a kind"), ("p.png", PDF, "but holds pdf")],
)
def test_a_bad_file_is_refused_with_a_sentence(project, place, sign_in, name, content, sentence):
    values = {"kind": "plan", "title": "计划", "file": upload(name, content)}
    answer = sign_in(place.worker).post(url("document-add", project), values)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert ProjectDocument.objects.count() == 0


# --- exit plan ---


def test_the_exit_plan_is_written_ticked_changed_and_cut(project, place, sign_in):
    client = sign_in(place.worker)
    form = {"uuid": str(uuid.uuid4()), "task": "排班", "taken_over_by": "周队长", "due_on": "2026-12-01"}
    for _click in range(2):
        assert client.post(url("exit-step-add", project), form).status_code == 302
    step = ExitStep.objects.get()
    client.post(url("exit-step-finish", step))
    assert ExitStep.objects.get().done_on == timezone.localdate()
    client.post(url("exit-step-remove", step))
    assert ExitStep.objects.count() == 1
    client.post(url("exit-step-reopen", step))
    assert client.get(url("exit-step-update", step)).status_code == 200
    assert client.post(url("exit-step-update", step), form | {"task": ""}).status_code == 422
    client.post(url("exit-step-update", step), form | {"task": "排班表"})
    assert ExitStep.objects.get().task == "排班表"
    client.post(url("exit-step-remove", step))
    assert ExitStep.objects.count() == 0
    events = AuditEvent.objects.about(project)
    assert [event.verb.removeprefix("exit_step.") for event in reversed(events)] == [
        "added", "finished", "reopened", "updated", "removed",
    ]  # fmt: skip
    assert "排班" not in "".join(str(event.data) for event in events)
    assert sign_in(place.staff).post(url("exit-step-add", project), form).status_code == 403
