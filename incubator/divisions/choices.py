from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """The five levels of the statistical code list; the value is the level's rank from the top."""

    PROVINCE = 1, _("province")
    PREFECTURE = 2, _("city")
    COUNTY = 3, _("district or county")
    STREET = 4, _("street or town")
    COMMUNITY = 5, _("community or village")


# How many digits of the code each level has; a code's parent is its prefix of the next shorter length.
CODE_LENGTHS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.STREET, 12: Level.COMMUNITY}


class Kind(models.TextChoices):
    """What a place of level 4 or 5 is; follows from its code (domain: code ranges of the statistical list)."""

    NONE = "", _("not told by the code")
    STREET = "street", _("street")
    TOWN = "town", _("town")
    TOWNSHIP = "township", _("township")
    ENTERPRISE = "enterprise", _("enterprise area")
    RESIDENTS_COMMITTEE = "residents_committee", _("residents' committee")
    VILLAGERS_COMMITTEE = "villagers_committee", _("villagers' committee")


class Setting(models.TextChoices):
    """Urban or rural decides which coverage target holds (10 or 5 organizations in a community)."""

    UNKNOWN = "", _("unknown")
    URBAN = "urban", _("urban")
    RURAL = "rural", _("rural")
