"""What is said of a commitment afterwards: what happened, and not who is to blame (R100)."""

from __future__ import annotations

from trajplan.lint.hints.finding import Finding, first_match
from trajplan.lint.hints.tone import blame
from trajplan.lint.phrases import each_of
from trajplan.lint.turns import turn_of

_SELF_BLAME = each_of("steps", "self-blame")


def blamed(text: str) -> tuple[Finding, ...]:
    """Where a text finds fault with a person, the client's own included, once a sentence."""
    turn = turn_of(text)
    found = list(blame(turn))
    for sentence in turn.sentences:
        own = first_match("blame", _SELF_BLAME, sentence.core)
        if own and own.words not in {one.words for one in found}:
            found.append(own)
    return tuple(found)
