from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectStage(models.TextChoices):
    """项目阶段: an axis of its own, not the organization's growth stage. Moved only by a recorded decision."""

    PREPARATION = "preparation", _("preparation")
    CULTIVATION = "cultivation", _("cultivation")
    SUMMARY = "summary", _("summary")
    CLOSED = "closed", pgettext_lazy("project", "closed")
    TERMINATED = "terminated", _("terminated")


class ActivityStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", pgettext_lazy("activity", "recorded")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", pgettext_lazy("activity", "accepted")


# Everything but drafts.
HANDED_IN = (ActivityStatus.SUBMITTED, ActivityStatus.RETURNED, ActivityStatus.ACCEPTED)
# Activities that count everywhere: what was handed in counts at once, what was returned counts again when corrected.
COUNTED = (ActivityStatus.SUBMITTED, ActivityStatus.ACCEPTED)


class Source(models.TextChoices):
    """Who the record comes from."""

    WORKER = "worker", _("social worker")
    ORGANIZATION = "organization", _("the organization itself")
    COMMUNITY = "community", _("the community")
    IMPORT = "import", _("a list that was imported")


class LedBy(models.TextChoices):
    """谁主导."""

    UNKNOWN = "", _("not told")
    WORKER = "worker", _("led by the social worker")
    ASSISTED = "assisted", _("the social worker assisted")
    ORGANIZATION = "organization", _("the organization by itself")
