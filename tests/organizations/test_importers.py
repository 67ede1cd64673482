"""A street's own list of organizations: what is taken, what is handed back with its row, and nothing twice."""

import io
import uuid

import openpyxl
import pytest

from incubator.audit.models import AuditEvent
from incubator.base.policies import verdict
from incubator.importing import services
from incubator.importing.models import ImportBatch
from incubator.importing.registries import importers
from organizations.importers.organizations import OrganizationImporter, community_key, read_day
from organizations.models import SocialOrganization
from organizations.policies.organization import check_import_organizations
from tests.factories.organizations import OrganizationFactory, credit_code

HEAD = [
    "序号",
    "所属社区",
    "社区社会组织名称",
    "类别",
    "登记/备案情况",
    "备案编号/信用代码",
    "负责人",
    "联系电话",
    "成立时间",
    "备案日期",
]
ROWS = [
    [1, "清波门社区", "清波读书会", "文体活动", "未备案", None, "林秀凤", "138-0000-1234", "2019-03-08", None],
    [2, "清波门", "清波巡逻队", "平安建设类", "已备案", "清备〔2021〕004号", "王秀春", None, "2016/12/1", "20210520"],
    [3, "330102001052", "劳动路助老队", None, None, credit_code(5), None, None, None, None],
]
WRONG = [
    [4, "没有的社区", "甲队", None, None, None, None, None, None, None],
    [5, "清波门社区", None, None, None, None, None, None, None, None],
    [6, "清波门社区", "乙队", None, None, None, None, "1380000", None, None],
    [7, "清波门社区", "丙队", None, None, None, None, None, "2019-02-30", None],
    [8, "清波门社区", "丁队", None, "已备案", None, None, None, None, None],
    [9, "清波门社区", "清波读书会", None, None, None, None, None, None, None],
    [10, "望江门社区", "戊队", "没有的类", None, None, None, None, "2999-01-01", None],
]


def sheet(*rows):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def upload(personas):
    def send(*rows, actor=None, area=None):
        return services.upload_batch(
            uuid=uuid.uuid4(), importer=OrganizationImporter, content=sheet(*rows), file_name="台账.xlsx",
            actor=actor or personas.staff, area=area,
        )  # fmt: skip

    return send


def test_the_importer_is_found():
    assert importers["organizations"] is OrganizationImporter


def test_good_rows_become_organizations_with_one_event_each(upload, personas):
    batch = upload(*ROWS)
    assert (batch.counts, batch.errors) == ({"rows": 3, "new": 3, "known": 0, "bad": 0}, [])
    assert SocialOrganization.objects.count() == 0
    services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    found = {item.name: item for item in SocialOrganization.objects.select_related("community", "type")}
    first = found["清波读书会"]
    assert (first.community, first.type.code, first.legal_status) == (personas.community, "culture_sports", "unfiled")
    assert (first.contact_phone, first.founded_on.isoformat()) == ("13800001234", "2019-03-08")
    assert first.pinyin.endswith(" qbdsh")
    filed = found["清波巡逻队"]
    assert (filed.legal_status, filed.filing_number, filed.filed_on.isoformat()) == (
        "filed", "清备〔2021〕004号", "2021-05-20",
    )  # fmt: skip
    third = found["劳动路助老队"]
    assert (third.legal_status, third.credit_code, third.type.code) == ("registered", credit_code(5), "other")
    assert third.community == personas.next_community
    assert AuditEvent.objects.filter(verb="organization.registered").count() == 3


def test_wrong_rows_are_named_with_their_number_in_the_sheet(upload):
    batch = upload(*ROWS, *WRONG)
    assert batch.counts == {"rows": 10, "new": 3, "known": 0, "bad": 7}
    assert [(error["row"], error["column"]) for error in batch.errors] == [
        (5, "Community"), (6, "Name"), (7, "Phone"), (8, "Founded on"), (9, "Filing number"), (9, "Filed on"), (10, "Name"),
        (11, "Community"), (11, "Type"), (11, "Founded on"),
    ]  # fmt: skip
    assert batch.errors[3]["reason"] == "“2019-02-30” is no day. Please write it like 2026-10-01."


def test_what_is_there_already_is_left_alone(upload, personas):
    OrganizationFactory(community=personas.community, name="清波读书会")
    batch = upload(*ROWS)
    assert batch.counts == {"rows": 3, "new": 2, "known": 1, "bad": 0}
    services.confirm_batch(batch_id=batch.pk, actor=personas.staff)
    assert SocialOrganization.objects.filter(name="清波读书会").count() == 1
    assert ImportBatch.objects.get(pk=batch.pk).counts["made"] == 2


def test_a_list_for_a_place_outside_ones_reach_takes_nothing(upload, personas):
    batch = upload(*ROWS, actor=personas.other_staff)
    assert batch.counts["new"] == 0
    batch = upload(*ROWS, actor=personas.other_staff, area=personas.street)
    assert batch.counts["new"] == 0


def test_checking_costs_the_same_queries_for_any_length(personas, django_assert_num_queries):
    from incubator.importing.readers import read_rows

    rows = read_rows(sheet(*ROWS), OrganizationImporter)
    with django_assert_num_queries(5):  # grants, communities, types, existing ones, credit codes
        shared = OrganizationImporter.prepare(rows, actor=personas.staff, area=None)
    with django_assert_num_queries(0):
        assert all(OrganizationImporter.row_form(row, shared=shared, actor=personas.staff).is_valid() for row in rows)


def test_import_organizations_is_open_to_exactly_these_people(personas):
    allowed = {person.username for person in personas.everybody if verdict(check_import_organizations, person)}
    assert allowed == {
        "staff", "other_staff", "community_staff", "hub", "district_admin", "supervisor",
    }  # fmt: skip


@pytest.mark.no_db
@pytest.mark.parametrize("name", ["清泰门", "清泰门社区", "清泰门社区居委会", "清泰门社区居民委员会", " 清泰门 社区"])
def test_a_community_is_known_by_its_names(name):
    assert community_key(name) == "清泰门"


@pytest.mark.no_db
@pytest.mark.parametrize(
    "text", ["2026-10-01", "2026/10/1", "2026年10月1日", "2026.10.1", "20261001", "2026-10-01 00:00"]
)
def test_days_are_read_as_people_write_them(text):
    assert read_day(text).isoformat() == "2026-10-01"
