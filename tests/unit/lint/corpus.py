"""The labelled utterances, and how well the judge agrees with them.

`python tests/unit/lint/corpus.py` prints the figures of docs/reference/lint.md; with `--misses`
also every line the judge sees differently.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trajplan.lint.judge import Judgement, judge

HERE = Path(__file__).parent
PARTS = {
    "tuning": HERE / "corpus_tuning.tsv",
    "held out": HERE / "corpus_held_out.tsv",
    "fresh": HERE / "corpus_fresh.tsv",
}
LEVELS = {"I": "informational", "A": "analytical", "T": "transformational"}
# `too-long` only counts words, so there is nothing to agree about.
LABELLED = (
    "closed",
    "leading",
    "stacked",
    "why-blame",
    "advice-in-disguise",
    "offer-without-permission",
    "promise",
    "blame",
)


@dataclass(frozen=True)
class Labelled:
    """One utterance as a person judged it."""

    text: str
    is_open: bool
    level: str
    hints: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Right and wrong findings of one hint."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        found = self.right + self.false
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0


def read(part: str) -> tuple[Labelled, ...]:
    """The utterances of one part: `tuning` or `held out`."""
    return tuple(_read(PARTS[part]))


def _read(path: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        asked, level, hints, text = line.split("\t")
        labels = frozenset() if hints == "-" else frozenset(hints.split(","))
        yield Labelled(text, asked == "yes", LEVELS[level], labels)


def judged(part: str) -> list[tuple[Labelled, Judgement]]:
    return [(labelled, judge(labelled.text)) for labelled in read(part)]


def open_agreement(pairs: list[tuple[Labelled, Judgement]]) -> float:
    return sum(one.is_open == seen.is_open for one, seen in pairs) / len(pairs)


def level_agreement(pairs: list[tuple[Labelled, Judgement]]) -> float:
    return sum(one.level == seen.reading.level for one, seen in pairs) / len(pairs)


def score(pairs: list[tuple[Labelled, Judgement]], hint: str = "") -> Score:
    """The score of one hint, or of all of them together."""
    right = false = missed = 0
    for one, seen in pairs:
        for name in [hint] if hint else LABELLED:
            right += name in one.hints and name in seen.hints
            false += name not in one.hints and name in seen.hints
            missed += name in one.hints and name not in seen.hints
    return Score(right, false, missed)


def report(part: str, misses: bool) -> Iterator[str]:
    pairs = judged(part)
    yield f"{part}: {len(pairs)} utterances"
    yield f"  open or closed agrees  {open_agreement(pairs):6.1%}"
    yield f"  level agrees           {level_agreement(pairs):6.1%}"
    yield f"  {'hint':<26}{'precision':>10}{'recall':>8}{'labelled':>10}"
    for hint in ("", *LABELLED):
        found = score(pairs, hint)
        total = found.right + found.missed
        yield f"  {hint or 'all':<26}{found.precision:>10.0%}{found.recall:>8.0%}{total:>10}"
    if misses:
        for one, seen in pairs:
            yield from _differences(one, seen)


def _differences(one: Labelled, seen: Judgement) -> Iterator[str]:
    found = {name for name in seen.hints if name in LABELLED}
    what = []
    if one.is_open != seen.is_open:
        form = seen.turn.last.form if seen.turn.last else "statement"
        what.append(f"open {one.is_open} seen {seen.is_open} ({form})")
    if one.level != seen.reading.level:
        what.append(f"{one.level} seen {seen.reading.level} {dict(seen.reading.weights)}")
    if one.hints != found:
        what.append(f"missed {sorted(one.hints - found)} extra {sorted(found - one.hints)}")
    if what:
        yield f"    {one.text}\n        {'; '.join(what)}"


def main() -> None:
    for part in PARTS:
        show = "--misses" in sys.argv or f"--misses={part}" in sys.argv
        sys.stdout.write("\n".join(report(part, show)) + "\n\n")


if __name__ == "__main__":
    main()
