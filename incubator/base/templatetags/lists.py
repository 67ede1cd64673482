"""Tags of filtered lists: the chips that say which filters are in use, each a link to the list without it."""

from django import template

register = template.Library()


def _parameters(form, name):
    """The names under which a filter stands in the address: its own, or those of its two halves (from, to)."""
    widget = form.fields[name].widget
    return [f"{name}_{suffix}" for suffix in getattr(widget, "suffixes", ()) if suffix] or [name]


def _words(field, value):
    """A filter's value as the person chose it."""
    if value is True or isinstance(value, bool):
        return ""
    if isinstance(value, slice):
        return " – ".join(_words(field, part) for part in (value.start, value.stop))
    if isinstance(value, (list, tuple, set)) or hasattr(value, "iterator"):
        return ", ".join(_words(field, part) for part in value)
    if value is None:
        return ""
    if hasattr(value, "date") and hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%d")
    choices = getattr(field, "choices", None)
    if choices is not None and not hasattr(field, "queryset"):  # a lazy list has no length
        for code, label in choices:
            pairs = label if isinstance(label, (list, tuple)) else [(code, label)]
            for inner_code, inner_label in pairs:
                if str(inner_code) == str(value):
                    return str(inner_label)
    return str(value)


@register.filter
def has_more_fields(filterset):
    """Whether the list can be filtered by anything but words."""
    return bool(filterset) and any(name != "q" for name in filterset.form.fields)


@register.simple_tag(takes_context=True)
def filter_chips(context, filterset):
    """``[{"label", "value", "url"}]`` for each filter in use that has a label."""
    if not filterset or not filterset.is_bound or not filterset.form.is_valid():
        return []
    form, query, chips = filterset.form, context["request"].GET, []
    for name, field in form.fields.items():
        parameters = _parameters(form, name)
        value = form.cleaned_data.get(name)
        if field.label == "":  # no filter to take away, such as which tab is open
            continue
        if value in (None, "", [], False) or not any(query.get(parameter) for parameter in parameters):
            continue
        rest = query.copy()
        for parameter in (*parameters, "page"):
            rest.pop(parameter, None)
        label = field.label or form[name].label
        chips.append({"label": label, "value": _words(field, value), "url": f"?{rest.urlencode()}"})
    return chips
