"""What a coach says and does in a segment, line by line, in the order they meet it (R135).

The same order as on the plan's page. On a shared screen there is nothing for the coach alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from trajplan.live.session import LiveSegment
from trajplan.planning.plan import PlannedActivity, PlannedPrompt, PlannedSegment

LineKind = Literal["coach", "do", "say", "ask", "listen", "checkpoint"]
OPENING = ("worth", "agreement")
CLOSE = "close"
BELIEF = "belief"
QUESTIONS_FIRST = ("commit", "close")
"""Stances in which what is done follows from what was asked."""


class ScriptLine(Struct, frozen=True, kw_only=True):
    """One line. `question` is the id of a question that can be ticked, or empty."""

    kind: LineKind
    text: str
    question: str = ""
    asked: bool = False


def script(planned: PlannedSegment, live: LiveSegment, *, shared: bool) -> tuple[ScriptLine, ...]:
    """The lines of a segment; `live` knows what was asked, and what was added."""
    lines = list(_said_and_done(planned, live, shared=shared))
    if not shared and planned.coach:
        lines.insert(0, ScriptLine(kind="coach", text=planned.coach))
    if shared and planned.client:
        lines.insert(0, ScriptLine(kind="coach", text=planned.client))
    if planned.checkpoint:
        otherwise = f" If not: {planned.checkpoint_otherwise}" * bool(planned.checkpoint_otherwise)
        text = planned.checkpoint if shared else planned.checkpoint + otherwise
        lines.append(ScriptLine(kind="checkpoint", text=text))
    if planned.listen and not shared:
        lines.append(ScriptLine(kind="listen", text=planned.listen))
    return tuple(lines)


def _said_and_done(
    planned: PlannedSegment, live: LiveSegment, *, shared: bool
) -> Iterator[ScriptLine]:
    prompts = [prompt for prompt in planned.prompts if not (shared and _of_belief(prompt))]
    said = [_said(prompt) for prompt in prompts if prompt.kind not in (*OPENING, CLOSE)]
    done = [
        line
        for activity in planned.activities
        if not activity.after_close
        for line in _done(activity, shared=shared)
    ]
    ratings = [
        question.id
        for question in planned.questions
        if question.anchors and planned.component == "momentum_planning"
    ]
    asked = [
        ScriptLine(kind="ask", text=question.text, question=question.id, asked=question.asked)
        for question in live.questions
    ]
    first = [line for line in asked if line.question not in ratings]
    yield from (_said(prompt) for prompt in prompts if prompt.kind in OPENING)
    yield from (
        [*said, *first, *done] if planned.stance in QUESTIONS_FIRST else [*done, *said, *first]
    )
    yield from (_said(prompt) for prompt in prompts if prompt.kind == CLOSE)
    yield from (line for line in asked if line.question in ratings)
    for activity in planned.activities:
        if activity.after_close:
            yield from _done(activity, shared=shared)


def _of_belief(prompt: PlannedPrompt) -> bool:
    return prompt.kind == BELIEF or prompt.assumption is not None


def _said(prompt: PlannedPrompt) -> ScriptLine:
    return ScriptLine(kind="say", text=prompt.text)


def _done(activity: PlannedActivity, *, shared: bool) -> Iterator[ScriptLine]:
    if not shared:
        yield ScriptLine(kind="do", text=f"{activity.title}: {activity.coach}")
    elif activity.client:
        yield ScriptLine(kind="do", text=activity.client)
