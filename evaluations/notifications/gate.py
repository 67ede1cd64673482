"""Notices about the gates of projects: whose opinion is asked for, and that all are in. They lead to the request."""

from django.utils.translation import gettext_lazy as _

from evaluations.choices import OpinionStatus, Party
from evaluations.models import Opinion
from evaluations.notifications.review import people_of
from incubator.accounts.models import User
from incubator.notifications.registries import NotificationKind, kinds
from projects.models import IncubationProject
from projects.notifications.stage import holders_of
from projects.notifications.telling import tell
from projects.policies.stage import decider_roles


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
        key = f"gate.opinion_asked:{event.pk}:{opinion.party}"
        _tell("gate.opinion_asked", review, key, people_of(review, opinion.party), {"party": opinion.party})


def tell_deciders(review, event, actor):
    """Those whose turn it is, without who asked, who worked on the project and who gave an opinion."""
    request, project = review.gate, review.gate.project
    people = holders_of(decider_roles(review.community, request.from_stage), review.community)
    spoke = Opinion.objects.filter(review=review, status=OpinionStatus.SUBMITTED).values_list("author_id", flat=True)
    people -= {request.requested_by_id, *spoke}
    mine = IncubationProject.objects.filter(pk=project.pk)
    candidates = User.objects.filter(pk__in=people, is_active=True).order_by("pk")
    free = {person.pk for person in candidates if not mine.worked_on_by(person).exists()}
    _tell("gate.called", review, f"gate.called:{event.pk}", free)


def _tell(kind, review, key, people, data=None):
    facts = {
        "project": review.gate.project.name, "organization": review.organization.name, "due": f"{review.opinions_due_on}",
    }  # fmt: skip
    return tell(kind, people, dedup_key=key, link=review.get_absolute_url(), data=facts | (data or {}))
