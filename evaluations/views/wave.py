"""Pages of surveys: list, plan, one, open, close, open again."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.choices import WaveKind, WaveStatus
from evaluations.filters.wave import WaveFilter
from evaluations.forms.wave import (
    WaveCreateForm,
    WaveOpenForm,
    WaveReopenForm,
    WaveTargetForm,
    WaveUpdateForm,
    find_target,
    target_code,
)
from evaluations.models import LinkDoubt, Wave
from evaluations.policies import wave as policies
from evaluations.services import wave as services
from evaluations.services.response import takes_paper
from evaluations.services.wave_progress import progress_of
from incubator.base.policies import verdict
from incubator.base.sharing import group_notice, qr_inline
from incubator.base.views import CreateOncePage, DetailPage, EditionMixin, ListPage, ObjectFormPage, TransitionView

TONES = {WaveStatus.PLANNED: "neutral", WaveStatus.OPEN: "info", WaveStatus.CLOSED: "success"}
DAYS_MORE = 7


class WaveListView(ListPage):
    model = Wave
    filterset_class = WaveFilter
    policy = staticmethod(policies.check_list_waves)
    template_name = "evaluations/wave_list.html"
    sorts = {
        "newest": (_("newest first"), ("-opens_on", "-pk")),
        "ending": (_("ending first"), ("closes_on", "pk")),
    }

    def get_queryset(self):
        return super().get_queryset().with_names().with_answered()

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            tones=TONES,
            may_create=verdict(policies.check_create_wave, user),
            may_doubt=verdict(policies.check_list_doubts, user),
            doubts=LinkDoubt.objects.visible_to(user).open().order_by().count(),
            **kwargs,
        )


class WaveMixin:
    """Pages about one survey, left of the page class."""

    model = Wave
    context_object_name = "wave"

    def get_queryset(self):
        return super().get_queryset().with_names()


class WaveDetailView(WaveMixin, DetailPage):
    policy = staticmethod(policies.check_view_wave)
    template_name = "evaluations/wave_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("earlier", "created_by")

    def get_context_data(self, **kwargs):
        wave, user, now = self.object, self.request.user, timezone.now()
        serves = policies.serves_people(user, wave.community)
        checks = {
            "update": policies.check_update_wave, "open": policies.check_open_wave, "close": policies.check_close_wave,
            "reopen": policies.check_reopen_wave,
        }  # fmt: skip
        may = {name: verdict(check, user, wave) for name, check in checks.items()}
        doubts = LinkDoubt.objects.visible_to(user).open().filter(response__wave=wave) if serves else None
        return super().get_context_data(
            tone=TONES[wave.status],
            progress=progress_of(wave, shows_small=serves),
            serves=serves,
            may=may,
            doubts=doubts.order_by().count() if serves else 0,
            tickets=wave.tickets.order_by().count() if wave.linked_by == "ticket" else 0,
            takes_paper=takes_paper(wave, now),
            **self.share(),
            **kwargs,
        )

    def share(self):
        """The notice for the group and the code, while people may answer by them."""
        wave = self.object
        address = self.request.build_absolute_uri(wave.get_answer_url())
        when = _("until %(day)s") % {"day": wave.closes_on.isoformat()}
        return {
            "is_shared": wave.status == WaveStatus.OPEN and wave.linked_by != "ticket",
            "address": address,
            "picture": qr_inline(address) if wave.status == WaveStatus.OPEN else "",
            "notice": group_notice(what=wave.title, when=when, where=wave.organization or wave.community, url=address),
        }


class WaveCreateView(CreateOncePage):
    """About whom first (``?about=project:…``), then the survey itself; ``?kind=`` begins with what fits."""

    model = Wave
    policy = staticmethod(policies.check_create_wave)
    form_class = WaveCreateForm
    template_name = "evaluations/wave_create.html"
    success_message = _("Planned. Nobody is asked before you open it.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.target = None
        if request.user.is_authenticated:
            self.target = find_target(request.user, request.GET.get("about", ""))

    def post(self, request, *args, **kwargs):
        if self.target is None:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_form_class(self):
        return WaveCreateForm if self.target is not None else WaveTargetForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.target is None:
            return {"user": self.request.user, "initial": kwargs["initial"]}
        return kwargs | {"user": self.request.user, "target": self.target}

    def get_initial(self):
        if self.target is None:
            return {}
        wanted = self.request.GET.get("kind", "")
        kind = wanted if wanted in WaveKind.values else WaveKind.ONCE
        return WaveCreateForm.initial_of(self.target, kind)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            target=self.target, about=target_code(self.target) if self.target is not None else "",
            kind=self.request.GET.get("kind", ""), **kwargs,
        )  # fmt: skip

    def perform(self, form):
        policies.check_create_wave(self.request.user, self.target)
        values = {name: value for name, value in form.cleaned_data.items() if name != "confirm_edition"}
        self.object = services.create_wave(target=self.target, actor=self.request.user, **values)


class WaveUpdateView(WaveMixin, EditionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_wave)
    form_class = WaveUpdateForm
    template_name = "evaluations/wave_update.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.FIELDS}

    def perform(self, form):
        services.update_wave(wave_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class WaveOpenView(WaveMixin, ObjectFormPage):
    policy = staticmethod(policies.check_open_wave)
    form_class = WaveOpenForm
    template_name = "evaluations/wave_open.html"
    success_message = _("The survey is open. Hand on the code or the notice.")

    def get_initial(self):
        return {"consent_text": services.proposed_consent(self.object)}

    def perform(self, form):
        services.open_wave(wave_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class WaveCloseView(WaveMixin, TransitionView):
    policy = staticmethod(policies.check_close_wave)
    success_message = _("The survey is closed. Who began before may still hand in for a day.")

    def run(self):
        services.close_wave(wave_id=self.object.pk, actor=self.request.user)


class WaveReopenView(WaveMixin, ObjectFormPage):
    policy = staticmethod(policies.check_reopen_wave)
    form_class = WaveReopenForm
    template_name = "evaluations/wave_reopen.html"
    success_message = _("The survey is open again.")

    def get_initial(self):
        return {"until": timezone.localdate() + datetime.timedelta(days=DAYS_MORE)}

    def perform(self, form):
        services.reopen_wave(wave_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
