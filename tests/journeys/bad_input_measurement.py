"""Forms of measurement and growth that make a record, for the walks of ``test_bad_input``."""

from django.utils import timezone

from evaluations.models import Instrument
from organizations.models import SocialOrganization


def about_organization(street):
    return f"?about=organization:{street.records[SocialOrganization][0].uuid}"


def today():
    return timezone.localdate().isoformat()


CREATES = {
    "evaluations:instrument-create": ("worker", None, lambda street: {
        "title": "新问卷", "subject": "member", "division": street.street.code,
    }),
    "evaluations:wave-create": ("worker", None, lambda street: {
        "kind": "once", "version": street.records[Instrument][0].current.uuid, "linked_by": "nothing", "opens_on": today(),
        "closes_on": today(),
    }, about_organization),
    "evaluations:effect-create": ("worker", None, lambda street: {
        "before": street.measured[0].uuid, "after": street.measured[1].uuid,
    }),
    "evaluations:session-create": ("staff", None, lambda street: {
        "division": street.street.code, "title": "新评审会", "held_on": today(),
    }),
}  # fmt: skip
TRIED_ELSEWHERE = {
    "answer:answer-add": "tests/evaluations/test_answer.py: without an account",
    "evaluations:answer-upload": "tests/evaluations/test_answer_import.py: a file about a survey",
    "evaluations:instrument-copy": "tests/evaluations/test_instrument_views.py: two lines of history",
    "evaluations:instrument-import": "tests/evaluations/test_instrument_views.py: a whole questionnaire as a file",
    "evaluations:instrument-scale-add": "tests/evaluations/test_instrument_views.py: a part of a draft is no record",
    "evaluations:instrument-section-add": "tests/evaluations/test_instrument_views.py: a part of a draft is no record",
    "evaluations:response-add": "tests/evaluations/test_wave_views.py: leads to the next empty sheet",
    "evaluations:review-open": "tests/evaluations/test_review_views.py: two lines of history where nobody scores",
    **{
        f"evaluations:standard-{name}": "tests/evaluations/test_standard_views.py: a place has one standard"
        for name in ("copy", "create", "import")
    },
}
FILES_TRIED_ELSEWHERE = {
    "evaluations:answer-upload": "tests/evaluations/test_answer_import.py",
    "evaluations:instrument-import": "tests/evaluations/test_instruments.py",
    "evaluations:instrument-replace": "tests/evaluations/test_instruments.py",
    "evaluations:session-sheet-add": "tests/evaluations/test_session_views.py",
    "evaluations:standard-import": "tests/evaluations/test_standard_sheet.py",
    "evaluations:standard-replace": "tests/evaluations/test_standard_sheet.py",
}
