"""A session's segments in a plan: the timeline, what is said and done, minute by minute, and the
minutes if it goes differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from trajplan.pages.page import (
    LEVEL_MARKS,
    Ask,
    Block,
    Bullets,
    Column,
    Gap,
    Heading,
    Inline,
    Line,
    Span,
    Stretch,
    Table,
    Text,
    Timeline,
    bold,
    code,
    italic,
    labelled,
    quiet,
)
from trajplan.pages.words import COMPONENTS, scale_ends
from trajplan.planning.plan import (
    Plan,
    PlannedActivity,
    PlannedPrompt,
    PlannedQuestion,
    PlannedSegment,
    StripRow,
    Weighing,
)
from trajplan.planning.segment_parts import ClientClose, for_the_eye, is_said, parts_in_order
from trajplan.text import plural, shortened

LED: tuple[Inline, ...] = (bold(" The client leads."),)
DONE, SAID = "–", "»"
GONE = "–"
"""Where a variant has no time for a segment."""


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
        yield segment_heading(segment)
        yield Line((*_about(segment), *(LED if is_led(plan, segment) else ())))
        if plan.weighing and plan.weighing.segment == segment.id:
            yield weighing_rows(plan.weighing)
        yield from _asks(segment, numbers, explain)


def segment_heading(segment: PlannedSegment, behind: tuple[Inline, ...] = ()) -> Heading:
    """A segment's clock, title and minutes, and what stands behind them."""
    clock = Span(f"{segment.start}–{segment.end}", "clock")
    minutes = quiet(f"({segment.minutes} min)")
    return Heading((clock, f" {segment.title} ", minutes, *behind), 3)


def is_led(plan: Plan, segment: PlannedSegment) -> bool:
    """Whether the client leads here: where the session begins and where it ends (R165)."""
    return plan.client_leads and segment.component in ("context_setting", "momentum_planning")


def question_numbers(plan: Plan) -> dict[str, int]:
    """Each planned question's number, counted through the plan from 1; the wrap may use it."""
    asked = [question.id for question in plan.questions]
    return {name: number for number, name in enumerate(asked, 1)}


def _about(segment: PlannedSegment) -> tuple[str | Span, ...]:
    component = COMPONENTS[segment.component]
    if segment.component == "break":
        return (quiet(f"{component}."), f" {segment.coach}")
    place = f"{component} · {segment.stance} · objective {segment.objective} · segment "
    listen = (italic(" Listen for"), f" {segment.listen}.") if segment.listen else ()
    return (quiet(place), code(segment.id), quiet("."), f" {segment.coach}", *listen)


def weighing_rows(weighing: Weighing) -> Block:
    """What options are held against; one that crosses a line is marked by a sign, not by colour."""
    drawn = weighing.must_haves or weighing.must_not_haves
    options: list[tuple[str, Text]] = []
    for option in weighing.options:
        crossed = Span(" ✗ breaks", "warning"), f" “{option.breaks}”"
        options.append(("Option on record", (option.title, *(crossed if option.breaks else ()))))
    return labelled(
        ("Must have", " · ".join(weighing.must_haves) or "nothing named" * bool(drawn)),
        (
            "Must not have",
            " · ".join(weighing.must_not_haves) or "no line drawn yet" * bool(drawn),
        ),
        *options,
    )


def behind(prompt: PlannedPrompt, *, brief: bool = False) -> tuple[Text, ...]:
    """What stands below a line for the eye, `brief` where the line may name it."""
    return tuple(
        (italic(f"{label}:"), f" {' '.join(words.split())}")
        for label, words in for_the_eye(prompt, brief=brief)
    )


def _asks(segment: PlannedSegment, numbers: dict[str, int], explain: bool) -> Iterator[Block]:
    """What is done, said and asked, room for notes, and the checkpoint."""
    for part in parts_in_order(segment):
        match part:
            case PlannedActivity():
                yield Ask(f"{part.title}: {part.coach}", part.minutes, DONE)
            case PlannedPrompt():
                yield Ask(part.text, part.minutes, SAID, beside=behind(part))
            case PlannedQuestion() if segment.asks_with_ratings(part):
                yield rating(part, numbers[part.id], explain)
            case PlannedQuestion():
                yield question_line(part, numbers[part.id], explain)
            case ClientClose():
                yield client_closes(part)
    if segment.component != "break":
        yield Ask(("Notes: ", Gap()))
    if segment.checkpoint:
        yield Ask(
            (*checkpoint(segment), *((" ", Gap()) if segment.checkpoint_otherwise else ())),
            clock=segment.end,
            beside=_aim(segment),
        )


