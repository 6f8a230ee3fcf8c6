"""Agreed priorities, and which one a topic serves (R43)."""

from __future__ import annotations

from trajplan.errors import CannotDo
from trajplan.records.model import Engagement


def priority(engagement: Engagement, number: int | None) -> str:
    """The priority with this number, counted from 1; empty when no number was given.

    Raises CannotDo naming what is possible.
    """
    if number is None:
        return ""
    agreed = engagement.intake.priorities
    if not agreed:
        raise CannotDo("no priorities were agreed in the intake, so there is none to serve")
    if not 1 <= number <= len(agreed):
        listed = "; ".join(f"{at} {text}" for at, text in enumerate(agreed, 1))
        raise CannotDo(f"there is no priority {number}; there is: {listed}")
    return agreed[number - 1]
