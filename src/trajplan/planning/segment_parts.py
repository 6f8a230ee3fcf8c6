"""What is done, said and asked in a segment, in the order a coach meets it.

The same on every page of a plan and while the session runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from trajplan.lint.labels import to_client
from trajplan.planning.matter import bears_on
from trajplan.planning.plan import (
    OPENING,
    PlannedActivity,
    PlannedPrompt,
    PlannedQuestion,
    PlannedSegment,
)

QUESTIONS_FIRST = ("commit", "close")
"""Stances in which what is done follows from what was asked: the question that goes home is written
down after it was asked."""
UNLESS_SAID = "Ask, unless they say"
WAYS = ("brought-along", "paths")
"""The prompt and its case that look at several ways it could go."""


class ClientClose(Struct, frozen=True):
    """The client's own close: its questions, asked in one breath (R165)."""

    prompts: tuple[PlannedPrompt, ...]

    @property
    def text(self) -> str:
        """The questions as they are asked, numbered, and in their place those that are asked unless
        it has been said."""
        return " ".join(
            f"({number}) {prompt.text}"
            + (f" Unless they've said: {prompt.beside}" if prompt.beside else "")
            for number, prompt in enumerate(self.prompts, 1)
        )

    @property
    def minutes(self) -> int:
        """What all of them take."""
        return sum(prompt.minutes for prompt in self.prompts)


Part: TypeAlias = PlannedActivity | PlannedPrompt | PlannedQuestion | ClientClose


def parts_in_order(segment: PlannedSegment) -> Iterator[Part]:
    """What is done, said and asked in a segment; ratings and dates come after the client's close
    (R165)."""
    prompts, questions, activities = segment.prompts, segment.questions, segment.activities
    done = [activity for activity in activities if not activity.after_close]
    # What is looked back on may come before what today is for.
    opens = max(
        (place for place, prompt in enumerate(prompts, 1) if prompt.kind in OPENING), default=0
    )
    said = [prompt for prompt in prompts[opens:] if prompt.kind != "close"]
    asked = [question for question in questions if not segment.asks_with_ratings(question)]
    # They tell their story before they look at several ways it could go.
    ways = [prompt for prompt in said if (prompt.id, prompt.case) == WAYS]
    said = [prompt for prompt in said if prompt not in ways]
    yield from prompts[:opens]
    middle: list[list[Part]] = [[*done], [*said], [*asked[:1], *ways, *asked[1:]]]
    if segment.stance in QUESTIONS_FIRST:
        middle = [*middle[1:], *middle[:1]]
    for parts in middle:
        yield from parts
    # The last word is theirs: a number goes before it.
    yield from (question for question in questions if segment.asks_with_ratings(question))
    if closing := tuple(prompt for prompt in prompts if prompt.kind == "close"):
        yield ClientClose(closing)
    yield from (activity for activity in activities if activity.after_close)


def for_the_eye(prompt: PlannedPrompt, *, brief: bool) -> tuple[tuple[str, str], ...]:
    """What stands below a line for the coach alone, each with its label: the client's full words
    where it does not say them and, with the agreement, what is asked unless they say it. `brief`:
    the full words only where the line does not name what they are about."""
    if prompt.kind == "agreement":
        # What was put off nobody has said today: the coach needs it in front of them.
        spared = brief and prompt.case != "taken_up"
    else:
        spared = brief and bears_on(prompt.beside, prompt.text)
    lines = []
    if not (spared or is_said(prompt.beside, prompt.text)):
        lines.append(("In full", prompt.beside))
    if prompt.ask_unless_said:
        until = f"; until {prompt.ends}" if prompt.ends else ""
        lines.append((UNLESS_SAID, f"{', '.join(prompt.ask_unless_said)}{until}"))
    return tuple(lines)


def is_said(words: str, aloud: str) -> bool:
    """Whether words are in a line that is said aloud, as they were typed or turned to the client;
    none are."""
    bare = " ".join(words.split()).rstrip(".").casefold()
    turned = " ".join(to_client(word) for word in bare.split())
    return bare in aloud.casefold() or turned in aloud.casefold()
