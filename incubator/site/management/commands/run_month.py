import datetime
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linkage.services.schedule import run_month


def read_month(text):
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise CommandError(f"“{text}” is no month; write it like 2026-03.") from error


class Command(BaseCommand):
    help = (
        "Do one month's work by hand, as of a day: its joint meetings and what fell due about them. Whatever was done "
        "before stays; a second run makes nothing. The last line is one JSON object of what is new."
    )

    def add_arguments(self, parser):
        parser.add_argument("month", help="such as 2026-03")
        parser.add_argument("--today", type=datetime.date.fromisoformat, help="the day to act as of (default: today)")

    def handle(self, *, month, today, **options):
        counts = run_month(period=read_month(month), today=today or timezone.localdate())
        self.stdout.write(json.dumps(counts))
