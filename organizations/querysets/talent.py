"""The people with a gift."""

from django.db.models import Q

from incubator.divisions.models import Division
from organizations.querysets.reach import NAME_READERS, InCommunityQuerySet, served_divisions


class TalentQuerySet(InCommunityQuerySet):
    readers = NAME_READERS

    def search(self, text):
        """Part of the name, of the gift, of what they would do, or of where they were found."""
        text = text.strip()
        return self.filter(
            Q(name__icontains=text)
            | Q(skill__icontains=text)
            | Q(willing_to__icontains=text)
            | Q(found_at__icontains=text)
        )

    def visible_to(self, user):
        places = [*user.access.divisions(*self.readers), *served_divisions(user)]
        return self.filter(community__in=Division.objects.within(places).values("pk"))
