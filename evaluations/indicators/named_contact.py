"""Somebody who is asked first: the responsible person, or anybody of the list with a task."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromPage
from organizations.choices import Position


@indicators.register
class NamedContact(FromPage):
    code = "named_contact"
    label = _("a named contact")
    order = 10

    @classmethod
    def find(cls, read, key):
        row, heads = read.rows[key], [one for one in read.members[key] if one.position != Position.MEMBER]
        if row.responsible_person:
            return Fact(True, read.page_of(key))
        return Fact(bool(heads), tuple(one.key for one in heads) or read.page_of(key))
