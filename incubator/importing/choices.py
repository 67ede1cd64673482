from django.db import models
from django.utils.translation import gettext_lazy as _

DIVISIONS = "divisions"  # the one kind of batch that is not made of rows with forms: places go through their own reader


class BatchState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    CHECKED = "checked", _("checked")
    CONFIRMED = "confirmed", _("taken over")
    FAILED = "failed", _("not taken over")
