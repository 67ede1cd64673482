"""What roles can be granted on beside places: the agencies here."""

from incubator.accounts.choices import Role, Scope
from incubator.accounts.registries import Body, bodies
from incubator.divisions.models import Division
from organizations.models import Agency, AgencyServiceArea

FOUND_AT_MOST = 20


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
