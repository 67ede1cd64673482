"""The history as people read it: one sentence per event."""

from django.utils.translation import gettext as _

from incubator.audit.models import AuditEvent
from incubator.audit.registries import find_verb


def timeline(thing, user, limit=50):
    """The newest ``limit`` events about ``thing`` as dicts of ``at``, ``verb``, ``sentence``, ``actor`` for
    ``components/timeline.html``. Whoever may see the record may see its history; visitors see none."""
    if not user.is_authenticated:
        return []
    events = AuditEvent.objects.about(thing).select_related("actor").order_by("-pk")[:limit]
    return [
        {"at": event.at, "verb": event.verb, "sentence": sentence(event), "actor": actor_name(event)}
        for event in events
    ]


def actor_name(event):
    return str(event.actor) if event.actor else _("the platform")


def sentence(event):
    """The verb's sentence with the event's own values; its label where the sentence needs more than the event holds."""
    verb = find_verb(event.verb)
    if verb is None:
        return event.verb
    values = {**event.data, "actor": actor_name(event), "target": event.target_label}
    try:
        values |= {name: word(event.data[name]) for name, word in verb.words.items()}
        return str(verb.sentence or verb.label) % values
    except (KeyError, TypeError, ValueError):
        return str(verb.label)
