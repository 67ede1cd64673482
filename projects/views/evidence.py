"""Photos and files of an activity: add, see, put into words, take back. A file leaves only after the policy was asked."""

from django.contrib import messages
from django.http import FileResponse, Http404, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from incubator.base.errors import DomainError, RuleViolation
from incubator.base.views import UNPROCESSABLE, EditionMixin, ObjectFormPage, VisibleMixin
from incubator.reporting.views import kept_file_answer
from projects.forms.evidence import EvidenceAddForm, EvidenceUpdateForm, EvidenceWithdrawForm
from projects.models import Activity, Evidence
from projects.policies import evidence as policies
from projects.services import evidence as services

ANCHOR = "#activity-evidence"


class EvidenceAddView(ObjectFormPage):
    """Several at once. Scripts send one after the other and get JSON; the page itself sends all together."""

    model = Activity
    policy = staticmethod(policies.check_add_evidence)
    form_class = EvidenceAddForm
    template_name = "projects/evidence_add.html"

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}{ANCHOR}"

    @property
    def is_script(self):
        return "application/json" in self.request.headers.get("Accept", "")

    def perform(self, form):
        values, self.added, self.refusals = form.cleaned_data, [], list(form.refusals)
        for prepared in values["files"]:
            try:
                kept = services.add_evidence(
                    activity_id=self.object.pk, upload=prepared, actor=self.request.user,
                    caption=values["caption"], consent=values["consent"],
                )  # fmt: skip
            except DomainError as error:
                self.refusals.append(str(error))
            else:
                self.added.append(kept)
        if not self.added:
            raise RuleViolation(" ".join(dict.fromkeys(self.refusals)))
        self.is_elsewhere = bool(services.same_elsewhere(self.added))

    @property
    def remarks(self):
        remark = _(
            "A photo like this stands in another activity as well. Below it says in which; nothing has to be done."
        )
        return [remark] if self.is_elsewhere else []

    def succeed(self):
        if self.is_script:
            return JsonResponse({
                "added": len(self.added), "refused": self.refusals, "remarks": self.remarks,
                "next": self.get_success_url(),
            })  # fmt: skip
        for sentence in self.refusals:
            messages.error(self.request, sentence)
        for sentence in self.remarks:
            messages.info(self.request, sentence)
        return super().succeed()

    def get_success_message(self):
        number = len(self.added)
        return ngettext("%(number)s file added.", "%(number)s files added.", number) % {"number": number}

    def form_invalid(self, form):
        if self.is_script:
            sentences = [sentence for errors in form.errors.values() for sentence in errors]
            return JsonResponse({"added": 0, "refused": sentences, "remarks": []}, status=UNPROCESSABLE)
        return super().form_invalid(form)


class _OfEvidence:
    model = Evidence

    def get_queryset(self):
        related = ("activity__organization", "activity__community", "uploaded_by")
        return super().get_queryset().select_related(*related)

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}{ANCHOR}"


class EvidenceUpdateView(_OfEvidence, EditionMixin, ObjectFormPage):
    policy = staticmethod(policies.check_update_evidence)
    form_class = EvidenceUpdateForm
    template_name = "projects/evidence_update.html"
    success_message = gettext_lazy("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.WORDS}

    def perform(self, form):
        services.update_evidence(evidence_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class EvidenceWithdrawView(_OfEvidence, ObjectFormPage):
    policy = staticmethod(policies.check_withdraw_evidence)
    form_class = EvidenceWithdrawForm
    template_name = "projects/evidence_withdraw.html"
    success_message = gettext_lazy("Taken back. Nobody is shown it any more.")

    def perform(self, form):
        services.withdraw_evidence(evidence_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class EvidenceFileView(_OfEvidence, VisibleMixin, View):
    """What is kept, at an address that ends in its extension; with another ending there is nothing."""

    policy = staticmethod(policies.check_view_evidence)
    http_method_names = ["get", "head", "options"]

    def get_queryset(self):
        return super().get_queryset().in_use()

    def get(self, request, *args, **kwargs):
        if kwargs["extension"] != self.object.extension:
            raise Http404
        return kept_file_answer(self.object)


class EvidenceThumbnailView(EvidenceFileView):
    def get(self, request, *args, **kwargs):
        if not self.object.thumbnail:
            raise Http404
        response = FileResponse(self.object.thumbnail.open("rb"), content_type="image/jpeg")
        response["Content-Disposition"] = content_disposition_header(False, "small.jpg")
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
