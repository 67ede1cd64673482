"""A street's or an agency's own list of organizations, taken over row by row."""

import datetime
import re
from collections import defaultdict

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from incubator.importing.registries import Column, Importer, importers
from incubator.importing.row_forms import RowForm
from organizations.choices import LegalStatus
from organizations.models import OrganizationType, SocialOrganization
from organizations.policies.organization import check_import_organizations, import_places
from organizations.services.organization import import_organizations
from organizations.validators import tidy_phone, validate_credit_code

# How lists say it: filed, registered, not yet. Longer words stand first, since they contain the shorter ones.
STATUS_WORDS = (
    ("未备案", LegalStatus.UNFILED), ("未登记", LegalStatus.UNFILED), ("未", LegalStatus.UNFILED),
    ("登记", LegalStatus.REGISTERED), ("注册", LegalStatus.REGISTERED), ("备案", LegalStatus.FILED),
)  # fmt: skip
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?|(\d{4})(\d{2})(\d{2})")
ENDINGS = re.compile(r"(居民委员会|村民委员会|居委会|村委会|社区|村)+$")


def community_key(name):
    """Lists write 清泰门, 清泰门社区 or 清泰门社区居委会 for the same community."""
    name = "".join(name.split())
    return ENDINGS.sub("", name) or name


def type_key(name):
    return "".join(name.split()).removesuffix("类").casefold()


def read_day(text):
    """The day of "2026-10-01", "2026/10/1", "2026年10月1日" or "20261001"; ValueError for anything else."""
    match = DAY.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    return datetime.date(*(int(part) for part in match.groups() if part))


class OrganizationRowForm(RowForm):
    name = forms.CharField(max_length=100)
    community = forms.CharField(max_length=100)
    type = forms.CharField(max_length=80, required=False)
    responsible_person = forms.CharField(max_length=60, required=False)
    contact_phone = forms.CharField(max_length=40, required=False)
    founded_on = forms.CharField(max_length=40, required=False)
    legal_status = forms.CharField(max_length=40, required=False)
    filing_number = forms.CharField(max_length=60, required=False)
    filed_on = forms.CharField(max_length=40, required=False)

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_community(self):
        text = self.cleaned_data["community"].strip()
        found = self.shared["communities"].get(text) or self.shared["communities"].get(community_key(text), [])
        if not found:
            raise forms.ValidationError(
                _("“%(name)s” is no community of yours. Please check the name, or write its 12-digit code.")
                % {"name": text}
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("There are several communities called “%(name)s”. Please write the code instead.") % {"name": text}
            )
        return found[0]

    def clean_type(self):
        text = self.cleaned_data["type"]
        if not text:
            return self.shared["types"]["other"]
        found = self.shared["types"].get(type_key(text))
        if found is None:
            raise forms.ValidationError(_("There is no type “%(name)s” on the list of types.") % {"name": text})
        return found

    def clean_contact_phone(self):
        try:
            return tidy_phone(self.cleaned_data["contact_phone"])
        except ValueError:
            raise forms.ValidationError(
                _("“%(phone)s” is no phone number as we know it.") % {"phone": self.cleaned_data["contact_phone"]}
            ) from None

    def _day(self, name):
        text = self.cleaned_data[name]
        if not text:
            return None
        try:
            day = read_day(text)
        except ValueError:
            raise forms.ValidationError(
                _("“%(text)s” is no day. Please write it like 2026-10-01.") % {"text": text}
            ) from None
        if day > self.shared["today"]:
            raise forms.ValidationError(_("“%(text)s” is still to come. Please check the year.") % {"text": text})
        return day

    def clean_founded_on(self):
        return self._day("founded_on")

    def clean_filed_on(self):
        return self._day("filed_on")

    def clean_legal_status(self):
        text = "".join(self.cleaned_data["legal_status"].split()).casefold()
        if not text:
            return ""
        for code, label in LegalStatus.choices:
            if text in {code, str(label).casefold()}:
                return code
        for word, code in STATUS_WORDS:
            if word in text:
                return code
        raise forms.ValidationError(
            _("“%(text)s” is no legal status. Possible are unfiled, filed and registered.")
            % {"text": self.cleaned_data["legal_status"]}
        )

    def clean(self):
        values = self.cleaned_data
        self._sort_out_number(values)
        community, name = values.get("community"), values.get("name")
        if community is None or not name:
            return values
        place = (community.pk, name)
        self.is_known = place in self.shared["existing"]
        if not self.is_known and place in self.shared["seen"]:
            self.add_error("name", _("This organization stands in the list twice."))
        self.shared["seen"].add(place)
        return values

    def _sort_out_number(self, values):
        """A credit code in the column of numbers says registered; a filing number without a word says filed."""
        number = values.get("filing_number", "")
        try:
            validate_credit_code(number)
        except ValueError:
            code = ""
        else:
            values["filing_number"] = number = ""
            code = self.data["filing_number"].strip()
        values["credit_code"] = code
        if code and code in self.shared["credit_codes"]:
            self.add_error("filing_number", _("Another organization has this credit code already."))
        if code:
            self.shared["credit_codes"].add(code)
        if "legal_status" not in values:
            return
        status = values["legal_status"] or (LegalStatus.FILED if number else LegalStatus.UNFILED)
        values["legal_status"] = LegalStatus.REGISTERED if code else status
        if values["legal_status"] == LegalStatus.FILED:
            if not number:
                self.add_error("filing_number", _("A filed organization has a filing number. Please add it."))
            if not values.get("filed_on") and "filed_on" not in self.errors:
                self.add_error("filed_on", _("Please add the day on which the organization was filed."))


