from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.accounts.access import Access
from incubator.accounts.choices import Language
from incubator.accounts.querysets import UserManager
from incubator.base.models import PublicModel


class User(PublicModel, AbstractUser):
    """A person with an account. What they may see and do follows from their role grants alone: ``is_staff`` and
    Django's own permissions are not used."""

    first_name = None
    last_name = None
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=Language.choices, blank=True, default="")

    objects = UserManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once_in_any_case",
                violation_error_message=_("This user name is taken. Please choose another one."),
            )
        ]

    def __str__(self):
        return self.name or self.username

    def get_absolute_url(self):
        return reverse("accounts:user-detail", args=[self.uuid])

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @cached_property
    def access(self):
        """The person's active grants (:class:`Access`), read once for the life of this object."""
        if not self.is_active:
            return Access([])
        return Access(self.grants.active().select_related("division").order_by("pk"))
