"""Who decides in a place that an organization has grown, and whether the service centre recommends first."""

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.models import GrowthRule
from evaluations.policies.review import POSSIBLE_DECIDERS
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.choices import RATED_STAGES


@transaction.atomic
def update_growth_rule(*, division, actor, roles, recommended=()):
    """Set who decides in a place: ``roles`` maps stages to roles; a stage with none is left to the place above, or to the
    usual, and its row goes. ``recommended``: stages for which the service centre recommends first. Reviews that wait
    follow the new rule at once. Audit with old and new; no change, no trace."""
    rules = {rule.stage: rule for rule in GrowthRule.objects.select_for_update(of=("self",)).filter(division=division)}
    changes = {}
    for stage in RATED_STAGES:
        wanted = [role.value for role in POSSIBLE_DECIDERS if role in roles.get(stage, ())]
        recommends, rule = stage in recommended, rules.get(stage)
        if recommends and not wanted:
            raise RuleViolation(
                _("“%(stage)s”: please tick who decides as well, when the centre recommends first.")
                % {"stage": stage.label}
            )
        before = [rule.roles, rule.wants_recommendation] if rule else [[], False]
        if before == [wanted, recommends]:
            continue
        changes[stage.value] = [before, [wanted, recommends]]
        if not wanted:
            rule.delete()  # a setting, not a record: what it said stands in the history
            continue
        rule = rule or GrowthRule(division=division, stage=stage)
        rule.roles, rule.wants_recommendation = wanted, recommends
        rule.save_or_refuse()
    if changes:
        audit.record("growth_rule.updated", target=division, actor=actor, area=division, data={"changes": changes})
