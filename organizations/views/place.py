"""Pages with which a community keeps its list of grids, housing estates and buildings."""

from django.utils.translation import gettext_lazy

from incubator.base.views import CreateOncePage, ObjectFormPage, TransitionView
from organizations.forms.place import PlaceAddForm, PlaceRenameForm
from organizations.models import Place
from organizations.policies import place as policies
from organizations.services import place as services
from organizations.views.community import CommunityMixin


class PlaceAddView(CommunityMixin, CreateOncePage):
    model = Place
    policy = staticmethod(policies.check_add_place)
    template_name = "organizations/place_add.html"
    form_class = PlaceAddForm
    success_message = gettext_lazy("The place is on the list.")

    def perform(self, form):
        self.object = services.add_place(
            actor=self.request.user,
            uuid=form.cleaned_data["uuid"],
            community=self.community,
            kind=form.cleaned_data["kind"],
            name=form.cleaned_data["name"],
        )


class OfPlace:
    """Loads the community along with the place: the policy asks about it."""

    model = Place

    def get_queryset(self):
        return super().get_queryset().select_related("community")


class PlaceRenameView(OfPlace, ObjectFormPage):
    policy = staticmethod(policies.check_rename_place)
    template_name = "organizations/place_rename.html"
    form_class = PlaceRenameForm
    success_message = gettext_lazy("Saved.")

    def get_initial(self):
        return {"name": self.object.name}

    def perform(self, form):
        services.rename_place(place_id=self.object.pk, actor=self.request.user, name=form.cleaned_data["name"])


class PlaceRetireView(OfPlace, TransitionView):
    policy = staticmethod(policies.check_retire_place)
    success_message = gettext_lazy("The place is no longer offered. Records that name it keep it.")

    def run(self):
        services.retire_place(place_id=self.object.pk, actor=self.request.user)


class PlaceRestoreView(OfPlace, TransitionView):
    policy = staticmethod(policies.check_restore_place)
    success_message = gettext_lazy("The place is in use again.")

    def run(self):
        services.restore_place(place_id=self.object.pk, actor=self.request.user)
