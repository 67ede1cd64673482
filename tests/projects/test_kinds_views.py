"""The office of kinds: everybody may read, the platform admin makes them; without scripts."""

import uuid

import pytest
from django.urls import reverse

from projects.models import Activity, CustomKind, KindVersion
from projects.policies import kind as policies
from tests.factories.kinds import CustomKindFactory, published, question
from tests.personas import PEOPLE

QUESTION = {
    "label": "服务项目",
    "label_en": "What was offered",
    "type": "text",
    "choices": "",
    "help": "",
    "help_en": "",
}
KIND = {"label": "便民理发", "label_en": "Haircuts", "default_minutes": "90", "icon": "heart"}


@pytest.fixture
def admin(personas, sign_in):
    return sign_in(personas.admin)


def test_a_kind_is_made_asked_and_published_in_the_browser(admin, place, sign_in):
    created = admin.post(reverse("projects:kind-create"), KIND | {"uuid": str(uuid.uuid4())})
    kind = CustomKind.objects.get()
    assert created["Location"] == kind.get_absolute_url()
    add = reverse("projects:kind-question-add", args=[kind.code])
    several = QUESTION | {
        "label": "到场单位",
        "label_en": "",
        "type": "several",
        "choices": "社区 | community\n物业\n\n",
    }
    for data in (QUESTION | {"required": "on"}, several):
        assert admin.post(add, data | {"uuid": str(uuid.uuid4())}).status_code == 302
    assert "到场单位" in admin.get(kind.get_absolute_url()).content.decode()
    assert admin.post(reverse("projects:kind-publish", args=[kind.code])).status_code == 302
    version = KindVersion.objects.get()
    assert [row["label"]["zh-hans"] for row in version.content["questions"]] == ["服务项目", "到场单位"]
    assert version.content["questions"][1]["choices"] == [
        ["c1", {"zh-hans": "社区", "en": "community"}], ["c2", {"zh-hans": "物业", "en": ""}]
    ]  # fmt: skip
    form = sign_in(place.worker).get(reverse("projects:activity-create", args=[kind.code])).context["form"]
    assert form["minutes"].value() == 90
    assert form.fields["details-q1"].required
    assert "details-q2" in [field.name for field in form.more_fields]


def test_a_kind_sent_twice_is_there_once(admin):
    data = KIND | {"uuid": str(uuid.uuid4())}
    places = {admin.post(reverse("projects:kind-create"), data)["Location"] for _click in range(2)}
    assert places == {CustomKind.objects.get().get_absolute_url()}


def test_questions_are_changed_moved_and_taken_out(admin):
    kind = CustomKindFactory(questions=[question("q1", "甲"), question("q2", "乙", "one_of", choices=("一", "二"))])
    edit = reverse("projects:kind-question-update", args=[kind.code, "q2"])
    form = admin.get(edit).context["form"]
    assert (form.initial["choices"], form.initial["type"]) == ("一\n二", "one_of")
    assert admin.post(edit, QUESTION | {"label": "丙", "type": "long_text"}).status_code == 302
    admin.post(reverse("projects:kind-question-up", args=[kind.code, "q2"]))
    kind.refresh_from_db()
    assert [(row["name"], row["long"], row["label"]["zh-hans"]) for row in kind.questions] == [
        ("q2", True, "丙"), ("q1", False, "甲")
    ]  # fmt: skip
    admin.post(reverse("projects:kind-question-down", args=[kind.code, "q2"]))
    admin.post(reverse("projects:kind-question-remove", args=[kind.code, "q1"]))
    kind.refresh_from_db()
    assert [row["name"] for row in kind.questions] == ["q2"]
    assert admin.get(edit.replace("q2", "q1")).status_code == 404


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"label": ""}, "write what is asked"), ({"label": "甲"}, "the same words"),
        ({"type": "one_of"}, "at least two choices"), ({"type": "several", "choices": "一\n一"}, "same words"),
        ({"type": "several", "choices": "| one\n二"}, "no words before the bar"),
        ({"type": "several", "choices": "一\n" + "长" * 90}, "80 characters"), ({"type": "x"}, "x"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_comes_back_with_a_sentence(admin, more, sentence):
    kind = CustomKindFactory(questions=[question("q1", "甲")])
    answer = admin.post(reverse("projects:kind-question-add", args=[kind.code]), QUESTION | more)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    kind.refresh_from_db()
    assert len(kind.questions) == 1


def test_the_preview_is_the_record_form_and_keeps_nothing(admin):
    kind = CustomKindFactory()
    address = reverse("projects:kind-preview", args=[kind.code])
    page = admin.get(address)
    assert [field.name for field in page.context["form"].first_fields if field.name.startswith("details-")] == [
        "details-q1"
    ]
    assert "What was offered" in page.content.decode()
    assert admin.post(address, {"summary": ""}).status_code == 422
    sent = {"starts_at": "2025-11-03T09:30", "summary": "试", "details-q1": "理发"}
    assert "nothing was kept" in admin.post(address, sent).content.decode()
    assert not Activity.objects.exists()
    assert not KindVersion.objects.exists()


def test_a_change_made_meanwhile_is_shown_beside(admin):
    kind = CustomKindFactory()
    address = reverse("projects:kind-update", args=[kind.code])
    seen = admin.get(address).context["form"]["edition"].value()
    assert admin.post(address, KIND | {"edition": seen}).status_code == 302
    second = admin.post(address, KIND | {"label": "另一个", "edition": seen})
    assert second.status_code == 409
    assert "便民理发" in second.content.decode()


def test_what_is_changed_and_not_published_is_said(admin):
    kind = published(CustomKindFactory())
    assert not admin.get(kind.get_absolute_url()).context["is_changed"]
    admin.post(reverse("projects:kind-update", args=[kind.code]), KIND)
    assert admin.get(kind.get_absolute_url()).context["is_changed"]
    for verb, is_active in (("off", False), ("on", True)):
        admin.post(reverse(f"projects:kind-switch-{verb}", args=[kind.code]))
        kind.refresh_from_db()
        assert kind.is_active is is_active


@pytest.mark.parametrize("person", list(PEOPLE))
def test_everybody_signed_in_reads_and_the_platform_admin_alone_writes(person, personas, sign_in):
    kind = CustomKindFactory()
    user = getattr(personas, person)
    client = sign_in(user)
    assert list(CustomKind.objects.visible_to(user)) == [kind]
    policies.check_view_kind(user, kind)
    for name in ("kind-detail", "kind-preview"):
        assert client.get(reverse(f"projects:{name}", args=[kind.code])).status_code == 200
    assert client.get(reverse("projects:kind-list")).status_code == 200
    expected = 302 if person == "admin" else 403
    assert client.post(reverse("projects:kind-publish", args=[kind.code])).status_code == expected
    opened = 200 if person == "admin" else 403
    assert client.get(reverse("projects:kind-create")).status_code == opened


def test_visitors_are_led_to_sign_in(client, db):
    kind = CustomKindFactory()
    for address in (reverse("projects:kind-list"), kind.get_absolute_url()):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_kinds_costs_the_same_with_one_and_three(admin, django_assert_num_queries, number):
    for _number in range(number):
        published(CustomKindFactory())
    with django_assert_num_queries(5):
        admin.get(reverse("projects:kind-list"))
