"""The official calendar: the days of new holiday notices, entered by hand."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from incubator.base.policies import verdict
from incubator.base.views import FormPage, ListPage
from linkage.forms.series import OfficialDaysForm
from linkage.models import OfficialDay
from linkage.policies import official_day as policies
from linkage.services import official_day as services


class OfficialDayListView(ListPage):
    policy = staticmethod(policies.check_list_official_days)
    model = OfficialDay
    template_name = "linkage/official_day_list.html"
    sorts = {"day": (gettext_lazy("newest first"), ("-day", "-pk"))}

    def get_context_data(self, **kwargs):
        calendar, year = services.WorkCalendar(), timezone.localdate().year
        years = [{"year": number, "is_provisional": calendar.is_provisional(number)} for number in (year, year + 1)]
        may_add = verdict(policies.check_add_official_days, self.request.user)
        return super().get_context_data(years=years, may_add=may_add, **kwargs)


class OfficialDayAddView(FormPage):
    policy = staticmethod(policies.check_add_official_days)
    form_class = OfficialDaysForm
    template_name = "linkage/official_day_add.html"

    def perform(self, form):
        self.number = services.add_official_days(actor=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return ngettext("%(number)d day taken over.", "%(number)d days taken over.", self.number) % {
            "number": self.number
        }

    def get_success_url(self):
        return reverse("linkage:official-day-list")
