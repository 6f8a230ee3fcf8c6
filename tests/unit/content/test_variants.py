"""A blueprint merged with its energy variants (R44)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from trajplan.content.border import validate
from trajplan.content.model import (
    Bounds,
    BoundsPatch,
    BreakPatch,
    EnergyVariants,
    QuestionSlot,
    SegmentPatch,
    SessionBlueprint,
    SlotPatch,
    Variant,
)
from trajplan.content.reader import read
from trajplan.content.session_rules import BREAK_ID, merged, variant_of

FILE = Path(__file__).parents[2] / "content" / "valid" / "blueprints/sessions/ordinary.yaml"
BLUEPRINT, _ = validate(read(FILE.read_bytes(), "f"), SessionBlueprint)
assert BLUEPRINT is not None
PLAIN = BLUEPRINT
IDS = [segment.id for segment in PLAIN.segments]


@pytest.mark.req("R44")
def test_low_energy_as_the_file_says() -> None:
    low = merged(PLAIN, "low")
    segments = {segment.id: segment for segment in low.segments}
    assert [segment.id for segment in low.segments] == [
        "arrive", "inquiry", "pause", "insight", BREAK_ID, "insight-again", "act", "leave",
    ]  # fmt: skip
    assert segments["inquiry"].minutes == Bounds(min=20, ideal=30, max=30)
    slot = segments["inquiry"].questions
    assert slot == QuestionSlot(max=2, banks=("basic",), levels=("informational", "analytical"))
    assert segments[BREAK_ID].component == "break"
    assert segments[BREAK_ID].title == "Reset"
    assert segments[BREAK_ID].minutes == Bounds(min=5, ideal=5, max=5)
    assert low.energy is None
    assert segments["arrive"] == PLAIN.segments[0]


def test_normal_energy_and_no_variants_change_nothing() -> None:
    assert merged(PLAIN, "normal") is PLAIN
    bare = replace(PLAIN, energy=None)
    assert merged(bare, "low") is bare
    assert variant_of(bare, "high") is None


def test_a_patch_can_empty_lists_and_add_questions() -> None:
    patch = SegmentPatch(activities=(), questions=SlotPatch(max=1, tags=("x",)), optional=True)
    variant = Variant(segments={"arrive": patch})
    high = merged(replace(PLAIN, energy=EnergyVariants(high=variant)), "high")
    assert high.segments[0].activities == ()
    assert high.segments[0].questions == QuestionSlot(max=1, tags=("x",))
    assert high.segments[0].optional


BOUNDS = st.none() | st.integers(1, 480)
PATCHES = st.builds(
    SegmentPatch,
    minutes=st.none() | st.builds(BoundsPatch, min=BOUNDS, ideal=BOUNDS, max=BOUNDS),
    activities=st.none() | st.just(()) | st.just(("look_back",)),
    optional=st.none() | st.booleans(),
)
VARIANTS = st.builds(
    Variant,
    segments=st.dictionaries(st.sampled_from([*IDS, "nobody"]), PATCHES),
    insert_break=st.none()
    | st.builds(
        BreakPatch, after=st.sampled_from([*IDS[:-1], "nobody"]), minutes=st.integers(1, 30)
    ),
)


@given(VARIANTS)
def test_merging_changes_what_the_patch_says_and_nothing_else(variant: Variant) -> None:
    result = merged(replace(PLAIN, energy=EnergyVariants(low=variant)), "low")
    kept = [segment for segment in result.segments if segment.id != BREAK_ID]
    assert [one.id for one in kept] == IDS
    for before, after in zip(PLAIN.segments, kept, strict=True):
        patch = variant.segments.get(before.id, SegmentPatch())
        wanted = patch.minutes or BoundsPatch()
        for name in ("min", "ideal", "max"):
            said = getattr(wanted, name)
            expected = getattr(before.minutes, name) if said is None else said
            assert getattr(after.minutes, name) == expected
        assert after.questions == before.questions
        assert (after.component, after.stance, after.covers) == (
            before.component,
            before.stance,
            before.covers,
        )
    assert merged(result, "low") is result
