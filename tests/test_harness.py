"""The harness itself: each rule fails when it is broken, and lets pass what is right."""

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.template import Context, Engine, Origin, Template
from django.urls import path

from incubator.accounts.models import User
from organizations.models import DossierHeading, OrganizationType
from tests.factories.accounts import PASSWORD, UserFactory
from tests.harness import ROOT, UndefinedVariableError, forms_without_token

OURS = Origin(str(ROOT / "templates" / "x.html"))


def form_page(request):
    return HttpResponse('<form method="post"><input name="a"></form>')


def writing_page(request):
    User.objects.update(name="changed")
    return HttpResponse("done")


for view in (form_page, writing_page):
    view.login_required = False

urlpatterns = [path("form/", form_page), path("write/", writing_page)]


def render(text, origin=OURS, **values):
    return Template(text, origin=origin, engine=Engine.get_default()).render(Context(values))


@pytest.mark.parametrize(
    "text",
    ["{{ missing }}", "{{ known.missing }}", "{% for x in missing %}{% endfor %}", "{{ missing|upper }}",
     "{% blocktranslate %}{{ missing }}{% endblocktranslate %}"],
)  # fmt: skip
def test_an_undefined_variable_fails(text):
    with pytest.raises(UndefinedVariableError):
        render(text, known="1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("{{ missing|default:'-' }}", "-"), ("{% if missing %}a{% endif %}", ""), ("{{ known }}", "1"),
     ("{% blocktranslate with n=known %}{{ n }}{% endblocktranslate %}", "1")],
)  # fmt: skip
def test_asking_whether_a_variable_exists_passes(text, expected):
    assert render(text, known="1") == expected


def test_third_party_templates_are_left_alone():
    assert render("{{ missing }}", origin=Origin("/usr/lib/somewhere/x.html")) == ""


@pytest.mark.urls("tests.test_harness")
def test_a_post_form_without_token_fails(client):
    with pytest.raises(AssertionError, match="without CSRF token"):
        client.get("/form/")


@pytest.mark.urls("tests.test_harness")
def test_a_get_request_that_writes_fails(client):
    with pytest.raises(AssertionError, match="writes to the database"):
        client.get("/write/")


def test_get_forms_and_forms_with_token_pass():
    assert forms_without_token(b"<form method=get></form>") == []
    assert forms_without_token(b"<form method='post'><input name=csrfmiddlewaretoken></form>") == []


def test_personas_hold_the_roles_they_are_named_after(personas):
    assert personas.worker.access.covers(personas.community)
    assert not personas.worker.access.covers(personas.other_community)
    assert personas.admin.access.is_platform_admin
    assert personas.stranger.access.grants == []


def test_personas_are_cheap(django_assert_num_queries):
    from tests.personas import make_personas

    with django_assert_num_queries(8):
        make_personas()


def test_the_sample_of_divisions_nests(site_divisions):
    assert len(site_divisions) == 261
    assert site_divisions["330102001051"].parent.parent == site_divisions["330102"]


def test_people_of_the_factory_have_the_password():
    assert UserFactory().check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_shipped_lists_come_back_after_a_test_with_real_transactions():
    shipped = set(OrganizationType.objects.values_list("code", flat=True))
    OrganizationType.objects.create(code="of_this_test", name="测试")
    call_command("flush", interactive=False, verbosity=0)
    assert set(OrganizationType.objects.values_list("code", flat=True)) == shipped
    assert shipped >= {"charity", "mutual_aid"}
    assert DossierHeading.objects.filter(code="charter").exists()
