"""A growth review from its opening to the call for a decision: evidence frozen, opinions asked for, taken back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import OpinionStatus, Party, ReviewOpener, ReviewStatus
from evaluations.models import GrowthReview, GrowthStandard, Opinion
from evaluations.notifications import gate as gate_notices
from evaluations.notifications import review as notices
from evaluations.policies.review import rank, rule_of
from evaluations.services.assessment import judged_indicators
from evaluations.services.evidence import freeze
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.workdays import add_working_days
from organizations.choices import RATED_STAGES
from organizations.policies.organization import leads
from organizations.services.growth import lock_for_growth

SELF_SCORE_DAYS = 5  # working days until the opinions are asked for without the own score
OPINION_DAYS = 15  # working days until the decision is called for
FEWEST_DAYS = 3  # working days that the parties have at least, whoever opens the review
PARTIES = (Party.COMMUNITY, Party.ORGANIZATION, Party.SOCIAL_WORKER)
WAITING = (ReviewStatus.OPEN, ReviewStatus.OPINIONS)


def standard_of(division):
    """The edition that holds in the place, or None where none is published."""
    standard = GrowthStandard.objects.of(division).select_related("current__standard").first()
    return standard.current if standard else None


def turn_of(organization):
    """The stage that would be next, or the last one: its rule says who decides."""
    return RATED_STAGES[min(rank(organization.growth_stage) + 1, len(RATED_STAGES) - 1)]


def is_scored(content):
    """Whether the standard has anything that people give points for."""
    return bool(judged_indicators(content))


def due_day(due_on, today):
    """The last day of the opinions: the one that was asked for, else the usual one. RuleViolation for one that leaves the
    parties no time."""
    first = add_working_days(today, FEWEST_DAYS)
    if due_on and due_on < first:
        raise RuleViolation(
            _("The parties need at least %(days)d working days for their opinions. Please choose %(day)s or later.")
            % {"days": FEWEST_DAYS, "day": f"{first}"}
        )
    return due_on or add_working_days(today, OPINION_DAYS)


def unsaved_review(organization, edition, rule, *, actor, now, due_on, **facts):
    """A review of the organization as it is opened: by this edition of the standard and this rule of its place (or None)."""
    return GrowthReview(
        organization=organization, community=organization.community, standard=edition,
        is_blind=edition.content.get("blind", True), wants_recommendation=bool(rule and rule.wants_recommendation),
        opened_by=actor, opened_at=now, opinions_due_on=due_on, **facts,
    )  # fmt: skip


@transaction.atomic
def open_review(*, uuid, organization_id, actor, due_on=None, note="", opener=None):
    """Open a review by the standard of the place (RuleViolation: none, one under way, dissolved, a day that leaves the
    parties no time); freeze the evidence; ask for the opinions, or for the own score first where points are given and a
    leader has an account. Audit on the review; tells those whose turn it is."""
    organization = lock_for_growth(organization_id)
    today = timezone.localdate()
    if organization.state == "dissolved":
        raise RuleViolation(_("The organization is dissolved; its file is closed."))
    due_on = due_day(due_on, today)
    standard = standard_of(organization.community)
    if standard is None:
        raise RuleViolation(_("No growth standard is published for this place yet. Its office publishes one first."))
    if GrowthReview.objects.running().of_growth().filter(organization=organization).exists():
        raise RuleViolation(_("A review of this organization is under way already."))
    rule = rule_of(organization.community, turn_of(organization))
    review = unsaved_review(
        organization, standard, rule, actor=actor, now=timezone.now(), due_on=due_on, uuid=uuid, note=note.strip(),
        opener=opener or (ReviewOpener.LEADER if leads(actor, organization) else ReviewOpener.WORKER),
    )  # fmt: skip
    review.save_or_refuse(force_insert=True)
    manifest = freeze(review, now=review.opened_at)
    Opinion.objects.bulk_create(Opinion(review=review, party=party) for party in parties_of(review))
    event = _record(
        "review.opened", review, actor, opener=review.opener, standard=standard.sha256, sha256=manifest.sha256
    )
    leaders = notices.leaders_of([organization])
    if is_scored(standard.content) and leaders:
        notices.tell_leaders("review.self_score", review, event, leaders, actor)
    else:
        review = _ask(review, actor)
    return review


def parties_of(review):
    return (*PARTIES, Party.HUB_CENTER) if review.wants_recommendation else PARTIES


@transaction.atomic
def ask_opinions(*, review_id, actor=None):
    """Go on to the opinions: the own score is in, or nobody waits for it any longer (``actor`` None: by itself). Audit;
    tells each party that is asked."""
    return _ask(lock_review(review_id), actor)


def _ask(review, actor):
    review.ask_opinions()
    review.save(update_fields=["status", "updated_at"])
    event = _record("review.opinions_asked", review, actor, due_on=review.opinions_due_on)
    notices.tell_parties(review, event, actor)
    return review


@transaction.atomic
def call_for_decision(*, review_id, actor=None, today=None):
    """Go on to the decision: every opinion is in, or their time is over (RuleViolation otherwise). Audit; tells those who
    decide."""
    review = lock_review(review_id)
    waiting = review.opinions.filter(status=OpinionStatus.ASKED).exists()
    is_early = waiting and (today or timezone.localdate()) <= review.opinions_due_on
    review.call_for_decision()
    if is_early:
        raise RuleViolation(
            _("Opinions are still to come; their time runs until %(day)s.") % {"day": f"{review.opinions_due_on}"}
        )
    review.save(update_fields=["status", "updated_at"])
    event = _record("review.called", review, actor, complete=not waiting)
    (gate_notices if review.gate_id else notices).tell_deciders(review, event, actor)
    return review


@transaction.atomic
def withdraw_review(*, review_id, actor, reason):
    """Take the review back, with the reason: nothing is decided, the stage stays. Audit; tells the leaders and who was
    asked."""
    review = lock_review(review_id)
    if review.gate_id:
        raise RuleViolation(_("The gate of a project is taken back with its request."))
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    before = review.status
    review.withdraw(at=timezone.now(), reason=reason.strip()[:200])
    review.save(update_fields=["status", "closed_at", "withdrawn_reason", "updated_at"])
    event = _record("review.withdrawn", review, actor, was=before)
    notices.tell_everybody("review.withdrawn", review, event, actor, {"reason": review.withdrawn_reason})
    return review


def move_reviews_on(*, today):
    """Every day: reviews whose own score has had its time go on to the opinions, those whose opinions have to the
    decision. Returns how many of each."""
    scored_by = add_working_days(today, -SELF_SCORE_DAYS)
    running = GrowthReview.objects.running().order_by("pk")
    late = list(running.filter(status__in=WAITING, opinions_due_on__lt=today).values_list("pk", flat=True))
    unscored = running.filter(status=ReviewStatus.OPEN, opened_at__date__lte=scored_by, opinions_due_on__gte=today)
    unscored = list(unscored.values_list("pk", flat=True))
    for key in unscored:
        ask_opinions(review_id=key)
    for key in late:
        call_for_decision(review_id=key, today=today)
    return len(unscored), len(late)


def lock_review(review_id):
    """The review with its organization and place, locked until the caller's transaction ends."""
    reviews = GrowthReview.objects.select_related(
        "organization", "community__parent", "standard", "opened_by", "gate__project"
    )  # fmt: skip
    return reviews.select_for_update(of=("self",)).get(pk=review_id)


def _record(verb, review, actor, **data):
    return audit.record(verb, target=review, actor=actor, area=review.community, data=data)
