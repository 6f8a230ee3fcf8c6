"""What is worth a second look in a wrap, though none of it stops the wrap from being saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from trajplan.actions.commitments import hints_on
from trajplan.planning.first_words import echo_sessions, first_words
from trajplan.records.dossier import Dossier
from trajplan.records.forms import NewCommitment
from trajplan.records.model import EchoQuestion, Engagement, Goal, Session


def hints_on_date(session: Session, today: dt.date) -> tuple[str, ...]:
    """Say when the day of the session has not come, in case the number was mistyped."""
    if session.date <= today:
        return ()
    return (f"session {session.number} is saved as held on {session.date}, a day still to come",)


def hints_on_order(session: Session, sessions: Sequence[Session]) -> tuple[str, ...]:
    """Say when sessions before this one are still open, in case the number was mistyped."""
    before = [
        str(other.number)
        for other in sessions
        if other.number
        and other.number < (session.number or 0)
        and other.state not in ("held", "skipped")
    ]
    if not before:
        return ()
    return (f"session {session.number} is saved, and before it still open: {', '.join(before)}",)


def hints_on_focus(focus: str) -> tuple[str, ...]:
    """A session has one focus, and the sheet asks for it (R47)."""
    if not focus.strip():
        return ("no focus yet; the sheet leaves a line to name the one thing this was about",)
    from trajplan.lint.steps import broad

    why = broad(focus)
    return (f"the focus “{focus}” is broad: {why}; which one thing was it?",) if why else ()


def hints_on_commitments(
    commitments: Sequence[NewCommitment], engagement: Engagement, goals: Sequence[Goal]
) -> tuple[str, ...]:
    """Remarks on each commitment, then on all of them together (R95, R97, R98, R99)."""
    hints = [
        hint
        for commitment in commitments
        for hint in hints_on(commitment, method=engagement.method, goals=goals)
    ]
    if commitments and all(
        commitment.kind == "information_gathering" for commitment in commitments
    ):
        hints.append("every commitment gathers information; which one would be an experience?")
    return tuple(hints)


def hints_on_echo(
    dossier: Dossier, session: Session, echo: Mapping[EchoQuestion, str]
) -> tuple[str, ...]:
    """Say when a session that asks for the first words again has no answer."""
    due = session.number in echo_sessions(dossier.engagement.sessions)
    if not due or echo or not any(first_words(dossier).values()):
        return ()
    return ("the first words were to be asked again; `echo:` in the wrap records what was said",)
