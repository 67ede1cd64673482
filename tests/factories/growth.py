"""Growth standards and reviews. Give ``organization``; the place follows from it."""

import datetime

import factory
from django.utils import timezone

from evaluations.choices import OpinionStatus, ReviewOpener, ReviewStatus
from evaluations.models import (
    GrowthReview,
    GrowthRule,
    GrowthStandard,
    Opinion,
    StageDecision,
    StandardVersion,
)
from evaluations.services.assessment import assess, judged_of
from evaluations.services.evidence import freeze
from incubator.base.hashes import content_sha256
from tests.factories.accounts import UserFactory
from tests.factories.divisions import DivisionFactory
from tests.factories.organizations import OrganizationFactory

ONE_EACH = {"kind": "steps", "from": 1, "base": 1, "every": 1, "step": 1, "cap": 5}
DUE_ON = datetime.date(2099, 1, 5)


def words(chinese, english):
    return {"zh-hans": chinese, "en": english}


def small_standard():
    """Members and activities are counted, planning is judged; stages seed to tree."""
    return {
        "code": "small", "label": words("小标准", "Small standard"), "sample": True, "blind": True, "total": 20,
        "bonus_cap": 2, "bonus_beyond_total": False, "columns": ["self", "panel", "committee"],
        "dimensions": [{
            "code": "all", "label": words("全部", "Everything"), "points": 20,
            "indicators": [
                {"code": "people", "label": words("成员", "Members"), "points": 5, "source": "auto:test_members",
                 "evidence": words("名册", "List"), "mode": ONE_EACH},
                {"code": "work", "label": words("活动", "Activities"), "points": 5, "source": "auto:test_activities",
                 "evidence": words("记录", "Records"), "mode": ONE_EACH},
                {"code": "planning", "label": words("策划", "Planning"), "points": 6, "source": "judged",
                 "evidence": words("方案", "Plans"), "mode": {"kind": "judged"}},
                {"code": "money", "label": words("财务", "Money"), "points": 4, "source": "judged",
                 "evidence": words("账", "Accounts"),
                 "mode": {"kind": "options", "options": [
                     {"code": "open", "label": words("公开", "Open"), "points": 4},
                     {"code": "none", "label": words("没有", "None"), "points": 0}]}},
            ],
        }],
        "bonus": [{"code": "award", "label": words("表彰", "Award"), "points": 2, "source": "judged",
                   "evidence": words("文件", "Paper"), "mode": {"kind": "fixed"}}],
        "vetoes": [{"code": "fraud", "label": words("造假", "False records"), "source": "judged"}],
        "bands": [
            {"code": "good", "label": words("良", "Good"), "from": 10, "from_closed": True, "to": 20, "to_closed": True},
            {"code": "low", "label": words("差", "Low"), "from": 0, "from_closed": True, "to": 10, "to_closed": False},
        ],
        "stages": [
            {"code": "seed", "label": words("种子", "Seed"), "rules": [
                _rule("three", "At least one member", "test_members", 1)]},
            {"code": "seedling", "label": words("幼苗", "Seedling"), "rules": [
                _rule("members", "At least two members", "test_members", 2),
                {"code": "charter", "label": words("章程", "A charter"), "fact": "document:charter", "op": "==",
                 "value": True, "mandatory": True}]},
            {"code": "sapling", "label": words("小树", "Sapling"), "rules": [
                _rule("active", "At least two activities", "test_activities", 2),
                _rule("score", "A score of at least 10", "template_score", 10)]},
            {"code": "tree", "label": words("大树", "Tree"), "rules": [_rule("top", "A score of 18", "template_score", 18)]},
        ],
        "forms": [
            {"code": "strong_ties", "label": words("强关系", "Strong ties"), "rules": [
                _rule("ties", "One member", "test_members", 1)]},
        ],
    }  # fmt: skip


def _rule(code, label, fact, value):
    return {"code": code, "label": words(label, label), "fact": fact, "op": ">=", "value": value, "mandatory": True}


def make_standard(content=None, *, division=None, code="small"):
    """A published standard; of the whole platform, or of a place."""
    content = content or small_standard()
    standard = GrowthStandard.objects.create(
        code=code,
        title="小标准",
        title_en="Small standard",
        division=division,
        is_sample=division is None,
        draft=content,
    )
    standard.current = StandardVersion.objects.create(
        standard=standard, number=1, content=content, sha256=content_sha256(content), published_at=timezone.now()
    )
    standard.save()
    return standard


class GrowthRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GrowthRule

    division = factory.SubFactory(DivisionFactory)
    stage = "sapling"
    roles = factory.LazyFunction(lambda: ["hub_center"])


class ReviewFactory(factory.django.DjangoModelFactory):
    """A review in its self-score by the standard ``standard`` (an edition). Traits: opinions, deciding, withdrawn."""

    class Meta:
        model = GrowthReview
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SelfAttribute("organization.community")
    standard = factory.LazyFunction(lambda: (GrowthStandard.objects.in_force().first() or make_standard()).current)
    opener = ReviewOpener.WORKER
    opened_by = factory.SubFactory(UserFactory)
    opened_at = factory.LazyFunction(timezone.now)
    opinions_due_on = DUE_ON

    class Params:
        asking = factory.Trait(status=ReviewStatus.OPINIONS)
        deciding = factory.Trait(status=ReviewStatus.DECIDING)
        withdrawn = factory.Trait(
            status=ReviewStatus.WITHDRAWN, closed_at=factory.LazyFunction(timezone.now), withdrawn_reason="开错了"
        )

    @factory.post_generation
    def parties(review, create, extracted, **kwargs):  # noqa: N805
        """The opinions that are asked for, and the evidence."""
        if create and review.gate_id is None:
            for party in extracted or ("community", "organization", "social_worker"):
                Opinion.objects.create(review=review, party=party)
            freeze(review)


def give(review, party, author, recommendation="promote", comment="做得好"):
    """An opinion as if it had been given."""
    Opinion.objects.filter(review=review, party=party).update(
        status=OpinionStatus.SUBMITTED, author=author, answered_at=timezone.now(), recommendation=recommendation,
        comment=comment,
    )  # fmt: skip
    return Opinion.objects.get(review=review, party=party)


class StageDecisionFactory(factory.django.DjangoModelFactory):
    """Promoted to the seed stage. Give ``review``."""

    class Meta:
        model = StageDecision

    review = factory.SubFactory(ReviewFactory, deciding=True)
    organization = factory.SelfAttribute("review.organization")
    outcome = "promote"
    from_stage = factory.SelfAttribute("organization.growth_stage")
    to_stage = "seed"
    reason = "齐了"
    manifest_sha256 = factory.LazyAttribute(lambda o: o.review.manifest.sha256)
    result = factory.LazyAttribute(
        lambda o: assess(o.review.standard.content, o.review.manifest.facts, judged_of(o.review.column_scores.all()))
    )
    decided_by = factory.SubFactory(UserFactory)
    decided_at = factory.LazyFunction(timezone.now)


def as_decided(review, **facts):
    """The review closed with its decision, and the organization where that says."""
    decision = StageDecisionFactory(review=review, **facts)
    GrowthReview.objects.filter(pk=review.pk).update(status=ReviewStatus.DECIDED, closed_at=decision.decided_at)
    type(review.organization).objects.filter(pk=review.organization_id).update(growth_stage=decision.to_stage)
    return decision
