"""Kinds of activities made in the browser. ``published(kind)`` is the kind as it is after publishing."""

import factory

from projects.models import CustomKind
from projects.services.kind import publish_kind
from tests.factories.accounts import UserFactory


def question(name, label, kind="text", *, english="", required=False, choices=(), long=False):
    return {
        "uuid": name, "name": name, "type": kind, "label": {"zh-hans": label, "en": english}, "required": required,
        "help": {"zh-hans": "", "en": ""}, "long": long,
        "choices": [[f"c{number}", {"zh-hans": text, "en": ""}] for number, text in enumerate(choices, 1)],
    }  # fmt: skip


class CustomKindFactory(factory.django.DjangoModelFactory):
    """A kind with a question of each type, not published yet."""

    class Meta:
        model = CustomKind

    code = factory.Sequence(lambda n: f"own-kind-{n}")
    label = factory.Sequence(lambda n: f"便民服务{n}")
    label_en = factory.Sequence(lambda n: f"Street service {n}")
    created_by = factory.SubFactory(UserFactory)
    questions = factory.LazyFunction(
        lambda: [
            question("q1", "服务项目", english="What was offered", required=True),
            question("q2", "经过", long=True),
            question("q3", "收入", "number"),
            question("q4", "下次日期", "date"),
            question("q5", "收费吗", "yes_no"),
            question("q6", "地点类型", "one_of", choices=("广场", "楼道")),
            question("q7", "到场单位", "several", choices=("社区", "物业", "学校")),
        ]
    )


def published(kind):
    return publish_kind(kind_id=kind.pk, actor=kind.created_by)
