"""Tags of the organization's pages."""

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

register = template.Library()

START, END = "\ue000", "\ue001"  # private-use characters: no text that a person types has a meaning for them


@register.simple_tag(takes_context=True)
def stamped_rows(context, template_name, rows):
    """``rows`` (named tuples of one kind) through a row template, in the time of one row.

    The template is rendered once, with a mark for every field, and each row's escaped values are set in for the marks:
    translated labels and links cost once instead of fifty times. So it may show fields and nothing else: no ``if`` and
    no filter on them; what differs from row to row is prepared in Python.
    """
    if not rows:
        return ""
    names = rows[0]._fields
    marks = {name: mark_safe(f"{START}{index}{END}") for index, name in enumerate(names)}
    text = get_template(template_name).template.render(context.new(marks))
    pieces = text.split(START)
    first, order, texts = pieces[0], [], []
    for piece in pieces[1:]:
        index, _mark, rest = piece.partition(END)
        order.append(int(index))
        texts.append(rest)
    parts = []
    for row in rows:
        parts.append(first)
        values = [conditional_escape(value) for value in row]
        for index, rest in zip(order, texts, strict=True):
            parts.append(values[index])
            parts.append(rest)
    return mark_safe("".join(parts))


@register.filter
def yuan(fen):
    """An amount in fen as yuan, such as 1,250 or 99.50."""
    if fen is None:
        return ""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"
