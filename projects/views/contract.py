"""Service contracts: list, one with its progress, enter, change, indicators, papers."""

import datetime
from decimal import Decimal

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.base.views import (
    CreateOncePage,
    DetailPage,
    EditionMixin,
    ListPage,
    ObjectFormPage,
    TransitionView,
    VisibleMixin,
)
from incubator.reporting.registries import find_paper
from incubator.reporting.services import PAPER_LANGUAGE, Press
from incubator.reporting.views import zip_answer
from incubator.reporting.views.paper import RegisteredPaperView
from projects.forms.contract import ContractAddForm, ContractUpdateForm, IndicatorAddForm, IndicatorUpdateForm
from projects.forms.paper import PaperPeriodForm
from projects.models import Activity, ContractIndicator, ServiceContract
from projects.papers.activity import record_paper
from projects.papers.contract import kind_labels
from projects.policies import contract as policies
from projects.policies.activity import check_count_activities
from projects.services import contract as services
from projects.services.paper import records_of


class ContractListView(ListPage):
    model = ServiceContract
    policy = staticmethod(policies.check_list_contracts)
    template_name = "projects/contract_list.html"
    sorts = {"ending": (_("ending last first"), ("-ends_on", "-pk")), "name": (_("by name"), ("name", "pk"))}

    def get_queryset(self):
        found = super().get_queryset().select_related("agency").prefetch_related("places")
        return found.annotate(indicators_number=Count("indicators"))

    def get_context_data(self, **kwargs):
        may_add = verdict(policies.check_add_contract, self.request.user)
        return super().get_context_data(may_add=may_add, today=timezone.localdate(), **kwargs)


class _OfContract:
    model = ServiceContract
    context_object_name = "contract"

    def get_queryset(self):
        return super().get_queryset().select_related("agency").prefetch_related("places")


class ContractDetailView(_OfContract, DetailPage):
    policy = staticmethod(policies.check_view_contract)
    template_name = "projects/contract_detail.html"

    def get_context_data(self, **kwargs):
        user, contract, today = self.request.user, self.object, timezone.localdate()
        rows = services.progress_of(contract, today)
        for row in rows:
            row.indicator.kind_labels = kind_labels(row.indicator.kinds)
        return super().get_context_data(
            rows=rows,
            amount=number_format(Decimal(contract.amount_fen) / 100, 2, force_grouping=True),
            may_update=verdict(policies.check_update_contract, user, contract),
            may_inspect=verdict(policies.check_inspect_contract, user, contract),
            may_read=verdict(check_count_activities, user),
            period=PaperPeriodForm(initial={"from_on": contract.starts_on, "until_on": min(today, contract.ends_on)}),
            **kwargs,
        )


class ContractAddView(CreateOncePage):
    model = ServiceContract
    policy = staticmethod(policies.check_add_contract)
    form_class = ContractAddForm
    template_name = "projects/contract_add.html"
    success_message = _("The contract is entered. Now add its indicators.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"agency": self.request.GET.get("agency", "")}

    def perform(self, form):
        values = form.cleaned_data
        policies.check_add_contract(self.request.user, values["agency"], list(values["places"]))
        self.object = services.add_contract(actor=self.request.user, **values)


class ContractUpdateView(EditionMixin, _OfContract, ObjectFormPage):
    policy = staticmethod(policies.check_update_contract)
    form_class = ContractUpdateForm
    template_name = "projects/contract_update.html"
    success_message = _("Saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        values = {name: getattr(self.object, name) for name in services.FIELDS}
        return values | {
            "agency": self.object.agency.uuid,
            "places": [place.code for place in self.object.places.all()],
        }

    def perform(self, form):
        values = form.cleaned_data
        policies.check_add_contract(self.request.user, values["agency"], list(values["places"]))
        services.update_contract(contract_id=self.object.pk, actor=self.request.user, **values)


class IndicatorAddView(CreateOncePage):
    """An indicator of one contract."""

    model = ContractIndicator
    policy = staticmethod(policies.check_update_contract)
    policy_needs_object = True
    form_class = IndicatorAddForm
    template_name = "projects/contract_indicator_add.html"
    success_message = _("The indicator is added.")

    @cached_property
    def contract(self):
        found = (
            ServiceContract.objects.visible_to(self.request.user).select_related("agency").prefetch_related("places")
        )
        return get_object_or_404(found, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.contract)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(contract=self.contract, **kwargs)

    def get_success_url(self):
        return self.contract.get_absolute_url()

    def perform(self, form):
        self.object = services.add_indicator(contract_id=self.contract.pk, actor=self.request.user, **form.cleaned_data)


class _OfIndicator:
    model = ContractIndicator
    context_object_name = "indicator"

    def get_queryset(self):
        return super().get_queryset().select_related("contract__agency").prefetch_related("contract__places")

    def get_success_url(self):
        return self.object.contract.get_absolute_url()


class IndicatorUpdateView(_OfIndicator, ObjectFormPage):
    policy = staticmethod(policies.check_update_indicator)
    form_class = IndicatorUpdateForm
    template_name = "projects/contract_indicator_update.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.INDICATOR_FIELDS}

    def perform(self, form):
        services.update_indicator(indicator_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class IndicatorRemoveView(_OfIndicator, TransitionView):
    policy = staticmethod(policies.check_update_indicator)
    success_message = _("The indicator is taken off.")

    def run(self):
        services.remove_indicator(indicator_id=self.object.pk, actor=self.request.user)


class ContractIndicatorsPaperView(_OfContract, RegisteredPaperView):
    """指标完成情况表."""

    policy = staticmethod(policies.check_view_contract)
    paper_code = "indicator-table"


class ContractInspectionView(_OfContract, VisibleMixin, View):
    """迎检: one folder per indicator with the record forms it counts, and the table of indicators on top."""

    policy = staticmethod(policies.check_inspect_contract)
    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        contract = self.object
        try:
            records = list(records_of(self._chosen()))
        except RuleViolation as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(contract.get_absolute_url())
        return zip_answer(self._parts(records), f"{contract.name} {timezone.localdate():%Y%m%d}.zip")

    def _chosen(self):
        found = services.activities_of(self.object)
        found = found.filter(pk__in=Activity.objects.visible_to(self.request.user, drafts=False).values("pk"))
        form, zone = PaperPeriodForm(self.request.GET), timezone.get_current_timezone()
        values = form.cleaned_data if form.is_valid() else {}
        if first := values.get("from_on"):
            found = found.filter(starts_at__gte=datetime.datetime.combine(first, datetime.time.min, zone))
        if last := values.get("until_on"):
            after = last + datetime.timedelta(days=1)
            found = found.filter(starts_at__lt=datetime.datetime.combine(after, datetime.time.min, zone))
        return found

    def _parts(self, records):
        press, user, printed = Press(), self.request.user, {}
        table = find_paper("indicator-table")
        with translation.override(PAPER_LANGUAGE):
            name = f"{table.label}.docx"
        yield name, press.print(table, self.object, user)
        for number, indicator in enumerate(self.object.indicators.order_by("order", "pk"), start=1):
            folder = f"{number:02d} {indicator.name.replace('/', '_')}"
            for record in records:
                if indicator.kinds and record.kind not in indicator.kinds:
                    continue
                if record.pk not in printed:
                    paper = record_paper(record.kind_class)
                    with translation.override(PAPER_LANGUAGE):
                        printed[record.pk] = (
                            paper.file_name(record).replace("/", "_"), press.print(paper, record, user)
                        )  # fmt: skip
                name, content = printed[record.pk]
                yield f"{folder}/{name}.docx", content
