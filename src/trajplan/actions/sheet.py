"""What reaches the client of a session: the action-commitment sheet, filled in from the records or
blank (R94, R96), the text for the mail after it (R140), and the rating card (R166).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.own_pages import Template, built_in_template, own_template
from trajplan.actions.ratings import SATISFACTION
from trajplan.content.labels import ENGLISH, Words, words_in
from trajplan.dates import short_date
from trajplan.errors import CannotDo
from trajplan.measures.tci import ANCHORS, FACTORS, TITLES
from trajplan.planning.calendar import agreed_meeting, day_off_words, following_session
from trajplan.planning.spoken import own_label
from trajplan.records.dossier import Dossier, clocks_of, last_held
from trajplan.records.fields import same_fields
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.sessions import Session, WrapRecord
from trajplan.text import one_line, plural

MOST_COMMITMENTS = 3
"""That a session ends with, and a sheet has room for (R94)."""
RECAP_TEMPLATE = "recap"
"""The page that a template of the coach's own takes the place of."""


class SheetCommitment(Struct, frozen=True, kw_only=True):
    """A commitment as the client reads it."""

    of_commitment: ClassVar = ("number", "what", "due", "how_will_i_know", "obstacle", "if_then")

    number: int
    """As the list, the plan and the wrap form give it (F17)."""
    what: str
    due: dt.date
    how_will_i_know: str
    obstacle: str
    if_then: str
    name: str = ""
    """The label that somebody gave it."""
    path: tuple[str, ...] = ()
    """The goals it serves, the theme first (R86)."""


class ClientSheet(Struct, frozen=True, kw_only=True):
    """What goes home with the client. There is no coach-only field. `blank`: for handwriting."""

    client_name: str
    session: int
    of: int
    date: dt.date
    focus: str
    serves: str
    """The agreed priority the session served; empty when none was named."""
    takeaways: tuple[str, ...]
    commitments: tuple[SheetCommitment, ...]
    inquiry: str
    """The question that goes home; empty: none, or one to write on a blank sheet."""
    midpoint: dt.date | None
    """The day of a short message, where they agreed on one."""
    next_date: dt.date | None
    next_time: str
    accountability: str = ""
    """How the client wants to be held to it (R101)."""
    to_fill_in: tuple[str, ...] = ()
    """Titles of the worksheets that go home with it."""
    respite: bool = field(default=False, name="holding")
    """The session held what had happened: nothing on it asks for something."""
    blank: bool = False
    card: tuple[str, ...] = ()
    """What the client rates at home from 1 to 10: factors, `satisfaction` (R166)."""
    follow_up: dt.date | None = None
    """After the last session: the day agreed on for looking back."""
    last: bool = False
    """No session is left, and the journey is not closed yet."""


def sheet_of(dossier: Dossier, session_id: int) -> ClientSheet:
    """The sheet as the records fill it; what they do not hold stays empty."""
    session = dossier.session_by_id[session_id]
    engagement = dossier.engagement
    wrap = dossier.said_in(session_id)
    following = agreed_meeting(dossier, session)
    is_last = _is_last(dossier, session)
    return ClientSheet(
        client_name=dossier.client.name,
        session=session.number or 0,
        of=engagement.sessions,
        date=session.day,
        focus=wrap.focus,
        serves=_priority_served(dossier, session_id, wrap),
        takeaways=wrap.takeaways,
        commitments=tuple(
            SheetCommitment(
                **same_fields(commitment, SheetCommitment.of_commitment),
                name=own_label(commitment.what, commitment.label),
                path=dossier.path_to(commitment.goal_id),
            )
            for commitment in dossier.commitments_of(session_id)
        ),
        inquiry=wrap.inquiry,
        midpoint=None if is_last else wrap.halfway,
        next_date=following.date if following else None,
        next_time=(following.start_time or engagement.start_time) if following else "",
        accountability=engagement.accountability,
        to_fill_in=tuple(hand_out.title for hand_out in dossier.handed_out_in(session_id)),
        card=rated_at_home(dossier, session_id),
        respite=dossier.was_respite(session_id),
        follow_up=dossier.ending.follow_up if dossier.ending and is_last else None,
        last=is_last and not engagement.closed,
    )


def rated_in_session(dossier: Dossier, session_id: int) -> bool:
    """Whether the client says in the session where they stand, and not at home or never (R166)."""
    return dossier.client.ratings and _where_rated(dossier, session_id) == "session"


def rated_at_home(dossier: Dossier, session_id: int) -> tuple[str, ...]:
    """Numbers that go home: how the session was, where the client says that at home, and the rest
    where the session had its one moment of numbers elsewhere (R166)."""
    client, where = dossier.client, _where_rated(dossier, session_id)
    if not client.ratings or where in ("off", "later"):
        return ()
    if where == "home":
        return (*FACTORS, SATISFACTION)
    return (SATISFACTION,) if client.satisfaction == "home" else ()


def _where_rated(dossier: Dossier, session_id: int) -> str:
    """Where the plan lets the client rate. Without a plan that was followed it is in the session,
    and on a day that held it can wait."""
    plan = dossier.followed_plan(session_id)
    if plan:
        return plan.ratings
    return "later" if dossier.was_respite(session_id) else "session"


def _priority_served(dossier: Dossier, session_id: int, wrap: WrapRecord) -> str:
    """The priority the wrap names, or else the one named at the check-in."""
    if wrap.serves:
        return wrap.serves
    check_in = dossier.check_in_of(session_id)
    return check_in.serves if check_in else ""


