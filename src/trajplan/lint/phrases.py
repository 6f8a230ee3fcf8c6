"""The patterns that the lint and the planning hear, read from the text files in `phrases/`.

They are data rather than code so that a person can read them, one a line with a word on what each
group is for, and mend one without touching the grammar that uses them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from trajplan.text import pattern

_FOLDER = Path(__file__).parent / "phrases"
_HEADER = pattern(r"\[([a-z -]+)\]")
_USE = pattern(r"<(?P<name>[a-z-]+)>")


class Weighted(Struct, frozen=True):
    """A pattern that speaks for something, and how much."""

    weight: float
    pattern: re.Pattern[str]


def any_of(file: str, section: str, flags: int = 0, parts: Sequence[str] = ()) -> re.Pattern[str]:
    """One pattern that matches whatever any pattern of a section does; `parts` as in `pattern`."""
    return pattern(lambda: "|".join(sections(file)[section]), flags, parts)


def heard(file: str, section: str, parts: Sequence[str] = ()) -> re.Pattern[str]:
    """The same in capital and small letters, as people type."""
    return any_of(file, section, re.IGNORECASE, parts)


@cache
def each_of(file: str, section: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a section, in their order."""
    return tuple(map(pattern, sections(file)[section]))


@cache
def words_in(section: str, file: str = "words") -> frozenset[str]:
    """The words of a section of a file that lists them."""
    return frozenset(" ".join(sections(file)[section]).split())


def weighted(section: str) -> tuple[Weighted, ...]:
    """The patterns of a section of `levels.txt`, whose lines begin with a weight."""
    patterns = []
    for line in sections("levels")[section]:
        weight, _, phrase = line.partition(" ")
        patterns.append(Weighted(float(weight), pattern(phrase.strip())))
    return tuple(patterns)


@cache
def sections(file: str) -> Mapping[str, tuple[str, ...]]:
    """The lines of each section of a file, put together and with their names filled in."""
    names: dict[str, str] = {}
    by_name: dict[str, list[str]] = {}
    here: list[str] = []
    for line in _lines((_FOLDER / f"{file}.txt").read_text(encoding="utf-8")):
        if line.startswith("@"):
            name, _, phrase = line[1:].partition(" ")
            names[name] = _filled(phrase, names)
        elif line.startswith("[") and (header := _HEADER.fullmatch(line)):
            here = by_name.setdefault(header[1], [])
        else:
            here.append(line)
    return {name: tuple(_filled(line, names) for line in lines) for name, lines in by_name.items()}


def _lines(text: str) -> list[str]:
    """Lines that say something, each with the lines that continue it."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            more = line.strip()
            lines[-1] += f"|{more[2:]}" if more.startswith("| ") else more
        else:
            lines.append(line.rstrip())
    return lines


def _filled(phrase: str, names: Mapping[str, str]) -> str:
    if "<" not in phrase:
        return phrase  # most, and the files are read in every run that makes a plan
    return _USE.sub(lambda match: names.get(match["name"], match[0]), phrase)
