"""资源清单 of a community or street, taken over row by row."""

import re
from collections import defaultdict

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.importing.registries import Column, Importer, importers
from incubator.importing.row_forms import RowForm
from organizations.choices import ResourceKind
from organizations.importers.organizations import community_key, read_day, type_key
from organizations.models import NeedCategory, Resource
from organizations.policies.resource import check_import_resources, places_to_offer_to
from organizations.services.resource import import_resources
from organizations.validators import tidy_phone

KIND_WORDS = (
    ("人", ResourceKind.PEOPLE), ("志愿", ResourceKind.PEOPLE), ("场", ResourceKind.VENUE), ("阵地", ResourceKind.VENUE),
    ("资金", ResourceKind.MONEY), ("钱", ResourceKind.MONEY), ("款", ResourceKind.MONEY), ("物", ResourceKind.GOODS),
    ("技", ResourceKind.SKILL), ("专业", ResourceKind.SKILL),
)  # fmt: skip
FEN = 100


class ResourceRowForm(RowForm):
    division = forms.CharField(max_length=100)
    kind = forms.CharField(max_length=20)
    title = forms.CharField(max_length=120)
    owner_text = forms.CharField(max_length=120)
    text = forms.CharField(max_length=2000, required=False)
    categories = forms.CharField(max_length=200, required=False)
    place_text = forms.CharField(max_length=120, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=10**8, required=False)
    unit = forms.CharField(max_length=20, required=False)
    yuan = forms.DecimalField(min_value=0, max_digits=12, decimal_places=2, required=False)
    valid_until = forms.CharField(max_length=40, required=False)
    contact_name = forms.CharField(max_length=60, required=False)
    contact_phone = forms.CharField(max_length=40, required=False)

    def clean_division(self):
        text = self.cleaned_data["division"].strip()
        found = self.shared["places"].get(text) or self.shared["places"].get(community_key(text), [])
        if len(found) != 1:
            raise forms.ValidationError(
                _("“%(name)s” is no place of yours, or there are several. Please write its code.") % {"name": text}
            )
        return found[0]

    def clean_kind(self):
        text = "".join(self.cleaned_data["kind"].split()).casefold()
        for code, label in ResourceKind.choices:
            if text in {code, str(label).casefold()}:
                return code
        for word, code in KIND_WORDS:
            if word in text:
                return code
        raise forms.ValidationError(
            _("“%(text)s” is no kind of resource. Possible are people, venue, money, goods and skill.") % {"text": text}
        )

    def clean_categories(self):
        found = []
        for name in filter(None, re.split(r"[、,，;；/\s]+", self.cleaned_data["categories"])):
            category = self.shared["categories"].get(type_key(name))
            if category is None:
                raise forms.ValidationError(_("There is no kind of need called “%(name)s”.") % {"name": name})
            found.append(category)
        return found

    def clean_valid_until(self):
        text = self.cleaned_data["valid_until"]
        if not text:
            return None
        try:
            return read_day(text)
        except ValueError:
            raise forms.ValidationError(
                _("“%(text)s” is no day. Please write it like 2026-10-01.") % {"text": text}
            ) from None

    def clean_contact_phone(self):
        try:
            return tidy_phone(self.cleaned_data["contact_phone"])
        except ValueError:
            raise forms.ValidationError(
                _("“%(phone)s” is no phone number as we know it.") % {"phone": self.cleaned_data["contact_phone"]}
            ) from None

    def clean(self):
        values, shared = self.cleaned_data, self.shared
        yuan = values.pop("yuan", None)
        values["amount_fen"] = int(yuan * FEN) if yuan else None
        if values.get("kind") == ResourceKind.MONEY:
            values["quantity"] = None
            if not values["amount_fen"]:
                self.add_error("yuan", _("Please give the amount."))
        elif values["amount_fen"]:
            self.add_error("yuan", _("Only money has an amount."))
        division, title = values.get("division"), values.get("title")
        if division is None or not title:
            return values
        key = (division.pk, title, values.get("owner_text", ""))
        self.is_known = key in shared["existing"]
        if not self.is_known and key in shared["seen"]:
            self.add_error("title", _("This resource stands in the list twice."))
        shared["seen"].add(key)
        return values


@importers.register
class ResourceImporter(Importer):
    code = "resources"
    label = gettext_lazy("Resources")
    order = 41
    columns = (
        Column("division", gettext_lazy("Offered to"), required=True, sample="清泰门社区",
               aliases=("所属社区", "社区", "街道", "服务范围", "所在社区")),
        Column("kind", gettext_lazy("Kind"), required=True, sample="场地", aliases=("资源类别", "资源类型", "类别", "类型")),
        Column("title", gettext_lazy("What is offered"), required=True, sample="党群服务中心二楼活动室",
               aliases=("资源名称", "名称", "资源", "资源内容")),
        Column("owner_text", gettext_lazy("Offered by"), required=True, sample="社区居委会",
               aliases=("提供单位", "提供方", "单位", "提供者")),
        Column("text", gettext_lazy("More about it"), aliases=("说明", "详情", "描述", "备注")),
        Column("categories", gettext_lazy("Kinds of needs it serves"), sample="文体活动、儿童青少年",
               aliases=("适用需求", "对应需求", "需求类别")),
        Column("place_text", gettext_lazy("Where"), aliases=("地址", "地点")),
        Column("quantity", gettext_lazy("How much"), aliases=("数量", "容纳", "人数")),
        Column("unit", gettext_lazy("Unit"), aliases=("单位量", "计量单位")),
        Column("yuan", gettext_lazy("Amount (yuan)"), aliases=("金额", "金额（元）", "资金")),
        Column("valid_until", gettext_lazy("Offered until"), hint="2026-12-31", aliases=("有效期", "截止日期", "有效期至")),
        Column("contact_name", gettext_lazy("Contact person"), aliases=("联系人", "姓名")),
        Column("contact_phone", gettext_lazy("Contact phone"), aliases=("联系电话", "电话", "手机")),
    )  # fmt: skip
    row_form = ResourceRowForm
    policy = staticmethod(check_import_resources)

    @classmethod
    def prepare(cls, rows, *, actor, area):
        """Three queries, however long the list is."""
        places, found = defaultdict(list), list(places_to_offer_to(actor))
        for place in found:
            for name in dict.fromkeys((place.code, place.name, community_key(place.name))):
                places[name].append(place)
        categories = {}
        for category in NeedCategory.objects.in_use():
            for name in (category.name, category.name_en, category.code):
                categories.setdefault(type_key(name), category)
        existing = Resource.objects.filter(division__in=[place.pk for place in found], is_active=True)
        return {
            "places": dict(places),
            "categories": categories,
            "existing": set(existing.order_by().values_list("division_id", "title", "owner_text")),
            "seen": set(),
            "today": timezone.localdate(),
        }

    @classmethod
    def confirm(cls, rows, *, actor, batch):
        return import_resources(actor=actor, rows=[row.cleaned_data for row in rows])
