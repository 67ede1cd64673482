"""A community's own list of needs, from its desk, its grid staff or a survey on paper, taken over row by row."""

from collections import defaultdict

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.importing.registries import Column, Importer, importers
from incubator.importing.row_forms import RowForm
from organizations.choices import AgeGroup
from organizations.importers.organizations import community_key, type_key
from organizations.models import NeedCategory, Place, ResidentNeed
from organizations.policies.need import check_import_needs, communities_to_raise_in, serves
from organizations.services.need import CONSENT, import_needs
from organizations.validators import tidy_phone

# How lists write the four groups; a bare age falls into one of them.
AGE_WORDS = (
    ("老", AgeGroup.OVER_60), ("60岁以上", AgeGroup.OVER_60), ("46", AgeGroup.FROM_46), ("中年", AgeGroup.FROM_46),
    ("26", AgeGroup.FROM_26), ("青年", AgeGroup.FROM_26), ("25", AgeGroup.UP_TO_25), ("儿童", AgeGroup.UP_TO_25),
    ("青少年", AgeGroup.UP_TO_25), ("孩子", AgeGroup.UP_TO_25),
)  # fmt: skip
YES = {"是", "同意", "有", "yes", "y", "1", "true", "√"}
OLDEST = 120


def age_group(text):
    """The group of "46–60岁", "老年人" or "72"; ValueError for anything else."""
    text = "".join(text.split()).removesuffix("岁")
    if not text:
        return AgeGroup.UNKNOWN
    if text.isdigit():
        age = int(text)
        if not 0 < age <= OLDEST:
            raise ValueError(text)
        steps = ((25, AgeGroup.UP_TO_25), (45, AgeGroup.FROM_26), (60, AgeGroup.FROM_46))
        return next((group for top, group in steps if age <= top), AgeGroup.OVER_60)
    for code, label in AgeGroup.choices:
        if text in {code, str(label)}:
            return code
    for word, group in AGE_WORDS:
        if word in text:
            return group
    raise ValueError(text)


class NeedRowForm(RowForm):
    community = forms.CharField(max_length=100)
    title = forms.CharField(max_length=120)
    text = forms.CharField(max_length=2000, required=False)
    category = forms.CharField(max_length=60, required=False)
    age_group = forms.CharField(max_length=40, required=False)
    place = forms.CharField(max_length=60, required=False)
    contact_name = forms.CharField(max_length=60, required=False)
    contact_phone = forms.CharField(max_length=40, required=False)
    agreed = forms.CharField(max_length=10, required=False)

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

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

    def clean_category(self):
        text = self.cleaned_data["category"]
        if not text:
            return self.shared["categories"]["other"]
        found = self.shared["categories"].get(type_key(text))
        if found is None:
            raise forms.ValidationError(_("There is no kind of need called “%(name)s”.") % {"name": text})
        return found

    def clean_age_group(self):
        try:
            return age_group(self.cleaned_data["age_group"])
        except ValueError:
            raise forms.ValidationError(
                _("“%(text)s” is no age group. Please write an age, or one of the four groups.")
                % {"text": self.cleaned_data["age_group"]}
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
        community = values.get("community")
        has_agreed = values.pop("agreed", "").strip().casefold() in YES
        if (values.get("contact_name") or values.get("contact_phone")) and not has_agreed:
            self.add_error("agreed", _("A name or phone is kept only with the agreement of the person."))
        values["consented_at"] = shared["now"] if has_agreed else None
        values["consent_text"] = str(CONSENT) if has_agreed else ""
        if community is None or not values.get("title"):
            return values
        category = values.get("category")
        if category is not None and category.division is not None and not category.division.contains(community):
            self.add_error("category", _("This kind of need is of another place."))
        name = values.get("place")
        values["place"] = shared["places"].get((community.pk, name)) if name else None
        if name and values["place"] is None:
            self.add_error("place", _("The community has no place called “%(name)s”.") % {"name": name})
        values["taken_up"] = community.pk in shared["served"]
        key = (community.pk, values["title"])
        self.is_known = key in shared["existing"]
        if not self.is_known and key in shared["seen"]:
            self.add_error("title", _("This need stands in the list twice."))
        shared["seen"].add(key)
        return values


@importers.register
class NeedImporter(Importer):
    code = "needs"
    label = gettext_lazy("Needs of residents")
    order = 40
    columns = (
        Column("community", gettext_lazy("Community"), required=True, sample="清泰门社区",
               aliases=("所属社区", "社区名称", "社区", "所在社区")),
        Column("title", gettext_lazy("What is needed"), required=True, sample="放学后孩子写作业的地方",
               aliases=("需求", "需求内容", "需求名称", "居民需求", "诉求")),
        Column("text", gettext_lazy("More about it"), aliases=("说明", "详情", "具体情况", "描述")),
        Column("category", gettext_lazy("Kind of need"), sample="儿童青少年", aliases=("类别", "需求类别", "需求类型")),
        Column("age_group", gettext_lazy("Age"), sample="26–45", aliases=("年龄", "年龄段", "人群", "服务人群")),
        Column("place", gettext_lazy("Place in the community"), aliases=("网格", "小区", "楼栋", "地点")),
        Column("contact_name", gettext_lazy("Name to call back"), aliases=("姓名", "联系人", "提出人")),
        Column("contact_phone", gettext_lazy("Phone"), aliases=("电话", "联系电话", "手机")),
        Column("agreed", gettext_lazy("The person has agreed"), hint=gettext_lazy("yes, where a name or phone stands"),
               aliases=("是否同意", "同意", "本人同意")),
    )  # fmt: skip
    row_form = NeedRowForm
    policy = staticmethod(check_import_needs)

    @classmethod
    def prepare(cls, rows, *, actor, area):
        """Four queries and those of the person's grants, however long the list is."""
        communities, found = defaultdict(list), list(communities_to_raise_in(actor))
        for community in found:
            communities[community.code].append(community)
            communities[community_key(community.name)].append(community)
        categories = {}
        for category in NeedCategory.objects.in_use().select_related("division"):
            for name in (category.name, category.name_en, category.code):
                categories.setdefault(type_key(name), category)
        keys = [community.pk for community in found]
        places = Place.objects.filter(community__in=keys, is_active=True)
        existing = ResidentNeed.objects.filter(community__in=keys).open()
        return {
            "communities": dict(communities),
            "categories": categories,
            "places": {(place.community_id, place.name): place for place in places},
            "existing": set(existing.order_by().values_list("community_id", "title")),
            "served": {community.pk for community in found if serves(actor, community)},
            "seen": set(),
            "now": timezone.now(),
        }

    @classmethod
    def confirm(cls, rows, *, actor, batch):
        return import_needs(actor=actor, rows=[row.cleaned_data for row in rows])
