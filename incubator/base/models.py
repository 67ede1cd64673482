"""Abstract models that the whole house shares."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incubator.base.errors import Conflict, RuleViolation, StaleEdition

UNSAVED = "new"


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

    @property
    def edition(self):
        """Which edition of the record this is; a form carries it, so that nobody overwrites what they never saw."""
        return self.updated_at.astimezone(datetime.UTC).isoformat() if self.pk else UNSAVED

    def check_edition(self, edition):
        """Asked with the row locked, when something is about to be written: StaleEdition when the sender saw an older
        one. Callers that name none (imports, the API's single fields) are not asked."""
        if edition and edition != self.edition:
            raise StaleEdition(gettext("Somebody changed this while you were writing. Nothing has been overwritten."))

    def check_rules(self):
        """Ask the database's own rules before writing, so that the person reads the rule's sentence: RuleViolation.

        The identifier is left to the database: a second one of the same form is found by the page that created it.
        """
        try:
            self.validate_unique(exclude={"uuid"})
            self.validate_constraints()
        except ValidationError as error:
            raise RuleViolation(" ".join(error.messages)) from error

    def save_or_refuse(self, **kwargs):
        """Save after the rules were asked. What somebody else wrote in between (the same name, the same code) is told
        as the rule that it breaks, else as Conflict; a second record of the same form goes on to the page as it is."""
        try:
            with transaction.atomic():
                self.save(**kwargs)
        except IntegrityError as error:
            if self._state.adding and type(self)._base_manager.filter(uuid=self.uuid).exists():
                raise
            self.check_rules()
            raise Conflict(gettext("Another record with these values exists already.")) from error
