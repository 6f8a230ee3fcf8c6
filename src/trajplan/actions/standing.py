"""`parked` and `notes`: what stands until the coach closes it (R128)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from trajplan.actions.client_records import ClientRecords, any_session_of, refuse_closed, session_of
from trajplan.actions.context import Context
from trajplan.actions.safety import keep_danger
from trajplan.dates import deadline_in, is_near, parse_day
from trajplan.errors import CannotDo
from trajplan.planning.named_days import day_ahead
from trajplan.records.dossier import Dossier, last_held
from trajplan.records.model.commitments import ParkedTopic
from trajplan.records.model.sessions import Note, Session
from trajplan.text import in_quotes, one_line


class Change(NamedTuple):
    """What a command has just done, and how all stands now."""

    dossier: Dossier
    words: str
    remarks: tuple[str, ...] = ()
    """What the coach should know at once of what was kept."""


def park_topic(context: Context, text: str, *, client: str | None, day: str) -> Change:
    """Park a topic between two sessions. `day`: by when it matters, where its words do not say.

    Raises UsageFault, and CannotDo where the same words are parked already.
    """
    due = parse_day(day, context.today) if day else None
    with context.write(client, open_journey=True) as records:
        same = _same_words(records.dossier.parked_topics(), text)
        if same:
            raise CannotDo(f"{in_quotes(text)} is parked already, as number {same.number}")
        topic = _insert(records, text, context.today, due=due)
        remarks = keep_danger(records, context, text)
        return Change(records.dossier, f"{topic.number} is parked", remarks)


def take_up(
    context: Context, number: int, *, client: str | None, session: str | None, back: bool
) -> Change:
    """Take a parked topic up for the next session, or the one named; `back`: leave it parked.

    It is offered there when the client brings nothing else, and stands until it is closed. Raises
    NotFound, CannotDo.
    """
    with context.write(client, open_journey=True) as records:
        topic = _open_topic(records, number)
        if back:
            records.update(topic, taken_in=None)
            return Change(records.dossier, f"{number} is left for later")
        meeting = session_of(records, session)
        refuse_closed(records.case, meeting)
        if meeting.state in ("held", "skipped"):
            raise CannotDo(
                f"session {meeting.number} is {meeting.state}; a topic is taken up for one ahead"
            )
        records.update(topic, taken_in=meeting.id)
        change = f"{number} is taken up for session {meeting.number}"
        return Change(records.dossier, change)


def close_topic(
    context: Context, number: int, *, client: str | None, outcome: str, again: bool
) -> Change:
    """Close a parked topic, with what came of it; `again`: open one that was closed.

    Raises NotFound, CannotDo.
    """
    with context.write(client) as records:
        if again:
            topic = records.numbered(ParkedTopic, number)
            if topic.closed is None:
                raise CannotDo(f"parked topic {number} is open")
            records.update(topic, closed=None, outcome="")
            return Change(records.dossier, f"{number} is open again")
        records.update(_open_topic(records, number), closed=context.today, outcome=outcome)
        remarks = keep_danger(records, context, outcome)
        return Change(records.dossier, f"{number} is closed", remarks)


def park_from_wrap(
    records: ClientRecords, session: Session, texts: Sequence[str], held_on: dt.date
) -> None:
    """Park what a wrap names. Wrapped again, the same words are the same topic; what the new wrap
    leaves out goes, unless something has become of it."""
    # Not the dossier's: all of it would be read again for these.
    journeys = [engagement.id for engagement in records.case.engagements]
    parked = records.select(ParkedTopic, engagement_id=journeys)
    for topic in parked:
        untouched = topic.closed is None and topic.taken_in is None
        if topic.session_id == session.id and untouched and topic.text not in texts:
            records.delete(ParkedTopic, id=topic.id)
    there = [topic for topic in parked if topic.closed is None or topic.session_id == session.id]
    for text in dict.fromkeys(texts):
        if text.strip() and _same_words(there, text) is None:
            _insert(records, text, held_on, session=session)


def _insert(
    records: ClientRecords,
    text: str,
    said: dt.date,
    *,
    session: Session | None = None,
    due: dt.date | None = None,
) -> ParkedTopic:
    return records.insert(
        ParkedTopic(
            engagement_id=records.engagement.id,
            session_id=session.id if session else None,
            text=text,
            parked=said,
            due=due or _day_named(text, said),
        )
    )


def _day_named(text: str, said: dt.date) -> dt.date | None:
    """By when a topic matters, as its own words say; no day that only a slip of the pen gives."""
    day = day_ahead(text, said) or deadline_in(text, said)
    return day if day and is_near(day, said) else None


def _same_words(topics: Sequence[ParkedTopic], text: str) -> ParkedTopic | None:
    words = one_line(text).casefold()
    same = (topic for topic in topics if one_line(topic.text).casefold() == words)
    return next(same, None)


def _open_topic(records: ClientRecords, number: int) -> ParkedTopic:
    topic = records.numbered(ParkedTopic, number)
    if topic.closed is not None:
        raise CannotDo(
            f"parked topic {number} was closed on {topic.closed}; "
            f"`trajplan parked close {number} --back` opens it again"
        )
    return topic


def add_note(
    context: Context, text: str, *, client: str | None, session: str | None, pin: bool
) -> Change:
    """Save a note on the session held last, else the next one, or on the one named.

    Raises UsageFault, CannotDo.
    """
    with context.write(client) as records:
        belongs = _session_for_note(records, session)
        note = records.insert(
            Note(
                session_id=belongs.id,
                kind="record",
                text=text.strip(),
                written=context.today,
                pinned=pin,
            )
        )
        done = "saved and pinned" if pin else "saved"
        remarks = keep_danger(records, context, text, session=belongs)
        return Change(records.dossier, f"note {note.number} is {done}", remarks)


def word_note(context: Context, number: int, text: str, *, client: str | None) -> Change:
    """Put a note in other words; its session, its day and whether it is pinned stay. Raises
    NotFound, CannotDo."""
    with context.write(client) as records:
        note = records.numbered(Note, number)
        if note.text == text.strip():
            raise CannotDo(f"note {number} says that already")
        records.update(note, text=text.strip())
        belongs = records.get(Session, note.session_id)
        remarks = keep_danger(records, context, text, session=belongs)
        return Change(records.dossier, f"note {number} is worded anew", remarks)


def pin_note(context: Context, number: int, *, client: str | None, pin: bool) -> Change:
    """Pin a note, so that it stands on every plan, or unpin it. Raises NotFound, CannotDo."""
    with context.write(client) as records:
        note = records.numbered(Note, number)
        if pin and note.kind == "working":
            raise CannotDo(
                f"note {number} is a working note and goes on {note.purge_on}; only what stays on "
                "record can be pinned (`trajplan notes add --pin`)"
            )
        if note.pinned == pin:
            raise CannotDo(f"note {number} is {'pinned already' if pin else 'not pinned'}")
        records.update(note, pinned=pin)
        return Change(records.dossier, f"note {number} is {'pinned' if pin else 'unpinned'}")


def _session_for_note(records: ClientRecords, reference: str | None) -> Session:
    if reference is not None:
        return any_session_of(records, reference)
    return last_held(records.own(Session)) or session_of(records, None)
