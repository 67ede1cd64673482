"""Writes the growth standard that a street of the demonstration made of the platform's sample. It is published after the
last decision of the stories: those were measured by the sample."""

import copy

from evaluations.models import GrowthStandard, StandardVersion
from evaluations.services.standard import content_of
from incubator.audit import services as audit
from incubator.base.hashes import content_sha256
from incubator.site.demo import growth_stories as stories
from incubator.site.demo.board import identifier


def write_standards(demo):
    place, titles, author, ago = stories.OWN_STANDARD
    sample, division, author = GrowthStandard.objects.get(division=None), demo.division(place), demo.users[author]
    key = identifier("standard", place)
    standard = GrowthStandard(
        uuid=key, code=f"own-{key.hex[:20]}", title=titles[0], title_en=titles[1], division=division, created_by=author,
        draft=own_content(sample.draft),
    )  # fmt: skip
    standard.draft = content = content_of(standard)
    standard.save(force_insert=True)
    sha256 = content_sha256(content)
    standard.current = StandardVersion.objects.create(
        uuid=identifier("standard-edition", sha256), standard=standard, number=1, content=content, sha256=sha256,
        published_at=demo.ago(ago, 11), published_by=author,
    )  # fmt: skip
    standard.save(update_fields=["current", "updated_at"])
    demo.stamp([standard], [standard.current.published_at])
    audit.record(
        "standard.published", target=standard, actor=author, area=division, data={"edition": 1, "sha256": sha256}
    )
    demo.add("own standards", [standard])


def own_content(sample):
    """The sample with the street's points and the street's wording of some rules."""
    content = copy.deepcopy(sample)
    for dimension in content["dimensions"]:
        for part in (dimension, *dimension["indicators"]):
            part["points"] = stories.OWN_POINTS.get(part["code"], part["points"])
    for ladder in ("stages", "forms"):
        for rung in content[ladder]:
            for rule in rung["rules"]:
                rule |= stories.OWN_RULES.get(rule["code"], {})
    return content
