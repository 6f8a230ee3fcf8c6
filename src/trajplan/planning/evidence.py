"""Journey stages and what in the records shows them (R11).

Which records count for a stage stands in the journey's YAML (`stages`, each with `evidence` and
`worksheets`). This table says what each of those words looks for, and tells it in a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from trajplan.content.model import Journey, JourneyStage
from trajplan.content.vocabulary import Evidence
from trajplan.measures.tci import FACTORS, readings_of
from trajplan.records.dossier import Dossier
from trajplan.records.model import MISSED, TRIED, Assumption, Commitment, Engagement
from trajplan.text import in_quotes, plural


class StageRecords(Struct, frozen=True, kw_only=True):
    """What was kept of an engagement so far, as far as it can be evidence."""

    engagement: Engagement
    takeaways_so_far: Sequence[tuple[int, str]]
    """Session number and the client's words, first to last."""
    commitments: Sequence[Commitment]
    assumptions: Sequence[Assumption]
    rises: Sequence[tuple[str, int, int]]
    """Factors rated higher now than first: name, first, now."""
    rates: bool = True
    """Whether the client gives numbers."""
    energies: int
    """Check-ins in which an energy was named."""
    decided: Sequence[int]
    """Held sessions that were planned around a decision."""
    worksheets: Sequence[tuple[str, str]]
    """Id and title of each worksheet filled in."""


class StageEvidence(Struct, frozen=True):
    """A stage with its evidence; without any it has not shown itself yet."""

    stage: JourneyStage
    phases: tuple[str, ...]
    evidence: tuple[str, ...]
    would_show: tuple[str, ...]
    """What would be evidence and is not there."""


def stage_records(dossier: Dossier) -> StageRecords:
    """What an engagement's records hold that may be evidence for a stage."""
    held = [session for session in dossier.numbered if session.state == "held"]
    plans = [(session.number or 0, dossier.followed_plan(session.id)) for session in held]
    return StageRecords(
        engagement=dossier.engagement,
        takeaways_so_far=dossier.takeaways_so_far(),
        commitments=dossier.commitments,
        assumptions=dossier.assumptions,
        rises=_rises(dossier),
        rates=dossier.client.ratings,
        energies=sum(bool(check_in.energy) for check_in in dossier.check_ins),
        decided=[number for number, plan in plans if plan and plan.decision],
        worksheets=[(filling.worksheet, filling.title) for filling in dossier.worksheet_answers],
    )


def _rises(dossier: Dossier) -> list[tuple[str, int, int]]:
    """Factors rated higher now than first: name, first, now."""
    rises = []
    entries = readings_of(dossier)
    for factor in FACTORS:
        values = [entry.ratings[factor] for entry in entries if factor in entry.ratings]
        if values and values[-1] > values[0]:
            rises.append((factor, values[0], values[-1]))
    return rises


def stage_evidence(journey: Journey, records: StageRecords) -> tuple[StageEvidence, ...]:
    """Every stage of a journey in its order, with the lines that show it.

    A stage that a phase names and the journey does not describe has no evidence to look for.
    """
    stages = {stage.id: stage for stage in journey.stages}
    stage_names = [name for phase in journey.phases for name in phase.stages]
    order = [*stages, *(name for name in dict.fromkeys(stage_names) if name not in stages)]
    return tuple(
        _evidence_for(stages.get(name) or JourneyStage(id=name, about=""), journey, records)
        for name in order
    )


def _evidence_for(stage: JourneyStage, journey: Journey, records: StageRecords) -> StageEvidence:
    lines: list[str] = []
    missing: list[str] = []
    for word in stage.evidence:
        if word in FROM_RATINGS and not records.rates:
            continue
        shown = EVIDENCE[word].look(records)
        lines += shown
        if not shown:
            missing.append(EVIDENCE[word].about)
    titles = dict(records.worksheets)
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
    look: Callable[[StageRecords], list[str]]


def _line(what: str, words: str) -> list[str]:
    return [f"{what}: {words}"] if words else []


FROM_RATINGS = ("rating_risen",)
"""Words that nothing can show where the client gives no numbers (R166)."""
EVIDENCE: Mapping[Evidence, EvidenceRule] = {
    "destination": EvidenceRule(
        "a destination in words",
        lambda records: _line("destination", records.engagement.destination),
    ),
    "stuck_point": EvidenceRule(
        "the stuck point in words",
        lambda records: _line("stuck point", records.engagement.intake.stuck_point),
    ),
    "career": EvidenceRule(
        "the career so far",
        lambda records: (
            [f"{plural(len(records.engagement.intake.career), 'role')} of the career so far"]
            if records.engagement.intake.career
            else []
        ),
    ),
    "takeaways": EvidenceRule(
        "takeaways in the client's words",
        lambda records: [
            f"session {number}: {in_quotes(words)}" for number, words in records.takeaways_so_far
        ],
    ),
    "energy_named": EvidenceRule(
        "energy named on arrival",
        lambda records: (
            [f"{plural(records.energies, 'check-in')} with energy on arrival"]
            if records.energies
            else []
        ),
    ),
    "assumption_heard": EvidenceRule(
        "a limiting belief, as it was heard",
        lambda records: [f"belief heard: “{belief.text}”" for belief in records.assumptions],
    ),
    "assumption_tested": EvidenceRule(
        "a belief held against evidence",
        lambda records: [
            f"belief held against evidence: “{belief.text}”"
            for belief in records.assumptions
            if belief.status != "open" or (belief.evidence_for and belief.evidence_against)
        ],
    ),
    "experiment_done": EvidenceRule(
        "something tried out",
        lambda records: [
            f"tried: {commitment.what}"
            for commitment in records.commitments
            if commitment.kind == "experiential" and commitment.status in TRIED
        ],
    ),
    "commitment_done": EvidenceRule(
        "a commitment done",
        lambda records: [
            f"done: {commitment.what}"
            for commitment in records.commitments
            if commitment.status == "done"
        ],
    ),
    "learned": EvidenceRule(
        "what a commitment taught",
        lambda records: [
            f"learnt: {in_quotes(commitment.learned)}"
            for commitment in records.commitments
            if commitment.learned
        ],
    ),
    "commitment_waited": EvidenceRule(
        "a commitment that had to wait",
        lambda records: [
            f"waited: {commitment.what}"
            for commitment in records.commitments
            if commitment.misses or commitment.status in MISSED
        ],
    ),
    "obstacle_foreseen": EvidenceRule(
        "an obstacle foreseen, with an answer",
        lambda records: [
            f"foreseen: {commitment.obstacle}"
            for commitment in records.commitments
            if commitment.obstacle and commitment.if_then
        ],
    ),
    "rating_risen": EvidenceRule(
        "a rating above the first",
        lambda records: [
            f"{factor} went from {first} to {latest}" for factor, first, latest in records.rises
        ],
    ),
    "decision_session": EvidenceRule(
        "a session about a decision",
        lambda records: [f"session {number} was about a decision" for number in records.decided],
    ),
}
