"""Rules between files: what is named exists, and question ids are unique everywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trajplan.content.checks.energy import variant_views
from trajplan.content.document import KeyPath, Report, View
from trajplan.content.model import Activity, Journey, QuestionBank, SessionBlueprint
from trajplan.content.recommendation_model import Recommendation
from trajplan.content.session_rules import explore_group, may_explore
from trajplan.text import did_you_mean


@dataclass(slots=True)
class Entry:
    """One file as far as it could be understood. Its report grows while files are compared."""

    kind: str
    id: str
    value: Any
    """The object; None when its shape is faulty."""
    stand_in: Any
    """The same with faulty parts replaced, or None."""
    report: Report
    spoilt_by: list[Entry] = field(default_factory=list)
    """Other files of the same layer that claim the same id."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the files together offer. A faulty file still exists: naming it is no second fault."""

    names: Mapping[str, Collection[str]]
    """Ids by kind."""
    phases: Collection[str] | None
    """None when a journey's phases cannot be read."""
    activities: Mapping[str, int]
    """Least minutes, where they are known."""
    methods: Mapping[str, str]
    """Blueprint id to method, where it is known."""
    journey_methods: Mapping[str, str]
    """The same for journeys."""
    inputs: Collection[str]
    """Activities in which the coach adds something of their own."""


def check_together(entries: Sequence[Entry]) -> None:
    """Report, in the file that holds it, every reference that leads nowhere."""
    known = _known(entries)
    _check_question_ids(entries)
    for entry in entries:
        content, report = entry.stand_in, entry.report
        if isinstance(content, SessionBlueprint):
            _check_blueprint(content, report, known)
        elif isinstance(content, QuestionBank):
            for at, question in enumerate(content.questions):
                _check_phases(question.phases, ("questions", at, "phases"), report, known)
            for at, sequence in enumerate(content.sequences):
                _check_phases(sequence.phases, ("sequences", at, "phases"), report, known)
        elif isinstance(content, Journey):
            _check_journey(content, report, known)
        elif isinstance(content, Recommendation):
            _check_recommendation(content, report, known)


def _known(entries: Sequence[Entry]) -> _Known:
    names: dict[str, set[str]] = {}
    phases: set[str] | None = set()
    activities: dict[str, int] = {}
    methods: dict[str, str] = {}
    journey_methods: dict[str, str] = {}
    inputs: set[str] = set()
    for entry in entries:
        names.setdefault(entry.kind, set()).add(entry.id)
        content, report = entry.stand_in, entry.report
        if entry.kind == "journey":
            if content is not None and report.sure(("method",)):
                journey_methods[entry.id] = content.method
            if content is None or not report.there(("phases",)):
                phases = None
                continue
            paths = [("phases", at, "id") for at in range(len(content.phases))]
            if phases is not None and report.sure(*paths):
                phases.update(one.id for one in content.phases)
            else:
                phases = None
        elif isinstance(content, Activity) and report.sure(("minutes",)):
            activities[entry.id] = content.minutes.min
            if content.coach_input:
                inputs.add(entry.id)
        elif isinstance(content, SessionBlueprint) and report.sure(("method",)):
            methods[entry.id] = content.method
    return _Known(names, phases, activities, methods, journey_methods, inputs)


def _check_blueprint(blueprint: SessionBlueprint, report: Report, known: _Known) -> None:
    _check_phases(blueprint.phases, ("phases",), report, known)
    for path, name, kind in _references(blueprint):
        _check_name(name, kind, path, report, known)
    before = len(report.problems)
    _check_input(blueprint, report, known)
    _check_activity_minutes(blueprint, report, known)
    if len(report.problems) > before:
        return  # the variants would only repeat it
    for _, view in variant_views(blueprint, report):
        _check_input(view.blueprint, view, known)
        _check_activity_minutes(view.blueprint, view, known)


