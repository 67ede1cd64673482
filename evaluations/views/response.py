"""Answer sheets for those who serve the people: type in paper, look through, take back."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.choices import ItemKind, LinkedBy
from evaluations.forms.response import ResponseAddForm, ResponseWithdrawForm
from evaluations.models import Response
from evaluations.policies import wave as policies
from evaluations.services import response as services
from evaluations.validators import items_of
from evaluations.views.wave import WaveMixin
from incubator.base.paging import KeysetPaginator
from incubator.base.views import CreateOncePage, DetailPage, ObjectFormPage, VisibleMixin
from organizations.models import Membership
from projects.registries import spoken

PER_PAGE = 50
DAY, MOMENT = "Y-m-d", "Y-m-d H:i"


def shown_moment(wave):
    """How exactly it is told when a sheet came in. Where people are promised that nobody can tell who gave which answers,
    the day alone: at a table at which one after the other answers, the minute is a name."""
    return DAY if wave.linked_by == LinkedBy.NOTHING else MOMENT


class ResponseAddView(WaveMixin, VisibleMixin, CreateOncePage):
    """One sheet after another: what was saved leads to the next empty one."""

    policy = staticmethod(policies.check_enter_response)
    form_class = ResponseAddForm
    template_name = "evaluations/response_add.html"
    success_message = _("Saved. The next sheet, please.")

    def get_form_kwargs(self):
        organization = self.object.organization_id
        members = Membership.objects.visible_to(self.request.user).current().filter(organization=organization)
        return super().get_form_kwargs() | {"wave": self.object, "members": members.order_by("name", "pk")}

    def get_context_data(self, **kwargs):
        entered = Response.objects.visible_to(self.request.user).counted().filter(wave=self.object)
        mine = entered.filter(entered_by=self.request.user, source="paper").order_by("-pk")
        return super().get_context_data(
            wave=self.object, number=entered.order_by().count(), last=mine.first(), **kwargs
        )  # fmt: skip

    def find_existing(self, form):
        return Response.objects.filter(uuid=form.cleaned_data["uuid"], wave=self.object.pk).first()

    def is_taken(self, form):
        return Response.objects.filter(uuid=form.cleaned_data["uuid"]).exists()

    def form_valid(self, form):
        if self.find_existing(form):
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)

    def perform(self, form):
        services.enter_response(wave_id=self.object.pk, actor=self.request.user, **form.facts())

    def get_success_url(self):
        return reverse("evaluations:response-add", args=[self.object.uuid])


class ResponseListView(WaveMixin, DetailPage):
    """When, how, what age: the answers themselves stand on the page of each. Anonymous ones in the order of their
    identifiers, which is none."""

    policy = staticmethod(policies.check_list_responses)
    template_name = "evaluations/response_list.html"

    def get_context_data(self, **kwargs):
        sheets = Response.objects.visible_to(self.request.user).filter(wave=self.object)
        moment = shown_moment(self.object)
        order = ("uuid",) if moment == DAY else ("-submitted_at", "-pk")
        paginator = KeysetPaginator(sheets.select_related("entered_by"), order, PER_PAGE)
        return super().get_context_data(
            page=paginator.page(self.request.GET.get("page")), count=sheets.order_by().count(), count_is_exact=True,
            moment=moment, **kwargs,
        )  # fmt: skip


class ResponseDetailView(DetailPage):
    model = Response
    policy = staticmethod(policies.check_view_response)
    template_name = "evaluations/response_detail.html"
    context_object_name = "sheet"

    def get_queryset(self):
        names = ("wave__version__instrument", "wave__community", "wave__organization", "entered_by")
        return super().get_queryset().select_related(*names)

    def get_context_data(self, **kwargs):
        sheet = self.object
        rows = [
            {"text": spoken(item["text"]), "answer": in_words(item, sheet.answers.get(item["id"]))}
            for item in items_of(sheet.wave.version.content)
        ]
        return super().get_context_data(rows=rows, moment=shown_moment(sheet.wave), **kwargs)


def in_words(item, value):
    """An answer as people read it; empty when the question was left out."""
    if value is None:
        return ""
    if item["kind"] == ItemKind.LIKERT:
        return f"{value} · {spoken(item['labels'][value - 1])}"
    if item["kind"] in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        chosen = value if isinstance(value, list) else [value]
        return "、".join(str(spoken(option["text"])) for option in item["options"] if option["id"] in chosen)
    return str(value)


class ResponseWithdrawView(ObjectFormPage):
    model = Response
    policy = staticmethod(policies.check_withdraw_response)
    form_class = ResponseWithdrawForm
    template_name = "evaluations/response_withdraw.html"
    context_object_name = "sheet"
    success_message = _("Taken back. It counts no longer.")

    def get_queryset(self):
        return super().get_queryset().select_related("wave__community", "wave__organization")

    def perform(self, form):
        services.withdraw_response(response_id=self.object.pk, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("evaluations:response-list", args=[self.object.wave.uuid])
