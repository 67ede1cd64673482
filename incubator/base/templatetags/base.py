"""Tags of every template (a builtin library: no ``{% load %}`` needed)."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from incubator.base.panels import panels_for
from incubator.base.policies import verdict as ask

register = template.Library()


@register.simple_tag
def icon(name, label=""):
    """An icon of the sprite; decoration unless it has a label."""
    return _drawn(str(name), str(label))


@lru_cache(maxsize=1024)
def _drawn(name, label):
    """Kept, because a list shows the same few icons hundreds of times and looking up the sprite's address is slow."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label, static("icons.svg"), name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"), name,
    )


@register.simple_tag
def count_label(number, exact):
    """ "37", or "1000+" where counting on would only cost time."""
    return str(number) if exact else _("%(number)s+") % {"number": number}


@register.simple_tag
def may(check, *args):
    """``{% may policy user thing as allowed %}``: a Verdict, true or false with a reason."""
    return ask(check, *args)


@register.simple_tag(takes_context=True)
def panels(context, thing):
    """What higher apps have to show about this thing, each as a section with its own empty state."""
    request = context["request"]
    parts = [
        render_to_string(panel.template, {"panel": panel, **panel.context(request.user, thing)}, request=request)
        for panel in panels_for(request.user, thing)
    ]
    return format_html("{}" * len(parts), *(mark_safe(part) for part in parts)) if parts else ""
