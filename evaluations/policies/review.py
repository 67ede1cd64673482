"""Who decides on growth. Who decides is data: a rule of the place (``GrowthRule``), else the defaults here."""

from evaluations.models import GrowthRule
from incubator.accounts.choices import Role
from organizations.choices import GrowthStage

STAGES = (GrowthStage.SEED, GrowthStage.SEEDLING, GrowthStage.SAPLING, GrowthStage.TREE)
DEFAULT_DECIDERS = {
    GrowthStage.SEED: (Role.COMMUNITY_STAFF,),
    GrowthStage.SEEDLING: (Role.COMMUNITY_STAFF,),
    GrowthStage.SAPLING: (Role.STREET_STAFF,),
    GrowthStage.TREE: (Role.STREET_STAFF,),
}
# Roles that a rule may name: all of them read the casework of their place.
POSSIBLE_DECIDERS = (
    Role.COMMUNITY_STAFF, Role.HUB_CENTER, Role.STREET_STAFF, Role.EVALUATOR, Role.DISTRICT_ADMIN,
)  # fmt: skip


# --- who decides ---
def rule_of(division, stage, *, rules=None):
    """The nearest rule of the place for the stage, or None. ``rules``: those of the place when they are read already."""
    found = GrowthRule.objects.of(division) if rules is None else rules
    return next((rule for rule in found if rule.stage == stage), None)


def decider_roles(division, stage, *, rules=None):
    """The roles that decide in ``division`` that an organization is of ``stage``: those of the nearest rule, else the
    default."""
    rule = rule_of(division, stage, rules=rules)
    return tuple(rule.roles) if rule and rule.roles else DEFAULT_DECIDERS[GrowthStage(stage)]
