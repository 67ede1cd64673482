"""Organizations and communities as machines read and write them. Identifiers are uuids and statistical codes."""

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from incubator.divisions.models import Division
from organizations.forms.organization import credit_code_sentence
from organizations.models import OrganizationType, SocialOrganization
from organizations.policies.organization import communities_to_register_in, contact_reader, masked_phone
from organizations.validators import CreditCodeError, tidy_phone, validate_credit_code


class OrganizationSerializer(serializers.ModelSerializer):
    community = serializers.CharField(source="community.code", read_only=True)
    community_name = serializers.CharField(source="community.name", read_only=True)
    street_name = serializers.CharField(source="community.parent.name", read_only=True)
    type = serializers.CharField(source="type.code", read_only=True)
    contact_phone = serializers.SerializerMethodField()

    class Meta:
        model = SocialOrganization
        fields = (
            "uuid", "name", "community", "community_name", "street_name", "type", "is_hub", "state", "state_reason",
            "legal_status", "credit_code", "filing_number", "filed_on", "growth_stage", "form", "founded_on",
            "dissolved_on", "responsible_person", "contact_phone", "purpose", "activity_scope", "venue", "funds_fen",
            "funds_note", "declared_members", "party_organization", "party_members", "party_liaison", "created_at",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    # Where a list reads what is not the organization's own; the names of all other columns are those of the fields.
    ELSEWHERE = {
        "community": "community__code",
        "community_name": "community__name",
        "street_name": "community__parent__name",
        "type": "type__code",
    }
    TIMES, DAYS = ("created_at", "updated_at"), ("filed_on", "founded_on", "dissolved_on")

    @classmethod
    def columns(cls):
        return [cls.ELSEWHERE.get(name, name) for name in cls.Meta.fields]

    def to_representation(self, instance):
        """A list hands over rows of plain values (:meth:`columns`): the same answer at a third of the cost."""
        if not isinstance(instance, dict):
            return super().to_representation(instance)
        line = {name: instance[column] for name, column in zip(self.Meta.fields, self.columns(), strict=True)}
        line["contact_phone"] = self.phone(line["uuid"], line["community"], line["contact_phone"])
        line["uuid"] = str(line["uuid"])
        for name in self.TIMES:
            line[name] = timezone.localtime(line[name]).isoformat()
        for name in self.DAYS:
            line[name] = line[name] and line[name].isoformat()
        return line

    def get_contact_phone(self, organization) -> str:
        return self.phone(organization.uuid, organization.community.code, organization.contact_phone)

    def phone(self, identifier, community, phone):
        """Whole for those who serve the organization and its leaders, else "138****1234"."""
        reads = self.context.get("reads")
        if reads is None:
            reads = self.context["reads"] = contact_reader(self.context["request"].user)
        return phone if reads(identifier, community) else masked_phone(phone)


class OrganizationWriteSerializer(serializers.ModelSerializer):
    """What people write; state, filing and stage follow from decisions and have no place here."""

    type = serializers.SlugRelatedField(slug_field="code", queryset=OrganizationType.objects.filter(is_active=True))
    contact_phone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    credit_code = serializers.CharField(max_length=40, required=False, allow_blank=True)

    class Meta:
        model = SocialOrganization
        fields = (
            "name", "type", "is_hub", "credit_code", "founded_on", "responsible_person", "contact_phone", "purpose",
            "activity_scope", "venue", "funds_fen", "funds_note", "declared_members", "party_organization",
            "party_members", "party_liaison",
        )  # fmt: skip
        validators = ()  # the service says the same in whole sentences

    def validate_name(self, value):
        return " ".join(value.split())

    def validate_contact_phone(self, value):
        try:
            return tidy_phone(value)
        except ValueError:
            raise serializers.ValidationError(
                _(
                    "This is no phone number as we know it. "
                    "A mobile number has 11 digits; a landline needs its area code."
                )
            ) from None

    def validate(self, attrs):
        """An empty number from somebody who reads it masked keeps it, as on the page."""
        known = self.instance
        if known and known.contact_phone and attrs.get("contact_phone") == "":
            reads = contact_reader(self.context["request"].user)
            if not reads(known.uuid, known.community.code):
                del attrs["contact_phone"]
        return attrs

    def validate_credit_code(self, value):
        code = "".join(value.split()).upper()
        if code:
            try:
                validate_credit_code(code)
            except CreditCodeError as error:
                raise serializers.ValidationError(credit_code_sentence(error)) from error
        return code


class OrganizationRegisterSerializer(OrganizationWriteSerializer):
    """``uuid`` may be given by the caller, so that sending twice registers once."""

    uuid = serializers.UUIDField(required=False)
    community = serializers.CharField()

    class Meta(OrganizationWriteSerializer.Meta):
        fields = ("uuid", "community", *OrganizationWriteSerializer.Meta.fields)

    def validate_community(self, code):
        found = communities_to_register_in(self.context["request"].user).filter(code=code).first()
        if found is None:
            raise serializers.ValidationError(_("You register for no community with this code."))
        return found


class CommunitySerializer(serializers.ModelSerializer):
    street = serializers.CharField(source="parent.code", read_only=True)
    street_name = serializers.CharField(source="parent.name", read_only=True)

    class Meta:
        model = Division
        fields = ("code", "name", "street", "street_name", "setting")
        read_only_fields = fields
