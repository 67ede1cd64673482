"""Answers from elsewhere: upload, name the columns, look, take over."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from evaluations.forms.response import AnswerMapForm, AnswerUploadForm
from evaluations.policies import wave as policies
from evaluations.services import answer_import as services
from evaluations.views.wave import WaveMixin
from incubator.base.views import CreateOncePage, DetailPage, ObjectFormPage, TransitionView, VisibleMixin
from incubator.importing.choices import BatchState
from incubator.importing.models import ImportBatch
from incubator.importing.services import discard_batch
from incubator.importing.views import ERRORS_SHOWN, send_xlsx
from incubator.importing.writers import table_of


class AnswerUploadView(WaveMixin, VisibleMixin, CreateOncePage):
    policy = staticmethod(policies.check_import_answers)
    form_class = AnswerUploadForm
    template_name = "evaluations/answer_upload.html"

    def get_context_data(self, **kwargs):
        batches = ImportBatch.objects.visible_to(self.request.user).filter(
            kind=services.KIND, scope=str(self.object.uuid)
        )
        return super().get_context_data(wave=self.object, batches=batches.order_by("-pk")[:10], **kwargs)

    def form_valid(self, form):
        found = ImportBatch.objects.visible_to(self.request.user).filter(uuid=form.cleaned_data["uuid"]).first()
        if found:
            self.batch = found
            return self.lead_on()
        return super().form_valid(form)

    def find_existing(self, form):
        return None

    def is_taken(self, form):
        return ImportBatch.objects.filter(uuid=form.cleaned_data["uuid"]).exists()

    def perform(self, form):
        upload = form.cleaned_data["file"]
        self.batch = services.upload_answers(
            uuid=form.cleaned_data["uuid"], wave_id=self.object.pk, content=upload.read(), file_name=upload.name,
            actor=self.request.user,
        )  # fmt: skip

    def get_success_url(self):
        return reverse("evaluations:answer-map", args=[self.batch.uuid])


class _BatchPage:
    model = ImportBatch
    context_object_name = "batch"
    policy = staticmethod(policies.check_take_answers)

    def get_queryset(self):
        return super().get_queryset().filter(kind=services.KIND).select_related("made_by", "area")

    @cached_property
    def wave(self):
        return services.wave_of(self.object)

    def get_success_url(self):
        return reverse("evaluations:answer-import-detail", args=[self.object.uuid])


class AnswerMapView(_BatchPage, ObjectFormPage):
    form_class = AnswerMapForm
    template_name = "evaluations/answer_map.html"

    def get_form_kwargs(self):
        options = self.object.options
        kwargs = {"wave": self.wave, "headers": options["headers"], "mapping": options["mapping"]}
        return super().get_form_kwargs() | kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(wave=self.wave, **kwargs)

    def perform(self, form):
        services.map_answers(batch_id=self.object.pk, mapping=form.mapping(), actor=self.request.user)


class AnswerImportDetailView(_BatchPage, DetailPage):
    template_name = "evaluations/answer_import_detail.html"

    def get_context_data(self, **kwargs):
        batch = self.object
        return super().get_context_data(
            wave=self.wave,
            errors=batch.errors[:ERRORS_SHOWN],
            hidden_errors=max(0, len(batch.errors) - ERRORS_SHOWN),
            waits=batch.state == BatchState.CHECKED and bool(batch.options.get("waits")),
            **kwargs,
        )


class AnswerConfirmView(_BatchPage, TransitionView):
    success_message = _("The answers are taken over.")

    def run(self):
        batch = services.confirm_answers(batch_id=self.object.pk, actor=self.request.user)
        if batch.options.get("waits"):
            self.success_message = _("The answers are being taken over in the background.")


class AnswerDiscardView(_BatchPage, TransitionView):
    success_message = _("The list was discarded. Nothing of it was taken over.")

    def run(self):
        discard_batch(batch_id=self.object.pk, actor=self.request.user)


class AnswerRejectedView(_BatchPage, VisibleMixin, View):
    """The rows that were not taken, with reasons, to be corrected and uploaded again."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        if not self.object.errors:
            raise Http404
        return send_xlsx(table_of("rejected", *services.rejected_answers(self.object)), "rejected")
