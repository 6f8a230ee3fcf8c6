"""The journey in a terminal: the arc as wide as the terminal allows, then what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from trajplan.actions.journey import JourneyPhase, JourneyStop, JourneyView
from trajplan.dates import MONTHS, short_date
from trajplan.pages import look
from trajplan.pages.journey import (
    MARKS,
    STAGE_MARKS,
    evidence,
    exit_line,
    facts,
    held_up,
    mark,
    state,
)
from trajplan.pages.look import bulleted, heading, labelled, say, stacked

NARROWEST = 4
"""Columns a session needs: a number of two digits and a space on each side."""
WIDEST = 8
LABEL = 7
"""Columns of a day such as `23 Feb` and the space behind it."""
GAP = 3
"""Columns between two phases."""


def view(found: JourneyView) -> RenderableType:
    """The arc first: where we are is seen before it is read."""
    number = found.engagement.ordinal
    title = f"Journey · {found.client.name}" + (f" · engagement {number}" if number > 1 else "")
    parts: list[RenderableType] = [
        say(title, look.TITLE),
        labelled(facts(found)),
        Text(),
        Arc(found),
        _legend(found),
        Text(),
    ]
    for phase in found.phases:
        parts += [_phase(found, phase), Text()]
    if found.meetings:
        pairs = [
            (
                short_date(one.date),
                f"{name}, {one.state}" + (f", {one.start_time}" * bool(one.start_time)),
            )
            for name, one in found.meetings
        ]
        parts += [heading("Beside the arc"), labelled(pairs), Text()]
    parts += [heading("Stages"), _stages(found), Text()]
    parts += [heading("What holds it up"), *(say(line) for line in held_up(found.stall))]
    return stacked(parts)


@dataclass(frozen=True)
class _Row:
    """Phases, or parts of one, that share a line of the arc."""

    parts: list[tuple[str, tuple[JourneyStop, ...]]]


class Arc:
    """Sessions as marks on a line, phases above, days below; it breaks between phases."""

    def __init__(self, found: JourneyView) -> None:
        self.found = found

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay the arc out for this width."""
        places = sum(len(phase.places) for phase in self.found.phases)
        gaps = GAP * (len(self.found.phases) - 1)
        cell = max(NARROWEST, min(WIDEST, (options.max_width - gaps) // max(1, places)))
        rows = _rows(self.found.phases, cell, options.max_width)
        for at, row in enumerate(rows):
            if at:
                yield Text()
            yield from _drawn(self.found, row, cell, last=at == len(rows) - 1)


def _rows(phases: Sequence[JourneyPhase], cell: int, width: int) -> list[_Row]:
    """Share the phases out over lines; a phase longer than a line goes on in the next."""
    most = max(1, width // cell)
    rows: list[_Row] = []
    used = 0
    for phase in phases:
        for start in range(0, len(phase.places), most):
            part = phase.places[start : start + most]
            need = _width(phase.id, part, cell)
            if rows and used + GAP + need <= width:
                rows[-1].parts.append((phase.id, part))
                used += GAP + need
            else:
                rows.append(_Row([(phase.id, part)]))
                used = need
    return rows


def _width(phase: str, places: Sequence[JourneyStop], cell: int) -> int:
    """Columns of a stretch: room for its sessions, and for its name."""
    return max(cell * len(places), len(phase))


def _drawn(found: JourneyView, row: _Row, cell: int, *, last: bool) -> list[Text]:
    names, line, numbers, days = Text(), Text(), Text(), Text()
    for at, (phase, places) in enumerate(row.parts):
        if at:
            line.append("─" * GAP, look.QUIET)
            for one in (names, numbers):
                one.append(" " * GAP)
        width = _width(phase, places, cell)
        names.append_text(_cut(phase.capitalize(), width, look.HEADING))
        figures = Text()
        drawn = Text()
        for place in places:
            drawn.append(mark(found, place), _style(found, place))
            drawn.append("─" * (cell - 1), look.QUIET)
            style = look.CLOCK if _is_next(found, place) else look.QUIET
            figures.append_text(_cut(str(place.session.number), cell, style))
        end = last and at == len(row.parts) - 1
        if end:
            drawn.right_crop(cell - 1)
        else:
            drawn.append("─" * (width - cell * len(places)), look.QUIET)
        line.append_text(drawn)
        numbers.append_text(_cut_text(figures, width))
        # A day may reach into the gap behind its phase, where there is one.
        room = width if at == len(row.parts) - 1 else width + GAP
        days.append_text(_cut_text(_days(found, places, cell, room), room))
    return [names, line, numbers, days]


def _days(found: JourneyView, places: Sequence[JourneyStop], cell: int, room: int) -> Text:
    """The day under the first session of a stretch and under the next one, where there is room."""
    text = Text()
    ahead = next((at for at, place in enumerate(places) if _is_next(found, place)), 0)
    first = _starts(ahead * cell, room)
    for at, place in enumerate(places):
        start = _starts(at * cell, room)
        if at < ahead and first - start < LABEL:
            continue  # the day of the next session needs the room
        day = place.session.date
        label = f"{day.day} {MONTHS[day.month - 1][:3]}"
        wanted = at == 0 or cell >= WIDEST - 1 or _is_next(found, place)
        if not wanted or len(text) > start:
            continue
        text.append(" " * (start - len(text)))
        text.append(f"{label} ", look.CLOCK if _is_next(found, place) else look.QUIET)
    return text


def _starts(column: int, room: int) -> int:
    """Where a day begins: under its session, or further left where it would be cut off."""
    return max(0, min(column, room - LABEL + 1))


def _cut(words: str, width: int, style: str) -> Text:
    return _cut_text(say(words, style), width)


def _cut_text(text: Text, width: int) -> Text:
    text.truncate(width, pad=True)
    return text


def _is_next(found: JourneyView, place: JourneyStop) -> bool:
    return found.next is not None and place.session.id == found.next.id


def _style(found: JourneyView, place: JourneyStop) -> str:
    if _is_next(found, place):
        return look.HEADING
    return look.WARNING if place.session.state in ("missed", "cancelled") else look.TITLE


def _legend(found: JourneyView) -> Text:
    """Only the marks that are drawn."""
    drawn = {mark(found, place) for phase in found.phases for place in phase.places}
    return Text(
        "   ".join(f"{one} {name}" for name, one in MARKS.items() if one in drawn), look.QUIET
    )


def _phase(found: JourneyView, phase: JourneyPhase) -> RenderableType:
    rows: list[tuple[Text, RenderableType]] = []
    for place in phase.places:
        about = Text()
        about.append(f"{short_date(place.session.date)}  ", look.CLOCK)
        about.append_text(say(state(place), look.QUIET))
        sign = Text(f"{place.session.number:>2} ")
        sign.append(mark(found, place), _style(found, place))
        rows.append((sign, stacked([about, say(place.step)])))
    parts: list[RenderableType] = [
        heading(phase.id.capitalize()),
        say(phase.purpose, "italic"),
        bulleted(rows),
    ]
    if phase.milestone.criteria:
        line = say("Milestone ", look.TITLE)
        line.append_text(say(exit_line(phase.milestone), look.QUIET))
        parts.append(Padding(line, (0, 0, 0, 2)))
        ticks = [(Text("☑" if met else "☐"), say(text)) for text, met in phase.milestone.criteria]
        parts.append(bulleted(ticks, indent=5))
    return stacked(parts)


def _stages(found: JourneyView) -> RenderableType:
    rows: list[tuple[Text, RenderableType]] = []
    for one in found.stages:
        title = say(one.stage.id.capitalize(), look.TITLE)
        title.append_text(say(f"  {', '.join(one.phases)}", look.QUIET))
        lines: list[RenderableType] = [title, say(one.stage.about, "italic")]
        lines += [say(f"· {line}") for line in evidence(one)]
        rows.append((Text(STAGE_MARKS[bool(one.evidence)]), stacked(lines)))
    return bulleted(rows)
