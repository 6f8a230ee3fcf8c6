"""`prep session --explain`: why a plan is as it is, and nothing that it does not say."""

from __future__ import annotations

import re

import pytest

from coaching import NO_COMMITMENT, Coach


def test_explaining_changes_no_plan(held: Coach) -> None:
    first = held.do("prep", "session", "5").out
    held.do("prep", "session", "5", "--explain")
    assert held.do("prep", "session", "5").out == first


def test_nothing_is_claimed_that_no_prompt_says(held: Coach) -> None:
    """A promise and a question wait, but the client brings everything: neither is asked about."""
    usual = held.json("prep", "session", "5")
    assert {"commitments", "inquiry"} <= {influence["id"] for influence in usual["influences"]}
    made = held.json("prep", "session", "5", "--open")
    assert not {"commitments", "inquiry"} & {influence["id"] for influence in made["influences"]}


@pytest.mark.req("R22", "R131")
@pytest.mark.parametrize(
    ("matters", "gentle_for"),
    [
        ("My father died on Friday", "a hard day"),
        ("The rent", "the session after a hard one"),
    ],
)
def test_gentle_questions_say_what_they_are_gentle_for(
    held: Coach, matters: str, gentle_for: str
) -> None:
    held.do("check-in", "--session", "5", "--holding")
    held.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    usual = held.do("prep", "session", "6", "--explain").out
    assert "+3 light, for the session after a hard one" in usual
    held.do("check-in", "--session", "6", "--matters", matters)
    page = held.do("prep", "session", "6", "--explain").out
    assert set(re.findall(r"\+3 light, for ([^;\n]+)", page)) == {gentle_for}
