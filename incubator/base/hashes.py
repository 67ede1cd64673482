"""One way to say whether content is still what was signed, decided or measured."""

import hashlib
import json


def canonical_json(content):
    """The JSON text of plain data that is the same whatever order its keys were written in: sorted keys, no blanks,
    UTF-8 characters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_sha256(content):
    """SHA-256 over the canonical JSON of plain data, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()
