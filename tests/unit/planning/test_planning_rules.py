"""Gaps, findings and the choice of a blueprint (R1, R2, R4, R6, R7, R16, R18, R52, R53)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace
from planners import blueprint, commitment, content, facts, last_time, segment

from trajplan.content.model import SessionBlueprint
from trajplan.errors import CannotDo, NotFound
from trajplan.planning.arc import position
from trajplan.planning.choice import choose_blueprint
from trajplan.planning.findings import plan_findings, plan_gaps
from trajplan.planning.plan import PlanFinding
from trajplan.planning.plan_inputs import Facts, PlanOptions
from trajplan.vocabulary import COVERS

WRAPPED = last_time(commitments=(commitment(),))
ORDINARY = blueprint(
    segment("arrive", "context_setting", 10, 12, 15),
    segment("look", "strategic_inquiry", 10, 30, 50, stance="explore", covers=COVERS),
    segment("weigh", "insight_generation", 10, 15, 20, stance="options"),
    segment("act", "action_design", 10, 15, 20, stance="commit"),
    segment("end", "momentum_planning", 5, 10, 15, stance="close"),
)


def place(number: int, total: int = 12) -> Any:
    return position(content().journey, total, number)


def remarks(
    known: Facts,
    body: SessionBlueprint = ORDINARY,
    decision: bool = False,
    energy: str = "normal",
) -> tuple[PlanFinding, ...]:
    where = place(known.number, known.total)
    return plan_findings(body, known, where, decision=decision, energy=energy)


def by_rule(found: tuple[PlanFinding, ...]) -> dict[str, str]:
    return {one.rule: one.message for one in found}


def test_an_orderly_client_leaves_nothing_to_remark() -> None:
    known = facts(5, last=WRAPPED)
    assert plan_gaps(known, place(5)) == ()
    assert remarks(known) == ()


@pytest.mark.req("R1")
@pytest.mark.parametrize(("number", "gap"), [(1, False), (3, False), (4, True), (12, True)])
def test_a_missing_destination_is_a_gap_after_the_first_phase(number: int, gap: bool) -> None:
    found = plan_gaps(facts(number, destination=""), place(number))
    assert any(one.startswith("a destination") for one in found) == gap
    assert plan_gaps(facts(number), place(number)) == ()


@pytest.mark.req("R2")
def test_a_session_that_was_not_wrapped_is_a_gap() -> None:
    (gap,) = plan_gaps(facts(5, last=last_time(wrapped=False)), place(5))
    assert gap.startswith("the wrap of session 4")
    # Of a session that was not wrapped nobody knows whether it ended without a commitment.
    assert "R4" not in by_rule(remarks(facts(5, last=last_time(wrapped=False))))


@pytest.mark.req("R4")
def test_a_session_without_a_commitment_is_remarked_on() -> None:
    found = by_rule(remarks(facts(5, last=last_time())))
    assert found == {"R4": "session 4 ended without a commitment"}


@pytest.mark.req("R4")
@pytest.mark.parametrize(
    ("every_days", "days", "said"),
    [
        *((14, 9, True), (14, 10, False), (14, 21, False), (14, 22, True)),
        *((7, 4, True), (7, 5, False), (7, 7, False), (7, 10, False), (7, 11, True)),
        *((30, 20, True), (30, 30, False), (1, 1, False), (1, 2, False), (1, 3, True)),
    ],
)
def test_leaving_the_rhythm_is_remarked_on(every_days: int, days: int, said: bool) -> None:
    known = facts(5, last=WRAPPED)
    known = replace(known, every_days=every_days, next_date=known.date + dt.timedelta(days))
    found = by_rule(remarks(known))
    assert ("R4" in found) == said
    assert not said or found["R4"].startswith(f"{days} days to the next session")


@pytest.mark.req("R2")
@pytest.mark.parametrize(
    ("unheld", "text"),
    [
        ((3,), "session 3 is neither held nor skipped"),
        ((2, 3, 4), "sessions 2 to 4 are neither held nor skipped"),
        ((1, 3), "sessions 1, 3 are neither held nor skipped"),
    ],
)
def test_sessions_left_behind_are_named(unheld: tuple[int, ...], text: str) -> None:
    assert by_rule(remarks(facts(5, last=WRAPPED, unheld_before=unheld)))["R2"] == text


@pytest.mark.req("R7")
@pytest.mark.parametrize("number", range(1, 13))
def test_a_decision_is_early_in_the_first_two_phases(number: int) -> None:
    known = facts(number, last=WRAPPED)
    assert ("R7" in by_rule(remarks(known, decision=True))) == (number <= 6)
    assert "R7" not in by_rule(remarks(known))
    kept = facts(number, last=WRAPPED, phase="activation")
    assert "R7" not in by_rule(remarks(kept, decision=True))


@pytest.mark.req("R6")
def test_foundation_offers_no_solutions() -> None:
    (found,) = remarks(facts(2, last=WRAPPED))
    assert (found.rule, found.severity, found.where) == ("R6", "warning", "weigh")
    other = replace(ORDINARY, method="exploratory")
    assert "R6" not in by_rule(remarks(facts(2, last=WRAPPED), other))
    assert "R6" not in by_rule(remarks(facts(4, last=WRAPPED)))


@pytest.mark.req("R16")
def test_a_directive_session_prints_its_limits() -> None:
    found = by_rule(remarks(facts(5, last=WRAPPED), replace(ORDINARY, method="directive")))
    assert "watch for the client waiting to be told" in found["R16"]


@pytest.mark.req("R53")
@pytest.mark.parametrize(
    ("component", "stance", "said"),
    [
        ("strategic_inquiry", "explore", False),
        ("strategic_inquiry", "open", True),
        # Minutes of Context Setting never count as exploration.
        ("context_setting", "explore", True),
    ],
)
def test_options_before_any_exploration_are_a_trap(component: str, stance: str, said: bool) -> None:
    body = blueprint(segment("first", component, 5, 10, 20, stance=stance), *ORDINARY.segments[2:])
    found = [remark for remark in remarks(facts(8, last=WRAPPED), body) if remark.rule == "R53"]
    assert [(one.where, one.severity) for one in found] == ([("weigh", "note")] if said else [])
    found = list(remarks(facts(8, last=WRAPPED), body, decision=True))
    assert [one.severity for one in found if one.rule == "R53"] == (["warning"] if said else [])


@pytest.mark.req("R52")
def test_a_decision_in_another_blueprint_says_what_exploration_leaves_out() -> None:
    narrow = replace(
        ORDINARY,
        segments=tuple(
            replace(segment, covers=("context",)) if segment.id == "look" else segment
            for segment in ORDINARY.segments
        ),
    )
    found = by_rule(remarks(facts(8, last=WRAPPED), narrow, decision=True))
    assert found == {"R52": "exploration before the options leaves out: values, implications"}
    assert remarks(facts(8, last=WRAPPED), narrow) == ()
    assert remarks(facts(8, last=WRAPPED), decision=True) == ()


def choice(
    number: int, blueprints: tuple[SessionBlueprint, ...] | None = None, **known: Any
) -> tuple[str, str]:
    options = PlanOptions(
        **{name: known.pop(name) for name in ("blueprint", "decision") if name in known}
    )
    found = choose_blueprint(
        blueprints or content().blueprints, facts(number, **known), options, place(number)
    )
    return found.blueprint.id, found.reason


@pytest.mark.req("R5", "R18")
@pytest.mark.parametrize("number", range(1, 13))
def test_each_session_has_the_blueprint_the_journey_names(number: int) -> None:
    got, reason = choice(number)
    assert got == content().journey.sessions[number].blueprint
    assert reason == f"the journey names it for session {number}"
    body = next(blueprint for blueprint in content().blueprints if blueprint.id == got)
    assert not body.phases or place(number).phase.id in body.phases


@pytest.mark.req("R5", "R18")
@pytest.mark.parametrize("number", range(2, 12))
def test_a_journey_that_names_only_its_ends_keeps_them_for_the_ends(number: int) -> None:
    named = place(number)
    found = choose_blueprint(
        content().blueprints, facts(number), PlanOptions(), replace(named, blueprint="")
    )
    got, reason = found.blueprint, found.reason
    assert got.id not in ("first-session", "closing-session")
    assert named.phase.id in got.phases
    assert reason == f"integrative method, {named.phase.id} phase"


def test_a_reserved_blueprint_returns_only_when_nothing_else_fits() -> None:
    first = next(blueprint for blueprint in content().blueprints if blueprint.id == "first-session")
    assert choice(2, (first,))[0] == "first-session"


@pytest.mark.req("R16", "R17")
@pytest.mark.parametrize(
    ("method", "expected"),
    [("directive", "directive-next-steps"), ("exploratory", "exploratory-open-field")],
)
def test_the_method_of_the_session_decides(method: str, expected: str) -> None:
    assert choice(1, method=method)[0] == expected
    assert choice(8, method=method)[0] == expected


@pytest.mark.req("R52")
def test_a_decision_has_a_blueprint_of_its_own() -> None:
    got, reason = choice(8, decision=True)
    assert got == "deciding-well"
    assert reason.endswith("a decision is on the table")


def test_the_kept_phase_goes_before_the_number() -> None:
    got, reason = choice(4, phase="foundation")
    assert got.startswith("foundation-")
    assert reason == "integrative method, foundation phase"
    # Keeping the phase the number proposes changes nothing.
    assert choice(4, phase="exploration") == choice(4)


def test_the_narrower_blueprint_fits_better() -> None:
    wide = replace(ORDINARY, id="wide")
    phased = replace(ORDINARY, id="phased", phases=("exploration", "integration"))
    narrow = replace(ORDINARY, id="narrow", phases=("exploration",))
    pivot = replace(ORDINARY, id="pivot", scenarios=("pivot",))
    every = (wide, phased, narrow, pivot)
    assert choice(5, every)[0] == "narrow"
    assert choice(8, every)[0] == "phased"
    assert choice(11, every)[0] == "wide"
    got, reason = choice(5, every, scenario="pivot")
    assert (got, reason) == ("pivot", "integrative method, the client's situation")
    assert choice(5, every, scenario="plateau")[0] == "narrow"
    # Between equals the order given decides: the coach's own come first.
    own = replace(narrow, id="own")
    assert choice(5, (own, *every))[0] == "own"


def test_a_blueprint_asked_for_is_taken_or_refused_by_name() -> None:
    assert choice(5, blueprint="grow") == ("grow", "you asked for it")
    with pytest.raises(NotFound, match="no session blueprint `grwo`; did you mean `grow`"):
        choice(5, blueprint="grwo")


def test_nothing_that_fits_names_what_there_is() -> None:
    directive = replace(ORDINARY, id="steps", method="directive")
    with pytest.raises(CannotDo) as fault:
        choice(5, (directive,))
    assert str(fault.value) == (
        "no session blueprint for the integrative method in the exploration phase; "
        "name one with --blueprint (there is `steps`)"
    )
    with pytest.raises(CannotDo, match=r"^no decision blueprint .*; there is none at all$"):
        choice(5, (ORDINARY,), decision=True)


@pytest.mark.req("R116")
def test_a_first_session_without_a_place_for_the_agreement_is_remarked_on() -> None:
    assert "agree how you work" in by_rule(remarks(facts(1)))["R116"]
    agreeing = replace(
        ORDINARY,
        segments=(
            replace(ORDINARY.segments[0], activities=("agree_how_we_work",)),
            *ORDINARY.segments[1:],
        ),
    )
    assert "R116" not in by_rule(remarks(facts(1), agreeing))
    assert "R116" not in by_rule(remarks(facts(2)))


@pytest.mark.req("R44")
@pytest.mark.parametrize(
    ("checked", "asked", "said"),
    [("low", "high", True), ("low", "low", False), ("", "high", False)],
)
def test_another_energy_than_the_check_in_is_remarked_on(
    checked: str, asked: str, said: bool
) -> None:
    found = by_rule(remarks(facts(5, last=WRAPPED, energy=checked), energy=asked))
    assert ("R44" in found) == said
    assert not said or found["R44"] == "the check-in says energy low, you asked for high"
