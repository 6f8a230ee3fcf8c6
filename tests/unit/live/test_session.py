"""A running session told from its keys: state, clock, taking back (R135)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from trajplan.live.model import Event, LiveState, Opening, goes_on, open_session
from trajplan.live.session import tell
from trajplan.live.wrap import with_live_wrap, wrap_so_far
from trajplan.planning.plan import Plan
from trajplan.planning.refit import keeps_floor, refit
from trajplan.records.forms import NewCommitment, Said, Wrap, WrapNote

DAY = dt.date(2027, 2, 23)
WORDS = {"c": "Ring Gary", "t": "I was stuck", "a": "Nobody asks me", "p": "The pension"}


def at(clock: str) -> dt.datetime:
    return dt.datetime.combine(DAY, dt.time.fromisoformat(clock), dt.UTC)


def key(clock: str, name: Any, text: str = "", **more: Any) -> Event:
    return Event(at=at(clock), key=name, text=text, **more)


@pytest.fixture(scope="session")
def opening(plan: Plan) -> Opening:
    return open_session(plan, at("14:00"))


def clocks(state: LiveState) -> list[str]:
    return [segment.start for segment in state.segments]


def test_a_session_that_goes_as_planned_keeps_the_clock_of_its_plan(opening: Opening) -> None:
    keys = [Event(at=at(segment.end), key="n") for segment in opening.plan.segments[:-1]]
    for count in range(len(keys) + 1):
        state = tell(opening, keys[:count], at("14:00"))
        assert clocks(state) == [segment.start for segment in opening.plan.segments]
        assert state.running == opening.plan.segments[count].id
        assert (state.no_longer_fits, state.remarks) == ((), ())


def test_a_segment_that_ends_early_or_late_moves_the_rest_by_the_law(opening: Opening) -> None:
    for clock, minutes in (("14:09", 9), ("14:19", 19)):
        state = tell(opening, [key(clock, "n")], at(clock))
        fitted = refit(
            opening.plan.segments,
            [minutes],
            90,
            length=90,
            floor=keeps_floor(opening.plan),
        )
        assert tuple(segment.minutes for segment in state.segments) == fitted.minutes
        assert state.segments[1].start == clock
        assert state.segments[-1].end == "15:30"
        assert state.actual == {opening.plan.segments[0].id: minutes}


def test_a_segment_that_runs_over_takes_its_minutes_while_it_runs(opening: Opening) -> None:
    first = opening.plan.segments[0]
    state = tell(opening, [], at("14:20"))
    assert state.segment_left == first.minutes - 20
    assert state.segments[1].start == "14:20"
    assert state.segments[-1].end == "15:30"
    assert state.segment_share == 1.0


def test_plus_and_minus_give_and_take_two_minutes(opening: Opening) -> None:
    first = opening.plan.segments[0].minutes
    assert tell(opening, [key("14:02", "+")], at("14:02")).segments[0].minutes == first + 2
    assert tell(opening, [key("14:02", "-")], at("14:02")).segments[0].minutes == first - 2
    late = [key("14:25", "+")]
    assert tell(opening, late, at("14:25")).segments[0].minutes == 27
    # No segment is given less than it has taken.
    assert tell(opening, [key("14:10", "-")] * 9, at("14:10")).segments[0].minutes == 10


def test_two_minutes_more_for_the_close_move_the_end(opening: Opening) -> None:
    keys = [Event(at=at(segment.end), key="n") for segment in opening.plan.segments[:-1]]
    longer = tell(opening, [*keys, key("15:28", "+")], at("15:28"))
    assert (longer.ends, longer.segments[-1].end) == ("15:32", "15:32")
    back = tell(opening, [*keys, key("15:28", "+"), key("15:28", "-")], at("15:28"))
    assert back.ends == "15:30"


@pytest.mark.req("R135")
def test_exploring_cut_short_parks_the_decision_and_says_so(decision: Plan) -> None:
    opening = open_session(decision, dt.datetime(2027, 3, 9, 14, 0, tzinfo=dt.UTC))
    options = [segment.stance for segment in decision.segments].index("options")
    keys = [
        Event(at=opening.begins + dt.timedelta(minutes=10 + 5 * index), key="n")
        for index in range(options)
    ]
    state = tell(opening, keys, keys[-1].at)
    assert decision.segments[options].id in state.no_longer_fits
    assert state.running == decision.segments[options + 1].id
    assert any("parked for next time" in remark for remark in state.remarks)
    again = tell(opening, [*keys, Event(at=keys[-1].at, key="u")], keys[-1].at)
    assert again.running == decision.segments[options - 1].id


def test_next_after_the_last_segment_ends_the_session(opening: Opening) -> None:
    keys = [Event(at=at(segment.end), key="n") for segment in opening.plan.segments]
    state = tell(opening, keys, at("15:50"))
    assert state.ended
    assert (state.running, state.minutes) == ("", 90)
    assert sum(state.actual.values()) == 90
    assert tell(opening, [*keys, key("15:51", "n"), key("15:51", "+")], at("15:52")) == replace(
        state, now="15:52", left=-22
    )


def test_wrapping_ends_the_segment_that_runs(opening: Opening) -> None:
    state = tell(opening, [key("14:10", "n"), key("14:31", "w")], at("15:00"))
    ids = [segment.id for segment in opening.plan.segments]
    assert state.ended
    assert list(state.actual.values()) == [10, 21, *([0] * (len(ids) - 2))]
    assert state.remarks == ()


def test_space_ticks_the_next_question_or_the_one_that_is_named(opening: Opening) -> None:
    first = next(segment for segment in opening.plan.segments if segment.questions)
    index = opening.plan.segments.index(first)
    keys = [key("14:05", "n")] * index
    ids = [question.id for question in first.questions]
    state = tell(opening, [*keys, key("14:06", "space")], at("14:06"))
    assert state.asked == (ids[0],)
    named = opening.plan.questions[-1].id
    state = tell(opening, [*keys, key("14:06", "space", named)], at("14:06"))
    assert state.asked == (named,)
    twice = [*keys, key("14:06", "space", named), key("14:06", "space", named)]
    assert tell(opening, twice, at("14:06")).asked == ()
    assert tell(opening, [*keys, key("14:06", "space", "nothing")], at("14:06")).asked == ()


def test_another_question_stands_in_the_segment_that_runs(opening: Opening) -> None:
    question = replace(opening.plan.questions[0], id="mine", text="What else?")
    keys = [key("14:05", "x", question=question), key("14:06", "space", "mine")]
    state = tell(opening, keys, at("14:06"))
    added = state.segments[0].questions[-1]
    assert (added.id, added.text, added.asked, added.added) == ("mine", "What else?", True, True)
    assert state.asked == ("mine",)


def test_words_are_exact_or_gist(opening: Opening) -> None:
    keys = [
        key("14:05", "t", "I was stuck"),
        key("14:05", "t", "felt stuck", wording="gist"),
        key("14:06", "a", "Nobody asks me"),
        key("14:07", "i", "asking is allowed"),
        key("14:08", "i", "“I may ask.”"),
        key("14:09", "i", "I may ask", wording="exact"),
    ]
    state = tell(opening, keys, at("14:10"))
    assert [words.exact for words in state.words] == [True, False]
    assert [words.exact for words in state.beliefs] == [True]
    assert [words.exact for words in state.takeaways] == [False, True, True]
    assert (state.words[0].at, state.words[0].segment) == ("14:05", opening.plan.segments[0].id)


def test_what_is_typed_is_in_the_state(opening: Opening) -> None:
    keys = [
        key("14:05", "c", "Ring Gary", when="friday", known="I have a date"),
        key("14:06", "p", "The pension"),
        key("14:07", "m", "Eyes down."),
    ]
    state = tell(opening, keys, at("14:10"))
    promise = state.commitments[0]
    assert (promise.what, promise.when, promise.known) == ("Ring Gary", "friday", "I have a date")
    assert (state.parked, state.notes) == (("The pension",), ("Eyes down.",))


def test_hiding_is_a_switch_that_taking_back_leaves_alone(opening: Opening) -> None:
    keys = [key("14:05", "m", "a"), key("14:06", "h"), key("14:07", "u")]
    state = tell(opening, keys, at("14:08"))
    assert state.hidden
    assert state.notes == ()
    assert not tell(opening, [*keys, key("14:09", "h")], at("14:09")).hidden


def test_a_session_opened_ahead_of_time_begins_at_its_time(plan: Plan) -> None:
    early = open_session(plan, at("13:48"))
    assert (early.begins, early.minutes) == (at("14:00"), 90)
    state = tell(early, [], at("13:50"))
    assert (state.until, state.minutes, state.left) == (10, 0, 90)
    sooner = tell(early, [key("13:55", "n")], at("13:57"))
    assert (sooner.begins, sooner.ends, sooner.minutes) == ("13:55", "15:30", 2)
    assert sooner.running == plan.segments[0].id
    assert sum(segment.minutes for segment in sooner.segments) == 95


def test_a_session_opened_late_ends_as_booked(plan: Plan) -> None:
    late = open_session(plan, at("14:12"))
    assert (late.begins, late.minutes) == (at("14:12"), 78)
    fitted = refit(plan.segments, (), 78, length=90, floor=False).minutes
    state = tell(late, [], at("14:12"))
    assert tuple(segment.minutes for segment in state.segments) == fitted


@pytest.mark.parametrize("clock", ["09:00", "15:00", "20:00"])
def test_at_any_other_hour_it_has_its_whole_length(plan: Plan, clock: str) -> None:
    assert open_session(plan, at(clock)).minutes == 90


def test_a_clock_that_was_looked_at_runs_on(plan: Plan) -> None:
    booked = open_session(plan, at("14:20"), since=at("14:03"))
    assert (booked.begins, booked.ends) == (at("14:03"), at("15:30"))
    other = open_session(plan, at("20:20"), since=at("20:00"))
    assert (other.begins, other.ends) == (at("20:00"), at("21:30"))


def test_a_look_at_the_screen_without_a_key_is_no_session_yet(plan: Plan) -> None:
    for clock, later, goes in (
        ("13:00", "14:00", False),  # looked at an hour before
        ("13:40", "14:20", True),  # opened for the session, left and opened again
        ("14:00", "15:10", True),
        ("09:00", "14:00", False),
        ("20:00", "20:30", True),
        ("20:00", "22:00", False),
    ):
        assert goes_on(open_session(plan, at(clock)), at(later)) is goes, (clock, later)


def test_seconds_of_the_first_minute_do_not_count(plan: Plan) -> None:
    opening = open_session(plan, at("20:00") + dt.timedelta(seconds=42))
    assert opening.begins == at("20:00")


EVENT = st.builds(
    lambda name, seconds: (name, seconds),
    st.sampled_from(["n", "n", "+", "-", "space", "c", "t", "a", "p", "i", "m", "h", "u"]),
    st.integers(0, 900),
)


def spaced(pairs: Sequence[tuple[str, int]]) -> list[Event]:
    """Keys one after another, each some seconds after the one before."""
    moment = at("14:00")
    events = []
    for name, seconds in pairs:
        moment += dt.timedelta(seconds=seconds)
        events.append(Event(at=moment, key=name, text=WORDS.get(name, "")))  # type: ignore[arg-type]
    return events


@given(pairs=st.lists(EVENT, max_size=14), name=st.sampled_from([*"n+-ctapim", "space"]))
def test_taking_back_is_as_if_it_had_never_been(
    opening: Opening, pairs: list[tuple[str, int]], name: Any
) -> None:
    events = spaced(pairs)
    last = events[-1].at if events else at("14:00")
    now = last + dt.timedelta(seconds=30)
    undone = [*events, Event(at=last, key=name, text="x"), Event(at=now, key="u")]
    assert tell(opening, undone, now) == tell(opening, events, now)


@given(pairs=st.lists(EVENT, max_size=20), later=st.integers(0, 7200))
def test_the_clock_always_adds_up(
    opening: Opening, pairs: list[tuple[str, int]], later: int
) -> None:
    events = spaced(pairs)
    now = (events[-1].at if events else at("14:00")) + dt.timedelta(seconds=later)
    state = tell(opening, events, now)
    segments = state.segments
    for before, after in pairwise(segments):
        assert before.end == after.start
    # Never a minute lost or made: what was, what runs and what is to come fill the session.
    gone = sum(state.actual.values())
    assert gone <= state.minutes
    if not state.ended:
        total = sum(segment.minutes for segment in segments)
        assert total >= state.minutes
        ahead = [segment for segment in segments if segment.state == "ahead"]
        assert all(segment.minutes > 0 for segment in ahead)
        assert len(state.actual) == [segment.id for segment in segments].index(state.running)


@given(pairs=st.lists(EVENT, max_size=12))
def test_events_come_back_from_their_lines_as_they_were(pairs: list[tuple[str, int]]) -> None:
    events = spaced(pairs)
    lines = [json.encode(event) for event in events]
    assert [json.decode(line, type=Event) for line in lines] == events
    assert all(b"\n" not in line for line in lines)


def test_the_opening_comes_back_with_its_plan(opening: Opening) -> None:
    assert json.decode(json.encode(opening), type=Opening, strict=False) == opening


def test_a_clock_that_is_set_back_stands_still(opening: Opening) -> None:
    state = tell(opening, [key("14:20", "n"), key("14:10", "n")], at("14:05"))
    assert list(state.actual.values()) == [20, 0]
    assert state.minutes == 20


def test_the_wrap_holds_what_the_session_told(opening: Opening) -> None:
    first, second, *_ = opening.plan.segments
    asked = second.questions[0].id
    events = [
        key("14:12", "n"),
        key("14:13", "space"),
        key("14:14", "c", "Ring Gary", when="friday", known="I have a date"),
        key("14:15", "t", "I was stuck: #1"),
        key("14:16", "t", "felt stuck", wording="gist"),
        key("14:17", "i", "“I may ask”"),
        key("14:18", "i", "asking is allowed"),
        key("14:19", "p", "The pension"),
        key("14:19", "a", "Nobody asks me"),
        key("14:20", "m", "Eyes down.\nTwice."),
        key("14:21", "m", "not this"),
        key("14:21", "u"),
        key("14:40", "w"),
    ]
    wrap = wrap_so_far(opening, events, at("15:00"))
    assert wrap.minutes == 40
    assert {name: minutes for name, minutes in wrap.actual.items() if minutes} == {
        first.id: 12,
        second.id: 28,
    }
    assert wrap.asked == (asked,)
    assert wrap.commitments == (
        NewCommitment(what="Ring Gary", when="friday", how_will_i_know="I have a date"),
    )
    assert wrap.takeaways == (Said(exact="I may ask"), Said(gist="asking is allowed"))
    assert wrap.parked == ("The pension",)
    assert wrap.beliefs == (Said(exact="Nobody asks me"),)
    assert [note.text for note in wrap.notes if isinstance(note, WrapNote)] == [
        "Eyes down.\nTwice.",
        "“I was stuck: #1”",
        "They said, in short: felt stuck",
    ]


def test_a_promise_told_twice_loses_no_answer(opening: Opening) -> None:
    events = [
        key("14:14", "c", "Ring Gary", when="friday"),
        key("14:20", "c", "Ring Gary", known="I have a date"),
    ]
    told = with_live_wrap(
        Wrap(kind="wrap", commitments="none"), wrap_so_far(opening, events, at("15:00")), ()
    )
    assert told.commitments == (
        NewCommitment(what="Ring Gary", when="friday", how_will_i_know="I have a date"),
    )


def test_a_session_that_was_only_looked_at_tells_no_minutes_of_segments(opening: Opening) -> None:
    wrap = wrap_so_far(opening, [], at("15:20"))
    assert (wrap.minutes, wrap.actual, wrap.commitments, wrap.notes) == (80, {}, "none", ())
    # Left behind, it ended when it was booked to end.
    assert wrap_so_far(opening, [], at("18:00")).minutes == 90
    # Nobody ran a session that was only glanced at.
    assert wrap_so_far(opening, [], at("14:20")).minutes is None
    # What was kept later than that belongs to it all the same.
    assert wrap_so_far(opening, [key("15:35", "m", "late")], at("18:00")).minutes == 95


def test_what_nobody_came_to_has_no_minutes_unless_the_session_was_ended_there(
    opening: Opening,
) -> None:
    first, second, *others = [segment.id for segment in opening.plan.segments]
    left = wrap_so_far(opening, [key("14:10", "n")], at("14:12"))
    assert (left.minutes, left.actual) == (12, {first: 10, second: 2})
    ended = wrap_so_far(opening, [key("14:10", "n"), key("14:30", "w")], at("15:30"))
    assert ended.actual == {first: 10, second: 20, **dict.fromkeys(others, 0)}
