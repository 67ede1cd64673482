"""还差什么: what an organization lacks to its next stage, live."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.models import StageDecision
from evaluations.policies.review import check_open_review
from evaluations.registries import indicators
from evaluations.scoring import facts_of, missing_to, missing_to_form
from evaluations.scoring.facts import as_data
from evaluations.services.assessment import Ladder, ladder_to, next_stage
from evaluations.services.facts import DOCUMENT, codes_of, gather
from evaluations.services.indicator import in_the_review
from evaluations.services.review import standard_of
from evaluations.services.scoring_words import BAND, SCORE
from organizations.choices import GrowthStage
from organizations.models import SocialOrganization

PAST = 3
JUDGED = "judged"  # what no fact tells: people score it in a review


@dataclass
class Outlook:
    """``ladder`` None: no standard holds in the place. ``stage`` "" at the top."""

    stage: str = ""
    edition: object = None
    ladder: Ladder | None = None
    facts: dict = field(default_factory=dict)

    @property
    def stage_label(self):
        return GrowthStage(self.stage).label if self.stage in GrowthStage.values else self.stage

    @property
    def missing(self):
        return self.ladder.missing if self.ladder else []


def outlook_of(organization):
    """:func:`what_is_missing`, found once for the life of this object: several panels of its page speak of it."""
    known = organization.__dict__
    if "_outlook" not in known:
        known["_outlook"] = what_is_missing(organization)
    return known["_outlook"]


def past_of(organization):
    """Its newest decisions, the newest first; found once like :func:`outlook_of`."""
    known = organization.__dict__
    if "_past" not in known:
        past = StageDecision.objects.filter(organization=organization).select_related("review")
        known["_past"] = list(past.order_by("-decided_at", "-pk")[:PAST])
    return known["_past"]


def what_is_missing(organization, *, today=None):
    """The next stage by the standard of the place, with each of its rules: met or not, what there is and what is needed,
    and where one can do something about it. Nothing is kept; only facts that the standard speaks of are looked for."""
    edition = standard_of(organization.community)
    if edition is None:
        return Outlook()
    content = edition.content
    stage = next_stage(content, organization.growth_stage)
    alone, today = SocialOrganization.objects.filter(pk=organization.pk), today or timezone.localdate()
    found = gather(alone, today, codes=codes_of(content), rows=[organization])
    facts = as_data(found.get(organization.pk, {}))
    if not stage:
        return Outlook("", edition, Ladder(""), facts)
    ladder = ladder_to(content, facts, stage)
    behind = _Behind(content, facts_of(facts), ladder.result)
    for row in ladder.rows:
        if row.met is not True:
            codes = [code for name in row.facts for code in behind.codes(name)]
            row.url, row.url_label, row.check = where_to(codes, organization)
    return Outlook(stage, edition, ladder, facts)


def where_to(codes, organization):
    """(address, label, policy) of the page where the first of these facts can be changed; ("", "", None) when none tells.
    ``policy(user, organization)`` says who opens it, None: whoever reads this."""
    for code in codes:
        if code == JUDGED:
            return (*in_the_review(organization), check_open_review)
        if code.startswith(DOCUMENT):
            return reverse("organizations:dossier-detail", args=[organization.uuid]), _("Dossier"), None
        indicator = indicators.get(code)
        if hasattr(indicator, "where"):
            return (*indicator.where(organization), getattr(indicator, "check_where", None))
    return "", "", None


@dataclass
class _Behind:
    """Which facts the rules of a standard rest on. ``facts`` as scoring takes them, ``result`` their score; it tells that
    no reference in the standard goes round."""

    content: dict
    facts: dict
    result: object

    def codes(self, name):
        """Codes of the facts behind a rule's fact, JUDGED for what people score: of a score, those of the indicators that
        lose points, the most first; of another rule, stage or form, those that it lacks."""
        kind, _colon, code = name.partition(":")
        if name in {SCORE, BAND} or kind in {"dimension", "indicator"}:
            names = [self._source(one) for one in self._losing(kind, code)]
        elif kind in {"rule", "stage", "form"} and code:
            names = self._lacking(kind, code)
        else:
            return [name]
        return [found for one in names for found in self.codes(one)]

    def _losing(self, kind, code):
        parts = list(self.content.get("dimensions") or ())
        if kind == "dimension":
            parts = [part for part in parts if part["code"] == code]
        elif kind == "indicator":
            parts.append({"indicators": self.content.get("bonus")})
        found = [one for part in parts for one in part.get("indicators") or ()]
        if kind == "indicator":
            found = [one for one in found if one["code"] == code]
        lost = {one["code"]: self.result.indicators[one["code"]].lost for one in found}
        return sorted((one for one in found if lost[one["code"]] > 0), key=lambda one: -lost[one["code"]])

    @staticmethod
    def _source(indicator):
        return str(indicator.get("source") or JUDGED).removeprefix("auto:")

    def _lacking(self, kind, code):
        if kind == "rule":
            rungs = [rung for ladder in ("stages", "forms") for rung in self.content.get(ladder) or ()]
            rules = [rule for rung in rungs for rule in rung.get("rules") or () if rule["code"] == code]
            return [one["fact"] for rule in rules for one in (rule, *(rule.get("or") or ()))]
        find = missing_to if kind == "stage" else missing_to_form
        return [row.fact for row in find(self.content, self.facts, self.result, code)]
