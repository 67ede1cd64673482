"""Abstract models that the whole house shares."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicModel(models.Model):
    """A record with an identifier that may leave the server; integer keys never do."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class TimestampedModel(models.Model):
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        abstract = True


class Record(PublicModel, TimestampedModel):
    """What most tables are: public identifier, time of creation and of the last change."""

    class Meta:
        abstract = True
