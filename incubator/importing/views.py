from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views import View

from incubator.base.policies import verdict
from incubator.base.views import (
    CreateOncePage,
    DetailPage,
    ListPage,
    ObjectFormPage,
    PolicyMixin,
    TransitionView,
    VisibleMixin,
)
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from incubator.importing import forms, policies, services
from incubator.importing.choices import DIVISIONS, BatchState
from incubator.importing.models import ImportBatch
from incubator.importing.registries import importers
from incubator.importing.services.batches import stored_rows
from incubator.importing.services.places import JOB, progress_of
from incubator.importing.writers import empty_form, rejected_rows
from incubator.jobs.models import Job

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ERRORS_SHOWN = 200
ROWS_SHOWN = 10


def send_xlsx(content, name):
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )


class BatchListView(ListPage):
    policy = staticmethod(policies.check_list_batches)
    model = ImportBatch
    template_name = "importing/batch_list.html"
    sorts = {"newest": (_("newest first"), ("-created_at",))}

    def get_queryset(self):
        return super().get_queryset().select_related("made_by", "area")

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            importers=[importer for importer in importers if verdict(importer.policy, user)],
            check_import_divisions=policies.check_import_divisions,
            **kwargs,
        )


class ImporterMixin(PolicyMixin):
    """Pages of one kind of list: the kind stands in the address, and its own policy is asked as well."""

    policy = staticmethod(policies.check_upload_batch)

    def dispatch(self, request, *args, **kwargs):
        self.importer = importers.get(kwargs["kind"])
        if self.importer is None:
            raise Http404
        policies.check_upload_batch(request.user, self.importer)
        return super().dispatch(request, *args, **kwargs)


class BatchUploadView(ImporterMixin, CreateOncePage):
    model = ImportBatch
    form_class = forms.BatchUploadForm
    template_name = "importing/batch_upload.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "areas": self.importer.areas(self.request.user)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(importer=self.importer, **kwargs)

    def perform(self, form):
        upload = form.cleaned_data["file"]
        self.object = services.upload_batch(
            uuid=form.cleaned_data["uuid"],
            importer=self.importer,
            content=upload.read(),
            file_name=upload.name,
            area=form.cleaned_data.get("area"),
            actor=self.request.user,
        )


class BatchTemplateView(ImporterMixin, View):
    """The empty form of a kind of list."""

    def get(self, request, *args, **kwargs):
        return send_xlsx(empty_form(self.importer), self.importer.code)


class BatchDetailView(DetailPage):
    """Preview before, result after; for places the state of the work in the background."""

    policy = staticmethod(policies.check_view_batch)
    model = ImportBatch
    context_object_name = "batch"
    template_name = "importing/batch_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("made_by", "area")

    def get_context_data(self, **kwargs):
        batch = self.object
        if batch.kind == DIVISIONS:
            kwargs.update(
                job=Job.objects.filter(key=f"{JOB}:{batch.uuid}").first(),
                progress=progress_of(batch.uuid) or 0,
                levels=[(Level(int(level)).label, counts) for level, counts in sorted(batch.counts.items())],
            )
        else:
            reads = verdict(policies.check_read_batch_rows, self.request.user, batch) and not self.has_own_pages()
            kwargs.update(
                errors=batch.errors[:ERRORS_SHOWN] if reads else [],
                hidden_errors=max(0, len(batch.errors) - ERRORS_SHOWN) if reads else 0,
                rows=self.get_rows() if reads else [],
                columns=batch.importer.columns if batch.importer else (),
                check_confirm=policies.check_confirm_batch,
                check_discard=policies.check_discard_batch,
            )
        return super().get_context_data(
            is_places=batch.kind == DIVISIONS,
            is_open=batch.state in (BatchState.UPLOADED, BatchState.CHECKED),
            **kwargs,
        )

    def has_own_pages(self):
        """What stands in such a list is read there, by those whom the policies of that page let."""
        return self.object.importer is not None and self.object.importer.address is not None

    def get_rows(self):
        importer = self.object.importer
        if self.object.state != BatchState.CHECKED or importer is None:
            return []
        columns = importer.columns
        return [
            (row.number, [(column.label, row.values.get(column.key, "")) for column in columns])
            for row in services.preview_rows(self.object, ROWS_SHOWN)
        ]


class BatchConfirmView(TransitionView):
    policy = staticmethod(policies.check_confirm_batch)
    model = ImportBatch
    success_message = _("The list was taken over.")

    def run(self):
        services.confirm_batch(batch_id=self.object.pk, actor=self.request.user)


class BatchDiscardView(TransitionView):
    policy = staticmethod(policies.check_discard_batch)
    model = ImportBatch
    success_message = _("The list was discarded. Nothing of it was taken over.")

    def run(self):
        services.discard_batch(batch_id=self.object.pk, actor=self.request.user)


class BatchRejectedView(VisibleMixin, View):
    """The rows that were not taken, with reasons, to be corrected and uploaded again."""

    policy = staticmethod(policies.check_read_batch_rows)
    model = ImportBatch

    def get(self, request, *args, **kwargs):
        importer = self.object.importer
        if not self.object.errors or importer is None or importer.address is not None:
            raise Http404
        content = rejected_rows(self.object.importer, stored_rows(self.object), self.object.errors)
        return send_xlsx(content, "rejected")


class DivisionImportView(CreateOncePage):
    policy = staticmethod(policies.check_import_divisions)
    model = ImportBatch
    form_class = forms.DivisionImportForm
    template_name = "importing/division_import.html"
    success_message = _("The code list is being loaded in the background.")

    def perform(self, form):
        file_name, content = form.content()
        self.object = services.upload_divisions(
            uuid=form.cleaned_data["uuid"],
            content=content,
            file_name=file_name,
            edition=form.edition_for(file_name),
            under=form.cleaned_data["under"],
            actor=self.request.user,
        )


class DivisionSettingView(ObjectFormPage):
    policy = staticmethod(policies.check_set_division_setting)
    model = Division
    slug_field = slug_url_kwarg = "code"
    form_class = forms.DivisionSettingForm
    template_name = "importing/division_setting.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {"setting": self.object.setting if self.object.setting_by_hand else ""}

    def perform(self, form):
        services.set_division_setting(
            division_id=self.object.pk, setting=form.cleaned_data["setting"], actor=self.request.user
        )
