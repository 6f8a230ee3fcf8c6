"""Changes of method: every one is recorded (R20)."""

from __future__ import annotations

from typing import cast

from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientRecords
from trajplan.errors import CannotDo
from trajplan.planning.methods import engagement_method
from trajplan.records.dossier import Dossier
from trajplan.records.model import Method, MethodChange, Session


def change_onward(
    records: ClientRecords,
    context: Context,
    dossier: Dossier,
    session: Session,
    method: Method,
    reason: str,
) -> bool:
    """Let the engagement work another way from a session on, and record that.

    Plans made before are made anew. Returns whether anything changed.
    """
    engagement = dossier.engagement
    before = engagement_method(session, engagement, dossier.method_changes, dossier.numbers)
    if before == method:
        return False
    _record(records, context, session, (before, method), reason, onward=True)
    records.update(engagement, method=method)
    return True


def record_change(
    records: ClientRecords,
    context: Context,
    session: Session,
    before: Method,
    after: str,
    reason: str,
) -> None:
    """Record what a new plan changes in a session's method: how it was worked, how it is now.

    Raises CannotDo for a reason without any change.
    """
    if before != after:
        _record(records, context, session, (before, cast("Method", after)), reason, onward=False)
    elif reason:
        raise CannotDo(
            f"session {session.number} is already worked in the {before} way; nothing changes, so "
            "there is no reason to record"
        )


def _record(
    records: ClientRecords,
    context: Context,
    session: Session,
    step: tuple[Method, Method],
    reason: str,
    *,
    onward: bool,
) -> None:
    records.insert(
        MethodChange(
            engagement_id=session.engagement_id,
            session_id=session.id,
            onward=onward,
            date=context.today,
            before=step[0],
            after=step[1],
            reason=reason,
        )
    )
