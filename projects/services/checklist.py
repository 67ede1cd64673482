"""What the platform looks at by itself when a project is to leave a stage. Other apps register further items.

Each item asks the database a fixed number of times, so the checklist of a project costs the same whatever it holds.
"""

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from incubator.base.hashes import content_sha256
from projects.choices import AdmissionStatus, DocumentKind, NeedLevel, ProjectStage
from projects.models import (
    Activity,
    ActivityPlan,
    Admission,
    ExitStep,
    IncubationAgreement,
    Objective,
    ProjectDocument,
    ProjectNeed,
)
from projects.registries import ChecklistResult, checklist_items, measurement_sources

SUPERVISIONS = ("supervision", "org_supervision")
FULL = 100
MONTHS_AFTER = (3, 6, 12)  # when a project that is over is visited again


def checklist_of(project):
    """[{"code", "label", "done", "detail", "url"}] of the stage that the project is in, in order, in the language of the
    moment; items that do not concern this project are left out."""
    rows = []
    for item in checklist_items:
        if item.stage != project.stage:
            continue
        result = item.check(project)
        if result is not None:
            rows.append({"code": item.code, "label": str(item.label), **vars(result)})
    return rows


def frozen_checklist(project):
    """(checklist, sha256 of its canonical JSON), worded in the platform's own language: it is kept as an official
    record, whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = checklist_of(project)
    return rows, content_sha256(rows)


def _comma():
    return pgettext("between the things of a list", ", ")


def _section(project, name):
    return f"{project.get_absolute_url()}#{name}"


class DocumentItem:
    """Done when there is a document of this kind."""

    document = ""

    @classmethod
    def check(cls, project):
        found = (
            ProjectDocument.objects.in_use()
            .filter(project=project, kind=cls.document)
            .order_by("-pk")
            .values_list("title", flat=True)
            .first()
        )
        add = f"{reverse('projects:document-add', args=[project.uuid])}?kind={cls.document}"
        if found is None:
            missing = _("No document of the kind “%(kind)s” yet.") % {"kind": DocumentKind(cls.document).label}
            return ChecklistResult(False, missing, add)
        return ChecklistResult(True, found, _section(project, "documents"))


class MeasuredItem(DocumentItem):
    """Done when there is a document of this kind, or when another app knows of a measurement."""

    @classmethod
    def check(cls, project):
        found = super().check(project)
        if found.done:
            return found
        others = [result for source in measurement_sources if (result := source.find(project, cls.document))]
        return next((result for result in others if result.done), others[0] if others else found)


@checklist_items.register
class NeedsAssessed:
    code, stage, order = "needs_assessed", ProjectStage.PREPARATION, 10
    label = gettext_lazy("Needs are assessed")

    @classmethod
    def check(cls, project):
        seen = set(ProjectNeed.objects.filter(project=project).order_by().values_list("level", flat=True))
        missing = [str(level.label) for level in NeedLevel if level not in seen]
        if missing:
            detail = _("No need written down at these levels: %(levels)s.") % {"levels": _comma().join(missing)}
        else:
            detail = _("At all three levels.")
        return ChecklistResult(bool(seen), detail, _section(project, "objectives"))


@checklist_items.register
class BaselineMeasured(MeasuredItem):
    code, stage, order = "baseline_measured", ProjectStage.PREPARATION, 20
    label = gettext_lazy("The situation before is measured")
    document = DocumentKind.BASELINE


@checklist_items.register
class PlanApproved:
    code, stage, order = "plan_approved", ProjectStage.PREPARATION, 30
    label = gettext_lazy("The plan stands and is approved")

    @classmethod
    def check(cls, project):
        objectives = Objective.objects.filter(project=project, dropped_at__isnull=True, indicators__isnull=False)
        plans = ActivityPlan.objects.in_force().filter(project=project)
        papers = ProjectDocument.objects.in_use().filter(project=project, kind=DocumentKind.PLAN)
        missing = []
        if not objectives.exists():
            missing.append(_("an objective with an indicator"))
        if not plans.exists():
            missing.append(_("a planned activity"))
        if not papers.exists():
            missing.append(_("the approved plan as a document"))
        detail = _("Missing: %(things)s.") % {"things": _comma().join(missing)} if missing else ""
        return ChecklistResult(not missing, detail, _section(project, "objectives"))


@checklist_items.register
class AgreementSigned:
    code, stage, order = "agreement_signed", ProjectStage.PREPARATION, 40
    label = gettext_lazy("The agreement is signed")

    @classmethod
    def check(cls, project):
        agreement = IncubationAgreement.objects.filter(project=project).first()
        copy = ProjectDocument.objects.in_use().filter(project=project, kind=DocumentKind.AGREEMENT).exists()
        url = _section(project, "documents")
        if agreement is None:
            return ChecklistResult(False, _("There is no agreement yet."), url)
        if agreement.signed_on is None:
            return ChecklistResult(False, _("It is written and not signed yet."), url)
        if not copy:
            return ChecklistResult(False, _("The signed copy is missing."), url)
        return ChecklistResult(True, _("Signed on %(day)s.") % {"day": agreement.signed_on.isoformat()}, url)


@checklist_items.register
class Admitted:
    code, stage, order = "admitted", ProjectStage.PREPARATION, 50
    label = gettext_lazy("The organization is admitted")

    @classmethod
    def check(cls, project):
        if not project.needs_admission:
            return None
        found = Admission.objects.filter(organization=project.organization_id).order_by("-pk").first()
        if found is None:
            url = reverse("projects:admission-list")
            return ChecklistResult(False, _("No application yet."), url)
        detail = str(found.get_status_display())
        return ChecklistResult(found.status == AdmissionStatus.ADMITTED, detail, found.get_absolute_url())


@checklist_items.register
class PlannedActivitiesHeld:
    code, stage, order = "planned_activities_held", ProjectStage.CULTIVATION, 10
    label = gettext_lazy("The planned activities were held")

    @classmethod
    def check(cls, project):
        plans = ActivityPlan.objects.in_force().with_held().filter(project=project).order_by()
        number = plans.aggregate(all=Count("pk"), held=Count("pk", filter=Q(is_held=True)))
        if not number["all"]:
            return ChecklistResult(False, _("No activity is planned."), _section(project, "plan-actual"))
        detail = _("%(held)s of %(all)s held (%(share)s %%).") % {
            **number,
            "share": number["held"] * FULL // number["all"],
        }
        return ChecklistResult(number["held"] == number["all"], detail, _section(project, "plan-actual"))


@checklist_items.register
class SupervisionGiven:
    code, stage, order = "supervision_given", ProjectStage.CULTIVATION, 20
    label = gettext_lazy("Supervision was given")

    @classmethod
    def check(cls, project):
        number = Activity.objects.counted().serving_project(project).filter(kind__in=SUPERVISIONS).order_by().count()
        url = f"{reverse('projects:activity-list')}?organization={project.organization.uuid}"
        detail = _("%(number)s sessions recorded.") % {"number": number} if number else _("No session recorded yet.")
        return ChecklistResult(bool(number), detail, url)


@checklist_items.register
class MidtermLookedAt(DocumentItem):
    code, stage, order = "midterm_looked_at", ProjectStage.CULTIVATION, 30
    label = gettext_lazy("The middle of the term was looked at")
    document = DocumentKind.MIDTERM


@checklist_items.register
class EndlineMeasured(MeasuredItem):
    code, stage, order = "endline_measured", ProjectStage.SUMMARY, 10
    label = gettext_lazy("The situation after is measured")
    document = DocumentKind.ENDLINE


@checklist_items.register
class FinalReportConfirmed(DocumentItem):
    code, stage, order = "final_report_confirmed", ProjectStage.SUMMARY, 20
    label = gettext_lazy("The final report is confirmed")
    document = DocumentKind.FINAL_REPORT


@checklist_items.register
class FollowUpsPlanned:
    code, stage, order = "follow_ups_planned", ProjectStage.SUMMARY, 30
    label = gettext_lazy("What comes after is planned")

    @classmethod
    def check(cls, project):
        steps = ExitStep.objects.filter(project=project).exists()
        detail = (
            _("Visits after 3, 6 and 12 months are entered when the project closes.")
            if steps
            else _("The exit plan has no step yet.")
        )
        return ChecklistResult(steps, detail, _section(project, "exit"))


@checklist_items.register
class ExitPlanComplete:
    """Every step that is due is done; a later one may still be ahead when the project closes."""

    code, stage, order = "exit_plan_complete", ProjectStage.SUMMARY, 40
    label = gettext_lazy("The worker's exit plan is carried out")

    @classmethod
    def check(cls, project):
        steps = ExitStep.objects.filter(project=project).order_by()
        late = Q(done_on__isnull=True, due_on__lte=timezone.localdate())
        number = steps.aggregate(
            all=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)), late=Count("pk", filter=late)
        )
        detail = _("%(done)s of %(all)s steps are done.") % number
        return ChecklistResult(bool(number["all"]) and not number["late"], detail, _section(project, "exit"))
