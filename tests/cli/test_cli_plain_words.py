"""Help is in the words of a coach, and nobody needs to know how the program keeps things (R144)."""

from __future__ import annotations

import re

import pytest

from coaching import Coach
from trajplan.cli.app import COMMANDS

AWKWARD = re.compile(
    r"\b(?:Keep that|Let the journey|Let it go on|rest the journey|taken for granted"
    r"|is not given twice|go gently|in all\.|once more, where|whoever it was|without a further"
    r"|so that nobody|hold for them|holds for them|one that stands|stands there already)\b",
    re.IGNORECASE,
)
"""Turns that nobody says, each of which the help once had."""


def helps(coach: Coach) -> list[tuple[str, str]]:
    """Every command with its whole help, subcommands too."""
    pages = [("trajplan", coach.do("--help", env={"COLUMNS": "200"}).out)]
    for name in COMMANDS:
        text = coach.do(name, "--help", env={"COLUMNS": "200"}).out
        pages.append((name, text))
        listed = text.partition("Commands:\n")[2]
        for line in listed.splitlines():
            word = line.split()[0] if line.startswith("  ") and line.split() else ""
            # Below the commands stand the options of the one that needs no name.
            if word and not line.startswith(("   ", "  -")):
                more = coach.do(name, word, "--help", env={"COLUMNS": "200"}).out
                pages.append((f"{name} {word}", more))
    return pages


@pytest.mark.req("R144")
def test_help_is_in_plain_current_english(coach: Coach) -> None:
    pages = helps(coach)
    assert len(pages) > 80
    for name, text in pages:
        assert not AWKWARD.search(" ".join(text.split())), name
        assert "<int" not in text, name
        assert "<=" not in text, name
    said = dict(pages)
    assert "[from 15 to 480]" in " ".join(said["prep session"].split())
    assert "Record a no-show." in said["sessions miss"]
    assert "Pause the journey." in said["sessions pause"]
    assert "Resume a paused journey." in said["sessions resume"]
    assert "Record a referral." in said["refer"]
    # A first sentence says what the command does, and ends.
    for name, text in pages[1:]:
        about = text.split("\n\n")[1].strip()
        assert about[0].isupper(), name
        assert about.rstrip().endswith((".", "?", "`")), (name, about)
