"""Windows as far as Linux can play it: `python -m pytest -p tests.no_unix tests/cli`.

What is different there says `tests/windows/pretend.py`. Tests that are marked `unix` are left out:
they show what Windows does not have.
"""

from __future__ import annotations

import pytest
from tests.windows.pretend import take_away

# Before any test is read, and with it the program.
take_away()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests of what only Unix has."""
    for test in items:
        if test.get_closest_marker("unix"):
            test.add_marker(pytest.mark.skip(reason="only Unix has it"))
