"""Papers of offices: tried before they are taken, used in their place, taken back; nothing in them runs."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.reporting import policies, services
from incubator.reporting.models import PaperTemplate
from incubator.reporting.papers import find_paper as find_file
from incubator.reporting.papers import plain
from incubator.reporting.registries import find_paper, papers
from projects.papers.activity import record_paper
from projects.registries import activity_kinds
from tests.factories.organizations import FilingFactory, OrganizationFactory
from tests.factories.plan import PlanFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.review import AnnouncementFactory
from tests.factories.stages import AdmissionFactory, AgreementFactory

# Record forms of kinds made in the browser are asked of the database, so not while tests are collected.
SHIPPED = [*papers, *(record_paper(kind) for kind in activity_kinds)]


def docx(*lines, rows=()):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=len(rows), cols=1)
        for row, text in zip(table.rows, rows, strict=True):
            row.cells[0].text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_entry(content, name, data):
    """The same package with one more (or another) entry."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry.filename))
        new.writestr(name, data)
    return written.getvalue()


def upload(content, name="own.docx"):
    return SimpleUploadedFile(name, content)


def put_in(personas, content, *, division="street", actor=None, code="activity-summary"):
    place = getattr(personas, division) if division else None
    return services.upload_paper_template(
        uuid=uuid.uuid4(), paper=find_paper(code), division=place, upload=upload(content), actor=actor or personas.staff
    )


