"""Hundreds of commands in one process: unpack the kept library once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from trajplan.library import cache as kept


@pytest.fixture(autouse=True, scope="session")
def _unpacked() -> Iterator[None]:
    """Remember what was read from the cache, by the digest of every content file's bytes."""
    read = kept.load
    seen: dict[Any, Any] = {}

    def load(folder: Any, found: Any, layers: Any) -> Any:
        key = (found.digest, tuple(layers))
        if seen.get(key) is None:
            seen[key] = read(folder, found, layers)
        return seen[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "load", load)
        yield
