"""What an ending needs, held against the records (R12, R111, R112, R115)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from trajplan.dates import months_later, short_date
from trajplan.records.dossier import Dossier
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.sessions import Session, WorksheetAnswers
from trajplan.text import each_once, plural

MONTHS = 6
"""From the closing to the follow-up (R111)."""


FOLLOW_UP = "six-month-follow-up"
"""The worksheet a client fills in for it."""


class ClosingWords(Struct, frozen=True, kw_only=True):
    """What the coach gave `close`: every text on one line, the day as a day."""

    outcomes: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    follow_up: dt.date | None = None
    remark: str = ""
    """What to say of that day: it was moved off a weekend, or is a day off."""
    force: str = ""
    hints: tuple[str, ...] = ()
    """What may be meant otherwise than it was read."""


class EndingNeed(Struct, frozen=True, kw_only=True):
    """One thing an engagement ends with; `missing` is empty when it is there."""

    name: str
    state: str
    """What there is of it, in a few words."""
    missing: str
    """What is still needed, in a few words."""
    how: str = ""
    """How it is given on the command line, where that is not plain."""


class EndingChecklist(Struct, frozen=True, kw_only=True):
    """Everything an ending needs (R12), and what is worth having besides."""

    client: Client
    closed: dt.date | None
    needs: tuple[EndingNeed, ...]
    wishes: tuple[EndingNeed, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps the engagement from being closed."""
        return tuple(need.missing for need in self.needs if need.missing)


def follow_up_of(dossier: Dossier) -> Session | None:
    """The follow-up that waits, of an engagement that is closed; see `open_follow_up`."""
    return open_follow_up(dossier.engagement, dossier.sessions, dossier.fillings_of(FOLLOW_UP))


def open_follow_up(
    engagement: Engagement, sessions: Sequence[Session], fillings: Sequence[WorksheetAnswers]
) -> Session | None:
    """The follow-up that waits: planned, and its sheet has not come back since the closing."""
    answered = any(
        engagement.closed is not None and filling.date > engagement.closed for filling in fillings
    )
    planned = [
        session
        for session in sessions
        if session.kind == "follow_up" and session.state == "planned"
    ]
    return planned[0] if planned and not answered else None


def ending_lacks(dossier: Dossier, day: dt.date) -> tuple[str, ...]:
    """What closing on a day would still lack, for the last session's plan."""
    checklist = needs_of(dossier, day, ClosingWords())
    return (
        *checklist.missing,
        *(wish.missing for wish in checklist.wishes[:1] if wish.missing),
    )


def needs_of(dossier: Dossier, today: dt.date, words: ClosingWords) -> EndingChecklist:
    """Everything an ending needs, and what is worth having besides, on the day of closing."""
    return EndingChecklist(
        client=dossier.client,
        closed=dossier.engagement.closed,
        needs=(
            _career_os(dossier, today),
            _own_triggers(dossier, today, words),
            _follow_up(today, words),
        ),
        wishes=(_outcomes(words), _open_sessions(dossier), _open_commitments(dossier)),
    )


def _career_os(dossier: Dossier, today: dt.date) -> EndingNeed:
    from trajplan.planning.career_os import career_os_of  # `today` asks for the follow-up alone

    page = career_os_of(dossier, today)
    parts = {
        "what worked": page.worked,
        "values": page.values,
        "strengths": page.strengths,
        "tracking habits": page.habits,
    }
    filled = [f"{name} {len(lines)}" for name, lines in parts.items() if lines]
    empty = [name for name, lines in parts.items() if not lines]
    return EndingNeed(
        name="Career OS",
        state=", ".join(filled),
        missing=f"Career OS: {', '.join(empty)}" if empty else "",
        how="`trajplan close --print career-os-form`, then `trajplan worksheets fill career-os`",
    )


def _own_triggers(dossier: Dossier, today: dt.date, words: ClosingWords) -> EndingNeed:
    triggers = triggers_of(dossier, today, words)
    return EndingNeed(
        name="Triggers",
        state="; ".join(triggers),
        missing="" if triggers else "the client's own triggers",
        how="--trigger TEXT, or on the Career OS form",
    )


def _follow_up(today: dt.date, words: ClosingWords) -> EndingNeed:
    if words.follow_up:
        return EndingNeed(name="Follow-up", state=short_date(words.follow_up), missing="")
    usual = months_later(today, MONTHS)
    return EndingNeed(
        name="Follow-up",
        state="",
        missing="a follow-up date",
        how=f"--follow-up +{MONTHS}m is {short_date(usual)}",
    )


def _outcomes(words: ClosingWords) -> EndingNeed:
    return EndingNeed(
        name="Outcomes",
        state="; ".join(words.outcomes),
        missing="" if words.outcomes else "outcomes that others can see",
        how="--outcome TEXT",
    )


def _open_sessions(dossier: Dossier) -> EndingNeed:
    numbers = [
        str(session.number)
        for session in dossier.numbered
        if session.state not in ("held", "skipped")
    ]
    word = "sessions" if len(numbers) > 1 else "session"
    last = dossier.last_held()
    return EndingNeed(
        name="Sessions",
        state=f"last held: {last.number}, {short_date(last.day)}" if last else "",
        missing=f"neither held nor skipped: {word} {', '.join(numbers)}" if numbers else "",
    )


def _open_commitments(dossier: Dossier) -> EndingNeed:
    unreviewed = sum(commitment.status == "open" for commitment in dossier.commitments)
    return EndingNeed(
        name="Commitments",
        state=plural(len(dossier.commitments), "commitment"),
        missing=f"not looked at yet: {unreviewed}" if unreviewed else "",
    )


def triggers_of(dossier: Dossier, today: dt.date, words: ClosingWords) -> tuple[str, ...]:
    """The client's own: from the Career OS worksheet, then what was given here."""
    from trajplan.planning.career_os import career_os_of

    return each_once((*career_os_of(dossier, today).triggers, *words.triggers))
