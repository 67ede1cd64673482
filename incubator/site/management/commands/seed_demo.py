import datetime

from django.core.management.base import BaseCommand, CommandError

from incubator.accounts.models import User
from incubator.site.demo.seed import reset, seed


class Command(BaseCommand):
    help = "Load the demonstration data: the places of the founding studies with fictional people."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="delete everything but divisions and lists first")
        parser.add_argument("--today", type=datetime.date.fromisoformat, help="the day the stories are told on")

    def handle(self, *, today, **options):
        if options["reset"]:
            reset()
        elif User.objects.exists():
            raise CommandError("There is data in this database already. Use --reset to delete it and begin anew.")
        for what, number in seed(today=today).items():
            self.stdout.write(f"{number:6} {what}")
