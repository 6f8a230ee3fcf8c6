"""The action-commitment sheet that the client takes home, filled in from the records or blank (R94,
R96)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.kept_plans import plan_in
from trajplan.actions.rating_card import rated_at_home
from trajplan.content.labels import ENGLISH_TAG
from trajplan.content.library import Library
from trajplan.errors import CannotDo
from trajplan.planning.calendar import agreed_meeting, day_off_words, is_last
from trajplan.planning.spoken import own_label
from trajplan.records.dossier import Dossier, start_of
from trajplan.records.fields import same_fields
from trajplan.records.model.sessions import Session, WrapRecord

MOST_COMMITMENTS = 3
"""That a session ends with, and a sheet has room for (R94)."""


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
    holding: bool = False
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
    ends = is_last(dossier, session)
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
        midpoint=None if ends else wrap.halfway,
        next_date=following.date if following else None,
        next_time=start_of(engagement, following) if following else "",
        accountability=engagement.accountability,
        to_fill_in=tuple(hand_out.title for hand_out in dossier.handed_out_in(session_id)),
        card=rated_at_home(dossier, session_id),
        holding=dossier.was_holding(session_id),
        follow_up=dossier.ending.follow_up if dossier.ending and ends else None,
        last=ends and not engagement.closed,
    )


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


def on_day_off(dossier: Dossier, session: Session) -> str:
    """What the coach should know of the day that a sheet or mail gives the client: that they are
    off on it; empty: nothing."""
    following = agreed_meeting(dossier, session)
    if following is None or not (words := day_off_words(dossier.days_off, following.date)):
        return ""
    move = f"`trajplan sessions move {following.number} DAY`"
    return f"{words}, and the client reads that you meet then; {move} gives it another day"


def in_another_language(dossier: Dossier, library: Library, session: Session) -> str:
    """What the coach should know of the question that goes home as it was planned: that it is not
    in the language of the page it stands on; empty: nothing."""
    wrap, plan = dossier.wrap_of(session.id), plan_in(dossier, session)
    read_in = dossier.engagement.language or ENGLISH_TAG
    for question in plan.questions if wrap and plan else ():
        if wrap and question.text == wrap.inquiry:
            bank = library.banks.get(question.bank)
            written_in = bank.language if bank else ENGLISH_TAG
            if written_in != read_in:
                return (
                    f"the question that goes home is in `{written_in}`, and the client's pages are "
                    f"in `{read_in}`; `trajplan wrap {session.number} --replace` takes it as you "
                    "said it to them"
                )
    return ""
