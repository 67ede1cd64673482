from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LegalStatus(models.TextChoices):
    """法律身份: unfiled, filed with the street (no legal personality), or registered with civil affairs."""

    UNFILED = "unfiled", _("unfiled")
    FILED = "filed", _("filed")
    REGISTERED = "registered", _("registered")


class OrganizationState(models.TextChoices):
    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("dormant")
    DISSOLVED = "dissolved", _("dissolved")


class GrowthStage(models.TextChoices):
    """成长阶段. Derived from the last recorded decision, never written by a form."""

    UNRATED = "", _("not reviewed yet")
    SEED = "seed", _("seed")
    SEEDLING = "seedling", _("seedling")
    SAPLING = "sapling", _("sapling")
    TREE = "tree", _("tree")


RATED_STAGES = (GrowthStage.SEED, GrowthStage.SEEDLING, GrowthStage.SAPLING, GrowthStage.TREE)  # from low to high
RATED_CHOICES = [(stage.value, stage.label) for stage in RATED_STAGES]


class OrganizationForm(models.TextChoices):
    """组织形态 (study 000): from strong ties through a weak organization to a strong one."""

    UNRATED = "", _("not reviewed yet")
    STRONG_TIES = "strong_ties", _("strong ties")
    WEAK = "weak_organization", _("weak organization")
    STRONG = "strong_organization", _("strong organization")


class PartyOrganization(models.TextChoices):
    UNKNOWN = "", _("not told")
    NONE = "none", _("not set up")
    INDEPENDENT = "independent", _("independent")
    JOINT = "joint", _("joint with others")


class PlaceKind(models.TextChoices):
    """Places below a community: the community keeps the list."""

    GRID = "grid", _("grid")
    ESTATE = "estate", _("housing estate")
    BUILDING = "building", _("building")


class Position(models.TextChoices):
    LEADER = "leader", _("leader")
    DEPUTY = "deputy", _("deputy leader")
    SECRETARY = "secretary", _("secretary")
    TREASURER = "treasurer", _("treasurer")
    GROUP_HEAD = "group_head", _("group head")
    MEMBER = "member", _("member")


class LeaveReason(models.TextChoices):
    """Why somebody left. Only a word of this list: the history is never rewritten, so no free text about a person."""

    UNTOLD = "", _("not told")
    MOVED = "moved", _("moved away")
    NO_TIME = "no_time", _("no time any more")
    ASKED = "asked", _("asked to be taken off the list")
    OTHER_GROUP = "other_group", _("went to another organization")
    MISTAKE = "mistake", _("was entered by mistake")
    OTHER = "other", _("another reason")


class TalentStep(models.TextChoices):
    """能人→骨干→负责人→后备: the path of somebody with a gift."""

    TALENT = "talent", _("talent")
    BACKBONE = "backbone", _("backbone member")
    LEADER = "leader", _("leader")
    RESERVE = "reserve", _("reserve")


class AgencyKind(models.TextChoices):
    AGENCY = "agency", _("social work agency")
    STATION = "station", _("social work station")
    CENTER = "center", _("service centre")


class Licence(models.TextChoices):
    NONE = "", _("no licence")
    ASSISTANT = "assistant", _("assistant social worker")
    SOCIAL_WORKER = "social_worker", _("licensed social worker")
    SENIOR = "senior", _("senior social worker")


class Employment(models.TextChoices):
    FULL_TIME = "full_time", _("full-time")
    PART_TIME = "part_time", _("part-time")
    INTERN = "intern", _("intern")


class FilingKind(models.TextChoices):
    NEW = "new", _("first filing")
    CHANGE = "change", _("change of what was filed")
    CANCELLATION = "cancellation", _("end of the filing")
    ANNUAL = "annual", _("annual report")
    REISSUE = "reissue", _("new copy of the certificate")


class FilingStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("with the community")
    CHECKED = "checked", _("with the street")
    RETURNED = "returned", _("returned")
    FILED = "filed", _("filed")
    SUSPENDED = "suspended", _("suspended")
    CANCELLED = "cancelled", _("cancelled")


class PaperKind(models.TextChoices):
    """What a filing is proved by. Which ones are needed is a rule of the street."""

    APPLICATION = "application", _("application form")
    CHARTER = "charter", _("charter")
    ROSTER = "roster", _("list of members")
    IDENTITY = "identity", _("who the responsible person is")
    VENUE = "venue", _("proof of the venue")
    FUNDS = "funds", _("note on funds")
    REPORT = "report", _("yearly report")
    OTHER = "other", _("other paper")


class AgeGroup(models.TextChoices):
    """The age groups of the residents' needs, and one for whom nobody asked."""

    UP_TO_25 = "up_to_25", _("up to 25")
    FROM_26 = "from_26", _("26 to 45")
    FROM_46 = "from_46", _("46 to 60")
    OVER_60 = "over_60", _("over 60")
    UNKNOWN = "unknown", _("age not told")


class NeedSource(models.TextChoices):
    """By which door a need came in."""

    RESIDENT = "resident", _("by residents, with the code")
    VISIT = "visit", _("found on a visit")
    GRID = "grid", _("by grid staff")
    DESK = "desk", _("at the community's desk")
    IMPORT = "import", _("from a list")


class NeedStatus(models.TextChoices):
    RAISED = "raised", pgettext_lazy("need", "raised")
    ACCEPTED = "accepted", pgettext_lazy("need", "taken up")
    ASSIGNED = "assigned", pgettext_lazy("need", "in somebody's hands")
    MET = "met", pgettext_lazy("need", "met")
    RATED = "rated", pgettext_lazy("need", "met and rated")
    REFERRED = "referred", pgettext_lazy("need", "passed on")
    DECLINED = "declined", pgettext_lazy("need", "not taken up")
    MERGED = "merged", pgettext_lazy("need", "joined with another")


OPEN_NEEDS = (NeedStatus.RAISED, NeedStatus.ACCEPTED, NeedStatus.ASSIGNED)


class ReferredTo(models.TextChoices):
    HOTLINE = "12345", _("12345 hotline")
    GRID = "grid", _("grid staff")
    PROPERTY = "property", _("property management")
    OTHER = "other", pgettext_lazy("passed on to", "other")


class ContactErasure(models.TextChoices):
    """Why name and phone were taken out of a need. A word of a list: the history keeps it, and free text may name people."""

    ASKED = "asked", _("the person asks for it")
    NOT_NEEDED = "not_needed", _("nobody needs to call back any more")
    MISTAKE = "mistake", _("written down by mistake")


class ResourceKind(models.TextChoices):
    PEOPLE = "people", pgettext_lazy("resource", "people")
    VENUE = "venue", pgettext_lazy("resource", "venue")
    MONEY = "money", pgettext_lazy("resource", "money")
    GOODS = "goods", pgettext_lazy("resource", "goods")
    SKILL = "skill", pgettext_lazy("resource", "skill")
