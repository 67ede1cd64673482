"""What the server's log must not hold: addresses that open something for whoever knows them."""

import logging
import re

HIDDEN = "•••"
# Personal links and codes of surveys, codes at the door of an activity, invitations, calendar feeds.
SECRET_ADDRESS = re.compile(r"""(/(?:q|s|accounts/invitation)/)[^/\s?#"']+|(/calendar/)[^/\s?#"']+(?=\.ics)""")


def hide_secrets(text):
    return SECRET_ADDRESS.sub(lambda found: f"{found[1] or found[2]}{HIDDEN}", text)


class SecretFormatter(logging.Formatter):
    """A formatter and no filter, since it sees the message put together, and what an exception adds to it."""

    def format(self, record):
        return hide_secrets(super().format(record))
