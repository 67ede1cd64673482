"""Pages of series: the list, one, set up, change, end, the roster, the calendar's address of the place."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from incubator.base.policies import verdict
from incubator.base.sharing import qr_inline
from incubator.base.views import (
    CreateOncePage,
    DetailPage,
    EditionMixin,
    ListPage,
    ObjectFormPage,
    TransitionView,
    VisibleMixin,
)
from incubator.calendars.models import CalendarFeed
from incubator.calendars.services import create_place_feed, revoke_place_feed
from linkage.forms.series import MemberAddForm, MemberUpdateForm, SeriesCreateForm, SeriesEndForm, SeriesUpdateForm
from linkage.models import MeetingSeries, SeriesMember
from linkage.policies import series as policies
from linkage.policies.agenda import check_propose_item
from linkage.policies.meeting import check_create_special
from linkage.services import agenda
from linkage.services import series as services
from linkage.services.official_day import WorkCalendar
from linkage.services.rule_words import rule_words
from linkage.services.schedule import days_ahead

AHEAD, RECENT = 6, 18


class SeriesListView(ListPage):
    policy = staticmethod(policies.check_list_series)
    model = MeetingSeries
    template_name = "linkage/series_list.html"
    sorts = {"place": (_("by place"), ("division__code", "title", "pk"))}

    def get_queryset(self):
        return super().get_queryset().with_progress(timezone.localdate())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": [{"series": series, "rule": rule_words(series)} for series in context["page"].items],
            "today": timezone.localdate(),
            "may_create": verdict(policies.check_create_series, self.request.user),
        }


class SeriesCreateView(CreateOncePage):
    policy = staticmethod(policies.check_create_series)
    model = MeetingSeries
    form_class = SeriesCreateForm
    template_name = "linkage/series_create.html"
    success_message = _("Set up. Now put the people of all parties on the roster: they are invited and reminded.")

    def get_form_kwargs(self):
        user = self.request.user
        return super().get_form_kwargs() | {"places": policies.places_to_keep(user), "user": user}

    def get_initial(self):
        places = list(policies.places_to_keep(self.request.user)[:2])
        return super().get_initial() | ({"division": places[0].code} if len(places) == 1 else {})

    def perform(self, form):
        policies.check_create_series(self.request.user, form.cleaned_data["division"])
        self.object = services.create_series(
            actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )  # fmt: skip


class OfSeriesMixin:
    model = MeetingSeries
    context_object_name = "series"

    def get_queryset(self):
        return super().get_queryset().select_related("division__parent", "chair", "recorder")


class SeriesDetailView(OfSeriesMixin, DetailPage):
    policy = staticmethod(policies.check_view_series)
    template_name = "linkage/series_detail.html"

    def get_context_data(self, **kwargs):
        series, user, today = self.object, self.request.user, timezone.localdate()
        calendar = WorkCalendar()
        meetings = list(series.meetings.with_counts().order_by("-period", "-starts_at", "-pk")[:RECENT])
        ahead = days_ahead(series, today, AHEAD, calendar)
        first = agenda.next_meeting(series, today)
        keeps = verdict(policies.check_keep_series, user, series)
        return super().get_context_data(
            rule=rule_words(series),
            ahead=[{"day": day, "is_provisional": calendar.is_provisional(day.year)} for _month, day in ahead],
            provisional=sorted({day.year for _month, day in ahead if calendar.is_provisional(day.year)}),
            parties=self.roster(),
            meetings=meetings,
            next_meeting=first,
            open_actions=agenda.open_actions(series).order_by().count(),
            open_items=agenda.open_items(series).order_by().count(),
            left=[(label, person) for label, person in self.named() if policies.has_left(person, series)],
            is_over=bool(series.ends_on and series.ends_on < today),
            keeps=keeps,
            may_propose=verdict(check_propose_item, user, series),
            may_call=verdict(check_create_special, user, series),
            feed=CalendarFeed.objects.in_force().of_place(series.division).first() if keeps else None,
            today=today,
            **kwargs,
        )  # fmt: skip

    def named(self):
        series = self.object
        pairs = ((_("Chair"), series.chair), (_("Recorder"), series.recorder))
        return [(label, person) for label, person in pairs if person]

    def roster(self):
        """[(party's word, its members)], in the order in which the parties are named."""
        members = self.object.members.current().select_related("user", "organization").order_by("pk")
        found = {}
        for member in members:
            member.may_leave = member.user_id == self.request.user.pk
            found.setdefault(member.party, []).append(member)
        labels = SeriesMember._meta.get_field("party").choices
        return [(label, found[code]) for code, label in labels if code in found]


class SeriesUpdateView(OfSeriesMixin, EditionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_series)
    form_class = SeriesUpdateForm
    template_name = "linkage/series_update.html"
    success_message = _("Saved. Meetings that were only planned stand on their new days.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"series": self.object}

    def get_initial(self):
        return SeriesUpdateForm.initial_of(self.object)

    def perform(self, form):
        services.update_series(
            series_id=self.object.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )


class SeriesEndView(OfSeriesMixin, ObjectFormPage):
    policy = staticmethod(policies.check_end_series)
    form_class = SeriesEndForm
    template_name = "linkage/series_end.html"
    success_message = _("These joint meetings end on that day.")

    def perform(self, form):
        services.end_series(
            series_id=self.object.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )


class MemberAddView(OfSeriesMixin, VisibleMixin, CreateOncePage):
    """On the roster of the series in the address; the form makes a member."""

    policy = staticmethod(policies.check_add_member)
    made = SeriesMember
    form_class = MemberAddForm
    template_name = "linkage/member_add.html"
    success_message = _("On the roster.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"series": self.object}

    def perform(self, form):
        services.add_member(series=self.object, actor=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(series=self.object, **kwargs)

    def get_success_url(self):
        return self.object.get_absolute_url() + "#roster"


class OfMemberMixin:
    model = SeriesMember
    context_object_name = "member"

    def get_queryset(self):
        return super().get_queryset().current().select_related("series__division__parent")

    def get_success_url(self):
        return self.object.series.get_absolute_url() + "#roster"


class MemberUpdateView(OfMemberMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_member)
    form_class = MemberUpdateForm
    template_name = "linkage/member_update.html"
    success_message = _("Saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"member": self.object}

    def get_initial(self):
        member = self.object
        return {
            "party": member.party, "name": member.name, "body": member.body,
            "organization": member.organization and member.organization.uuid,
        }  # fmt: skip

    def perform(self, form):
        services.update_member(member_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class MemberLeaveView(OfMemberMixin, TransitionView):
    policy = staticmethod(policies.check_leave_member)
    success_message = _("Not on the roster any more. What earlier meetings wrote down stays.")

    def run(self):
        services.leave_member(member_id=self.object.pk, actor=self.request.user, today=timezone.localdate())

    def get_success_url(self):
        """Who took themselves off may not read the series any more."""
        series = self.object.series
        if verdict(policies.check_view_series, self.request.user, series):
            return series.get_absolute_url() + "#roster"
        return reverse("site:home")


@method_decorator(never_cache, name="dispatch")
class SeriesFeedCreateView(OfSeriesMixin, VisibleMixin, View):
    """Makes the address of the place's calendar, or a new one instead of the old, and shows it this one time."""

    policy = staticmethod(policies.check_make_series_feed)
    http_method_names = ["post", "options"]

    def post(self, request, uuid):
        _feed, token = create_place_feed(division=self.object.division, actor=request.user)
        address = request.build_absolute_uri(reverse("calendars:feed", args=[token]))
        context = {"series": self.object, "address": address, "picture": qr_inline(address, scale=5)}
        return render(request, "linkage/series_feed_created.html", context)


class SeriesFeedRevokeView(OfSeriesMixin, VisibleMixin, View):
    policy = staticmethod(policies.check_make_series_feed)
    http_method_names = ["post", "options"]

    def post(self, request, uuid):
        revoke_place_feed(division=self.object.division, actor=request.user)
        messages.success(request, _("The address is revoked; phones that know it get nothing any more."))
        return HttpResponseRedirect(self.object.get_absolute_url())
