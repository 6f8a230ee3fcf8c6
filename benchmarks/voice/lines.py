"""What the plans say aloud: sessions, segments and lines, each with an id a verdict can name."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from story import Session, Story

LineKind = Literal["question", "prompt", "checkpoint", "closing"]
"""`closing`: the prompts with which the client closes, the same few in every session."""
WAYS = "brought-along/paths"
"""The prompt that is said behind the first question of its segment."""
CLOSING = "client-closes"
CODED = ("strategic_inquiry", "insight_generation", "action_design")
"""The components whose segments are asked whether they serve their title."""


class Line(Struct, frozen=True, kw_only=True):
    """One thing the coach says aloud."""

    id: str
    """Client, session and place: `dana.04.07`."""
    segment: str
    kind: LineKind
    source: str
    """The question's id, or the prompt's with its case: `review-commitment/waiting`."""
    text: str
    beside: str = ""
    """What stands beside a prompt for the coach's eye, and is not said."""


class Segment(Struct, frozen=True, kw_only=True):
    """One timed block of a plan."""

    id: str
    """Client, session and the segment's own id: `dana.04.inquiry`."""
    session: str
    component: str
    title: str
    intent: str
    """What the client has at its end; empty where the plan put a segment in, such as a break."""
    start: str
    end: str
    activities: tuple[str, ...]
    """Titles of what is done in it, in the coach's own words."""
    lines: tuple[Line, ...]


class Meeting(Struct, frozen=True, kw_only=True):
    """One planned session and what was known before it."""

    id: str
    """Client and session: `dana.04`."""
    date: str
    minutes: int
    energy: str
    blueprint: str
    blueprint_title: str
    step: str
    matters: str
    topics: tuple[str, ...]
    since: str
    mood: str
    open: tuple[str, ...]
    """Commitments as they stand when the session begins, with what came of them."""
    beliefs: tuple[str, ...]
    decide: tuple[str, ...]
    """What the plan puts to the coach alone; never said aloud."""
    segments: tuple[Segment, ...]


class Pack(Struct, frozen=True, kw_only=True):
    """One client's journey, as it is read."""

    slug: str
    name: str
    journey: str
    about: str
    meetings: tuple[Meeting, ...]


class Known(Struct, frozen=True, kw_only=True):
    """What the command line said on the day of a session."""

    plan: dict[str, Any]
    """`prep session --format json`."""
    intents: dict[tuple[str, str], str]
    """The segments' intents by id and title, from the session's blueprint. Under another title, as
    on a hard day, a segment is for something else."""
    commitments: tuple[str, ...]
    beliefs: tuple[str, ...]


def meeting(story: Story, session: Session, known: Known) -> Meeting:
    """What one plan says, with what the coach knew when it was made."""
    plan = known.plan
    name = f"{story.slug}.{session.number:02}"
    segments: list[Segment] = []
    number = 0
    for segment in plan["segments"]:
        lines = _lines(f"{name}.{segment['id']}", name, number, segment)
        number += len(lines)
        segments.append(
            Segment(
                id=f"{name}.{segment['id']}",
                session=name,
                component=segment["component"],
                title=segment["title"],
                intent=known.intents.get((segment["id"], segment["title"]), ""),
                start=segment["start"],
                end=segment["end"],
                activities=tuple(activity["title"] for activity in segment["activities"]),
                lines=lines,
            )
        )
    return Meeting(
        id=name,
        date=plan["date"],
        minutes=plan["minutes"],
        energy=plan["energy"],
        blueprint=plan["blueprint"],
        blueprint_title=plan["blueprint_title"],
        step=plan["step"],
        matters=plan["matters_most"],
        topics=tuple(topic["id"] for topic in plan["topics"]),
        since=session.since,
        mood=plan["mood"],
        open=known.commitments,
        beliefs=known.beliefs,
        decide=tuple(proposal["why"] for proposal in plan["proposals"]),
        segments=tuple(segments),
    )


def _lines(
    segment_id: str, session_id: str, earlier: int, segment: dict[str, Any]
) -> tuple[Line, ...]:
    """A segment's lines in the order in which the plan has them said: prompts, questions, how the
    client closes, a number with the ratings, the checkpoint."""
    said: list[tuple[LineKind, str, str, str]] = []
    closes: list[tuple[LineKind, str, str, str]] = []
    for prompt in segment["prompts"]:
        source = "/".join(part for part in (prompt["id"], prompt["case"]) if part)
        kind: LineKind = "closing" if prompt["id"] == CLOSING else "prompt"
        lines = closes if prompt["kind"] == "close" else said
        lines.append((kind, source, prompt["text"], prompt["beside"]))
    ends = segment["component"] == "momentum_planning"
    asked = [question for question in segment["questions"] if not (ends and question["anchors"])]
    rated = [question for question in segment["questions"] if question not in asked]
    # They tell their story before they look at several ways it could go.
    ways = [line for line in said if line[1] == WAYS]
    asks: list[tuple[LineKind, str, str, str]] = [
        ("question", question["id"], question["text"], "") for question in asked
    ]
    spoken: list[tuple[LineKind, str, str, str]] = [
        *(line for line in said if line not in ways),
        *asks[:1],
        *ways,
        *asks[1:],
        *closes,
        *(("question", question["id"], question["text"], "") for question in rated),
    ]
    if segment["checkpoint"]:
        spoken.append(("checkpoint", "checkpoint", segment["checkpoint"], ""))
    return tuple(
        Line(
            id=f"{session_id}.{number:02}",
            segment=segment_id,
            kind=kind,
            source=source,
            text=text,
            beside=beside,
        )
        for number, (kind, source, text, beside) in enumerate(spoken, start=earlier + 1)
    )
