"""Plans are kept, one for each session and frozen once it was held, with the questions they use.

A question that was only planned does not count as used; one that was asked does.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable

from trajplan.errors import CannotDo
from trajplan.records.model import KeptPlan, QuestionUse
from trajplan.records.store import Store


def keep_plan(store: Store, plan: KeptPlan) -> None:
    """Keep a plan in place of the session's earlier one. Raises CannotDo when that is frozen."""
    store.delete(KeptPlan, session_id=plan.session_id, frozen=False)
    try:
        store.insert(plan)
    except sqlite3.IntegrityError:
        raise CannotDo(
            "the session was held: its plan is kept as it was and cannot be replaced"
        ) from None


def freeze_plan(store: Store, session_id: int) -> bool:
    """Make the session's plan final; False when the session was never prepared."""
    plan = store.find(KeptPlan, session_id=session_id)
    if plan is None:
        return False
    store.update(plan, frozen=True)
    return True


def plan_questions(
    store: Store, session_id: int, question_ids: Iterable[str], date: dt.date
) -> None:
    """Put these planned questions in the place of the session's earlier planned ones.

    One that was already asked in the session stays asked.
    """
    store.delete(QuestionUse, session_id=session_id, asked=False)
    asked = {use.question_id for use in store.select(QuestionUse, session_id=session_id)}
    planned = [question_id for question_id in question_ids if question_id not in asked]
    _insert(store, session_id, planned, date, asked=False)


def mark_asked(store: Store, session_id: int, question_ids: Iterable[str], date: dt.date) -> None:
    """Let exactly these questions count as asked in the session, and none as planned."""
    store.delete(QuestionUse, session_id=session_id)
    _insert(store, session_id, question_ids, date, asked=True)


def _insert(
    store: Store, session_id: int, question_ids: Iterable[str], date: dt.date, *, asked: bool
) -> None:
    for question_id in dict.fromkeys(question_ids):  # each once, in order
        store.insert(
            QuestionUse(session_id=session_id, question_id=question_id, date=date, asked=asked)
        )
