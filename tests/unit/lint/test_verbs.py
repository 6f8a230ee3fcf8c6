"""The verbs of steps, as they are said back once they are done (R123)."""

from __future__ import annotations

import pytest

from trajplan.lint.verbs import past_tense


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("verb", "past"),
    [
        ("lead", "led"),
        ("shake", "shook"),
        ("write", "wrote"),
        ("read", "read"),
        ("try", "tried"),
        ("plan", "planned"),
        ("visit", "visited"),
    ],
)
def test_a_step_that_is_done_is_said_in_the_past(verb: str, past: str) -> None:
    assert past_tense(verb) == past
