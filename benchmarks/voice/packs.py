"""Reading packs: one page per client, one JSON file with all lines, empty verdict sheets."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from lines import CODED, Line, Meeting, Pack, Segment

COMPONENTS = {
    "context_setting": "context setting",
    "strategic_inquiry": "inquiry",
    "insight_generation": "insight",
    "action_design": "action",
    "momentum_planning": "momentum",
    "break": "break",
}


class Bench(Struct, frozen=True, kw_only=True):
    """What `lines.json` holds."""

    clients: tuple[Pack, ...]


def write(folder: Path, packs: Sequence[Pack]) -> list[Path]:
    """Write everything a reader needs, and return the paths."""
    paths: list[Path] = []
    for pack in packs:
        path = folder / f"{pack.slug}.md"
        path.write_text("\n".join(page(pack)) + "\n", encoding="utf-8")
        paths.append(path)
    lines = folder / "lines.json"
    bench = msgspec.json.encode(Bench(clients=tuple(packs)))
    lines.write_bytes(msgspec.json.format(bench, indent=2) + b"\n")
    segments = [segment for meeting in meetings(packs) for segment in meeting.segments]
    spoken = [line for segment in segments for line in segment.lines]
    coded = [segment for segment in segments if segment.component in CODED]
    return [
        *paths,
        lines,
        _sheet(
            folder / "lines.csv",
            ("line", "verdict", "hurts", "reason", "text"),
            [(line.id, "", "", "", line.text) for line in spoken],
        ),
        _sheet(
            folder / "segments.csv",
            ("segment", "serves", "reason", "title"),
            [(segment.id, "", "", segment.title) for segment in coded],
        ),
    ]


def meetings(packs: Sequence[Pack]) -> Iterator[Meeting]:
    """All sessions of all clients."""
    for pack in packs:
        yield from pack.meetings


def _sheet(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    return path


def page(pack: Pack) -> Iterator[str]:
    """One client's journey to be read aloud."""
    yield f"# {pack.name} · {pack.journey}"
    yield from ("", pack.about.strip())
    for meeting in pack.meetings:
        yield ""
        yield from _meeting(meeting)


def _meeting(meeting: Meeting) -> Iterator[str]:
    number = int(meeting.id.rpartition(".")[2])
    yield f"## Session {number} · {meeting.date} · {meeting.minutes} minutes"
    yield ""
    yield f"*{meeting.blueprint_title}* (`{meeting.blueprint}`). {meeting.step}"
    yield ""
    yield from _known("Since last time", (meeting.since,))
    yield from _known("Arrives", (meeting.mood, f"energy {meeting.energy}"))
    yield from _known("What matters most today, in their words", (meeting.matters,), quoted=True)
    yield from _known("Topics heard", meeting.topics)
    yield from _known("Commitments", meeting.open)
    yield from _known("Beliefs on record", meeting.beliefs, quoted=True)
    yield from _known("For the coach to decide, not said aloud", meeting.decide)
    for segment in meeting.segments:
        yield ""
        yield from _segment(segment)


def _known(label: str, words: Sequence[str], quoted: bool = False) -> Iterator[str]:
    facts = [" / ".join(word.split("\n")) for word in (word.strip() for word in words) if word]
    if facts:
        yield f"- {label}: " + " · ".join(f"“{word}”" if quoted else word for word in facts)


def _segment(segment: Segment) -> Iterator[str]:
    yield f"### {segment.start}–{segment.end} {segment.title}"
    yield ""
    intent = f" Intent: {segment.intent}." if segment.intent else ""
    yield f"`{segment.id}` ({COMPONENTS[segment.component]}).{intent}"
    if segment.activities:
        yield f"Also done here: {', '.join(segment.activities)}."
    yield ""
    for line in segment.lines:
        yield from _line(line)
    if not segment.lines:
        yield "- *(nothing is said by plan)*"


def _line(line: Line) -> Iterator[str]:
    yield f"- `{line.id}` {line.kind}: **{' '.join(line.text.split())}** ({line.source})"
    if line.beside:
        yield f"  - beside it, for the eye: {' / '.join(line.beside.splitlines())}"
