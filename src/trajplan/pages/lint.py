"""What the lint found: one hint a line, judged lines, and the table of thin places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.content.vocabulary import LEVELS
from trajplan.lint.banks import ENOUGH, ENOUGH_LIGHT, CoverageRow
from trajplan.lint.hints import Hint
from trajplan.lint.plain import JudgedLine
from trajplan.pages.document import Document
from trajplan.pages.page import Line, Page, listed, quiet
from trajplan.text import visible

THIN = "thin"


def hint_lines(hints: Sequence[Hint]) -> Document:
    """Hints as `FILE:LINE: id: message`, so that editors and pipes can follow them."""
    return Document(text=lambda: _lines(hints), data=lambda: to_builtins(hints))


def _lines(hints: Sequence[Hint]) -> str:
    return "".join(f"{visible(str(hint))}\n" for hint in hints)


def judged_lines(lines: Sequence[JudgedLine]) -> Document:
    """What a coach said, line by line: hints for people, every line for programs."""
    hints = [
        Hint("<standard input>", line.line, finding.hint, "", finding.words, finding.message)
        for line in lines
        for finding in line.findings
    ]
    return Document(text=lambda: _lines(hints), data=lambda: [_judged(line) for line in lines])


def _judged(line: JudgedLine) -> dict[str, Any]:
    return {
        "line": line.line,
        "text": line.text,
        "hints": list(dict.fromkeys(finding.hint for finding in line.findings)),
        "level": line.level,
        "open": line.open,
        "findings": to_builtins(line.findings),
    }


def coverage_table(rows: Sequence[CoverageRow]) -> Document:
    """The table of phase, target and level, with the thin cells marked."""
    return Document(
        page=lambda: _coverage(rows),
        data=lambda: [{**to_builtins(row), "thin": list(row.thin)} for row in rows],
    )


def _coverage(rows: Sequence[CoverageRow]) -> Page:
    thin = sum(len(row.thin) for row in rows)
    about = f"At least {ENOUGH} of each level and {ENOUGH_LIGHT} light ones are wanted. "
    about += f"{thin} cells are thin." if thin else "No cell is thin."
    table = listed(
        ("phase", "target", *LEVELS, "light"),
        (
            (
                row.phase,
                row.target,
                *(_cell(row, level, row.levels[level]) for level in LEVELS),
                _cell(row, "light", row.light),
            )
            for row in rows
        ),
        "No journey has a phase.",
    )
    return Page("Questions by phase, target and level", (Line((quiet(about),)), table))


def _cell(row: CoverageRow, name: str, count: int) -> str:
    return f"{count} {THIN}" if name in row.thin else str(count)
