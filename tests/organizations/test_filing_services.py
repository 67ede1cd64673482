"""The state machine of filings: what each verb does, refuses and leaves behind."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from incubator.accounts.models import User
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.notifications.models import Notification
from organizations.choices import FilingKind, FilingStatus, LegalStatus
from organizations.models import Filing, FilingCounter, FilingPaper, SocialOrganization
from organizations.services import filing as services
from organizations.services import filing_decision as decisions
from organizations.services import filing_paper as papers
from tests.factories.organizations import (
    PDF,
    FilingFactory,
    FilingPaperFactory,
    FilingRuleFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.personas import give_leader

STATES = FilingStatus.values
TABLE = {
    "submit": ({"draft", "returned"}, "submitted"),
    "check_first": ({"submitted"}, "checked"),
    "return_for_changes": ({"submitted", "checked"}, "returned"),
    "file": ({"checked"}, "filed"),
    "suspend": ({"filed"}, "suspended"),
    "resume": ({"suspended"}, "filed"),
    "cancel": ({"draft", "returned", "filed", "suspended"}, "cancelled"),
}


def values_of(action, by):
    at = timezone.now()
    return {
        "submit": {"by": by, "at": at, "content": {}},
        "check_first": {"by": by, "at": at, "opinion": "同意"},
        "return_for_changes": {"by": by, "at": at, "reason": "请补充", "missing_papers": []},
        "file": {"by": by, "at": at, "number": "1"},
        "suspend": {"reason": "暂停"},
        "resume": {},
        "cancel": {"reason": "结束"},
    }[action]


@pytest.fixture
def organization(personas):
    """Ready to be filed by the usual rule; personas.leader leads it."""
    organization = OrganizationFactory(
        community=personas.community, name="治安服务队", responsible_person="周建国", declared_members=12
    )
    give_leader(personas.leader, organization.uuid)
    return organization


@pytest.fixture
def make(personas, organization):
    """``make(kind, status)``: a filing of the organization in this state, with its papers."""

    def make_filing(kind=FilingKind.NEW, status="draft", **values):
        trait = {} if status == "draft" else {status: True}
        filing = FilingFactory(organization=organization, kind=kind, created_by=personas.worker, **(trait | values))
        for paper in services.rule_of(personas.street).papers_for(kind):
            FilingPaperFactory(filing=filing, kind=paper)
        return filing

    return make_filing


def run(name, filing, personas):
    """Call the service of a transition as the person whose verb it is."""
    staff, community = personas.staff, personas.community_staff
    return {
        "submit": lambda: services.submit_filing(filing_id=filing.pk, actor=personas.worker),
        "check_first": lambda: decisions.check_filing(filing_id=filing.pk, actor=community, opinion="同意"),
        "return_for_changes": lambda: decisions.return_filing(filing_id=filing.pk, actor=staff, reason="请补充章程"),
        "file": lambda: decisions.file_filing(filing_id=filing.pk, actor=staff),
        "suspend": lambda: decisions.suspend_filing(filing_id=filing.pk, actor=staff, reason="暂停活动"),
        "resume": lambda: decisions.resume_filing(filing_id=filing.pk, actor=staff),
        "cancel": lambda: decisions.cancel_filing(filing_id=filing.pk, actor=staff, reason="不再活动"),
    }[name]()


VERBS = {
    "submit": "filing.submitted", "check_first": "filing.checked", "return_for_changes": "filing.returned",
    "file": "filing.filed", "suspend": "filing.suspended", "resume": "filing.resumed", "cancel": "filing.cancelled",
}  # fmt: skip


def again(thing):
    """The record as the database has it now (a protected state cannot be refreshed in place)."""
    return type(thing).objects.get(pk=thing.pk)


def first_state(action):
    return sorted(TABLE[action][0])[0]


@pytest.mark.no_db
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    filing, values = Filing(status=state), values_of(action, User(pk=1))
    sources, target = TABLE[action]
    if state in sources:
        getattr(filing, action)(**values)
        assert filing.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(filing, action)(**values)
        assert filing.status == state


@pytest.mark.parametrize("action", TABLE)
def test_a_transition_leaves_one_event_and_tells_the_right_people(action, make, personas):
    filing = make(status=first_state(action))
    run(action, filing, personas)
    filing = Filing.objects.get(pk=filing.pk)
    assert filing.status == TABLE[action][1]
    events = AuditEvent.objects.filter(target_uuid=str(filing.uuid))
    assert [event.verb for event in events] == [VERBS[action]]
    assert (events[0].data["from"], events[0].data["to"]) == (first_state(action), TABLE[action][1])
    told = {"submit": [personas.community_staff], "check_first": [personas.staff]}
    expected = told.get(action, [personas.leader, personas.worker])
    notices = Notification.objects.filter(kind=VERBS[action])
    assert {notice.recipient_id for notice in notices} == {person.pk for person in expected}
    assert {notice.link for notice in notices} == {filing.get_absolute_url()}
    assert len(notices) == len(expected)


@pytest.mark.parametrize("action", TABLE)
def test_the_second_call_is_refused_and_leaves_no_trace(action, make, personas):
    filing = make(status=first_state(action))
    run(action, filing, personas)
    before = (AuditEvent.objects.count(), Notification.objects.count(), FilingCounter.objects.count())
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        run(action, filing, personas)
    assert (AuditEvent.objects.count(), Notification.objects.count(), FilingCounter.objects.count()) == before


@pytest.mark.parametrize(
    "values",
    [
        {"status": "submitted"},
        {"status": "checked", "handed_in": True},
        {"status": "filed", "handed_in": True},
        {"status": "filed", "settled": True, "number": ""},
        {"status": "returned", "handed_in": True},
        {"status": "suspended", "settled": True},
        {"status": "cancelled"},
        {"kind": "annual"},
    ],
)
def test_the_database_refuses_a_state_without_its_facts(values, organization):
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingFactory(organization=organization, **values)


def test_the_database_refuses_that_the_checker_files(organization, personas):
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingFactory(organization=organization, filed=True, checked_by=personas.staff, decided_by=personas.staff)


def test_when_the_last_step_fails_nothing_remains(make, personas, monkeypatch):
    filing = make(status="checked")

    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr(decisions, "notify_preparers", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        run("file", filing, personas)
    organization = SocialOrganization.objects.get(pk=filing.organization_id)
    assert (organization.legal_status, organization.filing_number) == (LegalStatus.UNFILED, "")
    assert Filing.objects.get(pk=filing.pk).status == "checked"
    assert (FilingCounter.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_file_filing_of_a_checker_is_refused(make, personas):
    filing = make(status="checked", checked_by=personas.staff)
    with pytest.raises(TransitionNotAllowed, match="first check"):
        run("file", filing, personas)


def test_submit_filing_freezes_what_is_filed_with_its_hash(make, organization, personas):
    filing = make()
    services.submit_filing(filing_id=filing.pk, actor=personas.worker)
    content = Filing.objects.get(pk=filing.pk).content
    assert content["organization"]["responsible_person"] == "周建国"
    assert (content["members"], len(content["papers"])) == (12, 3)
    assert content["sha256"] == services.content_hash(content)
    assert AuditEvent.objects.get(verb="filing.submitted").data["sha256"] == content["sha256"]
    organization.responsible_person = "吴"
    organization.save()
    assert Filing.objects.get(pk=filing.pk).content["organization"]["responsible_person"] == "周建国"


def test_submit_filing_says_all_that_is_missing(personas):
    FilingRuleFactory(street=personas.street, required_papers=["charter", "venue"], minimum_members=5)
    organization = OrganizationFactory(community=personas.community)
    MembershipFactory.create_batch(2, organization=organization)
    filing = FilingFactory(organization=organization)
    FilingPaperFactory(filing=filing, kind="charter", withdrawn_at=timezone.now())
    FilingPaperFactory(filing=filing, kind="venue")
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        services.submit_filing(filing_id=filing.pk, actor=personas.worker)
    assert str(refusal.value) == (
        "Paper missing: charter. The organization's page names no responsible person. "
        "The street asks for 5 members or more; the organization has 2."
    )
    assert Filing.objects.get(pk=filing.pk).status == "draft"


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("change", {}, "Nothing is changed yet. Please fill in what is to change."),
        ("annual", {"year": 2025}, "The report is empty. Please write what was done in the year."),
        ("cancellation", {}, "Please say why."),
    ],
)
def test_submit_filing_wants_what_its_kind_is_about(kind, values, sentence, personas):
    filing = FilingFactory(
        organization=OrganizationFactory(community=personas.community, filed=True), kind=kind, **values
    )
    FilingPaperFactory(filing=filing, kind="application")
    assert services.missing_for_submission(filing) == [sentence]


@pytest.mark.parametrize(
    ("traits", "kind", "sentence"),
    [
        ({"registered": True}, "new", "Registered organizations are not filed"),
        ({"dissolved": True}, "new", "The organization is dissolved"),
        ({"filed": True}, "new", "The organization is filed already"),
        ({}, "change", "The organization is not filed yet"),
        ({"filed": True}, "annual", "Please say which year"),
    ],
)
def test_open_filing_of_a_kind_that_does_not_fit_is_refused(traits, kind, sentence, personas):
    organization = OrganizationFactory(community=personas.community, **traits)
    with pytest.raises(RuleViolation, match=sentence):
        services.open_filing(organization_id=organization.pk, kind=kind, actor=personas.worker, uuid=uuid.uuid4())
    assert Filing.objects.count() == 0


def test_open_filing_of_a_kind_that_is_under_way_is_refused(make, organization, personas):
    make(status="submitted")
    with pytest.raises(RuleViolation, match="under way already"):
        services.open_filing(organization_id=organization.pk, kind="new", actor=personas.worker, uuid=uuid.uuid4())


def test_file_filing_gives_numbers_in_the_form_of_the_street(personas):
    FilingRuleFactory(street=personas.street, number_pattern="{street}社备字{year}-{number:04d}")
    year = timezone.localdate().year
    name = personas.street.name.removesuffix("办事处")
    OrganizationFactory(community=personas.community, filed=True, filing_number=f"{name}社备字{year}-0002")
    numbers = []
    for _each in range(2):
        filing = FilingFactory(organization=OrganizationFactory(community=personas.community), checked=True)
        decisions.file_filing(filing_id=filing.pk, actor=personas.staff)
        numbers.append(SocialOrganization.objects.get(pk=filing.organization_id).filing_number)
    assert numbers == [f"{name}社备字{year}-0001", f"{name}社备字{year}-0003"]


def test_file_filing_makes_the_organization_filed_today(make, organization, personas):
    run("file", make(status="checked"), personas)
    organization = again(organization)
    assert (organization.legal_status, organization.filed_on) == (LegalStatus.FILED, timezone.localdate())
    assert organization.filing_number == organization.filings.get().number != ""


def filed(organization, make):
    filing = make(status="filed")
    SocialOrganization.objects.filter(pk=organization.pk).update(
        legal_status=LegalStatus.FILED, filing_number=filing.number, filed_on=timezone.localdate()
    )
    return filing


def test_file_filing_of_a_change_writes_what_was_asked_for(make, organization, personas):
    filed(organization, make)
    filing = make(kind="change")
    changes = {"name": "平安服务队", "funds_fen": 12_300, "venue": organization.venue, "credit_code": "X"}
    services.save_filing(filing_id=filing.pk, actor=personas.worker, reason="换名", changes=changes)
    run("submit", filing, personas)
    run("check_first", filing, personas)
    run("file", filing, personas)
    organization = again(organization)
    assert (organization.name, organization.funds_fen, organization.credit_code) == ("平安服务队", 12_300, "")
    assert organization.pinyin.startswith("pinganfuwudui")
    event = AuditEvent.objects.get(verb="organization.updated")
    assert event.data["changes"]["name"] == ["治安服务队", "平安服务队"]


def test_file_filing_of_a_change_to_a_name_that_is_taken_is_refused(make, organization, personas):
    filed(organization, make)
    filing = make(kind="change", status="checked", content={"changes": {"name": "平安服务队"}})
    OrganizationFactory(community=organization.community, name="平安服务队")
    with pytest.raises(RuleViolation, match="of this name already"), transaction.atomic():
        run("file", filing, personas)
    assert Filing.objects.get(pk=filing.pk).status == "checked"


def test_file_filing_of_an_end_takes_the_filing_away_and_keeps_its_number(make, organization, personas):
    first = filed(organization, make)
    end = make(kind="cancellation", status="checked", reason="成员解散")
    run("file", end, personas)
    organization = again(organization)
    assert (organization.legal_status, organization.filing_number, organization.filed_on) == ("unfiled", "", None)
    first = again(first)
    assert (first.status, first.number, first.ended_reason) == ("cancelled", first.number, "成员解散")
    assert Filing.objects.get(pk=end.pk).number == first.number


def test_cancel_filing_that_gave_the_number_makes_the_organization_unfiled(make, organization, personas):
    run("cancel", filed(organization, make), personas)
    organization = again(organization)
    assert (organization.legal_status, organization.filing_number) == ("unfiled", "")


@pytest.mark.parametrize("kind", ["change", "cancellation"])
def test_cancel_filing_that_took_effect_is_refused(kind, make, personas):
    with pytest.raises(RuleViolation, match="in force"):
        run("cancel", make(kind=kind, status="filed"), personas)


def test_suspend_filing_of_anything_but_a_first_filing_is_refused(make, personas):
    with pytest.raises(RuleViolation, match="Only the first filing"):
        run("suspend", make(kind="annual", status="filed", year=2025), personas)


def test_return_filing_keeps_the_papers_that_are_missing_and_handing_in_again_clears_them(make, personas):
    filing = make(status="submitted")
    decisions.return_filing(
        filing_id=filing.pk, actor=personas.staff, reason="请补章程", missing_papers=["charter", "nonsense"]
    )
    filing = Filing.objects.get(pk=filing.pk)
    assert (filing.returned_reason, filing.missing_papers) == ("请补章程", ["charter"])
    run("submit", filing, personas)
    filing = Filing.objects.get(pk=filing.pk)
    assert (filing.returned_reason, filing.missing_papers, filing.decided_by) == ("", [], None)


def test_save_filing_that_is_handed_in_is_refused(make, personas):
    with pytest.raises(RuleViolation, match="handed in"):
        services.save_filing(filing_id=make(status="submitted").pk, actor=personas.worker, reason="x")


def test_add_filing_paper_looks_at_the_bytes_and_takes_a_file_once(make, personas):
    filing = make()
    values = {"filing_id": filing.pk, "kind": "charter", "actor": personas.worker}
    paper = papers.add_filing_paper(upload=SimpleUploadedFile("章程.pdf", PDF), uuid=uuid.uuid4(), **values)
    with pytest.raises(RuleViolation, match="there already"):
        papers.add_filing_paper(upload=SimpleUploadedFile("新章程.pdf", PDF), uuid=uuid.uuid4(), **values)
    assert (paper.content_type, paper.extension, paper.size) == ("application/pdf", "pdf", len(PDF))
    papers.withdraw_filing_paper(paper_id=paper.pk, actor=personas.worker)
    with pytest.raises(RuleViolation, match="taken back already"):
        papers.withdraw_filing_paper(paper_id=paper.pk, actor=personas.worker)
    assert FilingPaper.objects.get(pk=paper.pk).file.read() == PDF


def test_update_filing_rule_with_a_pattern_that_reaches_into_objects_is_refused(personas):
    for pattern in ("{street.pk}{year}{number}", "{year}{year}{number}", "{street}{number}", "{year!r}{number}", "{"):
        with pytest.raises(RuleViolation):
            services.update_filing_rule(
                street=personas.street, actor=personas.staff, number_pattern=pattern, required_papers=[],
                minimum_members=10,
            )  # fmt: skip
