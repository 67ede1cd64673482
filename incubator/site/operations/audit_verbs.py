from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(("job.retried", _("background job started again"), _("%(actor)s started the job %(target)s again")))
