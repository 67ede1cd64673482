"""Lists of needs and of resources from files: what is taken, what is handed back with its row, and nothing twice."""

import io
import uuid

import openpyxl
import pytest

from incubator.importing import services
from organizations.choices import AgeGroup
from organizations.importers.needs import NeedImporter, age_group
from organizations.importers.resources import ResourceImporter
from organizations.models import ResidentNeed, Resource
from tests.factories.needs import NeedCategoryFactory

NEED_HEAD = ["所属社区", "需求内容", "类别", "年龄段", "联系人", "联系电话", "是否同意"]
NEEDS = [
    ["清波门社区", "楼道没灯", "治安安全", "46–60岁", None, None, None],
    ["清波门", "代买药", "养老助老", 72, "刘奶奶", "13800001234", "是"],
]
WRONG_NEEDS = [
    ["没有的社区", "甲", None, None, None, None, None],
    ["清波门社区", None, None, None, None, None, None],
    ["清波门社区", "乙", "没有的类", None, None, None, None],
    ["清波门社区", "丙", None, "外星人", None, None, None],
    ["清波门社区", "丁", None, None, None, "13800001234", None],
    ["清波门社区", "楼道没灯", None, None, None, None, None],
]
RESOURCE_HEAD = ["服务范围", "资源类别", "资源名称", "提供单位", "适用需求", "数量", "金额", "有效期"]
RESOURCES = [
    ["清波门社区", "场地", "二楼活动室", "居委会", "文体活动、儿童青少年", None, None, None],
    ["清波街道", "资金", "微心愿基金", "商会", None, None, "2000.5", "2030-12-31"],
]
WRONG_RESOURCES = [
    ["清波门社区", "资金", "没有金额", "商会", None, None, None, None],
    ["清波门社区", "物资", "长椅", "商会", None, None, "20", None],
    ["清波门社区", "宝贝", "方凳", "商会", None, None, None, None],
    ["清波门社区", "物资", "圆桌", None, None, None, None, None],
    ["清波门社区", "物资", "屏风", "商会", None, -3, None, None],
]


def sheet(head, *rows):
    book = openpyxl.Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(autouse=True)
def kinds(personas):
    for code, name in (("elderly", "养老助老"), ("safety", "治安安全"), ("culture_sports", "文体活动"),
                       ("children", "儿童青少年"), ("other", "其他")):  # fmt: skip
        NeedCategoryFactory(code=code, name=name)


def upload(personas, importer, head, rows):
    return services.upload_batch(
        uuid=uuid.uuid4(), importer=importer, content=sheet(head, *rows), file_name="清单.xlsx", actor=personas.worker,
        area=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", AgeGroup.UNKNOWN), ("72", AgeGroup.OVER_60), ("60岁", AgeGroup.FROM_46), ("26–45", AgeGroup.FROM_26),
     ("老年人", AgeGroup.OVER_60), ("25", AgeGroup.UP_TO_25), ("儿童", AgeGroup.UP_TO_25)],
)  # fmt: skip
def test_age_groups_are_read_as_lists_write_them(text, expected):
    assert age_group(text) == expected


@pytest.mark.parametrize("text", ["外星人", "0", "300"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(ValueError, match=text):
        age_group(text)


def test_good_rows_become_needs_that_are_taken_up(personas):
    batch = upload(personas, NeedImporter, NEED_HEAD, NEEDS)
    assert (batch.counts, batch.errors) == ({"rows": 2, "new": 2, "known": 0, "bad": 0}, [])
    services.confirm_batch(batch_id=batch.pk, actor=personas.worker)
    first, second = ResidentNeed.objects.order_by("pk")
    assert (first.title, first.category.code, first.age_group, first.status) == (
        "楼道没灯",
        "safety",
        "from_46",
        "accepted",
    )
    assert (second.contact_phone, second.age_group, second.consented_at is not None) == ("13800001234", "over_60", True)
    again = upload(personas, NeedImporter, NEED_HEAD, [*NEEDS, ["清波门社区", "新的", None, None, None, None, None]])
    assert again.counts == {"rows": 3, "new": 1, "known": 2, "bad": 0}


def test_wrong_needs_are_named_with_their_row(personas):
    batch = upload(personas, NeedImporter, NEED_HEAD, [*NEEDS, *WRONG_NEEDS])
    assert batch.counts == {"rows": 8, "new": 2, "known": 0, "bad": 6}
    assert [error["row"] for error in batch.errors] == [4, 5, 6, 7, 8, 9]


def test_good_rows_become_resources(personas):
    batch = services.upload_batch(
        uuid=uuid.uuid4(), importer=ResourceImporter, content=sheet(RESOURCE_HEAD, *RESOURCES), file_name="资源.xlsx",
        actor=personas.staff, area=None,
    )  # fmt: skip
    assert (batch.counts, batch.errors) == ({"rows": 2, "new": 2, "known": 0, "bad": 0}, [])
    services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    room, money = Resource.objects.order_by("pk")
    assert (room.kind, sorted(one.code for one in room.categories.all())) == ("venue", ["children", "culture_sports"])
    assert (money.amount_fen, money.division, money.valid_until.year) == (200_050, personas.street, 2030)


def test_wrong_resources_are_named_with_their_row(personas):
    batch = upload(personas, ResourceImporter, RESOURCE_HEAD, WRONG_RESOURCES)
    assert batch.counts == {"rows": 5, "new": 0, "known": 0, "bad": 5}
    assert [error["row"] for error in batch.errors] == [2, 3, 4, 5, 6]
