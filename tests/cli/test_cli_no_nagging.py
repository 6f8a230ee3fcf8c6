"""A promise that waits is asked after twice at most; hints say what is missing and no more."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import DAYS, Coach, begin, hold, prompts_of
from twelve import begin_twelve, day_of

PROMISE = (
    "kind: wrap\ncommitments:\n"
    "  - {what: Call the works council, when: '2027-03-01', how_will_i_know: A date}\n"
)


def reviews(coach: Coach, session: int) -> list[dict[str, Any]]:
    plan = coach.json("prep", "session", str(session))
    return [prompt for prompt in prompts_of(plan) if prompt["id"] == "review-commitment"]


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


@pytest.mark.req("R45")
def test_an_older_promise_that_was_done_since_is_spoken_of_once(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, PROMISE)
    hold(coach, 5)
    coach.today = "2027-03-22"
    coach.do("commitments", "update", "1", "--status", "done")
    (done,) = reviews(coach, 6)
    assert "You called the works council." in done["text"]
    hold(coach, 6)
    coach.today = DAYS[7]
    assert reviews(coach, 7) == []


@pytest.mark.req("R45")
@pytest.mark.parametrize("hard", [("--holding",), ("--matters", "I'm so ashamed of myself")])
def test_what_a_hard_session_passed_over_is_not_dug_up_in_the_next(
    coach: Coach, hard: tuple[str, ...]
) -> None:
    begin(coach)
    hold(coach, 4, PROMISE)
    coach.today = DAYS[5]
    coach.do("commitments", "update", "1", "--status", "done")
    coach.do("check-in", "--session", "5", *hard)
    assert reviews(coach, 5) == []
    hold(coach, 5)
    for number in (6, 7):
        coach.today = DAYS[number]
        assert reviews(coach, number) == []
        hold(coach, number)


def test_after_a_session_that_holds_nobody_is_asked_after_what_waits(coach: Coach) -> None:
    begin(coach)
    hold(coach, 4, PROMISE)
    coach.today = DAYS[5]
    coach.do("check-in", "--session", "5", "--holding")
    assert reviews(coach, 5) == []
    hold(coach, 5)
    coach.today = DAYS[6]
    assert reviews(coach, 6) == []


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


@pytest.mark.req("R144")
def test_a_hint_is_given_twice_at_one_client_and_never_again(coach: Coach) -> None:
    """F15."""
    begin(coach)

    def add(what: str, *given: str) -> list[str]:
        words = ("--when", "+7d", "--how-will-i-know", "A date", "--force", *given)
        return coach.do("commitments", "add", what, *words).err.splitlines()

    obstacle = "has no obstacle and no “if … then …” yet"
    assert add("Call the first school") == [f"hint: “Call the first school” {obstacle}"]
    # Taken back with the command it came with, it was not given.
    coach.do("undo")
    for school in ("first", "second"):
        assert obstacle in "\n".join(add(f"Call the {school} school"))
    assert add("Call the third school") == []
    # Another hint is another thing, and another client another coach's chance.
    number = "“Call schools” has no number; how many, how long or how often?"
    assert add("Call schools") == [f"hint: {number}"]
    coach.do("new-client", "Somebody Else", "--start", "2027-02-01")
    other = ("--client", "somebody-else")
    assert obstacle in "\n".join(add("Call the fourth school", *other))
    assert add("Call the fifth school", "--client", "sample-client") == []


@pytest.mark.req("R144")
def test_a_journey_hears_few_hints(coach: Coach) -> None:
    """F15: nineteen of them, one at nearly every wrap."""
    begin_twelve(coach)
    hints = []
    for number in range(1, 13):
        coach.today = day_of(number).isoformat()
        commitments = "".join(
            f"  - {{what: {what}, when: +9d, how_will_i_know: It is done}}\n"
            for what in (f"Sign Reading {number}", f"Read more {number}", f"A talk {number}")
        )
        wrap = f"kind: wrap\nfocus: My career\ncommitments:\n{commitments}"
        said = coach.do("wrap", "session", str(number), "--from", "-", stdin=wrap).err
        own = [line for line in said.splitlines() if line.startswith("hint: ")]
        assert len(own) <= 3
        hints += own
    assert 0 < len(hints) <= 8
    assert not [hint for hint in hints if "Sign Reading" in hint and "number" in hint]


@pytest.mark.req("R144")
def test_what_may_be_a_mistake_is_said_every_time(coach: Coach) -> None:
    begin(coach)
    for number in range(1, 5):
        said = coach.do(
            *("wrap", "session", str(number), "--from", "-"),
            stdin=f"kind: wrap\nfocus: Step {number}\ncommitments: none\n",
        ).err
        if number > 1:
            assert "a day still to come" in said
        assert "hint: " not in said
