"""What a recorded decision says about how an organization grows; the one place that writes stage and form."""

from organizations.models import SocialOrganization


def lock_for_growth(organization_id):
    """The organization with its community, locked until the caller's transaction ends."""
    organizations = SocialOrganization.objects.select_related("community__parent").select_for_update(of=("self",))
    return organizations.get(pk=organization_id)


def record_growth(*, organization, stage, form):
    """Write stage and form as decided. The organization is locked by the caller, whose decision carries the audit
    event; nothing else may write them."""
    organization.growth_stage, organization.form = stage, form
    organization.save(update_fields=["growth_stage", "form", "updated_at"])
