"""The page for whoever pays, made from a type that holds only what a client can release (R116).

Ratings, notes, assumptions, questions and answers cannot reach it: `SponsorPage` has no place for
them. A part that is None was not released.
"""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from trajplan.actions.sponsor import Attendance, SponsorPage
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.text import markdown
from trajplan.pages.words import DISCLAIMER, STATUSES
from trajplan.text import plural

NOTHING = "Nothing has been released to a sponsor."
REST = (
    "This page shows what the client has released. Everything else stays between client and coach."
)


def sponsor_page(found: SponsorPage) -> Document:
    """The page as a document."""
    return Document(
        markdown=lambda: _markdown(found),
        terminal=lambda: _terminal(found),
        data=lambda: to_builtins(found),
    )


def _title(found: SponsorPage) -> str:
    return f"Coaching of {found.client_name}" if found.client_name else "For the sponsor"


def _for(found: SponsorPage) -> str:
    by = f", from {found.coach}" if found.coach else ""
    return f"For {found.sponsor}{by}, {short_date(found.date)}"


def _parts(found: SponsorPage) -> list[tuple[str, tuple[str, ...]]]:
    """Headings with their lines, of what was released."""
    parts: list[tuple[str, tuple[str, ...]]] = []
    if found.attendance:
        parts.append(("How often we met", _attendance(found.attendance)))
    if found.dates:
        lines = [short_date(one) for one in found.dates.held] or ["none so far"]
        if found.dates.next:
            lines.append(f"next: {short_date(found.dates.next)}")
        parts.append(("The dates", tuple(lines)))
    if found.goals is not None:
        parts.append(
            ("The goals agreed with the sponsor", found.goals or ("none written down yet",))
        )
    if found.phases is not None:
        done = tuple(f"{one.name} ({plural(one.sessions, 'session')})" for one in found.phases)
        parts.append(("Phases completed", done or ("none so far",)))
    if found.commitments is not None:
        taken = tuple(
            f"{one.what}, by {short_date(one.due)} ({STATUSES[one.status]})"
            for one in found.commitments
        )
        parts.append(("Commitments", taken or ("none so far",)))
    return parts


def _attendance(one: Attendance) -> tuple[str, ...]:
    lines = [f"{one.held} of {plural(one.of, 'session')} held"]
    lines += [f"{one.missed} missed"] if one.missed else []
    lines += [f"{one.cancelled} cancelled"] if one.cancelled else []
    return tuple(lines)


def _markdown(found: SponsorPage) -> str:
    lines = [f"# {markdown(_title(found))}", ""]
    if found.missing:
        lines += [NOTHING, "", *(f"- **Missing:** {markdown(one)}" for one in found.missing)]
        return "\n".join(lines) + "\n"
    lines += [markdown(_for(found)), ""]
    for name, texts in _parts(found):
        lines += [f"## {name}", "", *(f"- {markdown(text)}" for text in texts), ""]
    return "\n".join([*lines, REST, "", f"*{DISCLAIMER}*"]) + "\n"


def _terminal(found: SponsorPage) -> Any:
    from rich.text import Text

    from trajplan.pages.look import QUIET, TITLE, bulleted, heading, labelled, say, stacked

    if found.missing:
        missing = [("Missing", one) for one in found.missing]
        return stacked([say(_title(found), TITLE), say(NOTHING), labelled(missing)])
    parts: list[Any] = [say(_title(found), TITLE), say(_for(found)), Text()]
    for name, texts in _parts(found):
        parts.append(heading(name))
        parts.append(bulleted([(Text("·"), say(text)) for text in texts], indent=0))
        parts.append(Text())
    return stacked([*parts, say(REST), say(DISCLAIMER, QUIET)])
