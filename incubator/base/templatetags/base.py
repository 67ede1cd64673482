"""Tags of every template (a builtin library: no ``{% load %}`` needed)."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
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
            label,
            static("icons.svg"),
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.filter
def listed(words):
    """Several words in a row, with the comma of the reader's language."""
    return ("、" if (get_language() or "").startswith("zh") else ", ").join(str(word) for word in words)


@register.simple_tag
def count_label(number, exact):
    """ "37", or "1000+" where counting on would only cost time."""
    return str(number) if exact else _("%(number)s+") % {"number": number}


class MayNode(template.Node):
    """Asks a policy. Templates call whatever they can call; a policy is to be handed on instead, with its arguments."""

    def __init__(self, check, arguments, target):
        self.check, self.arguments, self.target = check, arguments, target

    def find_check(self, context):
        name, *path = self.check.split(".")
        found = context[name]
        for part in path:
            found = found[part] if isinstance(found, dict) else getattr(found, part)
        return found

    def render(self, context):
        context[self.target] = ask(self.find_check(context), *(part.resolve(context) for part in self.arguments))
        return ""


@register.tag
def may(parser, token):
    """``{% may policy user thing as allowed %}``: a Verdict, true or false with a reason."""
    bits = token.split_contents()
    if len(bits) < 4 or bits[-2] != "as":
        raise template.TemplateSyntaxError("{% may policy user thing as allowed %}")
    return MayNode(bits[1], [parser.compile_filter(bit) for bit in bits[2:-2]], bits[-1])


@register.simple_tag(takes_context=True)
def panels(context, thing, column=None):
    """What higher apps have to show about this thing, each as a section with its own empty state; ``column`` "main" or
    "side": that part alone, for pages of two columns."""
    request = context["request"]
    parts = [
        render_to_string(panel.template, {"panel": panel, **panel.context(request.user, thing)}, request=request)
        for panel in panels_for(request.user, thing, column)
    ]
    return format_html("{}" * len(parts), *(mark_safe(part) for part in parts)) if parts else ""
