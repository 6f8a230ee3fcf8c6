"""Shell completion of slugs, session numbers and ids.

A completion that fails must stay silent: its output would land in the middle of a command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import get_args

from trajplan.errors import TrajplanError


def clients(incomplete: str) -> list[tuple[str, str]]:
    """Slugs with names."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.context import load_context
        from trajplan.actions.overview import caseload

        return [(row.client.slug, row.client.name) for row in caseload(load_context())]

    return _matching(found, incomplete)


def sessions(incomplete: str) -> list[tuple[str, str]]:
    """The current client's sessions and meetings with their dates."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.context import load_context
        from trajplan.actions.sessions import all_sessions

        every = all_sessions(load_context(), client=None).rows
        return [(one.reference, f"{one.session.date} {one.session.state}") for one in every]

    return _matching(found, incomplete)


def goals(incomplete: str) -> list[tuple[str, str]]:
    """Numbers of the current client's goals with their words."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.context import load_context
        from trajplan.actions.goals import all_goals

        every = all_goals(load_context(), client=None).views
        return [(str(one.goal.number), one.goal.text) for one in every]

    return _matching(found, incomplete)


def indicators(incomplete: str) -> list[tuple[str, str]]:
    """Numbers of the current client's indicators with their names."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.context import load_context
        from trajplan.actions.indicators import all_indicators

        every = all_indicators(load_context(), client=None).indicators
        return [(str(one.number), one.name) for one in every]

    return _matching(found, incomplete)


def commitments(incomplete: str) -> list[tuple[str, str]]:
    """Numbers of the current client's commitments with their words."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.commitments import all_commitments
        from trajplan.actions.context import load_context

        every = all_commitments(load_context(), client=None).commitments
        return [(str(one.number), one.what) for one in every]

    return _matching(found, incomplete)


def assumptions(incomplete: str) -> list[tuple[str, str]]:
    """Numbers of the current client's assumptions with their words."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.assumptions import all_assumptions
        from trajplan.actions.context import load_context

        every = all_assumptions(load_context(), client=None).assumptions
        return [(str(one.number), one.text) for one in every]

    return _matching(found, incomplete)


def blueprints(incomplete: str) -> list[tuple[str, str]]:
    """Ids of session blueprints with their titles."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.context import load_context

        return [(one.id, one.title) for one in load_context().library.blueprints.values()]

    return _matching(found, incomplete)


def worksheets(incomplete: str) -> list[tuple[str, str]]:
    """Ids of worksheets with their titles."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.context import load_context

        return [(one.id, one.title) for one in load_context().library.worksheets.values()]

    return _matching(found, incomplete)


def referrals(incomplete: str) -> list[tuple[str, str]]:
    """What a client may be referred for."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.records.records import ReferralKind

        return [(one, "what for") for one in get_args(ReferralKind)]

    return _matching(found, incomplete)


def questions(incomplete: str) -> list[tuple[str, str]]:
    """Ids of questions with their texts."""

    def found() -> Iterable[tuple[str, str]]:
        from trajplan.actions.context import load_context

        return [(name, row[0].text) for name, row in load_context().library.questions.items()]

    return _matching(found, incomplete)


def _matching(
    found: Callable[[], Iterable[tuple[str, str]]], incomplete: str
) -> list[tuple[str, str]]:
    try:
        return [pair for pair in found() if pair[0].startswith(incomplete)]
    except TrajplanError:
        return []
