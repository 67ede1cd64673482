import csv
import io

from django.db import connections, models
from django.db.models import Q

from incubator.divisions.choices import Level, Setting
from incubator.divisions.codes import subtree_range


class DivisionQuerySet(models.QuerySet):
    def current(self):
        """Divisions that still exist in the newest edition."""
        return self.filter(valid_to__isnull=True)

    def closed(self):
        return self.filter(valid_to__isnull=False)

    def communities(self):
        return self.filter(level=Level.COMMUNITY)

    def provinces(self):
        return self.filter(parent__isnull=True)

    def children_of(self, code):
        return self.filter(parent__code=code)

    def with_setting(self, setting):
        """Communities that are "urban", "rural" or "unknown"."""
        return self.communities().filter(setting=Setting.UNKNOWN if setting == "unknown" else setting)

    def within(self, divisions):
        """The subtrees of ``divisions`` with their roots. Codes nest, so a subtree is one range of the code index."""
        return self.within_codes(division.code for division in divisions)

    def within_codes(self, codes):
        """The same for codes, also of places that no longer exist; without any code: nothing."""
        wanted = Q(pk__in=[])
        for code in codes:
            first, end = subtree_range(code)
            wanted |= Q(code__gte=first, code__lt=end) if end else Q(code__gte=first)
        return self.filter(wanted)

    def above(self, division):
        """The places that ``division`` lies in, from the province down."""
        return self.filter(code__in=division.ancestor_codes[:-1]).order_by("code")

    def insert_rows(self, fields, rows):
        """Add ``rows`` (tuples of plain values of the column names ``fields``) the fastest way the database has. The
        country's 665,276 places take a third of the time that ``bulk_create`` needs; nothing else is gained by it."""
        connection = connections[self.db]
        quote = connection.ops.quote_name
        table, columns = quote(self.model._meta.db_table), ", ".join(quote(name) for name in fields)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                text = io.StringIO()
                csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
                text.seek(0)
                # All values are quoted, so that an empty text stays one; only the key of the place above may be NULL.
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, FORCE_NULL (parent_id))", text)
            else:
                marks = ", ".join(["%s"] * len(fields))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608  # nosec B608 - own names

    def visible_to(self, user):
        """Divisions are public knowledge: everybody who is signed in sees all of them."""
        return self if user.is_authenticated else self.none()
