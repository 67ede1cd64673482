"""Forms of kinds made in the browser: the kind, one question, and a look at the record form that comes of them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from projects.forms.activity import ActivityForm
from projects.querysets import organizations_to_log
from projects.registries import DATE, NUMBER, ONE_OF, SEVERAL, TEXT, YES_NO

LONG_TEXT = "long_text"
TYPES = [
    (TEXT, gettext_lazy("short text")),
    (LONG_TEXT, gettext_lazy("long text")),
    (NUMBER, pgettext_lazy("answer", "number")),
    (DATE, pgettext_lazy("answer", "date")),
    (YES_NO, gettext_lazy("yes or no")),
    (ONE_OF, gettext_lazy("one of several choices")),
    (SEVERAL, gettext_lazy("several of several choices")),
]
ICONS = [
    ("pencil-square", gettext_lazy("pencil")),
    ("heart", pgettext_lazy("picture", "heart")),
    ("people", pgettext_lazy("picture", "people")),
    ("house-heart", gettext_lazy("home")),
    ("megaphone", gettext_lazy("megaphone")),
    ("gift", gettext_lazy("gift")),
    ("star", gettext_lazy("star")),
    ("easel", gettext_lazy("easel")),
    ("telephone", gettext_lazy("telephone")),
    ("life-preserver", gettext_lazy("life belt")),
]
BAR = "|"


class KindFields(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Name of the kind"),
        max_length=60,
        error_messages={"required": gettext_lazy("Please give the kind a name.")},
    )
    label_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        help_text=gettext_lazy("For people who read the platform in English. Without it they read the name above."),
        max_length=60,
        required=False,
    )
    default_minutes = forms.IntegerField(
        label=gettext_lazy("Usual length in minutes"), initial=60, min_value=1, max_value=1440,
        help_text=gettext_lazy("Stands in the form already, so that most people need not touch it."),
    )  # fmt: skip
    icon = forms.ChoiceField(
        label=gettext_lazy("Picture"), choices=ICONS, initial=ICONS[0][0], widget=forms.RadioSelect
    )


class KindCreateForm(KindFields, CreateOnceForm):
    pass


class KindUpdateForm(KindFields, EditionForm):
    pass


class QuestionFields(forms.Form):
    label = forms.CharField(
        label=pgettext_lazy("kind of activity", "Question"),
        max_length=80,
        error_messages={"required": gettext_lazy("Please write what is asked.")},
    )
    label_en = forms.CharField(label=gettext_lazy("Question in English"), max_length=80, required=False)
    type = forms.ChoiceField(
        label=gettext_lazy("How it is answered"), choices=TYPES, initial=TEXT, widget=forms.RadioSelect
    )
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("One on each line, when there are choices. English may follow behind a bar (|)."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": f"上门 {BAR} at home"}),
    )
    help = forms.CharField(label=gettext_lazy("Hint below the question"), max_length=200, required=False)
    help_en = forms.CharField(label=gettext_lazy("Hint in English"), max_length=200, required=False)
    required = forms.BooleanField(
        label=gettext_lazy("Has to be answered"),
        help_text=gettext_lazy("It stands on the first screen then; the others wait below “More”. At most three."),
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("type") not in {ONE_OF, SEVERAL}:
            cleaned["choices"] = ""
        lines = [line.strip() for line in cleaned.get("choices", "").splitlines() if line.strip(f" {BAR}\t")]
        rows = [[part.strip() for part in line.partition(BAR)[::2]] for line in lines]
        names = [name for name, _english in rows]
        if len(set(names)) < len(names):
            self.add_error("choices", _("Two choices have the same words."))
        if "" in names:
            self.add_error("choices", _("A choice has no words before the bar."))
        if cleaned.get("type") in {ONE_OF, SEVERAL} and len(rows) < 2:
            self.add_error("choices", _("Please write at least two choices, one on each line."))
        if any(len(part) > 80 for row in rows for part in row):
            self.add_error("choices", _("A choice has at most 80 characters."))
        cleaned["rows"] = rows
        return cleaned

    def question(self):
        """What the services take."""
        data = self.cleaned_data
        is_long = data["type"] == LONG_TEXT
        return {
            "type": TEXT if is_long else data["type"],
            "long": is_long,
            "label": {"zh-hans": data["label"], "en": data["label_en"]},
            "help": {"zh-hans": data["help"], "en": data["help_en"]},
            "required": data["required"],
            "choices": [{"zh-hans": name, "en": english} for name, english in data["rows"]],
        }

    @staticmethod
    def initial_of(row):
        label, hint = row["label"], row.get("help") or {}
        choices = [
            f"{words['zh-hans']} {BAR} {words['en']}" if words.get("en") else words["zh-hans"]
            for _value, words in row["choices"]
        ]
        return {
            "label": label["zh-hans"], "label_en": label.get("en", ""), "help": hint.get("zh-hans", ""),
            "help_en": hint.get("en", ""), "required": row["required"], "choices": "\n".join(choices),
            "type": LONG_TEXT if row["long"] else row["type"],
        }  # fmt: skip


class KindQuestionAddForm(QuestionFields, CreateOnceForm):
    pass


class KindQuestionUpdateForm(QuestionFields, PageForm):
    pass


class KindPreviewForm(ActivityForm):
    """The record form as everybody sees it, with no organization to choose: it can be tried, and nothing is kept."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.required, field.queryset = False, organizations_to_log(self.user).none()
        field.widget.choices = [("", _("Your organizations stand here"))]
        self.fields.pop("organization_search", None)