@importers.register
class OrganizationImporter(Importer):
    code = "organizations"
    label = gettext_lazy("Organizations")
    order = 10
    columns = (
        Column("name", pgettext_lazy("thing", "Name"), required=True, sample="清泰门读书会",
               aliases=("社区社会组织名称", "组织名称", "名称", "社会组织名称", "组织全称")),
        Column("community", gettext_lazy("Community"), required=True, sample="清泰门社区",
               aliases=("所属社区", "社区名称", "社区", "所在社区")),
        Column("type", gettext_lazy("Type"), sample="文体活动类", aliases=("类别", "类型", "组织类型", "组织类别")),
        Column("responsible_person", gettext_lazy("Responsible person"), sample="林秀凤",
               aliases=("负责人姓名", "负责人", "姓名", "联系人")),
        Column("contact_phone", gettext_lazy("Phone"), sample="13800001234",
               aliases=("负责人联系电话", "联系电话", "手机", "电话", "联系方式", "手机号码")),
        Column("founded_on", gettext_lazy("Founded on"), sample="2019-03-08", hint="2026-10-01",
               aliases=("成立时间", "成立日期")),
        Column("legal_status", gettext_lazy("Legal status"), sample="已备案",
               aliases=("登记备案情况形式", "法律身份", "状态", "形式", "登记备案情况", "备案情况")),
        Column("filing_number", gettext_lazy("Filing number"), sample="望江社备〔2021〕004号",
               aliases=("登记备案情况证号", "备案编号/信用代码", "备案号", "备案编号", "证号")),
        Column("filed_on", gettext_lazy("Filed on"), sample="2021-05-20", aliases=("备案日期", "备案时间")),
    )  # fmt: skip
    row_form = OrganizationRowForm
    policy = staticmethod(check_import_organizations)

    @classmethod
    def areas(cls, user):
        return Division.objects.current().within(import_places(user)).filter(level=Level.STREET).order_by("code")

    @classmethod
    def prepare(cls, rows, *, actor, area):
        """Four queries, however long the list is."""
        places = [area] if area else import_places(actor)
        communities = Division.objects.current().communities().within(import_places(actor))
        by_name, found = defaultdict(list), list(communities.within(places).order_by("code"))
        for community in found:
            by_name[community.code].append(community)
            by_name[community_key(community.name)].append(community)
        types = {}
        for entry in OrganizationType.objects.filter(is_active=True):
            for name in (entry.name, entry.name_en, entry.code):
                types.setdefault(type_key(name), entry)
        codes = {row.values.get("filing_number", "").strip() for row in rows}
        return {
            "communities": dict(by_name),
            "types": types,
            "existing": set(
                SocialOrganization.objects.existing()
                .filter(community__in=communities.within(places).values("pk"))
                .values_list("community_id", "name")
            ),
            "credit_codes": set(
                SocialOrganization.objects.filter(credit_code__in=codes - {""}).values_list("credit_code", flat=True)
            ),
            "seen": set(),
            "today": timezone.localdate(),
        }

    @classmethod
    def confirm(cls, rows, *, actor, batch):
        return len(import_organizations(actor=actor, rows=[row.cleaned_data for row in rows]))
