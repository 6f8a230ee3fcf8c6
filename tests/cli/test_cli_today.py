"""`today`: who comes, what waits, and which command does it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from coaching import COMMITMENT, NO_COMMITMENT, WRAP, Coach, ratings


def waits(coach: Coach, client: str = "sample-client") -> list[tuple[str, int | None]]:
    found = coach.json("today")["clients"]
    row = next(one for one in found if one["client"] == client)
    return [(due["kind"], due["session"]) for due in row["waiting"]]


def rest(coach: Coach) -> list[tuple[str, int | None]]:
    """Without the three sessions the fixture left unheld and the topic it parked."""
    return [one for one in waits(coach) if one[0] not in ("session_passed", "parked")]


def skip_earlier(coach: Coach) -> None:
    """Skip the three sessions the fixture left unheld."""
    for number in "123":
        coach.do("sessions", "skip", number)


def test_a_day_has_its_session_and_says_whether_it_is_prepared(begun: Coach) -> None:
    assert ("session_today", 4) in waits(begun)
    assert "session 4: today at 14:00; not prepared yet\n  - `trajplan prep session 4 " in (
        begun.do("today").out
    )
    begun.do("prep", "session", "4")
    assert "session 4: today at 14:00; the plan is made\n" in begun.do("today").out


def test_a_start_that_only_the_plan_has_is_told(begun: Coach) -> None:
    begun.do("prep", "session", "4", "--start", "11:00")
    told = "session 4: today at 14:00, 11:00 in the plan; the plan is made\n"
    assert told in begun.do("today").out
    assert "**Starts in the plan:** 11:00" in begun.do("sessions", "show", "4").out
    begun.do("prep", "session", "4", "--start", "14:00")
    assert "session 4: today at 14:00; the plan is made\n" in begun.do("today").out
    assert "in the plan" not in begun.do("sessions", "show", "4").out


def test_a_day_that_passed_and_a_session_that_comes_up_are_named(begun: Coach) -> None:
    begun.today = "2027-03-06"
    found = waits(begun)
    assert [one for one in found if one[0] == "session_passed"] == [("session_passed", 1)]
    assert "its day has passed (so have those of the 3 after it)" in begun.do("today").out
    assert ("prepare", 5) in found
    begun.today = "2027-03-05"  # four days before
    assert ("prepare", 5) not in waits(begun)


@pytest.mark.req("R103")
def test_a_short_wrap_is_nothing_to_complete_and_a_rating_waits(begun: Coach) -> None:
    begun.do("wrap", "session", "4", "--from", "-", stdin="kind: wrap\ncommitments: []\n")
    assert rest(begun) == [("not_rated", 4)]
    assert "still missing" not in begun.do("today").out
    begun.do("log-tci", "--session", "4", *ratings(clarity=None))
    assert rest(begun) == []


def test_the_mid_point_and_the_due_day_of_a_commitment(held: Coach) -> None:
    held.today = "2027-03-02"  # a week after session 4, a week before session 5
    assert rest(held) == [("midpoint", 4)]
    held.today = "2027-03-05"  # the day it is due is not yet too late
    assert rest(held) == []
    held.today = "2027-03-06"
    assert ("commitment_due", 4) in rest(held)
    assert f"due Fri 5 Mar 2027 and open: {COMMITMENT}" in held.do("today").out
    held.do("commitments", "update", "1", "--status", "done")
    assert ("commitment_due", 4) not in rest(held)


def test_who_meets_today_stands_first_and_the_quiet_are_one_line(held: Coach) -> None:
    held.do("new-client", "Ada", "--start", "2027-03-02", "--start-time", "16:00")
    held.do("new-client", "Bo", "--start", "2027-03-02", "--start-time", "09:00")
    held.do("new-client", "[bold]Cy[/bold]", "--slug", "cy", "--start", "2028-01-04")
    held.today = "2027-03-02"
    found: list[dict[str, Any]] = held.json("today")["clients"]
    assert [one["client"] for one in found] == ["bo", "ada", "sample-client", "cy"]
    said = held.do("today", "--format", "terminal").out
    assert "Nothing waits with [bold]Cy[/bold] (next: session 1, Tue 4 Jan 2028)." in said
    assert "trajplan prep session 1 --client bo" in said


def test_without_a_practice_the_first_step_is_named(coach: Coach) -> None:
    assert "`trajplan new-client` starts one" in coach.refused(20, "today")


def test_a_session_without_a_day_and_a_meeting_wait(held: Coach) -> None:
    held.do("sessions", "cancel", "5", "--by", "client")
    held.do("sessions", "add", "2027-02-24", "--kind", "three_way", "--time", "10:00")
    assert ("no_day", 5) in waits(held)
    assert "`trajplan sessions move 5 DAY --client sample-client`" in held.do("today").out
    assert ("meeting", None) not in waits(held)
    held.today = "2027-02-24"
    assert ("meeting", None) in waits(held)
    said = held.do("today").out
    assert "the three-way meeting is today\n  - `trajplan sessions update m1 --held " in said


@pytest.mark.req("R15")
def test_who_is_off_track_and_why_is_said_unless_there_is_a_reason_to_say_nothing(
    held: Coach,
) -> None:
    def off_track() -> list[str]:
        (row,) = held.json("today")["clients"]
        found: list[str] = row["off_track"]
        assert bool(found) == bool(row["likely_cause"])
        return found

    for _ in range(2):
        held.do("commitments", "update", "1", "--status", "not_yet")
        held.wait()
    assert any(COMMITMENT in one for one in off_track())
    assert "**Off track:**" in held.do("today").out
    held.do("refer", "medical")
    assert off_track() == []
    assert "Off track" not in held.do("today").out
    held.do("refer", "medical", "--end")
    assert off_track()
    held.do("sessions", "pause")
    (row,) = held.json("today")["clients"]
    assert row["off_track"] == []
    # What is parked stands through a pause.
    assert [due["kind"] for due in row["waiting"]] == ["parked"]


@pytest.mark.req("R15")
def test_a_session_that_waits_is_not_called_off_track_as_well(held: Coach) -> None:
    keys = held.write("keys.jsonl", '{"at": "14:10", "key": "m", "text": "early"}\n')
    held.do("live", "5", "--replay", keys)
    held.today = "2027-03-10"
    page = held.do("today").out
    assert "session 5: run live, and not wrapped yet" in page
    assert "Off track" not in page
    assert "session 5 was yesterday and has no wrap yet" in held.do("journey").out


@pytest.mark.req("R111")
def test_after_the_closing_only_the_follow_up_waits_once_it_is_due(held: Coach) -> None:
    held.do("close", "--force", "moving away", "--follow-up", "+6m")
    assert waits(held) == []
    held.today = "2027-08-23"
    assert waits(held) == [("follow_up", None)]
    assert "`trajplan close --print follow-up --client sample-client`" in held.do("today").out


def test_a_passed_day_counts_the_sessions_behind_it_in_words(begun: Coach) -> None:
    begun.today = "2027-01-27"  # sessions 1 and 2 have had their day
    assert "was it held? And the next one?" in begun.do("today").out
    begun.today = "2027-01-13"
    assert "session 1: was it held?\n" in begun.do("today").out
    begun.today = "2027-01-20"
    assert "its day has passed: wrap it" in begun.do("today").out


def test_a_commitment_that_was_looked_at_is_not_called_open(held: Coach) -> None:
    held.do("commitments", "update", "1", "--status", "partly")
    held.today = "2027-03-06"
    assert f"due Fri 5 Mar 2027 and done in part: {COMMITMENT}" in held.do("today").out


@pytest.mark.req("R12")
def test_after_the_last_session_the_closing_waits(coach: Coach) -> None:
    coach.do("new-client", "Ada", "--start", "2027-01-12", "--journey", "single-session")
    assert ("close", 1) not in waits(coach, "ada")
    coach.do("wrap", "session", "1", "--from", "-", stdin=WRAP.replace("2027-03-05", "2027-01-20"))
    assert ("close", 1) in waits(coach, "ada")
    assert "`trajplan close --print checklist --client ada`" in coach.do("today").out
    coach.do("close", "--force", "one talk was agreed")
    assert waits(coach, "ada") == []


def test_after_a_session_that_held_nobody_is_asked_about_promises(held: Coach) -> None:
    held.do("sessions", "move", "5", "2027-03-02")
    held.today = "2027-03-02"
    held.do("check-in", "--holding", "--session", "5")
    held.do("prep", "5")
    held.do("wrap", "5", "--from", "-", stdin=NO_COMMITMENT)
    days = (dt.date(2027, 3, 2) + dt.timedelta(days=distance) for distance in range(1, 21))
    for day in days:
        held.today = str(day)
        assert "halfway" not in held.do("today").out


@pytest.mark.req("R22", "R131")
def test_the_client_whose_mother_died_is_not_among_those_with_whom_nothing_waits(
    held: Coach,
) -> None:
    skip_earlier(held)
    held.do("log-tci", "--session", "4", *ratings())
    held.today = "2027-02-26"
    assert rest(held) == []
    held.do("check-in", "--matters", "My mother died on Sunday. Funeral's the 12th")
    told = "Fri 26 Feb 2027: “My mother died on Sunday.”; session 5 is on Tue 9 Mar 2027\n"
    assert told in held.do("today").out
    held.today = "2027-03-05"
    assert told in held.do("today").out
    assert "**Fri 12 Mar 2027, in 7 days:** My mother died on Sunday." in held.do("today").out
    said = held.do("check-in", "--no-holding").out
    assert "- **Holding:** no, as you said; `trajplan check-in --holding` changes that\n" in said
    assert "session 5 is on" not in held.do("today").out
    # What stands in quotation marks already gets no second ones.
    held.do("check-in", "--matters", '"My father died on Sunday."')
    assert ": “My father died on Sunday.”; session 5" in held.do("today").out


@pytest.mark.req("R126")
def test_no_session_is_moved_before_a_funeral(held: Coach) -> None:
    skip_earlier(held)
    held.today = "2027-02-26"
    held.do("check-in", "--matters", "Dad's funeral is on the 4th of March")
    page = held.do("today").out
    assert "Thu 4 Mar 2027, in 6 days:" in page
    assert "sessions move" not in page
    assert "no session before then" not in page
    assert "brings the next session forward" not in held.do("prep", "5", "--full").out


@pytest.mark.req("R22")
def test_after_a_session_that_held_the_short_call_waits_for_a_week(held: Coach) -> None:
    skip_earlier(held)
    held.do("commitments", "update", "1", "--status", "done")
    held.do("sessions", "move", "5", "2027-03-02")
    held.today = "2027-03-02"
    held.do("check-in", "--holding", "--session", "5", "--matters", "My dad is dying")
    held.do("prep", "5")
    held.do("wrap", "5", "--from", "-", stdin=NO_COMMITMENT)
    held.today = "2027-03-03"
    assert ("call", 5) in rest(held)
    assert "`trajplan sessions add DAY --kind check_in --client sample-client`" in (
        held.do("today").out
    )
    held.today = "2027-03-09"
    assert ("call", 5) in rest(held)
    held.today = "2027-03-10"
    assert rest(held) == []
    # What the session held is not told again; what has happened since is.
    held.do("check-in", "--matters", "Dad died last night")
    assert rest(held) == [("grave_news", None)]
    held.today = "2027-03-03"
    held.do("sessions", "add", "2027-03-05", "--kind", "check_in")
    assert ("call", 5) not in rest(held)


@pytest.mark.req("R4")
def test_the_client_is_given_no_day_off_without_a_word_to_the_coach(held: Coach) -> None:
    skip_earlier(held)
    held.do("sessions", "days-off", "2027-03-08", "--until", "2027-03-12", "--for", "Half term")
    words = "Tue 9 Mar 2027 is one of your days off (Half term)"
    move = "`trajplan sessions move 5 DAY"
    assert f"session 5: {words}\n  - {move} --client sample-client`" in held.do("today").out
    assert f"{words}, and the client reads that you meet then; {move}`" in (
        held.do("recap", "4").err
    )
    assert words in held.do("wrap", "4", "--replace", "--from", "-", stdin=WRAP).err
    held.do("sessions", "move", "5", "2027-03-15")
    assert "days off" not in held.do("today").out
    assert "days off" not in held.do("recap", "4").err


@pytest.mark.req("R22")
def test_a_new_referral_is_told_until_they_are_met(held: Coach) -> None:
    skip_earlier(held)
    held.do("refer", "medical")
    held.today = "2027-02-24"
    told = "referral (medical) since Tue 23 Feb 2027; session 5 is on Tue 9 Mar 2027\n"
    assert told in held.do("today").out
    held.do("refer", "medical", "--end")
    assert told not in held.do("today").out


@pytest.mark.req("R126")
def test_a_day_that_moved_between_sessions_is_urgent_once_on_its_newest_day(begun: Coach) -> None:
    skip_earlier(begun)
    begun.do("check-in", "--matters", "Interview on 12 March")
    begun.do("wrap", "session", "4", "--from", "-", stdin=WRAP)
    begun.today = "2027-03-08"
    begun.do("check-in", "--matters", "Interview moved to 19 March")
    urgent = [line for line in begun.do("prep", "5", "--full").out.splitlines() if "Urgent" in line]
    moved = "Interview moved to 19 March"
    assert [line.partition(" (")[0] for line in urgent] == [f"- **Urgent:** {moved}"]
    assert "Fri 19 Mar 2027" in urgent[0]


@pytest.mark.req("R126")
def test_a_day_that_was_corrected_or_taken_back_is_told_once_or_never(held: Coach) -> None:
    skip_earlier(held)
    held.today = "2027-03-05"
    held.do("check-in", "--matters", "Interview on 8 March")
    held.do("check-in", "--matters", "Interview moved to 10 March")
    page = held.do("today").out
    assert page.count("Interview") == 1
    assert "**Wed 10 Mar 2027, in 5 days:** Interview moved to 10 March" in page
    held.do("check-in", "--no-matters")
    assert "Interview" not in held.do("today").out


def test_after_a_session_that_went_softly_no_message_is_announced(held: Coach) -> None:
    grave = WRAP.replace("Eyes down at the word roster.", "Her mother is dying.")
    held.do("wrap", "4", "--replace", "--from", "-", stdin=grave)
    held.today = "2027-03-09"
    held.do("prep", "5")
    assert "lies halfway" not in held.do("wrap", "5", "--form").out


def test_a_word_halfway_is_offered_on_a_working_day_and_said_once_agreed(begun: Coach) -> None:
    wrap = (
        "kind: wrap\nfocus: a call\ntakeaways: [one]\ncommitments:\n"
        '  - {what: Ring the school, when: "2027-02-26", how_will_i_know: I have a name}\n'
    )
    offered = "Write a day if you agreed on one; Tuesday 2 March 2027 lies halfway."
    assert offered in begun.do("wrap", "4", "--form").out
    begun.do("sessions", "days-off", "2027-03-02")
    assert "Monday 1 March 2027 lies halfway" in begun.do("wrap", "4", "--form").out
    assert "Halfway" not in begun.do("wrap", "4", "--from", "-", stdin=wrap).out
    begun.do("log-tci", "--session", "4", *ratings())
    begun.today = "2027-03-01"
    assert ("midpoint", 4) not in rest(begun)
    agreed = f"{wrap}halfway: monday\n"
    sheet = begun.do("wrap", "4", "--replace", "--from", "-", stdin=agreed).out
    assert "**Halfway, a short message:** Monday 1 March 2027" in sheet
    assert ("midpoint", 4) in rest(begun)
    said = begun.refused(
        10, "wrap", "4", "--replace", "--from", "-", stdin=f"{wrap}halfway: 2027-03-20\n"
    )
    assert "2027-03-20" in said
    begun.do("sessions", "days-off", "2027-02-26", "--until", "2027-03-08")
    form = begun.do("wrap", "4", "--form", "--replace").out
    assert "lies halfway" not in form  # the 24th and 25th are too soon


@pytest.mark.req("R128", "R166")
def test_what_may_wait_is_told_briefly_while_no_session_is_near(coach: Coach) -> None:
    coach.do("new-client", "Ann", "--start", "2027-01-12")
    wrap = (
        "kind: wrap\ncommitments: none\nparked: [The pension, Moving house, By 3 March the form]\n"
    )
    coach.do("wrap", "1", "--from", "-", stdin=wrap)
    rated = "session 1: no rating yet"
    assert rated in coach.do("today").out
    coach.today = "2027-01-16"
    page = coach.do("today").out
    assert rated not in page
    assert "The pension, and 1 more" in page
    assert "Moving house" not in page
    # What has a day stands by itself, and while a session is near, all of it does.
    assert "By 3 March the form" in page
    coach.today = "2027-01-23"
    page = coach.do("today").out
    assert "The pension, and" not in page
    assert "Moving house" in page
