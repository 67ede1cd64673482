"""Growth reviews for machines. An opinion says nothing to whoever may not read it yet."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from evaluations.choices import OpinionStatus, Outcome
from evaluations.models import DecisionCondition, GrowthReview, Opinion, StageDecision
from evaluations.policies.opinion import reads_opinion
from evaluations.services.decision import MOST_CONDITIONS
from organizations.choices import RATED_CHOICES, OrganizationForm


class OpinionSerializer(serializers.ModelSerializer):
    """``recommendation``, ``comment`` and ``author`` are empty while opinions are blind to this person."""

    author = serializers.StringRelatedField()

    class Meta:
        model = Opinion
        fields = ("uuid", "party", "status", "recommendation", "comment", "author", "answered_at")
        read_only_fields = fields

    def to_representation(self, instance):
        found = super().to_representation(instance)
        if instance.status != OpinionStatus.ASKED and not reads_opinion(self.context["request"].user, instance):
            found |= {"recommendation": "", "comment": "", "author": None}
        return found


class ConditionSerializer(serializers.ModelSerializer):
    class Meta:
        model = DecisionCondition
        fields = ("text", "due_on")


class DecisionSerializer(serializers.ModelSerializer):
    decided_by = serializers.StringRelatedField()
    conditions = ConditionSerializer(many=True, read_only=True)

    class Meta:
        model = StageDecision
        fields = (
            "uuid", "outcome", "from_stage", "to_stage", "from_form", "to_form", "reason", "manifest_sha256",
            "decided_by", "decided_at", "conditions",
        )  # fmt: skip
        read_only_fields = fields


class GrowthReviewSerializer(serializers.ModelSerializer):
    organization = serializers.SlugRelatedField(slug_field="uuid", read_only=True)
    community = serializers.SlugRelatedField(slug_field="code", read_only=True)
    opinions = OpinionSerializer(many=True, read_only=True)
    decision = serializers.SerializerMethodField()
    evidence_sha256 = serializers.SerializerMethodField()

    class Meta:
        model = GrowthReview
        fields = (
            "uuid", "organization", "community", "opener", "status", "is_blind", "opened_at", "opinions_due_on",
            "closed_at", "evidence_sha256", "opinions", "decision",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(DecisionSerializer(allow_null=True))
    def get_decision(self, review):
        decision = getattr(review, "decision", None)
        return DecisionSerializer(decision, context=self.context).data if decision else None

    def get_evidence_sha256(self, review) -> str:
        manifest = getattr(review, "manifest", None)
        return manifest.sha256 if manifest else ""


class GrowthDecideSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    to_stage = serializers.ChoiceField(choices=RATED_CHOICES)
    # Left out: the form stays as it is. "" takes it away.
    to_form = serializers.ChoiceField(choices=OrganizationForm.choices, allow_blank=True, required=False)
    reason = serializers.CharField(max_length=3000)
    vetoes = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=50)
    conditions = ConditionSerializer(many=True, required=False, max_length=MOST_CONDITIONS)
