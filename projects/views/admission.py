"""入壳/出壳: the list, one admission, apply, and what the offices do with it, one address per step."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import can_proceed

from incubator.audit.timeline import timeline
from incubator.base.months import IN_A_YEAR, add_months
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, ListPage, ObjectFormPage
from organizations.models import SocialOrganization
from projects.choices import AdmissionStatus
from projects.filters import AdmissionFilter
from projects.forms import admission as forms
from projects.models import Admission
from projects.policies import admission as policies
from projects.services import admission as services

TONES = {
    AdmissionStatus.APPLIED: "info",
    AdmissionStatus.SCREENED: "info",
    AdmissionStatus.ADMITTED: "success",
    AdmissionStatus.REFUSED: "warning",
    AdmissionStatus.LEFT: "neutral",
}


def rail_of(admission):
    """申请 → 初审 → 入壳评审 → 孵化 → 出壳: [{label, note, at, by, state}] with state done, current or ahead."""
    reached = {
        AdmissionStatus.APPLIED: 1, AdmissionStatus.SCREENED: 2, AdmissionStatus.ADMITTED: 3, AdmissionStatus.LEFT: 5,
        AdmissionStatus.REFUSED: -1,
    }[admission.status]  # fmt: skip
    decided = admission.decided_at and timezone.localdate(admission.decided_at)
    steps = [
        (_("Applied"), timezone.localdate(admission.applied_at), admission.applied_by),
        (_("First check"), admission.screened_at and timezone.localdate(admission.screened_at), admission.screened_by),
        (_("Review"), decided, admission.decided_by),
        (_("Inside"), admission.admitted_on, None),
        (_("Left"), admission.left_on, None),
    ]
    rail = []
    for number, (label, on, by) in enumerate(steps):
        is_past = number < reached or (reached < 0 and bool(on))
        state = "done" if is_past else "current" if number == reached else "ahead"
        rail.append({"label": label, "on": on if is_past or number == reached else None, "by": by, "state": state})
    return rail


def actions_for(user, admission):
    """What can happen to the admission in its state; what this person may not do stands there with the reason."""

    def action(name, label, icon, style="secondary"):
        allowed = verdict(getattr(policies, f"check_{name}_admission"), user, admission)
        url = reverse(f"projects:admission-{name}", args=[admission.uuid])
        return {"url": url, "label": label, "icon": icon, "style": style, "verdict": allowed}

    steps = (
        ("screen", admission.screen, _("First check"), "clipboard-check", "primary"),
        ("admit", admission.admit, _("Admit"), "patch-check", "primary"),
        ("refuse", admission.refuse, _("Refuse"), "x-circle", "secondary"),
        ("extend", admission.extend, _("Extend"), "calendar-plus", "secondary"),
        ("leave", admission.leave, _("Record the leaving"), "box-arrow-right", "secondary"),
    )
    return [action(name, label, icon, style) for name, guard, label, icon, style in steps if can_proceed(guard)]


def papers_of(admission):
    """[(label, url)] of the papers that there are by now."""
    found = [(_("Application form"), "application")]
    if admission.screened_at:
        found.append((_("Opinion of the first check"), "opinion"))
    if admission.decided_at:
        is_refused = admission.status == AdmissionStatus.REFUSED
        found.append((_("Notice of refusal") if is_refused else _("Notice of admission"), "decision"))
    if admission.extended_reason:
        found.append((_("Notice of extension"), "extension"))
    if admission.status == AdmissionStatus.LEFT:
        found.append((_("Notice of leaving"), "leaving"))
    return [(label, reverse(f"projects:admission-{name}", args=[admission.uuid])) for label, name in found]


class AdmissionListView(ListPage):
    policy = staticmethod(policies.check_list_admissions)
    model = Admission
    filterset_class = AdmissionFilter
    template_name = "projects/admission_list.html"
    sorts = {
        "recent": (gettext_lazy("changed last"), ("-updated_at", "-pk")),
        "due": (gettext_lazy("first check due first"), ("check_due_on", "pk")),
    }

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        waiting = Admission.objects.visible_to(self.request.user).waiting_for(self.request.user).order_by().count()
        return super().get_context_data(tones=TONES, today=timezone.localdate(), waiting=waiting, **kwargs)


class AdmissionApplyView(CreateOncePage):
    policy = staticmethod(policies.check_apply_admission)
    policy_needs_object = True
    model = Admission
    form_class = forms.AdmissionApplyForm
    template_name = "projects/admission_apply.html"
    success_message = gettext_lazy("Applied. The first check is made within five working days.")

    @cached_property
    def organization(self):
        queryset = SocialOrganization.objects.visible_to(self.request.user).select_related("community__parent")
        return get_object_or_404(queryset, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.organization)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, **kwargs)

    def perform(self, form):
        self.object = services.apply_admission(
            organization_id=self.organization.pk, actor=self.request.user, **form.cleaned_data
        )


class _AdmissionMixin:
    model = Admission
    context_object_name = "admission"

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("screened_by", "decided_by", "project")


class AdmissionDetailView(_AdmissionMixin, DetailPage):
    policy = staticmethod(policies.check_view_admission)
    template_name = "projects/admission_detail.html"

    def get_context_data(self, **kwargs):
        admission, user = self.object, self.request.user
        is_late = admission.status == AdmissionStatus.APPLIED and admission.check_due_on < timezone.localdate()
        return super().get_context_data(
            rail=rail_of(admission),
            tone=TONES[admission.status],
            is_late=is_late,
            actions=actions_for(user, admission),
            papers=papers_of(admission),
            events=timeline(admission, user),
            **kwargs,
        )


class _AdmissionFormPage(_AdmissionMixin, ObjectFormPage):
    service = None

    def perform(self, form):
        type(self).service(admission_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class AdmissionScreenView(_AdmissionFormPage):
    policy = staticmethod(policies.check_screen_admission)
    form_class = forms.AdmissionScreenForm
    template_name = "projects/admission_screen.html"
    service = staticmethod(services.screen_admission)
    success_message = gettext_lazy("The first check is passed. The review comes next.")


class AdmissionAdmitView(_AdmissionFormPage):
    policy = staticmethod(policies.check_admit_admission)
    form_class = forms.AdmissionAdmitForm
    template_name = "projects/admission_admit.html"
    service = staticmethod(services.admit_admission)
    success_message = gettext_lazy("Admitted. Print the notice; next, the agreement is signed.")


class AdmissionRefuseView(_AdmissionFormPage):
    policy = staticmethod(policies.check_refuse_admission)
    form_class = forms.AdmissionRefuseForm
    template_name = "projects/admission_refuse.html"
    service = staticmethod(services.refuse_admission)
    success_message = gettext_lazy("Refused. The applicants are told why.")


class AdmissionExtendView(_AdmissionFormPage):
    policy = staticmethod(policies.check_extend_admission)
    form_class = forms.AdmissionExtendForm
    template_name = "projects/admission_extend.html"
    service = staticmethod(services.extend_admission)
    success_message = gettext_lazy("Extended.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"admission": self.object}

    def get_initial(self):
        return {"until_on": add_months(self.object.until_on, IN_A_YEAR // 2)} if self.object.until_on else {}


class AdmissionLeaveView(_AdmissionFormPage):
    policy = staticmethod(policies.check_leave_admission)
    form_class = forms.AdmissionLeaveForm
    template_name = "projects/admission_leave.html"
    service = staticmethod(services.leave_admission)
    success_message = gettext_lazy("Recorded. Print the notice; the page says by when the hand-over is due.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"admission": self.object, "user": self.request.user}
