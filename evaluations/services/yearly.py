"""The yearly review of all organizations of a street, opened batch by batch."""

import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import ReviewOpener, ReviewStatus
from evaluations.models import GrowthReview, GrowthRule, GrowthStandard, Opinion
from evaluations.notifications import review as notices
from evaluations.policies.review import rule_of
from evaluations.services.evidence import freeze_many
from evaluations.services.review import OPINION_DAYS, is_scored, parties_of, turn_of
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.workdays import add_working_days
from incubator.jobs.services import enqueue, enqueue_many
from organizations.models import SocialOrganization

BATCH = 100


def unopened(division, year):
    """Organizations of the place that are at work, without a review under way and without a yearly one in the year."""
    reviews = GrowthReview.objects.of_growth()
    taken = reviews.running() | reviews.filter(opener=ReviewOpener.YEARLY, opened_at__year=year)
    found = SocialOrganization.objects.in_places([division]).filter(state="active")
    return found.exclude(pk__in=taken.values("organization_id")).order_by("pk")


def progress(division, year):
    """(opened, still to open) of the year."""
    opened = GrowthReview.objects.filter(
        opener=ReviewOpener.YEARLY, opened_at__year=year, organization__in=_inside(division)
    )
    return opened.count(), unopened(division, year).count()


def _inside(division):
    return SocialOrganization.objects.in_places([division]).values("pk")


@transaction.atomic
def ask_yearly_reviews(*, division, actor, due_on=None):
    """Ask for the yearly reviews of a place; a job opens them. Nothing to open, or no standard there: RuleViolation."""
    today = timezone.localdate()
    if due_on and due_on < today:
        raise RuleViolation(_("This day is past. Please choose today or later."))
    if not unopened(division, today.year).exists():
        raise RuleViolation(_("Every organization here has its review of this year, or one that is under way."))
    if not GrowthStandard.objects.of(division).exists():
        raise RuleViolation(_("No growth standard is published for this place yet. Its office publishes one first."))
    audit.record("review.yearly_asked", target=division, actor=actor, area=division, data={"year": today.year})
    due_on = due_on or add_working_days(today, OPINION_DAYS)
    return enqueue(
        "evaluations.open_yearly_reviews", key=f"{division.code}:{today}", division_id=division.pk, actor_id=actor.pk,
        due_on=due_on.isoformat(),
    )  # fmt: skip


def open_yearly_reviews(*, division, actor, due_on, now=None):
    """Open those that are wanting, in batches of a bounded number of queries, each its own transaction: what a batch has
    opened stays, and a second run goes on. In the end one notice to everybody of the places who is asked; leaders are
    told one by one, by jobs. Returns how many were opened."""
    now, opened = now or timezone.now(), 0
    year = timezone.localdate(now).year
    while keys := list(unopened(division, year).values_list("pk", flat=True)[:BATCH]):
        number = _open_batch(keys, division, actor, due_on, now)
        if not number:
            break
        opened += number
    if opened:
        notices.tell_of_yearly(division, opened, due_on, actor, day=timezone.localdate(now))
    return opened


@transaction.atomic
def _open_batch(keys, division, actor, due_on, now):
    organizations = SocialOrganization.objects.filter(pk__in=keys).select_related("community").order_by("pk")
    organizations = list(organizations.select_for_update(of=("self",)))
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
        reviews.append(GrowthReview(
            uuid=uuid.uuid4(), organization=organization, community=place, standard=edition, opener=ReviewOpener.YEARLY,
            status=ReviewStatus.OPEN if waits else ReviewStatus.OPINIONS,
            is_blind=edition.content.get("blind", True), wants_recommendation=bool(rule and rule.wants_recommendation),
            opened_by=actor, opened_at=now, opinions_due_on=due_on,
        ))  # fmt: skip
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
