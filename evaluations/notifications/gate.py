"""Notices about the gates of projects: whose opinion is asked for, and that all are in. They lead to the request."""

from django.utils.translation import gettext_lazy as _

from evaluations.choices import OpinionStatus, Party
from evaluations.notifications.review import people_of, speakers_of
from incubator.notifications.registries import NotificationKind, kinds
from projects.notifications.stage import free_deciders
from projects.notifications.telling import tell


class GateNotice(NotificationKind):
    """Data: ``project``, ``organization`` (names), ``due`` (day)."""


@kinds.register
class GateOpinionAsked(GateNotice):
    """Data: ``party`` (code) as well."""

    code = "gate.opinion_asked"
    label = _("my opinion is asked for on the stage of a project")
    template = "evaluations/email/gate_opinion_asked"
    duty = True

    @classmethod
    def context(cls, data):
        return data | {"party_label": Party(data["party"]).label}


@kinds.register
class GateCalled(GateNotice):
    code = "gate.called"
    label = _("the opinions on a project's stage are in")
    template = "evaluations/email/gate_called"


def tell_parties(review, event):
    for opinion in review.opinions.filter(status=OpinionStatus.ASKED).order_by("pk"):
        tell_party(review, opinion, event, people_of(review, opinion.party))


def tell_party(review, opinion, event, people):
    key = f"gate.opinion_asked:{event.pk}:{opinion.party}"
    _tell("gate.opinion_asked", review, key, people, {"party": opinion.party})


def tell_deciders(review, event, actor):
    """Those whose turn it is and who would not be refused."""
    _tell("gate.called", review, f"gate.called:{event.pk}", free_deciders(review.gate) - speakers_of(review))


def _tell(kind, review, key, people, data=None):
    facts = {
        "project": review.gate.project.name, "organization": review.organization.name, "due": f"{review.opinions_due_on}",
    }  # fmt: skip
    return tell(kind, people, dedup_key=key, link=review.get_absolute_url(), data=facts | (data or {}))
