"""The brief as a document: Markdown by template, the terminal by rich, JSON in full."""

from __future__ import annotations

from typing import Any

from trajplan.codec import to_plain
from trajplan.pages import brief_lines
from trajplan.pages.document import Document, render
from trajplan.planning.brief import Brief


def brief_page(found: Brief) -> Document:
    """What `prep brief` prints."""
    return Document(
        markdown=lambda: render(
            "brief.md.j2", brief=found, lines=brief_lines, sections=brief_lines.sections(found)
        ),
        terminal=lambda: _terminal(found),
        data=lambda: to_plain(found),
    )


def _terminal(found: Brief) -> Any:
    from rich.text import Text

    from trajplan.pages.look import QUIET, TITLE, heading, labelled, say, stacked

    parts: list[Any] = [
        say(brief_lines.title(found), TITLE),
        say(brief_lines.about(found), QUIET),
        Text(),
    ]
    for one in brief_lines.sections(found):
        parts.append(heading(one.heading))
        parts.append(_narrow([(line.label, line.text) for line in one.lines]))
        for line in one.missing:
            parts.append(say(f"Missing: {line.label}"))
            parts.append(say(f"  {line.text}", QUIET))
        parts.append(Text())
    parts.append(heading("Documents"))
    parts.append(
        labelled(
            [
                (one.title, " · ".join(filter(None, (brief_lines.document_state(one), one.note))))
                for one in found.documents
            ]
        )
    )
    wanted = [one for one in found.documents if one.get]
    if wanted:
        parts += [Text(), say("To get them:")]
        parts += [say(f"  {one.get}", QUIET) for one in wanted]
        parts.append(say(brief_lines.BACK.replace("`", "")))
    return stacked(parts)


def _narrow(rows: list[tuple[str, str]]) -> Any:
    """Labels and texts; a label may be a role of any length, so that it wraps as well."""
    from rich.table import Table

    from trajplan.pages.look import QUIET, say

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style=QUIET, max_width=24, overflow="fold")
    grid.add_column(overflow="fold")
    for label, text in rows:
        grid.add_row(say(label), say(text))
    return grid
