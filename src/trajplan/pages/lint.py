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
from trajplan.pages.listing import Listing, listing
from trajplan.text import visible

THIN = "thin"


def hint_lines(hints: Sequence[Hint]) -> Document:
    """Hints as `FILE:LINE: id: message`, so that editors and pipes can follow them."""
    return Document(
        markdown=lambda: "".join(f"{visible(str(one))}\n" for one in hints),
        terminal=lambda: _hints_terminal(hints),
        data=lambda: [to_builtins(one) for one in hints],
    )


def _hints_terminal(hints: Sequence[Hint]) -> Any:
    from rich.text import Text

    from trajplan.pages.look import QUIET, TITLE, say, stacked

    if not hints:
        return say("No hint.", QUIET)
    return stacked(
        [
            Text.assemble(
                say(f"{one.file}:{one.line} ", QUIET),
                say(f"{one.hint} ", TITLE),
                say(f"“{one.words}” " if one.words else ""),
                say(one.message),
            )
            for one in hints
        ]
    )


def judged_lines(lines: Sequence[JudgedLine]) -> Document:
    """What a coach said, line by line: hints for people, every line for programs."""
    hints = [
        Hint("<standard input>", one.line, found.hint, "", found.words, found.message)
        for one in lines
        for found in one.findings
    ]
    return Document(
        markdown=hint_lines(hints).markdown,
        terminal=hint_lines(hints).terminal,
        data=lambda: [_judged(one) for one in lines],
    )


def _judged(one: JudgedLine) -> dict[str, Any]:
    return {
        "line": one.line,
        "text": one.text,
        "hints": list(dict.fromkeys(found.hint for found in one.findings)),
        "level": one.level,
        "open": one.open,
        "findings": [to_builtins(found) for found in one.findings],
    }


def coverage_table(rows: Sequence[CoverageRow]) -> Document:
    """The table of phase, target and level, with the thin cells marked."""
    thin = sum(len(row.thin) for row in rows)
    about = f"At least {ENOUGH} of each level and {ENOUGH_LIGHT} light ones are wanted. "
    about += f"{thin} cells are thin." if thin else "No cell is thin."
    return listing(
        Listing(
            title="Questions by phase, target and level",
            about=about,
            columns=("phase", "target", *LEVELS, "light"),
            rows=tuple(
                (
                    row.phase,
                    row.target,
                    *(_cell(row, level, row.levels[level]) for level in LEVELS),
                    _cell(row, "light", row.light),
                )
                for row in rows
            ),
            data=[{**to_builtins(row), "thin": list(row.thin)} for row in rows],
            empty="No journey has a phase.",
        )
    )


def _cell(row: CoverageRow, name: str, count: int) -> str:
    return f"{count} {THIN}" if name in row.thin else str(count)
