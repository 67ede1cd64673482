"""Forms of the person about themselves."""

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Language
from incubator.base.forms import PageForm, page_helper


class LoginForm(allauth.LoginForm):
    """allauth's form with our words, and without words inside the boxes."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Stay signed in on this device")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autocapitalize"] = "none"
        self.helper = page_helper()


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=Language.choices, required=False)
    next = forms.CharField(required=False)


class ProfileForm(PageForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Notices are sent there if you want them by e-mail.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=Language.choices,
        required=False,
        widget=forms.Select(attrs={"translate": "no"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        if person.is_demo:  # many people share it
            del self.fields["language"]


def new_password_fields():
    return {
        "password1": forms.CharField(
            label=_("New password"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        ),
        "password2": forms.CharField(
            label=_("New password, once more"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        ),
    }


class NewPasswordMixin:
    """Adds the two boxes for a new password; subclasses say for whom by ``password_owner()``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= new_password_fields()
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean(self):
        data = super().clean()
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first and second:
            try:
                validate_password(first, self.password_owner())
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data


class PasswordChangeForm(NewPasswordMixin, PageForm):
    current = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def password_owner(self):
        return self.person

    def clean_current(self):
        if not self.person.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError(_("This is not your current password."))
        return self.cleaned_data["current"]
