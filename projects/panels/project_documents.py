"""On the project's page: the agreement, and the documents by kind."""

from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.choices import DocumentKind
from projects.policies.agreement import (
    check_add_document,
    check_sign_agreement,
    check_update_agreement,
    check_withdraw_document,
)
from projects.policies.project import check_view_project
from projects.services.story import story_of

SHOWN = 60


@panels.register
class ProjectDocumentsPanel(Panel):
    code = "project-documents"
    target = "projects.incubationproject"
    label = _("Agreement and documents")
    template = "projects/panels/project_documents.html"
    policy = staticmethod(check_view_project)
    order = 50

    @classmethod
    def context(cls, user, thing):
        story = story_of(thing)
        rows = [
            {"document": document, "may_withdraw": verdict(check_withdraw_document, user, document)}
            for document in story.documents[:SHOWN]
        ]
        place = {kind: number for number, kind in enumerate(DocumentKind.values)}
        rows.sort(key=lambda row: place.get(row["document"].kind, len(place)))
        return {
            "project": thing,
            "agreement": story.agreement,
            "documents": rows,
            "may_write": verdict(check_update_agreement, user, thing),
            "may_sign": verdict(check_sign_agreement, user, thing),
            "may_add": verdict(check_add_document, user, thing),
        }
