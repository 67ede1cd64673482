"""Writes the demonstration data of ``people`` and ``stories``. The same day gives the same data, identifiers included."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from incubator.divisions.models import Division
from incubator.divisions.services import import_divisions
from incubator.site.demo.board import Demo
from incubator.site.demo.duties import write_duties
from incubator.site.demo.growth import write_growth
from incubator.site.demo.kinds import write_kinds
from incubator.site.demo.meetings import write_meetings
from incubator.site.demo.minutes import write_minutes
from incubator.site.demo.needs import write_needs
from incubator.site.demo.network import write_network
from incubator.site.demo.papers import write_filings
from incubator.site.demo.pictures import write_pictures
from incubator.site.demo.projects import write_projects
from incubator.site.demo.robots import write_robots
from incubator.site.demo.standards import write_standards
from incubator.site.demo.surveys import write_surveys
from incubator.site.demo.work import write_work

DATA = settings.BASE_DIR / "data" / "divisions-2023.csv.gz"
UNDER = ["620102", "330102010", "110101006", "320104002"]
KEPT_TABLES = ("django_migrations", "django_content_type", "divisions_", "organizations_organizationtype",
               "organizations_dossierheading", "organizations_needcategory", "auth_permission", "django_celery_beat_")  # fmt: skip


def reset():
    """Empty every table but divisions and the shipped lists."""
    tables = [name for name in connection.introspection.table_names() if not name.startswith(KEPT_TABLES)]
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=False)
    connection.ops.execute_sql_flush(statements)


def ship():
    """The questionnaires and the sample standard that migrations bring, after a reset: their tables name people too, so
    they are emptied with the others. What is there is not touched."""
    import_module("evaluations.migrations.0002_shipped_questionnaires").add_questionnaires(apps, None)
    import_module("evaluations.migrations.0003_shipped_standard").add_standard(apps, None)


@transaction.atomic
def seed(*, today=None):
    """Write everything; returns {what: number}."""
    if not Division.objects.filter(code="110101006").exists():
        import_divisions(DATA, under=UNDER)
    ship()
    demo = Demo(today or timezone.localdate())
    demo.accounts()
    demo.agencies()
    demo.communities()
    demo.organizations()
    demo.grants()
    write_kinds(demo)
    write_robots(demo)
    write_projects(demo)
    write_work(demo)
    write_network(demo)
    write_pictures(demo)
    write_duties(demo)
    write_filings(demo)
    write_meetings(demo)
    write_minutes(demo)
    write_surveys(demo)
    write_standards(demo)
    write_needs(demo)
    write_growth(demo)  # last: what it freezes is not changed any more
    return demo.counts
