"""Contrast as WCAG counts it."""

from __future__ import annotations

import pytest

from trajplan.settings import GROUND, LEAST_CONTRAST, colour_fault, contrast


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    # The grey that is known to be just too light for words on white.
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


def test_a_colour_that_can_be_read_has_no_fault() -> None:
    assert colour_fault("#1d5b70") == ""
    assert contrast("#1d5b70", GROUND) > LEAST_CONTRAST
    for wrong in ("#fff", "teal", "#12345g", 7, None):
        assert "expected a colour" in colour_fault(wrong)
