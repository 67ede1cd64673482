from django.db import models


class OfficialDayQuerySet(models.QuerySet):
    def of_years(self, years):
        return self.filter(day__year__in=years)

    def visible_to(self, user):
        """The calendar of the country is no secret."""
        return self if user.is_authenticated else self.none()
