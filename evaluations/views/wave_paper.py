"""What of a survey is printed or sent on: the code as a picture, a poster, the questions on paper, personal links."""

from django.urls import reverse
from django.utils.translation import ngettext

from evaluations.forms.answer import AnswerForm
from evaluations.forms.response import AGES
from evaluations.forms.wave import TicketMakeForm
from evaluations.models import WaveTicket
from evaluations.policies import wave as policies
from evaluations.services.ticket import make_tickets
from evaluations.views.wave import WaveMixin
from incubator.base.policies import verdict
from incubator.base.sharing import qr_inline
from incubator.base.views import DetailPage, ObjectFormPage, QrPictureView


class _AddressMixin(WaveMixin):
    def address(self, token):
        return self.request.build_absolute_uri(self.object.get_answer_url().replace(self.object.token, token))


class WaveQrView(_AddressMixin, QrPictureView):
    policy = staticmethod(policies.check_share_wave)

    def get_title(self):
        return self.object.title

    def get_address(self):
        return self.address(self.object.token)


class WavePosterView(_AddressMixin, DetailPage):
    policy = staticmethod(policies.check_share_wave)
    template_name = "evaluations/wave_poster.html"

    def get_context_data(self, **kwargs):
        address = self.address(self.object.token)
        return super().get_context_data(picture=qr_inline(address, 8), address=address, **kwargs)


class WaveSheetView(WaveMixin, DetailPage):
    """The questions on paper."""

    policy = staticmethod(policies.check_print_wave)
    template_name = "evaluations/wave_sheet.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            form=AnswerForm(self.object.version.content), ages=[label for _code, label in AGES], **kwargs
        )


class TicketListView(_AddressMixin, DetailPage):
    """Slips to cut apart, one for each person who has not answered yet."""

    policy = staticmethod(policies.check_list_tickets)
    template_name = "evaluations/ticket_list.html"

    def get_context_data(self, **kwargs):
        tickets = WaveTicket.objects.visible_to(self.request.user).filter(wave=self.object)
        waiting = list(tickets.unanswered().select_related("membership").order_by("pk"))
        slips = [(ticket, qr_inline(self.address(ticket.token), 3)) for ticket in waiting]
        return super().get_context_data(
            slips=slips,
            answered=tickets.order_by().count() - len(waiting),
            form=TicketMakeForm(),
            may_make=verdict(policies.check_make_tickets, self.request.user, self.object),
            **kwargs,
        )


class TicketMakeView(WaveMixin, ObjectFormPage):
    policy = staticmethod(policies.check_make_tickets)
    form_class = TicketMakeForm
    template_name = "evaluations/ticket_make.html"

    def perform(self, form):
        self.made = make_tickets(wave_id=self.object.pk, actor=self.request.user, names=form.cleaned_data["names"])

    def get_success_message(self):
        told = ngettext("%(number)s personal link was made.", "%(number)s personal links were made.", self.made)
        return told % {"number": self.made}

    def get_success_url(self):
        return reverse("evaluations:ticket-list", args=[self.object.uuid])
