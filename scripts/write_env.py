"""Write a .env with a random key where there is none."""

import os
import secrets
from pathlib import Path

path = Path(__file__).resolve().parents[1] / ".env"
if not path.exists():
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
        lines.write(
            "# Read when the server starts; docs/operations.md lists all settings.\n"
            f"INCUBATOR_SECRET_KEY={secrets.token_urlsafe(60)}\n"
        )
    print("Wrote .env with a random key.")
