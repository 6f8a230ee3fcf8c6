"""What not every client has: partner, children, ambition, money, health, boss, office.

Judged in content that is meant for any client, never in a conversation, where the coach may know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trajplan.lint.hints.finding import Finding, finding
from trajplan.lint.phrases import any_of, sections
from trajplan.lint.turns import Turn

_PRESUMED = {what: any_of("presumes", what) for what in sections("presumes")}
_IF_ANY = re.compile(
    r"\bif (?:any|there is|there are|you have)\b|\bif anyone's\b|\bor no(?:ne|body)?\b"
)


def presumes(turn: Turn) -> Iterator[Finding]:
    """What the text takes for granted about a client's life."""
    for sentence in turn.sentences:
        line = sentence.whole.line
        if _IF_ANY.search(line):
            continue
        for what, pattern in _PRESUMED.items():
            match = pattern.search(line)
            if match:
                more = f"not every client has {what}; ask so that it fits all of them"
                yield finding("presumes", sentence.whole.quote(match), more)
                return
