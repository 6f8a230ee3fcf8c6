"""Patterns whose work grows in step with the text, whatever stands in it (R161)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from growth import keeps_in_step
from trajplan.importing.lines import from_markdown
from trajplan.lint.steps import employer
from trajplan.planning.asked_of_coach import is_withheld

LONG = 16_000
"""Letters of a text that took seconds where the work grew with their square."""
TEXTS: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "a table's rule that is none": (from_markdown, lambda size: f"a | b\n{' ' * size}-x\n"),
    "a row of capitals": (employer, lambda size: "Abc " * (size // 4)),
    "one word of capitals": (employer, lambda size: "A" * size),
    "a row of refusals": (is_withheld, lambda size: "not " * (size // 4)),
}


@pytest.mark.req("R161")
@pytest.mark.parametrize("text", TEXTS)
def test_the_work_grows_in_step_with_the_text(text: str) -> None:
    work, made = TEXTS[text]
    work(made(8))  # the patterns are compiled when they are first asked for something
    assert keeps_in_step(lambda size: work(made(size)), LONG)
