"""Answer sheets and links: what is taken, what is refused, whose they are."""

import datetime
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.indicators.evidence_kinds import WaveKindOfEvidence
from evaluations.models import LinkDoubt, Response, WaveTicket
from evaluations.services import linking
from evaluations.services import response as services
from evaluations.services.answers import AnswersWrong, clean_answers
from evaluations.services.ticket import make_tickets
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from tests.factories.organizations import MembershipFactory
from tests.factories.waves import ANSWERS, CONTENT, OPENED_AT, ResponseFactory, TicketFactory, WaveFactory, make_version

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPENED_AT, tick=False) as traveller:
        yield traveller


def submit(wave, **more):
    facts = {"uuid": uuid.uuid4(), "wave_id": wave.pk, "answers": ANSWERS, "begun_at": OPENED_AT, "agreed": True}
    return services.submit_response(**facts | more)


@pytest.fixture
def coded(place):
    """A baseline that is closed, and the endline that is compared with it."""
    version = make_version()
    facts = {"organization": place.organization, "version": version, "linked_by": "self_code"}
    place.before = WaveFactory(**facts, opened=True)
    place.after = WaveFactory(**facts, kind="endline", earlier=place.before, opened=True)
    return place


# --- what a sheet holds ------------------------------------------------------------------------------------------
def test_submit_response_writes_answers_and_scores_with_reverse_items_turned(place):
    wave = WaveFactory(organization=place.organization, opened=True)
    sheet = submit(wave, age_group="over_60")
    assert (sheet.answers, sheet.age_group, sheet.subject_key) == (ANSWERS, "over_60", "")
    assert sheet.scores == {"voice": {"sum": 4 + (6 - 2) + 5, "answered": 3}}
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.target_label) == ("response.submitted", None, "•••")
    assert "谢谢" not in str(event.data)


@pytest.mark.parametrize(
    ("item", "value"),
    [("q1", 6), ("q1", 0), ("q1", "x"), ("q1", True), ("q1", 2.5), ("q4", "gone"), ("q5", ["x"]), ("q5", "venue"),
     ("q6", 32), ("q6", -1), ("q7", "长" * 2001), ("q1", None)],
)  # fmt: skip
def test_an_answer_outside_the_scale_is_refused(place, item, value):
    wave = WaveFactory(organization=place.organization, opened=True)
    with pytest.raises(AnswersWrong) as refusal:
        submit(wave, answers=ANSWERS | {item: value})
    assert list(refusal.value.errors) == [item]
    assert Response.objects.count() == 0


def test_an_item_that_the_edition_does_not_know_is_left_out():
    assert clean_answers(make_version().content, ANSWERS | {"q99": 1}) == ANSWERS


def test_an_empty_sheet_is_refused():
    content = {**CONTENT, "sections": [{**CONTENT["sections"][0], "items": CONTENT["sections"][0]["items"][5:]}]}
    with pytest.raises(RuleViolation, match="at least one question"):
        clean_answers(make_version(content={**content, "scales": []}).content, {})


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"agreed": False}, "what you agree to"),
        ({"is_under_14": True}, "parent or guardian"),
    ],
)
def test_without_consent_or_guardian_nothing_is_kept(place, more, sentence):
    wave = WaveFactory(organization=place.organization, opened=True)
    with pytest.raises(RuleViolation, match=sentence):
        submit(wave, **more)
    assert Response.objects.count() == 0
    assert submit(wave, is_under_14=True, guardian_agreed=True).guardian_agreed is True


def test_an_age_group_that_was_not_asked_for_is_not_kept(place):
    wave = WaveFactory(organization=place.organization, opened=True, asks_age_group=False)
    assert submit(wave, age_group="over_60").age_group == "unknown"


# --- when --------------------------------------------------------------------------------------------------------
def test_who_began_before_the_end_may_hand_in_for_a_day(place, clock):
    wave = WaveFactory(organization=place.organization, closed=True, closed_at=OPENED_AT)
    clock.move_to(OPENED_AT + 2 * HOUR)
    assert submit(wave, begun_at=OPENED_AT - HOUR).begun_at == OPENED_AT - HOUR
    with pytest.raises(services.NotAccepted):
        submit(wave, begun_at=OPENED_AT + HOUR)
    clock.move_to(OPENED_AT + 25 * HOUR)
    with pytest.raises(services.NotAccepted):
        submit(wave, begun_at=OPENED_AT - HOUR)


