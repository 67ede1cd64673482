"""The frame around every page, and the components that all pages are made of."""

import datetime
import hashlib
import json
import re
from pathlib import Path

import django_filters
import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.base.forms import PageForm
from incubator.base.paging import KeysetPage
from incubator.base.policies import Verdict
from incubator.notifications.models import Notification
from incubator.site.context import Frame
from incubator.site.menus import PHONE_MENU, SIDE_MENU, Menu, MenuItem, menu_for
from tests.factories.organizations import OrganizationFactory
from tests.personas import PEOPLE, give_leader

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
INLINE = re.compile(r"""<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:""", re.I)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
FOREIGN = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.I)


class NoteForm(PageForm):
    name = forms.CharField(label="Name", help_text="As on the door")
    mode = forms.ChoiceField(label="Mode", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Words", method="search")
    state = django_filters.ChoiceFilter(label="State", method="search", choices=[("a", "Active"), ("b", "Asleep")])

    def search(self, queryset, name, value):
        return queryset

    class Meta:
        model = User
        fields = []


@pytest.fixture
def worker(db):
    user = User.objects.create(username="w", name="W")
    RoleGrant.objects.create(
        user=user, role=Role.PLATFORM_ADMIN, scope=Scope.PLATFORM, valid_from=datetime.date(2020, 1, 1)
    )
    return user


def request_of(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return request


def render(name, user=None, path="/", **context):
    return render_to_string(f"components/{name}.html", context, request=request_of(user or AnonymousUser(), path))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
@pytest.mark.no_db
def test_a_template_has_no_inline_script_style_or_handler_and_asks_no_other_host(path):
    text = TAG.sub("", path.read_text("utf-8"))
    assert INLINE.findall(text) == []
    assert FOREIGN.findall(text) == []


@pytest.mark.no_db
def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static" / "icons.svg").read_text("utf-8")))
    used = {item.icon for item in (*SIDE_MENU, *PHONE_MENU)}
    for path in TEMPLATES:
        used |= set(re.findall(r"""(?:\{% icon |\s(?:icon|symbol)=)["']([a-z0-9-]+)["']""", path.read_text("utf-8")))
    assert used - drawn == set()


@pytest.mark.no_db
def test_vendored_files_are_those_of_the_manifest():
    vendor = settings.BASE_DIR / "static" / "vendor"
    rows = json.loads((vendor / "manifest.json").read_text("utf-8"))
    assert {row["file"]: row["sha256"] for row in rows} == {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {Path(row["file"]).parts[0] for row in rows if row["file"].endswith("LICENSE")} == {
        Path(row["file"]).parts[0] for row in rows
    }


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("page_header", {"title": "Organizations"}, "Organizations</span></h1>"),
        ("page_header", {"title": "T", "subtitle": "S", "back_url": "/x/", "back_label": "All"}, 'href="/x/"'),
        ("empty", {"title": "Nothing yet"}, "Nothing yet"),
        (
            "empty",
            {"icon": "tree", "title": "T", "text": "X", "action_url": "/n/", "action_label": "Begin"},
            'href="/n/">Begin',
        ),
        ("action", {"url": "/go/", "label": "Go", "verdict": Verdict(True)}, 'action="/go/"'),
        (
            "action",
            {"url": "/go/", "label": "Go", "verdict": Verdict(True), "confirm": "Sure?", "style": "danger"},
            'data-confirm="Sure?"',
        ),
        ("link_action", {"url": "/go/", "label": "Go", "verdict": Verdict(True), "icon": "send"}, 'href="/go/"'),
        ("stage_badge", {"stage": "seed"}, "#seed"),
        ("stage_badge", {"stage": "seedling"}, "#seedling"),
        ("stage_badge", {"stage": "sapling"}, "#sapling"),
        ("stage_badge", {"stage": "tree"}, "#tree"),
        ("stage_badge", {"stage": ""}, "stage-none"),
        ("status_badge", {"text": "filed"}, "status-neutral"),
        ("status_badge", {"text": "filed", "tone": "success"}, "status-success"),
        ("tabs", {"items": [{"url": "/a/", "label": "A", "count": 3, "current": True}]}, 'aria-current="page"'),
        (
            "timeline",
            {
                "events": [
                    {"at": datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC), "sentence": "S", "actor": None}
                ]
            },
            "<time",
        ),
        ("progress_meter", {"value": 3, "maximum": 5, "label": "Papers"}, '<progress value="3" max="5"'),
        ("stat", {"value": 5, "label": "Visits"}, '<div class="stat">'),
        ("stat", {"value": 5, "label": "Visits", "url": "/v/", "hint": "this month"}, 'href="/v/"'),
        ("form", {"form": NoteForm(), "cancel_url": "/back/"}, "csrfmiddlewaretoken"),
        ("form", {"form": NoteForm(), "submit_label": "Send", "multipart": True}, "multipart/form-data"),
        ("pager", {"page": KeysetPage([1]), "count": 1, "count_is_exact": True}, "1 in all"),
    ],
)
@pytest.mark.no_db
def test_a_component_renders_from_its_contract(name, context, expected):
    assert expected in render(name, **context)


@pytest.mark.parametrize("name", ["action", "link_action"])
@pytest.mark.no_db
def test_a_refused_action_stands_disabled_with_its_reason(name):
    html = render(name, url="/go/", label="Go", verdict=Verdict(False, "Add the charter first."))
    assert "Add the charter first." in html
    assert 'disabled aria-describedby="why-go"' in html
    assert 'id="why-go"' in html
    assert 'action="/go/"' not in html
    assert 'href="/go/"' not in html


