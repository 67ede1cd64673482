"""Forms about other people: roles, invitations, closing an account."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import GRANTABLE_ROLES, Scope, scope_of
from incubator.accounts.forms.own import NewPasswordMixin
from incubator.accounts.models import User
from incubator.accounts.registries import body_of
from incubator.base.forms import CreateOnceForm, PageForm
from incubator.divisions.choices import CODE_LENGTHS
from incubator.divisions.models import Division

FOUND_AT_MOST = 20


def find_places(user, role, text):
    """(code, "place, belonging to …") of the places where the user may give this role, by name or code."""
    places = Division.objects.current()
    if not user.access.is_platform_admin:
        holders = [holder for holder, roles in GRANTABLE_ROLES.items() if role in roles]
        places = places.within(user.access.divisions(*holders))
    elif not text:
        return []
    if text.isdigit():
        places = places.filter(code__gte=text, code__lt=text + ":")
    elif text:
        places = places.filter(name__contains=text)
    places = list(places.order_by("code")[:FOUND_AT_MOST])
    codes = {code for place in places for code in place.ancestor_codes}
    names = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return [(place.code, " / ".join(names.get(code, code) for code in place.ancestor_codes)) for place in places]


class PlacedRoleForm(CreateOnceForm):
    """A role and what it holds for. The page has asked for the role and searched the place before; what may be given is
    checked by the policy."""

    place = forms.CharField(
        label=_("For"), widget=forms.RadioSelect, error_messages={"required": _("Choose what the role is for.")}
    )

    def __init__(self, *args, user, role, text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.role, self.scope = role, scope_of(role)
        if self.scope == Scope.PLATFORM:
            del self.fields["place"]
            return
        if self.scope == Scope.DIVISION:
            found = find_places(user, role, text)
        else:
            body = body_of(self.scope)
            found = [(str(key), label) for key, label in body.search(user, text)] if body else []
        self.found = found
        self.fields["place"].widget.choices = found

    found = ()

    def clean_place(self):
        """The division, or the identifier of the organization or agency."""
        value = self.cleaned_data["place"]
        if self.scope == Scope.DIVISION:
            place = Division.objects.current().filter(code=value).first() if len(value) in CODE_LENGTHS else None
            if place is None:
                raise ValidationError(_("There is no place with this code."))
            return place
        body = body_of(self.scope)
        try:
            key = uuid.UUID(value)
        except ValueError:
            key = None
        if body is None or key is None or not body.label_of(key):
            raise ValidationError(_("There is no such organization or agency."))
        return key

    def target(self):
        """Keyword arguments of the services: the role and its place or body."""
        place = self.cleaned_data.get("place")
        return {
            "role": self.role,
            "division": place if self.scope == Scope.DIVISION else None,
            "body_uuid": place if self.scope in {Scope.ORGANIZATION, Scope.AGENCY} else None,
        }


def day_field(label, **kwargs):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class GrantCreateForm(PlacedRoleForm):
    valid_from = day_field(_("From"), initial=timezone.localdate)
    valid_until = day_field(_("Until"), required=False, help_text=_("Leave empty if it has no end yet."))

    def clean(self):
        data = super().clean()
        begin, end = data.get("valid_from"), data.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", _("A role cannot end before it begins."))
        return data


class GrantRevokeForm(PageForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays in the person's history."))


class UserDeactivateForm(PageForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays in the person's history."))


class InvitationCreateForm(PlacedRoleForm):
    name = forms.CharField(label=_("Name of the person"), max_length=60)
    field_order = ["name", "place"]


class InvitationAcceptForm(NewPasswordMixin, PageForm):
    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("With it you sign in. Letters, digits and @ . + - _ are possible."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )

    def clean_username(self):
        username = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("This user name is taken. Please choose another one."))
        return username

    def password_owner(self):
        return User(username=self.cleaned_data.get("username", ""), name=self.cleaned_data.get("name", ""))
