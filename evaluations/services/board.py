"""The growth board: how many organizations stand at each stage, and the first of each, in a handful of queries."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, Max, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from evaluations.models import GrowthReview, StageDecision
from evaluations.policies.board import organizations_read
from organizations.choices import RATED_STAGES, GrowthStage
from organizations.models import SocialOrganization
from projects.choices import COUNTED
from projects.models import Activity, ActivityLink

SHOWN = 20


@dataclass
class Column:
    """``cards`` are organizations, places in the order of their codes; ``number`` counts those not shown too."""

    stage: str
    number: int = 0
    cards: list = field(default_factory=list)

    @property
    def label(self):
        return GrowthStage(self.stage).label

    @property
    def code(self):
        """The stage as an address and a style name it."""
        return self.stage or "none"

    @property
    def more(self):
        return self.number - len(self.cards)


def board_of(organizations, user, *, today):
    """A column for each stage with exact numbers and the first cards. Each card has ``since`` (the day of the decision
    that brought it to its stage, None: told by none); those that the person reads the activities of are ``is_read`` and
    have ``days`` since the last one (None: never any) and ``is_reviewed``."""
    numbers = dict(organizations.order_by().values_list("growth_stage").annotate(Count("pk")))
    columns = {
        stage: Column(stage.value, numbers.get(stage.value, 0)) for stage in (GrowthStage.UNRATED, *RATED_STAGES)
    }
    order = (F("community__code").asc(), F("pinyin").asc(), F("pk").asc())
    place = Window(RowNumber(), partition_by=[F("growth_stage")], order_by=order)
    shown = organizations.annotate(place_in_column=place).filter(place_in_column__lte=SHOWN)
    for card in shown.select_related("community__parent", "type").order_by("community__code", "pinyin", "pk"):
        columns[card.growth_stage].cards.append(card)
    cards = {card.pk: card for column in columns.values() for card in column.cards}
    _tell_since(cards)
    _tell_life(cards, user, today)
    return list(columns.values())


def _tell_since(cards):
    moved = StageDecision.objects.filter(organization__in=list(cards)).exclude(from_stage=F("to_stage")).order_by()
    found = dict(moved.values_list("organization_id").annotate(Max("decided_at")))
    for key, card in cards.items():
        card.since = timezone.localdate(found[key]) if key in found else None


def _tell_life(cards, user, today):
    for card in cards.values():
        card.is_read = False
    read = organizations_read(user).filter(pk__in=list(cards)).order_by()
    running = GrowthReview.objects.running().of_growth().filter(organization=OuterRef("pk")).order_by()
    rows = with_last_activity(read).annotate(is_reviewed=Exists(running))
    for row in rows.values("pk", "last_own", "last_along", "is_reviewed"):
        card = cards[row["pk"]]
        card.is_read, card.is_reviewed = True, row["is_reviewed"]
        last = max(filter(None, (row["last_own"], row["last_along"])), default=None)
        card.days = (today - timezone.localdate(last)).days if last else None


def along():
    """Links of counted activities that stand under another organization."""
    return ActivityLink.objects.filter(is_main=False, activity__status__in=COUNTED, activity__outcome="held").order_by()


def with_last_activity(organizations):
    """``last_own`` and ``last_along``: when the last counted activity under its name and one along with others was;
    ``own_uuid`` and ``along_uuid`` say which."""
    own = Activity.objects.counted().filter(organization=OuterRef("pk")).order_by("-starts_at", "-pk")
    others = along().filter(organization=OuterRef("pk")).order_by("-activity__starts_at", "-activity_id")
    return organizations.annotate(
        last_own=Subquery(own.values("starts_at")[:1]),
        own_uuid=Subquery(own.values("uuid")[:1]),
        last_along=Subquery(others.values("activity__starts_at")[:1]),
        along_uuid=Subquery(others.values("activity__uuid")[:1]),
    )


def existing_for(user):
    return SocialOrganization.objects.existing().visible_to(user)
