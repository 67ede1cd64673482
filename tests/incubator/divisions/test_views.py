import datetime

import pytest
from django.urls import reverse

from incubator.divisions.models import Division


@pytest.fixture
def places(site_divisions, sign_in, personas):
    return sign_in(personas.worker)


def test_the_list_begins_with_the_provinces(places):
    response = places.get(reverse("divisions:division-list"))
    assert [place.code for place in response.context["page"]] == ["33", "62"]


def test_the_list_goes_down_into_a_place(places):
    response = places.get(reverse("divisions:division-list"), {"place": "3301"})
    assert [place.code for place in response.context["page"]] == ["330102"]
    assert [place.code for place in response.context["above"]] == ["33"]


def test_a_name_is_looked_for_within_a_place(places, site_divisions):
    wanted = sorted(code for code, place in site_divisions.items() if code.startswith("620102") and "路" in place.name)
    response = places.get(reverse("divisions:division-list"), {"place": "62", "q": "路"})
    assert [place.code for place in response.context["page"]] == wanted[:50]


@pytest.mark.parametrize("place", ["999999", "abc", "33'--", "３３"])
def test_a_place_that_is_not_there_is_404(places, place):
    assert places.get(reverse("divisions:division-list"), {"place": place}).status_code == 404


def test_nothing_found_says_what_to_do(places):
    response = places.get(reverse("divisions:division-list"), {"q": "没有这个"})
    assert "No place found" in response.content.decode()


def test_closed_places_are_shown_with_their_dates_when_asked_for(places):
    Division.objects.filter(code="330102001").update(valid_to=datetime.date(2024, 6, 29))
    address = reverse("divisions:division-list")
    assert "330102001" not in {p.code for p in places.get(address, {"place": "330102"}).context["page"]}
    response = places.get(address, {"place": "330102", "validity": "closed"})
    assert [place.code for place in response.context["page"]] == ["330102001"]
    assert "2024-06-29" in response.content.decode()


@pytest.mark.parametrize(("query", "rows"), [({"q": "330102001"}, 3), ({"place": "3301"}, 1)])
def test_the_list_costs_the_same_for_one_row_and_many(places, django_assert_num_queries, query, rows):
    address = reverse("divisions:division-list")
    places.get(address)
    with django_assert_num_queries(LIST_QUERIES + 2 * ("place" in query)):
        response = places.get(address, query)
    assert len(response.context["page"]) >= rows


LIST_QUERIES = 6  # session, person, grants, unread notices, count, page; with a place: the place and what is above it


@pytest.mark.parametrize("code", ["33", "330102", "330102001", "330102001051"])
def test_every_level_has_its_page(places, code):
    response = places.get(reverse("divisions:division-detail", args=[code]))
    assert response.status_code == 200
    assert [place.code for place in response.context["children"]] == list(
        Division.objects.filter(parent__code=code).order_by("code").values_list("code", flat=True)
    )


def test_a_visitor_sees_no_place(client, site_divisions):
    response = client.get(reverse("divisions:division-detail", args=["33"]))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]
