"""The oldest releases that CI tries are those the project says it works with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def test_ci_tries_the_oldest_releases_that_are_promised() -> None:
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    promised = {
        found[1]: found[2]
        for dependency in project["project"]["dependencies"]
        if (found := re.match(r"([\w-]+)>=([\d.]+)", dependency))
    }
    tried = dict(line.split("==") for line in (HERE / "lowest.txt").read_text().split())
    assert tried == promised
