"""Words of danger, whichever command keeps them: named at once, pinned, asked about (R131)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coaching import Coach, begin, hold, prompts_of
from few import few

ASLEEP = "Sometimes I think it would be easier not to wake up."
HIT = "My husband hit me again on Sunday."
HARM = "One day I'm going to hurt somebody at work."
WRAP = {"kind": "wrap", "commitments": "none"}


def wrapped(coach: Coach, **more: Any) -> str:
    return coach.do("wrap", "session", "4", "--from", "-", stdin=json.dumps({**WRAP, **more})).err


def noted(coach: Coach, *command: str, stdin: str | None = None) -> str:
    hold(coach, 4)
    return coach.do(*command, stdin=stdin).err


def with_promise(coach: Coach, words: str) -> str:
    promise = {"what": "Ring Gary", "when": "friday", "how_will_i_know": "I have a date"}
    wrapped(coach, commitments=[promise])
    return coach.do("commitments", "update", "1", "--learned", words).err


def live_key(coach: Coach, words: str, key: str = "t") -> str:
    line = json.dumps({"at": "14:10", "key": key, "text": words})
    told = coach.do("live", "4", "--replay", "-", stdin=line).err
    hold(coach, 4)
    return told


KEPT = {
    "note of a wrap": lambda coach, words: wrapped(coach, notes=words),
    "takeaway": lambda coach, words: wrapped(coach, takeaways=[words]),
    "belief": lambda coach, words: wrapped(coach, beliefs=[words]),
    "parked in a wrap": lambda coach, words: wrapped(coach, parked=[words]),
    "note": lambda coach, words: noted(coach, "notes", "add", words),
    "parked": lambda coach, words: noted(coach, "parked", "add", words),
    "remark on ratings": lambda coach, words: noted(coach, "log-tci", "--note", words),
    "what came of a step": with_promise,
    "words in a session": live_key,
    "note in a session": lambda coach, words: live_key(coach, words, "m"),
    "worksheet": lambda coach, words: noted(
        coach,
        *("worksheets", "fill", "values-words", "--from", "-"),
        stdin=f"kind: answers\nworksheet: values-words\nanswers:\n  hard: {json.dumps(words)}\n",
    ),
}


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("kept", "words"), few([(kept, words) for kept in KEPT for words in (ASLEEP, HIT, HARM)], 14)
)
def test_words_of_danger_are_named_pinned_and_asked_about(
    begun: Coach, kept: str, words: str
) -> None:
    said = KEPT[kept](begun, words)
    assert f"pinned: Safety, in the client's words: “{words}”" in said
    begun.today = "2027-03-09"
    plan = begun.json("prep", "session", "5")
    assert [words in note["text"] for note in plan["pinned"]] == [True]
    first, *_ = prompts_of(plan)
    asks = "safe" if words == HIT else "thoughts"
    assert asks in first["text"]
    glance = begun.do("prep", "session", "5", "--glance").out
    assert words in glance
    # What the plan asks first, the page for the last minutes asks first.
    assert f"**Open with:** {first['text']}" in glance
    (client,) = begun.json("today")["clients"]
    assert any(words in due["text"] for due in client["waiting"] if due["kind"] == "pinned")
    if kept.endswith("in a session"):
        # The plan of the session itself begins with safety, as after a check-in.
        return
    # Once it is settled, a session begins as any other.
    begun.do("notes", "unpin", str(plan["pinned"][0]["id"]))
    first, *_ = prompts_of(begun.json("prep", "session", "5"))
    assert asks not in first["text"]


@pytest.mark.req("R131")
def test_a_note_before_the_first_session_is_asked_about_in_it(coach: Coach) -> None:
    begin(coach)
    coach.today = "2027-01-05"
    coach.do("notes", "add", ASLEEP, "--session", "1")
    plan = coach.json("prep", "session", "1")
    assert [proposal["kind"] for proposal in plan["proposals"]] == ["safety"]


@pytest.mark.req("R131")
def test_a_long_note_pins_the_words_themselves_and_ordinary_words_nothing(begun: Coach) -> None:
    filler = "We spoke about the flat and the move, and about who would take the cat. " * 5
    said = wrapped(begun, notes=f"{filler}{ASLEEP} {filler}")
    assert f"words: “{ASLEEP.rstrip('.')}" in said
    assert "cat" not in said.split("pinned:")[1].split("”")[0]
    ago = "Her brother Declan died in 2009, an overdose. She said it once."
    assert "pinned" not in begun.do("notes", "add", ago).err
    assert "pinned" not in begun.do("notes", "add", "We laughed about the move.").err


@pytest.mark.req("R131", "R140")
def test_the_mail_leaves_words_of_danger_out_and_says_so(begun: Coach) -> None:
    taken = [{"text": ASLEEP, "to_send": True}, {"text": "I may ask", "to_send": True}]
    wrapped(begun, takeaways=taken)
    mail = begun.do("recap", "4")
    assert ASLEEP not in mail.out
    assert "I may ask" in mail.out
    assert f"leaves out words about danger: “{ASLEEP}”" in mail.err
