"""资源链接: something was found for the organization: a room, materials, money, somebody who knows how."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.registries import ActivityKind, activity_kinds, short_answer, yuan


class ResourceLinkDetailsForm(forms.Form):
    resource = short_answer(_("Which resource"), required=True)
    provider = short_answer(_("From whom"), required=True)
    purpose = short_answer(_("What for"), 200)
    value = yuan(_("Value in yuan"))


@activity_kinds.register
class ResourceLink(ActivityKind):
    code = "resource_link"
    label = _("resource linking")
    icon = "link-45deg"
    order = 60
    default_minutes = 60
    details_form = ResourceLinkDetailsForm
    template = "projects/activity_kinds/resource_link.html"
    paper = "projects/papers/resource_link.docx"
    required_questions = ("summary",)
    first_details = ("purpose",)
    labels = {"summary": _("How it was used")}

    @classmethod
    def title_from(cls, details):
        return details.get("resource", "")
