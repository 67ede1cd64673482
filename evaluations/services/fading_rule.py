"""When an organization counts as fading in a place."""

from django.db import transaction

from evaluations.models import FadingRule
from incubator.audit import services as audit

VALUES = ("days_without_activity", "members_lost_percent")


@transaction.atomic
def update_fading_rule(*, division, actor, edition="", **values):
    """Set the numbers of a place; the first time its row is made. Audit with the changed values; no change, no trace.
    RuleViolation for numbers out of their range, StaleEdition for an older edition."""
    rule = FadingRule.objects.select_for_update(of=("self",)).filter(division=division).first()
    rule = rule or FadingRule(division=division)
    before = audit.snapshot(rule, VALUES)
    for name in VALUES:
        setattr(rule, name, values[name])
    found = audit.changes(rule, before)
    if found["changes"] or rule.pk is None:
        rule.check_edition(edition)
        rule.check_rules()
        rule.save_or_refuse()
        audit.record("fading_rule.updated", target=rule, actor=actor, area=division, data=found)
    return rule
