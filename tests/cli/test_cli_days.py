"""Days and times as a coach types them, at every option that asks for one (R141)."""

from __future__ import annotations

import pytest

from coaching import Coach


@pytest.fixture
def tuesday(begun: Coach) -> Coach:
    """A week before the first session: Tuesday 5 January 2027."""
    begun.today = "2027-01-05"
    return begun


@pytest.mark.req("R141")
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fri", "2027-01-08"),
        ("next tuesday", "2027-01-12"),
        ("18 Feb", "2027-02-18"),
        ("18.02.2027", "2027-02-18"),
        ("19.2.", "2027-02-19"),
        ("in two weeks", "2027-01-19"),
        ("Thursday 18 February 2027", "2027-02-18"),
        ("viernes", "2027-01-08"),
    ],
)
def test_a_meeting_lies_ahead(tuesday: Coach, typed: str, day: str) -> None:
    meeting = tuesday.json("sessions", "add", typed, "--kind", "check_in", "--time", "2pm")
    assert meeting["days"][0] | {"session": None} == {
        "session": None,
        "name": "check-in meeting m1",
        "was_on": None,
        "date": day,
        "start_time": "14:00",
    }


@pytest.mark.req("R141")
@pytest.mark.parametrize(
    ("typed", "day"),
    [("yesterday", "2027-02-22"), ("fri", "2027-02-19"), ("18 Feb", "2027-02-18"),
     ("23.2.", "2027-02-23"), ("3 days ago", "2027-02-20"), ("the 24th", "2027-01-24")],
)  # fmt: skip
def test_a_referral_lies_behind(begun: Coach, typed: str, day: str) -> None:
    begun.today = "2027-02-23"
    begun.do("refer", "medical", "--date", typed)
    assert begun.json("show")["referrals"][0]["date"] == day


@pytest.mark.req("R141")
def test_a_wrap_reads_days_from_its_session_on(begun: Coach) -> None:
    wrap = "kind: wrap\ncommitments:\n{}"
    promise = "- {{what: {}, when: {}, how_will_i_know: Done}}\n"
    wrap = wrap.format(promise.format("Call Ada", "19.1.") + promise.format("Read", "fri"))
    begun.do("wrap", "session", "1", "--from", "-", stdin=wrap)
    due = [commitment["due"] for commitment in begun.json("commitments")["commitments"]]
    assert due == ["2027-01-19", "2027-01-15"]


@pytest.mark.req("R141")
def test_an_intake_says_when_the_journey_begins(tuesday: Coach) -> None:
    intake = "kind: intake\nname: Bo\nstart: {}\nstart_time: 2pm\n"
    words = ("new-client", "--from", "-", "--slug")
    days = {
        "19.2.": "2027-02-19",
        "19.2": "2027-02-19",
        "fri": "2027-01-08",
        "12 Jan": "2027-01-12",
    }
    for number, (typed, day) in enumerate(days.items()):
        made = tuesday.json(*words, f"bo-{number}", stdin=intake.format(typed))
        assert made["sessions"][0]["date"] == day
    said = tuesday.refused(10, "new-client", "--from", "-", stdin=intake.format("3/4"))
    assert said.count(":3:8: ") == 1
    assert "write `3 April` or `4 March`" in said


@pytest.mark.req("R141")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3/4", "write `3 April` or `4 March`"),
        ("next friday", "could be `Fri 8 Jan 2027` or `Fri 15 Jan 2027`"),
        ("next week", "does not say which day"),
        ("30 Feb", "there is no 30 February 2027"),
        ("Mon 8 Jan", "8 January 2027 is a Friday"),
    ],
)
def test_a_day_is_never_guessed(tuesday: Coach, typed: str, says: str) -> None:
    assert says in tuesday.refused(2, "sessions", "move", "1", typed)


@pytest.mark.req("R141")
def test_nor_is_a_time(tuesday: Coach) -> None:
    move = ("sessions", "move", "1", "fri", "--time")
    assert "`9` could be 09:00 or 21:00" in tuesday.refused(2, *move, "9")
    assert "Friday 8 January 2027, 09:00" in tuesday.do(*move, "9am").out


def test_a_shift_takes_the_time_along(tuesday: Coach) -> None:
    said = tuesday.do("sessions", "move", "2", "Thu 28 Jan", "--time", "4pm", "--shift").out
    assert "Note: 10 later sessions at 16:00 too\n" in said.replace("**", "")
    times = [row["start_time"] for row in tuesday.json("sessions")["sessions"]]
    assert times == ["14:00", *["16:00"] * 11]
