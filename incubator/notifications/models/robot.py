"""Robots of chat groups: where a place is told what concerns all of it."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.notifications.choices import RobotKind
from incubator.notifications.querysets import GroupRobotQuerySet

ENDING = 4


class GroupRobot(Record):
    """The robot of one group chat. Its address and its signing secret open the group to whoever has them: they are written
    here and never shown, logged or recorded again. ``kinds``: codes of the notices that it takes; none: all that are for
    groups."""

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=RobotKind.choices)
    label = models.CharField(_("name of the group"), max_length=60)
    address = models.CharField(_("address of the robot"), max_length=500)
    secret = models.CharField(_("signing secret"), max_length=200, blank=True)
    kinds = models.JSONField(_("notices that it takes"), default=list, blank=True)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True, default=datetime.time(21, 30))
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True, default=datetime.time(7, 30))
    is_active = models.BooleanField(_("in use"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = GroupRobotQuerySet.as_manager()

    class Meta:
        verbose_name = _("group robot")
        verbose_name_plural = _("group robots")
        ordering = ["division__code", "label", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="robot_label_once", fields=["division", "label"],
                violation_error_message=_("This place has a group of this name already."),
            ),
            # This server will call what a person typed here: nothing but the services' own hosts.
            models.CheckConstraint(
                name="robot_official_host",
                condition=Q(address__startswith="https://qyapi.weixin.qq.com/", kind="wecom")
                | Q(address__startswith="https://oapi.dingtalk.com/", kind="dingtalk")
                | Q(address__startswith="https://open.feishu.cn/", kind="feishu"),
                violation_error_message=_("This is not an address of the chosen service."),
            ),
            models.CheckConstraint(
                name="robot_quiet",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to"))),
                violation_error_message=_("Quiet hours need a beginning and an end."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("notifications:robot-detail", args=[self.uuid])

    @property
    def ending(self):
        """The last characters of the address, by which its keeper knows it again."""
        return self.address[-ENDING:]

    @property
    def rest_key(self):
        return f"robot:{self.pk}"

    def takes(self, kind):
        return not self.kinds or kind in self.kinds
