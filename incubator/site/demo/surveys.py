"""Writes the questionnaires, surveys, answers and comparisons of the demonstration. Answers are drawn, the same for the
same survey on any day; scores, keys and results are computed by the services' own functions."""

import copy
import datetime
import random

from django.db.models import F

from evaluations.choices import LinkState, ResponseSource, WaveStatus
from evaluations.models import AnalysisRun, Instrument, InstrumentVersion, LinkDoubt, Response, Scale, Wave
from evaluations.services import linking
from evaluations.services.answers import clean_answers
from evaluations.services.effect import write_analysis
from evaluations.services.wave import consent_version_of, target_fields
from evaluations.validators import items_of, normalized, scales_of, score_answers
from incubator.audit import services as audit
from incubator.base.hashes import content_sha256
from incubator.site.demo import people
from incubator.site.demo import survey_stories as stories
from incubator.site.demo.board import identifier

EVENING = 17
TOKEN = 20
LIKERT = "likert"
AGES_OF_MEMBERS = ("over_60", "over_60", "from_46", "over_60", "from_46", "over_60", "from_26")


def write_surveys(demo):
    known = Instrument.objects.filter(division=None).select_related("current")
    editions = {instrument.code: instrument.current for instrument in known}
    own_questionnaire(demo, known.get(code=stories.MEMBERS))
    demo.waves = {}
    for key, story in stories.WAVES.items():
        demo.waves[key] = wave(demo, key, story, editions)
    waves = list(demo.waves.values())
    demo.stamp(waves, [one.closed_at or one.opened_at for one in waves])
    demo.add("surveys", waves)
    scales = {edition.pk: list(edition.scales.order_by("pk")) for edition in editions.values()}
    rows = [row for key in stories.WAVES for row in sheets(demo, key, scales[demo.waves[key].version_id])]
    Response.objects.bulk_create(rows)
    Response.objects.filter(wave__in=waves).update(created_at=F("submitted_at"), updated_at=F("submitted_at"))
    demo.add("answer sheets", rows)
    doubt(demo, rows)
    analyses(demo)


def own_questionnaire(demo, original):
    """The district's own: the same eighteen questions, so that its scales can be compared, and a part of its own."""
    content = copy.deepcopy(original.current.content)
    content["title"] = dict(zip(("zh-hans", "en"), stories.OWN_TITLE, strict=True))
    content["intro"] = stories.OWN_INTRO
    content["sections"].append(stories.OWN_SECTION)
    content, key, author = normalized(content), identifier("questionnaire", "district"), demo.users["district1"]
    instrument = Instrument.objects.create(
        uuid=key, code=f"own-{key.hex[:20]}", title=stories.OWN_TITLE[0], title_en=stories.OWN_TITLE[1],
        subject=original.subject, division=demo.division(people.CHENGGUAN), source=stories.OWN_SOURCE, draft=content,
        created_by=author,
    )  # fmt: skip
    sha256 = content_sha256(content)
    instrument.current = InstrumentVersion.objects.create(
        uuid=identifier("questionnaire-edition", sha256), instrument=instrument, number=1, content=content, sha256=sha256,
        published_at=demo.ago(stories.OWN_PUBLISHED, 10), published_by=author,
    )  # fmt: skip
    Scale.objects.bulk_create(
        Scale(
            uuid=identifier("questionnaire-scale", sha256, facts.code), version=instrument.current, code=facts.code,
            label=facts.label, level=facts.level, items=list(facts.items), reverse=list(facts.reverse),
            points=facts.points, min_answered=facts.min_answered, higher_is_better=facts.higher_is_better,
            fingerprint=facts.fingerprint,
        )
        for facts in scales_of(content)
    )  # fmt: skip
    instrument.save(update_fields=["current", "updated_at"])
    demo.stamp([instrument], [instrument.current.published_at])
    audit.record(
        "instrument.published", target=instrument, actor=author, area=instrument.division,
        data={"edition": 1, "sha256": sha256},
    )  # fmt: skip
    demo.add("own questionnaires", [instrument])


