"""A notice in words, in the active language. Plain text: nothing is escaped, whatever the template says."""

from django.conf import settings
from django.template import Context
from django.template.loader import get_template

from incubator.base.sharing import group_notice
from incubator.notifications.registries import Message, kinds

MOST_LINES = 3  # of the body, in a text for chat groups


def render(notification):
    """The :class:`~incubator.notifications.registries.Message`; KeyError for a kind that no longer exists."""
    kind = kinds[notification.kind]
    link = f"{settings.SITE_URL}{notification.link}" if settings.SITE_URL and notification.link else ""
    context = {**kind.context(notification.data), "recipient": notification.recipient, "link": link}
    subject = _text(f"{kind.template}_subject.txt", context)
    body = _text(f"{kind.template}_body.txt", context)
    return Message(" ".join(subject.split()), body.strip() + "\n", link, str(notification.uuid))


def title(notification):
    """The notice in one line."""
    kind = kinds.get(notification.kind)
    if kind is None:
        return notification.kind
    return " ".join(_text(f"{kind.template}_subject.txt", kind.context(notification.data)).split())


def group_text(notification, url):
    """The notice for a chat group: at most 200 characters of what it says, and ``url``."""
    kind = kinds.get(notification.kind)
    if kind is None:
        return group_notice(what=notification.kind, when="", where="", url=url)
    context = {**kind.context(notification.data), "recipient": notification.recipient, "link": ""}
    lines = [line.strip() for line in _text(f"{kind.template}_body.txt", context).splitlines() if line.strip()]
    return group_notice(what=title(notification), when=" ".join(lines[:MOST_LINES]), where="", url=url)


def _text(name, context):
    return get_template(name).template.render(Context(context, autoescape=False))
