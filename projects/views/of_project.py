"""What pages about a project's parts share: the project is loaded from what one may see, then the policy is asked."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from projects.models import IncubationProject


class OfProjectMixin:
    """Left of the page class. The address names the project; the view's policy is about it."""

    policy_needs_object = True

    @cached_property
    def project(self):
        queryset = IncubationProject.objects.visible_to(self.request.user).with_names().select_related("agency")
        return get_object_or_404(queryset, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.project)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(project=self.project, **kwargs)

    def get_success_url(self):
        return self.project.get_absolute_url()
