"""How a street works: days until records are accepted, the day on which a month is closed, days to answer."""

from django.db import transaction

from incubator.audit import services as audit
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from projects.choices import Concern
from projects.models import WorkRule

STREET_DIGITS = 9
VALUES = (
    "accept_after_days", "lock_day", "announcement_days", "concerns_to_answer", "kinds_to_answer",
    "flexible_staff_percent",
)  # fmt: skip


def rule_of(division):
    """The rule that holds in ``division`` (a street or what lies in it); the usual one, unsaved, where none was set."""
    return rules_for([division])[division.pk]


def rules_for(divisions):
    """{key of the division: WorkRule} in one query. Where a street has set nothing the usual rule stands, unsaved."""
    divisions = list(divisions)
    codes = {division.code[:STREET_DIGITS] for division in divisions}
    found = {
        rule.division.code: rule
        for rule in WorkRule.objects.filter(division__code__in=codes).select_related("division")
    }
    return {division.pk: found.get(division.code[:STREET_DIGITS]) or usual_rule(division) for division in divisions}


def usual_rule(division):
    street = division if division.level <= Level.STREET else None
    return WorkRule(division=street or Division(code=division.code[:STREET_DIGITS]))


@transaction.atomic
def update_rule(*, division, actor, edition="", **values):
    """Set how the street works from now on; the first time its row is made. Audit with the changed values; no change,
    no trace. RuleViolation for numbers out of their range, StaleEdition for an older edition."""
    rule = WorkRule.objects.select_for_update(of=("self",)).filter(division=division).first() or usual_rule(division)
    before = audit.snapshot(rule, VALUES)
    values["concerns_to_answer"] = [code for code in Concern.values if code in values["concerns_to_answer"]]
    values["kinds_to_answer"] = sorted(values["kinds_to_answer"])
    for name in VALUES:
        setattr(rule, name, values[name])
    found = audit.changes(rule, before)
    if found["changes"] or rule.pk is None:
        rule.check_edition(edition)
        rule.check_rules()
        rule.save_or_refuse()
        audit.record("work_rule.updated", target=rule, actor=actor, area=division, data=found)
    return rule
