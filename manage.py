#!/usr/bin/env python
"""Entry point of every management command."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings.main")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - settings are named first
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")


if __name__ == "__main__":
    main()