def test_the_clock_ends_a_survey_whether_or_not_the_job_ran(place, clock):
    wave = WaveFactory(organization=place.organization, opened=True)
    end = datetime.datetime(2026, 11, 17, 16, tzinfo=datetime.UTC)  # midnight after the last day
    assert services.takes_answers(wave, end - HOUR) is True
    assert services.takes_answers(wave, end) is False
    assert services.takes_answers(wave, end, begun_at=end - HOUR) is True
    assert services.takes_paper(wave, end + 13 * 24 * HOUR) is True
    assert services.takes_paper(wave, end + 14 * 24 * HOUR) is False


def test_a_planned_survey_takes_nothing(place):
    wave = WaveFactory(organization=place.organization)
    with pytest.raises(services.NotAccepted):
        submit(wave)
    with pytest.raises(services.NotAccepted):
        services.enter_response(uuid=uuid.uuid4(), wave_id=wave.pk, answers=ANSWERS, actor=place.worker)


def test_the_moment_of_beginning_cannot_be_moved(place):
    wave, other = WaveFactory(opened=True), WaveFactory(opened=True)
    form = uuid.uuid4()
    signed = services.sign_begun(wave, form, OPENED_AT - HOUR)
    assert services.read_begun(wave, form, signed, OPENED_AT) == OPENED_AT - HOUR
    assert services.read_begun(wave, uuid.uuid4(), signed, OPENED_AT) == OPENED_AT
    for forged in (signed[:-2] + "xx", services.sign_begun(other, form, OPENED_AT - HOUR), "", None):
        assert services.read_begun(wave, form, forged, OPENED_AT) == OPENED_AT


# --- personal links, accounts, paper ------------------------------------------------------------------------------
def test_a_personal_link_counts_once(place):
    wave = WaveFactory(organization=place.organization, linked_by="ticket", opened=True)
    member = MembershipFactory(organization=place.organization, name="张三")
    assert make_tickets(wave_id=wave.pk, actor=place.worker, names=["李 奶奶", "张三", ""]) == 2
    ticket = WaveTicket.objects.get(membership=member)
    sheet = submit(wave, ticket=ticket)
    assert (sheet.subject_key, sheet.link_state) == (f"m:{member.uuid}", "linked")
    with pytest.raises(services.AlreadyAnswered):
        submit(wave, ticket=ticket)
    with pytest.raises(RuleViolation, match="personal link"):
        submit(wave)
    event = AuditEvent.objects.get(verb="wave.tickets_made")
    assert (event.data, "张三" in str(event.data)) == ({"number": 2}, False)


def test_the_same_name_is_the_same_person_in_the_next_survey(place):
    before = WaveFactory(organization=place.organization, linked_by="ticket", opened=True)
    after = WaveFactory(
        organization=place.organization, linked_by="ticket", opened=True, earlier=before, kind="endline"
    )
    keys = []
    for wave in (before, after):
        make_tickets(wave_id=wave.pk, actor=place.worker, names=["李奶奶"])
        keys.append(WaveTicket.objects.get(wave=wave).subject_key)
    assert keys[0] == keys[1]
    with pytest.raises(RuleViolation, match="Everybody has"):
        make_tickets(wave_id=after.pk, actor=place.worker)


def test_a_name_that_two_members_have_waits_for_a_person(place):
    wave = WaveFactory(organization=place.organization, linked_by="ticket", opened=True)
    first = MembershipFactory(organization=place.organization, name="王芳", phone="1")
    MembershipFactory(organization=place.organization, name="王芳", phone="2")
    ResponseFactory(wave=wave, subject_key=f"m:{first.uuid}")
    sheet = submit(wave, ticket=TicketFactory(wave=wave, name="王芳"))
    assert (sheet.link_state, LinkDoubt.objects.get().why) == ("doubtful", "same_name")


def test_an_account_answers_once(place):
    wave = WaveFactory(organization=place.organization, linked_by="account", opened=True)
    sheet = submit(wave, actor=place.leader)
    assert (sheet.user, sheet.source, sheet.subject_key) == (place.leader, "account", f"u:{place.leader.uuid}")
    assert AuditEvent.objects.get().actor is None  # the log is read by people who read no answers
    with pytest.raises(services.AlreadyAnswered):
        submit(wave, actor=place.leader)


def test_an_account_that_the_organization_does_not_know_is_not_asked(place):
    wave = WaveFactory(organization=place.organization, linked_by="account", opened=True)
    former = MembershipFactory(organization=place.organization, user=place.worker, left_on=OPENED_AT.date())
    with pytest.raises(RuleViolation, match="not one of theirs"):
        submit(wave, actor=place.worker)
    MembershipFactory(organization=place.organization, user=place.worker, name=former.name)
    assert submit(wave, actor=place.worker).link_state == "linked"
    whole = WaveFactory(organization=None, community=place.community, linked_by="account", opened=True)
    assert submit(whole, actor=place.staff).link_state == "linked"


