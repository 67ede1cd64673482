"""``{% load audit %}{% audit_timeline thing as events %}{% include "components/timeline.html" %}``"""

from django import template

from incubator.audit.timeline import timeline

register = template.Library()


@register.simple_tag(takes_context=True)
def audit_timeline(context, thing, limit=50):
    return timeline(thing, context["request"].user, limit)
