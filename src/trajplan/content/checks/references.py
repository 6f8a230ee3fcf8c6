"""Rules between files: what is named exists, and question ids are unique everywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from trajplan.content.checks.energy import variant_views
from trajplan.content.document import KeyPath, Report, View
from trajplan.content.kinds import BANK, BLUEPRINT, JOURNEY, TOPIC, WORKSHEET
from trajplan.content.model import (
    Activity,
    Journey,
    QuestionBank,
    SegmentPatch,
    SessionBlueprint,
    Topic,
)
from trajplan.content.recommendation_model import Recommendation
from trajplan.content.session_rules import explore_group, may_explore
from trajplan.text import WORD_GROUPS, cue_words, did_you_mean
from trajplan.vocabulary import METHODS


class CheckedFile(Struct, frozen=True):
    """One file as far as it could be understood. Its report grows while files are compared."""

    kind: str
    """Empty when not even the kind can be guessed."""
    id: str
    value: Any
    """The object; None when its shape is faulty."""
    report: Report
    rivals: list[CheckedFile] = []
    """Other files of the same layer that claim the same id."""
    remembered: bool = False
    """Whether it was found good before, beside the same activities; its report knows no places."""

    @property
    def key(self) -> tuple[str, str] | None:
        """Kind and id, where the kind is known."""
        return (self.kind, self.id) if self.kind else None


class _Known(Struct, frozen=True):
    """What the files together offer. A faulty file still exists: naming it is no second fault."""

    names: Mapping[str, Collection[str]]
    """Ids by kind."""
    phases: Collection[str] | None
    """None when a journey cannot be read."""
    questions: Collection[str] | None
    """Ids of every question; None when a bank cannot be read."""
    activities: Mapping[str, Activity]
    """Those that can be read, by id."""
    methods: Mapping[tuple[str, str], str]
    """The method of a blueprint or journey that can be read, by kind and id."""


def _check_groups(topic: Topic, report: Report) -> None:
    """Report each word in braces of a topic's phrases that stands for nothing."""
    for field, phrases in (
        ("cues", topic.cues),
        ("not", topic.without),
        ("settled", topic.settled),
    ):
        for language, texts in phrases.items():
            for index, phrase in enumerate(texts):
                for word in cue_words(phrase):
                    if word.endswith("}") and word not in WORD_GROUPS:
                        hint = did_you_mean(word, WORD_GROUPS)
                        report.add((field, language, index), f"`{word}` stands for no words{hint}")


def check_together(files: Sequence[CheckedFile]) -> None:
    """Report, in the file that holds it, every reference that leads nowhere."""
    known = _known(files)
    _check_question_ids(files)
    for file in files:
        content, report = file.value, file.report
        if isinstance(content, SessionBlueprint):
            _check_blueprint(content, report, known)
            if not file.remembered:
                _check_segments(content, report, known)
        elif isinstance(content, QuestionBank):
            _check_bank(content, report, known)
        elif isinstance(content, Topic):
            for index, name in enumerate(content.hands_out):
                _check_name(name, WORKSHEET, ("hands_out", index), report, known)
            _check_day_segments(content, report, known)
            _check_groups(content, report)
        elif isinstance(content, Journey):
            _check_journey(content, report, known)
        elif isinstance(content, Recommendation):
            _check_recommendation(content, report, known)


def _known(files: Sequence[CheckedFile]) -> _Known:
    names: dict[str, set[str]] = {}
    for file in files:
        names.setdefault(file.kind, set()).add(file.id)
    journeys = [file.value for file in files if file.kind == JOURNEY]
    phases: set[str] | None
    if None in journeys:
        phases = None
    else:
        phases = {phase.id for journey in journeys for phase in journey.phases}
    return _Known(
        names=names,
        phases=phases,
        questions=_question_ids(files),
        activities={file.id: file.value for file in files if isinstance(file.value, Activity)},
        methods={
            (file.kind, file.id): file.value.method
            for file in files
            if isinstance(file.value, SessionBlueprint | Journey)
        },
    )


