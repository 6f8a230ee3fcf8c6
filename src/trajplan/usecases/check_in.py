"""`check-in`: how the client arrives (R42-R44)."""

from __future__ import annotations

from collections.abc import Mapping

from trajplan.documents.kept import Arrived
from trajplan.errors import CannotDo, UsageFault
from trajplan.practice import checkins, clients
from trajplan.practice.forms import Energy
from trajplan.practice.store import writing
from trajplan.usecases.desk import Desk
from trajplan.usecases.which import case_of, refuse_closed, session_of


def keep_check_in(
    desk: Desk,
    *,
    client: str | None,
    number: str | None,
    energy: Energy | None,
    mood: str,
    matters: str,
    progress: Mapping[str, int],
) -> Arrived:
    """Keep a check-in for the next session, or the one named. Raises UsageFault, CannotDo."""
    if energy is None and not mood and not matters and not progress:
        raise UsageFault("nothing to keep; give --energy, --mood, --matters or --progress")
    for factor, value in progress.items():
        if not 1 <= value <= 10:
            raise UsageFault(f"--progress {factor}={value} is outside the scale; 1 to 10")
    with writing(desk.practice, create=False) as store:
        case = case_of(store, client, desk.today)
        session = session_of(store, case.engagement, number)
        refuse_closed(case, session)
        if session.state in ("held", "skipped"):
            raise CannotDo(f"session {session.number} is {session.state}; nobody arrives there now")
        kept = checkins.add(
            store,
            session_id=session.id,
            date=desk.today,
            energy=energy,
            mood=mood,
            matters=matters,
            progress=progress,
        )
        clients.touch(store, case.client.id)
    return Arrived(client=case.client, session=session, check_in=kept)