def _references(blueprint: SessionBlueprint) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield every activity, bank and worksheet a blueprint names: where, name, kind."""
    for at, name in enumerate(blueprint.hands_out):
        yield ("hands_out", at), name, "worksheet"
    holders: list[tuple[KeyPath, Any]] = [
        (("segments", at), one) for at, one in enumerate(blueprint.segments)
    ]
    if blueprint.energy is not None:
        for level, variant in (("low", blueprint.energy.low), ("high", blueprint.energy.high)):
            if variant is not None:
                holders += [
                    (("energy", level, "segments", name), patch)
                    for name, patch in variant.segments.items()
                ]
    for path, holder in holders:
        for at, name in enumerate(holder.activities or ()):
            yield (*path, "activities", at), name, "activity"
        banks = holder.questions.banks if holder.questions is not None else None
        for at, name in enumerate(banks or ()):
            yield (*path, "questions", "banks", at), name, "question-bank"


def _check_name(name: str, kind: str, path: KeyPath, report: Report, known: _Known) -> None:
    possible = known.names.get(kind, ())
    # Empty names are reported as empty text.
    if name.strip() and name not in possible and report.sure(path):
        report.add(path, f"no {kind.replace('-', ' ')} `{name}`{did_you_mean(name, possible)}")


def _check_phases(phases: Sequence[str], path: KeyPath, report: Report, known: _Known) -> None:
    """Report phases that no journey has."""
    if known.phases is None:
        return
    for at, name in enumerate(phases):
        if name.strip() and name not in known.phases and report.sure((*path, at)):
            report.add(
                (*path, at), f"no journey has a phase `{name}`{did_you_mean(name, known.phases)}"
            )


def _check_journey(journey: Journey, report: Report, known: _Known) -> None:
    for at, stage in enumerate(journey.stages):
        for place, name in enumerate(stage.worksheets):
            _check_name(name, "worksheet", ("stages", at, "worksheets", place), report, known)
    for number, session in journey.sessions.items():
        path = ("sessions", str(number), "blueprint")
        name = session.blueprint
        if not name or not report.sure(path):
            continue
        possible = known.names.get("session-blueprint", ())
        if name not in possible:
            report.add(path, f"no blueprint `{name}`{did_you_mean(name, possible)}")
            continue
        method = known.methods.get(name, journey.method)
        # The integrative journey draws on both other methods (R18); these keep to themselves.
        if journey.method not in ("integrative", method) and report.sure(("method",)):
            words = f"the method of `{name}` is {method}, this journey's is {journey.method}"
            report.add(path, words)


def _check_recommendation(table: Recommendation, report: Report, known: _Known) -> None:
    """Report journeys that are not there, or that work another way than what they stand for."""
    for method in ("directive", "exploratory", "integrative"):
        path = ("methods", method, "journey")
        name = getattr(table.methods, method).journey
        _check_name(name, "journey", path, report, known)
        works = known.journey_methods.get(name, method)
        if works != method and report.sure(path):
            report.add(path, f"the method of `{name}` is {works}, not {method}")


def _check_activity_minutes(blueprint: SessionBlueprint, view: View, known: _Known) -> None:
    """Report activities that need more than a segment's least minutes (R62)."""
    for at, segment in enumerate(blueprint.segments):
        path: KeyPath = ("segments", at)
        if not view.sure((*path, "activities"), (*path, "minutes")):
            continue
        if any(name not in known.activities for name in segment.activities):
            continue
        need = sum(known.activities[name] for name in segment.activities)
        if need > segment.minutes.min:
            view.add(
                (*path, "activities"),
                f"the activities need at least {need} minutes, "
                f"the segment may be as short as {segment.minutes.min}",
            )


def _check_input(blueprint: SessionBlueprint, view: View, known: _Known) -> None:
    """Report the coach's own input before the client has explored (R71): in a decision session
    before all of the exploration that R52 asks for, otherwise before any."""
    segments = blueprint.segments
    parts = ("component", "stance", "activities")
    if not view.sure(
        ("decision",), *(("segments", at, part) for at in range(len(segments)) for part in parts)
    ):
        return
    exploring = [at for at, one in enumerate(segments) if may_explore(one)]
    if blueprint.decision:
        ready = max(explore_group(segments), default=len(segments))
    else:
        ready = min(exploring, default=len(segments))
    for at, segment in enumerate(segments):
        for number, name in enumerate(segment.activities):
            if name in known.inputs and at <= ready:
                view.add(
                    ("segments", at, "activities", number),
                    f"`{name}` brings in the coach's own view; "
                    "it belongs after the client has explored",
                )


def _check_question_ids(entries: Sequence[Entry]) -> None:
    """Report questions whose id another bank, read earlier, already uses."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if not isinstance(entry.stand_in, QuestionBank):
            continue
        for at, question in enumerate(entry.stand_in.questions):
            path = ("questions", at, "id")
            if not entry.report.sure(path):
                continue
            owner = first.setdefault(question.id, entry)
            if owner is not entry:
                words = f"bank `{owner.id}` has a question `{question.id}` already"
                entry.report.add(path, f"{words}: {owner.report.document.file}")
