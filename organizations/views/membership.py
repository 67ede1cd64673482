"""The members' tab of an organization. Names for those who serve the members, numbers for everybody else."""

import io

import xlsxwriter
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from incubator.base.files import OFFICE
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, EditionMixin, ListPage, ObjectFormPage, PolicyMixin
from organizations.filters import MembershipFilterSet
from organizations.forms.membership import (
    MembershipAddForm,
    MembershipAddSeveralForm,
    MembershipAppointForm,
    MembershipEndForm,
    MembershipUpdateForm,
)
from organizations.models import Membership
from organizations.policies import membership as policies
from organizations.services import membership as services
from organizations.views.tabs import OrganizationTabMixin


class MembershipListView(OrganizationTabMixin, ListPage):
    policy = staticmethod(policies.check_list_memberships)
    model = Membership
    tab = "members"
    template_name = "organizations/membership_list.html"
    filterset_class = MembershipFilterSet
    sorts = {
        "position": (gettext_lazy("by position"), ("rank", "pk")),
        "name": (gettext_lazy("by name"), ("name", "pk")),
        "new": (gettext_lazy("last added first"), ("-pk",)),
    }

    def get_queryset(self):
        return super().get_queryset().filter(organization=self.organization).with_rank()

    def get_context_data(self, **kwargs):
        counts = self.organization.memberships.current().counts()
        user = self.request.user
        sees_names = verdict(policies.check_see_names, user, self.organization)
        return super().get_context_data(
            counts=counts,
            hangs_on_one=bool(counts["members"])
            and not (counts["deputies"] or counts["successors"] or counts["leaders"] > 1),
            sees_names=sees_names,
            may_keep=verdict(policies.check_add_membership, user, self.organization),
            **kwargs,
        )


class _AddPage(OrganizationTabMixin, CreateOncePage):
    """A page below one organization that adds members; afterwards back to the list."""

    policy = staticmethod(policies.check_add_membership)
    model = Membership
    tab = "members"

    def get_success_url(self):
        return reverse("organizations:membership-list", args=[self.organization.uuid])


class MembershipAddView(_AddPage):
    form_class = MembershipAddForm
    template_name = "organizations/membership_add.html"
    success_message = gettext_lazy("The member is on the list.")

    def perform(self, form):
        self.object = services.add_member(
            organization_id=self.organization.pk, actor=self.request.user, **form.cleaned_data
        )


class MembershipAddSeveralView(_AddPage):
    form_class = MembershipAddSeveralForm
    template_name = "organizations/membership_add_several.html"

    def find_existing(self, form):
        """The batch's identifier is none of a member; the service knows a batch that was sent twice."""

    def perform(self, form):
        self.added = services.add_members(
            organization_id=self.organization.pk, actor=self.request.user, **form.cleaned_data
        )

    def get_success_message(self):
        number = len(self.added)
        return ngettext("%(number)s member added.", "%(number)s members added.", number) % {"number": number}


class _MemberPage(ObjectFormPage):
    model = Membership
    service = None

    def get_queryset(self):
        return super().get_queryset().select_related("organization__community")

    def perform(self, form):
        type(self).service(membership_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class MembershipUpdateView(EditionMixin, _MemberPage):
    policy = staticmethod(policies.check_update_membership)
    service = staticmethod(services.update_member)
    form_class = MembershipUpdateForm
    template_name = "organizations/membership_update.html"
    success_message = gettext_lazy("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.FIELDS}


class MembershipAppointView(_MemberPage):
    policy = staticmethod(policies.check_appoint_membership)
    service = staticmethod(services.appoint)
    form_class = MembershipAppointForm
    template_name = "organizations/membership_appoint.html"
    success_message = gettext_lazy("The position is recorded.")

    def get_initial(self):
        return {"position": self.object.position}


class MembershipEndView(_MemberPage):
    policy = staticmethod(policies.check_end_membership)
    form_class = MembershipEndForm
    template_name = "organizations/membership_end.html"
    success_message = gettext_lazy("Recorded. The entry is kept among former members.")

    def perform(self, form):
        services.end_membership(
            membership_id=self.object.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )


class MembershipExportView(OrganizationTabMixin, PolicyMixin, View):
    """成员花名册. POST, since the history keeps who took names out of the platform."""

    http_method_names = ["post", "options"]
    policy = staticmethod(policies.check_export_memberships)
    tab = "members"

    @cached_property
    def columns(self):
        return (
            (_("No."), 6), (_("Name"), 16), (_("Phone"), 18), (_("Position"), 14), (_("Backbone member"), 12),
            (_("Successor"), 12), (_("Reserve talent"), 12), (_("Good at"), 30), (_("Since"), 14),
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        members = services.export_members(organization=self.organization, actor=request.user)
        name = _("Roster of members %(organization)s %(day)s") % {
            "organization": self.organization.name, "day": timezone.localdate().isoformat(),
        }  # fmt: skip
        response = HttpResponse(self.workbook(members), content_type=OFFICE["xlsx"])
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
        response["Cache-Control"] = "no-store"
        return response

    def workbook(self, members):
        """Every cell is written as text: a name that begins with "=" is no formula."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet(_("Members"))
        title, head = book.add_format({"bold": True, "font_size": 16}), book.add_format({"bold": True, "bottom": 1})
        sheet.write_string(0, 0, self.organization.name, title)
        for column, (label, width) in enumerate(self.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, label, head)
        for number, member in enumerate(members, start=1):
            ticks = [_("yes") if tick else "" for tick in (
                member.is_backbone, member.is_successor, member.is_reserve_talent
            )]  # fmt: skip
            since = member.joined_on.isoformat() if member.joined_on else ""
            cells = (member.name, member.phone, member.get_position_display(), *ticks, member.skills, since)
            sheet.write_number(number + 2, 0, number)
            for column, text in enumerate(cells, start=1):
                sheet.write_string(number + 2, column, text)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        book.close()
        return buffer.getvalue()
