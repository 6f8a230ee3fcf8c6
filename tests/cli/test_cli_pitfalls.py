"""The two pitfalls that are described are built, and the page says how (R53, R54, R56)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coaching import Coach

PAGE = Path(__file__).parents[2] / "docs" / "pitfalls.md"
TRAP = """\
kind: session-blueprint
id: answers-first
title: Answers first
method: integrative
minutes: 90
objectives: [Find an answer]
segments:
  - {id: a, component: context_setting, title: Arrive, minutes: {min: 10, ideal: 12, max: 15}}
  - {id: o, component: strategic_inquiry, title: Answers, stance: options,
     minutes: {min: 5, ideal: 10, max: 60}}
  - {id: e, component: strategic_inquiry, title: Ask, stance: explore,
     minutes: {min: 5, ideal: 30, max: 60}}
  - {id: i, component: insight_generation, title: See, minutes: {min: 5, ideal: 12, max: 30}}
  - {id: c, component: action_design, title: Act, stance: commit,
     minutes: {min: 5, ideal: 14, max: 30}}
  - {id: m, component: momentum_planning, title: Go on, stance: close,
     minutes: {min: 5, ideal: 12, max: 30}}
"""


@pytest.mark.req("R56", "R53")
def test_the_solution_trap_is_found_with_its_place(begun: Coach, tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "blueprints" / "sessions"
    folder.mkdir(parents=True)
    file = folder / "answers-first.yaml"
    file.write_text(TRAP, encoding="utf-8")
    begun.more["TRAJPLAN_LIBRARY"] = str(tmp_path / "mine")
    plan = begun.json("prep", "session", "5", "--blueprint", "answers-first")
    (found,) = [finding for finding in plan["findings"] if finding["rule"] == "R53"]
    assert (found["where"], found["severity"]) == ("o", "note")
    lint = begun.do("blueprints", "lint", str(file)).out
    assert "answers-first.yaml:9: solution-trap:" in lint
    file.write_text(TRAP.replace("minutes: 90", "minutes: 90\ndecision: true"), encoding="utf-8")
    said = begun.refused(10, "blueprints", "check", str(file))
    assert "answers-first.yaml:" in said


@pytest.mark.req("R56", "R55")
def test_agenda_drift_meets_objectives_a_checkpoint_and_a_place_for_the_rest(held: Coach) -> None:
    plan = held.json("prep", "session", "5")
    served = {segment["objective"] for segment in plan["segments"]}
    assert served <= set(range(1, len(plan["objectives"]) + 1))
    assert len([segment for segment in plan["segments"] if segment["checkpoint"]]) == 1
    page = held.do("prep", "session", "5").out
    assert "**Parked today:**" in page
    assert "- **Parked:** What the pension office said" in page


@pytest.mark.req("R56")
def test_two_pitfalls_are_described_and_none_beside_them() -> None:
    assert re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == [
        "The Solution Trap",
        "Agenda Drift",
    ]
