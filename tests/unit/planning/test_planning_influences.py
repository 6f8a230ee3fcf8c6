"""What moves a plan: each influence on and off, bounded, in its precedence (R44, R104)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planners import facts, last_time, rated

from trajplan.content.model import Mix, Question
from trajplan.planning.from_records import FactorChange
from trajplan.planning.influences import explain
from trajplan.planning.mix import Adjustment, adjust_mix
from trajplan.planning.plan_inputs import QuestionHistory
from trajplan.planning.question_worth import score
from trajplan.planning.questions import Situation
from trajplan.vocabulary import LEVELS

MIX = Mix(informational=25, analytical=40, transformational=35)


def pull(
    energy: str = "normal", mix: Mix = MIX, decision: bool = False, **known: Any
) -> Adjustment:
    return adjust_mix(mix, facts(**known), energy=energy, decision=decision)


def moves(found: Adjustment) -> dict[str, str]:
    return {influence.id: influence.effect for influence in found.influences}


FLAGGED = last_time(flags=("pleasant_not_moving",))


def test_nothing_known_moves_nothing() -> None:
    found = pull()
    assert tuple(found.target.values()) == (25, 40, 35)
    assert found.influences == ()
    assert found.transformational_most is None
    assert (found.situation.low, found.situation.slipping) == ({}, {})


@pytest.mark.req("R44")
def test_low_energy_takes_transformational_minutes_away() -> None:
    found = pull("low")
    assert found.target["transformational"] == 15
    assert found.transformational_most == 1
    assert found.situation.energy == "low"
    assert "at most one transformational" in moves(found)["energy-low"]


@pytest.mark.req("R44")
def test_high_energy_adds_transformational_minutes() -> None:
    found = pull("high")
    assert found.target["transformational"] == 55
    assert found.transformational_most is None
    assert list(moves(found)) == ["energy-high"]


@pytest.mark.req("R104")
def test_pleasant_but_not_moving_asks_for_more_transformation() -> None:
    found = pull(last=FLAGGED)
    assert found.target["transformational"] == 50
    (effect,) = moves(found).values()
    assert effect.startswith("a larger share of transformational questions, by 15 points at most")
    assert "`--no-shift` leaves it out" in effect
    assert pull(last=last_time(flags=("clarity", "first_entry"))).influences == ()


@pytest.mark.req("R104")
@pytest.mark.parametrize(("momentum", "smaller"), [(4, True), (5, False)])
def test_low_momentum_also_asks_for_a_smaller_first_step(momentum: int, smaller: bool) -> None:
    last = last_time(flags=("pleasant_not_moving",), ratings=(rated("momentum", momentum),))
    assert ("smaller first step" in moves(pull(last=last))["pleasant-not-moving"]) == smaller


@pytest.mark.req("R44")
def test_low_energy_goes_before_the_flag() -> None:
    found = pull("low", last=FLAGGED)
    assert found.target == pull("low").target
    assert moves(found)["pleasant-not-moving"] == "nothing today: low energy goes first"
    both = pull("high", last=FLAGGED)
    assert both.target["transformational"] == 70


ROADS = {
    (False, "normal", False): (35, []),
    (False, "normal", True): (50, ["pleasant-not-moving"]),
    (False, "low", False): (15, ["energy-low"]),
    (False, "low", True): (15, ["energy-low", "-pleasant-not-moving"]),
    (False, "high", False): (55, ["energy-high"]),
    (False, "high", True): (70, ["energy-high", "pleasant-not-moving"]),
    (True, "normal", False): (0, ["distress"]),
    (True, "normal", True): (0, ["distress", "-pleasant-not-moving"]),
    (True, "low", False): (0, ["distress", "energy-low"]),
    (True, "low", True): (0, ["distress", "energy-low", "-pleasant-not-moving"]),
    (True, "high", False): (0, ["distress", "-energy-high"]),
    (True, "high", True): (0, ["distress", "-energy-high", "-pleasant-not-moving"]),
}
"""Every meeting of the three over the phase: the share that comes of it, and who acts; a minus
marks what gives way."""


@pytest.mark.req("R22", "R44", "R104")
@pytest.mark.parametrize(("meeting", "outcome"), ROADS.items())
def test_who_goes_first(meeting: tuple[bool, str, bool], outcome: tuple[int, list[str]]) -> None:
    holding, energy, flag = meeting
    known = facts(last=FLAGGED if flag else None)
    found = adjust_mix(MIX, known, energy=energy, decision=False, any_holding=holding)
    explain = [
        f"-{influence.id}" if influence.effect.startswith("nothing today: ") else influence.id
        for influence in found.influences
    ]
    assert (found.target["transformational"], explain) == outcome
    assert sum(found.target.values()) == 100
    assert found.transformational_most == (0 if holding else 1 if energy == "low" else None)
    first = next(
        (influence.id for influence in found.precedence if influence.standing == "acts"), ""
    )
    assert {
        influence.to for influence in found.precedence if influence.standing == "gives_way"
    } <= {first}


@pytest.mark.req("R22")
def test_in_distress_no_rating_draws_questions_and_what_is_gentle_comes_first() -> None:
    last = last_time(ratings=(rated("clarity", 2, -3),))
    found = adjust_mix(
        MIX,
        facts(last=last),
        energy="high",
        decision=False,
        any_holding=True,
        gentle_for="a holding session",
    )
    assert (found.situation.low, found.situation.slipping) == ({}, {})
    gentle = asked(tags=("recovery",), effort="light")
    points, reasons = score(gentle, found.situation)
    assert points == 8
    assert reasons[0] == "+3 light, for a holding session"
    assert score(asked(effort="deep"), found.situation)[0] == 1


@pytest.mark.req("R44", "R61", "R104")
@given(
    first=st.integers(0, 100),
    second=st.integers(0, 100),
    energy=st.sampled_from(["low", "normal", "high"]),
    flagged=st.booleans(),
)
def test_influences_are_bounded(first: int, second: int, energy: str, flagged: bool) -> None:
    second = min(second, 100 - first)
    mix = Mix(informational=second, analytical=100 - first - second, transformational=first)
    found = pull(energy, mix, last=FLAGGED if flagged else None)
    assert sum(found.target.values()) == 100
    assert all(0 <= found.target[level] <= 100 for level in LEVELS)
    moved = found.target["transformational"] - first
    if energy == "low":
        assert -20 <= moved <= 0
    else:
        assert 0 <= moved <= 35
        assert moved or not (flagged or energy == "high") or first >= 80


@pytest.mark.parametrize(
    ("rating", "low", "slipping"),
    [
        (rated("clarity", 4, 0), True, False),
        (rated("clarity", 5, 0), False, False),
        (rated("clarity", 5, -1), False, True),
        (rated("clarity", 3, -2), True, True),
        (rated("clarity", 4, None), True, False),
        (rated("clarity", 9, 1), False, False),
    ],
)
def test_low_and_slipping_factors_draw_questions(
    rating: FactorChange, low: bool, slipping: bool
) -> None:
    found = pull(last=last_time(ratings=(rating,)))
    assert ("clarity" in found.situation.low) == low
    assert ("clarity" in found.situation.slipping) == slipping
    known = facts(last=last_time(ratings=(rating,)))
    (*said,) = explain(found, known, [asked(targets=("clarity",))], None, segments=())
    assert [influence.id for influence in said] == (["factor-clarity"] if low or slipping else [])
    words = " ".join(influence.because for influence in said)
    assert (f"clarity was rated {rating.value}" in words) == low
    assert ("clarity went down by" in words) == slipping
    # What no question profited from moved nothing.
    assert explain(found, known, [asked(targets=("options",))], None, segments=()) == ()
    assert tuple(found.target.values()) == (25, 40, 35)


def test_scenario_and_decision_reach_the_scores() -> None:
    found = pull(scenario="pivot", decision=True)
    assert found.situation.scenario == "pivot"
    assert found.situation.decision
    known = facts(scenario="pivot")
    (said,) = explain(found, known, [asked(tags=("pivot",)), asked()], None, segments=())
    assert (said.id, said.effect) == ("scenario", "1 question written for it came first")
    assert explain(found, known, [asked()], None, segments=()) == ()


def test_what_was_offered_reaches_the_scores() -> None:
    found = pull(history=QuestionHistory(offered=frozenset({"q"})))
    assert found.situation.offered == {"q"}


QUIET = Situation({}, {}, "", "normal", False, frozenset({"q"}))


def asked(**changes: Any) -> Question:
    plain = {"id": "q", "text": "?", "level": "analytical", "breadth": 3, "minutes": 4}
    return Question(**{**plain, **changes})


def situation(**changes: Any) -> Situation:
    names = ("low", "slipping", "scenario", "energy", "decision", "offered")
    return Situation(**{name: changes.get(name, getattr(QUIET, name)) for name in names})


@pytest.mark.parametrize(
    ("question", "changes", "points"),
    [
        ({}, {}, 0),
        ({}, {"offered": frozenset()}, 1),
        ({"targets": ("clarity",)}, {"low": {"clarity": "w"}}, 5),
        ({"targets": ("options",)}, {"low": {"clarity": "w"}}, 0),
        ({"targets": ("clarity",)}, {"slipping": {"clarity": "w"}}, 4),
        ({"targets": ("clarity",)}, {"low": {"clarity": "w"}, "slipping": {"clarity": "w"}}, 9),
        ({"tags": ("pivot",)}, {"scenario": "pivot"}, 33),
        ({"tags": ("pivot",)}, {"scenario": "plateau"}, 0),
        ({"tags": ("decision",)}, {"decision": True}, 3),
        ({"tags": ("decision",)}, {"decision": True, "scenario": "decision"}, 33),
        ({"tags": ("for-anyone",)}, {}, 25),
        ({"effort": "light"}, {"energy": "low"}, 3),
        ({"effort": "light"}, {}, 0),
        ({"effort": "deep"}, {"energy": "high"}, 2),
        ({"effort": "deep"}, {}, 0),
        ({"tags": ("recovery",)}, {"energy": "low"}, 4),
        ({"tags": ("recovery",)}, {}, -4),
    ],
)
def test_each_score_is_earned_by_what_it_names(
    question: dict[str, Any], changes: dict[str, Any], points: int
) -> None:
    got, reasons = score(asked(**question), situation(**changes))
    assert got == points
    # The reasons carry the points, so that `--explain` adds up.
    assert sum(int(reason.split()[0]) for reason in reasons) == got