def wave(demo, key, story, editions):
    questionnaire, kind, title, (sort, name), first, last, linked_by, expected, author, earlier = story
    things = {"project": demo.projects, "activity": demo.activities}
    target = demo.division(name) if sort == "community" else things[sort][name]
    text = "\n".join((stories.PURPOSE, stories.FREE, stories.WAYS[linked_by], stories.READERS))
    is_open = key in stories.OPEN
    row = Wave(
        uuid=identifier("wave", key), version=editions[questionnaire], kind=kind, title=title, linked_by=linked_by,
        earlier=demo.waves.get(earlier), expected=expected, token=identifier("wave-token", key).hex[:TOKEN],
        opens_on=demo.day(first), closes_on=demo.day(last), opened_at=demo.ago(-first, 16),
        status=WaveStatus.OPEN if is_open else WaveStatus.CLOSED, closed_at=None if is_open else demo.ago(-last, 22),
        consent_text=text, consent_version=consent_version_of(text), created_by=demo.users[author],
        **target_fields(target),
    )  # fmt: skip
    row.save(force_insert=True)
    audit.record(
        "wave.opened", target=row, actor=row.created_by, area=row.community, data={"consent": row.consent_version}
    )
    return row


# --- answer sheets ----------------------------------------------------------------------------------------------------


def sheets(demo, key, scales):
    survey = demo.waves[key]
    content, draw = survey.version.content, random.Random(f"miaopu survey {key}")
    if key in stories.ANSWERED:
        told = of_members(key, content)
    elif key in stories.SATISFACTION:
        told = of_visitors(key, content, draw)
    else:
        told = of_residents(key, content, draw)
    told = list(told)
    days = (-1 if key in stories.OPEN else stories.WAVES[key][5]) - stories.WAVES[key][4]
    rows = []
    for number, (answers, age, more) in enumerate(told):
        moment = demo.ago(
            -stories.WAVES[key][4] - number * days // len(told), EVENING + number % 4, number * 17 % 60
        )  # fmt: skip
        cleaned, on_paper = clean_answers(content, answers), number % stories.PAPER_EVERY == 1
        rows.append(
            Response(
                uuid=identifier("response", key, number), wave=survey, answers=cleaned,
                scores=score_answers(scales, cleaned), age_group=age,
                source=ResponseSource.PAPER if on_paper else ResponseSource.QR,
                entered_by=survey.created_by if on_paper else None, consented_at=None if on_paper else moment,
                begun_at=moment if on_paper else moment - datetime.timedelta(minutes=4 + number % 5),
                submitted_at=moment, **link(survey, key, number, more),
            )
        )  # fmt: skip
    return rows


def link(survey, key, number, more):
    """The fields that join a sheet with the same person's others; ``more``: the person's code, or further fields."""
    if survey.linked_by == "nothing":
        return more
    is_doubtful = stories.SAME_CODE[0] == key and number == stories.SAME_CODE[2]  # the later of the two
    return {
        "subject_key": linking.code_key(linking.check_code(more["code"]), survey.community.code),
        "link_state": LinkState.DOUBTFUL if is_doubtful else LinkState.LINKED,
    }


