"""What the history calls what happens at the gate of a project; its decision itself stands in the project's history."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(("gate.decided", _("stage gate decided")))
