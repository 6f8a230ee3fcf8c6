"""How a session is worked, and what changed it: every change is kept (R20)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from trajplan.actions.context import Context
from trajplan.actions.resolve import ClientEngagement, case_of
from trajplan.errors import CannotDo
from trajplan.records import clients, engagements, method_changes
from trajplan.records.model import Engagement, Method, Session
from trajplan.records.records import MethodChange
from trajplan.records.store import Store


def method_of(session: Session, engagement: Engagement, changes: Sequence[MethodChange]) -> Method:
    """How a session was held, or how it would be worked by all changes kept so far.

    A session that was given a method or blueprint of its own keeps to its own changes.
    """
    if session.method:
        return session.method
    own = [one for one in changes if one.session_id == session.id]
    pinned = session.options.get("method") or session.options.get("blueprint")
    return own[-1].after if pinned and own else method_by(session, engagement, changes)


def method_by(session: Session, engagement: Engagement, changes: Sequence[MethodChange]) -> Method:
    """How the engagement works by the time of a session.

    A change from a later session on is none for it; of others the one made last holds.
    """
    onward = [one for one in changes if one.onward]
    before = [one for one in onward if (one.session_number or 0) <= (session.number or 0)]
    if before:
        return before[-1].after
    return onward[0].before if onward else engagement.method


def worked(store: Store, engagement: Engagement, session: Session) -> Method:
    """`method_of` read from an open store."""
    return method_of(session, engagement, method_changes.of_engagement(store, engagement.id))


def go_onward(
    store: Store,
    context: Context,
    case: ClientEngagement,
    session: Session,
    method: Method,
    reason: str,
) -> tuple[ClientEngagement, bool]:
    """Let the engagement work another way from a session on, and keep that.

    Plans made before are made anew. Returns the case as it is now, and whether anything changed.
    """
    changes = method_changes.of_engagement(store, case.engagement.id)
    was = method_by(session, case.engagement, changes)
    if was == method:
        return case, False
    _keep(store, context, case, session, (was, method), reason, onward=True)
    engagements.update(store, case.engagement.id, method=method)
    clients.touch(store, case.client.id)
    return case_of(store, case.client.slug), True


def keep_change(
    store: Store,
    context: Context,
    case: ClientEngagement,
    session: Session,
    step: tuple[Method, str],
    reason: str,
) -> None:
    """Keep what a new plan changes in a session's method: how it was worked, how it is now.

    Raises CannotDo for a reason without any change.
    """
    was, now = step
    if was != now:
        _keep(store, context, case, session, (was, cast("Method", now)), reason, onward=False)
    elif reason:
        raise CannotDo(
            f"session {session.number} is already worked in the {was} way; nothing changes, so "
            "there is no reason to record"
        )


def _keep(
    store: Store,
    context: Context,
    case: ClientEngagement,
    session: Session,
    step: tuple[Method, Method],
    reason: str,
    *,
    onward: bool,
) -> None:
    method_changes.add(
        store,
        engagement_id=case.engagement.id,
        session_id=session.id,
        onward=onward,
        date=context.today,
        before=step[0],
        after=step[1],
        reason=reason,
    )
