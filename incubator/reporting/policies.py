"""Who may replace a paper. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from incubator.reporting.querysets import PAPER_KEEPERS


def check_list_papers(user, thing=None):
    signed_in(user)
    if not user.access.is_platform_admin and not user.access.has(*PAPER_KEEPERS):
        raise PermissionDenied(_("Papers are kept by street offices, service centres, districts and the platform."))


def check_view_paper_template(user, template=None):
    """The same rule as ``PaperTemplate.objects.visible_to``; a test holds them against each other."""
    check_list_papers(user)
    if template is None or template.division is None or user.access.is_platform_admin:
        return
    own = user.access.divisions(*PAPER_KEEPERS)
    if not any(root.contains(template.division) or template.division.contains(root) for root in own):
        raise PermissionDenied(_("This paper is kept by an office of another place."))


def check_upload_paper_template(user, division=None):
    """``division`` None: whether there is any place at all for which the person may."""
    check_list_papers(user)
    if division is not None and not user.access.covers(division, *PAPER_KEEPERS):
        raise PermissionDenied(_("You have no role in this place."))


def check_upload_paper_template_for_all(user):
    check_list_papers(user)
    if not user.access.is_platform_admin:
        raise PermissionDenied(_("A paper for everybody is kept by the platform's admin."))


def check_withdraw_paper_template(user, template=None):
    check_list_papers(user)
    if template is None:
        return
    check_view_paper_template(user, template)
    if template.division is None:
        check_upload_paper_template_for_all(user)
    else:
        check_upload_paper_template(user, template.division)
    if template.withdrawn_at is not None:
        raise PermissionDenied(_("This edition was taken back already."))
