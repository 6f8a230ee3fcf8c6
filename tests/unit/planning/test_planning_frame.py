"""A session's frame: Context Setting, the explore floor, what drops, what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from planners import segment

from trajplan.content.model import Segment
from trajplan.content.session_rules import explore_group
from trajplan.errors import CannotDo
from trajplan.planning.frame import (
    Frame,
    fit,
    fit_or_refuse,
    minute_groups,
    nearest,
    without_options,
)
from trajplan.vocabulary import COMPONENTS, COVERS

FEW = settings(max_examples=20)


def decision(
    explore: tuple[int, int, int] = (10, 20, 60), context: tuple[int, int, int] = (5, 12, 20)
) -> tuple[Segment, ...]:
    """Everything but context and exploration is fixed and takes 20 minutes."""
    return (
        segment("arrive", "context_setting", *context),
        segment("look", "strategic_inquiry", *explore, stance="explore", covers=COVERS),
        segment("weigh", "insight_generation", 8, 8, 8, stance="options"),
        segment("act", "action_design", 8, 8, 8, stance="commit"),
        segment("end", "momentum_planning", 4, 4, 4, stance="close"),
    )


def minutes(frame: Frame | None) -> dict[str, int]:
    assert frame is not None
    return {one.id: got for one, got in frame.segments}


def refusal(segments: tuple[Segment, ...], length: int, *, floor: bool) -> str:
    with pytest.raises(CannotDo) as fault:
        fit_or_refuse(segments, length, floor=floor, title="Small")
    return str(fault.value)


@pytest.mark.req("R52")
def test_thirty_minutes_of_exploration_pass_and_twenty_nine_do_not() -> None:
    narrow = decision(context=(10, 10, 10))
    assert minutes(fit(narrow, 60, floor=True))["look"] == 30
    # The same session without the floor would have been planned with 29.
    assert minutes(fit(narrow, 59, floor=False))["look"] == 29
    assert fit(narrow, 59, floor=True) is None
    assert "the shortest that works is 60 minutes" in refusal(narrow, 59, floor=True)


@pytest.mark.req("R52")
@pytest.mark.parametrize(("most", "works"), [(29, False), (30, True)])
def test_segments_that_cannot_reach_the_floor_never_fit(most: int, works: bool) -> None:
    short = decision(explore=(10, 20, most))
    assert any(fit(short, length, floor=True) for length in range(1, 481)) == works
    if not works:
        text = refusal(short, 90, floor=True)
        assert text == (
            "no length fits `Small`: its segments cannot meet the bounds of "
            "exploration before options at this length"
        )


@pytest.mark.req("R52")
def test_the_floor_takes_minutes_from_the_rest() -> None:
    segments = (
        segment("arrive", "context_setting", 10, 12, 15),
        segment("look", "strategic_inquiry", 5, 10, 60, stance="explore", covers=COVERS),
        segment("weigh", "insight_generation", 5, 30, 60, stance="options"),
        segment("act", "action_design", 5, 20, 60),
        segment("end", "momentum_planning", 5, 10, 60),
    )
    free, held = (minutes(fit(segments, 90, floor=floor)) for floor in (False, True))
    assert free["look"] < 30 == held["look"]
    assert sum(held.values()) == 90


@pytest.mark.req("R41")
@pytest.mark.parametrize(
    ("ideal", "length", "expected"),
    [(1, 60, 10), (1, 90, 10), (40, 60, 15), (40, 120, 15), (1, 59, 5), (40, 59, 10)],
)
def test_context_setting_keeps_its_bounds(ideal: int, length: int, expected: int) -> None:
    segments = decision(context=(1, ideal, 60), explore=(1, 20, 120))
    assert minutes(fit(segments, length, floor=False))["arrive"] == expected


@pytest.mark.req("R41")
@pytest.mark.parametrize(
    ("context", "works"),
    [
        ((5, 9, 9), False),
        ((5, 9, 10), True),
        ((15, 15, 20), True),
        ((16, 16, 20), False),
    ],
)
def test_context_setting_outside_ten_to_fifteen_is_refused(
    context: tuple[int, int, int], works: bool
) -> None:
    segments = decision(context=context)
    assert (fit(segments, 75, floor=False) is not None) == works
    if not works:
        text = refusal(segments, 75, floor=False)
        assert "cannot meet the bounds of Context Setting" in text


@pytest.mark.req("R41")
def test_two_context_segments_share_the_bound() -> None:
    segments = (segment("hello", "context_setting", 2, 10, 20), *decision())
    got = minutes(fit(segments, 90, floor=False))
    assert got["hello"] + got["arrive"] == 15
    low, high = ((group.low, group.high) for group in minute_groups(segments, 90, floor=True))
    assert low == (10, 15)
    assert high[0] == 30


def optional_session() -> tuple[Segment, ...]:
    return (
        segment("arrive", "context_setting", 10, 12, 15),
        segment("early", "strategic_inquiry", 8, 10, 12, optional=True),
        segment("look", "strategic_inquiry", 15, 25, 30),
        segment("pause", "break", 5, 5, 5, optional=True),
        segment("see", "insight_generation", 10, 12, 20),
        segment("late", "insight_generation", 6, 8, 10, optional=True),
        segment("act", "action_design", 8, 10, 12, optional=True),
        segment("end", "momentum_planning", 7, 8, 9),
    )


@pytest.mark.req("R28")
@pytest.mark.parametrize(
    ("length", "gone"),
    [
        (69, []),
        (68, ["late"]),
        (63, ["late"]),
        (62, ["pause", "late"]),
        (58, ["pause", "late"]),
    ],
)
def test_optional_segments_drop_the_latest_first_and_only_when_nothing_fits(
    length: int, gone: list[str]
) -> None:
    frame = fit(optional_session(), length, floor=False)
    assert frame is not None
    assert [segment.id for segment in frame.dropped] == gone
    assert sum(minutes(frame).values()) == length


@pytest.mark.req("R40")
def test_the_five_components_survive_dropping() -> None:
    for length in range(1, 200):
        frame = fit(optional_session(), length, floor=False)
        if frame:
            assert {one.component for one, _ in frame.segments} >= set(COMPONENTS)
            # The only segment of its component stays, though it is optional.
            assert "act" in minutes(frame)


@pytest.mark.req("R52")
def test_what_a_decision_needs_is_not_dropped() -> None:
    def explore(name: str, low: int, *covers: str, optional: bool = True) -> Segment:
        return segment(
            name,
            "strategic_inquiry",
            low,
            low + 5,
            40,
            stance="explore",
            covers=covers,
            optional=optional,
        )

    segments = (
        segment("arrive", "context_setting", 10, 12, 15),
        explore("facts", 20, "context", optional=False),
        explore("values", 15, "values", "implications"),
        explore("more", 5, "values"),
        segment("weigh", "insight_generation", 8, 8, 8, stance="options"),
        segment("act", "action_design", 8, 8, 8),
        segment("end", "momentum_planning", 4, 4, 4),
    )
    # 70 minutes for all of it, 65 without `more`, 60 without `values` too.
    for length, gone in ((70, []), (69, ["more"]), (65, ["more"])):
        frame = fit(segments, length, floor=True)
        assert frame is not None
        assert [segment.id for segment in frame.dropped] == gone
    assert fit(segments, 64, floor=True) is None
    assert "the shortest that works is 65 minutes" in refusal(segments, 64, floor=True)
    # Without a decision nothing stands in the way.
    plain = fit(segments, 60, floor=False)
    assert plain is not None
    assert [segment.id for segment in plain.dropped] == ["values", "more"]


@pytest.mark.req("R52")
def test_the_refusal_names_what_binds() -> None:
    text = refusal(decision(context=(6, 12, 20)), 45, floor=True)
    assert text == (
        "45 minutes cannot hold `Small`: it needs 56 (6 for Context Setting, "
        "30 for exploration before options, 20 for the rest); "
        "the shortest that works is 56 minutes"
    )
    text = refusal(decision(explore=(10, 20, 40)), 120, floor=False)
    assert text.endswith("its segments take at most 75; the longest that works is 75 minutes")


def test_a_hole_between_lengths_is_called_the_nearest() -> None:
    # 60 minutes need ten of Context Setting, 59 do with five.
    segments = decision(context=(5, 9, 20), explore=(30, 33, 60))
    assert fit(segments, 59, floor=True)
    assert refusal(decision(explore=(32, 33, 60)), 61, floor=True).endswith(
        "the nearest that works is 62 minutes"
    )


def works_at(segments: tuple[Segment, ...], floor: bool) -> list[int]:
    longest = sum(segment.minutes.max for segment in segments)
    return [length for length in range(1, longest + 1) if fit(segments, length, floor=floor)]


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Segment, ...]:
    found = []
    names = ["context_setting", "strategic_inquiry", *COMPONENTS[1:]]
    for at, component in enumerate(names):
        low = draw(st.integers(1, 14))
        ideal = draw(st.integers(low, low + 6))
        stance = "explore" if component == "strategic_inquiry" else "open"
        if component == "insight_generation":
            stance = "options"
        found.append(
            segment(
                f"s{at}",
                component,
                low,
                ideal,
                draw(st.integers(ideal, ideal + 8)),
                stance=stance,
                optional=draw(st.booleans()),
                covers=draw(st.lists(st.sampled_from(COVERS), max_size=2, unique=True))
                if stance == "explore"
                else (),
            )
        )
    return tuple(found)


@pytest.mark.req("R40", "R41", "R52")
@given(segments=sessions(), length=st.integers(1, 120), floor=st.booleans())
@FEW
def test_what_fits_keeps_every_rule_and_what_is_refused_names_a_length_that_works(
    segments: tuple[Segment, ...], length: int, floor: bool
) -> None:
    frame = fit(segments, length, floor=floor)
    if frame is None:
        possible = works_at(segments, floor)
        text = refusal(segments, length, floor=floor)
        named = re.search(r"the (shortest|longest|nearest) that works is (\d+) minutes$", text)
        assert bool(named) == bool(possible)
        if named:
            word, works = named[1], int(named[2])
            assert works in possible
            assert works == nearest(segments, length, floor=floor)
            assert abs(works - length) == min(abs(one - length) for one in possible)
            assert word != "shortest" or works == min(possible) > length
            assert word != "longest" or works == max(possible) < length
        return
    kept = [one for one, _ in frame.segments]
    assert sum(got for _, got in frame.segments) == length
    assert all(one.minutes.min <= got <= one.minutes.max for one, got in frame.segments)
    context = sum(got for one, got in frame.segments if one.component == "context_setting")
    assert (10 <= context <= 15) if length >= 60 else (5 <= context <= 10)
    assert {segment.component for segment in kept} == set(COMPONENTS)
    assert all(segment.optional for segment in frame.dropped)
    assert [segment for segment in segments if segment not in frame.dropped] == kept
    if floor:
        group = explore_group(kept)
        assert sum(frame.segments[at][1] for at in group) >= 30
        before = {cover for at in explore_group(segments) for cover in segments[at].covers}
        assert {cover for at in group for cover in kept[at].covers} >= before


@given(segments=sessions(), length=st.integers(30, 120))
@FEW
def test_needs_names_the_least_that_fits_at_this_length(
    segments: tuple[Segment, ...], length: int
) -> None:
    """Whatever number the refusal names as needed is really what binds."""
    assume(fit(segments, length, floor=True) is None)
    text = refusal(segments, length, floor=True)
    needs = re.search(r"it needs (\d+) \(", text)
    takes = re.search(r"take at most (\d+)", text)
    assert needs or takes or "cannot meet the bounds" in text or "add up" in text
    if needs:
        assert int(needs[1]) > length
        same_bounds = range(60, 481) if length >= 60 else range(1, 60)
        smaller = [one for one in works_at(segments, True) if one in same_bounds]
        assert all(one >= int(needs[1]) for one in smaller)
    if takes:
        assert int(takes[1]) < length


def test_a_session_without_its_options_keeps_all_components() -> None:
    assert without_options(decision()) is None
    aside = (*decision()[:2], segment("stand", "insight_generation", 3, 4, 5), *decision()[2:])
    got = without_options(aside)
    assert got is not None
    assert [one.id for one in got] == ["arrive", "look", "stand", "act", "end"]
    assert without_options(got) is None
