"""What is to be read of a running session, line by line, whatever draws it (R135).

Times are said in words, so that nothing depends on colour; a segment that runs over is said as
quietly as one that has time left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.live.keys import PRIVATE, WORDS_KEYS, Entry
from trajplan.live.model import LiveSegment, LiveState
from trajplan.planning.plan import PlannedActivity, PlannedPrompt, PlannedQuestion, PlannedSegment
from trajplan.planning.segment_parts import (
    ClientClose,
    Part,
    for_the_eye,
    parts_in_order,
)
from trajplan.text import columns, plural, shortened

Pieces = tuple[tuple[str, str], ...]
"""Pieces of a line, each with its style: `bold`, `dim`, `italic` or none."""

KEY_HELP: dict[str, str] = {
    "n": "End the segment and go to the next one",
    "+ -": "Two minutes more or less for this segment",
    "space": "Tick the question you are at; ↑ ↓ choose another",
    "x": "Another question that fits here",
    **{key: words.does for key, words in WORDS_KEYS.items()},
    "u": "Take back the last key",
    "h": "Hide everything but the clock, and show it again",
    "w": "End the session and wrap it up",
    "q": "Leave; `trajplan live` goes on where you left",
}
"""What each key does."""
LEGEND = "n next  + - 2 min  space asked  x another  u back  h hide  w wrap  q leave"
WORDS_LEGEND = "c promise  t words  a belief  p park  i takeaway  m note  ? keys"
SHARED_WORDS_LEGEND = "c promise  t words  p park  i takeaway  ? keys"
MARKS: dict[str, str] = {
    "coach": "",
    "do": "– ",
    "say": "» ",
    "eye": "  ",
    "listen": "Listen for ",
    "checkpoint": "Checkpoint: ",
}
STYLES: dict[str, str] = {"coach": "dim", "eye": "dim", "listen": "italic"}
NARROWEST = 20


def legend(entry: Entry | None, *, shared: bool) -> Pieces:
    """The keys; on a shared screen those for the coach's eye alone are not named. While words are
    typed, only those that do something then."""
    if entry:
        escape = "that is all" if entry.answered else "leave out"
        return ((f"Enter keep  Esc {escape}  Ctrl-L hide  Ctrl-C keep and leave", "dim"),)
    return ((f"{LEGEND}\n{SHARED_WORDS_LEGEND if shared else WORDS_LEGEND}", "dim"),)


def key_lines(*, shared: bool) -> tuple[ScriptLine, ...]:
    """What each key does, a line each."""
    width = max(map(len, KEY_HELP))
    lines = (
        ScriptLine(kind="key", text=f"{key.ljust(width)}  {does}")
        for key, does in KEY_HELP.items()
        if not (shared and key in PRIVATE)
    )
    return (
        *lines,
        ScriptLine(kind="coach", text="Any other key goes back; Page Down and Page Up scroll."),
    )


def clock_line(state: LiveState, width: int) -> Pieces:
    """The clock, and how long the session still is."""
    if state.ended:
        right = f"ended after {plural(state.minutes, 'minute')}"
    elif state.until:
        right = f"begins in {state.until} min, at {state.begins}"
    elif state.left < 0:
        right = f"{-state.left} min over {state.ends}"
    else:
        right = f"{state.left} min left · ends {state.ends}"
    gap = max(1, width - len(state.now) - len(right))
    return ((state.now, "bold"), (" " * gap, ""), (right, "dim"))


def segment_line(state: LiveState) -> Pieces:
    """The segment that runs, with its time."""
    segment = state.running_segment
    if segment is None:
        return (("The session is over. w opens its wrap, u goes back into it.", ""),)
    left = state.segment_left
    time = f"{left} min left" if left >= 0 else f"{-left} min over"
    return (
        (segment.title, "bold"),
        (f"  {segment.start}–{segment.end} · {time}", "dim"),
    )


def bar(state: LiveState, width: int) -> Pieces:
    """How much of the segment is gone."""
    if state.ended:
        return ()
    width = max(NARROWEST, width)
    gone = round(width * state.segment_share)
    return (("━" * gone + "─" * (width - gone), "dim"),)


def script_line(line: ScriptLine, width: int, *, here: bool) -> Pieces:
    """A line of the script, further lines below its first word; `here`: space would tick it."""
    mark = MARKS.get(line.kind, "")
    if line.kind == "ask":
        mark = f"{'›' if here else ' '} [{'x' if line.asked else ' '}] "
    first, *others = wrap(line.text, max(NARROWEST, width) - len(mark)) or [""]
    text = "\n".join([mark + first, *(" " * len(mark) + other for other in others)])
    return ((text, "bold" if here else STYLES.get(line.kind, "")),)


def ahead(state: LiveState, width: int, *, shared: bool) -> Pieces:
    """What is next, what no longer fits, and how much was written down."""
    texts = [
        f"{segment.start} {segment.title}" for segment in state.segments if segment.state == "ahead"
    ]
    lines = [shortened(f"Next {text}", width) for text in texts[:1]]
    if texts[1:]:
        lines.append(_then(texts[1:], width))
    lines += [f"{remark[0].upper()}{remark[1:]}." for remark in state.remarks]
    lines += _written_down(state, shared=shared)
    return (("\n".join(lines), ""),)


def _then(texts: Sequence[str], width: int) -> str:
    """What comes after that, as many as a line holds: a title that is cut says nothing."""
    for count in range(len(texts), 1, -1):
        line = f"then {' · '.join(texts[:count])}{' …' if texts[count:] else ''}"
        if columns(line) <= width:
            return line
    return shortened(f"then {texts[0]}", width)


def _written_down(state: LiveState, *, shared: bool) -> Sequence[str]:
    """How much; of what is for the coach alone, a shared screen says nothing."""
    counts = [
        (len(getattr(state, words.field)), words.thing, words.things)
        for words in WORDS_KEYS.values()
        if not (shared and words.private)
    ]
    told = [plural(count, thing, things) for count, thing, things in counts if count]
    return [f"Kept: {', '.join(told)}"] if told else []


LineKind = Literal["coach", "do", "say", "eye", "ask", "listen", "checkpoint", "key"]


class ScriptLine(Struct, frozen=True, kw_only=True):
    """One line. `question` is the id of a question that can be ticked, or empty."""

    kind: LineKind
    text: str
    question: str = ""
    asked: bool = False


def script(
    planned: PlannedSegment,
    live: LiveSegment,
    *,
    added: Mapping[str, PlannedQuestion],
    shared: bool,
) -> tuple[ScriptLine, ...]:
    """The lines of a segment. `live` knows what was asked; `added`: the session's questions that
    were not planned, by id."""
    more = tuple(added[question.id] for question in live.questions if question.added)
    with_added = replace(planned, questions=(*planned.questions, *more))
    asked = {question.id for question in live.questions if question.asked}
    intro = planned.client if shared else planned.coach
    lines = [ScriptLine(kind="coach", text=intro)] if intro else []
    for part in parts_in_order(with_added):
        lines += _lines(part, asked, shared=shared)
    if planned.checkpoint:
        otherwise = f" If not: {planned.checkpoint_otherwise}" * bool(planned.checkpoint_otherwise)
        text = planned.checkpoint if shared else planned.checkpoint + otherwise
        lines.append(ScriptLine(kind="checkpoint", text=text))
    if planned.listen and not shared:
        lines.append(ScriptLine(kind="listen", text=planned.listen))
    return tuple(lines)


def _lines(part: Part, asked: set[str], *, shared: bool) -> Iterator[ScriptLine]:
    match part:
        case PlannedActivity():
            text = part.client if shared else f"{part.title}: {part.coach}"
            if text:
                yield ScriptLine(kind="do", text=text)
        case PlannedPrompt():
            if not (shared and _of_belief(part)):
                yield ScriptLine(kind="say", text=part.text)
            if not shared:
                # A running session says itself until when it goes.
                for label, words in for_the_eye(replace(part, ends=""), brief=True):
                    yield ScriptLine(kind="eye", text=f"{label}: {' '.join(words.split())}")
        case ClientClose():
            for prompt in part.prompts:
                yield ScriptLine(kind="say", text=prompt.text)
                if prompt.beside and not shared:
                    yield ScriptLine(kind="eye", text=f"Unless they've said: {prompt.beside}")
        case PlannedQuestion():
            yield ScriptLine(kind="ask", text=part.text, question=part.id, asked=part.id in asked)


def _of_belief(prompt: PlannedPrompt) -> bool:
    return prompt.kind == "belief" or prompt.assumption is not None
