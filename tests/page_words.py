"""The words of a page, however its printer marked them and broke its lines."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token


def parse(source: str) -> list[Token]:
    """What Markdown holds, HTML and tables included."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(source)


def leaves(tokens: list[Token]) -> Iterator[Token]:
    """All parts of parts."""
    for token in tokens:
        yield token
        yield from leaves(token.children or [])


def seen(source: str) -> str:
    """What a reader sees of Markdown, without its marks and ticks."""
    words = " ".join(
        token.content for token in leaves(parse(source)) if token.type in ("text", "code_inline")
    )
    return words.replace("[x]", "[ ]")


def letters(words: str) -> str:
    """Letters and figures alone."""
    return "".join(letter for letter in words if letter.isalnum())


def squeezed(words: str) -> str:
    """Words without the space between them, and without the breaks put into the longest."""
    return "".join(words.replace("\u200b", "").split())
