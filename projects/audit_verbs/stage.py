"""What the history calls what happens on the way through the stages, to agreements, documents and the exit plan."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs
from projects.choices import DocumentKind, ProjectStage


def stage_label(code):
    return ProjectStage(code).label if code in ProjectStage.values else code


def document_label(code):
    return DocumentKind(code).label if code in DocumentKind.values else code


STAGES = {"from": stage_label, "to": stage_label}
KINDS = {"kind": document_label}

register_verbs(
    ("stage.requested", _("asked to leave a stage"), _("Asked to go from %(from)s to %(to)s"), STAGES),
    ("stage.withdrawn", _("request to leave a stage taken back"), _("Took the request to go to %(to)s back"), STAGES),
    ("stage.passed", _("stage passed"), _("Decided: from %(from)s to %(to)s"), STAGES),
    ("stage.held", _("stage held"), _("Decided: not yet to %(to)s"), STAGES),
    ("stage_rule.updated", _("who decides on stages was set")),
    ("agreement.updated", _("agreement written")),
    ("agreement.signed", _("agreement signed"), _("Agreement signed on %(signed_on)s")),
    ("document.added", _("document added"), _("Added a document: %(kind)s"), KINDS),
    ("document.withdrawn", _("document taken back"), _("Took a document back: %(kind)s"), KINDS),
    ("exit_step.added", _("step of the exit plan added")),
    ("exit_step.updated", _("step of the exit plan changed")),
    ("exit_step.finished", _("step of the exit plan done")),
    ("exit_step.reopened", _("step of the exit plan opened again")),
    ("exit_step.removed", _("step of the exit plan taken off")),
)
