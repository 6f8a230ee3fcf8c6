"""The text for the mail to the client after a session (R140)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.own_pages import Template, built_in_template, own_template
from trajplan.actions.sheet import in_another_language, on_day_off, sheet_of
from trajplan.content.labels import ENGLISH, Words, words_in
from trajplan.errors import CannotDo
from trajplan.planning.calendar import following_session, next_not_skipped
from trajplan.records.dossier import Dossier, clocks_of, last_held
from trajplan.records.fields import same_fields
from trajplan.records.model.sessions import Session
from trajplan.text import one_line

RECAP_TEMPLATE = "recap"
"""The page that a template of the coach's own takes the place of."""


class RecapPromise(Struct, frozen=True, kw_only=True):
    """A commitment as the mail after a session has it, in the client's words."""

    name: str
    """The label that somebody gave it."""
    what: str
    due: dt.date
    how_will_i_know: str


class Recap(Struct, frozen=True, kw_only=True):
    """All that a mail to the client may hold; a template reaches nothing else.

    There is no coach-only field. After a session that held, the next day is all there is.
    """

    client_name: str
    first_name: str
    session: int
    of: int
    date: dt.date
    only_next: bool
    """Something hard has happened: nothing is said but when we meet again (R22)."""
    promises: tuple[RecapPromise, ...] = ()
    takeaways: tuple[str, ...] = ()
    """Only those that were marked to be sent."""
    inquiry: str = ""
    """The question that went home."""
    to_fill_in: tuple[str, ...] = ()
    """Titles of the worksheets that went home."""
    next_date: dt.date | None
    next_time: str
    """By the client's own clock."""
    time_zone: str
    """The client's, where yours says another time (R143); else empty."""
    last: bool
    """No session is left."""
    follow_up: dt.date | None
    """After the last session: the day agreed on for looking back."""


class SessionRecap(Struct, frozen=True):
    """A recap with the template it is written with, and the client's slug for whoever sends it."""

    client: str
    recap: Recap
    template: Template
    words: Words = ENGLISH
    """How it writes days."""
    remarks: tuple[str, ...] = ()
    """What the coach should know before they send it."""


def session_recap(context: Context, *, client: str | None, number: str | None) -> SessionRecap:
    """The recap of a session; without a number, of the one held last.

    Raises CannotDo while the session is not wrapped; a session that held needs no wrap.
    """
    with context.read(client, acting=True) as records:
        dossier = records.dossier
        session = last_held(dossier.sessions) if number is None else session_of(records, number)
    name = dossier.client.name
    if session is None:
        raise CannotDo(f"no session with {name} has been held yet")
    held, wrapped = session.state == "held", dossier.wrap_of(session.id) is not None
    if not (held and (wrapped or dossier.was_respite(session.id))):
        raise CannotDo(
            f"session {session.number} with {name} is not wrapped yet; `trajplan wrap session "
            f"{session.number}` does that, and the recap says what it holds"
        )
    words = words_in(dossier.engagement.language, context.settings.user_library)
    template = own_template(context.settings, RECAP_TEMPLATE, words.language) or built_in_template(
        RECAP_TEMPLATE, words.language
    )
    return SessionRecap(
        dossier.client.slug,
        recap_of(dossier, session, context.zone),
        template,
        words,
        tuple(
            filter(
                None,
                (
                    on_day_off(dossier, session),
                    in_another_language(dossier, context.library, session),
                ),
            )
        ),
    )


def recap_of(dossier: Dossier, session: Session, own_zone: str) -> Recap:
    """Take over what the client may read, and nothing else. `own_zone`: the coach's."""
    sheet = sheet_of(dossier, session.id)
    to_send = dossier.said_in(session.id).to_send
    only_next = dossier.was_respite(session.id)
    following = following_session(session, dossier.sessions)
    engagement = dossier.engagement
    elsewhere = following and clocks_of(engagement, following, own_zone)
    commitments = dossier.commitments_of(session.id)
    dropped = {promise.number for promise in commitments if promise.status == "dropped"}
    what_it_left: dict[str, Any] = {
        # What was dropped since is not held up to anybody.
        "promises": tuple(
            RecapPromise(**_in_lines(same_fields(commitment, RecapPromise.__struct_fields__)))
            for commitment in sheet.commitments
            if commitment.number not in dropped
        ),
        "takeaways": tuple(one_line(words) for words in sheet.takeaways if words in to_send),
        "inquiry": one_line(sheet.inquiry),
        "to_fill_in": sheet.to_fill_in,
    }
    return Recap(
        client_name=sheet.client_name,
        first_name=_first_name(sheet.client_name),
        session=sheet.session,
        of=sheet.of,
        date=sheet.date,
        only_next=only_next,
        next_date=sheet.next_date,
        next_time=sheet.next_time,
        time_zone=engagement.time_zone if elsewhere else "",
        last=next_not_skipped(dossier.numbered, session.number or 0) is None,
        follow_up=sheet.follow_up,
        **({} if only_next else what_it_left),
    )


def _first_name(name: str) -> str:
    """The first word of a name that is no title such as `Dr.`."""
    words = [word for word in name.split() if not word.endswith(".")]
    return words[0] if words else name


def _in_lines(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: one_line(value) if isinstance(value, str) else value for name, value in values.items()
    }
