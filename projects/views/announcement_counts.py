"""Announcements counted per community, so that both sides are seen: who announced, and who answered."""

from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from incubator.base.paging import KeysetPaginator
from incubator.base.views import PageView
from projects.filters import parse_month
from projects.models import Announcement
from projects.policies import announcement as policies
from projects.querysets import counted_communities
from projects.views.announcement import of_tab

COMMUNITIES_PER_PAGE = 200
COLUMNS = ("filed", "agreed", "objected", "known", "open", "unanswered")  # the last five add up to the first


class AnnouncementCountsView(PageView):
    """One row per community in code order, never by value; every number opens exactly what it counts."""

    policy = staticmethod(policies.check_count_announcements)
    template_name = "projects/announcement_counts.html"

    def get(self, request, *args, **kwargs):
        wanted = request.GET.get("month", "")
        if wanted and parse_month(wanted) is None:
            return HttpResponseRedirect(reverse("projects:announcement-counts"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        now, user = timezone.now(), self.request.user
        month = parse_month(self.request.GET.get("month")) or timezone.localdate(now).replace(day=1)
        communities = counted_communities(user).select_related("parent")
        page = KeysetPaginator(communities, ("code",), COMMUNITIES_PER_PAGE).page(self.request.GET.get("page"))
        filed = Announcement.objects.visible_to(user).filed_in(month)
        numbers = {
            name: Count("pk", filter=Q(pk__in=of_tab(Announcement.objects, name, now).values("pk"))) for name in COLUMNS
        }
        grouped = filed.filter(community__in=[place.pk for place in page]).order_by().values("community")
        by_place = {row["community"]: row for row in grouped.annotate(**numbers)}
        base = f"{reverse('projects:announcement-list')}?month={month:%Y-%m}"
        nothing = dict.fromkeys(COLUMNS, 0)
        return super().get_context_data(
            month=month,
            page=page,
            rows=[
                {"place": place, "cells": _cells(by_place.get(place.pk, nothing), f"{base}&area={place.code}")}
                for place in page
            ],
            total=_cells(filed.aggregate(**numbers), base),
            **kwargs,
        )


def _cells(numbers, base):
    return [{"name": name, "number": numbers[name], "url": f"{base}&tab={name}"} for name in COLUMNS]
