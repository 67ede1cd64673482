"""What the history calls what happens in a growth review. Opinions are told without what they say."""

from django.utils.translation import gettext_lazy as _

from evaluations.choices import Outcome, Party, ReviewOpener, ScoreColumn
from incubator.audit.registries import register_verbs
from organizations.choices import GrowthStage


def _label_of(choices):
    return lambda code: choices(code).label if code in choices.values else code


PARTY = {"party": _label_of(Party)}
COLUMN = {"column": _label_of(ScoreColumn)}
DECISION = {"outcome": _label_of(Outcome), "from": _label_of(GrowthStage), "to": _label_of(GrowthStage)}

register_verbs(
    (
        "review.opened",
        _("growth review opened"),
        _("Growth review opened: %(opener)s"),
        {"opener": _label_of(ReviewOpener)},
    ),
    ("review.yearly_asked", _("yearly growth reviews asked for"), _("Yearly growth reviews of %(year)s asked for")),
    ("review.scored", _("points given"), _("Points given: %(column)s"), COLUMN),
    ("review.opinions_asked", _("opinions asked for"), _("Opinions asked for, by %(due_on)s")),
    ("review.called", _("called for a decision")),
    ("review.withdrawn", _("growth review taken back")),
    ("opinion.given", _("opinion given"), _("Opinion given: %(party)s"), PARTY),
    ("opinion.recused", _("stood aside"), _("Stood aside: %(party)s"), PARTY),
    ("growth.decided", _("growth decided"), _("Growth decided: %(outcome)s, from %(from)s to %(to)s"), DECISION),
)
