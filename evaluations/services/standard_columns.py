"""The sheets of a growth standard as a workbook: headings, words, and what offices call the same columns elsewhere."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.services.scoring_words import KINDS
from evaluations.services.standard_text import in_languages
from incubator.importing.readers import plain

NAMES = {
    "indicators": gettext_lazy("Indicators"),
    "bands": gettext_lazy("Bands"),
    "rules": gettext_lazy("Stages and forms"),
    "head": gettext_lazy("About the standard"),
}
INDICATORS = {
    "dimension": gettext_lazy("Dimension"),
    "dimension_points": gettext_lazy("Points of the dimension"),
    "group": gettext_lazy("Group"),
    "group_points": gettext_lazy("Points of the group"),
    "indicator": gettext_lazy("Indicator"),
    "points": gettext_lazy("Full points"),
    "evidence": gettext_lazy("What to look at"),
    "mode": gettext_lazy("Way of scoring"),
    "params": gettext_lazy("Figures of the way of scoring"),
    "source": gettext_lazy("Where the fact comes from"),
    "weight": gettext_lazy("Weight in percent"),
    "dimension_en": gettext_lazy("Dimension in English"),
    "group_en": gettext_lazy("Group in English"),
    "indicator_en": gettext_lazy("Indicator in English"),
    "evidence_en": gettext_lazy("What to look at, in English"),
    "dimension_code": gettext_lazy("Code of the dimension"),
    "group_code": gettext_lazy("Code of the group"),
    "code": gettext_lazy("Code of the indicator"),
}
BANDS = {
    "label": gettext_lazy("Band"),
    "label_en": gettext_lazy("Band in English"),
    "from": gettext_lazy("From score"),
    "from_closed": gettext_lazy("This score included"),
    "to": gettext_lazy("To score"),
    "to_closed": gettext_lazy("That score included"),
    "code": gettext_lazy("Code of the band"),
}
RULES = {
    "ladder": gettext_lazy("Stage or form"),
    "rung": gettext_lazy("Which one"),
    "label": gettext_lazy("Rule"),
    "label_en": gettext_lazy("Rule in English"),
    "fact": gettext_lazy("Fact"),
    "op": gettext_lazy("Comparison"),
    "value": pgettext_lazy("of a rule", "Value"),
    "mandatory": gettext_lazy("Has to hold"),
    "or": gettext_lazy("Or else"),
    "rung_label": gettext_lazy("Its name"),
    "rung_label_en": gettext_lazy("Its name in English"),
    "form": gettext_lazy("Form that goes with it"),
    "code": gettext_lazy("Code of the rule"),
}
HEAD = {"key": gettext_lazy("Property"), "value": pgettext_lazy("of a property", "Value")}
PROPERTIES = {
    "total": gettext_lazy("Full score"),
    "bonus_cap": gettext_lazy("Bonus at most"),
    "bonus_beyond_total": gettext_lazy("Bonus may go beyond the full score"),
    "blind": gettext_lazy("Opinions are blind to each other"),
    "columns": gettext_lazy("Columns of points"),
    "reason_columns": gettext_lazy("Columns that need a reason for lost points"),
}
# How the score sheets that offices have call these columns.
ALIASES = {
    "dimension": ("一级指标", "项目"),
    "dimension_points": ("一级指标分值", "一级分值"),
    "group": ("二级指标",),
    "group_points": ("二级指标分值", "二级分值"),
    "indicator": ("三级指标", "评估内容"),
    "points": ("标准分值", "分值", "基础分"),
    "evidence": ("评定方法与说明", "评分标准", "评定方法"),
    "mode": ("计分方式",),
}
BONUS, VETOES = "bonus", "vetoes"
SPECIAL = {BONUS: gettext_lazy("Bonus"), VETOES: gettext_lazy("Vetoes")}
MORE_SPECIAL = {"加分项": BONUS, "加分": BONUS, "一票否决": VETOES, "否决项": VETOES}
LADDERS = {"stages": gettext_lazy("growth stage"), "forms": gettext_lazy("form of organization")}
MODES = KINDS
JUDGED = gettext_lazy("people say it")
TABLES = {"indicators": INDICATORS, "bands": BANDS, "rules": RULES, "head": HEAD}
# A sheet is what its headings say; these have to be there.
NEEDED = {
    "indicators": {"indicator", "points"},
    "bands": {"label", "from", "to"},
    "rules": {"label", "fact", "op"},
    "head": {"key", "value"},
}


def places(cells, columns, aliases=()):
    """{key: column} of the headings that are known, in any of our languages and as offices call them."""
    at = {plain(cell): place for place, cell in reversed(list(enumerate(cells))) if plain(cell)}
    found = {}
    for key, label in columns.items():
        for heading in (key, *in_languages(label), *(dict(aliases).get(key, ()) if aliases else ())):
            if plain(heading) in at:
                found.setdefault(key, at[plain(heading)])
    return found


def meanings(labels):
    """{plain word: code} of a list of words: codes, and words in any of our languages."""
    return {plain(word): code for code, label in labels.items() for word in (str(code), *in_languages(label))}
