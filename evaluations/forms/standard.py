"""Forms of growth standards: the head, a copy, a file, and each kind of part (dimension, indicator, veto, band, rule)."""

from django import forms
from django.utils.translation import gettext_lazy

from evaluations.forms.edition import PlaceFields, WorkbookFields, both, unfold
from evaluations.scoring.facts import as_points, plain
from evaluations.services.standard_reader import read_standard
from incubator.base.forms import CreateOnceForm, EditionForm, PageForm

MAX_NAME = 80
DECIMAL = forms.TextInput(attrs={"inputmode": "decimal"})


class PointsField(forms.DecimalField):
    """Points of two decimals, as contents keep them: a whole number, or text."""

    def __init__(self, **kwargs):
        kwargs = {"min_value": 0, "max_value": 100_000, "decimal_places": 2, "widget": DECIMAL} | kwargs
        super().__init__(**kwargs)

    def clean(self, value):
        number = super().clean(value)
        return None if number is None else plain(as_points(number))


class PartForm(PageForm):
    """A part of a standard: ``values()`` is what the services take (None: taken away), ``initial_of(part)`` the way back.
    ``content`` is the draft that it stands in, ``holder`` the list, ``part`` the one that is changed."""

    label = forms.CharField(
        label=gettext_lazy("Name in the standard"), max_length=MAX_NAME,
        error_messages={"required": gettext_lazy("Please give it a name.")},
    )  # fmt: skip
    label_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=MAX_NAME, required=False)

    def __init__(self, *args, content, holder, part=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.content, self.holder, self.part = content, holder, part or {}

    def values(self):
        return {"label": both(self.cleaned_data, "label")}

    @classmethod
    def initial_of(cls, part):
        return unfold(part, label="label")


class DimensionForm(PartForm):
    points = PointsField(
        label=gettext_lazy("Points of the dimension"), max_value=10_000,
        help_text=gettext_lazy("What its indicators add up to; this is checked before publishing."),
    )  # fmt: skip

    def values(self):
        return super().values() | {"points": self.cleaned_data["points"]}

    @classmethod
    def initial_of(cls, part):
        return super().initial_of(part) | {"points": part.get("points")}


class BandForm(PartForm):
    low = PointsField(label=gettext_lazy("From score"))
    from_closed = forms.BooleanField(label=gettext_lazy("This score belongs to it"), required=False, initial=True)
    high = PointsField(label=gettext_lazy("To score"))
    to_closed = forms.BooleanField(
        label=gettext_lazy("That score belongs to it"), required=False,
        help_text=gettext_lazy("Bands follow one another without gap and overlap: each end belongs to one of them."),
    )  # fmt: skip

    def values(self):
        data = self.cleaned_data
        return super().values() | {
            "from": data["low"], "from_closed": data["from_closed"], "to": data["high"], "to_closed": data["to_closed"],
        }  # fmt: skip

    @classmethod
    def initial_of(cls, part):
        return super().initial_of(part) | {
            "low": part.get("from"), "from_closed": part.get("from_closed"), "high": part.get("to"),
            "to_closed": part.get("to_closed"),
        }  # fmt: skip


class StandardUpdateForm(EditionForm):
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120,
        error_messages={"required": gettext_lazy("Please give the standard a title.")},
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=120, required=False)
    total = PointsField(label=gettext_lazy("Full score"), help_text=gettext_lazy("What the dimensions add up to."))
    bonus_cap = PointsField(
        label=gettext_lazy("Bonus at most"), required=False, help_text=gettext_lazy("Points; empty without a bonus.")
    )
    bonus_beyond_total = forms.BooleanField(
        label=gettext_lazy("The bonus may lift the score beyond the full score"), required=False
    )
    blind = forms.BooleanField(
        label=gettext_lazy("Opinions are blind to each other"), required=False,
        help_text=gettext_lazy("Community, organization and social worker read each other's opinions only afterwards."),
    )  # fmt: skip


class StandardCreateForm(PlaceFields, CreateOnceForm):
    place_help = gettext_lazy("It holds there and in all that lies in it, where nobody made their own.")
    field_order = ("title", "title_en", "division")

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120,
        error_messages={"required": gettext_lazy("Please give the standard a title.")},
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=120, required=False)


class StandardCopyForm(StandardCreateForm):
    pass


class FileFields(WorkbookFields):
    file = forms.FileField(
        label=gettext_lazy("Excel file"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy(
            "The export of a standard, or a score sheet with dimension, indicator, what to look at and full points; at "
            "most 2 MB."
        ),
        error_messages={"required": gettext_lazy("Please choose the file.")},
    )  # fmt: skip
    read = staticmethod(read_standard)


class StandardImportForm(FileFields, StandardCreateForm):
    field_order = ("file", "title", "title_en", "division")


class StandardReplaceForm(FileFields, PageForm):
    pass
