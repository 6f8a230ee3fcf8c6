"""How it sounds to the person: why-blame, blame, jargon and guru tone (R46, R72, R100)."""

from __future__ import annotations

from collections.abc import Iterator

from trajplan.lint.hints.finding import Finding, first_match
from trajplan.lint.phrases import any_of, each_of
from trajplan.lint.turns import Turn

_WHY = any_of("tone", "why-at-the-person")
_WHY_FOR_A_VIEW = any_of("tone", "why-for-a-view")
_BLAME = each_of("tone", "blame")
_NO_BLAME = any_of("tone", "no-blame")
_JARGON = each_of("tone", "jargon")


def why_blame(turn: Turn) -> Iterator[Finding]:
    """A `why` aimed at the person; `why might that be` is aimed at the thing."""
    for sentence in turn.asking:
        if sentence.form == "suggestion" or _WHY_FOR_A_VIEW.search(sentence.core.line):
            continue
        found = first_match("why-blame", (_WHY,), sentence.core)
        if found:
            yield found
            return


def blame(turn: Turn) -> Iterator[Finding]:
    """Words that find fault with the person (R100)."""
    for sentence in turn.sentences:
        if _NO_BLAME.search(sentence.core.line):
            continue
        found = first_match("blame", _BLAME, sentence.core)
        if found:
            yield found
            return


def jargon(turn: Turn) -> Iterator[Finding]:
    """Words a neighbour would not use."""
    for sentence in turn.sentences:
        found = first_match("jargon", _JARGON, sentence.whole)
        if found:
            yield found
            return
