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
from trajplan.planning.spoken import (
    SINCE,
    SOME_KEPT,
    TAKEN_ON,
    fill_spoken,
    is_sayable,
    label_phrases,
)
from trajplan.settings import Settings

SAID = Path(__file__).parent / "prompts.txt"
NOWHERE = Path("/nonexistent/trajplan-tests")
WORDS = {
    "inquiry": "What did your hands miss this week?",
    "assumption": "At my age nobody starts again.",
}
LABELS = ("calling the works council", "the letter", "not checking mails after eight")
NAMES = ("{what}", "{thing}", "{happens}")
PHRASES = {
    "told": "told me",
    "learned": "Bo says yes",
    "telling": "told me your old boss rang",
    "says": "Thank you for telling me.",
    "day": "12 March",
    "topic": "the hearing",
    "objective": "a plan",
    "planned": "were going to call the works council",
    "avoided": "weren't going to check mails after eight",
    "to_do": "call the works council",
    "carried_out": "were going to send the application",
    "did": "wrote the letter",
    "lived": "told Ada",
    "found": "counted the hours",
    "gently": "told the counsellor about the baby",
    "event": "the coffee with Chloe",
    "person": "Karen",
    "met": "rang Karen",
    "asked": "Graham",
    "asks": "how was that?",
    "step": "You rang Karen. How was that?",
    "taken_on": TAKEN_ON,
    "kept": SOME_KEPT,
    "since": SINCE,
    "wish": "work with people",
    "things": "printing the CV and booking a room",
    "question": "What would you do this week if nobody could say no to you?",
    "ways": "two",
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
                labels = LABELS if any(name in wording for name in NAMES) else LABELS[:1]
                if case in ("filled", "waiting"):
                    labels = ("“Wheel of Life”",)
                for label in labels:
                    phrases = {**PHRASES, **label_phrases(label)}
                    if all(phrases[name[1:-1]] for name in NAMES if name in wording):
                        yield f"    {fill_spoken((wording,), 0, WORDS, (phrases,)).text}"


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
