import re
import smtplib

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.utils.translation import gettext_lazy as _

from incubator.notifications.errors import ChannelError, RefusedError, UnreachableError
from incubator.notifications.registries import Channel, channels

FOR_GOOD = 500  # SMTP: from here on asking again does not help
HIDDEN = "•••"


@channels.register
class Email(Channel):
    """To one mailbox. At least once: a worker that is killed after the server took the letter and before this was noted
    sends it again, once per kill, under the same Message-ID, by which mailboxes show it once."""

    code = "email"
    label = _("E-mail")
    order = 20

    @classmethod
    def send(cls, target, message, *, now):
        body = message.body
        if message.link and message.link not in body:
            body = f"{body.rstrip()}\n\n{message.link}\n"
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
        letter = EmailMessage(
            message.subject, body, to=[target.email], headers={"Message-ID": f"<{message.key}@{domain}>"}
        )
        try:
            letter.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()), (FOR_GOOD, b""))
            raise _of_code(code)(_told(code, reason, target)) from None
        except (smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError) as error:
            raise UnreachableError(_told(error.smtp_code, error.smtp_error, target)) from None
        except smtplib.SMTPResponseException as error:
            raise ChannelError(_told(error.smtp_code, error.smtp_error, target)) from None
        except smtplib.SMTPServerDisconnected:
            raise UnreachableError("The mail server hung up.") from None
        except OSError as error:  # smtplib's other errors are of this kind as well
            raise UnreachableError(f"The mail server does not answer ({type(error).__name__}).") from None
        except BadHeaderError:
            raise RefusedError("The subject holds a line break.") from None


def _of_code(code):
    return RefusedError if code >= FOR_GOOD else ChannelError


def _told(code, reason, person):
    """The server's answer without the address of the person."""
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return f"{code} {re.sub(re.escape(person.email), HIDDEN, text, flags=re.IGNORECASE)}"[:300].strip()
