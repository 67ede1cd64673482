#!/usr/bin/env python3
"""Writes docs/states.md: the graph of every state machine, read from the @transition decorators, which alone know it.

Use: python -m scripts.state_diagrams
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# State machines

Generated from the models by `python -m scripts.state_diagrams`; a test holds this page against the code. What a state
ties down is in the models' constraints, who may move it in the policies.
"""


def diagrams():
    """The page as text; needs Django to be set up."""
    from django.apps import apps
    from django.utils import translation
    from django_fsm import FSMFieldMixin

    parts = [HEAD]
    with translation.override("en"):
        for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
            for field in model._meta.fields:
                if isinstance(field, FSMFieldMixin):
                    parts.append(_diagram(model, field))
    return "\n".join(parts)


def _diagram(model, field):
    lines = [f"## {model._meta.label}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {field.get_default()}"]
    lines += sorted(f"    {move.source} --> {move.target}: {move.name}" for move in field.get_all_transitions(model))
    return "\n".join([*lines, "```", ""])


def main():
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings.test")
    import django

    django.setup()
    (ROOT / "docs" / "states.md").write_text(diagrams(), encoding="utf-8")


if __name__ == "__main__":
    main()
