"""Records as two pages read them: with what other records say beside them.

On its way out: `model.py` has the records alone, the `Dossier` what belongs beside them.
"""

from __future__ import annotations

from trajplan.records import model


class Assumption(model.Assumption, frozen=True, kw_only=True):
    """With the number of the session it was heard in, and of those that challenged it."""

    session_number: int | None = None
    challenged: tuple[int, ...] = ()


class MethodChange(model.MethodChange, frozen=True, kw_only=True):
    """With its session's number."""

    session_number: int | None = None
