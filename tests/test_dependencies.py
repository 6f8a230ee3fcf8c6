"""What others wrote and we rely on: locked, looked into, and named with its terms."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]
LOCK = (PROJECT / "requirements-dev.lock").read_text(encoding="utf-8")


def script(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, PROJECT / path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked_for() -> Iterator[Requirement]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in [*project["dependencies"], *chain(*project["optional-dependencies"].values())]:
        if not line.startswith("trajplan["):
            yield Requirement(line)


def test_the_lock_holds_all_that_is_asked_for_in_a_release_that_will_do() -> None:
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE))
    assert len(locked) > 60
    unmet = [
        str(requirement)
        for requirement in asked_for()
        if not requirement.specifier.contains(locked.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unmet == [], "docs/how-to/build-and-check.md says how the lock is made again"


def test_every_release_in_the_lock_is_known_by_its_bytes_and_no_place_is_named() -> None:
    releases = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert [one for one in releases if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", one)] == []
    assert re.findall(r"https?:|file:|index-url|find-links", LOCK) == []


def test_the_licences_are_those_of_what_is_installed() -> None:
    licences = script("docs/make_licences.py")
    assert licences.FILE.read_text(encoding="utf-8") == licences.text(), (
        "run python docs/make_licences.py, and look at what has changed"
    )


SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
WEAK: dict[str, Any] = {
    "name": "weak",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1", "3.0"]}],
}
HOPELESS: dict[str, Any] = {**WEAK, "vulns": [{"id": "PYSEC-2026-2", "fix_versions": []}]}
UNKNOWN: dict[str, Any] = {"name": "unknown", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("releases", "code", "lines"),
    [
        ([SOUND], 0, ["no weakness is known of 1 releases"]),
        ([SOUND, WEAK], 1, ["weak 2.0: PYSEC-2026-1, mended in 2.1, 3.0"]),
        ([HOPELESS], 1, ["weak 2.0: PYSEC-2026-2, mended in no release yet"]),
        ([UNKNOWN], 0, ["skipped, as no advisories could be had for any of 1 releases"]),
        (
            [WEAK, UNKNOWN],
            1,
            [
                "weak 2.0: PYSEC-2026-1, mended in 2.1, 3.0",
                "not asked, as no advisories could be had: unknown",
            ],
        ),
        ([], 0, ["skipped, as no release was looked at"]),
    ],
)
def test_only_a_known_weakness_fails_the_audit_and_silence_is_no_all_clear(
    releases: list[dict[str, Any]], code: int, lines: list[str]
) -> None:
    assert script("packaging/audit.py").verdict(releases) == (code, lines)
