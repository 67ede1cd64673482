"""What is put on the agenda, taken back, turned down and ordered."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.views import CreateOncePage, ObjectFormPage, TransitionView, VisibleMixin
from linkage.forms.meeting import ItemDeclineForm, ItemProposeForm
from linkage.models import AgendaItem, MeetingSeries
from linkage.policies import agenda as policies
from linkage.policies.series import keeps, organizations_of, party_of
from linkage.services import agenda as services
from organizations.models import SocialOrganization
from projects.models import Announcement


def agenda_url(series):
    """The page on which what is open stands: the next meeting's, else the series'."""
    meeting = services.next_meeting(series, timezone.localdate())
    return f"{meeting.get_absolute_url()}#agenda" if meeting else series.get_absolute_url()


class ItemProposeView(VisibleMixin, CreateOncePage):
    model, made = MeetingSeries, AgendaItem
    policy = staticmethod(policies.check_propose_item)
    form_class = ItemProposeForm
    template_name = "linkage/item_propose.html"
    success_message = _("Proposed. It stands on the next agenda.")

    def get_queryset(self):
        return super().get_queryset().select_related("division__parent")

    def get_form_kwargs(self):
        user, series = self.request.user, self.object
        seen = SocialOrganization.objects.visible_to(user).values("pk")
        return super().get_form_kwargs() | {
            "organizations": organizations_of(series.division).filter(pk__in=seen),
            "party": party_of(user, series),
            "may_choose": keeps(user, series.division),
        }

    def perform(self, form):
        services.propose_item(series=self.object, actor=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        meeting = services.next_meeting(self.object, timezone.localdate())
        return super().get_context_data(series=self.object, next_meeting=meeting, **kwargs)

    def get_success_url(self):
        return agenda_url(self.object)


class AnnouncementProposeView(TransitionView):
    """One click on the page of an announced activity."""

    model = MeetingSeries
    policy = staticmethod(policies.check_propose_item)
    success_message = _("On the next agenda.")

    def get_queryset(self):
        return super().get_queryset().select_related("division__parent")

    def setup_object(self):
        super().setup_object()
        rows = Announcement.objects.visible_to(self.request.user).select_related("community", "organization")
        self.announcement = get_object_or_404(rows, uuid=self.kwargs["announcement"])

    def run(self):
        user = self.request.user
        services.propose_announcement(
            series=self.object, announcement=self.announcement, actor=user, party=party_of(user, self.object)
        )

    def get_success_url(self):
        return self.announcement.get_absolute_url()


class OfItemMixin:
    model = AgendaItem
    context_object_name = "item"

    def get_queryset(self):
        return super().get_queryset().select_related("series__division__parent", "proposed_by")

    def get_success_url(self):
        return agenda_url(self.object.series)


class ItemWithdrawView(OfItemMixin, TransitionView):
    policy = staticmethod(policies.check_withdraw_item)
    success_message = _("Taken back.")

    def run(self):
        services.withdraw_item(item_id=self.object.pk, actor=self.request.user)


class ItemDeclineView(OfItemMixin, ObjectFormPage):
    policy = staticmethod(policies.check_decline_item)
    form_class = ItemDeclineForm
    template_name = "linkage/item_decline.html"
    success_message = _("Not taken up. Who proposed it reads why.")

    def perform(self, form):
        services.decline_item(item_id=self.object.pk, actor=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=agenda_url(self.object.series), **kwargs)


class ItemUpView(OfItemMixin, TransitionView):
    policy = staticmethod(policies.check_order_item)
    success_message = _("The order is changed.")
    step = -1

    def run(self):
        services.order_item(item_id=self.object.pk, step=self.step)


class ItemDownView(ItemUpView):
    step = 1
