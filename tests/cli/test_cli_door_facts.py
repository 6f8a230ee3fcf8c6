"""On the plan at the door a fact stands with what overtook it, whatever its words, and the glance
has what was noted in between (R142)."""

from __future__ import annotations

import pytest

from coaching import Coach, lead_through, told_once

INTAKE = """\
kind: intake
name: Nadia
destination: Head of a small bakery of my own, and Sundays off.
stuck_point: I can't plan anything while the hearing is ahead of me.
start_time: "10:00"
"""
FIRST = """\
kind: wrap
focus: The hearing
commitments: none
notes: |-
  Hearing on 4 March, the union rep is Graham.
  Debt of £4,000 from the shop. Yusuf doesn't know. Ms Bhandari gives her extra shifts.
  Signed for the job in Leeds, Ms Bhandari doesn't know about the job in Leeds.
  Dry since 24 December, goes to a group on Thursdays.
"""
SECOND = """\
kind: wrap
focus: The page
commitments:
- {what: Write the page for the hearing, when: 2027-02-15, how_will_i_know: Written}
notes: |-
  Start in Leeds is 1 May, the job is permanent. Told Yusuf, not Ms Bhandari.
  Two glasses of wine on Saturday.
"""
THIRD = """\
kind: wrap
focus: The first minute
commitments: none
notes: |-
  Hearing is over: dismissed, no case.
"""


@pytest.fixture
@told_once
def nadia(coach: Coach) -> Coach:
    """A coach before session 4 with a client of whom little holds that was noted first."""
    coach.today = "2027-01-12"
    coach.do("new-client", "--from", "-", "--start", "2027-01-19", stdin=INTAKE)
    lead_through(
        coach,
        (
            ("2027-01-19", FIRST),
            ("2027-02-02", SECOND),
            ("2027-02-16", THIRD),
        ),
    )
    coach.today = "2027-03-02"
    return coach


def words(coach: Coach, *options: str) -> str:
    return coach.do("prep", "4", *options, "--format", "terminal").words


@pytest.mark.req("R142")
def test_a_note_that_is_written_late_for_an_earlier_session_is_there(nadia: Coach) -> None:
    late = "The oven has to be paid by the new year."
    nadia.do("notes", "add", late, "--session", "2")
    assert f"Tue 2 Mar {late}" in words(nadia)
    assert f"Earlier note {late} (Tue 2 Mar)" in words(nadia, "--full")


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("note", "is_grave"),
    [
        ("Lost the baby on Monday. She's at her mother's.", True),
        ("Her husband hit her last night.", True),
        ("She said she doesn't want to live any more.", True),
        ("Likes the new oven.", False),
    ],
)
def test_a_glance_and_today_hear_grave_news_from_a_note_in_between(
    nadia: Coach, note: str, *, is_grave: bool
) -> None:
    nadia.today = "2027-02-24"
    nadia.do("notes", "add", "-", stdin=note)
    nadia.today = "2027-03-02"
    first = note.partition(". ")[0].removesuffix(".")
    assert (f"Since then Wed 24 Feb: {note}" in words(nadia, "--glance")) is is_grave
    assert (f"Wed 24 Feb 2027: “{first}" in nadia.do("today").out) is is_grave


@pytest.mark.req("R142")
def test_danger_is_told_today_before_newer_grave_news(nadia: Coach) -> None:
    for day, note in (
        ("2027-02-24", "She said she doesn't want to live any more."),
        ("2027-02-26", "Her dad died on Sunday."),
    ):
        nadia.today = day
        nadia.do("notes", "add", "-", stdin=note)
    nadia.today = "2027-03-01"
    page = nadia.do("today").out
    assert "“She said she doesn't want to live any more.”" in page
    assert "Her dad died" not in page


@pytest.mark.req("R4", "R142")
def test_a_plan_says_that_its_day_or_the_next_ones_is_a_day_off(nadia: Coach) -> None:
    assert "your days off" not in words(nadia)
    nadia.do("sessions", "days-off", "2027-03-01", "--until", "2027-03-05", "--for", "half term")
    off = "Tue 2 Mar 2027 is one of your days off (half term): trajplan sessions move 4 DAY gives"
    assert f"Warning {off} this session another day" in words(nadia).replace("`", "")
    assert f"Mind {off} this session another day" in words(nadia, "--glance")
    assert f"Warning {off} this session another day" in words(nadia, "--full").replace("`", "")
    nadia.do("sessions", "days-off", "2027-03-01", "--remove")
    assert "your days off" not in words(nadia)
    nadia.do("sessions", "days-off", "2027-03-16")
    page = words(nadia).replace("`", "")
    assert "Tue 16 Mar 2027 is one of your days off: trajplan sessions move 5 DAY gives" in page
    nadia.do("undo")
    assert "your days off" not in words(nadia)