@pytest.mark.no_db
def test_the_error_summary_leads_to_the_fields_and_names_them():
    form = NoteForm({"name": "", "mode": "a"})
    form.is_valid()
    form.add_error(None, "The two do not fit.")
    html = render("form", form=form)
    assert html.count("data-error-summary") == 1
    assert 'href="#id_name">Name: This field is required.' in html
    assert "The two do not fit." in html


@pytest.mark.no_db
def test_the_pager_keeps_the_filters_and_drops_nothing_but_the_page():
    page = KeysetPage([1], next_cursor="n", previous_cursor="p", is_first=False, is_last=False)
    html = render("pager", path="/?q=tea&page=x", page=page, count=1000, count_is_exact=False)
    assert 'href="?q=tea&amp;page=n"' in html
    assert 'href="?q=tea&amp;page=p"' in html
    assert 'href="?q=tea"' in html
    assert "1000+ in all" in html


def test_a_filter_in_use_is_a_chip_that_leads_to_the_list_without_it():
    request = request_of(AnonymousUser(), "/?q=tea&state=a&page=x")
    filterset = PersonFilter(request.GET, queryset=User.objects.none(), request=request)
    context = {"filterset": filterset, "sort": "new", "sorts": [("new", "Newest"), ("name", "Name")]}
    html = render_to_string("components/filter_bar.html", context, request=request)
    assert 'class="chip" href="?q=tea"' in html
    assert 'class="chip" href="?state=a"' in html
    assert "Active</span>" in html
    assert '<option value="new" selected>' in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "accounts/locked_out"])
@pytest.mark.no_db
def test_an_error_page_says_what_happened_and_what_to_do_next(name):
    html = render_to_string(f"{name}.html", {"reason": "Only the street may."}, request=request_of(AnonymousUser()))
    assert html.count("<h1") == 1
    assert 'class="btn ' in html
    assert ("Only the street may." in html) is (name in {"400", "403", "403_csrf", "404"})


@pytest.mark.no_db
def test_the_page_of_a_broken_server_needs_neither_request_nor_database():
    html = render_to_string("500.html")
    assert html.count("<h1") == 1


def test_a_visitor_sees_no_menu_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_to_string("404.html", request=request_of(AnonymousUser()))
    assert 'class="sidebar"' not in html
    assert 'class="bottombar"' not in html


def test_the_frame_costs_one_query_besides_the_grants(worker, django_assert_num_queries):
    assert worker.access.roles == {Role.PLATFORM_ADMIN}
    frame = Frame(request_of(worker))
    with django_assert_num_queries(1):
        parts = (frame.side_menu_html, frame.phone_menu_html, frame.place, frame.role, frame.unread, frame.unread_label)
    assert 'href="/" aria-current="page"' in parts[0]
    assert parts[2:] == ("", "platform admin", 0, "0")


@pytest.mark.parametrize(("waiting", "label"), [(0, "0"), (3, "3"), (100, "99+")])
def test_the_bell_counts_unread_notices_to_a_hundred(worker, waiting, label):
    Notification.objects.bulk_create(
        Notification(recipient=worker, kind="a.b", dedup_key=str(number)) for number in range(waiting)
    )
    assert Frame(request_of(worker)).unread_label == label


def test_a_menu_item_whose_page_does_not_exist_is_left_out(worker):
    items = (MenuItem("Home", "site:home", "house"), MenuItem("Later", "site:not-yet", "house"))
    assert [entry.label for entry in menu_for(items, worker).entries] == ["Home"]


def test_a_menu_item_of_another_role_is_left_out(worker):
    items = (
        MenuItem("Mine", "site:home", "house", frozenset({Role.PLATFORM_ADMIN})),
        MenuItem("Theirs", "site:home", "house", frozenset({Role.FUNDER})),
    )
    assert [entry.label for entry in menu_for(items, worker).entries] == ["Mine"]


@pytest.mark.parametrize("name", [*PEOPLE])
def test_no_menu_leads_to_a_refusal(name, sign_in, personas):
    give_leader(personas.leader, OrganizationFactory(community=personas.community).uuid)
    person = getattr(personas, name)
    client = sign_in(person)
    entries = (*menu_for(SIDE_MENU, person).entries, *menu_for(PHONE_MENU, person).entries)
    assert (reverse("audit:event-list") in {entry.url for entry in entries}) is (name == "admin")
    for entry in entries:
        assert client.get(entry.url).status_code == 200, entry.url


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "/"), ("/projects/", "/projects/"), ("/projects/activities/7/", "/projects/activities/"), ("/else/", "")],
)
@pytest.mark.no_db
def test_the_menu_marks_the_entry_that_the_page_belongs_to(path, current):
    from incubator.site.menus import Entry

    menu = Menu(tuple(Entry("", url, "") for url in ("/", "/projects/", "/projects/activities/")))
    assert menu.current(path) == current


@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
def test_demonstration_accounts_are_offered_in_the_demonstration_only(client, settings, demo, shown):
    settings.DEMO = demo
    page = client.get("/accounts/login/").content.decode()
    assert ("miaopu-demo" in page) is shown
    assert page.count("<h1") == 1
