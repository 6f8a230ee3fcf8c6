"""What becomes of a session's day: every state reached, and every command tried in every state."""

from __future__ import annotations

import re
from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach
from few import few

REACH: dict[str, list[list[str]]] = {
    "planned": [],
    "held": [["wrap", "session", "1", "--from", "-"]],
    "missed": [["sessions", "miss", "1"]],
    "cancelled": [["sessions", "cancel", "1", "--by", "client", "--notice-hours", "20"]],
    "skipped": [["sessions", "skip", "1"]],
}
ACTS = {
    "move": ["sessions", "move", "1", "2027-01-20"],
    "miss": ["sessions", "miss", "1"],
    "cancel": ["sessions", "cancel", "1", "--by", "coach"],
    "skip": ["sessions", "skip", "1"],
    "back": ["sessions", "skip", "1", "--back"],
    "wrap": ["wrap", "session", "1", "--from", "-"],
}
# A state means it is reached; otherwise what the refusal says.
TABLE = {
    ("planned", "move"): "planned",
    ("planned", "miss"): "missed",
    ("planned", "cancel"): "cancelled",
    ("planned", "skip"): "skipped",
    ("planned", "back"): "was not skipped",
    ("planned", "wrap"): "held",
    ("held", "move"): "was held on Tue 12 Jan 2027",
    ("held", "miss"): "was held on Tue 12 Jan 2027",
    ("held", "cancel"): "was held on Tue 12 Jan 2027",
    ("held", "skip"): "was held on Tue 12 Jan 2027",
    ("held", "back"): "was not skipped",
    ("held", "wrap"): "is wrapped already",
    ("missed", "move"): "planned",
    ("missed", "miss"): "sessions move 1 DAY",
    ("missed", "cancel"): "cancelled",
    ("missed", "skip"): "skipped",
    ("missed", "back"): "was not skipped",
    ("missed", "wrap"): "held",
    ("cancelled", "move"): "planned",
    ("cancelled", "miss"): "missed",
    ("cancelled", "cancel"): "sessions move 1 DAY",
    ("cancelled", "skip"): "skipped",
    ("cancelled", "back"): "was not skipped",
    ("cancelled", "wrap"): "held",
    ("skipped", "move"): "sessions skip 1 --back",
    ("skipped", "miss"): "sessions extend 1",
    ("skipped", "cancel"): "sessions skip 1 --back",
    ("skipped", "skip"): "sessions skip 1 --back",
    ("skipped", "back"): "planned",
    ("skipped", "wrap"): "was skipped",
}


def row(coach: Coach, number: int | str) -> Any:
    every = coach.json("sessions")["sessions"]
    return next(session for session in every if str(number) == session["id"])


def dates(coach: Coach, *more: str) -> dict[int, str]:
    every = coach.json("sessions", *more)["sessions"]
    return {session["session"]: session["date"] for session in every if session["session"]}


@pytest.fixture
def first(begun: Coach) -> Coach:
    """The day of the first session, Tuesday 12 January 2027."""
    begun.today = "2027-01-12"
    return begun


@pytest.mark.req("R4")
@pytest.mark.parametrize(("state", "act"), few(TABLE, 12))
def test_every_command_in_every_state(first: Coach, state: str, act: str) -> None:
    for words in REACH[state]:
        first.do(*words, stdin=NO_COMMITMENT)
    assert row(first, 1)["state"] == state
    expected = TABLE[state, act]
    if expected in REACH:
        assert first.do(*ACTS[act], stdin=NO_COMMITMENT).first.startswith("# Sample Client · ") or (
            act == "wrap"
        )
        assert row(first, 1)["state"] == expected
    else:
        before = first.practice.read_bytes()
        assert expected in first.refused(1, *ACTS[act], stdin=NO_COMMITMENT)
        assert first.practice.read_bytes() == before


def test_the_table_is_complete() -> None:
    assert set(TABLE) == {(state, act) for state in REACH for act in ACTS}


