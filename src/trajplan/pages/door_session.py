"""The session itself in the plan at the door: the clock, what is said aloud, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from trajplan.pages import plan as plan_page
from trajplan.pages.door_parts import COLUMNS
from trajplan.pages.page import (
    Ask,
    Block,
    Heading,
    Inline,
    Line,
    Span,
    Text,
    bold,
    code,
    labelled,
    pieces,
    printed_columns,
    quiet,
)
from trajplan.pages.segments import (
    DONE,
    LED,
    SAID,
    behind,
    checkpoint,
    client_closes,
    is_led,
    question_line,
    question_numbers,
    rating,
    segment_heading,
    weighing_rows,
)
from trajplan.planning.plan import (
    Plan,
    PlannedActivity,
    PlannedPrompt,
    PlannedQuestion,
    PlannedSegment,
)
from trajplan.planning.segment_parts import ClientClose, Part, parts_in_order
from trajplan.text import columns

_FIRST = {
    "danger": "what is noted above about danger.",
    "pinned": "what is pinned above.",
    "danger pinned": "what is noted above about danger, and what is pinned.",
}
"""What is said where something stands above that comes before the script."""


LONGEST_ASKED = COLUMNS - 44
"""Letters of the question that is asked first each time, for which its line has room."""


class Script(Struct, frozen=True, kw_only=True):
    """How much of the session there is room for. The clock, the agreement, the checkpoint and the
    close are there at every length."""

    spacing: bool = True
    """Whether an empty line stands before each segment."""
    said: int = 100
    """How much of what a segment says aloud there is; 0: the clock of all segments in a few
    lines."""
    asks: int = 0
    """Beside the clock of all segments: of how many what is said first stands there."""
    activities: bool = True
    """Whether what is done is named where a segment's title has no room for it."""
    close: bool = True
    """Whether there are the words with which the client closes."""
    second_lines: bool = True
    """Whether there is what stands below the agreement, and what is asked after a no at a
    checkpoint."""
    may_wait: bool = False
    """Whether the clock of all segments leaves today's step out, after news of a death or of
    danger."""
    asked_first: str = ""
    """The question that a note says is asked first each time."""
    ahead: int = 3
    """What there is of the end: 3 all of it, 2 no commands, 1 no milestones, 0 what is needed."""


def session_blocks(plan: Plan, script: Script) -> Iterator[Block]:
    """The session from its clock to its end."""
    if script.said:
        for segment in plan.segments:
            yield from _segment(plan, segment, script)
    else:
        yield from _clock(plan, script)
    yield from _ending(plan, script)


def unsaid(plan: Plan, script: Script) -> int:
    """How much of what is said aloud has no room."""
    cut = sum(len(_cut(segment, script)) for segment in plan.segments)
    if not script.second_lines:
        cut += sum(bool(segment.checkpoint_otherwise) for segment in plan.segments)
    return cut if script.said else cut - len(_first_said(plan, script))


def _first_said(plan: Plan, script: Script) -> dict[str, Part]:
    """What is said first in each segment that has room for it beside the clock, by the segment."""
    first = {}
    for segment in plan.segments[: 1 if script.may_wait else None]:
        saying = (part for part in parts_in_order(segment) if not isinstance(part, PlannedActivity))
        part = next(saying, None)
        is_number = isinstance(part, PlannedQuestion) and segment.asks_with_ratings(part)
        if part and not _is_kept(part) and not is_number:
            first[segment.id] = part
    return dict(islice(first.items(), script.asks))


def _cut(segment: PlannedSegment, script: Script) -> list[Part]:
    saying = [part for part in parts_in_order(segment) if not isinstance(part, PlannedActivity)]
    return [part for part in saying[script.said :] if not _is_kept(part)]


def _is_kept(part: Part) -> bool:
    """Whether it is said at the door however little room there is: the agreement and the close."""
    return isinstance(part, ClientClose) or (
        isinstance(part, PlannedPrompt) and part.kind == "agreement"
    )


def _clock(plan: Plan, script: Script) -> Iterator[Block]:
    """The clock of the whole session, as many segments on a line as it holds, and what is said
    whatever else has no room."""
    line: list[Inline] = []
    for stretch in _stretches(plan, script):
        if line and printed_columns((*line, " · ", *stretch)) > COLUMNS:
            yield Line(tuple(line), close=not script.second_lines)
            line = []
        line += [" · ", *stretch] if line else stretch
    yield Line(tuple(line), close=not script.second_lines)
    yield from _comes_first(plan, script)
    first, numbers = _first_said(plan, script), question_numbers(plan)
    for segment in plan.segments:
        if plan.weighing and plan.weighing.segment == segment.id:
            yield weighing_rows(plan.weighing)
        for part in parts_in_order(segment):
            if _is_kept(part):
                yield _said(segment, part, {}, script)
            elif part == first.get(segment.id):
                asked = _said(segment, part, numbers, script)
                opens = segment is plan.segments[0]
                yield asked if opens else replace(asked, minutes=0, clock=segment.start)
        if segment.checkpoint:
            yield Ask(_checkpoint(segment, script), clock=segment.end)


