"""The floor: the least that an honest Django list page can be. Signed in, three queries, 50 rows, 10 columns, a plain
template. Served only by ``make bench`` under ``incubator.settings.floor``; it knows no policies and is in no menu."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import path

from organizations.models import SocialOrganization

ROWS = 50


@login_required
def floor(request):
    organizations = SocialOrganization.objects.select_related("community", "community__parent", "type").order_by(
        "-updated_at", "-id"
    )[:ROWS]
    return render(request, "site/floor.html", {"organizations": organizations})


urlpatterns = [path("list/", floor), path("accounts/login/", floor, name="account_login")]
