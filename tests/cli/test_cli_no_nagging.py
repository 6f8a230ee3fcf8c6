"""A promise that waits is asked after twice at most; hints say what is missing and no more."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import Coach, begin

PROMISE = (
    "kind: wrap\ncommitments:\n"
    "  - {what: Call the works council, when: '2027-03-01', how_will_i_know: A date}\n"
)
NOTHING = "kind: wrap\ncommitments: none\n"
DAYS = {4: "2027-02-23", 5: "2027-03-09", 6: "2027-03-23", 7: "2027-04-06", 8: "2027-04-20"}


def reviews(coach: Coach, session: int) -> list[dict[str, Any]]:
    plan = coach.json("prep", "session", str(session))
    return [
        prompt
        for segment in plan["segments"]
        for prompt in segment["prompts"]
        if prompt["id"] == "review-commitment"
    ]


def hold(coach: Coach, session: int, wrap: str = NOTHING) -> None:
    coach.today = DAYS[session]
    coach.do("prep", "session", str(session))
    coach.do("wrap", "session", str(session), "--from", "-", stdin=wrap)


def test_a_promise_that_waits_is_asked_after_in_two_held_sessions_and_then_ticked(
    coach: Coach,
) -> None:
    begin(coach)
    hold(coach, 4, PROMISE)
    coach.today = DAYS[5]
    (first,) = reviews(coach, 5)
    assert first["case"] == "open"
    # A plan made anew is not another session.
    coach.do("prep", "session", "5", "--reset", "--minutes", "60")
    (first,) = reviews(coach, 5)
    assert first["case"] == "open"
    hold(coach, 5)
    coach.today = DAYS[6]
    (second,) = reviews(coach, 6)
    # Not how it went, a second time: whether it is still wanted, in one wording or another.
    assert second["case"] == "missed_twice"
    hold(coach, 6)
    coach.today = DAYS[7]
    assert reviews(coach, 7) == []
    # It is still there to be ticked.
    assert "Call the works council" in coach.do("prep", "session", "7").out
    hold(coach, 7)
    coach.today = DAYS[8]
    assert reviews(coach, 8) == []


def test_a_session_that_holds_does_not_count(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, PROMISE)
    coach.today = DAYS[5]
    coach.do("check-in", "--session", "5", "--holding")
    assert reviews(coach, 5) == []
    hold(coach, 5)
    coach.today = DAYS[6]
    assert reviews(coach, 6)[0]["case"] == "open"


@pytest.mark.req("R98")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--obstacle", "The phone"), "has no “if … then …” yet"),
        (("--if-then", "If it rings, then I answer"), "has no obstacle yet"),
        ((), "has no obstacle and no “if … then …” yet"),
    ],
)
def test_a_hint_says_what_is_missing(coach: Coach, given: tuple[str, ...], said: str) -> None:
    """F7."""
    begin(coach)
    added = coach.do(
        "commitments", "add", "Call two schools", "--when", "+7d", "--how-will-i-know", "A date",
        *given,
    )  # fmt: skip
    assert said in added.err