def _checkpoint(segment: PlannedSegment, script: Script) -> Text:
    """A checkpoint, and what is asked after a no where there is room for it."""
    whole_of_it = checkpoint(segment)
    return whole_of_it if script.second_lines else whole_of_it[:2]


def _stretches(plan: Plan, script: Script) -> Iterator[tuple[Inline, ...]]:
    """The clock and title of each segment; where today's step may wait, of the first and the last,
    and the time between them."""
    between = plan.segments[1:-1] if script.may_wait else ()
    for segment in plan.segments:
        if segment not in between:
            clock, title, *_ = pieces(segment_heading(segment).text)
            yield clock, title, *(LED if is_led(plan, segment) else ())
        elif segment is between[0]:
            clock = Span(f"{segment.start}–{between[-1].end}", "clock")
            yield clock, " What they bring "


def _segment(plan: Plan, segment: PlannedSegment, script: Script) -> Iterator[Block]:
    """A segment's clock and title, what is said aloud in it, and what is done by name."""
    cut = _cut(segment, script)
    led = LED if is_led(plan, segment) else ()
    done = [part for part in parts_in_order(segment) if isinstance(part, PlannedActivity)]
    named = None if script.spacing or not done else _heading(segment, led, done)
    clock, title, *_ = pieces(segment_heading(segment).text)
    short = Heading((clock, title, *led), 3)
    heading = named or (segment_heading(segment, led) if script.spacing else short)
    opens = segment is plan.segments[0]
    yield replace(heading, close=not (script.spacing or opens))
    if opens:
        yield from _comes_first(plan, script)
    if segment.component == "break":
        yield Line(segment.coach)
    if plan.weighing and plan.weighing.segment == segment.id:
        yield weighing_rows(plan.weighing)
    numbers = question_numbers(plan)
    for kind, group in groupby(parts_in_order(segment), type):
        parts = list(group)
        if kind is PlannedActivity:
            if script.activities and not named:
                yield _activities([part for part in parts if isinstance(part, PlannedActivity)])
            continue
        yield from (_said(segment, part, numbers, script) for part in parts if part not in cut)
    if segment.checkpoint:
        yield Ask(_checkpoint(segment, script), clock=segment.end)


def _comes_first(plan: Plan, script: Script) -> Iterator[Block]:
    """What comes before the first thing that is said: what is pinned, or of danger."""
    # What was agreed to be asked first is no part of the script.
    first = (["danger"] if plan.remembered.safety else []) + (["pinned"] if plan.pinned else [])
    if 0 < columns(script.asked_first) <= LONGEST_ASKED:
        asked = f"“{script.asked_first}” Then what is pinned above."
        yield Line((bold("First, as agreed: "), asked))
    elif first:
        yield Line((bold("First: "), _FIRST[" ".join(first)]))


def _heading(
    segment: PlannedSegment, led: tuple[Inline, ...], done: Sequence[PlannedActivity]
) -> Heading | None:
    """A segment's heading that names what is done in place of its minutes; None where a line has no
    room for it."""
    clock, title, *_ = pieces(segment_heading(segment).text)
    text = (clock, title, *led, quiet(f"{DONE} {_names(done)}"))
    return Heading(text, 3) if printed_columns(text) <= COLUMNS else None


def _names(done: Iterable[PlannedActivity]) -> str:
    return " · ".join(activity.title for activity in done)


def _activities(activities: Sequence[PlannedActivity]) -> Ask:
    """What is done one after another, by name."""
    return Ask((quiet(_names(activities)),), sum(activity.minutes for activity in activities), DONE)


def _said(segment: PlannedSegment, part: Part, numbers: dict[str, int], script: Script) -> Ask:
    """What is said aloud, without the full words it quotes."""
    match part:
        case ClientClose() if script.close:
            return client_closes(part)
        case ClientClose():
            return Ask((bold("The client closes"),), part.minutes, SAID)
        case PlannedPrompt():
            # What the line does not name, the coach must know.
            beside = behind(part, brief=True) if script.second_lines else ()
            return Ask(part.text, part.minutes, SAID, beside=beside)
        case PlannedQuestion() if segment.asks_with_ratings(part):
            return rating(part, numbers[part.id], explain=False)
        case PlannedQuestion():
            return question_line(part, numbers[part.id], explain=False)
    raise TypeError(part)


def _ending(plan: Plan, script: Script) -> Iterator[Block]:
    """Where it leads, and what is handed over."""
    rows: list[tuple[str, Text]] = []
    if script.ahead > 1:
        rows += [("Milestone due", f"☐ {criterion}") for criterion in plan.milestone]
    for form in plan.hands_out if script.ahead else ():
        command = (" (", code(plan_page.blank_command(form.worksheet)), ")")
        rows.append(("Hand out", (form.title, *(command if script.ahead > 2 else ()))))
    rows += [
        ("Still needed", "; ".join(plan.ending)),
        ("Ratings", plan_page.RATINGS.get(plan.ratings, "") if script.ahead else ""),
    ]
    rows += [("Prepares for", plan_page.prepares_for(plan))] if script.ahead > 1 else []
    if (block := labelled(*rows)).rows:
        yield Heading("At the end", close=not script.spacing)
        yield block
