"""Editions of a kind's questions: a record shows its own, whatever became of the kind since."""

import uuid

import pytest
from django import forms
from django.db import IntegrityError
from django.utils import timezone, translation

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.hashes import content_sha256
from projects.models import Activity, CustomKind, KindVersion
from projects.registries import ActivityKind, activity_kinds, content_of, edition_class, own_sha256
from projects.services import kind as services
from projects.services.activity import submit_activity, update_activity
from tests.factories.kinds import CustomKindFactory, published, question
from tests.factories.projects import STARTS_AT, ActivityFactory


def values(place, **details):
    return {
        "organization": place.organization, "starts_at": STARTS_AT.replace(year=2025), "minutes": 30, "place_text": "",
        "participants": 3, "summary": "说了", "next_step": "", "led_by": "", "details": details,
    }  # fmt: skip


def record(place, kind, **details):
    return submit_activity(uuid=uuid.uuid4(), kind=kind, values=values(place, **details), version=0, actor=place.worker)


def told(activity):
    return {answer["label"]: answer["text"] for answer in activity.answers.values() if answer["text"]}


class OldForm(forms.Form):
    theme = forms.ChoiceField(label="主题", choices=[("a", "防火"), ("b", "防盗")])
    lost = forms.CharField(label="已取消的问题")


class NewForm(forms.Form):
    theme = forms.ChoiceField(label="新主题", choices=[("a", "防骗")])
    more = forms.CharField(label="新问题", required=False)


def register(form):
    activity_kinds.unregister("patrol")
    facts = {"code": "patrol", "label": "巡逻", "icon": "star", "details_form": form}
    return activity_kinds.register(type("Patrol", (ActivityKind,), facts))


@pytest.fixture
def patrol():
    yield register(OldForm)
    activity_kinds.unregister("patrol")


# --- editions of kinds that are code ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(activity_kinds), ids=lambda kind: kind.code)
def test_the_content_of_a_kind_says_what_its_form_asks(kind):
    content = content_of(kind)
    assert [row["name"] for row in content["questions"]] == list(kind.details_form.base_fields)
    rebuilt = edition_class(content | {"code": "gone"})
    for name, field in kind.details_form.base_fields.items():
        twin = rebuilt.details_form.base_fields[name]
        assert (str(twin.label), twin.required) == (str(field.label), field.required)
        assert [(str(code), str(label)) for code, label in getattr(twin, "choices", ())] == [
            (str(code), str(label)) for code, label in getattr(field, "choices", ())
        ]
    assert content_sha256(content) == own_sha256(kind)


def test_the_hash_of_an_edition_does_not_depend_on_the_order_of_its_parts():
    content = content_of(activity_kinds["visit"])
    assert content_sha256(dict(reversed(content.items()))) == content_sha256(content)
    assert content_sha256(content | {"code": "x"}) != content_sha256(content)


def test_content_speaks_all_languages_whatever_the_reader_does():
    with translation.override("zh-hans"):
        chinese = content_of(activity_kinds["visit"])
    assert chinese == content_of(activity_kinds["visit"])
    assert chinese["label"] == {"zh-hans": "走访", "en": "visit"}


def test_the_first_record_writes_the_edition_down_and_the_second_finds_it(place):
    first, second = record(place, "visit", way="phone"), record(place, "visit", way="phone")
    version = KindVersion.objects.get()
    assert (first.kind_version, second.kind_version, version.number) == (version, version, 1)
    assert Activity.objects.get(pk=first.pk).kind_class is activity_kinds["visit"]


def test_another_edition_takes_the_next_number():
    empty = {"code": "visit", "label": {}, "questions": []}
    KindVersion.objects.create(kind="visit", number=4, content=empty, sha256="x", published_at=timezone.now())
    version = services.current_version(activity_kinds["visit"])
    assert (version.number, version.content) == (5, content_of(activity_kinds["visit"]))
    assert services.current_version(activity_kinds["visit"]) == version


