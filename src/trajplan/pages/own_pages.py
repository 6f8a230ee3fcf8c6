"""The list of pages that a coach may rewrite."""

from __future__ import annotations

from collections.abc import Sequence

from trajplan.actions.own_pages import OwnPage
from trajplan.pages.document import Document
from trajplan.pages.page import Column, Line, Page, Table, sentence

ABOUT = "`trajplan pages copy PAGE` puts the built-in template there, to be changed."


def page_list(pages: Sequence[OwnPage]) -> Document:
    """Each page, whose it is, and where a template of the coach's own lies."""
    rows = tuple((page.name, "yours" if page.own else "built in", page.path) for page in pages)
    columns = (Column("page", whole=True), "worded by", "your template")
    return Document(
        page=lambda: Page.of(
            "Pages that you can word yourself", Line(sentence(ABOUT)), Table(columns, rows)
        ),
        data=lambda: {"pages": pages},
        rows=("pages",),
    )
