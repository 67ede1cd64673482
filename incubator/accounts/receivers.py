"""What other packages tell us."""

from incubator.accounts.services import record_lockout


def sign_in_locked_out(sender, request, username, **kwargs):
    """axes repeats this for each try during a lockout; only the try that began it has counted its failures."""
    if getattr(request, "axes_failures_since_start", None) is not None:
        record_lockout(username=username)
