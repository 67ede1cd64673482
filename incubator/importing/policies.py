"""Who may bring lists in. Each kind of list has its own policy; these ask it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in, verdict
from incubator.divisions.choices import Level
from incubator.importing.choices import DIVISIONS
from incubator.importing.registries import importers


def check_import_divisions(user):
    signed_in(user)
    if not user.access.is_platform_admin:
        raise PermissionDenied(_("Places are imported by a platform admin."))


def check_upload_batch(user, importer=None):
    """With ``importer``: lists of this kind; without: of any kind."""
    signed_in(user)
    if importer is not None:
        importer.policy(user)
    elif not any(verdict(each.policy, user) for each in importers):
        raise PermissionDenied(_("Lists are imported by those who keep them: street offices, agencies and admins."))


def check_list_batches(user):
    signed_in(user)
    if not user.access.is_platform_admin:
        check_upload_batch(user)


def check_view_batch(user, batch):
    signed_in(user)
    if batch.made_by_id != user.pk and not user.access.is_platform_admin:
        raise PermissionDenied(_("An uploaded list is seen by the person who uploaded it."))


def check_read_batch_rows(user, batch):
    """What stands in a list of people's names; of a list of places there is nothing that everybody may not read."""
    check_view_batch(user, batch)
    if batch.kind != DIVISIONS and batch.made_by_id != user.pk:
        raise PermissionDenied(_("The rows of a list, with the names in them, are read by the person who uploaded it."))


def check_confirm_batch(user, batch):
    check_view_batch(user, batch)
    if batch.kind == DIVISIONS:
        raise PermissionDenied(_("Places are loaded in the background; there is nothing to confirm."))
    if batch.importer is None:
        raise PermissionDenied(_("Lists of this kind are no longer imported."))
    batch.importer.policy(user)
    if batch.made_by_id != user.pk:
        raise PermissionDenied(_("A list is taken over by the person who uploaded it."))


def check_discard_batch(user, batch):
    check_view_batch(user, batch)
    if batch.kind == DIVISIONS:
        raise PermissionDenied(_("Places are loaded in the background; this cannot be stopped."))


def check_view_division_setting(user, division):
    signed_in(user)
    if division.level != Level.COMMUNITY:
        raise PermissionDenied(_("Only communities and villages are urban or rural."))


def check_set_division_setting(user, division):
    check_view_division_setting(user, division)
    access = user.access
    if not access.is_platform_admin and not access.covers(division, Role.DISTRICT_ADMIN):
        raise PermissionDenied(_("Whether a place is urban or rural is set by the admin of its district."))
