"""A whole session of 90 minutes run with `live` at speed, and what its wrap holds (R133, R135)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coaching import Coach, questions_of
from trajplan.planning.minutes import Group, PartBounds, allot

Plan = dict[str, Any]
ENDS = (11, 36, 44, 59, 76, 92)
"""Minutes after 14:00 at which each segment really ended: some early, some late."""


def clock(minute: int) -> str:
    return f"{14 + minute // 60:02d}:{minute % 60:02d}"


def oracle(plan: Plan, took: list[int]) -> tuple[int, ...]:
    """The law of minutes over the whole session, what is past pinned to what it took."""
    parts = []
    for index, segment in enumerate(plan["segments"]):
        bounds = segment["bounds"]
        if index < len(took):
            parts.append(PartBounds(took[index], max(1, took[index]), took[index]))
        else:
            parts.append(PartBounds(bounds["min"], bounds["ideal"], bounds["max"]))
    opening = plan["segments"][0]["bounds"]
    low, high = (took[0], took[0]) if took else (10, 15)
    assert opening["min"] <= 15
    result = allot(parts, [Group("Context Setting", (0,), low, high)], 90)
    assert result is not None
    return result


def keys(plan: Plan) -> list[dict[str, str]]:
    """A session as a coach might press it: every question but the last of each segment is asked."""
    lines: list[dict[str, str]] = []

    def press(minute: int, key: str, text: str = "", **more: str) -> None:
        lines.append({"at": clock(minute), "key": key, "text": text, **more})

    start = 0
    for segment, end in zip(plan["segments"], ENDS, strict=True):
        for question in segment["questions"][:-1] or segment["questions"]:
            press(start, "space", question["id"])
        if segment is plan["segments"][1]:
            press(start + 1, "t", "I'd be #1: “free”, not the #2")
            press(start + 2, "t", "looks for a way out", wording="gist")
            press(start + 2, "a", "Without a degree: nothing")
            press(start + 3, "p", "What the pension office said: no")
            press(start + 3, "p", "a slip")
            press(start + 3, "u")
            press(start + 4, "x")
            press(start + 5, "space")  # the planned one that is left
            press(start + 5, "space")  # and the one that came to it
            press(start + 5, "i", "I explain by letting them try first", wording="exact")
            press(start + 6, "m", "Eyes down: twice.\nAsk next time?")
        if segment is plan["segments"][4]:
            press(start + 1, "c", "Ask the officer", when="+5d", known="There is a date: or a no")
            press(start + 4, "c", "Write to Gary # today", when="2027-03-02", known="It is sent")
        press(end, "w" if segment is plan["segments"][-1] else "n")
        start = end
    return lines


def run(coach: Coach, lines: list[dict[str, str]]) -> Any:
    path = coach.write("keys.jsonl", "".join(f"{json.dumps(line)}\n" for line in lines))
    return coach.do("live", "4", "--replay", path).data


@pytest.mark.req("R135", "R133")
def test_the_wrap_holds_all_of_the_session_and_its_real_minutes(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    lines = keys(plan)
    took: list[int] = []
    for index, line in enumerate(lines):
        if line["key"] == "n":
            minute = ENDS[len(took)]
            took.append(minute - sum(took))
            state = run(begun, lines[: index + 1])
            fitted = tuple(segment["minutes"] for segment in state["segments"])
            assert fitted == oracle(plan, took)
            assert state["segments"][len(took)]["start"] == clock(minute)
    state = run(begun, lines)
    assert state["ended"]
    assert list(state["actual"].values()) == [11, 25, 8, 15, 17, 16]

    form = begun.do("wrap", "session", "4", "--form").out
    for text in (
        "I'd be #1: “free”, not the #2",
        "looks for a way out",
        "Without a degree: nothing",
        "What the pension office said: no",
        "“I explain by letting them try first”",
        "Eyes down: twice.",
        "Ask next time?",
        "Ask the officer",
        "There is a date: or a no",
        "Write to Gary # today",
    ):
        assert text in form
    assert "a slip" not in form

    begun.do("wrap", "session", "4", "--from", begun.write("wrap.md", form))
    asked = questions_of(state)
    planned = {question["id"] for question in questions_of(plan)}
    assert {question["id"] for question in asked if question["asked"]} - planned
    record = begun.json("sessions", "show", "4")
    wrap = record["wrap"]
    assert wrap["minutes"] == 92
    assert wrap["actual"] == state["actual"]
    assert set(wrap["asked"]) == {question["id"] for question in asked if question["asked"]}
    assert wrap["parked"] == ["What the pension office said: no"]
    assert wrap["takeaways"] == ["“I explain by letting them try first”"]
    promises = begun.json("commitments")["commitments"]
    assert [(promise["what"], promise["due"]) for promise in promises] == [
        ("Ask the officer", "2027-02-28"),
        ("Write to Gary # today", "2027-03-02"),
    ]
    beliefs = begun.json("assumptions")["assumptions"]
    assert any(belief["text"] == "Without a degree: nothing" for belief in beliefs)
    # Saved, nothing is left of the draft.
    assert not list(begun.practice.parent.glob("*.drafts/*-live.jsonl"))
