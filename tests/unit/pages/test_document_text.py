"""Sentences of the program's own: commands stand as code, whatever a client is quoted with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trajplan.pages.markdown import markdown
from trajplan.pages.page import Line, Page, sentence
from trajplan.text import visible

SENTENCE = "a coaching agreement: `trajplan worksheets blank coaching-agreement`"


def printed(text: str) -> str:
    """A sentence behind a word, as Markdown."""
    page = markdown(Page("title", (Line(("x ", *sentence(text))),)))
    return page.partition("\n\nx ")[2].rstrip("\n")


def test_a_command_stands_as_code_and_everything_else_is_escaped() -> None:
    assert printed(SENTENCE) == SENTENCE
    assert printed("*now* `check-in --serves N` does") == "\\*now\\* `check-in --serves N` does"
    assert printed("`rm -rf`") == "\\`rm -rf\\`"
    assert "|" not in printed("`trajplan a|b`").replace("\\|", "")


@given(st.text("ab `\\*_[]()<>!|&#;~“” trajplan check-in", max_size=40))
def test_nothing_a_client_is_quoted_with_becomes_markup(quoted: str) -> None:
    sentence = f"x “{quoted}” y: `trajplan show` tells"
    (inline,) = [
        one for one in MarkdownIt("commonmark").parse(printed(sentence)) if one.type == "inline"
    ]
    pieces = inline.children or []
    assert {piece.type for piece in pieces} <= {"text", "code_inline"}
    shown = "".join(
        piece.content if piece.type == "text" else f"`{piece.content}`" for piece in pieces
    ).split()
    # A space at either end of a code span is not shown.
    assert "".join(shown) == "".join(visible(sentence).split())
