"""Peers, each installed into an environment of its own, and the little they show when empty."""

from __future__ import annotations

import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path

PEERS = {
    "td-watson": ("watson", "log"),
    "jrnl": ("jrnl", "--config-file", "{home}/jrnl.yaml", "-n", "1"),
    "todoman": ("todo", "list"),
    "khal": ("khal", "list"),
    "sqlite-utils": ("sqlite-utils", "memory", "select 1"),
    "cookiecutter": ("cookiecutter", "--list-installed"),
}
"""By package: the program and the words that show something."""
FILES = {
    "jrnl.yaml": "journals: {{default: {{journal: {home}/journal.txt}}}}\nversion: v4.0\n",
    "journal.txt": "[2027-03-09 09:00] A day.\n",
    "CONFIG/todoman/config.py": 'path = "{home}/calendars/*"\ndate_format = "%Y-%m-%d"\n',
    "CONFIG/khal/config": "[calendars]\n[[home]]\npath = {home}/calendars/home\n[locale]\n",
    "calendars/home/displayname": "home",
    ".cookiecutters/README": "none",
}
"""What they need to find beside them."""


def peers(home: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Install each peer and give its row: name, program, words; say which could not be had."""
    for name, text in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text.format(home=home), encoding="utf-8")
    for package, (program, *words) in PEERS.items():
        folder = home / f"peer-{package}"
        venv.create(folder, with_pip=True)
        pip = [str(folder / "bin" / "pip"), "install", "-q", "--compile", package]
        if subprocess.run(pip, check=False, capture_output=True).returncode:
            print(f"{package} could not be installed here")
            continue
        yield f"{package}: {program} {words[0]}", str(folder / "bin" / program), tuple(words)
