"""What the database refuses after the rules were asked is told as a sentence."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from incubator.base.errors import Conflict, RuleViolation
from incubator.importing.models import ImportBatch
from organizations.models import CommunityProfile, Place
from tests.factories.organizations import CommunityProfileFactory, OrganizationFactory, PlaceFactory


def test_a_place_of_a_name_that_somebody_took_meanwhile_is_refused_with_the_rule(personas):
    first = PlaceFactory(community=personas.community, name="三号院")
    second = Place(community=personas.community, kind=first.kind, name="三号院")
    with pytest.raises(RuleViolation, match="The community has a place of this name already"):
        second.save_or_refuse(force_insert=True)
    assert Place.objects.count() == 1


def test_the_second_record_of_one_form_goes_on_to_the_page(personas):
    first = PlaceFactory(community=personas.community, name="三号院")
    with pytest.raises(IntegrityError):
        Place(uuid=first.uuid, community=personas.community, kind=first.kind, name="四号院").save_or_refuse()


def test_an_organization_renamed_to_a_name_just_taken_is_refused_with_the_rule(personas):
    OrganizationFactory(community=personas.community, name="互助队")
    mine = OrganizationFactory(community=personas.community, name="治安队")
    mine.name = "互助队"
    with pytest.raises(RuleViolation, match="The community has an organization of this name already"):
        mine.save_or_refuse(update_fields=["name", "updated_at"])


def test_a_second_first_profile_is_refused_with_a_sentence(personas):
    CommunityProfileFactory(community=personas.community)
    with pytest.raises((RuleViolation, Conflict), match="exists"):
        CommunityProfile(community=personas.community).save_or_refuse()
    assert CommunityProfile.objects.count() == 1


def test_a_file_that_somebody_took_over_meanwhile_is_refused_with_a_sentence(personas):
    batches = [
        ImportBatch(
            kind="organizations", sha256="0" * 64, file=f"imports/{name}", file_name="x", made_by=personas.staff
        )
        for name in ("a", "b")
    ]
    for batch in batches:
        batch.check_in(counts={}, errors=[])
        batch.save()
        batch.confirm(at=timezone.now(), counts={}, errors=[])
    batches[0].save_or_refuse()
    with pytest.raises(RuleViolation, match="This file was taken over already"):
        batches[1].save_or_refuse()
