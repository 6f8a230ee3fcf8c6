"""The numbers that a client gave, as they were given, and what was taken back of them."""

import datetime as dt
from typing import Annotated

from trajplan.records.fields import Id, Rating, Record, Text, ref

SCALE = "tci-1"
"""Version of the TCI scale: five factors, whole numbers 1–10, asked as "where do I stand now"."""


class TciEntry(Record, frozen=True, kw_only=True):
    """One set of ratings as it was given; append-only (R103). A factor not rated is None."""

    noun = "set of ratings"
    nouns = "sets of ratings"
    searched = (("note", "rating"),)
    rules = ("CHECK (corrects < id)",)

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    date: dt.date
    clarity: Rating | None = None
    options: Rating | None = None
    decision: Rating | None = None
    momentum: Rating | None = None
    confidence: Rating | None = None
    satisfaction: Rating | None = None
    note: str = ""
    scale: Text = SCALE
    corrects: Annotated[int, ref("tci_entries", "NO ACTION")] | None = None
    """Id of the entry this one corrects; factors it leaves out stay as they were."""


class Withdrawal(Record, frozen=True, kw_only=True):
    """A rating or a scaled answer that was taken back: it stays, and counts no more (R138)."""

    rules = (
        "UNIQUE (tci_entry_id)",
        "UNIQUE (scaled_answer_id)",
        "CHECK ((tci_entry_id IS NULL) <> (scaled_answer_id IS NULL))",
    )

    id: Id = 0
    date: dt.date
    tci_entry_id: Annotated[int, ref("tci_entries")] | None = None
    scaled_answer_id: Annotated[int, ref("scaled_answers")] | None = None


class ScaledAnswer(Record, frozen=True, kw_only=True):
    """One answer to a scaled question as it was given; append-only (R67).

    The question and both ends of its scale are kept as they were asked, so that an answer keeps its
    meaning whatever becomes of the bank it came from.
    """

    noun = "scaled answer"

    id: Id = 0
    session_id: Annotated[int, ref("sessions")]
    question_id: Text
    text: Text
    """The question as it was asked."""
    low: Text
    """What 1 meant."""
    high: Text
    """What 10 meant."""
    value: Rating
    date: dt.date
