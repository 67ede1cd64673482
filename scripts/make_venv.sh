#!/usr/bin/env bash
# Make the virtual environment $1 with the first Python from 3.11 on that can.
set -eu
for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$python" -m venv "$1" 2>/dev/null && "$1/bin/python" -m pip --version >/dev/null 2>&1; then
        exit 0
    fi
    rm -rf "$1"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv) >/dev/null 2>&1 || true
        if "$python" -m venv "$1" 2>/dev/null && "$1/bin/python" -m pip --version >/dev/null 2>&1; then
            exit 0
        fi
        rm -rf "$1"
    fi
done
echo "No Python 3.11 or newer that can make a virtual environment was found (on Debian: apt-get install python3 python3-venv)." >&2
exit 1
