"""A session's segments in a plan: the timeline, then what is said and done, minute by minute."""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.pages.page import (
    LEVEL_MARKS,
    Ask,
    Block,
    Gap,
    Heading,
    Line,
    Span,
    Stretch,
    Text,
    Timeline,
    bold,
    code,
    italic,
    labelled,
    quiet,
)
from trajplan.pages.words import COMPONENTS, scale_ends
from trajplan.planning.plan import Plan, PlannedQuestion, PlannedSegment, Weighing
from trajplan.text import plural

QUESTIONS_FIRST = ("commit", "close")
"""Stances in which what is done follows from what was asked: the question that goes home is written
down after it was asked."""
DONE, SAID = "–", "»"


def timeline(plan: Plan) -> tuple[Block, ...]:
    """The whole session in one look, and what the marks below it mean."""
    longest = max(plan.segments, key=lambda segment: segment.minutes)
    levels = " · ".join(f"{mark} {level}" for level, mark in LEVEL_MARKS.items())
    return (
        Timeline(
            tuple(
                Stretch(
                    segment.start,
                    segment.minutes,
                    segment.title,
                    "break" if segment.component == "break" else segment.stance,
                )
                for segment in plan.segments
            ),
            plan.end,
            f"{plural(len(plan.segments), 'segment')} in {plan.minutes} minutes; the longest is "
            f"“{longest.title}”.",
        ),
        Line((quiet(f"{DONE} to do · {SAID} to say · {levels}"),)),
    )


def segment_blocks(plan: Plan, explain: bool) -> Iterator[Block]:
    """Every segment; `explain` adds why each question was chosen."""
    numbers = question_numbers(plan)
    for segment in plan.segments:
        yield Heading(
            (
                Span(f"{segment.start}–{segment.end}", "clock"),
                f" {segment.title} ",
                quiet(f"({segment.minutes} min)"),
            ),
            3,
        )
        yield Line(_about(segment))
        if plan.weighing and plan.weighing.segment == segment.id:
            yield _weighing(plan.weighing)
        yield from _asks(segment, numbers, explain)


def question_numbers(plan: Plan) -> dict[str, int]:
    """Each planned question's number, counted through the plan from 1; the wrap may use it."""
    asked = [question.id for segment in plan.segments for question in segment.questions]
    return {name: number for number, name in enumerate(asked, 1)}


def _about(segment: PlannedSegment) -> Text:
    component = COMPONENTS[segment.component]
    if segment.component == "break":
        return (quiet(f"{component}."), f" {segment.coach}")
    place = f"{component} · {segment.stance} · objective {segment.objective} · segment "
    listen = (italic(" Listen for"), f" {segment.listen}.") if segment.listen else ()
    return (quiet(place), code(segment.id), quiet("."), f" {segment.coach}", *listen)


def _weighing(weighing: Weighing) -> Block:
    """What options are held against; one that crosses a line is marked by a sign, not by colour."""
    drawn = weighing.must_haves or weighing.must_not_haves
    options: list[tuple[str, Text]] = []
    for option in weighing.options:
        crossed = Span(" ✗ breaks", "warning"), f" “{option.breaks}”"
        options.append(("Option on record", (option.title, *(crossed if option.breaks else ()))))
    return labelled(
        [
            ("Must have", " · ".join(weighing.must_haves) or "nothing named" * bool(drawn)),
            (
                "Must not have",
                " · ".join(weighing.must_not_haves) or "no line drawn yet" * bool(drawn),
            ),
            *options,
        ]
    )


def _asks(segment: PlannedSegment, numbers: dict[str, int], explain: bool) -> Iterator[Block]:
    """What is done, said and asked, in the order a coach meets it."""
    done = [
        Ask(f"{activity.title}: {activity.coach}", activity.minutes, DONE)
        for activity in segment.activities
    ]
    said = [Ask(prompt.text, prompt.minutes, SAID) for prompt in segment.prompts]
    asked = [_question(question, numbers[question.id], explain) for question in segment.questions]
    yield from (
        [*said, *asked, *done] if segment.stance in QUESTIONS_FIRST else [*done, *said, *asked]
    )
    if segment.component != "break":
        yield Ask(("Notes: ", Gap()))
    if segment.checkpoint:
        yield Ask((bold("Checkpoint."), f" {segment.checkpoint}"), clock=segment.end)


def _question(question: PlannedQuestion, number: int, explain: bool) -> Ask:
    beside: list[Text] = []
    if question.anchors:
        beside.append(_scale(question))
    if explain:
        sequence = f", sequence {question.sequence}" if question.sequence else ""
        reasons = "; ".join(question.reasons) or "no points"
        beside.append(
            (
                code(question.id),
                f" from {question.bank}, {question.level}, breadth {question.breadth}{sequence}; "
                f"{question.score}: {reasons}",
            )
        )
    return Ask(
        (bold(f"Q{number} {question.text}"),),
        question.minutes,
        LEVEL_MARKS[question.level],
        beside=tuple(beside),
    )


def _scale(question: PlannedQuestion) -> Text:
    """Both ends of a scaled question, and what was answered last time."""
    ends = scale_ends(question.text, question.anchors[1], question.anchors[10])
    parts = [ends] if ends else []
    if last := question.last_answer:
        parts.append(f"last time {last.value}, session {last.session}")
    return (" · ".join([*parts, "today: "]), Gap(3))
