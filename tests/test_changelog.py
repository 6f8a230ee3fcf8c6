"""The changelog counts what is shipped and names every command."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from trajplan.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]
TENS = {"twenty": 20, "thirty": 30, "forty": 40}
ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]


def number(word: str) -> int:
    """A number below fifty as it is written."""
    small = [*ONES, *TEENS, "eighteen", "nineteen"]
    tens, _, one = word.lower().partition("-")
    return small.index(tens) if tens in small else TENS[tens] + small.index(one)


def test_the_counts_are_those_of_the_content() -> None:
    text = " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split())
    banks = [
        yaml.load(file.read_bytes(), yaml.CSafeLoader)
        for file in ROOT.glob("question_banks/*.yaml")
    ]
    for key in ("questions", "sequences"):
        least = re.search(rf"more than (\d+) {key}", text)
        assert least
        # Round figures, so that one question more or less does not make the page untrue.
        assert 0 <= sum(len(bank.get(key, ())) for bank in banks) - int(least[1]) - 1 < 100
    for words, folder in (
        (r"(\S+) journeys \(", "blueprints/journeys"),
        (r"(\S+) session blueprints", "blueprints/sessions"),
        (r"(\S+) worksheets,", "blueprints/worksheets"),
        (r"(\S+) question banks", "question_banks"),
    ):
        found = re.search(words, text)
        assert found, words
        assert number(found[1]) == len(list((ROOT / folder).glob("*.yaml"))), found[0]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = re.search(r"(\S+) worksheets are built in", readme)
    assert said
    assert number(said[1]) == len(list((ROOT / "blueprints/worksheets").glob("*.yaml")))


def test_every_command_is_in_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if not re.search(rf"`{command}\b", text)] == []
