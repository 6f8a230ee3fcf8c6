"""Scaled questions over the sessions: each answer, missing ones as missing, and how it moved."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.actions.scaled import ScaledLog
from trajplan.measures.scaled import ScaledSeries
from trajplan.pages import drawings
from trajplan.pages.document import Document
from trajplan.pages.page import Spark
from trajplan.pages.tci_log import MISSING
from trajplan.pages.text import markdown
from trajplan.pages.words import scale_ends, signed

ABOUT = "The client's own numbers, 1–10. A session in which a question was not answered shows –."
EMPTY = (
    "No scaled question has been answered yet; a wrap keeps answers under `scaled`, "
    "and so does `check-in --scaled`."
)


def scaled_log_page(log: ScaledLog) -> Document:
    """The log as a document."""
    return Document(
        markdown=lambda: _markdown(log),
        terminal=lambda: _terminal(log),
        data=lambda: {
            "client": log.client,
            "client_name": log.client_name,
            "sessions": list(log.sessions),
            "questions": [
                {
                    **{name: value for name, value in to_builtins(one).items() if name != "values"},
                    "answers": [
                        {"session": number, "value": value}
                        for number, value in zip(log.sessions, one.values, strict=True)
                    ],
                }
                for one in log.series
            ],
        },
    )


def _title(log: ScaledLog) -> str:
    return f"Scaled questions · {log.client_name}"


def _cells(one: ScaledSeries) -> list[str]:
    return [MISSING if value is None else str(value) for value in one.values]


def _moved(one: ScaledSeries) -> str:
    """How it moved: the sparkline, then both changes."""
    line = drawings.spark(Spark(one.values))
    if one.change_since_first is None or one.change_since_last is None:
        return f"{line}  answered once"
    last, first = signed(one.change_since_last), signed(one.change_since_first)
    return f"{line}  {last} since the answer before, {first} since the first"


def _markdown(log: ScaledLog) -> str:
    lines = [f"# {markdown(_title(log))}", ""]
    if not log.series:
        return "\n".join([*lines, markdown(EMPTY)]) + "\n"
    lines += [ABOUT, ""]
    lines.append("| question | " + " | ".join(f"s{n}" for n in log.sessions) + " | moved |")
    lines.append("|---|" + "---|" * len(log.sessions) + "---|")
    for one in log.series:
        ends = scale_ends(one.text, one.low, one.high)
        asked = " ".join([markdown(one.text), *([markdown(f"({ends})")] if ends else [])])
        asked += f" `{one.question}`"
        lines.append(f"| {asked} | {' | '.join(_cells(one))} | {_moved(one)} |")
    return "\n".join(lines) + "\n"


def _terminal(log: ScaledLog) -> Any:
    from rich.padding import Padding
    from rich.text import Text

    from trajplan.pages.look import QUIET, TITLE, say, stacked, table

    title = say(_title(log), TITLE)
    if not log.series:
        return stacked([title, say(EMPTY)])
    parts: list[Any] = [title, say(ABOUT, QUIET)]
    columns = [f"s{number}" for number in log.sessions]
    for one in log.series:
        ends = scale_ends(one.text, one.low, one.high)
        parts += [
            Text(),
            say(one.text, TITLE),
            say(" · ".join(filter(None, [ends, one.question])), QUIET),
            # A table a question: twelve sessions and a text would not fit beside each other.
            Padding(table(columns, [_cells(one)], right=range(len(columns))), (0, 0, 0, 2)),
            Padding(say(_moved(one)), (0, 0, 0, 2)),
        ]
    return stacked(parts)
