from django.utils.translation import gettext_lazy as _

from incubator.notifications.registries import Channel, channels


@channels.register
class Inbox(Channel):
    """On the site, under the bell. Exactly once: the notice and its cause are one transaction, and its key is unique."""

    code = "inbox"
    label = _("On the site")
    outside = False
    order = 10
