"""Hundreds of commands in one process: read the library once."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import pytest

from trajplan.content import build as building
from trajplan.content import loader

NONE: dict[str, Any] = {}


@pytest.fixture(autouse=True, scope="session")
def _unpacked() -> Iterator[None]:
    """Remember what was read or built, by every content file's bytes."""
    read, make = loader.cached_library, building.build
    seen: dict[Any, Any] = {}
    built: dict[Any, Any] = {}

    def load(folder: Any, digest: Any, layers: Any) -> Any:
        # A coach's own folder that holds nothing makes no difference.
        keys = [(digest, tuple(layers)), (digest, layers[0])]
        found = next((seen[key] for key in keys if key in seen), None) or read(
            folder, digest, layers
        )
        if found is not None:
            of_ours = all(source.layer == "built-in" for source in found.sources.values())
            seen[keys[of_ours]] = found
        return found

    def build(found: Any, layers: Any, earlier: Any = NONE) -> Any:
        key = (found.files, found.problems, tuple(one.name for one in layers))
        if key not in built:
            built[key] = make(found, layers, earlier)
        return built[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "cached_library", load)
        patch.setattr(building, "build", build)
        # Most files are the same in every library a test makes.
        patch.setattr(building, "read", functools.cache(building.read))
        yield
