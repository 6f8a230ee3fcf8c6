"""Records as JSON: under `id` stands the number a coach sees and types.

The row ids of the practice count through all clients; they stay inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import to_builtins

from trajplan.records.goal_records import Goal, Indicator
from trajplan.records.records import Assumption, Commitment


def plain(one: Commitment | Assumption | Goal | Indicator) -> dict[str, Any]:
    """One record with its number for its id."""
    data: dict[str, Any] = to_builtins(one)
    data["id"] = data.pop("number")
    return data


def plain_commitment(one: Commitment, paths: Mapping[int, tuple[str, ...]]) -> dict[str, Any]:
    """A commitment; in place of the link stands `path`: the goals it serves, the widest first."""
    data = plain(one)
    linked = data.pop("goal_id")
    data["path"] = list(paths.get(linked, ()))
    return data


def plain_commitments(
    found: Iterable[Commitment], paths: Mapping[int, tuple[str, ...]]
) -> list[dict[str, Any]]:
    """Several of them."""
    return [plain_commitment(one, paths) for one in found]
