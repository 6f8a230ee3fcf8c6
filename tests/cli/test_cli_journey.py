"""Every session of the journey, at every length and energy, as the command line gives it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from coaching import Coach, begin

COMPONENTS = [
    *("context_setting", "strategic_inquiry", "insight_generation", "action_design"),
    "momentum_planning",
]
ENERGIES = ("low", "normal", "high")
LENGTHS = (60, 75, 90, 120)
SAMPLE = {
    *((1, 60, "low"), (1, 90, "normal"), (3, 75, "high"), (4, 90, "normal"), (5, 120, "high")),
    *((6, 60, "high"), (7, 75, "low"), (8, 120, "low"), (10, 60, "normal"), (12, 60, "low")),
    *((12, 120, "high"), (9, 90, "high"), (2, 120, "normal"), (11, 75, "normal")),
}
EVERY = [
    (number, length, energy) for number in range(1, 13) for length in LENGTHS for energy in ENERGIES
]


def check(plan: Any, number: int, length: int, energy: str) -> None:
    assert (plan["session"], plan["minutes"], plan["energy"]) == (number, length, energy)
    segments = plan["segments"]
    assert sum(segment["minutes"] for segment in segments) == length
    parts = [segment["component"] for segment in segments if segment["component"] != "break"]
    assert [one for at, one in enumerate(parts) if at == 0 or parts[at - 1] != one] == COMPONENTS
    assert (
        10
        <= sum(
            segment["minutes"] for segment in segments if segment["component"] == "context_setting"
        )
        <= 15
    )
    now = plan["start"]
    for one in segments:
        assert one["minutes"] > 0
        assert one["start"] == now
        later = dt.datetime.strptime(now, "%H:%M") + dt.timedelta(minutes=one["minutes"])
        now = later.strftime("%H:%M")
        assert one["end"] == now
        booked = [*one["activities"], *one["prompts"], *one["questions"]]
        assert sum(piece["minutes"] for piece in booked) <= one["minutes"]
        if one["component"] != "break":
            assert 1 <= one["objective"] <= len(plan["objectives"])
    assert plan["end"] == now
    asked = [question["id"] for part in segments for question in part["questions"]]
    assert len(asked) == len(set(asked))
    inquiry = [segment for segment in segments if segment["component"] == "strategic_inquiry"]
    spoken = sum(len(segment["questions"]) + len(segment["prompts"]) for segment in inquiry)
    assert spoken <= sum(segment["minutes"] for segment in inquiry) / 6


@pytest.mark.req("R40", "R41", "R57", "R62")
@pytest.mark.parametrize(
    ("number", "length", "energy"),
    [
        pytest.param(
            *one, marks=[] if one in SAMPLE else [pytest.mark.slow], id="-".join(map(str, one))
        )
        for one in EVERY
    ],
)
def test_a_session_has_five_components_in_order_and_sums_to_exactly_its_length(
    begun: Coach, number: int, length: int, energy: str
) -> None:
    words = ("prep", "session", str(number), "--minutes", str(length), "--energy", energy)
    check(begun.json(*words), number, length, energy)


@pytest.mark.req("R41")
@pytest.mark.parametrize("length", [45, 50, 59])
def test_a_shorter_session_sets_its_context_in_five_to_ten_minutes(
    begun: Coach, length: int
) -> None:
    plan = begun.json("prep", "session", "5", "--minutes", str(length))
    segments = plan["segments"]
    assert sum(segment["minutes"] for segment in segments) == length
    context = [segment for segment in segments if segment["component"] == "context_setting"]
    assert 5 <= sum(segment["minutes"] for segment in context) <= 10


@pytest.mark.req("R41")
def test_context_setting_asks_readiness_links_to_the_trajectory_and_sets_a_focus(
    held: Coach,
) -> None:
    for blueprint, wanted in (
        ("", {"energy_assessment", "trajectory_check_in"}),
        ("grow", {"energy_assessment", "agree_focus"}),
    ):
        more = ("--blueprint", blueprint) if blueprint else ()
        first = held.json("prep", "session", "5", *more)["segments"][0]
        assert first["component"] == "context_setting"
        assert wanted <= {activity["id"] for activity in first["activities"]}
    page = held.do("prep", "session", "5").out
    assert "**Today's step:**" in page
    assert "**Objective 1:**" in page


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[Coach, list[Any]]:
    """A coach, and the plans of all twelve sessions as a client without any history gets them."""
    coach = Coach(tmp_path_factory.mktemp("twelve"), cache)
    begin(coach)
    return coach, [coach.json("prep", "session", str(number)) for number in range(1, 13)]


Twelve = tuple[Coach, list[Any]]


def test_a_plan_for_each_session_says_its_phase(twelve: Twelve) -> None:
    phases = [plan["phase"] for plan in twelve[1]]
    assert phases == [
        name for name in ("foundation", "exploration", "integration", "activation") for _ in "123"
    ]


@pytest.mark.req("R63")
def test_an_authored_sequence_is_kept_whole_and_in_order(twelve: Twelve) -> None:
    coach, plans = twelve
    sequences = {}
    for bank in coach.json("questions", "--banks"):
        for one in coach.json("questions", "show", bank["id"])["sequences"]:
            sequences[one["id"]] = one["questions"]
    seen = 0
    # On a good day a part asks two things, and so has room for one.
    good_day = coach.json("prep", "session", "5", "--energy", "high")
    for part in [part for plan in (*plans, good_day) for part in plan["segments"]]:
        found: dict[str, list[str]] = {}
        for one in part["questions"]:
            if one["sequence"]:
                found.setdefault(one["sequence"], []).append(one["id"])
        assert len(found) <= 1
        for name, ids in found.items():
            assert ids == sequences[name]
            seen += 1
    assert seen


@pytest.mark.req("R64")
def test_inside_a_segment_questions_go_from_wide_to_specific(twelve: Twelve) -> None:
    order = ["informational", "analytical", "transformational"]
    several = 0
    for part in [part for plan in twelve[1] for part in plan["segments"]]:
        keys = [
            (-question["breadth"], order.index(question["level"])) for question in part["questions"]
        ]
        loose = [
            key for key, one in zip(keys, part["questions"], strict=True) if not one["sequence"]
        ]
        assert [key[0] for key in keys] == sorted(key[0] for key in keys)
        assert loose == sorted(loose)
        several += len(loose) > 1
    assert several > 12
