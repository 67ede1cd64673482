"""The calendar as a month and as a list of days, and its address for the phone."""

import datetime
import hashlib

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from incubator.base.policies import public
from incubator.base.views import PageView, PolicyMixin
from incubator.calendars import policies, services
from incubator.calendars.models import CalendarFeed
from incubator.calendars.months import month_after, read_day, read_month, weeks_of
from incubator.calendars.registries import calendar_sources
from incubator.calendars.writers import write_calendar

AGENDA_DAYS = 28


class CalendarPage(PageView):
    """What month and agenda share: which sources are shown, and whether only what is mine."""

    policy = staticmethod(policies.check_view_calendar)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        chosen = [code for code in request.GET.getlist("source") if code in calendar_sources]
        self.codes, self.mine = chosen or None, request.GET.get("mine") == "on"
        self.today = timezone.localdate()

    def collect(self, first, after):
        """{date: [entry]}; what lasts several days stands on its first."""
        zone, days = timezone.get_current_timezone(), {}
        found = services.entries_between(self.request.user, first, after, mine=self.mine, codes=self.codes)
        icons = {source.code: source for source in calendar_sources}
        for entry in found:
            days.setdefault(entry.day(zone), []).append({"entry": entry, "source": icons[entry.source]})
        return days

    def query(self, **wanted):
        """The address's query with the filters in use and ``wanted``."""
        query = self.request.GET.copy()
        for name in ("month", "from"):
            query.pop(name, None)
        for name, value in wanted.items():
            query[name] = value
        return f"?{query.urlencode()}" if query else "?"

    def get_context_data(self, **kwargs):
        tabs = [
            {"url": reverse("calendars:month") + self.query(), "label": _("Month"), "current": self.tab == "month"},
            {"url": reverse("calendars:agenda") + self.query(), "label": _("Agenda"), "current": self.tab == "agenda"},
        ]
        shown = [
            {"source": source, "is_on": self.codes is None or source.code in self.codes} for source in calendar_sources
        ]
        return super().get_context_data(tabs=tabs, sources=shown, mine=self.mine, today=self.today, **kwargs)


class CalendarMonthView(CalendarPage):
    template_name = "calendars/calendar_month.html"
    tab = "month"

    def get_context_data(self, **kwargs):
        month = read_month(self.request.GET.get("month"), self.today)
        weeks = weeks_of(month, self.today)
        days = self.collect(weeks[0][0].date, weeks[-1][-1].date + datetime.timedelta(days=1))
        for week in weeks:
            for day in week:
                day.entries = days.get(day.date, [])
        return super().get_context_data(
            month=month,
            weeks=weeks,
            number=sum(len(day.entries) for week in weeks for day in week if day.is_inside),
            previous_url=self.query(month=month_after(month, -1).strftime("%Y-%m")),
            next_url=self.query(month=month_after(month).strftime("%Y-%m")),
            today_url=self.query(),
            kept=[("month", month.strftime("%Y-%m"))],
            **kwargs,
        )


class CalendarAgendaView(CalendarPage):
    """Four weeks day by day, from any day; a single day when ``only`` is asked for, with what can be added on it."""

    template_name = "calendars/calendar_agenda.html"
    tab = "agenda"

    def get_context_data(self, **kwargs):
        first, only = read_day(self.request.GET.get("from"), self.today), self.request.GET.get("only") == "on"
        step = datetime.timedelta(days=1 if only else AGENDA_DAYS)
        days = self.collect(first, first + step)
        links = [pair for source in calendar_sources for pair in source.add_links(self.request.user, first)]
        return super().get_context_data(
            first=first,
            last=first + step - datetime.timedelta(days=1),
            only=only,
            days=sorted(days.items()),
            add_links=links if only else [],
            previous_url=self.query(**{"from": (first - step).isoformat()}),
            next_url=self.query(**{"from": (first + step).isoformat()}),
            today_url=self.query(),
            kept=[("from", first.isoformat()), *([("only", "on")] if only else [])],
            **kwargs,
        )


class FeedDetailView(PageView):
    """Whether there is an address for the phone, and what it is good for."""

    policy = staticmethod(policies.check_create_feed)
    template_name = "calendars/feed_detail.html"

    def get_context_data(self, **kwargs):
        feed = CalendarFeed.objects.visible_to(self.request.user).in_force().first()
        return super().get_context_data(feed=feed, **kwargs)


@method_decorator(never_cache, name="dispatch")
class FeedCreateView(PolicyMixin, View):
    """Makes the address, or a new one instead of the old, and shows it this one time."""

    policy = staticmethod(policies.check_create_feed)
    http_method_names = ["post", "options"]

    def post(self, request):
        _feed, token = services.create_feed(actor=request.user)
        address = request.build_absolute_uri(reverse("calendars:feed", args=[token]))
        picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
        return render(request, "calendars/feed_created.html", {"address": address, "picture": picture})


class FeedRevokeView(PolicyMixin, View):
    policy = staticmethod(policies.check_revoke_feed)
    http_method_names = ["post", "options"]

    def post(self, request):
        services.revoke_feed(actor=request.user)
        messages.success(request, _("The address is revoked; phones that know it get nothing any more."))
        return HttpResponseRedirect(reverse("calendars:feed-detail"))


@method_decorator(login_not_required, name="dispatch")
class FeedView(PolicyMixin, View):
    """The calendar of the person or place whose token it is. The token is the key; a wrong or revoked one is not found."""

    policy = staticmethod(public)
    http_method_names = ["get", "head", "options"]

    def get(self, request, token):
        feed = services.find_feed(token)
        if feed is None:
            raise Http404
        today = timezone.localdate()
        language = None if feed.division else feed.user.language
        with translation.override(language or translation.get_language()):
            place = feed.division
            content = write_calendar(
                services.place_entries(place, today) if place else services.feed_entries(feed.user, today),
                name=place.name if place else _("Miaopu"),
                today=today,
                address=request.build_absolute_uri,
            )
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        response = get_conditional_response(request, etag=etag) or HttpResponse(
            content, content_type="text/calendar; charset=utf-8"
        )
        response["ETag"] = etag
        response["Content-Disposition"] = 'inline; filename="miaopu.ics"'
        patch_cache_control(response, private=True, no_cache=True)
        return response