def test_an_old_record_shows_its_own_questions_after_the_kind_changed(patrol, place):
    old = record(place, "patrol", theme="b", lost="还在")
    register(NewForm)
    new = record(place, "patrol", theme="a", more="加了")
    assert told(Activity.objects.get(pk=old.pk)) == {"主题": "防盗", "已取消的问题": "还在"}
    assert told(Activity.objects.get(pk=new.pk)) == {"新主题": "防骗", "新问题": "加了"}
    assert list(KindVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_old_record_is_corrected_with_its_own_questions(patrol, place, sign_in):
    old = record(place, "patrol", theme="b", lost="还在")
    version = old.kind_version
    register(NewForm)
    form = sign_in(place.worker).get(f"/projects/activities/{old.uuid}/edit/").context["form"]
    assert {"details-theme", "details-lost"} <= set(form.fields)
    assert "details-more" not in form.fields
    changed = update_activity(
        activity_id=old.pk, values=values(place, theme="a", lost="改过"), version=old.version, actor=place.worker
    )
    assert changed.kind_version == version


def test_a_record_of_a_kind_that_vanished_still_opens_and_prints(patrol, place, sign_in):
    old = record(place, "patrol", theme="b", lost="还在")
    activity_kinds.unregister("patrol")
    assert told(Activity.objects.get(pk=old.pk)) == {"主题": "防盗", "已取消的问题": "还在"}
    client = sign_in(place.worker)
    for address in ("", "edit/", "record.docx"):
        assert client.get(f"/projects/activities/{old.uuid}/{address}").status_code == 200
    assert client.get("/projects/activities/counts/?month=2025-11").status_code == 200
    unknown = ActivityFactory(organization=place.organization, kind="never", details={"a": "甲"})
    assert (told(unknown), str(unknown)) == ({"a": "甲"}, "never")
    assert client.get(unknown.get_absolute_url()).status_code == 200


# --- kinds made in the browser ---------------------------------------------------------------------------------------


def test_a_published_kind_asks_shows_counts_and_prints_without_code(place, sign_in):
    kind = published(CustomKindFactory(label="便民理发", label_en="Haircuts"))
    client = sign_in(place.worker)
    assert "Haircuts" in client.get("/projects/activities/new/").content.decode()
    data = {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "starts_at": "2025-11-03T09:30",
        "summary": "剪了", "details-q1": "理发", "details-q2": "一行\n两行", "details-q3": "12.50",
        "details-q4": "2025-12-01", "details-q5": "no", "details-q6": "c2", "details-q7": ["c1", "c3"],
    }  # fmt: skip
    address = f"/projects/activities/new/{kind.code}/"
    assert client.post(address, data | {"details-q1": ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    activity = Activity.objects.get()
    assert activity.kind_version == kind.current
    assert list(told(activity).values()) == ["理发", "一行\n两行", "12.50", "2025-12-01", "no", "楼道", "社区, 学校"]
    assert "What was offered" in client.get(activity.get_absolute_url()).content.decode()
    assert "Haircuts" in client.get(f"/projects/activities/?kind={kind.code}").content.decode()
    assert "Haircuts" in client.get("/projects/activities/counts/?month=2025-11").content.decode()
    assert client.get(f"/projects/activities/{activity.uuid}/record.docx").status_code == 200
    with translation.override("zh-hans"):
        assert activity.get_kind_display() == "便民理发"


def test_a_published_kind_is_recorded_by_machines(place, sign_in):
    kind = published(CustomKindFactory())
    body = {
        "kind": kind.code, "organization": str(place.organization.uuid), "starts_at": "2025-11-03T09:30:00+08:00",
        "summary": "剪了", "details": {"q1": "理发", "q7": ["c1"]},
    }  # fmt: skip
    client = sign_in(place.worker)
    assert client.post("/api/v1/activities/", body, content_type="application/json").status_code == 201
    wrong = body | {"details": {"q7": ["c9"]}}
    assert client.post("/api/v1/activities/", wrong, content_type="application/json").status_code == 400


def test_records_keep_their_edition_when_the_next_one_is_published(place):
    kind = published(CustomKindFactory(questions=[question("q1", "甲"), question("q2", "乙")]))
    old = record(place, kind.code, q1="一", q2="二")
    services.remove_question(kind_id=kind.pk, name="q1", actor=kind.created_by)
    services.add_question(kind_id=kind.pk, uuid=uuid.uuid4(), question=asked("丙"), actor=kind.created_by)
    assert told(Activity.objects.get(pk=old.pk)) == {"甲": "一", "乙": "二"}
    kind = services.publish_kind(kind_id=kind.pk, actor=kind.created_by)
    new = record(place, kind.code, q2="二", q3="三")
    assert told(Activity.objects.get(pk=old.pk)) == {"甲": "一", "乙": "二"}
    assert told(Activity.objects.get(pk=new.pk)) == {"乙": "二", "丙": "三"}
    assert [row.number for row in KindVersion.objects.filter(kind=kind.code)] == [2, 1]


def test_a_kind_switched_off_takes_no_new_records_and_keeps_the_old(place, sign_in):
    kind = published(CustomKindFactory())
    old = record(place, kind.code, q1="理发")
    services.switch_off_kind(kind_id=kind.pk, actor=kind.created_by)
    client = sign_in(place.worker)
    assert str(kind) not in client.get("/projects/activities/new/").content.decode()
    assert client.get(f"/projects/activities/new/{kind.code}/").status_code == 403
    with pytest.raises(RuleViolation):
        record(place, kind.code, q1="再来")
    corrected = update_activity(
        activity_id=old.pk, values=values(place, q1="改"), version=old.version, actor=place.worker
    )
    assert told(corrected) == {"What was offered": "改"}
    services.switch_on_kind(kind_id=kind.pk, actor=kind.created_by)
    assert str(kind) in client.get("/projects/activities/new/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_records_of_own_kinds_asks_at_most_once_more(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        kind = published(CustomKindFactory())
        version = kind.current
        ActivityFactory(
            organization=place.organization, kind=kind.code, kind_version=version, recorded_by=place.worker, details={}
        )
    client = sign_in(place.staff)
    services.kinds_in_use()
    with django_assert_num_queries(9):
        assert client.get("/projects/activities/").content.decode().count('class="row-link"') == number


def test_fifty_records_fetch_their_editions_at_once(place, django_assert_max_num_queries):
    kinds = [published(CustomKindFactory()) for _number in range(5)]
    for number in range(50):
        kind = kinds[number % 5]
        ActivityFactory(organization=place.organization, kind=kind.code, kind_version=kind.current, details={})
    with django_assert_max_num_queries(2):
        assert len({str(activity) for activity in Activity.objects.order_by("pk")}) == 5


# --- the rules of a draft --------------------------------------------------------------------------------------------


def asked(label, kind="text", *, required=False, choices=()):
    return {
        "type": kind, "long": False, "label": {"zh-hans": label, "en": ""}, "help": {"zh-hans": "", "en": ""},
        "required": required, "choices": [{"zh-hans": text, "en": ""} for text in choices],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([asked("")], "no words"),
        ([asked("  ")], "no words"),
        ([asked("甲"), asked(" 甲 ")], "the same words"),
        ([asked("甲", "one_of")], "fewer than two choices"),
        ([asked("甲", "several", choices=["一"])], "fewer than two choices"),
        ([asked("甲", "several", choices=[str(n) for n in range(50)])], "at most 40 choices"),
        ([asked(str(n), required=True) for n in range(4)], "three questions can be required"),
        ([asked(str(n)) for n in range(200)], "at most 40 questions"),
    ],
)
def test_questions_that_make_no_form_are_refused_with_a_sentence(rows, sentence):
    kind = CustomKindFactory(questions=[])
    with pytest.raises(RuleViolation, match=sentence):  # noqa: PT012 - which of them is too many is the question
        for row in rows:
            services.add_question(kind_id=kind.pk, uuid=uuid.uuid4(), question=row, actor=kind.created_by)


def test_a_question_sent_twice_is_there_once():
    kind, token = CustomKindFactory(questions=[]), uuid.uuid4()
    for _click in range(2):
        services.add_question(kind_id=kind.pk, uuid=token, question=asked("甲"), actor=kind.created_by)
    kind.refresh_from_db()
    assert [row["name"] for row in kind.questions] == ["q1"]
    assert AuditEvent.objects.filter(verb="kind.question_added").count() == 1


def test_a_choice_that_keeps_its_words_keeps_its_value_and_no_value_comes_twice():
    kind = CustomKindFactory(questions=[question("q1", "甲", "one_of", choices=("一", "二", "三"))])
    changed = asked("甲", "one_of", choices=["三", "四", "一"])
    services.update_question(kind_id=kind.pk, name="q1", question=changed, actor=kind.created_by)
    kind.refresh_from_db()
    assert [value for value, _words in kind.questions[0]["choices"]] == ["c3", "c4", "c1"]


def test_questions_change_places():
    kind = CustomKindFactory(questions=[question("q1", "甲"), question("q2", "乙")])
    for by in (1, 1, -1, 1):
        services.move_question(kind_id=kind.pk, name="q1", by=by, actor=kind.created_by)
    kind.refresh_from_db()
    assert [row["name"] for row in kind.questions] == ["q2", "q1"]
    assert AuditEvent.objects.filter(verb="kind.question_moved").count() == 3


def test_publishing_twice_without_a_change_is_refused_and_leaves_no_trace():
    kind = published(CustomKindFactory())
    with pytest.raises(RuleViolation, match="Nothing has changed"):
        services.publish_kind(kind_id=kind.pk, actor=kind.created_by)
    assert KindVersion.objects.count() == 1
    assert AuditEvent.objects.filter(verb="kind.published").count() == 1


def test_publishing_what_was_published_before_takes_that_edition_again(place):
    kind = published(CustomKindFactory(questions=[question("q1", "甲")]))
    first = kind.current
    services.add_question(kind_id=kind.pk, uuid=uuid.uuid4(), question=asked("乙"), actor=kind.created_by)
    assert services.publish_kind(kind_id=kind.pk, actor=kind.created_by).current != first
    services.remove_question(kind_id=kind.pk, name="q2", actor=kind.created_by)
    kind = services.publish_kind(kind_id=kind.pk, actor=kind.created_by)
    assert kind.current == first
    assert record(place, kind.code, q1="一").kind_version == first


@pytest.mark.parametrize("verb", ["switch_off_kind", "switch_on_kind"])
def test_switching_what_is_so_already_is_refused(verb):
    kind = published(CustomKindFactory())
    if verb == "switch_off_kind":
        services.switch_off_kind(kind_id=kind.pk, actor=kind.created_by)
    with pytest.raises(RuleViolation):
        getattr(services, verb)(kind_id=kind.pk, actor=kind.created_by)


def test_a_kind_never_published_is_not_switched_on_and_the_database_says_so_too():
    kind = CustomKindFactory()
    with pytest.raises(RuleViolation, match="publish it first"):
        services.switch_on_kind(kind_id=kind.pk, actor=kind.created_by)
    with pytest.raises(IntegrityError):
        CustomKind.objects.filter(pk=kind.pk).update(is_active=True)


def test_two_kinds_of_one_name_are_refused():
    facts = {"label": "便民理发", "label_en": "Haircuts", "icon": "star", "default_minutes": 60}
    actor = CustomKindFactory().created_by
    first = services.create_kind(uuid=uuid.uuid4(), values=facts, actor=actor)
    assert first.code == "own-haircuts"
    with pytest.raises(RuleViolation, match="of this name"):
        services.create_kind(uuid=uuid.uuid4(), values=facts, actor=actor)
    with pytest.raises(RuleViolation, match="of this name"):
        services.create_kind(uuid=uuid.uuid4(), values=facts | {"label": "visit"}, actor=actor)
    second = services.create_kind(uuid=uuid.uuid4(), values=facts | {"label": "另一个"}, actor=actor)
    assert second.code == "own-haircuts-2"


def test_a_change_over_an_edition_never_seen_is_refused():
    kind = CustomKindFactory()
    facts = {"label": "改", "label_en": "", "icon": "star", "default_minutes": 30}
    seen = kind.edition
    services.update_kind(kind_id=kind.pk, values=facts, actor=kind.created_by, edition=seen)
    with pytest.raises(StaleEdition):
        services.update_kind(kind_id=kind.pk, values=facts, actor=kind.created_by, edition=seen)
