"""Shell completion of slugs, numbers and ids, each with words beside it.

A completion that fails must stay silent: its output would land in the middle of a command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from trajplan.actions.context import Context, load_context
from trajplan.errors import TrajplanError

if TYPE_CHECKING:
    from trajplan.content.library import Library

Completion = Callable[[str], list[tuple[str, str]]]


def _completion(rows: Callable[[Context], Iterable[Any]], typed: str, *words: str) -> Completion:
    """Offer what is typed for each row: the attribute `typed`, with `words` beside it."""
    name_of = attrgetter(typed)

    def complete(incomplete: str) -> list[tuple[str, str]]:
        try:
            named = [(str(name_of(row)), row) for row in rows(load_context())]
        except TrajplanError:
            return []
        return [
            (name, " ".join(str(attrgetter(word)(row)) for word in words))
            for name, row in named
            if name.startswith(incomplete)
        ]

    return complete


def _listed(action: str, attribute: str) -> Callable[[Context], Iterable[Any]]:
    """The rows that an action of this place lists for the current client."""
    module, _, name = action.partition(":")

    def rows(context: Context) -> Iterable[Any]:
        action = getattr(import_module(f"trajplan.actions.{module}"), name)
        listed: Iterable[Any] = getattr(action(context, client=None), attribute)
        return listed

    return rows


def _caseload(context: Context) -> Iterable[Any]:
    from trajplan.actions.clients import caseload

    return caseload(context)


def _content(rows: Callable[[Library], Iterable[Any]]) -> Callable[[Context], Iterable[Any]]:
    return lambda context: rows(context.library)


clients = _completion(_caseload, "client.slug", "client.name")
sessions = _completion(
    _listed("sessions:all_sessions", "rows"), "reference", "session.date", "session.state"
)
goals = _completion(_listed("goal_tree:all_goals", "views"), "goal.number", "goal.text")
indicators = _completion(_listed("indicators:all_indicators", "indicators"), "number", "name")
commitments = _completion(_listed("commitments:all_commitments", "commitments"), "number", "what")
assumptions = _completion(
    _listed("assumptions:all_assumptions", "views"), "assumption.number", "assumption.text"
)
blueprints = _completion(_content(lambda library: library.blueprints.values()), "id", "title")
worksheets = _completion(_content(lambda library: library.worksheets.values()), "id", "title")
questions = _completion(
    _content(lambda library: (question for question, _, _ in library.questions.values())),
    "id",
    "text",
)
