"""What was not delivered: to whom, by which way, why; and once more, singly or all of it."""

import django_filters
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from incubator.base.policies import verdict
from incubator.base.views import ListPage, PolicyMixin, TransitionView, View
from incubator.notifications import policies, services
from incubator.notifications.choices import DeliveryState
from incubator.notifications.models import ChannelRest, Delivery
from incubator.notifications.registries import channel_choices, kinds
from incubator.site.operations.tabs import operations_tabs


class DeliveryFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        choices=DeliveryState.choices, label=_("State"), empty_label=_("Not delivered"), method="filter_state"
    )
    channel = django_filters.ChoiceFilter(choices=channel_choices, label=_("Channel"), empty_label=_("All channels"))

    class Meta:
        model = Delivery
        fields = ("state", "channel")

    def filter_state(self, queryset, name, value):
        return queryset.filter(state=value)

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.dead()


class DeliveryListView(ListPage):
    policy = staticmethod(policies.check_list_deliveries)
    template_name = "operations/delivery_list.html"
    model = Delivery
    filterset_class = DeliveryFilter
    sorts = {"latest": (_("Newest first"), ("-due_at", "-pk"))}

    def get_queryset(self):
        return super().get_queryset().select_related("notification__recipient", "notification__robot__division")

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = super().get_context_data(
            tabs=operations_tabs(user, "deliveries"),
            check_retry_delivery=policies.check_retry_delivery,
            may_retry_all=verdict(policies.check_list_deliveries, user),
            resting=ChannelRest.objects.visible_to(user).order_by("-failures", "key")[:10],
            **kwargs,
        )
        for delivery in context["page"]:
            kind = kinds.get(delivery.notification.kind)
            delivery.kind_label = kind.label if kind else delivery.notification.kind
        return context


class DeliveryRetryView(TransitionView):
    policy = staticmethod(policies.check_retry_delivery)
    model = Delivery
    success_message = _("The notice is sent again within a second or two.")

    def run(self):
        services.retry_delivery(delivery_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        return reverse("jobs:delivery-list")


class DeliveryRetryAllView(PolicyMixin, View):
    policy = staticmethod(policies.check_list_deliveries)
    http_method_names = ["post", "options"]

    def post(self, request):
        number = services.retry_all_deliveries(actor=request.user)
        text = ngettext("%(number)s notice is sent again.", "%(number)s notices are sent again.", number)
        messages.success(request, text % {"number": number})
        return HttpResponseRedirect(reverse("jobs:delivery-list"))
