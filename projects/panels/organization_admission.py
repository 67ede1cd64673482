"""On the organization's page: where its admission stands, and the button to apply."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import Verdict, verdict
from projects.choices import AdmissionStatus
from projects.models import Admission
from projects.policies.admission import check_apply_admission, check_view_admissions_of

SHOWN = 4
UNDER_WAY = (AdmissionStatus.APPLIED, AdmissionStatus.SCREENED, AdmissionStatus.ADMITTED)


@panels.register
class OrganizationAdmissionPanel(Panel):
    code = "organization-admission"
    target = "organizations.socialorganization"
    label = _("Admission to the incubation")
    template = "projects/panels/organization_admission.html"
    policy = staticmethod(check_view_admissions_of)
    order = 30

    @classmethod
    def context(cls, user, thing):
        admissions = list(Admission.objects.filter(organization=thing).order_by("-applied_at", "-pk")[:SHOWN])
        may_apply = verdict(check_apply_admission, user, thing)
        is_under_way = any(admission.status in UNDER_WAY for admission in admissions)
        if may_apply and is_under_way:
            may_apply = Verdict(False, str(_("An application is under way, or the organization is inside already.")))
        return {
            "organization": thing,
            "admissions": admissions,
            "is_under_way": is_under_way,
            "may_apply": may_apply,
            "apply_url": reverse("projects:admission-apply", args=[thing.uuid]),
        }
