from django.core.management.base import BaseCommand

from incubator.site.scale import seed_scale


class Command(BaseCommand):
    help = "Write a synthetic district, city or country for measuring, on real divisions, spread over 12 months."

    def add_arguments(self, parser):
        parser.add_argument("--organizations", type=int, required=True)
        parser.add_argument("--activities", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, organizations, activities, seed, **options):
        made = seed_scale(organizations=organizations, activities=activities, seed=seed, echo=self.stdout.write)
        self.stdout.write(self.style.SUCCESS(", ".join(f"{number} {what}" for what, number in made.items())))