@pytest.mark.req("R4")
def test_a_moved_date_keeps_its_number_and_later_ones_move_only_when_asked(begun: Coach) -> None:
    before = dates(begun)
    said = begun.do("sessions", "move", "4", "2027-02-25", "--time", "9:30").out
    assert said.splitlines()[0] == "# Sample Client · session 4: moved"
    assert "Thursday 25 February 2027, 09:30 (was Tue 23 Feb 2027)" in said
    assert dates(begun) == {**before, 4: "2027-02-25"}
    plan = begun.json("prep", "session", "4")
    assert (plan["date"], plan["start"]) == ("2027-02-25", "09:30")
    said = begun.refused(1, "sessions", "move", "4", "2027-03-11")
    assert "session 5 is on Tue 9 Mar 2027; `trajplan sessions move 4 DAY --shift`" in said
    begun.do("sessions", "move", "4", "2027-03-11", "--shift")
    after = dates(begun)
    assert [after[number] for number in (3, 4, 5, 12)] == [
        before[3],
        "2027-03-11",
        "2027-03-23",
        "2027-06-29",
    ]
    assert begun.json("prep", "session", "4")["prepares_for"]["date"] == "2027-03-23"


@pytest.mark.req("R4")
def test_shifting_keeps_off_weekends_and_days_off(begun: Coach) -> None:
    begun.do("sessions", "days-off", "2027-03-22", "--until", "2027-03-23", "--for", "Fair")
    said = begun.do("sessions", "move", "4", "2027-03-08", "--shift").out
    assert "27 days from session 3 to session 4; 10 to 21 keep the rhythm of 14" in said
    after = dates(begun)
    # 13 days on from Tuesdays are Mondays; the 22nd and 23rd are off.
    assert [after[number] for number in (4, 5, 6)] == ["2027-03-08", "2027-03-24", "2027-04-05"]
    begun.do("sessions", "move", "4", "2027-03-04")
    begun.do("sessions", "move", "4", "2027-03-09", "--shift")
    assert dates(begun)[6] == "2027-04-12"


def test_a_day_out_of_order_is_refused(begun: Coach) -> None:
    assert "session 4 comes after it" in begun.refused(1, "sessions", "move", "4", "2027-02-09")
    assert "is on Tue 23 Feb 2027 already" in begun.refused(2, "sessions", "move", "4", "today")
    begun.today = "2027-03-10"
    begun.do("sessions", "miss", "5")
    # A missed session has no day, so it is in nobody's way.
    begun.do("sessions", "move", "4", "2027-03-10")
    assert "no session 13" in begun.refused(1, "sessions", "move", "13", "friday")
    assert "no meeting m1; there is none yet" in begun.refused(1, "sessions", "skip", "m1")


def test_a_missed_session_lies_behind_and_a_cancelled_one_says_by_whom(begun: Coach) -> None:
    said = begun.refused(1, "sessions", "miss", "5")
    assert "still ahead; `trajplan sessions cancel 5 --by client`" in said
    assert "--by client or --by coach" in begun.refused(2, "sessions", "cancel", "5")
    begun.do(
        *("sessions", "cancel", "5", "--by", "client", "--notice-hours", "1", "--reason", "-"),
        stdin="A *sick* child\n",
    )
    page = begun.do("sessions", "show", "5").out
    assert "cancelled by the client, 1 hour ahead: A \\*sick\\* child" in page
    kept = row(begun, 5)["days"][0]
    assert (kept["act"], kept["cancelled_by"], kept["notice_hours"]) == ("cancelled", "client", 1)
    assert "cancelled by the client" in begun.do("sessions").out
    begun.do("sessions", "cancel", "6", "--by", "coach")
    assert row(begun, 6)["days"][0]["notice_hours"] is None


def test_skipping_goes_on_with_the_next_number(begun: Coach) -> None:
    for number in "123":
        begun.do("sessions", "skip", number)
    assert begun.json("prep", "session")["session"] == 4
    begun.do("sessions", "skip", "5")
    ahead = begun.json("prep", "session", "4")["prepares_for"]
    assert (ahead["session"], ahead["date"]) == (6, "2027-03-23")


