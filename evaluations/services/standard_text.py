"""How parts of a standard are typed: tiers, options, values and conditions as lines of text, in forms and in workbooks.
What is written is read back as the same. Reading raises ValueError with the sentence."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from evaluations.scoring.facts import LISTED, OPERATORS, as_decimal, plain
from projects.registries import LANGUAGES

BAR = "|"
STEPS = ("from", "base", "every", "step", "cap")
BOTH_WORDS = {True: gettext_lazy("yes"), False: gettext_lazy("no")}
OTHER_WORDS = {
    "是": True, "√": True, "true": True, "yes": True, "否": False, "×": False, "false": False, "no": False,
}  # fmt: skip
OPTION = re.compile(r"(?P<words>.+)[=＝]\s*(?P<points>\S+?)\s*(?:\[(?P<code>[\w.-]+)\])?\s*")
CONDITION = re.compile(r"(?P<fact>[^\s><=!]+)\s*(?P<op>>=|<=|==|!=|>|<|\bin\b|\bany_of\b|\ball_of\b)\s*(?P<value>.*)")


def in_languages(label):
    """The text in each of our languages."""
    told = []
    for language in LANGUAGES:
        with override(language):
            told.append(str(label))
    return told


def number(text):
    """A number as contents keep it: a whole one as int, another one as text."""
    found = as_decimal(str(text).strip())
    if found is None:
        raise ValueError(_("“%(text)s” is no number.") % {"text": str(text).strip()[:40]})
    return plain(found)


def lines_of(text):
    return [line.strip() for line in text.replace("；", "\n").replace(";", "\n").splitlines() if line.strip()]


def _assigned(line):
    """The two sides of "12 = 8"."""
    left, sign, right = line.replace("＝", "=").replace("：", "=").partition("=")
    if not sign:
        raise ValueError(_("“%(line)s” has no “=”.") % {"line": line[:40]})
    return left.strip(), right.strip()


# --- tiers -----------------------------------------------------------------------------------------------------------


def tiers_text(tiers):
    return "\n".join(f"{tier.get('at')} = {tier.get('points')}" for tier in tiers or ())


def read_tiers(text):
    return [{"at": number(at), "points": number(points)} for at, points in map(_assigned, lines_of(text))]


# --- options ---------------------------------------------------------------------------------------------------------


def options_text(options, *, with_codes=False):
    lines = []
    for option in options or ():
        label = option.get("label") or {}
        words = " | ".join(filter(None, [_flat(label.get("zh-hans")), _flat(label.get("en"))]))
        code = f" [{option.get('code')}]" if with_codes else ""
        lines.append(f"{words} = {option.get('points')}{code}")
    return "\n".join(lines)


def _flat(words):
    return (words or "").replace(BAR, "/").replace("\n", " ").strip()


def read_options(text, known=()):
    """Options keep the code of the known one with the same words."""
    codes = {_flat((one.get("label") or {}).get("zh-hans")): one.get("code") for one in known}
    found, taken = [], set(codes.values())
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        match = OPTION.fullmatch(line)
        if not match:
            raise ValueError(_("“%(line)s” has no points. Write: words = points") % {"line": line[:40]})
        words, _bar, english = match["words"].partition(BAR)
        code = match["code"] or codes.get(words.strip()) or _free("o", taken)
        taken.add(code)
        label = {"zh-hans": words.strip(), "en": english.strip()}
        found.append({"code": code, "label": label, "points": number(match["points"])})
    return found


def _free(letter, taken):
    return next(code for at in range(1, 10_000) if (code := f"{letter}{at}") not in taken)


# --- values and conditions -------------------------------------------------------------------------------------------


def value_text(value):
    if isinstance(value, bool):
        return str(BOTH_WORDS[value])
    if isinstance(value, list):
        return ", ".join(value_text(one) for one in value)
    return "" if value is None else str(value)


def read_value(text, op="=="):
    """yes and no in any of our languages, a number, a list where the comparison wants one, else the text itself."""
    text = str(text).strip()
    if op in LISTED:
        return [read_value(one) for one in re.split(r"[,，、]", text) if one.strip()]
    if text.casefold() in _booleans():
        return _booleans()[text.casefold()]
    try:
        return number(text)
    except ValueError:
        return text


def _booleans():
    own = {word.casefold(): value for value, words in BOTH_WORDS.items() for word in in_languages(words)}
    return OTHER_WORDS | own


def condition_text(condition):
    return f"{condition.get('fact')} {condition.get('op')} {value_text(condition.get('value'))}"


def read_condition(line):
    match = CONDITION.fullmatch(line.strip())
    if not match:
        raise ValueError(_("“%(line)s” is no condition. Write: fact >= 3") % {"line": line.strip()[:40]})
    return {"fact": match["fact"], "op": match["op"], "value": read_value(match["value"], match["op"])}


# --- the parameters of a way of scoring, as one cell -----------------------------------------------------------------


def mode_text(mode):
    kind = mode.get("kind")
    if kind == "fixed" and mode.get("op") is not None:
        return f"{mode['op']} {value_text(mode.get('value'))}"
    if kind == "deduct":
        return f"per = {mode.get('per')}"
    if kind == "steps":
        return "\n".join(f"{key} = {mode[key]}" for key in STEPS if key in mode)
    if kind == "tiers":
        head = [f"by = {mode['by']}"] if "by" in mode else []
        head += [f"of = {mode['of']}"] if "of" in mode else []
        rest = [f"else = {mode['else']}"] if "else" in mode else []
        return "\n".join([*head, *filter(None, [tiers_text(mode.get("tiers"))]), *rest])
    return options_text(mode.get("options"), with_codes=True) if kind == "options" else ""


def read_mode(kind, text):
    if kind == "fixed":
        return {"kind": kind, **(_comparison(text) if text.strip() else {})}
    if kind == "deduct":
        return {"kind": kind, **_numbers(text, ("per",))}
    if kind == "steps":
        return {"kind": kind, **_numbers(text, STEPS)}
    if kind == "options":
        return {"kind": kind, "options": read_options(text)}
    if kind == "tiers":
        mode, tiers = {"kind": kind}, []
        for line in lines_of(text):
            left, right = _assigned(line)
            if left in {"by", "of"}:
                mode[left] = right
            elif left in {"else", "其他", "否则"}:
                mode["else"] = number(right)
            else:
                tiers.append({"at": number(left), "points": number(right)})
        return mode | {"tiers": tiers}
    return {"kind": kind}


def _comparison(text):
    op = next((op for op in OPERATORS if text.strip().startswith(op)), None)
    if op is None:
        raise ValueError(_("“%(line)s” is no comparison. Write: >= 3") % {"line": text.strip()[:40]})
    return {"op": op, "value": read_value(text.strip()[len(op) :], op)}


def _numbers(text, keys):
    found = {}
    for line in lines_of(text):
        left, right = _assigned(line) if "=" in line.replace("＝", "=") else (keys[0], line)
        if left not in keys:
            raise ValueError(_("“%(name)s” is not known here.") % {"name": left[:40]})
        found[left] = number(right)
    return found
