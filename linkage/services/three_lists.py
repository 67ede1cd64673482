"""三张清单: what is needed, what is there, who is at work; and what of it nobody serves."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from incubator.divisions.models import Division
from organizations.choices import AgeGroup
from organizations.models import NeedCategory, ResidentNeed, Resource, SocialOrganization
from projects.models import IncubationProject

SHOWN = 8
BIGGEST, SMALLEST = 15, 5  # radius of the dots


@dataclass(frozen=True)
class Cell:
    """Open needs of one kind for one age group; ``radius`` of the dot, whose area grows with the number."""

    age: str
    label: str
    number: int
    radius: float


@dataclass(frozen=True)
class GapRow:
    """A kind of need: its cells by age, and how many organizations and resources would serve it."""

    category: NeedCategory
    cells: list
    total: int
    organizations: int
    resources: int

    @property
    def is_gap(self):
        return bool(self.total) and not self.organizations and not self.resources


class ThreeLists:
    """Of one place (a division), or of all places that the person sees (None)."""

    def __init__(self, user, place, today):
        self.user, self.place, self.today = user, place, today

    def _here(self, queryset, path="community"):
        if self.place is None:
            return queryset
        return queryset.filter(**{f"{path}__in": Division.objects.within([self.place]).values("pk")})

    def needs(self):
        return self._here(ResidentNeed.objects.visible_to(self.user).open())

    def resources(self):
        """Free today: of the place, what lies in it, and what is offered to a place that it lies in."""
        found = Resource.objects.visible_to(self.user).free_on(self.today)
        if self.place is None:
            return found
        return self._here(found, "division") | found.filter(division__code__in=self.place.ancestor_codes)

    def organizations(self):
        return self._here(SocialOrganization.objects.visible_to(self.user).filter(state="active"))

    def projects(self):
        return self._here(IncubationProject.objects.visible_to(self.user).running())

    def lists(self):
        """{name: (number, first rows)}; two queries for each."""
        needs = self.needs().select_related("category", "community").order_by("created_at", "pk")
        resources = self.resources().with_names().order_by("-updated_at", "-pk")
        organizations = self.organizations().select_related("community", "type").order_by("-updated_at", "-pk")
        projects = self.projects().select_related("organization", "community").order_by("-updated_at", "-pk")
        rows = {"needs": needs, "resources": resources, "organizations": organizations, "projects": projects}
        return {name: (found.order_by().count(), list(found[:SHOWN])) for name, found in rows.items()}

    def gaps(self):
        """[GapRow] of all kinds in use that have open needs, gaps first, then by number; five queries."""
        found = self.needs().order_by().values_list("category_id", "age_group").annotate(number=Count("pk"))
        counts = {(category, age): number for category, age, number in found}
        categories = list(
            NeedCategory.objects.filter(pk__in={category for category, _age in counts}).prefetch_related("types")
        )
        by_type = Counter(dict(self.organizations().order_by().values_list("type_id").annotate(number=Count("pk"))))
        through = Resource.categories.through.objects.filter(resource__in=self.resources().order_by().values("pk"))
        offered = Counter(dict(through.order_by().values_list("needcategory_id").annotate(number=Count("pk"))))
        most = max(counts.values(), default=1)
        rows = []
        for category in categories:
            cells = [
                Cell(
                    age.value, str(age.label), number := counts.get((category.pk, age.value), 0), _radius(number, most)
                )
                for age in AgeGroup
            ]
            rows.append(
                GapRow(
                    category,
                    cells,
                    sum(cell.number for cell in cells),
                    sum(by_type[kind.pk] for kind in category.types.all()),
                    offered[category.pk],
                )
            )
        return sorted(rows, key=lambda row: (not row.is_gap, -row.total, row.category.order, row.category.code))


def _radius(number, most):
    return round(max(SMALLEST, BIGGEST * (number / most) ** 0.5), 1) if number else 0


def finding(rows):
    """What the picture says, as one sentence."""
    gaps = [str(row.category) for row in rows if row.is_gap]
    if not rows:
        return _("No need is open")
    if not gaps:
        return _("For every kind of open need somebody here could serve it")
    return _("Open, and nobody here serves it: %(kinds)s") % {"kinds": "、".join(gaps)}