@pytest.mark.req("R4")
def test_another_rhythm_begins_after_the_next_session(begun: Coach) -> None:
    said = begun.do("sessions", "cadence", "7").out
    assert "every 7 days" in said.splitlines()[0]
    assert "a session every 7 days: 10 to 21 days suit most journeys" in said
    assert dates(begun)[12] == "2027-03-30"
    # Said where it was chosen; from then on a week is the rhythm.
    assert "rhythm" not in begun.do("sessions", "move", "4", "2027-02-03").out
    said = begun.do("sessions", "move", "12", "2027-04-20").out
    assert "28 days from session 11 to session 12; 5 to 10 keep the rhythm of 7" in said
    assert [finding["rule"] for finding in begun.json("prep", "4")["findings"]].count("R4") == 0
    begun.today = "2027-01-12"
    begun.do("sessions", "miss", "1")
    assert "gives it one first" in begun.refused(1, "sessions", "cadence", "14")


@pytest.mark.req("R4")
def test_new_dates_avoid_days_off(coach: Coach) -> None:
    coach.do("new-client", "Ann", "--start", "2027-01-12")
    said = coach.do("sessions", "days-off", "2027-02-09", "--for", "Dentist").out
    assert "Ann, session 3 on Tue 9 Feb 2027" in said
    assert "trajplan sessions move 3 DAY --client ann" in said
    coach.do("sessions", "days-off", "2027-04-05", "--until", "2027-04-20")
    coach.do("new-client", "Ben", "--start", "2027-01-12")
    found = dates(coach, "--client", "ben")
    assert found[3] == "2027-02-10"
    assert (found[4], found[6]) == ("2027-02-23", "2027-03-23")
    # The holiday takes session 7 past its end, and the rest goes on from there.
    assert (found[7], found[8], found[12]) == ("2027-04-21", "2027-05-05", "2027-06-30")
    assert "on the list already" in coach.refused(1, "sessions", "days-off", "2027-02-09")
    assert "there are 2027-02-09, 2027-04-05" in coach.refused(
        20, "sessions", "days-off", "2027-08-01", "--remove"
    )
    coach.do("sessions", "days-off", "2027-04-11", "--remove")
    off = coach.json("sessions", "days-off")["days_off"]
    assert off == [{"from": "2027-02-09", "until": "2027-02-09", "name": "Dentist"}]


@pytest.mark.req("R4")
@pytest.mark.parametrize(
    ("zone", "moments"),
    [
        ("Europe/Berlin", {"2027-03-01": "09:00", "2027-03-15": "09:00", "2027-03-29": "08:00"}),
        ("America/New_York", {"2027-03-01": "15:00", "2027-03-15": "14:00", "2027-03-29": "14:00"}),
    ],
)
def test_twelve_sessions_keep_their_wall_clock_across_daylight_saving(
    coach: Coach, zone: str, moments: dict[str, str]
) -> None:
    coach.do(
        *("new-client", "Ann", "--start", "2027-03-01", "--start-time", "10:00"),
        *("--time-zone", zone),
    )
    every = coach.json("sessions")["sessions"]
    assert [session["date"] for session in every] == [
        *("2027-03-01", "2027-03-15", "2027-03-29", "2027-04-12", "2027-04-26", "2027-05-10"),
        *("2027-05-24", "2027-06-07", "2027-06-21", "2027-07-05", "2027-07-19", "2027-08-02"),
    ]
    assert {session["start_time"] for session in every} == {"10:00"}
    found = {session["date"]: session["starts_at_utc"] for session in every}
    for day, clock in moments.items():
        assert found[day] == f"{day}T{clock}:00Z"
    assert found["2027-08-02"].endswith(f"T{moments['2027-03-29']}:00Z")
    arc = coach.json("journey")["phases"]
    assert [session["starts_at_utc"] for phase in arc for session in phase["sessions"]] == [
        *found.values()
    ]
    plans = [coach.json("prep", "session", number) for number in ("2", "3")]
    assert [(plan["start"], plan["end"]) for plan in plans] == [("10:00", "11:30")] * 2


@pytest.mark.req("R5")
def test_a_journey_is_extended_past_its_twelfth_session(begun: Coach) -> None:
    assert "sessions 1 to 12 are possible" in begun.refused(1, "prep", "session", "13")
    said = begun.do("sessions", "extend", "2").out
    assert "extended from 12 to 14 sessions" in said.splitlines()[0]
    assert "foundation 5, exploration 3" in said
    plan = begun.json("prep", "session", "14")
    assert (plan["of"], plan["phase"], plan["blueprint"]) == (14, "activation", "closing-session")
    assert plan["date"] == "2027-07-13"
    assert begun.json("prep", "session", "5")["phase"] == "foundation"
    assert "sessions 1 to 14 are possible" in begun.refused(1, "prep", "session", "15")


