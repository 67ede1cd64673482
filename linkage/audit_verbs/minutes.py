"""What the history calls what happens in a joint meeting and with its minutes."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("meeting.convened", _("joint meeting opened")),
    ("meeting.recorder_changed", _("recorder changed")),
    ("meeting.called_off", _("joint meeting did not come about")),
    ("meeting.closed", _("joint meeting closed"), _("Closed; matters treated: %(treated)s")),
    ("minutes.returned", _("minutes returned to the recorder")),
    (
        "minutes.confirmed",
        _("minutes confirmed"),
        _("Minutes confirmed: resolutions %(resolutions)s, actions %(actions)s"),
    ),
)
