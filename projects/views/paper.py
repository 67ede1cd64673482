"""Papers: of one record, of a project, batches as a zip, short reports; and what is handed on in chat groups."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic import View

from incubator.base.errors import RuleViolation
from incubator.base.views import DetailPage, ObjectFormPage, PageView, PolicyMixin, QrPictureView
from incubator.reporting.registries import find_paper
from incubator.reporting.services import PAPER_LANGUAGE, Press, print_paper
from incubator.reporting.views import file_answer, zip_answer
from incubator.reporting.views.paper import RegisteredPaperView
from projects.filters import ActivityFilter
from projects.forms.paper import PaperBriefForm, PaperPeriodForm
from projects.models import Activity, ActivityPlan, Announcement, IncubationProject
from projects.papers.activity import record_paper
from projects.policies import paper as policies
from projects.policies.activity import check_view_activity
from projects.policies.project import check_view_project
from projects.services import paper as services

NAMES = ("project", "reviewed_by", "kind_version")


class _HandedIn:
    model = Activity

    def get_queryset(self):
        return super().get_queryset().handed_in().with_names().select_related(*NAMES)


class ActivityRecordView(_HandedIn, RegisteredPaperView):
    """记录表 as Word, in the edition of its place."""

    policy = staticmethod(check_view_activity)

    def get_paper(self):
        return record_paper(self.object.kind_class)


class ActivityPaperView(_HandedIn, RegisteredPaperView):
    """Any other registered paper of one record."""

    policy = staticmethod(check_view_activity)

    def get_paper(self):
        return paper_of("projects.activity", self.kwargs["code"])


class ProjectPaperView(RegisteredPaperView):
    """A registered paper of a project; a period, where it has one, stands in the address."""

    model = IncubationProject
    policy = staticmethod(check_view_project)

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("agency")

    def get_paper(self):
        return paper_of("projects.incubationproject", self.kwargs["code"])

    def get_options(self):
        form = PaperPeriodForm(self.request.GET)
        return {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}


def paper_of(target, code):
    paper = find_paper(code)
    return paper if paper is not None and paper.target == target else None


class PaperBriefView(_HandedIn, ObjectFormPage):
    """简讯: choose headline, text and pictures; the answer is the Word file. Nothing is written."""

    policy = staticmethod(policies.check_print_brief)
    form_class = PaperBriefForm
    template_name = "projects/paper_brief.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.object}

    def get_initial(self):
        return {"title": str(self.object), "text": self.object.summary}

    def form_valid(self, form):
        values = form.cleaned_data
        photos = services.publishable(values.get("photos", ()), confirmed=form.is_confirmed)
        paper = find_paper("brief-report")
        content = print_paper(
            paper, self.object, self.request.user, title=values["title"], text=values["text"], photos=photos
        )
        with translation.override(PAPER_LANGUAGE):
            name = paper.file_name(self.object)
        return file_answer(content, f"{name}.docx")


class PaperBatchView(PageView):
    """Choose a month, a kind or a project; all record forms come as one zip."""

    policy = staticmethod(policies.check_print_batch)
    template_name = "projects/paper_batch.html"

    def get_context_data(self, **kwargs):
        chosen = self.request.GET.copy()
        if not chosen:
            chosen["month"] = f"{timezone.localdate():%Y-%m}"
        queryset = Activity.objects.visible_to(self.request.user, drafts=False)
        filterset = ActivityFilter(chosen, queryset=queryset, request=self.request)
        number = filterset.qs.order_by()[: services.MOST_IN_A_BATCH + 1].count()
        return super().get_context_data(
            filterset=filterset,
            number=number,
            limit=services.MOST_IN_A_BATCH,
            is_too_many=number > services.MOST_IN_A_BATCH,
            query=chosen.urlencode(),
            **kwargs,
        )


class PaperBatchFileView(PolicyMixin, View):
    """The record forms as filtered, in one zip, printed while they are sent."""

    policy = staticmethod(policies.check_print_batch)
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        queryset = Activity.objects.visible_to(request.user, drafts=False)
        filterset = ActivityFilter(request.GET, queryset=queryset, request=request)
        try:
            records = services.records_of(filterset.qs)
        except RuleViolation as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(f"{reverse('projects:paper-batch')}?{request.GET.urlencode()}")
        return zip_answer(
            printed_records(records, request.user), f"{_('Record forms')} {timezone.localdate():%Y%m%d}.zip"
        )


def printed_records(records, user, folder=""):
    """(name, bytes) of the record form of each."""
    press = Press()
    for record in records:
        paper = record_paper(record.kind_class)
        with translation.override(PAPER_LANGUAGE):
            name = f"{folder}{paper.file_name(record).replace('/', '_')}.docx"
        yield name, press.print(paper, record, user)


class _QrView(QrPictureView):
    def get_title(self):
        return services.notice_facts(self.object)["what"]


class ActivityQrView(_HandedIn, _QrView):
    policy = staticmethod(policies.check_share_activity)


class PlanQrView(_QrView):
    model = ActivityPlan
    policy = staticmethod(policies.check_share_plan)

    def get_queryset(self):
        return super().get_queryset().select_related("project__organization", "project__community")


class AnnouncementQrView(_QrView):
    model = Announcement
    policy = staticmethod(policies.check_share_announcement)

    def get_queryset(self):
        return super().get_queryset().with_names()


class PlanShareView(DetailPage):
    """复制群通知 of a planned activity."""

    model = ActivityPlan
    policy = staticmethod(policies.check_share_plan)
    template_name = "projects/plan_share.html"
    context_object_name = "plan"

    def get_queryset(self):
        return super().get_queryset().select_related("project__organization", "project__community")
