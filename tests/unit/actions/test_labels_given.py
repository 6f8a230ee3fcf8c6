"""Why words that a coach gives are no label."""

import pytest

from trajplan.actions.commitments import label_fault


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("x" * 300, " is too long to say; a label is said aloud and has 5 words at most"),
        ("a call to the man there", " has 6 words; a label is said aloud and has 5 words at most"),
    ],
)
def test_a_label_that_is_too_long_is_told_why(label: str, said: str) -> None:
    assert said in label_fault(label)


def test_a_label_that_can_be_said_has_no_fault() -> None:
    assert label_fault("call to the works council") == ""