def wrapped_sheet(context: Context, *, client: str | None, number: str | None) -> ClientSheet:
    """Read a saved sheet back, for printing it again. Raises CannotDo while there is none."""
    with context.read(client) as records:
        session = session_of(records, number)
        if records.find(WrapRecord, session_id=session.id) is None:
            raise CannotDo(
                f"session {session.number} with {records.client.name} is not wrapped yet; "
                "give what happened with --from FILE"
            )
        return sheet_of(records.dossier, session.id)


def blank_sheet(context: Context, *, client: str | None, number: str | None) -> ClientSheet:
    """Make an empty sheet for handwriting, with what is known of the session printed on it."""
    with context.read(client, acting=True) as records:
        return sheet_to_write_on(records.dossier, session_of(records, number))


def sheet_to_write_on(dossier: Dossier, session: Session) -> ClientSheet:
    """The sheet of a session with nothing in it but what is known of the session."""
    return replace(
        sheet_of(dossier, session.id),
        focus="",
        takeaways=(),
        commitments=(),
        inquiry="",
        midpoint=None,
        to_fill_in=(),
        blank=True,
    )


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
        tuple(_before_sending(dossier, session, context.today)),
    )


def _waits_for_wrap(dossier: Dossier, session: Session, today: dt.date) -> Session | None:
    """A session after this one that has had its day and is not wrapped."""
    following = following_session(session, dossier.sessions)
    if following is None or dossier.engagement.closed or dossier.own_day(following) > today:
        return None
    return following if dossier.wrap_of(following.id) is None else None


def _before_sending(dossier: Dossier, session: Session, today: dt.date) -> Iterator[str]:
    """What the coach should know of a mail before they send it."""
    if day_off := on_day_off(dossier, session):
        yield day_off
    following = agreed_meeting(dossier, session)
    if following and dossier.own_day(following) <= today:
        when = "today" if dossier.own_day(following) == today else "over"
        yield f"the day on which the mail says that you meet again is {when}"
    if dossier.was_respite(session.id):
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


def _standing(dossier: Dossier, session: Session) -> tuple[Commitment, ...]:
    """What the session left to do: what was dropped since is not held up to anybody."""
    commitments = dossier.commitments_of(session.id)
    return tuple(commitment for commitment in commitments if commitment.status != "dropped")


def on_day_off(dossier: Dossier, session: Session) -> str:
    """What the coach should know of the day that a sheet or mail gives the client: that they are
    off on it; empty: nothing."""
    following = agreed_meeting(dossier, session)
    if following is None or not (words := day_off_words(dossier.days_off, following.date)):
        return ""
    move = f"`trajplan sessions move {following.number} DAY`"
    return f"{words}, and the client reads that you meet then; {move} gives it another day"


def recap_of(dossier: Dossier, session: Session, own_zone: str) -> Recap:
    """Take over what the client may read, and nothing else. `own_zone`: the coach's."""
    sheet = sheet_of(dossier, session.id)
    to_send = dossier.said_in(session.id).to_send
    only_next = dossier.was_respite(session.id)
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
        last=_is_last(dossier, session),
        follow_up=sheet.follow_up,
        **({} if only_next else what_it_left),
    )


def _is_last(dossier: Dossier, session: Session) -> bool:
    """Whether nothing follows: a session that waits for a new day still does, until the journey is
    closed."""
    if dossier.engagement.closed:
        return session == dossier.last_held()
    waiting = [
        other
        for other in dossier.numbered
        if (other.number or 0) > (session.number or 0) and other.state != "skipped"
    ]
    return not waiting and following_session(session, dossier.sessions) is None


def _first_name(name: str) -> str:
    """The first word of a name that is no title such as `Dr.`."""
    words = [word for word in name.split() if not word.endswith(".")]
    return words[0] if words else name


def _in_lines(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: one_line(value) if isinstance(value, str) else value for name, value in values.items()
    }


class CardScale(Struct, frozen=True, kw_only=True):
    """One scale from 1 to 10, and what its ends stand for."""

    name: str
    """A factor."""
    title: str
    low: str
    high: str


class RatingCard(Struct, frozen=True, kw_only=True):
    """What the client marks. There is no coach-only field, and no number of an earlier session."""

    client_name: str
    session: int
    of: int
    date: dt.date
    scales: tuple[CardScale, ...]
    satisfaction: bool
    """Whether it also asks how the session was: where the client says that at home."""


def card_of(dossier: Dossier, session: Session) -> RatingCard | None:
    """The card of a session; None where the client gives no numbers, or not in this one."""
    plan = dossier.plan_of(session.id)
    if not dossier.client.ratings or (plan and plan.ratings == "off"):
        return None
    return RatingCard(
        client_name=dossier.client.name,
        session=session.number or 0,
        of=dossier.engagement.sessions,
        date=session.day,
        scales=tuple(
            CardScale(
                name=factor,
                title=TITLES[factor],
                low=ANCHORS[factor][0],
                high=ANCHORS[factor][1],
            )
            for factor in FACTORS
        ),
        satisfaction=dossier.client.satisfaction == "home"
        or SATISFACTION in rated_at_home(dossier, session.id),
    )


def rating_card(context: Context, *, client: str | None, number: str | None) -> RatingCard:
    """The card of a session. Raises CannotDo where the client gives no numbers."""
    with context.read(client, acting=True) as records:
        session = session_of(records, number)
        card = card_of(records.dossier, session)
        name = records.client.name
        gives_none = not records.client.ratings
    if card is None and gives_none:
        raise CannotDo(
            f"{name} gives no numbers; `trajplan clients update --ratings on` would change that"
        )
    if card is None:
        raise CannotDo(f"session {session.number} with {name} asks for no numbers")
    return card
