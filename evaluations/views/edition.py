"""What pages of questionnaires and of growth standards share."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property


class PlaceFormMixin:
    """The form offers the ``places(user)``; ``check_place(user, division)`` is asked again for the chosen one."""

    places = None
    check_place = None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"places": self.places(self.request.user)}

    def chosen_place(self, form):
        division = form.cleaned_data["division"]
        self.check_place(self.request.user, division)
        return division


class CopyMixin:
    """The page is about the ``original``; what it makes is the copy."""

    def setup_object(self):
        super().setup_object()
        self.original = self.object

    def get_initial(self):
        return {"title": self.original.title, "title_en": self.original.title_en}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{self.context_object_name: self.original}, **kwargs)


class VersionMixin:
    """A published edition, found through the thing that it is an edition of."""

    @cached_property
    def version(self):
        return get_object_or_404(self.object.versions.select_related("published_by"), number=self.kwargs["number"])
