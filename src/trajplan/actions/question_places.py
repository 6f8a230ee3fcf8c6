"""Where questions that a coach brought along can come up, once they are reviewed (R129)."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from trajplan.content.kinds import BLUEPRINT
from trajplan.content.library import Library
from trajplan.content.model import Question
from trajplan.importing.bank import REVIEW, ReviewBank, ReviewQuestion
from trajplan.planning.questions import (
    CONDITIONS,
    REVIEWS,
    SITUATIONS,
    AskingConditions,
    RankedQuestion,
    is_aimed,
    may_ask,
)
from trajplan.planning.topics import FIRST, heard_topics


def with_topics(library: Library, bank: ReviewBank) -> ReviewBank:
    """The bank with the topics its questions speak of, as a suggestion."""
    questions = tuple(
        replace(
            question,
            topics=tuple(
                topic.id
                for topic in heard_topics(library.topics, question.text)
                if topic.id not in FIRST
            ),
        )
        for question in bank.questions
    )
    return replace(bank, questions=questions)


def places_note(library: Library, bank: ReviewBank) -> str:
    """In which segments of the built-in blueprints the questions fit, and which fit nowhere."""
    conditions = AskingConditions(
        phase="",
        energy="normal",
        occasions=(CONDITIONS | REVIEWS | SITUATIONS) - {"holding"},
        excluded=frozenset(),
        asked=frozenset(),
        own_banks=frozenset({bank.id}),
        built_in=True,
    )
    segments = [
        segment
        for blueprint in library.blueprints.values()
        if library.sources[BLUEPRINT, blueprint.id].layer == "built-in"
        for segment in blueprint.segments
    ]
    by_component: Counter[str] = Counter()
    fitting: set[str] = set()
    for segment in segments:
        names = {
            question.id
            for question in bank.questions
            if may_ask(ranked := _ranked(bank, question), segment, conditions)
            and is_aimed(ranked, segment, conditions)
        }
        fitting |= names
        by_component[segment.component] += bool(names)
    parts = [
        f"{component.replace('_', ' ')} {count}"
        for component, count in by_component.items()
        if count
    ]
    if not parts:
        return "once reviewed, they fit no built-in segment"
    where = f"{sum(by_component.values())} of {len(segments)} built-in segments"
    note = f"once reviewed, they can come up in {where}: {', '.join(parts)}"
    nowhere = [question.id for question in bank.questions if question.id not in fitting]
    return note + (f"; in none: {', '.join(nowhere)}" if nowhere else "")


def _ranked(bank: ReviewBank, question: ReviewQuestion) -> RankedQuestion:
    reviewed = Question(
        id=question.id,
        text=question.text,
        tags=tuple(tag for tag in question.tags if tag != REVIEW),
        **question.values,
    )
    return RankedQuestion(rank=0, question=reviewed, bank=bank.id, score=0, reasons=())