def client_closes(close: ClientClose) -> Ask:
    """The client's own close as it is said."""
    return Ask((bold("The client closes."), f" {close.text}"), close.minutes, SAID)


def checkpoint(segment: PlannedSegment) -> tuple[Inline, ...]:
    """Whether this is still the right conversation, and what to ask after a no."""
    after_no = segment.checkpoint_otherwise
    otherwise: tuple[Inline, ...] = (" ", italic("If not:"), f" {after_no}") if after_no else ()
    return (bold("Checkpoint."), f" {segment.checkpoint}", *otherwise)


def _aim(segment: PlannedSegment) -> tuple[Text, ...]:
    """What a checkpoint looks back at, unless it says so."""
    if is_said(segment.checkpoint_aim, segment.checkpoint):
        return ()
    return ((italic("Aim:"), f" {segment.checkpoint_aim}"),)


def question_line(question: PlannedQuestion, number: int, explain: bool) -> Ask:
    """A question with its number, its minutes and its level, and its scale where it has one."""
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


def rating(question: PlannedQuestion, number: int, explain: bool) -> Ask:
    """A question for a number on one line with its scale, as it is asked with the ratings."""
    ask = question_line(question, number, explain)
    return replace(ask, text=(*ask.text, " ", *ask.beside[0]), beside=ask.beside[1:])


def _scale(question: PlannedQuestion) -> Text:
    """Both ends of a scaled question, and what was answered last time."""
    ends = scale_ends(question.text, question.anchors[1], question.anchors[10])
    parts = [ends] if ends else []
    if last := question.last_answer:
        parts.append(f"last time {last.value}, session {last.session} · today")
    return (f"{' · '.join(parts or ['today'])}: ", Gap(3))


def variants(plan: Plan) -> Iterator[Block]:
    """Where a session that went elsewhere closes, and the plan's minutes under other conditions;
    nothing where the plan has neither."""
    if not (plan.went_elsewhere or plan.strip):
        return
    questions = " ".join(
        f"({number}) {question}" for number, question in enumerate(plan.went_elsewhere, 1)
    )
    rows = ((row.label, *_strip_cells(plan, row)) for row in plan.strip)
    own = (f"{segment.minutes}′ {segment.start}" for segment in plan.segments)
    yield Heading("If it goes differently")
    yield Line(f"Went elsewhere: {questions}")
    yield Table(
        (
            "if",
            *(Column(part.title, short=part.id, folds=True) for part in plan.segments),
        ),
        (
            ("as planned", *own),
            *((label, *cells) for label, *cells in rows if set(cells) != {GONE}),
        ),
    )
    notes = {row.label: "; ".join(_strip_notes(plan, row)) for row in plan.strip}
    if any(notes.values()):
        yield Bullets(tuple(f"{label}: {note}" for label, note in notes.items() if note))


def _strip_cells(plan: Plan, row: StripRow) -> Sequence[str]:
    """Minutes and clock of a variant under the plan's own segments."""
    cells = {
        name: f"{minutes}′ {start}"
        for name, minutes, start in zip(row.ids, row.minutes, row.starts, strict=True)
    }
    return tuple(cells.get(segment.id, GONE) for segment in plan.segments)


def _strip_notes(plan: Plan, row: StripRow) -> Iterator[str]:
    """What a variant has that the plan has not, and what else is to be said of it."""
    own = {segment.id for segment in plan.segments}
    for name, title, minutes, start in zip(
        row.ids, row.segments, row.minutes, row.starts, strict=True
    ):
        if name not in own:
            yield f"with {shortened(title, 24)}, {minutes} min at {start}"
    if row.note:
        yield row.note