def _question_ids(files: Sequence[CheckedFile]) -> Collection[str] | None:
    banks = [file.value for file in files if file.kind == BANK]
    if None in banks:
        return None
    return {question.id for bank in banks for question in bank.questions}


def _check_bank(bank: QuestionBank, report: Report, known: _Known) -> None:
    for index, question in enumerate(bank.questions):
        _check_phases(question.phases, ("questions", index, "phases"), report, known)
        for place, name in enumerate(question.topics):
            _check_name(name, TOPIC, ("questions", index, "topics", place), report, known)
    for index, sequence in enumerate(bank.sequences):
        _check_phases(sequence.phases, ("sequences", index, "phases"), report, known)


def _check_blueprint(blueprint: SessionBlueprint, report: Report, known: _Known) -> None:
    _check_phases(blueprint.phases, ("phases",), report, known)
    for path, name, kind in _references(blueprint):
        _check_name(name, kind, path, report, known)
    _check_own_questions(blueprint, report, known)


def _check_segments(blueprint: SessionBlueprint, report: Report, known: _Known) -> None:
    """Hold a blueprint and its variants against the activities that they name."""
    before = len(report.problems)
    _check_input(blueprint, report, known)
    _check_activity_minutes(blueprint, report, known)
    if len(report.problems) > before:
        return  # the variants would only repeat it
    for _, view in variant_views(blueprint, report):
        _check_input(view.blueprint, view, known)
        _check_activity_minutes(view.blueprint, view, known)


def _check_own_questions(blueprint: SessionBlueprint, report: Report, known: _Known) -> None:
    """Report questions that a segment calls its own and that are in no bank (R121)."""
    for index, segment in enumerate(blueprint.segments):
        _check_questions(segment.own_questions, ("segments", index), report, known)


def _check_day_segments(topic: Topic, report: Report, known: _Known) -> None:
    """Report the same of what segments are for where a session stays with the topic."""
    for component, parts in topic.segments.items():
        for index, part in enumerate(parts):
            _check_questions(part.own_questions, ("segments", component, index), report, known)


def _check_questions(names: Sequence[str], where: KeyPath, report: Report, known: _Known) -> None:
    if known.questions is None:
        return
    for place, name in enumerate(names):
        if name.strip() and name not in known.questions:
            hint = report.did_you_mean(name, known.questions)
            report.add((*where, "own_questions", place), f"no question `{name}`{hint}")


