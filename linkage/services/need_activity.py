"""Needs and activities: found on a visit, met by what was held."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from linkage.choices import NeedActivityRole
from linkage.models import NeedActivity
from organizations.choices import NeedSource
from organizations.services.need import meet_need, raise_need
from projects.choices import COUNTED


@transaction.atomic
def raise_need_on_visit(*, activity, actor, **values):
    """1. The need (audit and notices as :func:`organizations.services.need.raise_need`). 2. Its link to the visit on
    which it was found."""
    need = raise_need(actor=actor, source=NeedSource.VISIT, **values)
    NeedActivity.objects.create(need=need, activity=activity, role=NeedActivityRole.FOUND, noted_by=actor)
    return need


@transaction.atomic
def meet_need_by_activity(*, need_id, activity, actor, text):
    """1. The need is met (audit and notices as :func:`organizations.services.need.meet_need`). 2. Its link to the
    activity that did it; RuleViolation for one that was not handed in or not held."""
    if activity.status not in COUNTED or not activity.took_place:
        raise RuleViolation(_("Only an activity that was held and handed in meets a need."))
    need = meet_need(need_id=need_id, actor=actor, text=text)
    NeedActivity.objects.create(need=need, activity=activity, role=NeedActivityRole.MET, noted_by=actor)
    return need
