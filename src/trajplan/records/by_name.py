"""Fields that go from one kind of value to another under their own names (decision 0017).

The kind they arrive in lists them, in a class variable such as `FromLastTime.of_wrap`: a search for
a field finds the way it takes. One that is renamed on one side alone stops the copy, and a test
looks for those that bear the same name and are in no list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def same_fields(value: object, names: Iterable[str]) -> dict[str, Any]:
    """The fields of a value by these names. Raises AttributeError for one that it has not."""
    return {name: getattr(value, name) for name in names}
