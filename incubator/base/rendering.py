"""How form widgets become HTML. Selects and plain inputs are written here instead of by Django's widget templates.

Django renders each ``<option>`` through two templates of its own: on a list with a filter bar that was a quarter of
the page's CPU (docs/performance.md). Same markup, same escaping; every other widget goes through its template.
"""

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

WIDGETS = "django/forms/widgets/"
SELECT, OPTION = f"{WIDGETS}select.html", f"{WIDGETS}select_option.html"
INPUTS = {
    f"{WIDGETS}{name}.html"
    for name in ("date", "datetime", "email", "hidden", "input", "number", "text", "time", "url")
}


class Renderer(TemplatesSetting):
    def render(self, template_name, context, request=None):
        if template_name in INPUTS:
            return mark_safe(_input(context["widget"]))  # every value in it is escaped
        if template_name == SELECT and _is_plain(context["widget"]):
            return mark_safe(_select(context["widget"]))  # every value in it is escaped
        return super().render(template_name, context, request)


def _is_plain(widget):
    return all(
        option["template_name"] == OPTION for _name, options, _index in widget["optgroups"] for option in options
    )


def _attributes(attributes):
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _input(widget):
    value = widget["value"]
    said = "" if value is None else f' value="{conditional_escape(value)}"'
    return (
        f'<input type="{conditional_escape(widget["type"])}" name="{conditional_escape(widget["name"])}"'
        f"{said}{_attributes(widget['attrs'])}>"
    )


def _option(option):
    return (
        f'<option value="{conditional_escape(option["value"])}"{_attributes(option["attrs"])}>'
        f"{conditional_escape(option['label'])}</option>"
    )


def _select(widget):
    lines = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            lines.append(f'<optgroup label="{conditional_escape(group)}">')
        lines.extend(map(_option, options))
        if group:
            lines.append("</optgroup>")
    lines.append("</select>")
    return "\n".join(lines)
