"""The list of grids, housing estates and buildings that a community keeps."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Place


def _check_name(place):
    same = Place.objects.filter(community=place.community_id, kind=place.kind, name=place.name)
    if same.exclude(pk=place.pk).exists():
        raise RuleViolation(
            _("The community has a place called “%(name)s” of this kind already.") % {"name": place.name}
        )


@transaction.atomic
def add_place(*, actor, uuid, community, kind, name):
    """1. A place on the community's list. 2. Audit ``place.added``."""
    place = Place(uuid=uuid, community=community, kind=kind, name=name)
    _check_name(place)
    place.save_or_refuse(force_insert=True)
    audit.record("place.added", target=place, actor=actor, area=community, data={"kind": kind, "name": name})
    return place


@transaction.atomic
def rename_place(*, place_id, actor, name):
    """1. The place's new name. 2. Audit ``place.renamed`` with both; nothing when the name is the same."""
    place = Place.objects.select_for_update(of=("self",)).get(pk=place_id)
    before = audit.snapshot(place, ("name",))
    place.name = name
    data = audit.changes(place, before)
    if data["changes"]:
        _check_name(place)
        place.save_or_refuse(update_fields=["name", "updated_at"])
        audit.record("place.renamed", target=place, actor=actor, area=place.community, data=data)
    return place


@transaction.atomic
def retire_place(*, place_id, actor):
    """1. The place is no longer offered; records that name it keep it. 2. Audit ``place.retired``."""
    return _use_place(place_id=place_id, actor=actor, verb="place.retired", is_active=False)


@transaction.atomic
def restore_place(*, place_id, actor):
    """1. A retired place is offered again. 2. Audit ``place.restored``."""
    return _use_place(place_id=place_id, actor=actor, verb="place.restored", is_active=True)


def _use_place(*, place_id, actor, verb, is_active):
    place = Place.objects.select_for_update(of=("self",)).get(pk=place_id)
    if place.is_active == is_active:
        raise RuleViolation(_("This is no longer possible: somebody has done it already."))
    place.is_active = is_active
    place.save(update_fields=["is_active", "updated_at"])
    audit.record(verb, target=place, actor=actor, area=place.community)
    return place
