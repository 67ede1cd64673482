"""Members of an organization who answer the questionnaire on needs, before and after: on a phone, or by the service that
the page of the phone calls."""

import uuid

from django.utils import timezone

from evaluations.services.response import submit_response
from evaluations.validators import items_of

HARDEST = "ind2"  # what fewest agree with


def code_of(number):
    """What the member makes as the hint says, and makes again half a year later."""
    return f"{number + 10}{28 - number:02d}W"


def said_by(number, version, *, later=False):
    """{item: point} of a member. Later everybody stands higher in what they can do themselves, some in the rest."""
    stands = {
        "individual": 1 + number % 3 + later * (1 + number % 2),
        "interpersonal": 2 + number % 3 + later * (number % 4 == 0),
        "social": 1 + number % 2 + later * (number % 3 == 0),
    }
    found = {}
    for item in items_of(version.content):
        point = max(1, stands[item["scale"]] - (item["id"] == HARDEST))
        found[item["id"]] = item["points"] + 1 - point if item["reverse"] else point
    return found


def answer_elsewhere(wave, numbers, *, later=False):
    for number in numbers:
        submit_response(
            uuid=uuid.uuid4(), wave_id=wave.pk, answers=said_by(number, wave.version, later=later), agreed=True,
            begun_at=timezone.now(), code=code_of(number), age_group="over_60",
        )  # fmt: skip


def fill_in(window, address, number, version, *, code, later=False):
    """All but the tick that one agrees."""
    page = window.page
    window.open(address)
    page.locator("#id_code").fill(code)
    page.locator("input[name=age_group][value=from_46]").check()
    for item, point in said_by(number, version, later=later).items():
        page.locator(f"label:has(> input[name='a-{item}'][value='{point}'])").tap()


def hand_in(window):
    window.page.locator("#id_agreed").check()
    window.page.locator("main button[type=submit]").tap()
    window.page.wait_for_url("**/q/done/")
