"""Needs and resources for machines: read alone, without names and phones."""

from rest_framework import serializers

from organizations.models import ResidentNeed, Resource


class NeedSerializer(serializers.ModelSerializer):
    community = serializers.CharField(source="community.code", read_only=True)
    community_name = serializers.CharField(source="community.name", read_only=True)
    place = serializers.CharField(source="place.name", default="", read_only=True)
    category = serializers.CharField(source="category.code", read_only=True)
    organization = serializers.UUIDField(source="organization.uuid", default=None, read_only=True)
    agency = serializers.UUIDField(source="agency.uuid", default=None, read_only=True)

    class Meta:
        model = ResidentNeed
        fields = (
            "uuid", "community", "community_name", "place", "title", "text", "category", "age_group", "source", "status",
            "organization", "agency", "accepted_at", "assigned_at", "met_at", "met_text", "stars", "rated_at",
            "referred_to", "referred_at", "reply_text", "reason", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ResourceSerializer(serializers.ModelSerializer):
    division = serializers.CharField(source="division.code", read_only=True)
    division_name = serializers.CharField(source="division.name", read_only=True)
    owner = serializers.CharField(read_only=True)
    organization = serializers.UUIDField(source="organization.uuid", default=None, read_only=True)

    class Meta:
        model = Resource
        fields = (
            "uuid", "division", "division_name", "kind", "title", "text", "owner", "organization", "place_text",
            "quantity", "used_quantity", "unit", "amount_fen", "used_fen", "valid_until", "is_active", "created_at",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields
