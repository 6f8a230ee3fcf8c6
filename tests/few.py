"""A few of many like cases: the quick suite tries these, the slow tests all the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def few(cases: Iterable[Any], count: int) -> list[Any]:
    """Cases for `parametrize`: `count` of them, spread evenly, stay quick; the others are slow.

    A case for several names is a tuple of their values.
    """
    listed = list(cases)
    quick = {at * len(listed) // count for at in range(count)}
    return [case if at in quick else _slow(case) for at, case in enumerate(listed)]


def _slow(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)
