"""``{% load sharing %}{% share activity %}``: the notice for a chat group and the code as a picture."""

from django import template
from django.urls import reverse

from incubator.base.sharing import group_notice
from projects.services.paper import notice_facts

register = template.Library()
PICTURES = {
    "activity": "projects:activity-qr",
    "activityplan": "projects:plan-qr",
    "announcement": "projects:announcement-qr",
}


@register.inclusion_tag("components/share.html", takes_context=True)
def share(context, thing):
    address = context["request"].build_absolute_uri(thing.get_absolute_url())
    return {
        "notice": group_notice(**notice_facts(thing), url=address),
        "qr_url": reverse(PICTURES[thing._meta.model_name], args=[thing.uuid]),
    }
