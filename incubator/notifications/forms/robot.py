from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from incubator.divisions.models import Division
from incubator.notifications.choices import ROBOT_KEEPERS, RobotKind
from incubator.notifications.models import GroupRobot
from incubator.notifications.registries import group_kinds
from incubator.notifications.validators import validate_robot_address

TIME = {"type": "time"}
UNSEEN = {"autocomplete": "off", "spellcheck": "false"}


class RobotFields(PageForm):
    kind = forms.ChoiceField(label=_("Service"), choices=RobotKind.choices, widget=forms.RadioSelect)
    label = forms.CharField(
        label=_("Name of the group"),
        max_length=60,
        help_text=_("As it is called in the chat, so that everybody knows it."),
    )
    address = forms.CharField(
        label=_("Address of the robot"), max_length=500, widget=forms.TextInput(attrs=UNSEEN),
        help_text=_("From the group's settings. Whoever has it can write to the group, so it is not shown again."),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Signing secret"), max_length=200, required=False,
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}),
        help_text=_("DingTalk and Feishu only, when the robot was set up with one."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Which notices"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all that are meant for groups, also those to come."),
    )  # fmt: skip
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs=TIME, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs=TIME, format="%H:%M"),
        help_text=_("What falls due in between comes when the quiet hours are over. Leave both empty for none."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind.code, kind.label) for kind in group_kinds()]
        if not self.fields["kinds"].choices:
            del self.fields["kinds"]

    def clean(self):
        values = super().clean()
        begin, end = values.get("quiet_from"), values.get("quiet_to")
        if "quiet_from" in values and "quiet_to" in values and (begin is None) != (end is None):
            self.add_error("quiet_to" if end is None else "quiet_from", _("Quiet hours need a beginning and an end."))
        kind, address = values.get("kind"), values.get("address")
        if kind and address:
            try:
                validate_robot_address(kind, address)
            except ValidationError as error:
                self.add_error("address", error)
        if kind == RobotKind.WECOM and values.get("secret"):
            self.add_error("secret", _("WeCom robots have no signing secret; leave it empty."))
        return values

    def values(self):
        names = ("kind", "label", "address", "secret", "kinds", "quiet_from", "quiet_to")
        return {name: self.cleaned_data.get(name, []) for name in names}


class RobotCreateForm(RobotFields, CreateOnceForm):
    division = forms.ModelChoiceField(
        label=_("Place"), queryset=Division.objects.none(), to_field_name="code", empty_label=_("Please choose"),
        help_text=_("Notices about this place and all within it come here, unless a place within has a group of its own."),
    )  # fmt: skip

    field_order = ("division",)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = user.access.divisions(*ROBOT_KEEPERS)
        self.fields["division"].queryset = Division.objects.current().within(own).order_by("code")
        for name in ("quiet_from", "quiet_to"):
            self.fields[name].initial = GroupRobot._meta.get_field(name).default


class RobotUpdateForm(RobotFields, EditionForm):
    """Address and secret begin empty: what is there stays, unless something is written or the secret is to go."""

    forget_secret = forms.BooleanField(
        label=_("Remove the signing secret"), required=False,
        help_text=_("When the robot no longer signs in the settings of the group."),
    )  # fmt: skip

    field_order = ("kind", "label", "address", "secret", "forget_secret")

    def __init__(self, *args, robot, **kwargs):
        super().__init__(*args, **kwargs)
        self.robot = robot
        for name in {"kind", "label", "kinds", "quiet_from", "quiet_to"} & self.fields.keys():
            self.fields[name].initial = getattr(robot, name)
        self.fields["address"].required = False
        self.fields["address"].help_text = _("Leave empty to keep the one that is there.")
        self.fields["secret"].help_text = _("Leave empty to keep the one that is there, if any.")
        if not robot.secret:
            del self.fields["forget_secret"]

    def clean(self):
        values = super().clean()
        if values.get("kind") not in {None, self.robot.kind} and not values.get("address"):
            self.add_error("address", _("Another service needs its own address."))
        if values.get("forget_secret") and values.get("secret"):
            self.add_error("forget_secret", _("Please either write a new secret or remove the old one."))
        return values

    def values(self):
        return super().values() | {"forget_secret": self.cleaned_data.get("forget_secret", False)}
