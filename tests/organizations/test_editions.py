"""Two people change the same record: whoever saves second reads what the first one wrote, and nothing is overwritten."""

import pytest

from organizations.models import CommunityProfile
from tests.factories.organizations import CommunityProfileFactory, MembershipFactory, OrganizationFactory
from tests.factories.projects import ProjectFactory


def organization_case(personas):
    thing = OrganizationFactory(community=personas.community, responsible_person="周队长", venue="一楼")
    return thing, f"/organizations/{thing.uuid}/edit/", "venue"


def member_case(personas):
    thing = MembershipFactory(organization=OrganizationFactory(community=personas.community), skills="一")
    return thing, f"/organizations/members/{thing.uuid}/edit/", "skills"


def community_case(personas):
    thing = CommunityProfileFactory(community=personas.community, about="一")
    return thing, f"/organizations/communities/{personas.community.code}/edit/", "about"


def project_case(personas):
    organization = OrganizationFactory(community=personas.community)
    thing = ProjectFactory(organization=organization, lead=personas.worker, goal="一")
    return thing, f"/projects/{thing.uuid}/edit/", "goal"


CASES = [organization_case, member_case, community_case, project_case]


def sent(page):
    """What a browser would send back of the form as it stands there."""
    form = page.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    for bound in form:
        if hasattr(bound.field.widget, "format_value"):
            values[bound.html_name] = bound.field.widget.format_value(bound.value())
    flat = {name: (value or [""])[0] if isinstance(value, list) else value for name, value in values.items()}
    return {name: value for name, value in flat.items() if value not in (None, False, "")}


@pytest.mark.parametrize("case", CASES)
def test_saving_over_an_edition_that_one_did_not_see_is_refused_with_both_shown(case, personas, sign_in):
    thing, url, field = case(personas)
    client = sign_in(personas.worker)
    mine, theirs = (sent(client.get(url)) for _person in range(2))
    assert client.post(url, theirs | {field: "她写的"}).status_code == 302
    page = client.post(url, mine | {field: "我写的"})
    assert page.status_code == 409
    thing.refresh_from_db(fields=[field])
    assert getattr(thing, field) == "她写的"
    assert page.context["form"][field].value() == "我写的"
    assert [row[1:] for row in page.context["differences"]] == [("我写的", "她写的")]
    assert "Somebody changed this while you were writing." in page.content.decode()
    assert "Keep what is there" in page.content.decode()
    assert client.post(url, sent(page)).status_code == 302
    thing.refresh_from_db(fields=[field])
    assert getattr(thing, field) == "我写的"


@pytest.mark.parametrize("case", CASES)
def test_the_second_of_two_clicks_is_no_conflict(case, personas, sign_in):
    thing, url, field = case(personas)
    client = sign_in(personas.worker)
    mine = sent(client.get(url)) | {field: "我写的"}
    assert [client.post(url, mine).status_code for _click in range(2)] == [302, 302]
    thing.refresh_from_db(fields=[field])
    assert getattr(thing, field) == "我写的"


def test_the_first_profile_of_a_community_is_not_overwritten_by_another_first_one(personas, sign_in):
    client, url = sign_in(personas.worker), f"/organizations/communities/{personas.community.code}/edit/"
    mine = sent(client.get(url))
    assert client.post(url, mine | {"about": "她写的"}).status_code == 302
    assert client.post(url, mine | {"about": "我写的"}).status_code == 409
    assert CommunityProfile.objects.get().about == "她写的"