def test_a_member_whose_sheet_came_by_another_link_is_told_so(place):
    """A person said that the sheet of a link with a bare name is this member's."""
    facts = {"organization": place.organization, "linked_by": "ticket", "version": make_version()}
    before = WaveFactory(**facts, opened=True)
    after = WaveFactory(**facts, kind="endline", earlier=before, opened=True)
    first = MembershipFactory(organization=place.organization, name="王芳", phone="1")
    MembershipFactory(organization=place.organization, name="王芳", phone="2")
    ResponseFactory(wave=before, subject_key=f"m:{first.uuid}")
    submit(after, ticket=TicketFactory(wave=after, name="王芳"))
    linking.settle_doubt(doubt_id=LinkDoubt.objects.get().pk, verdict="same", actor=place.worker)
    with pytest.raises(services.AlreadyAnswered):
        submit(after, ticket=TicketFactory(wave=after, membership=first, subject_key=f"m:{first.uuid}"))


def test_who_is_signed_in_stays_unnamed_where_answers_are_anonymous(place):
    sheet = submit(WaveFactory(organization=place.organization, opened=True), actor=place.leader)
    assert (sheet.user, sheet.subject_key, AuditEvent.objects.get().actor) == (None, "", None)


def test_a_sheet_of_paper_is_entered_for_a_member_and_taken_back(place):
    wave = WaveFactory(organization=place.organization, linked_by="ticket", opened=True)
    member = MembershipFactory(organization=place.organization)
    facts = {"wave_id": wave.pk, "answers": ANSWERS, "actor": place.worker, "membership": member}
    sheet = services.enter_response(uuid=uuid.uuid4(), **facts)
    assert (sheet.source, sheet.entered_by, sheet.consented_at) == ("paper", place.worker, None)
    with pytest.raises(services.AlreadyAnswered):
        services.enter_response(uuid=uuid.uuid4(), **facts)
    with pytest.raises(RuleViolation, match="say why"):
        services.withdraw_response(response_id=sheet.pk, actor=place.worker, reason=" ")
    services.withdraw_response(response_id=sheet.pk, actor=place.worker, reason="录错了")
    assert services.enter_response(uuid=uuid.uuid4(), **facts).link_state == "linked"
    assert [event.verb for event in AuditEvent.objects.order_by("pk")] == [
        "response.entered", "response.withdrawn", "response.entered",
    ]  # fmt: skip


# --- self-made codes ---------------------------------------------------------------------------------------------
def test_a_code_is_the_same_however_it_is_typed_and_is_never_kept(coded):
    keys = {submit(coded.before, code="38-05w").subject_key, linking.code_key("3805W", coded.community.code)}
    assert len(keys) == 1
    assert linking.tidy_code("３８０５ｗ") == "3805W"
    assert "3805" not in str(Response.objects.values().get())
    assert linking.code_key("3805W", "330102001052") not in keys


@pytest.mark.parametrize("code", ["", "1", "12-3", "x" * 21])
def test_a_code_that_tells_nobody_apart_is_refused(coded, code):
    with pytest.raises(RuleViolation, match="letters and digits"):
        submit(coded.before, code=code)


@pytest.mark.parametrize("other", ["3805W", "3806W", "380W", "33805W", "8305W", "3805V"])
def test_one_slip_is_found(other):
    assert (other in linking.near_codes("3805W")) is (other != "3805W")


def test_the_same_code_links_before_and_after(coded):
    first, second = submit(coded.before, code="3805W"), submit(coded.after, code="3805w")
    assert first.subject_key == second.subject_key
    assert (Response.objects.matched().count(), LinkDoubt.objects.count()) == (2, 0)


def test_a_code_that_comes_twice_keeps_the_first_and_waits_for_a_person(coded):
    first, second = submit(coded.before, code="3805W"), submit(coded.before, code="3805W")
    doubt = LinkDoubt.objects.get()
    assert (doubt.response, doubt.other, doubt.why) == (second, first, "same_code")
    assert (list(Response.objects.matched()), second.link_state) == ([first], "doubtful")
    linking.settle_doubt(doubt_id=doubt.pk, verdict="same", actor=coded.worker)
    assert list(Response.objects.matched()) == [first]
    assert Response.objects.get(pk=second.pk).withdrawn_at is not None


def test_guessed_codes_do_not_fill_the_list_of_doubts(coded, monkeypatch):
    first = submit(coded.before, code="3805W")
    monkeypatch.setattr(linking, "MOST_OPEN", 3)
    guesses = [submit(coded.before, code="3805W") for _each in range(3)]
    assert [guess.link_state for guess in guesses] == ["doubtful", "doubtful", "alone"]
    assert (LinkDoubt.objects.count(), list(Response.objects.matched())) == (3, [first])
    assert submit(coded.after, code="3805V").link_state == "doubtful"  # the other survey has a list of its own


