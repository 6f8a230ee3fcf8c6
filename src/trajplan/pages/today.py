"""The day on one page: who comes, and what waits with whom."""

from __future__ import annotations

from typing import Any

from trajplan.actions.today import ClientToday, Today
from trajplan.dates import long_date, short_date
from trajplan.pages.document import Document
from trajplan.pages.text import markdown
from trajplan.planning.due_items import DueItem


def today_page(found: Today) -> Document:
    """Everything that waits, client by client; clients with nothing are named in one line."""
    return Document(
        markdown=lambda: _markdown(found),
        terminal=lambda: _terminal(found),
        data=lambda: _data(found),
    )


def _head(found: Today) -> str:
    return f"Today · {long_date(found.date)}"


def _busy(found: Today) -> list[ClientToday]:
    return [one for one in found.clients if one.busy]


def _about(one: ClientToday) -> str:
    if one.closed:
        return f"closed {short_date(one.closed)}"
    if one.next is None:
        return "every session is held"
    if one.next.state != "planned":
        return f"next: session {one.next.number}, {one.next.state}, no new day yet"
    return f"next: session {one.next.number}, {short_date(one.next.date)}"


_STANDS = {"open": "open", "partly": "done in part", "not_yet": "not done yet"}


def _line(one: DueItem) -> str:
    text = one.text
    if one.kind == "commitment_due":
        text = f"due {short_date(one.date)} and {_STANDS[one.state]}: {one.text}"
    return f"session {one.session}: {text}" if one.session else text


def _command(one: ClientToday, each: DueItem) -> str:
    return f"{each.command} --client {one.client.slug}"


def _why(one: ClientToday) -> str:
    return f"trajplan journey --client {one.client.slug}"


def _quiet(found: Today) -> str:
    """Who waits for nothing, in one sentence."""
    names = [f"{one.client.name} ({_about(one)})" for one in found.clients if not one.busy]
    return f"Nothing waits with {'; '.join(names)}." if names else ""


def _markdown(found: Today) -> str:
    lines = [f"# {_head(found)}", ""]
    for one in _busy(found):
        lines += [f"## {markdown(one.client.name)}", "", f"*{_about(one)}*", ""]
        for each in one.waiting:
            lines.append(f"- {markdown(_line(each))}: `{_command(one, each)}`")
        if one.off_track:
            lines.append(f"- **Off track:** {markdown('; '.join(one.off_track))}")
            lines.append(f"  {markdown(one.stall.likely_cause)} `{_why(one)}`")
        lines.append("")
    if quiet := _quiet(found):
        lines += [markdown(quiet), ""]
    return "\n".join(lines)


def _terminal(found: Today) -> Any:
    from rich.text import Text

    from trajplan.pages.look import QUIET, TITLE, WARNING, bulleted, heading, say, stacked

    parts: list[Any] = [say(_head(found), TITLE), Text()]
    mark = Text("•")
    for one in _busy(found):
        parts += [heading(one.client.name), say(_about(one), QUIET)]
        rows: list[tuple[Text, Any]] = [
            (mark, stacked([say(_line(each)), say(_command(one, each), QUIET)]))
            for each in one.waiting
        ]
        if one.off_track:
            said = say(f"off track: {'; '.join(one.off_track)}", WARNING)
            lines = [said, say(one.stall.likely_cause), say(_why(one), QUIET)]
            rows.append((mark, stacked(lines)))
        parts.append(bulleted(rows, indent=0))
        parts.append(Text())
    if quiet := _quiet(found):
        parts.append(say(quiet))
    return stacked(parts)


def _data(found: Today) -> dict[str, Any]:
    return {
        "date": found.date.isoformat(),
        "clients": [
            {
                "client": one.client.slug,
                "client_name": one.client.name,
                "next_session": one.next.number if one.next else None,
                "next_date": one.next.date.isoformat() if one.next else None,
                "closed": one.closed.isoformat() if one.closed else None,
                "off_track": list(one.off_track),
                "likely_cause": one.stall.likely_cause if one.off_track else "",
                "silent": one.stall.silent,
                "waiting": [
                    {
                        "kind": each.kind,
                        "session": each.session,
                        "date": each.date.isoformat(),
                        "text": each.text,
                        "command": _command(one, each),
                    }
                    for each in one.waiting
                ],
            }
            for one in found.clients
        ],
    }
