"""Count what readers said, each reader apart.

    python benchmarks/voice/score.py --lines DIR/lines.json [--key FILE]... READER_DIR...

A reader's folder is named after the reader and holds the sheets as filled in: `lines.csv`,
`segments.csv`, `pairs-NAME.csv`, any of them. What was left blank is not judged and not counted.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import Struct

from lines import CODED, Line, LineKind, Segment
from packs import Bench, meetings
from pairs import Key

VERDICTS = ("keep", "reword", "cut")
YES_NO = ("yes", "no")
CHOICES = ("a", "b", "tie")
ASKED_FOR = {"question": 85, "prompt": 80, "segments": 90, "public": 65, "classics": 45}
"""Percent; see the README."""


class Verdict(Struct, frozen=True, kw_only=True):
    """One row of a reader's sheet."""

    about: str
    """The id of a line, segment or pair."""
    answer: str
    hurts: str
    reason: str


def main() -> None:
    """Read the verdicts and print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=Path, required=True, help="lines.json of the same run")
    parser.add_argument("--key", type=Path, action="append", default=[], help="of blind pairs")
    parser.add_argument("readers", type=Path, nargs="+", metavar="READER_DIR")
    options = parser.parse_args()
    bench = msgspec.json.decode(options.lines.read_bytes(), type=Bench)
    segments = {
        segment.id: segment for meeting in meetings(bench.clients) for segment in meeting.segments
    }
    lines = {line.id: line for segment in segments.values() for line in segment.lines}
    keys = [msgspec.json.decode(path.read_bytes(), type=Key) for path in options.key]
    out: list[str] = []
    for reader in options.readers:
        out += [f"# {reader.resolve().name}", "", *report(reader, lines, segments, keys), ""]
    sys.stdout.write("\n".join(out))


def report(
    reader: Path,
    lines: Mapping[str, Line],
    segments: Mapping[str, Segment],
    keys: Sequence[Key],
) -> Iterator[str]:
    """One reader's counts, with every line that could hurt."""
    sheets = sorted(reader.glob("*.csv"))
    if not sheets:
        raise SystemExit(f"{reader}: no verdict sheet")
    yield "| what | judged | counts | share | asked for |"
    yield "| --- | --- | --- | --- | --- |"
    hurts = ["Could hurt somebody: not judged"]
    for sheet in sheets:
        if sheet.name == "lines.csv":
            verdicts = rows(sheet, "line", "verdict", VERDICTS, lines)
            yield from lines_of(verdicts, lines)
            hurts = hurting(verdicts, lines)
        elif sheet.name == "segments.csv":
            coded = {
                name: segment for name, segment in segments.items() if segment.component in CODED
            }
            yield from segments_of(rows(sheet, "segment", "serves", YES_NO, coded), coded)
        else:
            key = next((key for key in keys if sheet.name == f"pairs-{key.name}.csv"), None)
            if key is None:
                raise SystemExit(f"{sheet}: no --key is for this sheet")
            pairs = {pair.id: pair for pair in key.pairs}
            ours = {name: pair.ours.lower() for name, pair in pairs.items()}
            yield pairs_of(rows(sheet, "pair", "choice", CHOICES, pairs), key.name, ours)
    yield ""
    yield from hurts


def rows(
    sheet: Path, head: str, column: str, allowed: Sequence[str], known: Mapping[str, object]
) -> list[Verdict]:
    """A sheet's rows that say something. An unknown id or verdict ends the count, with its line."""
    verdicts: dict[str, Verdict] = {}
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            where = f"{sheet}:{reader.line_num}"
            cells = {name: (cell or "").strip() for name, cell in row.items() if name}
            verdict = Verdict(
                about=cells.get(head, ""),
                answer=cells.get(column, "").lower(),
                hurts=cells.get("hurts", "").lower(),
                reason=cells.get("reason", ""),
            )
            if verdict.about not in known:
                raise SystemExit(f"{where}: no {head} `{verdict.about}` in this run")
            if verdict.about in verdicts:
                raise SystemExit(f"{where}: `{verdict.about}` is judged twice")
            if verdict.answer not in ("", *allowed):
                raise SystemExit(f"{where}: `{verdict.answer}` is none of {', '.join(allowed)}")
            if verdict.hurts not in ("", *YES_NO):
                raise SystemExit(f"{where}: `{verdict.hurts}` under hurts is neither yes nor no")
            if verdict.answer or verdict.hurts:
                verdicts[verdict.about] = verdict
    return list(verdicts.values())


def lines_of(verdicts: Sequence[Verdict], lines: Mapping[str, Line]) -> Iterator[str]:
    """How many lines of each kind would stay as they are."""
    for kind in get_args(LineKind):
        counts = Counter(
            verdict.answer
            for verdict in verdicts
            if verdict.answer and lines[verdict.about].kind == kind
        )
        shown = sum(line.kind == kind for line in lines.values())
        yield _row(f"{kind}s", counts, VERDICTS, ("keep",), shown, ASKED_FOR.get(kind))


def hurting(verdicts: Sequence[Verdict], lines: Mapping[str, Line]) -> list[str]:
    """How many lines could hurt somebody, and each of them with the reader's reason."""
    lines_that_hurt = [verdict for verdict in verdicts if verdict.hurts == "yes"]
    return [
        f"Could hurt somebody: {len(lines_that_hurt)} of {len(verdicts)} lines",
        *(
            f"- `{verdict.about}` {lines[verdict.about].text} ({verdict.reason or 'no reason'})"
            for verdict in lines_that_hurt
        ),
    ]


def segments_of(verdicts: Sequence[Verdict], coded: Mapping[str, Segment]) -> Iterator[str]:
    """Inquiry, insight and action segments that serve their title, all and by component."""
    by_component = {
        component: Counter(
            verdict.answer
            for verdict in verdicts
            if verdict.answer and coded[verdict.about].component == component
        )
        for component in CODED
    }
    total = sum(by_component.values(), Counter())
    yield _row("segments", total, YES_NO, ("yes",), len(coded), ASKED_FOR["segments"])
    for component, counts in by_component.items():
        shown = sum(segment.component == component for segment in coded.values())
        yield _row(f"  {component.replace('_', ' ')}", counts, YES_NO, ("yes",), shown)


def pairs_of(verdicts: Sequence[Verdict], name: str, ours: Mapping[str, str]) -> str:
    """Blind pairs of one list, from our side."""
    counts = Counter(
        verdict.answer
        if verdict.answer == "tie"
        else "won"
        if verdict.answer == ours[verdict.about]
        else "lost"
        for verdict in verdicts
        if verdict.answer
    )
    outcomes = ("won", "tie", "lost")
    return _row(f"against {name}", counts, outcomes, outcomes[:2], len(ours), ASKED_FOR.get(name))


def _row(
    label: str,
    counts: Counter[str],
    order: Sequence[str],
    good: Sequence[str],
    shown: int,
    asked_for: int | None = None,
) -> str:
    judged = counts.total()
    answers = ", ".join(f"{counts[answer]} {answer}" for answer in order)
    share = f"{100 * sum(counts[answer] for answer in good) / judged:.0f} %" if judged else "–"
    wish = f"{asked_for} %" if asked_for else ""
    return f"| {label} | {judged} of {shown} | {answers} | {share} | {wish} |"


if __name__ == "__main__":
    main()
