"""The three pages about background work."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PAGES = (("jobs:schedule-list", _("Schedules")), ("jobs:run-list", _("Runs")), ("jobs:job-list", _("Jobs")))


def tabs(current):
    return [{"url": reverse(name), "label": label, "current": name == current} for name, label in PAGES]
