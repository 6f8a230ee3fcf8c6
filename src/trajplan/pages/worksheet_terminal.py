"""A filled worksheet in a terminal: ratings as bars, cards side by side."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from trajplan.actions.worksheets import WorksheetResult
from trajplan.content.worksheet_model import Field
from trajplan.pages import look
from trajplan.pages.look import bulleted, heading, labelled, say, stacked, table
from trajplan.pages.worksheet_parts import Chart, charts_and_fields, sheets_of
from trajplan.pages.worksheet_result import left_empty, missing_yet, title, when
from trajplan.worksheets.answers import Answers
from trajplan.worksheets.summaries import summarise
from trajplan.worksheets.values import cell_text

ACROSS = 3
"""Cards beside each other that stay readable on a line of 80 letters."""


def view(found: WorksheetResult) -> RenderableType:
    """What was written, in the order of the form, then what it shows."""
    parts: list[RenderableType] = [
        say(title(found), look.TITLE),
        say(when(found), look.QUIET),
        Text(),
    ]
    for part in charts_and_fields(found.sheet, found.answers):
        if isinstance(part, Chart):
            parts.append(Bars(part))
            if part.anchors:
                parts.append(say(part.anchors, look.QUIET))
        else:
            parts += [heading(part.label), *_field(part, found.answers)]
        parts.append(Text())
    worked = summarise(found.sheet, found.answers, found.before)
    if worked:
        pairs = [
            (one.title if not at else "", line)
            for one in worked
            for at, line in enumerate(one.lines)
        ]
        parts += [heading("What it shows"), labelled(pairs), Text()]
    ends: list[tuple[str, RenderableType | str]] = []
    if missing_yet(found):
        ends.append(("Still missing", say(missing_yet(found), look.WARNING)))
    if left_empty(found):
        ends.append(("Left empty", left_empty(found)))
    if found.filling.unmatched:
        ends.append(("Belonged to no field", say(found.filling.unmatched)))
    if ends:
        parts.append(labelled(ends))
    return stacked(parts)


class Bars:
    """Ratings as bars in proportion to their scale, as wide as the terminal allows."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay the bars out for this width; labels keep a third of it."""
        width = max(10, min(50, options.max_width * 2 // 3 - 8))
        grid = Table.grid(padding=(0, 1))
        grid.add_column(overflow="fold")
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(no_wrap=True)
        for bar in self.chart.bars:
            rated = Text(bar.value or "–", look.CLOCK if bar.value else look.QUIET)
            grid.add_row(say(bar.label), rated, Text(bar.drawn(width)))
        yield grid


def _field(one: Field, answers: Answers) -> list[RenderableType]:
    answer = answers[one.id]
    if one.type == "table":
        return [
            table(sheet.columns, sheet.rows) for sheet in sheets_of(one, answers, across=ACROSS)
        ]
    if isinstance(answer, tuple):
        return [bulleted([(Text("·"), say(str(item))) for item in answer], indent=0)]
    return [say(line) for line in cell_text(answer).split("\n")]