@pytest.mark.req("R5")
def test_a_single_session_is_extended_to_a_journey_of_all_phases(coach: Coach) -> None:
    coach.do("new-client", "Sample Client", "--start", "2027-01-12", "--sessions", "1")
    said = coach.refused(1, "sessions", "extend", "3", "--phase", "exploration")
    assert "extend the journey first, then a phase" in said
    assert "a journey has at most 60 sessions, not 61" in coach.refused(
        1, "sessions", "extend", "60"
    )
    said = coach.do("sessions", "extend", "3").out
    assert "extended from 1 to 4 sessions" in said
    assert "all phases, laid out again" in said
    assert "foundation 1, exploration 1, integration 1, activation 1" in said


@pytest.mark.req("R5")
def test_the_coach_extends_a_phase_and_what_was_held_stays(held: Coach) -> None:
    for number in "123":
        held.do("sessions", "skip", number)
    said = held.refused(1, "sessions", "extend", "1", "--phase", "foundation")
    assert "the foundation phase is over" in said
    held.do("sessions", "extend", "--to", "13", "--phase", "exploration")
    phases = {session["session"]: session["phase"] for session in held.json("sessions")["sessions"]}
    assert [phases[number] for number in (4, 7, 8, 13)] == [
        *("exploration", "exploration", "integration", "activation")
    ]
    assert held.json("prep", "session", "7")["phase"] == "exploration"
    assert "did you mean `exploration`" in held.refused(
        20, "sessions", "extend", "1", "--phase", "explorations"
    )
    for words in (["extend"], ["extend", "1", "--to", "14"]):
        assert "--to with the new last number" in held.refused(2, "sessions", *words)
    assert "13 sessions already" in held.refused(1, "sessions", "extend", "--to", "13")


def test_meetings_without_a_number_do_not_move_the_arc(begun: Coach) -> None:
    before = begun.json("prep", "session")
    del before["remembered"]  # What was noted of a meeting is brought to mind.
    for kind, day in (("chemistry", "2027-01-05"), ("three_way", "friday"), ("follow_up", "+90d")):
        said = begun.do("sessions", "add", day, "--kind", kind, "--note", "-", stdin="With HR\n")
        assert "Sample Client" in said.first
    assert begun.json("prep", "session").items() >= before.items()
    assert row(begun, "m2")["kind"] == "three_way"
    begun.do("sessions", "update", "m1", "--held")
    assert row(begun, "m1")["state"] == "held"
    assert "was held on" in begun.refused(1, "sessions", "update", "m1", "--held")
    assert "still ahead" in begun.refused(1, "sessions", "update", "m2", "--held")
    assert "wrap session 4" in begun.refused(1, "sessions", "update", "4", "--held")
    begun.do("sessions", "move", "m2", "2027-03-01", "--time", "8:15")
    begun.do("sessions", "cancel", "m2", "--by", "coach")
    page = begun.do("sessions", "show", "m2").out
    assert page.startswith("# Three-way meeting m2 · Sample Client")
    assert "With HR" in page
    assert "no number to use up" in begun.refused(1, "sessions", "skip", "m2")
    assert "m1 | Tue 5 Jan 2027" in begun.do("sessions").out
    assert begun.json("prep", "session").items() >= before.items()


def test_who_else_comes_that_day_is_said(begun: Coach) -> None:
    met = begun.run("new-client", "Bo Ray", "--start", "2027-02-25", "--start-time", "15:00")
    assert met.err == ""
    begun.do("use", "sample-client")
    said = begun.do("sessions", "move", "4", "2027-02-25").out
    assert "Thu 25 Feb 2027: Bo Ray, session 1 at 15:00, at the same time" in said
    said = begun.do("sessions", "move", "4", "2027-02-25", "--time", "16:30").out
    assert "session 1 at 15:00" in said
    assert "at the same time" not in said
    met = begun.run("new-client", "Ina Sol", "--start", "2027-03-09")
    assert "same day: Tue 9 Mar 2027: Sample Client, session 5 at 14:00" in met.err


