"""Sentences of the program's own: commands stand as code, whatever a client is quoted with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trajplan.pages.text import told
from trajplan.text import visible

SENTENCE = "a coaching agreement: `trajplan worksheets blank coaching-agreement`"


def test_a_command_stands_as_code_and_everything_else_is_escaped() -> None:
    assert told(SENTENCE) == SENTENCE
    assert told("*now* `check-in --serves N` does") == "\\*now\\* `check-in --serves N` does"
    assert told("`rm -rf`") == "\\`rm -rf\\`"
    assert "|" not in told("`trajplan a|b`").replace("\\|", "")


@given(st.text("ab `\\*_[]()<>!|&#;~“” trajplan check-in", max_size=40))
def test_nothing_a_client_is_quoted_with_becomes_markup(quoted: str) -> None:
    sentence = f"x “{quoted}” y: `trajplan show` tells"
    (inline,) = [
        one for one in MarkdownIt("commonmark").parse(told(sentence)) if one.type == "inline"
    ]
    pieces = inline.children or []
    assert {one.type for one in pieces} <= {"text", "code_inline"}
    shown = "".join(
        one.content if one.type == "text" else f"`{one.content}`" for one in pieces
    ).split()
    # A space at either end of a code span is not shown.
    assert "".join(shown) == "".join(visible(sentence).split())
