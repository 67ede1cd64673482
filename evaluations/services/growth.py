"""还差什么: what an organization lacks to its next stage, live."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.registries import indicators
from evaluations.scoring.facts import as_data
from evaluations.services.assessment import Ladder, ladder_to, next_stage
from evaluations.services.facts import DOCUMENT, codes_of, gather
from evaluations.services.review import standard_of
from organizations.choices import GrowthStage
from organizations.models import SocialOrganization


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


def what_is_missing(organization, *, today=None):
    """The next stage by the standard of the place, with each of its rules: met or not, what there is and what is needed,
    and where one can do something about it. Nothing is kept; only facts that the standard speaks of are looked for."""
    edition = standard_of(organization.community)
    if edition is None:
        return Outlook()
    content = edition.content
    stage = next_stage(content, organization.growth_stage)
    found = gather(
        SocialOrganization.objects.filter(pk=organization.pk), today or timezone.localdate(), codes=codes_of(content)
    )
    facts = as_data(found.get(organization.pk, {}))
    if not stage:
        return Outlook("", edition, Ladder(""), facts)
    ladder = ladder_to(content, facts, stage)
    for row in ladder.rows:
        if row.met is not True:
            row.url, row.url_label = where_to(row, organization)
    return Outlook(stage, edition, ladder, facts)


def where_to(row, organization):
    """(address, label) of the page where the first of the rule's facts can be changed; ("", "") when none tells."""
    for code in row.facts:
        where = getattr(indicators.get(code), "where", None)
        if where is not None and (found := where(organization)):
            return found
        if code.startswith(DOCUMENT):
            return reverse("organizations:dossier-detail", args=[organization.uuid]), _("Dossier")
    return "", ""