@pytest.mark.parametrize("paper", SHIPPED, ids=lambda paper: paper.code)
def test_every_paper_that_ships_keeps_its_own_rules(paper):
    from incubator.reporting.paper_checks import check_template

    check_template(find_file(paper.template).read_bytes(), paper)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (docx("{{ no_such_value }}"), "no value called “no_such_value”"),
        (docx("{% if title %}{{ no_such_value }}{% endif %}"), "no value called “no_such_value”"),
        (docx("{{ title"), "cannot be read"),
        (docx("{% for x in %}"), "cannot be read"),
        (docx("{{ title.__class__ }}"), "__class__"),
        (docx("{{ title.upper() }}"), "Call"),
        (docx("{{ 'x' * 1000000000 }}"), "Mul"),
        (docx("{{ range(1000000) }}"), "cannot be used"),
        (docx("{{ title|center(1000000000) }}"), "|center"),
        (docx("{% set a = title %}"), "cannot be used"),
        (docx("{% include 'base.html' %}"), "cannot be used"),
        (docx("{% macro a() %}x{% endmacro %}"), "cannot be used"),
        (docx("{{ title.no_such }}"), "trial print"),
        (docx("".join(f"{{% for {name} in answers_lines %}}" for name in "abc") + "{% endfor %}" * 3), "at most once"),
        (with_entry(docx("{{ title }}"), "word/vbaProject.bin", b"x"), "macros"),
        (with_entry(docx("{{ title }}"), "word/embeddings/oleObject1.bin", b"x"), "embedded"),
        (
            with_entry(
                docx("{{ title }}"), "word/_rels/settings.xml.rels",
                b'<Relationships><Relationship Id="r1" Type="x/attachedTemplate" Target="http://x" '
                b'TargetMode="External"/></Relationships>',
            ),
            "from elsewhere",
        ),
    ],
)  # fmt: skip
def test_a_broken_paper_is_refused_with_its_reason(personas, content, sentence):
    with pytest.raises(RuleViolation, match=sentence.replace("|", r"\|")):
        put_in(personas, content)
    assert PaperTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (upload(b"PK\x03\x04 not a zip"), "not a file of a kind"),
        (upload(b"%PDF-1.4 x", "own.pdf"), "not a file of a kind"),
        (upload(b""), "empty"),
        (upload(docx("{{ title }}") + b"0" * (5 * 1024 * 1024)), "larger than 5 MB"),
    ],
)
def test_what_is_no_word_file_is_refused_at_the_field(personas, sign_in, file, sentence):
    url = reverse("reporting:paper-template-upload", args=["activity-summary"])
    data = {"uuid": str(uuid.uuid4()), "division": personas.street.code, "file": file}
    answer = sign_in(personas.staff).post(url, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_an_own_paper_is_used_in_its_place_the_nearest_and_newest_first(personas):
    here = ActivityFactory(organization=OrganizationFactory(community=personas.community), recorded_by=personas.worker)
    there = ActivityFactory(
        organization=OrganizationFactory(community=personas.other_community), recorded_by=personas.worker
    )

    def first_line(activity):
        content = services.print_paper(find_paper("activity-summary"), activity, personas.worker)
        return Document(io.BytesIO(content)).paragraphs[0].text

    put_in(personas, docx("区 {{ title }}"), division="district", actor=personas.district_admin)
    assert (first_line(here)[0], first_line(there)[0]) == ("区", "区")
    put_in(personas, docx("街一 {{ title }}"))
    second = put_in(personas, docx("街二 {{ title }}"))
    assert (second.number, first_line(here)[:2], first_line(there)[0]) == (2, "街二", "区")
    services.withdraw_paper_template(template_id=second.pk, actor=personas.staff)
    assert first_line(here)[:2] == "街一"
    with pytest.raises(RuleViolation):
        services.withdraw_paper_template(template_id=second.pk, actor=personas.staff)
    verbs = [event.verb for event in AuditEvent.objects.about(second).order_by("pk")]
    assert verbs == ["paper_template.uploaded", "paper_template.withdrawn"]


def test_each_kind_s_record_form_can_be_replaced(personas, sign_in):
    activity = ActivityFactory(
        organization=OrganizationFactory(community=personas.community), recorded_by=personas.worker
    )
    put_in(
        personas,
        docx("本街走访 {{ answers.way }}", rows=("{%tr for line in lines %}", "{{ line[0] }}", "{%tr endfor %}")),
        code="record-visit",
    )
    answer = sign_in(personas.worker).get(reverse("projects:activity-record", args=[activity.uuid]))
    assert Document(io.BytesIO(answer.content)).paragraphs[0].text.startswith("本街走访 ")


def test_an_edition_that_fails_with_real_values_gives_way_to_the_one_that_ships(personas):
    activity = ActivityFactory(
        organization=OrganizationFactory(community=personas.community), recorded_by=personas.worker
    )
    edition = put_in(personas, docx("{{ title }}"))
    edition.file.save("x.docx", io.BytesIO(docx("{{ gone }}")))
    edition.save()
    content = services.print_paper(find_paper("activity-summary"), activity, personas.worker)
    assert Document(io.BytesIO(content)).paragraphs[0].text == "活 动 总 结"


def test_values_reach_no_record():
    class Thing:
        secret = "x"

        def __str__(self):
            return "thing"

    assert plain({"a": [Thing(), 1, None]}) == {"a": ["thing", 1, None]}


def test_the_pages_show_papers_fields_and_editions(personas, sign_in):
    edition = put_in(personas, docx("{{ title }}"))
    client = sign_in(personas.staff)
    page = client.get(reverse("reporting:paper-list")).content.decode()
    assert reverse("reporting:paper-detail", args=["record-visit"]) in page
    page = client.get(reverse("reporting:paper-detail", args=["activity-summary"])).content.decode()
    assert "{{ title }}" in page
    assert "{%tr for answers_line in answers_lines %} … {{ answers_line[0] }} … {%tr endfor %}" in page
    assert reverse("reporting:paper-template-file", args=[edition.uuid]) in page
    shipped = client.get(reverse("reporting:paper-shipped", args=["activity-summary"]))
    assert shipped.content == find_file("projects/papers/activity_summary.docx").read_bytes()
    assert client.get(reverse("reporting:paper-detail", args=["nothing"])).status_code == 404


def test_upload_paper_template_with_two_clicks_makes_one(personas, sign_in):
    url, client = reverse("reporting:paper-template-upload", args=["activity-summary"]), sign_in(personas.staff)
    identifier = str(uuid.uuid4())
    for _click in range(2):
        data = {"uuid": identifier, "division": personas.street.code, "file": upload(docx("{{ title }}"))}
        assert client.post(url, data).status_code == 302
    assert PaperTemplate.objects.count() == 1


def test_a_street_keeps_papers_of_its_own_place_alone(personas, sign_in):
    url = reverse("reporting:paper-template-upload", args=["activity-summary"])
    for place in (personas.other_street.code, ""):
        data = {"uuid": str(uuid.uuid4()), "division": place, "file": upload(docx("{{ title }}"))}
        assert sign_in(personas.staff).post(url, data).status_code == 422
    data = {"uuid": str(uuid.uuid4()), "division": "", "file": upload(docx("{{ title }}"))}
    assert sign_in(personas.admin).post(url, data).status_code == 302
    assert PaperTemplate.objects.get().division is None


def test_the_page_and_the_list_agree_who_sees_a_paper(personas):
    for division, actor in (("street", personas.staff), ("district", personas.district_admin), (None, personas.admin)):
        put_in(personas, docx("{{ title }}"), division=division, actor=actor)
    for person in personas.everybody:
        seen = set(PaperTemplate.objects.visible_to(person).values_list("pk", flat=True))
        allowed = {
            item.pk
            for item in PaperTemplate.objects.select_related("division")
            if verdict(policies.check_view_paper_template, person, item)
        }
        assert seen == allowed, person.username


def test_the_nearest_place_s_paper_is_taken_back_by_its_own_office(personas, sign_in):
    edition = put_in(personas, docx("{{ title }}"), division="district", actor=personas.district_admin)
    url = reverse("reporting:paper-template-withdraw", args=[edition.uuid])
    assert sign_in(personas.staff).post(url).status_code == 403
    assert sign_in(personas.other_worker).post(url).status_code == 404
    assert sign_in(personas.district_admin).post(url).status_code == 302
    edition.refresh_from_db()
    assert edition.withdrawn_at is not None


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_paper_costs_the_same(personas, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        put_in(personas, docx("{{ title }}"))
    client = sign_in(personas.staff)
    with django_assert_num_queries(5):
        assert client.get(reverse("reporting:paper-detail", args=["activity-summary"])).status_code == 200


def test_an_own_paper_is_used_for_everything_that_has_one(personas, sign_in):
    """Papers that a page of their own leads to come in the office's edition as well."""
    organization = OrganizationFactory(community=personas.community, name="夜巡队")
    activity = ActivityFactory(organization=organization, recorded_by=personas.worker)
    plan = PlanFactory(project=ProjectFactory(organization=organization, lead=personas.worker))
    agreement, admission = AgreementFactory(project=plan.project), AdmissionFactory(organization=organization)
    announcement = AnnouncementFactory(organization=organization, filed_by=personas.worker)
    filing = FilingFactory(organization=organization)
    addresses = {
        "sign-in-sheet": [("projects:sign-in-sheet", activity), ("projects:plan-sign-in-sheet", plan)],
        "agreement": [("projects:agreement-paper", agreement)],
        "announcement": [("projects:announcement-paper", announcement)],
        "admission-application": [("projects:admission-application", admission)],
        "filing-application": [("organizations:filing-application", filing)],
        "dossier-index": [("organizations:dossier-index", organization)],
    }
    fields = {"filing-application": "facts.name", "dossier-index": "organization.name"}
    client = sign_in(personas.staff)
    for code, pages in addresses.items():
        put_in(personas, docx(f"本街自己的 {{{{ {fields.get(code, 'organization')} }}}}"), code=code)
        for name, thing in pages:
            answer = client.get(reverse(name, args=[thing.uuid]))
            assert (name, answer.status_code) == (name, 200)
            assert Document(io.BytesIO(answer.content)).paragraphs[0].text == "本街自己的 夜巡队"
