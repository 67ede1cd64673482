"""The page behind the code: answering a questionnaire, without an account. GET writes nothing but the count of tries."""

import uuid
from functools import cached_property

from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from evaluations.choices import LinkedBy, WaveStatus
from evaluations.forms.response import AnswerAddForm
from evaluations.models import Response
from evaluations.services import response as services
from incubator.accounts.throttling import ThrottledMixin
from incubator.base.policies import public
from incubator.base.views import CreateOncePage, PageView

CONFLICT, NOT_FOUND, GONE, TOO_MANY = 409, 404, 410, 429


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class AnswerAddView(ThrottledMixin, CreateOncePage):
    """By the survey's token or a personal one. Who began before the end may hand in for a day after it; two taps on the
    button make one sheet; a personal link counts once. What is sent counts for the address that it comes from, survey by
    survey: behind one address of a mobile network are many people."""

    policy = staticmethod(public)
    model = Response
    form_class = AnswerAddForm
    template_name = "evaluations/answer_add.html"
    throttle, tries, gone_template = "evaluations.answers", 150, "evaluations/answer_gone.html"
    refusal = None

    def dispatch(self, request, *args, **kwargs):
        if self.is_throttled():
            return self.refuse("many", TOO_MANY)
        if self.wave is None:
            self.note_try()
            return self.refuse("unknown", NOT_FOUND)
        if self.wave.status == WaveStatus.PLANNED:
            return self.refuse("planned", CONFLICT)
        if self.wave.linked_by == LinkedBy.TICKET and self.ticket is None:
            return self.refuse("ticket", CONFLICT)
        if self.wave.linked_by == LinkedBy.ACCOUNT:
            if not request.user.is_authenticated:
                return self.refuse("account", CONFLICT)
            if not services.asks_account(self.wave, request.user):
                return self.refuse("stranger", CONFLICT)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def found(self):
        return services.find_wave(self.kwargs["token"])

    @property
    def wave(self):
        return self.found[0]

    @property
    def ticket(self):
        return self.found[1]

    @property
    def throttle_key(self):
        return f"{super().throttle_key}:{self.wave.uuid if self.wave else ''}"

    def get(self, request, *args, **kwargs):
        if not services.takes_answers(self.wave, timezone.now()):
            return self.refuse("closed", GONE)
        if self.has_answered():
            return self.refuse("used", CONFLICT)
        return super().get(request, *args, **kwargs)

    def has_answered(self):
        sheets = Response.objects.counted().filter(wave=self.wave)
        if self.ticket is not None:
            return sheets.filter(ticket=self.ticket).exists()
        if self.wave.linked_by == LinkedBy.ACCOUNT:
            return sheets.filter(user=self.request.user).exists()
        return False

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"wave": self.wave}

    def get_initial(self):
        identifier = uuid.uuid4()
        return {"uuid": identifier, "begun": services.sign_begun(self.wave, identifier, timezone.now())}

    def get_context_data(self, **kwargs):
        return super().get_context_data(wave=self.wave, **kwargs)

    def find_existing(self, form):
        return Response.objects.filter(uuid=form.cleaned_data["uuid"], wave=self.wave).first()

    def post(self, request, *args, **kwargs):
        self.note_try()
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        if self.refusal is not None:
            if self.find_existing(form):  # the first of two taps was written while the second one waited
                return self.lead_on()
            return self.refuse(*self.refusal)
        if not services.takes_answers(self.wave, timezone.now(), self.begun_at(form)):
            return self.refuse("closed", GONE)
        return super().form_invalid(form)

    def begun_at(self, form):
        given = (form.data.get(name, "") for name in ("uuid", "begun"))
        return services.read_begun(self.wave, *given, timezone.now())

    def perform(self, form):
        user = self.request.user
        try:
            services.submit_response(
                wave_id=self.wave.pk, ticket=self.ticket, begun_at=self.begun_at(form),
                agreed=form.cleaned_data["agreed"], actor=user if user.is_authenticated else None, **form.facts(),
            )  # fmt: skip
        except services.AlreadyAnswered:
            self.refusal = ("used", CONFLICT)
            raise
        except services.NotAccepted:
            self.refusal = ("closed", GONE)
            raise

    def get_success_url(self):
        return reverse("answer:answer-done")


@method_decorator([login_not_required, never_cache], name="dispatch")
class AnswerDoneView(PageView):
    policy = staticmethod(public)
    template_name = "evaluations/answer_done.html"
