"""The text for the mail to the client after a session (R140)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.own_pages import Template, built_in_template, own_template
from trajplan.actions.safety import words_of_danger
from trajplan.actions.sheet import in_another_language, on_day_off, sheet_of
from trajplan.content.labels import ENGLISH, Words, words_in
from trajplan.content.library import Library
from trajplan.dates import short_date
from trajplan.errors import CannotDo
from trajplan.planning.calendar import agreed_meeting, following_session, is_last
from trajplan.records.dossier import Dossier, clocks_of, last_held
from trajplan.records.fields import same_fields
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.sessions import Session
from trajplan.text import exact_words, one_line, plural

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
    taken_on: bool = False
    """After such a session: something was taken on or taken home all the same, though the mail does
    not name it."""
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
    no_next: bool = False
    """No day is agreed on for meeting again, and none is to be found for now."""
    midpoint: dt.date | None = None
    """The day of a short message before then, where they agreed on one."""
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

    Raises CannotDo while the session is not wrapped; a session that held needs no wrap. Without a
    number also where a later session has had its day and is not wrapped: the mail is most likely
    meant for that one, and what an earlier one says is over.
    """
    with context.read(client, acting=True) as records:
        dossier = records.dossier
        session = last_held(dossier.sessions) if number is None else session_of(records, number)
    name = dossier.client.name
    if session is None:
        raise CannotDo(f"no session with {name} has been held yet")
    if number is None and (later := _waits_for_wrap(dossier, session, context.today)):
        raise CannotDo(
            f"session {later.number} with {name} was to be on {short_date(later.date)} and is not "
            f"wrapped yet; `trajplan wrap session {later.number}` does that, and `trajplan recap "
            f"{session.number}` writes the mail of session {session.number} all the same"
        )
    held, wrapped = session.state == "held", dossier.wrap_of(session.id) is not None
    if not (held and (wrapped or dossier.was_holding(session.id))):
        raise CannotDo(
            f"session {session.number} with {name} is not wrapped yet; `trajplan wrap session "
            f"{session.number}` does that, and the recap says what it holds"
        )
    recap = recap_of(dossier, session, context.zone)
    if recap.midpoint and recap.midpoint < context.today:
        recap = replace(recap, midpoint=None)  # A late mail promises nothing that is over.
    words = words_in(dossier.engagement.language, context.settings.user_library)
    template = own_template(context.settings, RECAP_TEMPLATE, words.language) or built_in_template(
        RECAP_TEMPLATE, words.language
    )
    return SessionRecap(
        dossier.client.slug,
        _without_danger(recap, context.library),
        template,
        words,
        tuple(
            filter(
                None,
                (
                    on_day_off(dossier, session),
                    in_another_language(dossier, context.library, session),
                    *_on_old_day(dossier, session, context.today),
                    *_on_left_out(dossier, session),
                    *_on_danger(recap, context.library),
                ),
            )
        ),
    )


def _waits_for_wrap(dossier: Dossier, session: Session, today: dt.date) -> Session | None:
    """A session after this one that has had its day and is not wrapped."""
    following = following_session(session, dossier.sessions)
    if following is None or dossier.engagement.closed or dossier.own_day(following) > today:
        return None
    return following if dossier.wrap_of(following.id) is None else None


def _on_old_day(dossier: Dossier, session: Session, today: dt.date) -> Iterator[str]:
    """Say when the day on which the mail says that you meet again has come."""
    following = agreed_meeting(dossier, session)
    if following and dossier.own_day(following) <= today:
        when = "today" if dossier.own_day(following) == today else "over"
        yield f"the day on which the mail says that you meet again is {when}"


def _on_left_out(dossier: Dossier, session: Session) -> Iterator[str]:
    """Say what the mail after a session that held does not tell the client, though it was kept."""
    if not dossier.was_holding(session.id):
        return
    promises = len(_standing(dossier, session))
    takeaways = len(dossier.said_in(session.id).to_send)
    left_out = [
        *([plural(promises, "commitment")] if promises else []),
        *([plural(takeaways, "takeaway") + " marked [x]"] if takeaways else []),
    ]
    if left_out:
        yield (
            "the session held what has happened, so the mail says only when you meet again; "
            f"it leaves out {' and '.join(left_out)}, which the sheet has"
        )


def _without_danger(recap: Recap, library: Library) -> Recap:
    """The mail without words about danger: they are spoken of, and never sent by oversight."""

    def is_safe(*texts: str) -> bool:
        return not any(any(words_of_danger(library, text)) for text in texts)

    return replace(
        recap,
        promises=tuple(
            promise
            for promise in recap.promises
            if is_safe(promise.name, promise.what, promise.how_will_i_know)
        ),
        takeaways=tuple(filter(is_safe, recap.takeaways)),
        inquiry=recap.inquiry if is_safe(recap.inquiry) else "",
    )


def _on_danger(recap: Recap, library: Library) -> Iterator[str]:
    """Say which words about danger the mail leaves out."""
    safe = _without_danger(recap, library)
    left_out = [
        *(promise.what for promise in recap.promises if promise not in safe.promises),
        *(words for words in recap.takeaways if words not in safe.takeaways),
        *([recap.inquiry] if recap.inquiry != safe.inquiry else []),
    ]
    for words in left_out:
        quoted = f"“{exact_words(words) or words}”"
        yield (
            f"the mail leaves out words about danger: {quoted}; speak of them with the client, and "
            "write them in yourself if they should be sent"
        )


def _standing(dossier: Dossier, session: Session) -> tuple[Commitment, ...]:
    """What the session left to do: what was dropped since is not held up to anybody."""
    commitments = dossier.commitments_of(session.id)
    return tuple(commitment for commitment in commitments if commitment.status != "dropped")


def recap_of(dossier: Dossier, session: Session, own_zone: str) -> Recap:
    """Take over what the client may read, and nothing else. `own_zone`: the coach's."""
    sheet = sheet_of(dossier, session.id)
    to_send = dossier.said_in(session.id).to_send
    only_next = dossier.was_holding(session.id)
    following = agreed_meeting(dossier, session)
    engagement = dossier.engagement
    elsewhere = following and clocks_of(engagement, following, own_zone)
    standing = {commitment.number for commitment in _standing(dossier, session)}
    what_it_left: dict[str, Any] = {
        "promises": tuple(
            RecapPromise(**_in_lines(same_fields(commitment, RecapPromise.__struct_fields__)))
            for commitment in sheet.commitments
            if commitment.number in standing
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
        taken_on=only_next and bool(standing or sheet.to_fill_in),
        no_next=dossier.said_in(session.id).no_next,
        midpoint=sheet.midpoint,
        last=is_last(dossier, session),
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