def test_more_sheets_of_one_code_than_slips_make_are_linked_with_nobody(coded):
    sheets = [submit(coded.before, code="3805W") for _each in range(8)]
    assert [sheet.link_state for sheet in sheets] == ["linked"] + ["doubtful"] * 5 + ["alone"] * 2
    assert len({sheet.subject_key for sheet in sheets}) == 3
    for sheet in sheets[:6]:
        services.withdraw_response(response_id=sheet.pk, actor=coded.worker, reason="重复")
    assert list(Response.objects.matched()) == []


def test_the_key_of_codes_is_a_setting_of_its_own(coded, settings):
    key = submit(coded.before, code="3805W").subject_key
    settings.SECRET_KEY = "another" * 8
    assert linking.code_key("3805W", coded.community.code) == key
    settings.LINKING_KEY = "another" * 8
    assert linking.code_key("3805W", coded.community.code) != key


def test_different_people_with_one_code_are_matched_with_nobody(coded):
    first = submit(coded.before, code="3805W")
    submit(coded.before, code="3805W")
    linking.settle_doubt(doubt_id=LinkDoubt.objects.get().pk, verdict="different", actor=coded.worker)
    assert (Response.objects.matched().count(), Response.objects.counted().count()) == (0, 2)
    after = submit(coded.after, code="3805W")
    assert (after.link_state, after.subject_key == Response.objects.get(pk=first.pk).subject_key) == ("linked", False)
    third = submit(coded.before, code="3805W")
    assert third.link_state == "doubtful"


def test_a_code_one_slip_away_is_joined_only_by_a_person(coded):
    before = submit(coded.before, code="3805W")
    after = submit(coded.after, code="3806W")
    doubt = LinkDoubt.objects.get()
    assert (after.link_state, doubt.other, doubt.why) == ("doubtful", before, "near_code")
    linking.settle_doubt(doubt_id=doubt.pk, verdict="same", actor=coded.worker)
    after = Response.objects.get(pk=after.pk)
    assert (after.subject_key, after.link_state) == (before.subject_key, "linked")
    with pytest.raises(RuleViolation, match="already"):
        linking.settle_doubt(doubt_id=doubt.pk, verdict="same", actor=coded.worker)
    event = AuditEvent.objects.get(verb="link_doubt.settled")
    assert event.data == {"why": "near_code", "verdict": "same"}


def test_a_similar_code_of_somebody_else_counts_as_it_is(coded):
    before, after = submit(coded.before, code="3805W"), submit(coded.after, code="3806W")
    linking.settle_doubt(doubt_id=LinkDoubt.objects.get().pk, verdict="different", actor=coded.worker)
    after = Response.objects.get(pk=after.pk)
    assert (after.link_state, after.subject_key != before.subject_key) == ("linked", True)


def test_a_person_who_has_a_sheet_cannot_get_a_second_one_by_a_verdict(coded):
    submit(coded.before, code="3805W")
    submit(coded.after, code="3806W")
    submit(coded.after, code="3805W")
    with pytest.raises(RuleViolation, match="another answer sheet"):
        linking.settle_doubt(doubt_id=LinkDoubt.objects.get().pk, verdict="same", actor=coded.worker)
    assert LinkDoubt.objects.get().verdict == ""


def test_taking_one_of_two_back_settles_the_other(coded):
    first, second = submit(coded.before, code="3805W"), submit(coded.before, code="3805W")
    services.withdraw_response(response_id=second.pk, actor=coded.worker, reason="重复")
    assert list(Response.objects.matched()) == [first]
    assert LinkDoubt.objects.open().count() == 0


# --- as evidence ---------------------------------------------------------------------------------------------------
def test_a_survey_as_evidence_is_told_without_reading_answers(place):
    waves = [WaveFactory(organization=place.organization, opened=True) for _each in range(3)]
    sheets = [ResponseFactory.create_batch(2, wave=wave)[0] for wave in waves]
    identifiers = [str(wave.uuid) for wave in waves]
    with CaptureQueriesContext(connection) as queries:
        before = WaveKindOfEvidence.fingerprints(identifiers)
    assert (len(queries), [query for query in queries if '"answers"' in query["sql"]]) == (2, [])
    assert [before[one][0] for one in identifiers] == ["2"] * 3
    services.withdraw_response(response_id=sheets[0].pk, actor=place.worker, reason="重复")
    Response.objects.filter(pk=sheets[1].pk).update(updated_at=OPENED_AT + HOUR)
    after = WaveKindOfEvidence.fingerprints(identifiers)
    assert [before[one] == after[one] for one in identifiers] == [False, True, True]
