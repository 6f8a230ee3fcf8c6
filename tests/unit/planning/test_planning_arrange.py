"""A session under conditions: energy, lateness, a decision, the coach's own reason (R44, R52)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from planners import blueprint, segment, shipped

from trajplan.content.model import BoundsPatch, BreakPatch, EnergyVariants, SegmentPatch, Variant
from trajplan.content.session_rules import BREAK_ID, explore_group
from trajplan.errors import CannotDo
from trajplan.planning.arrange import Arrangement, Conditions, arrange, strip
from trajplan.vocabulary import COVERS

ON_TIME = Conditions(minutes=90, energy="normal", late=0, decision=True, override="")
SMALL = blueprint(
    segment("arrive", "context_setting", 6, 12, 15),
    segment("look", "strategic_inquiry", 12, 34, 50, stance="explore", covers=COVERS),
    segment("stand", "insight_generation", 3, 6, 12),
    segment("weigh", "insight_generation", 8, 14, 20, stance="options"),
    segment("act", "action_design", 6, 14, 20, stance="commit"),
    segment("end", "momentum_planning", 4, 10, 12, stance="close"),
    energy=EnergyVariants(
        low=Variant(insert_break=BreakPatch(after="look", minutes=5)),
        high=Variant(segments={"stand": SegmentPatch(minutes=BoundsPatch(ideal=12, max=20))}),
    ),
)


def minutes(found: Arrangement) -> dict[str, int]:
    return {one.id: got for one, got in found.segments}


def said(found: Arrangement, rule: str) -> str:
    return "\n".join(finding.message for finding in found.findings if finding.rule == rule)


def test_on_time_nothing_is_said() -> None:
    found = arrange(SMALL, ON_TIME)
    assert found.findings == ()
    assert found.dropped == ()
    assert sum(minutes(found).values()) == 90
    assert minutes(found)["look"] >= 30


@pytest.mark.req("R44")
def test_energy_changes_the_frame() -> None:
    low, normal, high = (
        minutes(arrange(SMALL, replace(ON_TIME, energy=level)))
        for level in ("low", "normal", "high")
    )
    assert list(low) == ["arrive", "look", BREAK_ID, "stand", "weigh", "act", "end"]
    assert BREAK_ID not in normal
    assert high["stand"] > normal["stand"]
    assert sum(low.values()) == sum(high.values()) == 90
    assert low["look"] >= 30


@pytest.mark.req("R28")
def test_late_names_what_it_takes() -> None:
    found = arrange(SMALL, replace(ON_TIME, late=10))
    before, after = minutes(arrange(SMALL, ON_TIME)), minutes(found)
    assert sum(after.values()) == 80
    assert said(found, "R28").startswith("10 minutes late; minutes taken from ")
    for one in SMALL.segments:
        lost = before[one.id] - after[one.id]
        assert (f"“{one.title}” {lost}" in said(found, "R28")) == (lost > 0)


@pytest.mark.req("R52")
def test_too_late_for_the_floor_parks_the_decision() -> None:
    # 6 + 30 + 3 + 8 + 6 + 4: 57 minutes is the least for the whole of it.
    assert arrange(SMALL, replace(ON_TIME, late=33)).dropped == ()
    found = arrange(SMALL, replace(ON_TIME, late=34))
    assert [segment.id for segment in found.dropped] == ["weigh"]
    assert "weigh" not in minutes(found)
    assert sum(minutes(found).values()) == 56
    assert "“Weigh” is left out and the decision is parked" in said(found, "R52")
    assert [finding.where for finding in found.findings if finding.rule == "R52"] == ["weigh"]


@pytest.mark.req("R52")
def test_too_late_without_anything_to_park_is_refused() -> None:
    only = replace(
        SMALL, segments=tuple(segment for segment in SMALL.segments if segment.id != "stand")
    )
    with pytest.raises(CannotDo, match=r"^50 minutes cannot hold `Small`.* works is 54 minutes$"):
        arrange(only, replace(ON_TIME, late=40))


def test_later_than_the_session_is_long() -> None:
    with pytest.raises(CannotDo, match="90 minutes late leaves nothing of 90"):
        arrange(SMALL, replace(ON_TIME, late=90))


@pytest.mark.req("R52")
def test_a_short_decision_is_refused_on_time_and_never_parked() -> None:
    with pytest.raises(CannotDo, match="the shortest that works is 57 minutes"):
        arrange(SMALL, replace(ON_TIME, minutes=56))
    assert minutes(arrange(SMALL, replace(ON_TIME, minutes=57)))["look"] == 30


@pytest.mark.req("R52")
def test_an_override_is_kept_and_said() -> None:
    found = arrange(SMALL, replace(ON_TIME, minutes=50, override="the offer ends tonight"))
    got = minutes(found)
    explored = got["look"]
    assert sum(got.values()) == 50
    assert explored < 30
    assert said(found, "R52") == (
        f"only {explored} of 30 minutes of exploration come before options; "
        "your reason: the offer ends tonight"
    )
    assert found.findings[-1].severity == "warning"
    assert found.override == "the offer ends tonight"


@pytest.mark.req("R52")
def test_an_override_that_was_not_needed_says_so() -> None:
    found = arrange(SMALL, replace(ON_TIME, override="just in case"))
    assert minutes(found) == minutes(arrange(SMALL, ON_TIME))
    assert said(found, "R52") == "30 minutes of exploration fit, so the override was not needed"
    assert found.override == ""


@pytest.mark.req("R52")
def test_a_reason_given_beforehand_does_not_leave_a_late_session_without_a_plan() -> None:
    wanted = replace(ON_TIME, override="the offer ends tonight", late=60)
    found = arrange(SMALL, wanted)
    assert sum(minutes(found).values()) == 30
    assert [segment.id for segment in found.dropped] == ["weigh"]
    assert found.override == ""
    # Where the reason makes up for the floor it still does.
    assert arrange(SMALL, replace(wanted, late=45)).override == "the offer ends tonight"


def test_an_override_cannot_make_up_for_minutes_that_are_not_there() -> None:
    with pytest.raises(CannotDo, match="30 minutes cannot hold `Small`"):
        arrange(SMALL, replace(ON_TIME, minutes=30, override="now"))


def test_the_floor_is_for_decisions_only() -> None:
    found = arrange(SMALL, replace(ON_TIME, minutes=50, decision=False))
    assert minutes(found)["look"] < 30
    assert found.findings == ()


def test_what_is_left_out_is_named() -> None:
    optional = replace(
        SMALL,
        segments=(
            *SMALL.segments[:5],
            segment("more", "action_design", 20, 25, 30, optional=True),
            SMALL.segments[5],
        ),
    )
    found = arrange(optional, replace(ON_TIME, minutes=65))
    assert said(found, "R28") == "left out so that the rest fits: “More”"


def test_the_strip_shows_what_a_coach_may_meet_at_the_door() -> None:
    rows = strip(SMALL, ON_TIME, "10:00")
    assert [row.label for row in rows] == [
        "low energy",
        "high energy",
        "10 minutes late",
        "20 minutes late",
    ]
    for row, late in zip(rows, (0, 0, 10, 20), strict=True):
        assert sum(row.minutes) == 90 - late
        assert row.starts[0] == f"10:{late:02d}"
        ends = [
            int(start[:2]) * 60 + int(start[3:]) + got
            for start, got in zip(row.starts, row.minutes, strict=True)
        ]
        assert ends[-1] == 11 * 60 + 30
        assert len(row.ids) == len(row.segments) == len(row.minutes) == len(row.starts)
    assert "Reset" in rows[0].segments
    assert BREAK_ID in rows[0].ids
    late = arrange(SMALL, replace(ON_TIME, late=10))
    assert rows[2].minutes == tuple(minutes(late).values())


def test_the_strip_says_why_a_row_cannot_be_held() -> None:
    rows = strip(SMALL, replace(ON_TIME, minutes=61), "10:00")
    low, high, ten, _ = rows
    assert low.note.endswith("that works is 66 minutes")
    assert low.ids == low.segments == low.minutes == low.starts == ()
    assert high.minutes
    assert "decision is parked" in ten.note


def test_a_strip_for_a_late_low_session_shows_the_other_conditions() -> None:
    rows = strip(SMALL, replace(ON_TIME, energy="low", late=10), "10:00")
    assert [row.label for row in rows] == ["normal energy", "high energy", "20 minutes late"]
    assert [row.starts[0] for row in rows] == ["10:10", "10:10", "10:20"]
    assert "Reset" in rows[2].segments


@pytest.mark.req("R52", "R44")
@pytest.mark.parametrize("energy", ["low", "normal", "high"])
def test_every_shipped_decision_explores_for_thirty_minutes_at_any_length(energy: str) -> None:
    for one in shipped().blueprints.values():
        if not one.decision:
            continue
        refused = []
        for length in range(45, 151):
            wanted = replace(ON_TIME, minutes=length, energy=energy)  # type: ignore[arg-type]
            try:
                found = arrange(one, wanted)
            except CannotDo:
                refused.append(length)
                continue
            kept = [part for part, _ in found.segments]
            assert sum(found.segments[at][1] for at in explore_group(kept)) >= 30
            covered = {cover for at in explore_group(kept) for cover in kept[at].covers}
            assert covered == set(COVERS)
        # Too short is refused, the usual lengths are not.
        assert 45 in refused
        assert not set(refused) & {75, 90}
