"""The recap: text to paste into a mail after a session (R140)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import groupby

from msgspec import to_builtins

from trajplan.actions.recap import SessionRecap
from trajplan.pages.document import Document
from trajplan.pages.markdown import escape, escape_start
from trajplan.pages.page import Block, Bullets, Line, Page


def recap_page(session: SessionRecap) -> Document:
    """The recap as plain text, ready to paste; as Markdown, what was typed is escaped."""
    text, recap = _recap_text(session), session.recap
    return Document(
        words=session.words,
        text=lambda: text,
        page=lambda: Page.of(f"{recap.client_name} · session {recap.session}", *_paragraphs(text)),
        markdown=lambda: _recap_text(session, lambda words: escape_start(escape(words))),
        data=lambda: {"client": session.client, **to_builtins(session.recap), "text": text},
    )


def _paragraphs(text: str) -> Iterator[Block]:
    """Plain text as blocks: paragraphs stand apart by empty lines, `- ` begins a point."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for is_list, run in groupby(paragraph.splitlines(), lambda line: line.startswith("- ")):
            lines = [line.removeprefix("- ") for line in run]
            yield Bullets(tuple(lines)) if is_list else Line(" ".join(lines))


def _recap_text(session: SessionRecap, escaped: Callable[[str], str] | None = None) -> str:
    from trajplan.pages.template import fill_in  # loads Jinja2, which the other pages do without

    template = session.template
    return fill_in(
        template.text,
        # Days stay days, so that a template may write them in its own language.
        to_builtins(session.recap, builtin_types=(dt.date,)),
        file=template.file,
        words=session.words,
        escape=escaped,
    )
