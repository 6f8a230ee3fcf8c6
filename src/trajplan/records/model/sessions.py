"""A session with what became of its day, and what is kept of it: plan, check-in, wrap, notes and
answers.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from trajplan.records.fields import (
    KEY,
    Count,
    Id,
    Number,
    Positive,
    Rating,
    Record,
    Text,
    Time,
    ref,
    same_fields,
)
from trajplan.records.forms import NoteKind, Said, Wrap, said_text
from trajplan.vocabulary import Energy, Method

SessionState = Literal["planned", "held", "missed", "cancelled", "skipped"]
MeetingKind = Literal["chemistry", "three_way", "check_in", "follow_up"]
"""A session without a number."""
SessionKind = Literal["numbered", MeetingKind]
EchoQuestion = Literal["stuck_point", "destination", "takeaways"]
SessionAct = Literal["moved", "missed", "cancelled", "skipped", "taken_back"]
Canceller = Literal["client", "coach"]


class Session(Record, frozen=True, kw_only=True):
    """A place in the journey; unnumbered meetings have `number` None."""

    noun = "session"
    rules = (
        "UNIQUE (engagement_id, number)",
        "CHECK ((kind = 'numbered') = (number IS NOT NULL))",
        "CHECK ((state = 'held') = (held_on IS NOT NULL))",
    )
    order = "number IS NULL, number, date, start_time, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    number: Positive | None
    kind: SessionKind
    state: SessionState = "planned"
    date: dt.date
    start_time: Time = ""
    phase: str = ""
    """Empty until the coach prepares or holds the session; the number proposes it."""
    method: Method | Literal[""] = ""
    options: Mapping[str, Any] = {}
    """What the coach asked of `prep`, kept until `--reset`."""
    held_on: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """When it was held; until then, when it is planned for."""
        return self.held_on or self.date


class KeptPlan(Record, frozen=True, kw_only=True):
    """A session's plan with what it was made from; frozen once the session was held."""

    session_id: Annotated[int, KEY, ref("sessions")]
    client_revision: Count
    library_digest: str
    options: Mapping[str, Any]
    body: Mapping[str, Any]
    """The plan in full, as plain data."""
    frozen: bool = False


class WrapRecord(Record, frozen=True, kw_only=True):
    """What was kept of a held session."""

    noun = "wrap"
    searched = (
        ("focus", "wrap"),
        ("takeaways", "takeaway"),
        ("frame_change", "wrap"),
        ("agreement", "wrap"),
        ("inquiry", "wrap"),
    )
    of_wrap: ClassVar = (
        *("minutes", "actual", "focus", "takeaways", "parked", "energy", "frame_change"),
        *("agreement", "inquiry", "asked", "serves"),
    )
    """As they are handed in with a `Wrap`, and given back to its form."""

    session_id: Annotated[int, KEY, ref("sessions")]
    wrapped_on: dt.date
    minutes: Positive | None = None
    actual: Mapping[str, int] = {}
    """Minutes by segment id, as they really were."""
    focus: str = ""
    takeaways: tuple[str, ...] = ()
    to_send: tuple[str, ...] = ()
    """Those of the takeaways that may stand in the mail to the client (R140)."""
    parked: tuple[str, ...] = ()
    beliefs: tuple[str, ...] = ()
    """As they were written; each is an assumption of its own."""
    energy: Energy | None = None
    frame_change: str = ""
    agreement: str = ""
    """What was agreed anew at the checkpoint (R120)."""
    inquiry: str = ""
    """The question that went home; empty: none did (R66)."""
    asked: tuple[str, ...] = ()
    """Ids of the questions that count as asked."""
    none_chosen: bool = False
    serves: str = ""
    """The agreed priority the session served, in its own words (R43)."""
    no_next: bool = False
    """No day is agreed on for meeting again, though one is planned."""
    halfway: dt.date | None = None
    """The day of a short message before they meet again, where they agreed on one (R101)."""

    @staticmethod
    def words_of(form: Wrap) -> dict[str, Any]:
        """What a wrap that was handed in says, under the names of this record: the takeaways as
        texts, and beside them those that may be sent."""
        to_send = (said for said in form.takeaways if isinstance(said, Said) and said.to_send)
        return {
            **same_fields(form, WrapRecord.of_wrap),
            "takeaways": tuple(map(said_text, form.takeaways)),
            "beliefs": tuple(map(said_text, form.beliefs)),
            "to_send": tuple(map(said_text, to_send)),
        }

    @property
    def as_handed_in(self) -> dict[str, Any]:
        """What it says, under the names of the form."""
        said = (Said(text=text, to_send=text in self.to_send) for text in self.takeaways)
        return {
            **same_fields(self, WrapRecord.of_wrap),
            "takeaways": tuple(said),
            "beliefs": self.beliefs,
        }


