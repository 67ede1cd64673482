"""Answer sheets: handed in by those who answer, entered from paper, taken back."""

import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluations.choices import LinkedBy, LinkState, ResponseSource, WaveStatus
from evaluations.models import Response, Wave, WaveTicket
from evaluations.models.wave import AFTER_CLOSING
from evaluations.services.answers import clean_answers
from evaluations.services.linking import check_code, link_by_code, link_by_ticket, settle_neighbours, write_doubts
from evaluations.services.ticket import tickets_of_members
from evaluations.validators import score_answers
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from organizations.models import Membership
from organizations.policies.organization import leads
from projects.choices import AgeGroup

PAPER_AFTER_CLOSING = datetime.timedelta(days=14)  # sheets that wait to be typed in
SALT = "evaluations.begun"


class AlreadyAnswered(RuleViolation):
    """This person's sheet is there already."""


class NotAccepted(RuleViolation):
    """The survey takes no answers (any more)."""


def find_wave(token):
    """(survey, personal link or None) that the end of a public address belongs to, or (None, None)."""
    names = ("version__instrument", "community", "organization", "activity", "earlier")
    wave = Wave.objects.filter(token=token).select_related(*names).first()
    if wave is not None:
        return wave, None
    ticket = WaveTicket.objects.filter(token=token).select_related(*(f"wave__{name}" for name in names)).first()
    return (ticket.wave, ticket) if ticket else (None, None)


def sign_begun(wave, uuid, now):
    """The moment at which somebody opened the questionnaire, so that it cannot be moved: signed text of [the survey's
    token, ``uuid`` of the form that was shown, the moment]. One page that was opened thus stands for one sheet."""
    return signing.dumps([wave.token, str(uuid), now.isoformat()], salt=SALT)


def read_begun(wave, uuid, text, now):
    """That moment; ``now``, when it was not signed for this form of this survey."""
    try:
        token, identifier, begun = signing.loads(text or "", salt=SALT)
        return datetime.datetime.fromisoformat(begun) if (token, identifier) == (wave.token, str(uuid)) else now
    except (signing.BadSignature, ValueError, TypeError):
        return now


def asks_account(wave, user):
    """Whether a survey that is linked by the account asks this one: of an organization, its members and leaders now."""
    if wave.organization is None or leads(user, wave.organization):
        return True
    return Membership.objects.current().filter(organization=wave.organization, user=user).exists()


def takes_answers(wave, now, begun_at=None):
    """Whether answers are taken: while it is open, and for a day longer from those who began before its end."""
    if wave.status == WaveStatus.PLANNED:
        return False
    end = wave.stopped_at
    if wave.status == WaveStatus.OPEN and now < end:
        return True
    return begun_at is not None and begun_at < end and now < end + AFTER_CLOSING


def takes_paper(wave, now):
    return wave.status != WaveStatus.PLANNED and now < wave.stopped_at + PAPER_AFTER_CLOSING


@transaction.atomic
def submit_response(
    *, uuid, wave_id, answers, begun_at, agreed, actor=None, ticket=None, code="", age_group="", is_under_14=False,
    guardian_agreed=False,
):  # fmt: skip
    """Somebody hands in their answers. ``actor``: their account, where answers are linked by it; else nobody is named.

    NotAccepted once the survey is closed, unless they began before; AlreadyAnswered for the second sheet of a personal
    link or an account; RuleViolation without consent, under 14 without a guardian, for answers that the edition does not
    know, and for an account that the organization does not know. Writes sheet, scores and doubts; audit without a name.
    """
    wave, now = _locked(wave_id), timezone.now()
    if not takes_answers(wave, now, begun_at):
        raise NotAccepted(_("This survey is closed. Thank you for wanting to take part."))
    if not agreed:
        raise RuleViolation(_("Please read what you agree to, and tick it."))
    is_account = wave.linked_by == LinkedBy.ACCOUNT
    response = Response(
        uuid=uuid, source=ResponseSource.ACCOUNT if is_account else ResponseSource.QR, consented_at=now,
        begun_at=min(begun_at, now), user=actor if is_account else None, ticket=ticket,
        **_facts(wave, answers, age_group, is_under_14, guardian_agreed, now),
    )  # fmt: skip
    if is_account:
        if actor is None:
            raise RuleViolation(_("Please sign in: this survey is answered with the account."))
        if not asks_account(wave, actor):
            raise RuleViolation(
                _("This survey asks the members of the organization, and your account is not one of theirs.")
            )
        _link_account(response, actor)
        doubts = []
    elif wave.linked_by == LinkedBy.TICKET:
        if ticket is None:
            raise RuleViolation(_("This survey is answered with the personal link that each person got."))
        doubts = _link_ticket(response, ticket)
    else:
        doubts = link_by_code(response, check_code(code)) if wave.linked_by == LinkedBy.SELF_CODE else []
    return _write(response, doubts, "response.submitted", None)


