"""Pages in the coach's own words: which there are, and one with a template filled in (R152)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from trajplan.actions.own_pages import OwnPage, Template
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


def in_own_words(
    document: Document, template_of: Callable[[str, str], Template | None]
) -> Document:
    """The document, its page as the coach's template of its name words it; without one as it is.

    The template sees the document's data and nothing else, and so no more than its page may say.
    `template_of` gives the coach's own template of a page in a language. Raises what that raises.
    """
    if document.bound:
        bound = tuple(in_own_words(part, template_of) for part in document.bound)
        return replace(document, bound=bound)
    named = document.name and document.page
    template = template_of(document.name, document.words.language) if named else None
    if template is None:
        return document
    return replace(document, page=lambda: _page_worded(document, template), at_the_door=None)


def _page_worded(document: Document, template: Template) -> Page:
    from trajplan.pages.markdown import escape, escape_start
    from trajplan.pages.read_markdown import read_markdown
    from trajplan.pages.template import fill_in

    filled = fill_in(
        template.text,
        document.plain_data(),
        file=template.file,
        words=document.words,
        escape=lambda words: escape_start(escape(" ".join(words.split()))),
    )
    return read_markdown(filled)
