"""The recap: text to paste into a mail to the client (R140)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from msgspec import to_builtins

from trajplan.actions.sheet import Recap, SessionRecap
from trajplan.pages.document import Document
from trajplan.pages.markdown import escape, escape_start
from trajplan.pages.page import Block, Bullets, Line, Page
from trajplan.pages.template import fill_in


def recap_page(session: SessionRecap) -> Document:
    """The recap as plain text, ready to paste; as Markdown, what was typed is escaped."""
    text, recap = _text(session), session.recap
    return Document(
        words=session.words,
        text=lambda: text,
        page=lambda: Page.of(f"{recap.client_name} · session {recap.session}", *paragraphs(text)),
        markdown=lambda: _text(session, lambda words: escape_start(escape(words))),
        data=lambda: {"client": session.client, **to_builtins(session.recap), "text": text},
    )


def paragraphs(text: str) -> Iterator[Block]:
    """Plain text as blocks: paragraphs stand apart by empty lines, `- ` begins a point."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for is_list, run in groupby(paragraph.splitlines(), lambda line: line.startswith("- ")):
            lines = [line.removeprefix("- ") for line in run]
            yield Bullets(tuple(lines)) if is_list else Line(" ".join(lines))


def _text(session: SessionRecap, escaped: Callable[[str], str] | None = None) -> str:
    template = session.template
    return fill_in(
        template.text,
        _values(session.recap),
        file=template.file,
        words=session.words,
        escape=escaped,
    )


def _values(recap: Recap) -> dict[str, Any]:
    """A recap as a template sees it: plain values, so that nothing else can be reached."""
    # Days stay days, so that a template may write them in its own language.
    return {name: _plain(getattr(recap, name)) for name in recap.__struct_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__struct_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    return value
