"""The Career OS: what a client goes on with alone, on one page (R113).

Made from a type that has no coach-only field (R119): what worked, values and strengths stand in the
client's own words, from their records.
"""

from __future__ import annotations

from typing import Any

from trajplan.codec import to_plain
from trajplan.dates import long_date
from trajplan.pages.document import Document, render
from trajplan.pages.echo import TITLE as ECHO
from trajplan.pages.echo import echo_table
from trajplan.pages.words import DISCLAIMER
from trajplan.planning.career_os import NEEDED, CareerOs

SECTIONS = {
    "worked": "What worked",
    "kinds": "Which kind of step carried me",
    "values": "What counts for me",
    "strengths": "What I can rely on in myself",
    "habits": "How I keep an eye on it",
    "decide": "How I decide well",
    "triggers": "When I ask for help again",
    "people": "Whom I can turn to",
    "outcomes": "What others can see today",
    "took_home": "What I took home on the way",
}
NOTHING = "nothing yet"


def career_os_page(found: CareerOs) -> Document:
    """The page as a document."""
    columns, rows = echo_table(found.first_words)
    return Document(
        markdown=lambda: render(
            "career_os.md.j2",
            page=found,
            sections=_sections(found),
            dates=_dates(found),
            echo_title=ECHO,
            columns=columns,
            rows=rows,
        ),
        terminal=lambda: _terminal(found),
        data=lambda: to_plain(found),
    )


def _sections(found: CareerOs) -> list[tuple[str, tuple[str, ...]]]:
    """Headings with their lines; a needed part that is empty says so, others are left out."""
    return [
        (title, getattr(found, name) or (NOTHING,))
        for name, title in SECTIONS.items()
        if getattr(found, name) or name in NEEDED
    ]


def _dates(found: CareerOs) -> list[tuple[str, str]]:
    shown = [
        ("Weekly review", f"from {long_date(found.weekly_review)}"),
        ("Quarterly retreat", f"first on {long_date(found.retreat)}"),
    ]
    if found.follow_up:
        shown.append(("We speak again", long_date(found.follow_up)))
    return shown


def _terminal(found: CareerOs) -> Any:
    from rich.text import Text

    from trajplan.pages.look import (
        QUIET,
        TITLE,
        bulleted,
        heading,
        labelled,
        say,
        stacked,
        table,
    )

    parts: list[Any] = [
        say(f"Career OS · {found.client_name}", TITLE),
        say(long_date(found.date) + (" · draft" if found.draft else "")),
    ]
    if found.destination:
        parts += [Text(), labelled([("Where I am going", found.destination)])]
    for title, lines in _sections(found):
        rows = [(Text("–"), say(line)) for line in lines]
        parts += [Text(), heading(title), bulleted(rows)]
    columns, echo = echo_table(found.first_words)
    if echo:
        parts += [Text(), heading(ECHO), table(columns, echo)]
    parts += [Text(), heading("Dates"), labelled(_dates(found)), Text(), say(DISCLAIMER, QUIET)]
    return stacked(parts)
