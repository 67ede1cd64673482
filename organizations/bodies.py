"""What roles can be granted on beside places: organizations and agencies."""

from incubator.accounts.choices import Role, Scope
from incubator.accounts.registries import Body, bodies
from incubator.divisions.models import Division
from organizations.models import Agency, AgencyServiceArea, SocialOrganization

FOUND_AT_MOST = 20
# Who makes somebody leader of an organization: those who give roles in its place.
GRANTING_ON_ORGANIZATIONS = (Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER)


@bodies.register
class AgencyBody(Body):
    """An agency's supervisors hold their role on it; the admin of a district it serves gives it to them."""

    code = "agency"
    scope = Scope.AGENCY
    name = Agency._meta.verbose_name

    @classmethod
    def search(cls, user, text):
        found = Agency.objects.visible_to(user).filter(name__icontains=text.strip(), is_active=True)
        return [(agency.uuid, agency.name) for agency in found.order_by("name", "pk")[:FOUND_AT_MOST]]

    @classmethod
    def labels(cls, uuids):
        return dict(Agency.objects.filter(uuid__in=uuids).values_list("uuid", "name"))

    @classmethod
    def may_grant(cls, user, uuid):
        served = Division.objects.filter(pk__in=cls._areas(uuid).values("division_id")).order_by("code")
        return user.access.is_platform_admin or any(user.access.covers(place, Role.DISTRICT_ADMIN) for place in served)

    @classmethod
    def within(cls, divisions):
        places = Division.objects.within(divisions).values("pk")
        return AgencyServiceArea.objects.filter(division__in=places).values("agency__uuid")

    @classmethod
    def division(cls, uuid):
        area = cls._areas(uuid).select_related("division").order_by("division__code").first()
        return area.division if area else None

    @staticmethod
    def _areas(uuid):
        return AgencyServiceArea.objects.filter(agency__uuid=uuid)


@bodies.register
class OrganizationBody(Body):
    code = "organization"
    scope = Scope.ORGANIZATION
    name = SocialOrganization._meta.verbose_name

    @classmethod
    def search(cls, user, text):
        found = SocialOrganization.objects.visible_to(user).existing().search(text)
        return [
            (row["uuid"], f"{row['name']}（{row['community__name']}）")
            for row in found.order_by("pinyin", "pk").values("uuid", "name", "community__name")[:FOUND_AT_MOST]
        ]

    @classmethod
    def labels(cls, uuids):
        return dict(SocialOrganization.objects.filter(uuid__in=list(uuids)).values_list("uuid", "name"))

    @classmethod
    def may_grant(cls, user, uuid):
        if user.access.is_platform_admin:
            return True
        places = user.access.divisions(*GRANTING_ON_ORGANIZATIONS)
        return SocialOrganization.objects.in_places(places).filter(uuid=uuid).exists() if places else False

    @classmethod
    def within(cls, divisions):
        return SocialOrganization.objects.in_places(divisions).values("uuid")

    @classmethod
    def division(cls, uuid):
        found = SocialOrganization.objects.filter(uuid=uuid).select_related("community").first()
        return found and found.community
