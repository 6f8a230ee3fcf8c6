"""Scaled questions: answers kept, asked again beside the last one, compared over sessions."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from editing import in_turn
from msgspec.structs import replace

from coaching import NO_COMMITMENT, Coach, questions_of, rows
from trajplan.planning.plan import Plan
from trajplan.planning.segment_parts import parts_in_order

FIRST = "How clear are you about your direction, from 1 to 10?"


def wrapped(coach: Coach, number: int, day: str, scaled: str) -> None:
    """Prepare a session with the question and wrap it with these answers."""
    coach.today = day
    coach.do("prep", "session", str(number), "--with", "sc-water")
    coach.do(
        *("wrap", "session", str(number), "--from", "-"),
        stdin=f"{NO_COMMITMENT}scaled: {{{scaled}}}\n",
    )


@pytest.mark.slow
@pytest.mark.req("R67")
def test_an_answer_stands_beside_the_question_when_it_is_asked_again(begun: Coach) -> None:
    wrapped(begun, 1, "2027-01-12", "sc-water: 4")
    page = begun.do("prep", "session", "2", "--with", "sc-water").out
    line = page[page.index(FIRST) :].splitlines()[1]
    assert "last time 4, session 1" in line
    plan = begun.json("prep", "session", "2")
    asked = [question for question in questions_of(plan) if question["anchors"]]
    assert [
        question["last_answer"]["value"] for question in asked if question["id"] == "sc-water"
    ] == [4]
    assert asked[0]["anchors"] == {"1": "no idea yet", "10": "completely clear"}
    # A scale of the coach's own under the same id means something else: nothing is compared.
    begun.write(
        "mine/question_banks/own.yaml",
        "kind: question-bank\nid: scaled-check-ins\ntitle: Own\nquestions:\n"
        "  - {id: sc-water, text: How dry are you today?, level: informational, breadth: 4, "
        "minutes: 3, targets: [clarity], anchors: {1: soaked, 10: bone dry}, repeatable: true}\n",
    )
    begun.more["TRAJPLAN_LIBRARY"] = str(begun.home / "mine")
    page = begun.do("prep", "session", "2").out
    assert "1 soaked, 10 bone dry" in page
    assert "last time" not in page[page.index("How dry are you") :].splitlines()[1]


@pytest.mark.req("R166")
def test_questions_are_numbered_as_they_are_asked(begun: Coach) -> None:
    plan = msgspec.convert(begun.json("prep", "4", "--explain"), Plan, strict=False)
    last = plan.segments[-1]
    assert last.component == "momentum_planning"
    plain = replace(last.questions[0], id="plain", anchors={})
    rated = replace(plain, id="rated", anchors={1: "low", 10: "high"})
    plan = replace(plan, segments=(replace(last, questions=(rated, plain)),))
    printed = [part for part in parts_in_order(plan.segments[0]) if part in (rated, plain)]
    assert list(plan.questions) == printed == [plain, rated]


@pytest.mark.slow
@pytest.mark.req("R108")
@pytest.mark.req("R109")
def test_answers_are_laid_side_by_side_and_what_is_missing_is_missing(begun: Coach) -> None:
    assert "No scaled question has been answered" in begun.do("tci", "--scaled").out
    wrapped(begun, 1, "2027-01-12", "sc-water: 4")
    wrapped(begun, 2, "2027-01-26", "")
    wrapped(begun, 3, "2027-02-09", "sc-water: 7, sc-tank: 2")
    begun.do("check-in", "--session", "4", "--scaled", "sc-water=6", "--scaled", "sc-tank=9")
    page = begun.do("tci", "--scaled").out
    assert "| s1 | s2 | s3 | s4 |" in page
    assert "`sc-water`" in page
    assert "| 4 | – | 7 | 6 |" in page
    assert "▃·▅▄ −1 since the answer before, +2 since the first" in page
    assert "| – | – | 2 | 9 |" in page
    water, tank = begun.json("tci", "--scaled")["questions"]
    assert [answer["value"] for answer in water["answers"]] == [4, None, 7, 6]
    assert (water["change_since_last"], water["change_since_first"]) == (-1, 2)
    assert tank["change_since_first"] == 7
    # Given again, it counts in the place of the earlier one, and both are kept.
    begun.do("check-in", "--session", "4", "--scaled", "sc-tank=8")
    assert begun.json("tci", "--scaled")["questions"][1]["answers"][-1]["value"] == 8
    kept = rows(begun.practice, "SELECT value FROM scaled_answers WHERE question_id = 'sc-tank'")
    assert kept == [(2,), (9,), (8,)]
    assert (
        "8 (1 none left, 10 plenty): How much energy do you have today"
        in begun.do("sessions", "show", "4").out
    )
    answers = begun.json("sessions", "show", "4")["scaled"]
    assert [(answer["session_number"], answer["value"]) for answer in answers] == [(4, 6), (4, 8)]
    saved = begun.json("check-in", "--session", "4", "--scaled", "sc-tank=7")["scaled"]
    assert [(answer["session_number"], answer["value"]) for answer in saved] == [(4, 6), (4, 7)]
    assert begun.refused(2, "tci", "--scaled", "--history")


@pytest.mark.req("R109")
def test_a_number_is_asked_for_early_and_returns_by_itself(begun: Coach) -> None:
    begun.today = "2027-01-26"
    plan = begun.json("prep", "session", "2", "--explain")
    first = [question for question in questions_of(plan) if question["anchors"]]
    assert len(first) == 1
    assert any("a number to compare later ones with" in reason for reason in first[0]["reasons"])
    name = first[0]["id"]
    begun.do("wrap", "session", "2", "--from", "-", stdin=f"{NO_COMMITMENT}scaled: {{{name}: 3}}\n")
    assert not any("asked again" in reason for reason in _reasons(begun, "3", name))
    reasons = _reasons(begun, "4", name)
    assert "+8 answered 3 in session 2; asked again to compare" in reasons
    assert name in _asked(begun.json("prep", "session", "7"))


def _asked(plan: Any) -> list[str]:
    return [question["id"] for question in questions_of(plan)]


def _reasons(coach: Coach, number: str, name: str) -> list[str]:
    coach.do("prep", "session", number, "--with", name)
    plan = coach.json("prep", "session", number, "--explain")
    return [
        reason
        for question in questions_of(plan)
        if question["id"] == name
        for reason in question["reasons"]
    ]


def test_what_is_no_answer_is_refused_with_the_nearest_question(begun: Coach) -> None:
    begun.do("prep", "session", "4", "--with", "sc-water")
    asked = _asked(begun.json("prep", "session", "4"))
    water = f"Q{asked.index('sc-water') + 1}"
    wrap = f"{NO_COMMITMENT}scaled: {{sc-watr: 7, va-glad-no: 3, sc-water: 5, {water}: 5}}\n"
    said = begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=wrap)
    assert "3:19: no scaled question `sc-watr`; did you mean `sc-water`? (scaled.sc-watr)" in said
    assert "`va-glad-no` is not answered with a number" in said
    assert "answered twice" in said
    wrap = f"{NO_COMMITMENT}scaled: {{sc-water: 5}}\nnot_asked: [{water}]\n"
    assert "so it was asked" in begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=wrap)
    assert "1 to 10" in begun.refused(2, "check-in", "--scaled", "sc-water=11")
    assert "did you mean `sc-water`" in begun.refused(20, "check-in", "--scaled", "sc-watr=5")
    assert "write ID=1..10" in begun.refused(2, "check-in", "--scaled", "sc-water")
    assert rows(begun.practice, "SELECT count(*) FROM scaled_answers") == [(0,)]


def test_a_number_alone_leaves_what_was_said_of_arriving(begun: Coach) -> None:
    begun.do("check-in", "--energy", "low", "--mood", "grey")
    page = begun.do("check-in", "--scaled", "sc-tank=2").out
    assert page.startswith("# Sample Client · session 1: check-in saved")
    assert "**Mood:** grey" in page
    assert begun.json("prep", "session", "1")["energy"] == "low"
    listed = begun.json("questions", "list", "--scaled")
    assert {"sc-water", "os-scale-where"} <= {question["id"] for question in listed}
    assert all(question["anchors"] for question in listed)


@pytest.mark.slow
def test_at_a_terminal_the_planned_scales_are_asked_for(begun: Coach) -> None:
    begun.do("prep", "session", "4", "--with", "sc-water")
    found = begun.at_a_terminal(
        *("wrap", "session", "4", "--ask"),
        answers=in_turn(
            {
                "inquiry": [
                    "",
                    "What you asked: => all",
                    "clear are you about your direction => 6",
                ],
                "minutes": ["", "(planned: => -"],
                "ratings": None,
            }
        ),
    )
    assert found.code == 0, found.out
    assert rows(begun.practice, "SELECT question_id, value FROM scaled_answers") == [
        ("sc-water", 6)
    ]
