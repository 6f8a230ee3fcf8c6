"""Every wording of every built-in prompt as it is said aloud, with a client's words in it.

Read it aloud when it changes: `pytest --update-golden` writes it anew.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from trajplan.content.library import Library
from trajplan.content.loader import load
from trajplan.planning.spoken import fill_spoken, is_sayable, label_phrases
from trajplan.settings import Settings

SAID = Path(__file__).parent / "prompts.txt"
NOWHERE = Path("/nonexistent/trajplan-tests")
WORDS = {
    "learned": "It was only a room.",
    "inquiry": "What did your hands miss this week?",
    "assumption": "At my age nobody starts again.",
    "words": "Work without nights.",
}
LABELS = (
    "calling the works council",
    "the talk with Ada",
    "not checking mails after eight",
    "“Mit Anna reden”",
    "the second thing you took on",
)
PHRASES = {
    "told": "told me",
    "day": "12 March",
    "topic": "your boss",
    "objective": "a plan",
    "planned": "were going to call the works council",
    "avoided": "weren't going to check mails after eight",
    "to_do": "call the works council",
    "did": "called the works council",
    "both": "You liked it, and you feel like you're running away",
    "wish": "work that doesn't make you ill",
    "things": "printing the CV and booking a room",
    "arranged": "sent the form",
    "question": "What would you do this week if nobody could say no to you?",
    "paths": "Workplace trainer. Your own courses for small firms",
    "could": "sign, move or close",
}


def shipped() -> Library:
    return load(Settings(practice=NOWHERE, library_folders=(), user_library=NOWHERE, cache=None))


def spoken() -> Iterator[str]:
    """Each prompt, each case of it, each wording with every kind of label."""
    for name, prompt in sorted(shipped().prompts.items()):
        yield name
        for case, first in prompt.texts.items():
            yield f"  {case}"
            for wording in (first, *prompt.again.get(case, ())):
                labels = LABELS if "{what}" in wording or "{thing}" in wording else LABELS[:1]
                if case in ("filled", "waiting"):
                    labels = ("“Wheel of Life”",)
                for label in labels:
                    phrases = {**PHRASES, **label_phrases(label)}
                    if phrases["thing"] or "{thing}" not in wording:
                        yield f"    {fill_spoken((wording,), 0, WORDS, (phrases,))}"


def test_every_prompt_is_said_as_it_was(request: pytest.FixtureRequest) -> None:
    lines = list(spoken())
    assert all(is_sayable(line) for line in lines)
    text = "".join(f"{line}\n" for line in lines)
    if request.config.getoption("--update-golden"):
        SAID.write_text(text, encoding="utf-8")
    kept = SAID.read_text(encoding="utf-8")
    if text != kept:
        diff = difflib.unified_diff(kept.splitlines(), text.splitlines(), lineterm="", n=1)
        pytest.fail("read what changed; --update-golden keeps it\n" + "\n".join(diff))