@pytest.mark.req("R15")
def test_a_journey_is_paused_and_resumed(begun: Coach) -> None:
    begun.do("sessions", "pause", "--since", "2027-02-20", "--reason", "-", stdin="Leave\n")
    assert "already" in begun.refused(1, "sessions", "pause")
    found = begun.json("journey")
    assert found["pause"] == {"since": "2027-02-20", "until": None}
    assert found["stall"]["silent"].startswith("the journey has been paused since")
    begun.today = "2027-05-04"
    said = begun.do("sessions", "resume", "2027-05-11").out
    assert re.search(r"resumes Tuesday 11 May 2027", said.splitlines()[0])
    after = dates(begun)
    assert (after[1], after[2], after[12]) == ("2027-05-11", "2027-05-25", "2027-10-12")
    begun.today = "2027-05-11"
    assert begun.json("journey")["stall"]["silent"] == ""
    assert "is not paused" in begun.refused(1, "sessions", "resume")


def test_days_that_only_a_slip_of_the_pen_gives_are_refused(begun: Coach) -> None:
    before = dates(begun)
    for words in (
        ("move", "12", "9999-12-31"),
        ("move", "4", "9999-12-01", "--shift"),
        ("move", "1", "+9999w", "--shift"),
        ("pause", "--until", "9999-12-31"),
        ("add", "2207-03-01", "--kind", "chemistry"),
    ):
        assert "write a day of the years 1977 to 2077" in begun.refused(2, "sessions", *words)
    for start in ("0001-01-01", "9999-12-31"):
        said = begun.refused(2, "new-client", "Zoe", "--start", start)
        assert "write a day of the years 1977 to 2077" in said
    assert dates(begun) == before


def test_a_session_without_a_day_is_told_wherever_its_day_is_shown(begun: Coach) -> None:
    begun.do("wrap", "session", "3", "--from", "-", stdin=NO_COMMITMENT)
    begun.do("sessions", "cancel", "4", "--by", "client")
    for number in "12":
        begun.do("sessions", "skip", number)
    assert (
        "session 4 has no new day yet (cancelled, was on Tue 23 Feb 2027)" in begun.do("show").out
    )
    assert "4, cancelled, no new day yet" in begun.do("clients").out
    run = begun.do("prep", "session", "4")
    assert "session 4 was cancelled and has no new day" in run.err
    assert "session 1 was skipped" in begun.do("prep", "session", "1").err
    # The sheet of session 3 promises no day that does not hold.
    assert "Tuesday 9 March 2027" in begun.do("wrap", "session", "3").out
    assert begun.json("prep", "session", "2")["prepares_for"]["session"] == 3


def test_a_first_day_that_is_off_is_told(coach: Coach) -> None:
    coach.do("sessions", "days-off", "2027-02-09")
    run = coach.do("new-client", "Ann", "--start", "2027-02-09")
    assert "Tue 9 Feb 2027 is one of your days off; the first session is on Wed 10 Feb" in run.err


def test_a_plan_tells_what_became_of_a_day_in_the_order_it_was_kept(held: Coach) -> None:
    held.do("sessions", "cancel", "5", "--by", "client", "--notice-hours", "30")
    held.do("sessions", "move", "5", "2027-03-16")
    held.do("sessions", "move", "6", "2027-03-30")
    for form in ((), ("--full",)):
        page = held.do("prep", "session", "5", *form).out
        told = [line for line in page.splitlines() if "Since then" in line]
        assert len(told) == 2
        assert "session 5 cancelled by the client" in told[0]
        assert "session 5 moved from" in told[1]


@pytest.mark.req("R4")
def test_later_sessions_that_leave_their_weekday_for_another_are_named(begun: Coach) -> None:
    """A shift counts from where the session stood, also where it stood apart from the others."""
    begun.do("sessions", "move", "5", "2027-03-12")
    moved = begun.do("sessions", "move", "5", "2027-03-15", "--shift")
    said = f"{moved.out}{moved.err}"
    assert "the later sessions were on Tuesdays and are on Fridays now" in said
    assert "`trajplan sessions move 6 DAY --shift`" in said
    begun.do("undo")
    begun.do("undo")
    moved = begun.do("sessions", "move", "5", "2027-03-11", "--shift")
    assert "the later sessions were on" not in f"{moved.out}{moved.err}"
