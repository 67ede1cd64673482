"""The one history: what was done, by whom, to what, with the values before and after. Rows are only ever added."""

import datetime
import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from incubator.audit.querysets import AuditEventQuerySet
from incubator.base.hashes import canonical_json

GENESIS = "0" * 64


class AuditChain(models.Model):
    """The head of one chain of events. There is a chain per district, so that districts do not wait for each other, and
    the head tells how many events there must be: cutting the newest ones off is found too."""

    key = models.CharField(_("chain"), max_length=20, unique=True)
    length = models.PositiveBigIntegerField(_("events"), default=0)
    head = models.CharField(_("hash of the last event"), max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("audit chain")
        verbose_name_plural = _("audit chains")
        ordering = ["key"]

    def __str__(self):
        return self.key or "platform"


class AuditEvent(models.Model):
    """One thing that happened. ``data`` holds its content; ``hash`` covers all columns and the event before it."""

    chain = models.ForeignKey(AuditChain, verbose_name=_("chain"), on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField(_("number in its chain"))
    at = models.DateTimeField(_("when"))
    verb = models.CharField(_("what"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    target_type = models.CharField(_("kind of record"), max_length=60)
    target_uuid = models.CharField(_("record"), max_length=36)
    target_label = models.CharField(_("name at that time"), max_length=200, blank=True)
    data = models.JSONField(_("content"), default=dict, blank=True)
    previous_hash = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(name="audit_event_number_once", fields=["chain", "seq"])]
        indexes = [
            models.Index(name="audit_target_idx", fields=["target_type", "target_uuid", "-id"]),
            models.Index(name="audit_verb_idx", fields=["verb", "-id"]),
        ]

    def __str__(self):
        return f"{self.verb} {self.target_label}"

    def digest(self):
        """The hash that this event ought to have."""
        columns = {name: getattr(self, name) for name in HASHED}
        return digest(self.previous_hash, self.chain.key, columns)


# The columns that the hash covers, besides the chain's key and the hash before.
HASHED = ("seq", "at", "verb", "actor_id", "target_type", "target_uuid", "target_label", "data")


def digest(previous_hash, chain_key, columns):
    """SHA-256 over the previous hash and the canonical JSON of an event's columns (sorted keys, UTF-8)."""
    content = {**columns, "chain": chain_key, "at": columns["at"].astimezone(datetime.UTC).isoformat()}
    return hashlib.sha256(f"{previous_hash}{canonical_json(content)}".encode()).hexdigest()
