"""Sessions and commitments in a calendar (R150), read back by two parsers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import icalendar
import pytest
import vobject

from coaching import COMMITMENT, Coach, told_once
from trajplan.zones import instant


def parts(file: str, kind: str) -> list[Any]:
    """The events or tasks, as both parsers read them; they agree on day, title and id."""
    own = icalendar.Calendar.from_ical(file).walk(kind)
    other = getattr(vobject.readOne(file), f"{kind.lower()}_list", [])
    read = [(str(part["uid"]), str(part["summary"]), str(part["dtstamp"].dt)) for part in own]
    again = [(part.uid.value, part.summary.value, str(part.dtstamp.value)) for part in other]
    assert read == again
    return own


def sessions(coach: Coach, *whose: str) -> dict[str, Any]:
    """Events by title."""
    file = coach.do("journey", "--format", "ics", *whose).out
    assert {part.name for part in icalendar.Calendar.from_ical(file).walk()} <= {
        "VCALENDAR",
        "VEVENT",
    }
    return {str(event["summary"]): event for event in parts(file, "VEVENT")}


@pytest.fixture
@told_once
def berlin(coach: Coach) -> Coach:
    coach.do("new-client", "Ann Berg", "--time-zone", "Europe/Berlin", "--start-time", "14:00")
    return coach


@pytest.mark.req("R150")
def test_an_event_for_each_session_still_to_come_and_nothing_else(held: Coach) -> None:
    held.do("sessions", "add", "2027-03-01", "--kind", "chemistry")
    held.do("sessions", "skip", "6")
    held.today = "2027-03-09"
    held.do("sessions", "miss", "5")
    held.do("sessions", "cancel", "7", "--by", "client", "--notice-hours", "30")
    assert list(sessions(held)) == [f"SC · session {number}" for number in (8, 9, 10, 11, 12)]
    held.do("sessions", "move", "7", "2027-04-05")
    assert "SC · session 7" in sessions(held)


def test_todays_session_is_to_come_until_it_was_held(begun: Coach) -> None:
    assert next(iter(sessions(begun))) == "SC · session 4"
    begun.today = "2027-02-24"
    assert next(iter(sessions(begun))) == "SC · session 5"


def test_nobody_meets_in_a_pause_or_after_the_close(berlin: Coach) -> None:
    berlin.do("sessions", "pause", "--since", "2027-02-01", "--until", "2027-03-01")
    days = [event["dtstart"].dt.date() for event in sessions(berlin).values()]
    assert days[:3] == [dt.date(2027, 1, 12), dt.date(2027, 1, 26), dt.date(2027, 3, 9)]
    berlin.do("close", "--force", "Moved abroad")
    said = berlin.refused(1, "journey", "--format", "ics")
    assert "there is nothing to put into a calendar" in said


@pytest.mark.req("R150")
def test_the_wall_clock_stays_when_the_clocks_change(berlin: Coach) -> None:
    starts = [event["dtstart"].dt for event in sessions(berlin).values()]
    # Central Europe puts its clocks forward on 28 March 2027.
    assert dt.datetime(2027, 3, 23, 13, 0, tzinfo=dt.UTC) in starts
    assert dt.datetime(2027, 4, 6, 12, 0, tzinfo=dt.UTC) in starts
    assert all(start == instant(start.date(), "14:00", "Europe/Berlin") for start in starts)


def test_a_session_is_as_long_as_it_is_planned(berlin: Coach) -> None:
    berlin.do("prep", "1", "--minutes", "60")
    lengths = [event["duration"].dt for event in sessions(berlin).values()]
    assert lengths[:2] == [dt.timedelta(minutes=60), dt.timedelta(minutes=90)]


def test_a_session_without_a_time_is_all_day(coach: Coach) -> None:
    coach.do("new-client", "Ann Berg")
    first = sessions(coach)["AB · session 1"]
    assert (first["dtstart"].dt, first["duration"].dt) == (dt.date(2027, 1, 12), dt.timedelta(1))


@pytest.mark.req("R150")
def test_a_second_import_doubles_nothing_and_brings_what_moved(berlin: Coach) -> None:
    before = sessions(berlin)
    berlin.do("sessions", "move", "3", "2027-02-11", "--time", "09:00")
    berlin.do("clients", "update", "--slug", "anni", "--name", "Anna Berg")
    berlin.today = "2027-01-13"
    after = sessions(berlin)
    assert after.keys() == before.keys() - {"AB · session 1"}
    for title, event in after.items():
        assert event["uid"] == before[title]["uid"]
        assert event["sequence"] > before[title]["sequence"]
        assert event["dtstamp"].dt > before[title]["dtstamp"].dt
    moved = after["AB · session 3"]["dtstart"].dt
    assert moved == dt.datetime(2027, 2, 11, 8, 0, tzinfo=dt.UTC)
    assert len({event["uid"] for event in after.values()}) == len(after)


def test_two_journeys_and_two_clients_share_no_id(berlin: Coach) -> None:
    berlin.do("new-client", "Ben Ode")
    both = [event["uid"] for event in sessions(berlin, "--client", "ann-berg").values()]
    both += [event["uid"] for event in sessions(berlin, "--client", "ben").values()]
    assert len(set(both)) == len(both) == 24


@pytest.mark.req("R150")
def test_a_due_day_is_a_task_without_the_promise(held: Coach) -> None:
    file = held.do("commitments", "--format", "ics").out
    (task,) = parts(file, "VTODO")
    assert (task["due"].dt, task["status"]) == (dt.date(2027, 3, 5), "NEEDS-ACTION")
    assert task["summary"] == "SC · commitment 1"
    assert not icalendar.Calendar.from_ical(file).walk("VEVENT")
    flat = file.replace("\r\n ", "")
    assert COMMITMENT not in flat
    assert "Sample" not in flat
    assert "sample" not in flat


def test_the_promise_comes_when_it_is_asked_for(held: Coach) -> None:
    (task,) = parts(held.do("commitments", "--format", "ics", "--with-text").out, "VTODO")
    assert task["description"] == COMMITMENT
    assert task["summary"] == f"SC · commitment 1: {COMMITMENT}"
    file = held.home / "due.ics"
    held.do("commitments", "--with-text", "-o", str(file))
    assert parts(file.read_bytes().decode(), "VTODO")[0]["description"] == COMMITMENT
    said = held.refused(2, "commitments", "--with-text")
    assert "--with-text is for a calendar" in said


def test_what_was_done_is_ticked_off_by_the_next_import(held: Coach) -> None:
    (before,) = parts(held.do("commitments", "--format", "ics").out, "VTODO")
    held.do("commitments", "update", "1", "--status", "done")
    (task,) = parts(held.do("commitments", "--format", "ics").out, "VTODO")
    assert (task["uid"], task["status"]) == (before["uid"], "COMPLETED")
    assert task["sequence"] > before["sequence"]


@pytest.mark.parametrize("words", ["a;b,c\\n", "émoji 👩🏽‍🏭 " * 30, "END:VEVENT\nBEGIN:VALARM"])
def test_no_words_break_the_file(coach: Coach, words: str) -> None:
    coach.do("new-client", "Ann Berg")
    coach.do("commitments", "add", words, "--when", "+7d", "--how-will-i-know", "It is there")
    said = coach.json("commitments")["commitments"][0]["what"]
    file = coach.do("commitments", "--format", "ics", "--with-text").out
    (task,) = parts(file, "VTODO")
    assert task["description"] == said
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))


def test_only_what_has_days_is_a_calendar(held: Coach) -> None:
    before = held.json("journey")
    for words in (("today",), ("tci",), ("journey", "confirm", "foundation", "--met", "all")):
        assert "'ics' is not one of 'terminal', 'markdown'" in held.refused(
            2, *words, "--format", "ics"
        )
        assert "cannot be written as `.ics`" in held.refused(1, *words, "-o", "x.ics")
    assert held.json("journey") == before
