from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("job.retried", _("background job started again"), _("%(actor)s started the job %(target)s again")),
    ("schedule.changed", _("schedule changed"), _("%(actor)s changed when %(target)s runs")),
    ("schedule.switched_on", _("schedule switched on"), _("%(actor)s switched %(target)s on")),
    ("schedule.switched_off", _("schedule switched off"), _("%(actor)s switched %(target)s off")),
    ("schedule.started", _("run started by hand"), _("%(actor)s started %(target)s by hand")),
)
