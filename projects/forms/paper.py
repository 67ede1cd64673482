from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import OWN_WORDS, PageForm
from organizations.forms.phone import DayField
from projects.services.paper import photos_of

MOST_PHOTOS = 4


class PaperBriefForm(PageForm):
    """简讯. Pictures without recorded consent are pointed out, and left out unless somebody confirms."""

    title = forms.CharField(label=_("Headline"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    photos = forms.MultipleChoiceField(
        label=_("Pictures"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=OWN_WORDS),
        help_text=_("Two to four look best."),
    )
    consent = forms.ChoiceField(
        label=_("Do those who are seen agree that the pictures are published?"),
        choices=[
            ("marked", _("Take only pictures that are marked “may be published”.")),
            ("confirmed", _("Yes, I asked them. Take all pictures that I chose.")),
        ],
        initial="marked",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.all_photos = {str(photo.uuid): photo for photo in photos_of(activity)}
        if not self.all_photos:
            del self.fields["photos"], self.fields["consent"]
            return
        self.fields["photos"].choices = [
            (code, self._label(photo, number)) for number, (code, photo) in enumerate(self.all_photos.items(), start=1)
        ]
        marked = [code for code, photo in self.all_photos.items() if photo.may_be_published]
        self.fields["photos"].initial = marked[:MOST_PHOTOS]

    @staticmethod
    def _label(photo, number):
        name = photo.caption or gettext("Picture %(number)s") % {"number": number}
        return name if photo.may_be_published else gettext("%(name)s (not marked “may be published”)") % {"name": name}

    def clean_photos(self):
        chosen = self.cleaned_data["photos"]
        if len(chosen) > MOST_PHOTOS:
            raise ValidationError(gettext("Please choose at most %(limit)s pictures.") % {"limit": MOST_PHOTOS})
        return [self.all_photos[code] for code in chosen]

    @property
    def is_confirmed(self):
        return self.cleaned_data.get("consent") == "confirmed"


class PaperPeriodForm(PageForm):
    """From a day until a day, both may stay open; read from the address."""

    from_on = DayField(label=_("From"), required=False)
    until_on = DayField(label=_("Until"), required=False)

    def clean(self):
        values = super().clean()
        first, last = values.get("from_on"), values.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", gettext("The end cannot be before the start."))
        return values
