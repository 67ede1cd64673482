"""The yearly review of all organizations of a street, opened batch by batch."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import ReviewOpener, ReviewStatus
from evaluations.models import GrowthReview, GrowthRule, GrowthStandard, Opinion
from evaluations.notifications import review as notices
from evaluations.policies.review import check_open_yearly_reviews, rule_of
from evaluations.services.evidence import freeze_many
from evaluations.services.review import due_day, is_scored, parties_of, turn_of, unsaved_review
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from incubator.base.policies import verdict
from incubator.divisions.models import Division
from incubator.jobs.services import enqueue, enqueue_many
from organizations.models import SocialOrganization

BATCH = 100


def unopened(divisions, year):
    """Organizations of the places that are at work, without a review under way and without a yearly one in the year."""
    reviews = GrowthReview.objects.of_growth()
    taken = reviews.running() | reviews.filter(opener=ReviewOpener.YEARLY, opened_at__year=year)
    found = SocialOrganization.objects.in_places(divisions).filter(state="active")
    return found.exclude(pk__in=taken.values("organization_id")).order_by("pk")


def progress_of(divisions, year):
    """[(place, opened, still to open)] of the year, in two queries for all places."""
    inside = SocialOrganization.objects.in_places(divisions).order_by().values("pk")
    opened = GrowthReview.objects.filter(opener=ReviewOpener.YEARLY, opened_at__year=year, organization__in=inside)
    opened = _by_community(opened.order_by().values_list("organization__community__code"))
    waiting = _by_community(unopened(divisions, year).order_by().values_list("community__code"))
    return [(place, _inside(place, opened), _inside(place, waiting)) for place in divisions]


def _by_community(codes):
    return list(codes.annotate(number=Count("pk")))


def _inside(place, numbers):
    return sum(number for code, number in numbers if place.contains(Division(code=code)))


@transaction.atomic
def ask_yearly_reviews(*, division, actor, due_on=None):
    """Ask for the yearly reviews of a place; a job opens them, one for the same organizations on the same day. Nothing to
    open, no standard there, or a day that leaves the parties no time: RuleViolation."""
    today = timezone.localdate()
    due_on = due_day(due_on, today)
    wanting = list(unopened([division], today.year).values_list("pk", flat=True))
    if not wanting:
        raise RuleViolation(_("Every organization here has its review of this year, or one that is under way."))
    if not GrowthStandard.objects.of(division).exists():
        raise RuleViolation(_("No growth standard is published for this place yet. Its office publishes one first."))
    audit.record("review.yearly_asked", target=division, actor=actor, area=division, data={"year": today.year})
    return enqueue(
        "evaluations.open_yearly_reviews", key=f"{division.code}:{today}:{content_sha256(wanting)[:16]}",
        division_id=division.pk, actor_id=actor.pk, due_on=due_on.isoformat(),
    )  # fmt: skip


def open_yearly_reviews(*, division, actor, due_on, now=None):
    """Open those that are wanting, in batches of a bounded number of queries, each its own transaction: what a batch has
    opened stays, and a second run goes on. In the end one notice to everybody of the places who is asked; leaders are
    told one by one, by jobs. Returns how many were opened: none for an actor who may not open them any more."""
    if not verdict(check_open_yearly_reviews, actor, division):
        return 0
    now, opened, last = now or timezone.now(), 0, 0
    wanting = unopened([division], timezone.localdate(now).year)
    while keys := list(wanting.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        opened += _open_batch(wanting.filter(pk__in=keys), division, actor, due_on, now)
        last = keys[-1]
    if opened:
        notices.tell_of_yearly(division, opened, due_on, actor, day=timezone.localdate(now))
    return opened


@transaction.atomic
def _open_batch(wanting, division, actor, due_on, now):
    organizations = list(wanting.select_related("community").select_for_update(of=("self",)))
    standards, rules = _in_force(organizations)
    leaders, reviews = notices.leaders_of(organizations), []
    for organization in organizations:
        place = organization.community
        standard = next((one for one in standards if one.division is None or one.division.contains(place)), None)
        if standard is None:
            continue
        edition = standard.current
        rule = rule_of(place, turn_of(organization), rules=rules)
        waits = is_scored(edition.content) and leaders.get(organization.pk)
        status = ReviewStatus.OPEN if waits else ReviewStatus.OPINIONS
        reviews.append(
            unsaved_review(
                organization,
                edition,
                rule,
                actor=actor,
                now=now,
                due_on=due_on,
                opener=ReviewOpener.YEARLY,
                status=status,
            )
        )
    GrowthReview.objects.bulk_create(reviews, batch_size=200)
    manifests = {manifest.review_id: manifest for manifest in freeze_many(reviews, now=now)}
    asked = [Opinion(review=review, party=party) for review in reviews for party in parties_of(review)]
    Opinion.objects.bulk_create(asked, batch_size=200)
    audit.record_many(
        "review.opened", actor=actor, area=division,
        targets=[
            (review, {"opener": review.opener, "standard": review.standard.sha256, "sha256": manifests[review.pk].sha256})
            for review in reviews
        ],
    )  # fmt: skip
    enqueue_many(
        "evaluations.tell_of_review",
        [(str(review.uuid), {"review_id": review.pk}) for review in reviews if leaders.get(review.organization_id)],
    )
    return len(reviews)


def _in_force(organizations):
    """Standards and rules of all the places, the nearest first, the platform's own standard last."""
    codes = {code for organization in organizations for code in organization.community.ancestor_codes}
    standards = GrowthStandard.objects.in_force().filter(Q(division__isnull=True) | Q(division__code__in=codes))
    standards = list(standards.select_related("division", "current").order_by("code"))
    standards.sort(key=lambda one: -len(one.division.code) if one.division else 1)
    return standards, list(GrowthRule.objects.of(*(organization.community for organization in organizations)))


def tell_of_review(*, review_id):
    """The leaders of an organization whose yearly review was opened: score yourselves, or give your opinion."""
    review = GrowthReview.objects.select_related("organization", "community").get(pk=review_id)
    return notices.tell_leaders_of_yearly(review)