def of_members(key, content):
    """(answers, age group, code) of each; what a person is like is drawn from the person's number alone."""
    numbers, levels, changes = stories.ANSWERED[key]
    group = stories.WAVES[key][3][1]
    for position, number in enumerate(numbers):
        person = random.Random(f"miaopu person {group} {number}")
        code = f"{person.choice(stories.CODE_LETTERS)}{person.choice(stories.CODE_LETTERS)}{2300 + 29 * number}"
        stands = {
            level: mean + person.gauss(0, stories.PERSON) for level, mean in zip(stories.LEVELS, levels, strict=True)
        }
        if stories.SAME_CODE[0] == key and position == stories.SAME_CODE[2]:
            first = random.Random(f"miaopu person {group} {stories.SAME_CODE[1]}")
            code = "".join(first.choice(stories.CODE_LETTERS) for _letter in range(2))
            code += str(2300 + 29 * stories.SAME_CODE[1])
        draw = random.Random(f"miaopu sheet {key} {number}")
        for level, change in zip(stories.LEVELS, changes or (), strict=False):
            stands[level] += change + draw.gauss(0, stories.CHANGE)
        yield likert(content, stands, draw), AGES_OF_MEMBERS[number % len(AGES_OF_MEMBERS)], {"code": code}


def likert(content, stands, draw):
    answers = {}
    for item in items_of(content):
        if item["kind"] != LIKERT or draw.random() < stories.LEFT_OUT:
            continue
        value = min(max(round(stands[item["scale"]] + draw.gauss(0, stories.ITEM)), 1), item["points"])
        answers[item["id"]] = item["points"] + 1 - value if item.get("reverse") else value
    return answers


def of_visitors(key, content, draw):
    number, mean = stories.SATISFACTION[key]
    words = stories.MORE[key]
    for position in range(number):
        answers = {}
        for item in items_of(content):
            if item["kind"] == LIKERT:
                answers[item["id"]] = min(max(round(draw.gauss(mean, stories.ITEM)), 2), item["points"])
        if position % 3 == 1 and position // 3 < len(words):
            answers["more"] = words[position // 3]
        yield answers, draw.choice(["over_60", "over_60", "from_46", "from_26", "unknown"]), {}


def of_residents(key, content, draw):
    options = {item["id"]: [option["id"] for option in item.get("options", ())] for item in items_of(content)}
    none_of_them = options["ways"][-1]
    told = []
    for age, number, wishes, times, ways in stories.AGES:
        for position in range(number):
            taken = _some(draw, options["ways"], ways, draw.choice([1, 1, 2]))
            answers = {
                "services": _some(draw, options["services"], wishes, draw.choice([2, 3, 3, 4])),
                "time": draw.choices(options["time"], times)[0],
                "ways": [none_of_them] if none_of_them in taken else taken,
            }
            is_child = age == stories.AGES[0][0] and position == 0
            told.append((answers, age, {"is_under_14": True, "guardian_agreed": True} if is_child else {}))
    draw.shuffle(told)
    for saying, (answers, _age, _more) in zip(stories.SAYINGS[key], told[::3], strict=False):
        answers["say"] = saying
    return told


def _some(draw, options, weights, number):
    """So many different ones, the heavier the likelier, in the order of the questionnaire."""
    left = dict(zip(options, weights, strict=True))
    taken = set()
    while len(taken) < number and any(left.values()):
        one = draw.choices(list(left), list(left.values()))[0]
        taken.add(one)
        del left[one]
    return [option for option in options if option in taken]


def doubt(demo, rows):
    key, first, second = stories.SAME_CODE
    mine = [row for row in rows if row.wave_id == demo.waves[key].pk]
    made = LinkDoubt.objects.create(
        uuid=identifier("doubt", key), response=mine[second], other=mine[first], why=linking.SAME_CODE
    )
    demo.stamp([made], [mine[second].submitted_at])
    demo.add("doubtful links", [made])


def analyses(demo):
    made = []
    for before, after, ago in stories.ANALYSES:
        moment = demo.ago(ago, 9)
        row = AnalysisRun.objects.create(
            uuid=identifier("analysis", before, after), before=demo.waves[before], after=demo.waves[after], as_of=moment,
            run_by=demo.users["worker1"],
        )  # fmt: skip
        write_analysis(run_uuid=row.uuid)
        AnalysisRun.objects.filter(pk=row.pk).update(computed_at=moment)
        made.append(row)
    demo.stamp(made, [row.as_of for row in made])
    demo.add("comparisons", made)
