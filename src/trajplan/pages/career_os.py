"""The Career OS: what a client goes on with alone, on one page (R113).

Made from a type that has no coach-only field (R119): what worked, values and strengths stand in the
client's own words, from their records.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import to_builtins

from trajplan.dates import long_date
from trajplan.pages.document import Document
from trajplan.pages.page import Block, Bullets, Heading, Line, Page, bold, italic, labelled
from trajplan.pages.words import DISCLAIMER, first_words
from trajplan.planning.career_os import NEEDED, SECTIONS, CareerOs

NOTHING = "nothing yet"


def career_os_page(career_os: CareerOs) -> Document:
    """The page as a document."""
    return Document(page=lambda: page(career_os), data=lambda: to_builtins(career_os))


def page(career_os: CareerOs) -> Page:
    """Where the client is going, what they can build on, and when they look at it again."""
    draft = " · draft" if career_os.draft else ""
    follow_up = career_os.follow_up
    return Page(
        f"Career OS · {career_os.client_name}",
        (
            Line((bold(f"{long_date(career_os.date)}{draft}"),)),
            *_destination(career_os.destination),
            *_sections(career_os),
            *first_words(career_os.first_words),
            Heading("Dates"),
            labelled(
                [
                    ("Weekly review", f"from {long_date(career_os.weekly_review)}"),
                    ("Half a day for yourself", f"first on {long_date(career_os.retreat)}"),
                    ("We speak again", long_date(follow_up) if follow_up else ""),
                ]
            ),
            Line((italic(DISCLAIMER),)),
        ),
    )


def _destination(destination: str) -> Iterator[Block]:
    if destination:
        yield Line((bold("Where I'm going:"), f" {destination}"))


def _sections(career_os: CareerOs) -> Iterator[Block]:
    """Headings with their lines; a needed part that is empty says so, others are left out."""
    for name, title in SECTIONS.items():
        lines = getattr(career_os, name)
        if lines or name in NEEDED:
            yield Heading(title)
            yield Bullets(lines or (NOTHING,))
