"""Journey stages and what in the records shows them (R11).

Which records count for a stage stands in the journey's YAML (`stages`, each with `evidence` and
`worksheets`). This table says what each of those words looks for, and tells it in a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from trajplan.content.model import Journey, JourneyStage
from trajplan.measures.tci import FACTORS, readings_of
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import MISSED, TRIED
from trajplan.text import in_quotes, plural
from trajplan.vocabulary import Evidence


class StageEvidence(Struct, frozen=True):
    """A stage with its evidence; without any it has not shown itself yet."""

    stage: JourneyStage
    phases: tuple[str, ...]
    evidence: tuple[str, ...]
    would_show: tuple[str, ...]
    """What would be evidence and is not there."""


def stage_evidence(journey: Journey, dossier: Dossier) -> tuple[StageEvidence, ...]:
    """Every stage of a journey in its order, with the lines that show it.

    A stage that a phase names and the journey does not describe has no evidence to look for.
    """
    stages = {stage.id: stage for stage in journey.stages}
    stage_names = [name for phase in journey.phases for name in phase.stages]
    order = [*stages, *(name for name in dict.fromkeys(stage_names) if name not in stages)]
    return tuple(
        _evidence_for(stages.get(name) or JourneyStage(id=name, about=""), journey, dossier)
        for name in order
    )


def _evidence_for(stage: JourneyStage, journey: Journey, dossier: Dossier) -> StageEvidence:
    lines: list[str] = []
    missing: list[str] = []
    for word in stage.evidence:
        if word in FROM_RATINGS and not dossier.client.ratings:
            continue
        shown = EVIDENCE[word].look(dossier)
        lines += shown
        if not shown:
            missing.append(EVIDENCE[word].about)
    titles = {filling.worksheet: filling.title for filling in dossier.worksheet_answers}
    for name in stage.worksheets:
        if name in titles:
            lines.append(f"worksheet filled in: {titles[name]}")
        else:
            missing.append(f"the worksheet {name}")
    phases = tuple(phase.id for phase in journey.phases if stage.id in phase.stages)
    return StageEvidence(stage, phases, tuple(lines), tuple(missing))


class EvidenceRule(Struct, frozen=True):
    """What one word of `evidence` looks for, and how it reads where it is missing."""

    about: str
    look: Callable[[Dossier], list[str]]


def _line(what: str, words: str) -> list[str]:
    return [f"{what}: {words}"] if words else []


def _energies(dossier: Dossier) -> list[str]:
    count = sum(bool(check_in.energy) for check_in in dossier.check_ins)
    return [f"{plural(count, 'check-in')} with energy on arrival"] if count else []


def _rises(dossier: Dossier) -> list[str]:
    """Factors rated higher now than first."""
    rises = []
    entries = readings_of(dossier)
    for factor in FACTORS:
        values = [entry.ratings[factor] for entry in entries if factor in entry.ratings]
        if values and values[-1] > values[0]:
            rises.append(f"{factor} went from {values[0]} to {values[-1]}")
    return rises


def _decisions(dossier: Dossier) -> list[str]:
    """Held sessions that were planned around a decision."""
    held = [session for session in dossier.numbered if session.state == "held"]
    plans = [(session.number, dossier.followed_plan(session.id)) for session in held]
    return [
        f"session {number} was about a decision" for number, plan in plans if plan and plan.decision
    ]


FROM_RATINGS = ("rating_risen",)
"""Words that nothing can show where the client gives no numbers (R166)."""
EVIDENCE: Mapping[Evidence, EvidenceRule] = {
    "destination": EvidenceRule(
        "a destination in words",
        lambda dossier: _line("destination", dossier.engagement.destination),
    ),
    "stuck_point": EvidenceRule(
        "the stuck point in words",
        lambda dossier: _line("stuck point", dossier.engagement.intake.stuck_point),
    ),
    "career": EvidenceRule(
        "the career so far",
        lambda dossier: (
            [f"{plural(len(dossier.engagement.intake.career), 'role')} of the career so far"]
            if dossier.engagement.intake.career
            else []
        ),
    ),
    "takeaways": EvidenceRule(
        "takeaways in the client's words",
        lambda dossier: [
            f"session {number}: {in_quotes(words)}" for number, words in dossier.takeaways_so_far()
        ],
    ),
    "energy_named": EvidenceRule(
        "energy named on arrival",
        _energies,
    ),
    "assumption_heard": EvidenceRule(
        "a limiting belief, as it was heard",
        lambda dossier: [f"belief heard: “{belief.text}”" for belief in dossier.assumptions],
    ),
    "assumption_tested": EvidenceRule(
        "a belief held against evidence",
        lambda dossier: [
            f"belief held against evidence: “{belief.text}”"
            for belief in dossier.assumptions
            if belief.status != "open" or (belief.evidence_for and belief.evidence_against)
        ],
    ),
    "experiment_done": EvidenceRule(
        "something tried out",
        lambda dossier: [
            f"tried: {commitment.what}"
            for commitment in dossier.commitments
            if commitment.kind == "experiential" and commitment.status in TRIED
        ],
    ),
    "commitment_done": EvidenceRule(
        "a commitment done",
        lambda dossier: [
            f"done: {commitment.what}"
            for commitment in dossier.commitments
            if commitment.status == "done"
        ],
    ),
    "learned": EvidenceRule(
        "what a commitment taught",
        lambda dossier: [
            f"learnt: {in_quotes(commitment.learned)}"
            for commitment in dossier.commitments
            if commitment.learned
        ],
    ),
    "commitment_waited": EvidenceRule(
        "a commitment that had to wait",
        lambda dossier: [
            f"waited: {commitment.what}"
            for commitment in dossier.commitments
            if commitment.misses or commitment.status in MISSED
        ],
    ),
    "obstacle_foreseen": EvidenceRule(
        "an obstacle foreseen, with an answer",
        lambda dossier: [
            f"foreseen: {commitment.obstacle}"
            for commitment in dossier.commitments
            if commitment.obstacle and commitment.if_then
        ],
    ),
    "rating_risen": EvidenceRule(
        "a rating above the first",
        _rises,
    ),
    "decision_session": EvidenceRule(
        "a session about a decision",
        _decisions,
    ),
}
