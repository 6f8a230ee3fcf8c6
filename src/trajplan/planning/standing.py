"""What stands until somebody closes it, on a plan: parked topics and pinned notes (R128)."""

from __future__ import annotations

from trajplan.planning.plan import PinnedNote, PlannedParked
from trajplan.records.dossier import Dossier
from trajplan.records.model import ParkedTopic, Session


def parked_for(dossier: Dossier, session: Session | None) -> tuple[PlannedParked, ...]:
    """The open parked topics as a plan meets them: what is taken up for `session` first."""
    topics = (_planned_topic(dossier, topic, session) for topic in dossier.parked_topics())
    return tuple(sorted(topics, key=lambda topic: not topic.taken))


def _planned_topic(dossier: Dossier, topic: ParkedTopic, session: Session | None) -> PlannedParked:
    taken = session is not None and topic.taken_in == session.id
    return PlannedParked(
        id=topic.number,
        text=topic.text,
        session=dossier.number_of(topic.session_id),
        since=topic.parked.isoformat(),
        due=topic.due.isoformat() if topic.due else "",
        taken=taken,
        taken_in=None if taken else dossier.number_of(topic.taken_in),
    )


def pinned_notes(dossier: Dossier) -> tuple[PinnedNote, ...]:
    """The notes that stand until they are unpinned, in the order they were written."""
    return tuple(
        PinnedNote(
            id=note.number,
            text=note.text,
            session=dossier.number_of(note.session_id),
            written=note.written.isoformat(),
        )
        for note in dossier.pinned
    )