def _references(blueprint: SessionBlueprint) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield every activity, bank and worksheet a blueprint names: where, name, kind."""
    for index, name in enumerate(blueprint.hands_out):
        yield ("hands_out", index), name, WORKSHEET
    for index, segment in enumerate(blueprint.segments):
        banks = segment.questions.banks if segment.questions else ()
        yield from _segment_references(("segments", index), segment.activities, banks)
    for path, patch in _patches(blueprint):
        banks = (patch.questions and patch.questions.banks) or ()
        yield from _segment_references(path, patch.activities or (), banks)


def _segment_references(
    path: KeyPath, activities: Sequence[str], banks: Sequence[str]
) -> Iterator[tuple[KeyPath, str, str]]:
    for index, name in enumerate(activities):
        yield (*path, "activities", index), name, "activity"
    for index, name in enumerate(banks):
        yield (*path, "questions", "banks", index), name, "question-bank"


def _patches(blueprint: SessionBlueprint) -> Iterator[tuple[KeyPath, SegmentPatch]]:
    """Every change a variant makes to a segment, with its place."""
    if blueprint.energy is None:
        return
    for level, variant in (("low", blueprint.energy.low), ("high", blueprint.energy.high)):
        if variant is not None:
            for name, patch in variant.segments.items():
                yield ("energy", level, "segments", name), patch


def _check_name(name: str, kind: str, path: KeyPath, report: Report, known: _Known) -> None:
    possible = known.names.get(kind, ())
    # Empty names are reported as empty text.
    if name.strip() and name not in possible:
        report.add(
            path, f"no {kind.replace('-', ' ')} `{name}`{report.did_you_mean(name, possible)}"
        )


def _check_phases(phases: Sequence[str], path: KeyPath, report: Report, known: _Known) -> None:
    """Report phases that no journey has."""
    if known.phases is None:
        return
    for index, name in enumerate(phases):
        if name.strip() and name not in known.phases:
            hint = report.did_you_mean(name, known.phases)
            report.add((*path, index), f"no journey has a phase `{name}`{hint}")


def _check_journey(journey: Journey, report: Report, known: _Known) -> None:
    for index, stage in enumerate(journey.stages):
        for place, name in enumerate(stage.worksheets):
            path: KeyPath = ("stages", index, "worksheets", place)
            _check_name(name, WORKSHEET, path, report, known)
    possible = known.names.get(BLUEPRINT, ())
    for number, session in journey.sessions.items():
        path = ("sessions", str(number), "blueprint")
        name = session.blueprint
        if not name:
            continue
        if name not in possible:
            report.add(path, f"no blueprint `{name}`{report.did_you_mean(name, possible)}")
            continue
        method = known.methods.get((BLUEPRINT, name), journey.method)
        # The integrative journey draws on both other methods (R18); these keep to themselves.
        if journey.method not in ("integrative", method):
            words = f"the method of `{name}` is {method}, this journey's is {journey.method}"
            report.add(path, words)


def _check_recommendation(table: Recommendation, report: Report, known: _Known) -> None:
    """Report journeys that are not there, or that work another way than what they stand for."""
    for method in METHODS:
        path = ("methods", method, "journey")
        name = getattr(table.methods, method).journey
        _check_name(name, JOURNEY, path, report, known)
        works = known.methods.get((JOURNEY, name), method)
        if works != method:
            report.add(path, f"the method of `{name}` is {works}, not {method}")


def _check_activity_minutes(blueprint: SessionBlueprint, view: View, known: _Known) -> None:
    """Report activities that need more than a segment's least minutes (R62)."""
    for index, segment in enumerate(blueprint.segments):
        if any(name not in known.activities for name in segment.activities):
            continue
        need = sum(known.activities[name].minutes.min for name in segment.activities)
        if need > segment.minutes.min:
            view.add(
                ("segments", index, "activities"),
                f"the activities need at least {need} minutes, "
                f"the segment may be as short as {segment.minutes.min}",
            )


def _check_input(blueprint: SessionBlueprint, view: View, known: _Known) -> None:
    """Report the coach's own input before the client has explored (R71): in a decision session
    before all of the exploration that R52 asks for, otherwise before any."""
    segments = blueprint.segments
    if blueprint.decision:
        ready = max(explore_group(segments), default=len(segments))
    else:
        exploring = [index for index, segment in enumerate(segments) if may_explore(segment)]
        ready = min(exploring, default=len(segments))
    for index, segment in enumerate(segments[: ready + 1]):
        for number, name in enumerate(segment.activities):
            activity = known.activities.get(name)
            if activity is not None and activity.coach_input:
                view.add(
                    ("segments", index, "activities", number),
                    f"`{name}` brings in the coach's own view; "
                    "it belongs after the client has explored",
                )


def _check_question_ids(files: Sequence[CheckedFile]) -> None:
    """Report questions whose id another bank, read earlier, already uses."""
    first: dict[str, CheckedFile] = {}
    for file in files:
        if not isinstance(file.value, QuestionBank):
            continue
        for index, question in enumerate(file.value.questions):
            owner = first.setdefault(question.id, file)
            if owner is not file:
                words = f"bank `{owner.id}` already has a question `{question.id}`"
                path = ("questions", index, "id")
                file.report.add(path, f"{words}: {owner.report.document.file}")
