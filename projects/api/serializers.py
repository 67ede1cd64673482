"""Projects and activities for machines. A record's own answers are checked by its kind's form, as on the page."""

from uuid import UUID

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from organizations.models import SocialOrganization
from projects.choices import LedBy, Outcome, WorkerRole
from projects.models import Activity, IncubationProject, Objective, ObjectiveIndicator, ProjectWorker
from projects.querysets import organizations_to_log
from projects.services.kind import get_kind
from projects.validators import MAX_PARTICIPANTS


@extend_schema_field(serializers.UUIDField)
class OrganizationToLogField(serializers.SlugRelatedField):
    """The public identifier of an organization that one may record activities of."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="uuid", **kwargs)

    def get_queryset(self):
        request = self.context.get("request")
        return organizations_to_log(request.user) if request else SocialOrganization.objects.none()

    def to_internal_value(self, data):
        try:
            return super().to_internal_value(data)
        except DjangoValidationError as error:  # no identifier at all
            raise serializers.ValidationError(error.messages) from error


class KindField(serializers.CharField):
    """The code of a kind that is in use; kinds may be made while the platform runs."""

    def to_internal_value(self, data):
        code = super().to_internal_value(data)
        if get_kind(code) is None:
            raise serializers.ValidationError(_("“%(code)s” is no kind of activity.") % {"code": code})
        return code


@extend_schema_field(serializers.UUIDField)
class VisibleObjectiveField(serializers.SlugRelatedField):
    """The public identifier of an objective of a project that one sees."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="uuid", **kwargs)

    def get_queryset(self):
        request = self.context.get("request")
        return Objective.objects.visible_to(request.user) if request else Objective.objects.none()

    def to_internal_value(self, data):
        try:
            return super().to_internal_value(data)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class ActivityLinkSerializer(serializers.Serializer):
    """An organization that the activity served, with its minutes; written, the minutes may be left out."""

    organization = OrganizationToLogField()
    minutes = serializers.IntegerField(required=False, allow_null=True, min_value=0)


class ActivitySerializer(serializers.ModelSerializer):
    uuid = serializers.UUIDField(required=False)
    kind = KindField(max_length=40)
    organization = OrganizationToLogField()
    community = serializers.SlugRelatedField(slug_field="code", read_only=True)
    project = serializers.SlugRelatedField(slug_field="uuid", read_only=True)
    recorded_by = serializers.StringRelatedField()
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(required=False)
    participants = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_PARTICIPANTS)
    summary = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    led_by = serializers.ChoiceField(choices=LedBy.choices, required=False, allow_blank=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)
    outcome_reason = serializers.CharField(max_length=200, required=False, allow_blank=True)
    worker_role = serializers.ChoiceField(choices=WorkerRole.choices, required=False, allow_blank=True)
    links = ActivityLinkSerializer(many=True, required=False)
    objectives = serializers.ListField(child=VisibleObjectiveField(), required=False, write_only=True)
    details = serializers.DictField(required=False)
    version = serializers.IntegerField(required=False, min_value=0)

    class Meta:
        model = Activity
        fields = (
            "uuid", "kind", "organization", "community", "project", "title", "starts_at", "minutes", "place_text",
            "participants", "summary", "next_step", "led_by", "outcome", "outcome_reason", "worker_role", "links",
            "objectives", "details", "status", "source", "version", "recorded_by",
            "submitted_at", "returned_reason",
        )  # fmt: skip
        read_only_fields = ("title", "status", "source", "submitted_at", "returned_reason")

    def to_representation(self, instance):
        """``links``: each organization once, its own first; ``objectives``: those served."""
        found = super().to_representation(instance)
        served, objectives = {}, {}
        for link in instance.links.all():
            served[link.organization.uuid] = served.get(link.organization.uuid, 0) + link.minutes
            if link.objective:
                objectives[str(link.objective.uuid)] = True
        found["links"] = [{"organization": str(key), "minutes": minutes} for key, minutes in served.items()]
        found["objectives"] = list(objectives)
        return found

    def validate(self, attrs):
        if self.instance is not None and attrs.get("kind", self.instance.kind) != self.instance.kind:
            raise serializers.ValidationError({"kind": _("The kind of a record stays as it is.")})
        kind = self.kind_class = get_kind(attrs["kind"]) if self.instance is None else self.instance.kind_class
        if self.instance is None and kind.why_closed:
            raise serializers.ValidationError({"kind": str(kind.why_closed)})
        if self.instance is None or "details" in attrs:
            form = kind.details_form(attrs.get("details", {}))
            for field in form.fields.values():
                field.required = field.required and self._took_place(attrs)
            if not form.is_valid():
                raise serializers.ValidationError({"details": form.errors})
            attrs["details"] = kind.as_details(form.cleaned_data)
        if self.instance is None and self._took_place(attrs):
            missing = [name for name in kind.required_questions if attrs.get(name) in (None, "")]
            if missing:
                raise serializers.ValidationError({name: _("This is needed.") for name in missing})
        return attrs

    def _took_place(self, attrs):
        was = self.instance.outcome if self.instance is not None else Outcome.HELD
        return attrs.get("outcome", was) == Outcome.HELD

    def _relations(self):
        """What was sent of links and objectives. The record's own organization may stand among the links, with its share."""
        sent, found = self.validated_data, {}
        if "links" in sent:
            main = sent.get("organization") or self.instance.organization
            found["others"] = [link["organization"] for link in sent["links"] if link["organization"].pk != main.pk]
            told = {link["organization"]: link.get("minutes") for link in sent["links"]}
            found["shares"] = {organization: minutes for organization, minutes in told.items() if minutes is not None}
        if "objectives" in sent:
            found["objectives"] = sent["objectives"]
        return found

    def values(self):
        """What the services take: the sent values, else those of the record, else what nobody told."""
        empty = {
            "minutes": self.kind_class.default_minutes, "place_text": "", "participants": None,
            "summary": "", "next_step": "", "led_by": "", "outcome": Outcome.HELD, "outcome_reason": "",
            "worker_role": "",
        }  # fmt: skip
        names = ("organization", "starts_at", "details", *empty)
        if self.instance is not None:
            empty = {name: getattr(self.instance, name) for name in names}
        return {name: self.validated_data.get(name, empty.get(name)) for name in names} | self._relations()

    @property
    def kind_code(self):
        return self.validated_data.get("kind") or self.instance.kind


class ActivityReturnSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000)


class IndicatorSerializer(serializers.ModelSerializer):
    value = serializers.SerializerMethodField()

    class Meta:
        model = ObjectiveIndicator
        fields = ("uuid", "name", "unit", "kinds", "target", "due_on", "value")
        read_only_fields = fields

    def get_value(self, indicator) -> float:
        """Counted by the view for all indicators of the page at once."""
        return self.context.get("values", {}).get(indicator.pk, 0)


class ObjectiveSerializer(serializers.ModelSerializer):
    is_dropped = serializers.SerializerMethodField()
    indicators = IndicatorSerializer(many=True, read_only=True)

    class Meta:
        model = Objective
        fields = ("uuid", "level", "text", "is_dropped", "indicators")
        read_only_fields = fields

    def get_is_dropped(self, objective) -> bool:
        return objective.dropped_at is not None


class ProjectWorkerSerializer(serializers.ModelSerializer):
    name = serializers.StringRelatedField(source="user")

    class Meta:
        model = ProjectWorker
        fields = ("name", "role", "from_on", "until_on")
        read_only_fields = fields


class ProjectSerializer(serializers.ModelSerializer):
    organization = serializers.SlugRelatedField(slug_field="uuid", read_only=True)
    partners = serializers.SerializerMethodField()
    community = serializers.SlugRelatedField(slug_field="code", read_only=True)
    agency = serializers.SlugRelatedField(slug_field="uuid", read_only=True)
    lead = serializers.StringRelatedField()
    team = ProjectWorkerSerializer(many=True, read_only=True)
    objectives = ObjectiveSerializer(many=True, read_only=True)

    class Meta:
        model = IncubationProject
        fields = (
            "uuid", "name", "organization", "partners", "community", "lead", "team", "agency", "stage",
            "needs_admission", "starts_on", "ends_on", "closed_on", "goal", "objectives",
        )  # fmt: skip
        read_only_fields = fields

    def get_partners(self, project) -> list[UUID]:
        return [row.organization.uuid for row in project.partner_rows.all()]