@transaction.atomic
def enter_response(
    *, uuid, wave_id, answers, actor, membership=None, code="", age_group="", is_under_14=False, guardian_agreed=False
):
    """A worker types in a sheet of paper, for a member or under the person's code where answers are linked.

    NotAccepted before the opening and from 14 days after the end; AlreadyAnswered for the member's second sheet;
    RuleViolation as above; consent stands on the paper. Writes sheet, scores and doubts; audit without a name.
    """
    wave, now = _locked(wave_id), timezone.now()
    if not takes_paper(wave, now):
        raise NotAccepted(
            _("Sheets are entered while the survey is open and up to 14 days after. Open it again first.")
        )
    response = Response(
        uuid=uuid, source=ResponseSource.PAPER, begun_at=now, entered_by=actor,
        **_facts(wave, answers, age_group, is_under_14, guardian_agreed, now),
    )  # fmt: skip
    doubts = []
    if wave.linked_by == LinkedBy.SELF_CODE:
        doubts = link_by_code(response, check_code(code))
    elif wave.linked_by in (LinkedBy.TICKET, LinkedBy.ACCOUNT):
        if membership is None:
            raise RuleViolation(_("Please say whose sheet it is."))
        if wave.linked_by == LinkedBy.ACCOUNT:
            if membership.user is None:
                raise RuleViolation(_("This member has no account, so the sheet could not be linked."))
            _link_account(response, membership.user)
        else:
            response.ticket = tickets_of_members(wave, [membership])[membership.pk]
            doubts = _link_ticket(response, response.ticket)
    return _write(response, doubts, "response.entered", actor)


@transaction.atomic
def withdraw_response(*, response_id, actor, reason):
    """A sheet counts no longer, with the reason (RuleViolation without); what was typed wrong is entered anew. Sheets
    that were doubtful only beside it are settled. Audit without a name."""
    Wave.objects.lock([Response.objects.only("wave_id").get(pk=response_id).wave_id])
    response = Response.objects.select_for_update(of=("self",)).select_related("wave__community").get(pk=response_id)
    if response.withdrawn_at:
        raise RuleViolation(_("This sheet has been taken back already."))
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    response.withdrawn_at, response.withdrawn_reason = timezone.now(), reason.strip()
    response.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
    settle_neighbours(response)
    audit.record(
        "response.withdrawn", target=response, actor=actor, area=response.wave.community,
        data={"wave": str(response.wave.uuid), "source": response.source},
    )  # fmt: skip
    return response


def demand_guardian(is_under_14, guardian_agreed):
    if is_under_14 and not guardian_agreed:
        raise RuleViolation(_("Under 14 a parent or guardian has to agree."))


def _facts(wave, answers, age_group, is_under_14, guardian_agreed, now):
    demand_guardian(is_under_14, guardian_agreed)
    cleaned = clean_answers(wave.version.content, answers)
    known = wave.asks_age_group and age_group in AgeGroup.values
    return {
        "wave": wave, "answers": cleaned, "scores": score_answers(wave.version.scales.order_by("pk"), cleaned),
        "age_group": age_group if known else AgeGroup.UNKNOWN, "is_under_14": is_under_14,
        "guardian_agreed": guardian_agreed, "submitted_at": now,
    }  # fmt: skip


def _link_account(response, user):
    response.user, response.subject_key, response.link_state = user, f"u:{user.uuid}", LinkState.LINKED
    _demand_first(response, subject_key=response.subject_key)


def _link_ticket(response, ticket):
    _demand_first(response, ticket=ticket)
    doubts = link_by_ticket(response, ticket)
    if response.link_state == LinkState.LINKED:  # a person may have joined another link's sheet with this one's owner
        _demand_first(response, subject_key=response.subject_key)
    return doubts


def _demand_first(response, **person):
    if Response.objects.counted().filter(wave=response.wave, **person).exists():
        raise AlreadyAnswered(_("This person has answered already."))


def _write(response, doubts, verb, actor):
    response.check_rules()
    response.save_or_refuse(force_insert=True)
    write_doubts([(response, other, why) for other, why in doubts])
    audit.record(
        verb, target=response, actor=actor, area=response.wave.community,
        data={"wave": str(response.wave.uuid), "source": response.source},
    )  # fmt: skip
    return response


def _locked(wave_id):
    names = ("version__instrument", "community", "organization")
    return Wave.objects.select_for_update(of=("self",)).select_related(*names).get(pk=wave_id)
