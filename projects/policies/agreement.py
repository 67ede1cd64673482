"""Who writes and signs the agreement, who adds and reads documents, who keeps the exit plan."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import supervises_place
from projects.choices import RUNNING
from projects.policies.project import check_update_project, check_view_project
from projects.querysets import OPENERS

# Roles on a place that add documents to its projects, besides supervisors: measurements and reports come from several.
DOCUMENT_ADDERS = (*OPENERS, Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.EVALUATOR)


def check_view_agreement(user, agreement=None):
    """The same rule as ``IncubationAgreement.objects.visible_to``."""
    signed_in(user)
    if agreement is not None:
        check_view_project(user, agreement.project)


def check_update_agreement(user, project=None):
    """Whether it can be changed still, once signed, is the service's business."""
    check_update_project(user, project)


def check_sign_agreement(user, project=None):
    check_update_project(user, project)


def check_view_document(user, document=None):
    """The same rule as ``ProjectDocument.objects.visible_to``."""
    signed_in(user)
    if document is not None:
        check_view_project(user, document.project)


def check_add_document(user, project=None):
    signed_in(user)
    if project is None:
        return
    check_view_project(user, project)
    place = project.community
    if not user.access.covers(place, *DOCUMENT_ADDERS) and not supervises_place(user, place):
        raise PermissionDenied(_("Documents are added by those who work with the project and by its offices."))
    if project.stage not in RUNNING:
        raise PermissionDenied(_("The project is over; its file is closed."))


def check_withdraw_document(user, document=None):
    """Whoever added it, and those who keep the project."""
    signed_in(user)
    if document is None:
        return
    check_view_project(user, document.project)
    if document.withdrawn_at:
        raise PermissionDenied(_("It was taken back already."))
    if document.uploaded_by_id == user.pk:
        check_add_document(user, document.project)
        return
    check_update_project(user, document.project)


def check_update_exit_plan(user, project=None):
    """社工退出计划 is written by those who keep the project."""
    check_update_project(user, project)


def check_update_exit_step(user, step=None):
    signed_in(user)
    if step is not None:
        check_update_exit_plan(user, step.project)
