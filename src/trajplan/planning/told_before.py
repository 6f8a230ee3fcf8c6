"""What was said or noted before a session, or for it, with the day it tells of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from trajplan.dates import near_date
from trajplan.planning.plan_inputs import WHY_LEFT, ToldBefore, ToldKind
from trajplan.records.dossier import Dossier
from trajplan.records.model.sessions import Note, Session


def said_for(dossier: Dossier, session: Session, last: Session | None) -> Iterator[ToldBefore]:
    """What was said or noted for this very session, and noted in meetings since the last one."""
    check_in = dossier.check_in_of(session.id)
    for text in filter(None, (check_in.matters, check_in.mood) if check_in else ()):
        yield ToldBefore(text=text, when="for today", day=check_in.date if check_in else None)
    places = dict(notes_for(dossier, session, last.day if last else dt.date.min))
    for note in dossier.notes:
        if note.text in places and note.written <= session.date:
            when = places[note.text]
            yield ToldBefore(text=note.text, when=when, kind="noted", day=note.written)


def notes_for(dossier: Dossier, session: Session, since: dt.date) -> Iterator[tuple[str, str]]:
    """Notes for this very session, and of meetings beside the journey since a day, the latest
    first, each with where it was written."""
    places = {
        meeting.id: f"{meeting.kind.replace('_', '-')} {near_date(meeting.day)}"
        for meeting in dossier.sessions
        if not meeting.number and (meeting.held_on or dt.date.min) >= since
    }
    for note in sorted(dossier.notes, key=lambda note: note.written, reverse=True):
        if note.kind == "record" and not note.pinned and note.session_id in {session.id, *places}:
            written = f"for today, written {near_date(note.written)}"
            yield note.text, places.get(note.session_id, written)


def noted_on(dossier: Dossier, note: Note) -> dt.date:
    """The day that a note tells of: that of its session where it came with the wrap, however late
    that was typed; else the day it was written."""
    session = dossier.session_by_id[note.session_id]
    wrap = dossier.wrap_of(session.id)
    came_with_it = wrap is None or note.written == wrap.wrapped_on
    return session.day if came_with_it and session.state == "held" else note.written


def told_before(dossier: Dossier, session: Session, last: Session | None) -> tuple[ToldBefore, ...]:
    """What was said or noted before a session, the latest first, and what the intake says of the
    work so far last. Working notes are not among it (R58)."""
    told: list[tuple[dt.date, ToldBefore]] = []
    since = last.day if last else dt.date.max

    def add(
        day: dt.date,
        kind: ToldKind,
        texts: Iterable[str],
        when: str = "",
        *,
        session: int | None = None,
        of: str = "",
    ) -> None:
        words = ToldBefore(
            text="",
            when=f"session {session}" if session else when,
            kind=kind,
            last=day >= since,
            day=day,
            session=session or 0,
            of=of,
        )
        told.extend((day, replace(words, text=text)) for text in texts if text.strip())

    for earlier in dossier.held_before(session.number or 0):
        number = earlier.number
        check_in = dossier.check_in_of(earlier.id)
        notes = [note for note in dossier.notes_of(earlier.id) if note.kind == "record"]
        if dossier.was_holding(earlier.id):
            held = (check_in.matters or check_in.mood) if check_in else ""
            dated = f"session {number}, {near_date(earlier.day)}"
            words = ToldBefore(
                text=held,
                when=dated,
                kind="held",
                day=earlier.day,
                session=number or 0,
                unwritten=not (held or notes),
            )
            told.append((earlier.day, words))
        elif check_in:
            add(earlier.day, "mood", [check_in.mood], session=number)
            add(earlier.day, "said", [check_in.matters], session=number)
        add(earlier.day, "said", dossier.taken_away(earlier.id), session=number)
        for note in notes:
            day = noted_on(dossier, note)
            on_its_day = number if day == earlier.day else 0
            add(day, "noted", [note.text], near_date(day), session=on_its_day)
    for step in dossier.commitments:
        reviews = dossier.learnt_from(step.id)
        for review in reviews:
            when = f"{step.label or step.what}, {near_date(review.date)}"
            add(review.date, "said", [review.learned], when, of=step.what)
            if review != reviews[-1]:
                told[-1] = (review.date, replace(told[-1][1], overtaken=True))
        for contact in dossier.contacts_about(step.id):
            when = f"{contact.kind} {near_date(contact.date)}"
            add(contact.date, "noted", [contact.note], when, of=step.what)
    for echo in dossier.echoes:
        day = dossier.session_by_id[echo.session_id].day
        add(day, "said", [echo.answer], session=dossier.number_of(echo.session_id))
    told = [(day, words) for day, words in told if day <= session.date]
    told.sort(key=lambda entry: entry[0], reverse=True)
    career = dossier.engagement.intake.career
    lines = [(line, "intake") for role in career for line in role.challenges if line]
    lines += [(role.left_because, WHY_LEFT) for role in career if role.left_because]
    return (
        *(words for _, words in told),
        *(ToldBefore(text=line, when=when, kind="intake") for line, when in lines),
    )
