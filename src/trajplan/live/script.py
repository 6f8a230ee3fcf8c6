"""What a coach says and does in a segment, line by line, in the order they meet it (R135).

The same order as on the plan's pages. On a shared screen there is nothing for the coach alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.live.state import LiveSegment
from trajplan.planning.plan import (
    PlannedActivity,
    PlannedPrompt,
    PlannedQuestion,
    PlannedSegment,
)
from trajplan.planning.segment_parts import (
    UNLESS_SAID,
    ClientClose,
    Part,
    for_the_eye,
    parts_in_order,
)
from trajplan.planning.session_agreement import UNTIL

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
                for label, words in for_the_eye(part, brief=True):
                    # A running session says itself until when it goes.
                    said = words.partition(UNTIL)[0] if label == UNLESS_SAID else words
                    yield ScriptLine(kind="eye", text=f"{label}: {' '.join(said.split())}")
        case ClientClose():
            for prompt in part.prompts:
                yield ScriptLine(kind="say", text=prompt.text)
                if prompt.beside and not shared:
                    yield ScriptLine(kind="eye", text=f"Unless they've said: {prompt.beside}")
        case PlannedQuestion():
            yield ScriptLine(kind="ask", text=part.text, question=part.id, asked=part.id in asked)


def _of_belief(prompt: PlannedPrompt) -> bool:
    return prompt.kind == "belief" or prompt.assumption is not None
