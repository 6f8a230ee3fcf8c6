"""How a session is worked, by every change of method saved so far (R20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trajplan.records.dossier import Dossier
from trajplan.records.model import Engagement, Method, MethodChange, Session


def session_method(dossier: Dossier, session: Session) -> Method:
    """How a session was held, or how it would be worked by all changes so far."""
    return method_of(session, dossier.engagement, dossier.method_changes, dossier.numbers)


def method_of(
    session: Session,
    engagement: Engagement,
    changes: Sequence[MethodChange],
    numbers: Mapping[int, int],
) -> Method:
    """As `session_method`; `numbers`: the number of each session by its id.

    A session that was given a method or blueprint of its own keeps to its own changes.
    """
    if session.method:
        return session.method
    own = [change for change in changes if change.session_id == session.id]
    pinned = session.options.get("method") or session.options.get("blueprint")
    if pinned and own:
        return own[-1].after
    return engagement_method(session, engagement, changes, numbers)


def engagement_method(
    session: Session,
    engagement: Engagement,
    changes: Sequence[MethodChange],
    numbers: Mapping[int, int],
) -> Method:
    """How the engagement works by the time of a session.

    A change from a later session on is none for it; of others the one made last holds.
    """
    onward = [change for change in changes if change.onward]
    number = session.number or 0
    before = [change for change in onward if numbers.get(change.session_id, 0) <= number]
    if before:
        return before[-1].after
    return onward[0].before if onward else engagement.method
