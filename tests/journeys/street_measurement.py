"""Two surveys of a street's project that were compared: for the walk over all addresses."""

import uuid

from evaluations.services.effect import ask_analysis, write_analysis
from tests.factories.effects import fill, make_pair


def measured(word, project, worker):
    """The comparison, computed; with the street's word in the titles of its surveys."""
    before, after = make_pair(project.organization, project)
    for wave, title in ((before, f"{word}前测"), (after, f"{word}后测")):
        wave.title = title
        wave.save(update_fields=["title"])
        fill(wave, range(8))
    run = ask_analysis(uuid=uuid.uuid4(), before=before, after=after, actor=worker)
    return write_analysis(run_uuid=run.uuid)
