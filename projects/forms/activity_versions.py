"""What the entry form starts with, and two versions of a record side by side."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.forms.activity import HIDDEN, SHARE, rounded
from projects.forms.activity_offers import identifiers
from projects.models import Activity
from projects.querysets import organizations_to_log
from projects.registries import DETAILS, MULTIPLE_FIELDS
from projects.services.activity_link import relations_of

UNTOLD = HIDDEN | {"organization_search", "others_search", "participants_confirmed", "day_confirmed", "until"}
TEXTS = ("summary", "next_step", "outcome", "outcome_reason")


def initial_of(activity):
    """The record's values, or what was typed when it is a draft, by field name."""
    start = {"uuid": activity.uuid, "version": activity.version}
    if activity.is_draft:
        return start | {name: value for name, value in activity.payload.items() if name != "tab"}
    details = {f"{DETAILS}-{name}": value for name, value in activity.details.items()}
    told = {name: getattr(activity, name) for name in TEXTS}
    plan = {"plan": activity.plan.uuid if activity.plan else None, "starts_at": activity.starts_at}
    return start | _common(activity) | told | plan | details


def repeat_of(activity):
    """Once more: what stays the same from time to time; the time is now and the texts are new."""
    kind = activity.kind_class
    kept = kind.repeated_details or [
        name
        for name, field in kind.details_form.base_fields.items()
        if (field.required or name in kind.first_details) and not isinstance(field.widget, forms.Textarea)
    ]
    details = {f"{DETAILS}-{name}": activity.details[name] for name in kept if name in activity.details}
    common = _common(activity)
    common.pop("discussed")
    return common | details


def series_start(series, last, day):
    """The next time of a series: like the last one, on its day."""
    start = repeat_of(last) if last else {"organization": series.organization.uuid, "place_text": series.place_text}
    at = datetime.datetime.combine(day, series.starts_time, timezone.get_current_timezone())
    return start | {"series": series.uuid, "title": series.title, "minutes": series.minutes, "starts_at": at}


def plan_start(plan, now):
    """As planned; its day only when that has come."""
    start = {"organization": plan.project.organization.uuid, "plan": plan.uuid, "title": plan.title}
    start |= {"place_text": plan.place_text, "objectives": [plan.objective.uuid] if plan.objective else []}
    if plan.planned_on <= timezone.localdate(now):
        time = plan.starts_time or rounded(now).time()
        start["starts_at"] = datetime.datetime.combine(plan.planned_on, time, timezone.get_current_timezone())
    return start


def _common(activity):
    relations = relations_of(activity)
    derived = activity.kind_class.title_from(activity.details)[:120]
    shares = {f"{SHARE}{item.uuid}": minutes for item, minutes in relations.pop("shares").items()}
    shares.pop(f"{SHARE}{activity.organization.uuid}", None)
    return {
        "organization": activity.organization.uuid,
        "title": "" if activity.title == derived else activity.title,
        "place": activity.place.uuid if activity.place else None,
        "series": activity.series.uuid if activity.series else None,
        "place_text": activity.place_text,
        "participants": activity.participants,
        "led_by": activity.led_by,
        "worker_role": activity.worker_role,
        "minutes": activity.minutes,
        **shares,
        **{name: [item.uuid for item in found] for name, found in relations.items()},
    }


def readable(form, raw):
    """{label: text} of raw values by field name, as people read them: for showing two versions side by side."""
    shown = {}
    for name, field in form.fields.items():
        if name not in UNTOLD:
            value = raw.getlist(name) if name in MULTIPLE_FIELDS and hasattr(raw, "getlist") else raw.get(name)
            shown[str(field.label)] = _told(name, field, value)
    for key in sorted(key for key in raw if str(key).startswith(SHARE)):
        if raw.get(key) and (found := _records(form.fields["others"], [key.removeprefix(SHARE)])):
            shown[_("Minutes of %(organization)s") % {"organization": found}] = str(raw.get(key))
    return shown


def _told(name, field, value):
    if name == "starts_at":
        if hasattr(value, "astimezone"):
            value = timezone.localtime(value)
        return value.strftime("%Y-%m-%d %H:%M") if hasattr(value, "strftime") else str(value or "").replace("T", " ")
    if isinstance(field, forms.ModelChoiceField):  # also of several
        return _records(field, value or [])
    if isinstance(field, forms.BooleanField):
        return _("yes") if value not in (None, "", False, "false") else _("no")
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(str(dict(field.choices).get(item, item)) for item in value or [])
    if isinstance(field, forms.ChoiceField):
        value = dict(field.choices).get(value or field.initial or "", value)
    return "" if value is None else str(value)


def _records(field, values):
    found = field.queryset.filter(uuid__in=identifiers(values))
    return "; ".join(getattr(item, "name", "") or str(item) for item in found)


def conflict_rows(form, current):
    """[(label, mine, theirs)] of what differs between what was sent and the record as it is now."""
    mine, theirs = readable(form, form.data), readable(form, initial_of(current))
    return [
        (label, mine.get(label, ""), theirs.get(label, ""))
        for label in mine | theirs
        if mine.get(label, "") != theirs.get(label, "")
    ]


def sent_again(form_class, data, **kwargs):
    """An unbound form that starts with what was sent: the page is only drawn again, nothing is checked."""
    names = {name: data.getlist(name) for name in data if name != "csrfmiddlewaretoken"}
    fields = form_class(initial={}, **kwargs).fields
    several = {name for name, field in fields.items() if isinstance(field, forms.MultipleChoiceField)}
    several |= set(MULTIPLE_FIELDS)
    initial = {name: values if name in several else values[-1] for name, values in names.items()}
    return form_class(initial=initial, **kwargs)


def recent_pairs(user, limit=4):
    """The author's last different pairs of kind and organization that they may record: [Activity], newest first."""
    recent = (
        Activity.objects.handed_in()
        .filter(recorded_by=user, organization__in=organizations_to_log(user).values("pk"))
        .select_related("organization")
        .only("uuid", "kind", "kind_version", "title", "organization__name", "organization__uuid", "updated_at")
        .order_by("-updated_at", "-pk")[:50]
    )
    found = {}
    for activity in recent:
        found.setdefault((activity.kind, activity.organization_id), activity)
    return list(found.values())[:limit]
