"""How a filing is shown: where it stands, and what can be done next by whom."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from incubator.base.policies import Verdict, verdict
from organizations.choices import FilingKind, FilingStatus
from organizations.policies import filing as policies

TONES = {
    FilingStatus.DRAFT: "neutral",
    FilingStatus.SUBMITTED: "info",
    FilingStatus.CHECKED: "info",
    FilingStatus.RETURNED: "warning",
    FilingStatus.FILED: "success",
    FilingStatus.SUSPENDED: "danger",
    FilingStatus.CANCELLED: "neutral",
}


def stages_of(filing):
    """The rail: [{label, note, at, by, state}] with state done, current or ahead."""
    status = filing.status
    steps = [
        (_("Prepared"), filing.created_at, filing.created_by),
        (_("Handed in"), filing.submitted_at, filing.submitted_by),
        (_("Checked by the community"), filing.checked_at, filing.checked_by),
        (_("Decided by the street"), filing.decided_at, filing.decided_by),
    ]
    reached = {
        FilingStatus.DRAFT: 0, FilingStatus.RETURNED: 0, FilingStatus.SUBMITTED: 2, FilingStatus.CHECKED: 3,
        FilingStatus.FILED: 4, FilingStatus.SUSPENDED: 4,
    }.get(status, -1)  # fmt: skip
    rail = []
    for number, (label, at, by) in enumerate(steps):
        is_past = number < reached or (reached < 0 and bool(at))
        state = "done" if is_past else "current" if number == reached else "ahead"
        show = is_past or number == 0
        rail.append({"label": label, "at": at if show else None, "by": by if show else None, "state": state})
    return rail


def actions_for(user, filing, missing):
    """What can happen to the filing in its state, as [{url, label, style, icon, verdict, is_post, confirm}]. What this
    person may not do stands there disabled, with the reason."""

    def action(name, label, icon, *, style="secondary", is_post=False, confirm="", check=None):
        allowed = verdict(check or getattr(policies, f"check_{name}_filing"), user, filing)
        return {
            "url": reverse(f"organizations:filing-{name}", args=[filing.uuid]),
            "label": label, "icon": icon, "style": style, "verdict": allowed, "is_post": is_post, "confirm": confirm,
        }  # fmt: skip

    found = []
    if can_proceed(filing.submit):
        hand_in = action("submit", _("Hand in"), "send", style="primary", is_post=True)
        if hand_in["verdict"] and missing:
            hand_in["verdict"] = Verdict(False, _("Something is still missing; the list says what."))
        found += [
            hand_in,
            action("save", _("Fill in"), "pencil"),
            action("paper-add", _("Add a paper"), "upload", check=policies.check_add_filing_paper),
        ]
    if can_proceed(filing.check_first):
        found.append(action("check", _("First check"), "clipboard-check", style="primary"))
    if can_proceed(filing.file):
        question = _("File this? The organization is told at once.")
        found.append(action("file", _("File"), "patch-check", style="primary", is_post=True, confirm=question))
    if can_proceed(filing.return_for_changes):
        found.append(action("return", _("Return"), "reply"))
    if can_proceed(filing.suspend) and filing.kind == FilingKind.NEW:
        found.append(action("suspend", _("Suspend"), "pause-circle"))
    if can_proceed(filing.resume):
        found.append(action("resume", _("Resume"), "play-circle", style="primary", is_post=True))
    if can_proceed(filing.cancel) and (
        filing.is_open or filing.kind not in (FilingKind.CHANGE, FilingKind.CANCELLATION)
    ):
        found.append(action("cancel", _("Cancel filing"), "x-circle", style="danger"))
    return found
