"""What the history calls what happens to series, their meetings and what is on the agenda."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("meeting_series.created", _("joint meetings set up")),
    ("meeting_series.updated", _("joint meetings changed"), _("Changed: %(changed)s")),
    ("meeting_series.ended", _("joint meetings ended"), _("Last day: %(ends_on)s")),
    ("series_member.added", _("put on the roster")),
    ("series_member.updated", _("roster changed")),
    ("series_member.left", _("left the roster")),
    ("meeting.called", _("special meeting called"), _("Special meeting called for %(starts_at)s")),
    ("meeting.agenda_opened", _("agenda opened")),
    ("meeting.moved", _("joint meeting moved"), _("Moved from %(from)s to %(to)s")),
    ("meeting.cancelled", _("joint meeting cancelled")),
    ("item.proposed", _("matter proposed")),
    ("item.withdrawn", _("matter taken back")),
    ("item.declined", _("matter not taken up")),
    ("official_days.added", _("holiday notice entered"), _("Days of the notice: %(days)s")),
)
