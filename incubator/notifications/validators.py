"""What a person may give as the address of a robot. This server will call it: so nothing but the services' own hosts."""

from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incubator.notifications.choices import ROBOT_HOSTS, ROBOT_PATHS, RobotKind

TOKENS = {RobotKind.WECOM: "key", RobotKind.DINGTALK: "access_token"}


def validate_robot_address(kind, address):
    """None, or ValidationError with a sentence: ``address`` is no address that the service ``kind`` gives its robots.
    Asked when it is written, and once more before each call. The sentence does not repeat the address."""
    host, path = ROBOT_HOSTS[kind], ROBOT_PATHS[kind]
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if not address.isascii() or not address.isprintable() or " " in address or "\\" in address:
        raise ValidationError(_("The address holds a blank or a sign that does not belong there. Copy it once more."))
    if parts.scheme != "https" or parts.netloc.lower() not in {host, f"{host}:443"} or port not in {None, 443}:
        raise ValidationError(
            _("The address of this service begins with https://%(host)s%(path)s. Copy it from the group's settings.")
            % {"host": host, "path": path}
        )
    if kind == RobotKind.FEISHU:
        token = parts.path.removeprefix(path) if parts.path.startswith(path) else ""
        is_complete = bool(token) and "/" not in token and not parts.query
    else:
        token = parse_qs(parts.query).get(TOKENS[kind], [""])
        is_complete = parts.path == path and len(token) == 1 and bool(token[0])
    if not is_complete or parts.fragment:
        raise ValidationError(_("The address is not complete. Copy all of it from the group's settings."))
