"""`prep session --explain`: the plan beside the plan it would have been without the records."""

from __future__ import annotations

import re

import pytest

from coaching import INQUIRY, NO_COMMITMENT, Coach


def test_what_the_records_brought_stands_beside_what_they_took_the_place_of(held: Coach) -> None:
    told = held.json("prep", "session", "5", "--explain")["without_records"]
    rows = {segment["id"]: segment for segment in told["segments"]}
    here = [text for row in rows.values() for text in row["only_with"]]
    without = [text for row in rows.values() for text in row["only_without"]]
    assert any("ask the training officer" in line for line in here)
    assert any(INQUIRY in line for line in here)
    assert not any("ask the training officer" in line for line in without)
    page = held.do("prep", "session", "5", "--explain").out
    assert "## Without the records" in page
    (back,) = [line for line in here if INQUIRY in line]
    assert f"- here: {back}" in page
    terminal = held.do("prep", "session", "5", "--explain", "--format", "terminal").out
    assert "Without the records" in terminal


def test_a_plan_no_record_speaks_to_has_nothing_beside_it(coach: Coach) -> None:
    coach.do("new-client", "Ada", "--start", "2027-01-12")
    told = coach.json("prep", "session", "1", "--explain")["without_records"]
    assert told["segments"] == []
    page = coach.do("prep", "session", "1", "--explain").out
    assert "- The records have changed nothing in this plan." in page


def test_energy_shows_in_the_minutes_and_the_mix(held: Coach) -> None:
    held.do("check-in", "--session", "5", "--energy", "low")
    page = held.do("prep", "session", "5", "--explain").out
    told = page[page.index("## Without the records") :]
    assert "- Target mix: " in told
    assert "only because of the records" in told  # the break that rests a tired client


def test_explaining_changes_no_plan_and_a_frozen_one_has_nothing_beside_it(held: Coach) -> None:
    first = held.do("prep", "session", "5").out
    held.do("prep", "session", "5", "--explain")
    assert held.do("prep", "session", "5").out == first
    frozen = held.do("prep", "session", "4", "--explain")
    assert "## Without the records" not in frozen.out
    assert "its plan is frozen" in frozen.err
    assert "without_records" not in held.json("prep", "session", "5")


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