class QuestionUse(Record, frozen=True, kw_only=True):
    """A question that was planned or asked, with the session it belongs to."""

    rules = ("UNIQUE (session_id, question_id)",)
    order = "date, id"

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    question_id: Text
    date: dt.date
    asked: bool
    """True: asked in a held session. False: only planned."""


class CheckIn(Record, frozen=True, kw_only=True):
    """How the client arrives (R42, R44)."""

    noun = "check-in"
    searched = (("mood", "check-in"), ("matters", "check-in"))
    order = "date, id"

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    date: dt.date
    energy: Energy | None = None
    mood: str = ""
    matters: str = ""
    """What matters most today."""
    progress: Mapping[str, Rating] = {}
    """Movement since last time by factor, 1 (stood still) to 10 (moved a great deal)."""
    holding: bool = False
    """Something hard has happened: the session holds, and works toward no goal (R22)."""
    serves: str = ""
    """The agreed priority today's topic serves, in its own words (R43)."""
    about: tuple[str, ...] = ()
    """Ids of the topics the coach named for today (R120)."""
    answered: bool = False
    """Whether the coach has said if the session shall hold: what grave news ask (R131)."""


SAFETY_SAID = "Safety, in the client's words: "
"""Begins the note that keeps words about danger."""


class Note(Record, frozen=True, kw_only=True):
    """A coach's note: part of the record, or working paper with a purge date (R58)."""

    noun = "note"
    searched = (("text", "note"),)
    rules = (
        "CHECK (purge_on IS NULL OR kind = 'working')",
        "CHECK (NOT pinned OR kind = 'record')",
    )

    id: Id = 0
    number: Number = 0
    session_id: Annotated[int, ref("sessions")]
    kind: NoteKind
    text: Text
    written: dt.date
    purge_on: dt.date | None = None
    pinned: bool = False
    """It stands on every plan until the coach takes it down (R128)."""

    @property
    def warns(self) -> bool:
        """Whether it keeps words about danger, and the coach has not called that settled."""
        return self.pinned and self.text.startswith(SAFETY_SAID)


class WorksheetAnswers(Record, frozen=True, kw_only=True):
    """A worksheet filled in once; filling it again makes another record."""

    noun = "filled worksheet"
    searched = (("answers", "answer"), ("unmatched", "answer"))
    order = "date, id"

    id: Id = 0
    engagement_id: Annotated[int, ref("engagements")]
    session_id: Annotated[int, ref("sessions", "SET NULL")] | None = None
    """The session it was filled in for or after; None: between sessions."""
    worksheet: Text
    title: Text
    form: Mapping[str, Any]
    """The worksheet as it was when filled in, the client's own names in it, as plain data: so an
    answer keeps its question whatever becomes of the file it came from."""
    answers: Mapping[str, Any]
    unmatched: str = ""
    """Text that belonged to no field."""
    date: dt.date


class HandedOut(Record, frozen=True, kw_only=True):
    """A worksheet that went home with a session's sheet (R82, R83)."""

    noun = "worksheet to take home"
    nouns = "worksheets to take home"
    order = "session_id, position"

    session_id: Annotated[int, KEY, ref("sessions")]
    position: Count
    worksheet: Annotated[Text, KEY]
    title: Text


class Echo(Record, frozen=True, kw_only=True):
    """One of the client's first words asked again in a later session."""

    noun = "answer to the first words"
    nouns = "answers to the first words"
    searched = (("answer", "answer"),)

    session_id: Annotated[int, KEY, ref("sessions")]
    question: Annotated[EchoQuestion, KEY]
    words: str
    """As they were put then, to be read beside the answer; empty when there were none."""
    answer: Text


class SessionDay(Record, frozen=True, kw_only=True):
    """One thing that became of a session's day: moved, missed, cancelled, skipped; append-only.

    A session's present day and state stand in its own row; this is how it came to them.
    """

    searched = (("reason", "change"),)
    rules = (
        "CHECK ((act = 'cancelled') = (cancelled_by IS NOT NULL))",
        "CHECK (act = 'cancelled' OR notice_hours IS NULL)",
    )

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    date: dt.date
    """The day it was kept on."""
    act: SessionAct
    was_on: dt.date
    now_on: dt.date
    """The same day, unless it was moved."""
    cancelled_by: Canceller | None = None
    notice_hours: Count | None = None
    """Hours between the cancellation and the session; None: not said."""
    reason: str = ""
