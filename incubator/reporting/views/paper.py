"""Pages of papers: which there are, what may stand in them, an office's own editions; and the paper of one record."""

from collections import defaultdict
from itertools import groupby

from django.apps import apps
from django.http import Http404
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, PageView, PolicyMixin, TransitionView, VisibleMixin
from incubator.reporting import policies, services
from incubator.reporting.forms import PaperTemplateUploadForm
from incubator.reporting.models import PaperTemplate
from incubator.reporting.papers import find_paper as find_file
from incubator.reporting.registries import all_papers, find_paper
from incubator.reporting.views import file_answer, kept_file_answer


class PaperListView(PageView):
    policy = staticmethod(policies.check_list_papers)
    template_name = "reporting/paper_list.html"

    def get_context_data(self, **kwargs):
        own = defaultdict(int)
        for code in PaperTemplate.objects.visible_to(self.request.user).in_force().values_list("paper", flat=True):
            own[code] += 1
        found = sorted(all_papers(), key=lambda paper: (paper.target, paper.order, paper.code))
        return super().get_context_data(
            groups=[
                {
                    "label": apps.get_model(target)._meta.verbose_name,
                    "rows": [{"paper": paper, "editions": own[paper.code]} for paper in rows],
                }
                for target, rows in groupby(found, key=lambda paper: paper.target)
            ],
            **kwargs,
        )


class _OfPaper:
    """A page about one registered paper, by the code in the address."""

    @cached_property
    def paper(self):
        found = find_paper(self.kwargs["code"])
        if found is None:
            raise Http404
        return found


class PaperDetailView(_OfPaper, PageView):
    policy = staticmethod(policies.check_list_papers)
    template_name = "reporting/paper_detail.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        editions = PaperTemplate.objects.visible_to(user).filter(paper=self.paper.code)
        editions = list(editions.select_related("division", "uploaded_by").order_by("division__code", "-number"))
        newest = set()
        for edition in editions:
            edition.is_used = edition.withdrawn_at is None and edition.division_id not in newest
            if edition.is_used:
                newest.add(edition.division_id)
            edition.may_withdraw = verdict(policies.check_withdraw_paper_template, user, edition)
        return super().get_context_data(
            paper=self.paper,
            fields=[{"written": written(name), "label": label} for name, label in self.paper.fields],
            editions=editions,
            may_upload=verdict(policies.check_upload_paper_template, user),
            **kwargs,
        )


def written(name):
    """A field's name as it stands in the Word file: ``{{ row.day }}`` for "rows[].day", within its rows."""
    if "[]" not in name:
        return f"{{{{ {name} }}}}"
    rows, _brackets, rest = name.partition("[]")
    row = rows.rpartition(".")[2].removesuffix("s") or "row"
    inner = f"{row}{rest}" if not rest[1:].isdigit() else f"{row}[{rest[1:]}]"
    return f"{{%tr for {row} in {rows} %}} … {{{{ {inner} }}}} … {{%tr endfor %}}"


class PaperShippedView(_OfPaper, PolicyMixin, View):
    """The empty paper as it ships, to begin an own one from."""

    policy = staticmethod(policies.check_list_papers)
    http_method_names = ["get", "head", "options"]

    def get(self, request, code):
        with translation.override(services.PAPER_LANGUAGE):
            name = f"{self.paper.label}.docx"
        return file_answer(find_file(self.paper.template).read_bytes(), name)


class PaperTemplateUploadView(_OfPaper, CreateOncePage):
    policy = staticmethod(policies.check_upload_paper_template)
    model = PaperTemplate
    form_class = PaperTemplateUploadForm
    template_name = "reporting/paper_template_upload.html"
    success_message = _("Tried with made-up values and taken. It is used from now on.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        places = self.request.user.access.divisions(*policies.PAPER_KEEPERS)
        return (
            {"division": places[0].code} if len(places) == 1 and not self.request.user.access.is_platform_admin else {}
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            paper=self.paper,
            fields=[{"written": written(name), "label": label} for name, label in self.paper.fields],
            **kwargs,
        )

    def perform(self, form):
        values = form.cleaned_data
        if values["division"] is None:
            policies.check_upload_paper_template_for_all(self.request.user)
        else:
            policies.check_upload_paper_template(self.request.user, values["division"])
        self.object = services.upload_paper_template(
            uuid=values["uuid"], paper=self.paper, division=values["division"], upload=values["file"],
            actor=self.request.user,
        )  # fmt: skip


class PaperTemplateFileView(VisibleMixin, View):
    model = PaperTemplate
    policy = staticmethod(policies.check_view_paper_template)
    http_method_names = ["get", "head", "options"]

    def get_queryset(self):
        return super().get_queryset().select_related("division")

    def get(self, request, *args, **kwargs):
        return kept_file_answer(self.object)


class PaperTemplateWithdrawView(TransitionView):
    model = PaperTemplate
    policy = staticmethod(policies.check_withdraw_paper_template)
    success_message = _("Taken back. The edition before it is used again, else the one that ships.")

    def get_queryset(self):
        return super().get_queryset().select_related("division")

    def run(self):
        services.withdraw_paper_template(template_id=self.object.pk, actor=self.request.user)


class RegisteredPaperView(VisibleMixin, View):
    """A registered paper of one record: loaded from ``visible_to(user)`` (else 404), then the paper's own policy (403),
    then printed in the edition of its place. ``paper_code``, or :meth:`get_paper`, names it."""

    paper_code = ""
    http_method_names = ["get", "head", "options"]

    def get_paper(self):
        return find_paper(self.paper_code)

    def get_options(self):
        return {}

    def get(self, request, *args, **kwargs):
        paper = self.get_paper()
        if paper is None:
            raise Http404
        paper.policy(request.user, self.object)
        content = services.print_paper(paper, self.object, request.user, **self.get_options())
        with translation.override(services.PAPER_LANGUAGE):
            name = paper.file_name(self.object)
        return file_answer(content, f"{name}.docx")
