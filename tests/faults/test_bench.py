"""A short run of the fault bench."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bench import FAULTS, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


@pytest.mark.req("R161")
@pytest.mark.parametrize("fault", [fault.__name__ for fault in FAULTS])
def test_nothing_is_lost_and_every_exit_is_one_of_its_own(fault: str) -> None:
    for row in run(share=0.02, only=fault):
        assert (row.lost, row.wrong) == (0, 0), row.examples
