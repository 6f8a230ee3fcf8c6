"""Why a plan is as it is."""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.pages.page import (
    LEVEL_MARKS,
    Bars,
    Block,
    Gauge,
    Heading,
    Pair,
    Span,
    Text,
    code,
    labelled,
    sentence,
)
from trajplan.planning.plan import MixShares, Plan, PlanFinding
from trajplan.text import plural

PLACES = {
    "distress": "distress",
    "energy": "energy",
    "pleasant-not-moving": "pleasant, not moving",
    "phase": "the phase",
}


def reasons(plan: Plan, explain: bool) -> Iterator[Block]:
    """Blueprint, influences, gaps, findings and question minutes; `explain`: what was set aside."""
    set_aside: list[Text] = [
        (f"Set aside: {option.title} (", code(option.blueprint), f"): {option.because}.")
        for option in plan.considered
        if explain and not option.chosen
    ]
    yield Heading("Why this plan")
    yield labelled(
        Pair(
            "Blueprint",
            (
                f"{plan.blueprint_title} (",
                code(plan.blueprint),
                f"), because {plan.blueprint_reason}.",
            ),
            tuple(set_aside),
        ),
        ("What goes first", _precedence(plan) if explain else ""),
        *(("Because", sentence(f"{moved.because}: {moved.effect}.")) for moved in plan.influences),
        *(("Missing", sentence(gap)) for gap in plan.gaps),
        *(finding_row(finding) for finding in plan.findings),
    )
    if not plan.holding:
        yield mix_bars(plan.mix)


def mix_bars(mix: MixShares) -> Bars:
    """What share of the question minutes each level has, and where it was to end (R61)."""
    gauges = tuple(
        Gauge(
            f"{mark} {level}",
            mix.achieved[level] / 100,
            f"{mix.achieved[level]} %, target {mix.target[level]} %",
            mix.target[level] / 100,
        )
        for level, mark in LEVEL_MARKS.items()
    )
    if not any(mix.achieved.values()):
        return Bars(gauges, "Question minutes: no question is planned.")
    off = {level: mix.achieved[level] - mix.target[level] for level in LEVEL_MARKS}
    level = max(off, key=lambda level: abs(off[level]))
    where = "above" if off[level] > 0 else "below"
    gist = f"{level} is furthest off, {plural(abs(off[level]), 'point')} {where} its target"
    return Bars(gauges, f"Question minutes: {gist if off[level] else 'each level at its target'}.")


def _precedence(plan: Plan) -> str:
    """What goes first when influences meet, and what each of them did in this plan (R44)."""
    acts = {"acts": "acts", "absent": "not today"}
    return " → ".join(
        f"{PLACES[place.id]} ({acts.get(place.standing) or f'gives way to {PLACES[place.to]}'})"
        for place in plan.precedence
    )


def finding_row(finding: PlanFinding) -> Pair:
    """A remark on the plan; a warning is marked."""
    label = Span("Warning", "warning") if finding.severity == "warning" else "Note"
    return Pair(label, sentence(finding.message))
