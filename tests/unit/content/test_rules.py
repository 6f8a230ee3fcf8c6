"""Minutes as allotted: the edges of R41 and R52, and the ranges against brute force."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.content.build import build_one
from trajplan.content.model import Bounds, Segment
from trajplan.content.session_rules import context_bounds, explore_group, minutes_range

DECIDE = (
    Path(__file__).parents[2] / "content" / "valid" / "blueprints/sessions/decide.yaml"
).read_text()
NAME = "blueprints/sessions/decide.yaml"
ARRIVE = "{min: 10, ideal: 10, max: 10}"
HORIZON = "{min: 10, ideal: 12, max: 15}"


def messages(text: str) -> list[str]:
    return [one.message for one in build_one(text.encode(), NAME)[2]]


def fixed(minutes: int) -> str:
    return f"{{min: {minutes}, ideal: {minutes}, max: {minutes}}}"


@pytest.mark.req("R41")
@pytest.mark.parametrize(
    ("length", "minutes", "good"),
    [
        (90, 9, False),
        (90, 10, True),
        (90, 15, True),
        (90, 16, False),
    ],
)
def test_context_setting_of_a_long_session(length: int, minutes: int, good: bool) -> None:
    found = messages(DECIDE.replace(ARRIVE, fixed(minutes)))
    assert (found == []) == good
    if not good:
        assert len(found) == 1
        assert f"{minutes} minutes; a session of {length} minutes needs 10 to 15" in found[0]


@pytest.mark.req("R41")
def test_context_setting_below_an_hour() -> None:
    assert [context_bounds(one) for one in (15, 59, 60, 90)] == [
        (5, 10),
        (5, 10),
        (10, 15),
        (10, 15),
    ]


@pytest.mark.req("R52")
@pytest.mark.parametrize(("minutes", "good"), [(14, False), (15, True)])
def test_the_explore_floor_is_thirty_minutes(minutes: int, good: bool) -> None:
    found = messages(DECIDE.replace(HORIZON, fixed(minutes)))
    assert (found == []) == good
    if not good:
        assert "at most 29 minutes; a decision session needs 30" in found[0]


@pytest.mark.req("R52")
def test_the_floor_must_fit_beside_everything_else() -> None:
    # The bounds allow thirty minutes, the session's length does not.
    (found,) = messages(DECIDE.replace("minutes: 90\n", "minutes: 64\n"))
    assert "need at least 65 minutes, including 30 of exploration" in found
    assert "the nearest length that works is 65" in found
    assert messages(DECIDE.replace("minutes: 90\n", "minutes: 65\n")) == []


def test_an_optional_segment_gives_way_only_when_nothing_else_fits() -> None:
    extra = (
        "  - {id: extra, component: insight_generation, title: Extra, optional: %s,"
        " minutes: {min: 40, ideal: 40, max: 40}}\n  - id: act\n"
    )
    text = DECIDE.replace("  - id: act\n", extra % "true")
    assert messages(text) == []
    (found,) = messages(DECIDE.replace("  - id: act\n", extra % "false"))
    assert "the segments need at least 105 minutes" in found


@st.composite
def segments(draw: st.DrawFn) -> list[Segment]:
    result = []
    for at in range(draw(st.integers(1, 5))):
        low = draw(st.integers(1, 14))
        high = low + draw(st.integers(0, 5))
        component = draw(st.sampled_from(["context_setting", "strategic_inquiry", "break"]))
        result.append(
            Segment(
                id=f"s{at}",
                component=component,
                title="x",
                stance=draw(st.sampled_from(["open", "explore", "options"])),
                minutes=Bounds(min=low, ideal=low, max=high),
            )
        )
    return result


@given(segments(), st.booleans(), st.sampled_from([45, 90]))
def test_ranges_agree_with_trying_everything(
    blocks: list[Segment], decision: bool, minutes: int
) -> None:
    lower, upper = context_bounds(minutes)
    context = [at for at, one in enumerate(blocks) if one.component == "context_setting"]
    explore = explore_group(blocks)
    totals = set()
    for chosen in product(*(range(block.minutes.min, block.minutes.max + 1) for block in blocks)):
        if context and not lower <= sum(chosen[at] for at in context) <= upper:
            continue
        if decision and sum(chosen[at] for at in explore) < 30:
            continue
        totals.add(sum(chosen))
    span = minutes_range(blocks, minutes, decision=decision)
    assert totals == (set(range(span[0], span[1] + 1)) if span else set())
