"""The client's clock and the coach's (R143)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import NO_COMMITMENT, Coach
from trajplan.zones import instant, odd_hour, two_clocks

BERLIN = {"TRAJPLAN_TIME_ZONE": "Europe/Berlin"}
ZONES = ("Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Apia")


@pytest.fixture
def tokyo(coach: Coach) -> Coach:
    """A coach in Berlin whose client in Tokyo comes at 16:00 there."""
    coach.more |= BERLIN
    coach.do("new-client", "Aiko Mori", "--time-zone", "Asia/Tokyo", "--start-time", "16:00")
    return coach


@pytest.mark.req("R143")
def test_pages_say_both_clocks(tokyo: Coach) -> None:
    assert "session 1: today at 08:00 for you, 16:00 in Asia/Tokyo; " in tokyo.do("today").out
    assert "16:00 in Asia/Tokyo (next time that is 08:00 for you)" in tokyo.do("journey").out
    assert "**For you:** 08:00" in tokyo.do("sessions", "show", "1").out
    plan = tokyo.do("prep", "1").out
    assert "**Tuesday 12 January 2027 · 08:00–09:30 · 90 minutes**" in plan
    assert "**For them:** 16:00–17:30 in Asia/Tokyo; the times below are yours" in plan
    assert "### 08:00–08:" in plan
    assert "16:1" not in plan
    assert "until 09:30, for them 17:30" in plan
    assert "**For them:** 16:00–17:30 in Asia/Tokyo" in tokyo.do("prep", "1", "--glance").out


GRIEF = "My mother died last night and I can't sleep until morning"
VIEWS = ((), ("--full",), ("--glance",), ("--for", "client"))


@pytest.mark.parametrize("matters", [GRIEF, "The children are up until eight"])
def test_a_word_of_the_clients_is_taken_for_no_time(coach: Coach, matters: str) -> None:
    """Nothing is asked after grave news, so that no time stands behind what they said."""
    coach.do("new-client", "Aiko Mori")
    coach.do("check-in", "--session", "1", "--matters", matters)
    pages = [coach.do("prep", "1", *view).out for view in VIEWS]
    assert f"*In full:* {matters}" in pages[1]
    coach.more |= BERLIN
    coach.do("clients", "update", "--time-zone", "Asia/Tokyo")
    coach.do("sessions", "move", "1", "12 Jan", "--time", "16:00")
    pages = [coach.do("prep", "1", *view).out for view in VIEWS]
    assert f"*In full:* {matters}" in pages[1]
    assert ("until 09:30, for them 17:30" in pages[1]) == (matters != GRIEF)


@pytest.mark.req("R143")
def test_the_form_after_a_session_says_whose_clock_the_next_time_is_on(tokyo: Coach) -> None:
    form = " ".join(tokyo.do("wrap", "1", "--form").out.split())
    assert "Planned for Tuesday 26 January 2027, 16:00 in Asia/Tokyo (08:00 for you)." in form
    assert "another day and time, by their clock, if you agreed on one" in form


@pytest.mark.req("R143")
def test_the_client_reads_their_own_time(tokyo: Coach) -> None:
    agenda = tokyo.do("prep", "1", "--for", "client").out
    assert "**Tuesday 12 January 2027 · 16:00–17:30 · 90 minutes**" in agenda
    assert "08:00" not in agenda
    data = tokyo.json("prep", "1")
    assert (data["start"], data["time_zone"]) == ("16:00", "Asia/Tokyo")
    own = {"date": "2027-01-12", "start_time": "08:00", "time_zone": "Europe/Berlin"}
    assert data["own_clock"] == own
    assert tokyo.json("sessions")["sessions"][0]["own_clock"] == own


def test_one_clock_is_enough_where_both_say_the_same(coach: Coach) -> None:
    coach.do("new-client", "Ann", "--time-zone", "Europe/Paris", "--start-time", "16:00")
    coach.do("prep", "1")
    before = [coach.do(*words).out for words in (["today"], ["journey"], ["prep", "1"])]
    coach.more |= BERLIN
    assert [coach.do(*words).out for words in (["today"], ["journey"], ["prep", "1"])] == before
    assert coach.json("prep", "1")["own_clock"] is None


@pytest.mark.req("R143")
def test_the_day_is_the_coachs_where_the_clients_is_another(coach: Coach) -> None:
    coach.more["TRAJPLAN_TIME_ZONE"] = "America/Los_Angeles"
    coach.today = "2027-01-11"
    made = coach.do(
        *("new-client", "Aiko", "--start", "2027-01-12", "--start-time", "8am"),
        *("--time-zone", "Asia/Tokyo"),
    )
    assert "Tuesday 12 January 2027, 08:00 (15:00 for you on Mon 11 Jan 2027)" in made.out
    assert "session 1: today at 15:00 for you, 08:00 in Asia/Tokyo" in coach.do("today").out
    assert "Tue 12 Jan 2027 (Mon 11 Jan 2027 for you)" in coach.do("sessions").out
    plan = coach.do("prep", "1").out
    assert "**Monday 11 January 2027 · 15:00–16:30" in plan
    assert "**For them:** 08:00–09:30 in Asia/Tokyo on Tue 12 Jan 2027" in plan
    coach.do("new-client", "Bo")
    coach.do("use", "bo")
    coach.do("sessions", "move", "1", "20 Jan")
    assert "today's session is with `aiko`" in coach.refused(1, "check-in", "--energy", "low")


def test_what_has_come_and_what_is_overdue_goes_by_the_coachs_day(coach: Coach) -> None:
    """In Los Angeles it is still Monday, in Tokyo already Tuesday."""
    coach.more["TRAJPLAN_TIME_ZONE"] = "America/Los_Angeles"
    coach.today = "2027-01-11"
    words = ("--start", "2027-01-12", "--start-time", "08:00", "--time-zone", "Asia/Tokyo")
    coach.do("new-client", "Aiko", *words)
    coach.do("new-client", "Aki", *words)
    assert "Tue 12 Jan 2027 (today)" in coach.do("journey").out
    own = "Tue 12 Jan 2027, 08:00 (15:00 for you on Mon 11 Jan 2027)"
    assert own in coach.do("prep", "brief").out
    wrapped = coach.do("wrap", "--from", "-", stdin=NO_COMMITMENT)
    assert "still to come" not in wrapped.err
    assert "missed" in coach.do("sessions", "miss", "1", "--client", "aiko").first
    coach.more["TRAJPLAN_TIME_ZONE"] = "Asia/Tokyo"
    coach.today = "2027-01-13"
    west = ("--start", "2027-01-12", "--start-time", "20:00", "--time-zone", "America/Los_Angeles")
    coach.do("new-client", "Bo", *west)
    today = next(row for row in coach.json("today")["clients"] if row["client"] == "bo")
    assert [item["kind"] for item in today["waiting"]] == ["session_today"]
    assert coach.json("journey", "--client", "bo")["stall"]["signs"] == []


@pytest.mark.req("R143")
def test_overlaps_compare_instants(tokyo: Coach) -> None:
    made = tokyo.do("new-client", "Bo Ray", "--start-time", "8:30").err
    assert "same day: Tue 12 Jan 2027: Aiko Mori, session 1 at 08:00, at the same time" in made
    made = tokyo.do("new-client", "Cy", "--start-time", "16:00").err
    assert "Aiko Mori, session 1 at 08:00\n" in made
    tokyo.do("sessions", "move", "1", "12 Jan", "--time", "22:00", "--client", "bo-ray")
    moved = tokyo.do(*("sessions", "move", "1", "13 Jan", "--time", "6am", "--client", "aiko")).out
    assert "Bo Ray, session 1 at 22:00, at the same time" in moved
    assert "06:00 in Asia/Tokyo is 22:00 for you on Tue 12 Jan 2027" in moved


@pytest.mark.req("R143")
def test_an_hour_that_the_night_skips_or_doubles_is_said(coach: Coach) -> None:
    coach.more |= BERLIN
    coach.do("new-client", "Owl", "--start", "2027-03-20")
    skipped = "Sun 28 Mar 2027: there is no 02:30 that day in Europe/Berlin, as the clocks go forw"
    said = coach.do("sessions", "move", "1", "28 March", "--time", "2:30", "--shift").out
    assert skipped in said
    assert "it is 03:30" in said
    assert "there is no 02:30 that day in Europe/Berlin" in coach.do("prep", "1").out
    assert skipped in coach.do("clients", "update", "--time-zone", "Europe/Berlin").err
    night = ("--start", "2027-10-31", "--start-time", "2:30", "--time-zone", "Europe/Berlin")
    assert (
        "02:30 comes twice that day in Europe/Berlin" in coach.do("new-client", "Bat", *night).err
    )


@pytest.mark.req("R143")
def test_the_coachs_zone_stands_in_the_settings(coach: Coach) -> None:
    coach.do("new-client", "Aiko", "--time-zone", "Asia/Tokyo", "--start-time", "16:00")
    folder = coach.home / "CONFIG" / "trajplan"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text('time_zone = "Europe/Berlin"\n')
    assert "08:00 for you" in coach.do("today").out
    (folder / "settings.toml").write_text('time_zone = "Mars/Base"\n')
    assert "settings.toml:1:1: `Mars/Base` is not a time zone" in coach.refused(10, "today")
    (folder / "settings.toml").unlink()
    coach.more["TRAJPLAN_TIME_ZONE"] = "Mars/Base"
    assert "`Mars/Base` is not a time zone" in coach.refused(2, "today")


def test_a_zone_that_is_typed_says_how_to_see_both(coach: Coach) -> None:
    said = coach.do("new-client", "Aiko", "--time-zone", "Asia/Tokyo").err
    assert "times are the client's; for yours beside them, put your own `time_zone` into " in said
    assert "settings.toml" in said


@pytest.mark.req("R143")
@pytest.mark.parametrize(
    ("today", "day"),
    [
        ("2027-01-12", "2027-01-12"),
        ("2027-01-12T23:30", "2027-01-12"),
        ("2027-01-12T23:30+00:00", "2027-01-13"),
        ("2027-01-12T23:30Z", "2027-01-13"),
    ],
)
def test_a_today_without_an_offset_is_in_the_coachs_zone(
    coach: Coach, today: str, day: str
) -> None:
    coach.do("new-client", "Ann")
    coach.more |= BERLIN
    coach.today = today
    assert coach.json("today")["date"] == day


@pytest.mark.req("R143")
def test_time_zones_are_known_where_the_machine_has_none(coach: Coach) -> None:
    words = ("new-client", "Ann", "--time-zone", "Europe/Berlin")
    assert coach.process(*words, env={**coach.spawn_environ, "PYTHONTZPATH": ""}).code == 0


@given(
    st.datetimes(dt.datetime(1980, 1, 1), dt.datetime(2100, 1, 1)),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_both_clocks_are_the_same_moment(moment: dt.datetime, zone: str, own: str) -> None:
    day, start = moment.date(), f"{moment:%H:%M}"
    clocks = two_clocks(day, start, zone, own)
    if clocks is None:
        return
    assert (clocks.day, clocks.start) == (day, start)
    back = two_clocks(clocks.own_day, clocks.own_start, own, zone)
    odd = odd_hour(day, start, zone) or odd_hour(clocks.own_day, clocks.own_start, own)
    assert back is not None or odd
    if back and not odd:
        assert (back.own_day, back.own_start) == (day, start)
        assert back.minutes_apart == -clocks.minutes_apart or abs(clocks.minutes_apart) == 720
        assert instant(day, start, zone) == instant(clocks.own_day, clocks.own_start, own)
