"""What waits for the coach with one client: a table of rules over records and a day (`today`).

Nothing here is a fault. A rule says what is there to be done and which command does it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Topic
from trajplan.dates import short_date
from trajplan.planning.brief_sources import intake_lines, intake_of, sources_of
from trajplan.planning.calendar import DAY, day_off_words
from trajplan.planning.coming_days import is_of_death, urgent_days
from trajplan.planning.ending import follow_up_of
from trajplan.planning.from_records import PlannedParked
from trajplan.planning.heard_topics import ASKS_FIRST, heard_topics, proposing
from trajplan.planning.last_time import parked_for, pinned_notes
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.planning.sentences import Sentence, sentences_told
from trajplan.planning.told_before import said_for, told_before
from trajplan.records.dossier import Dossier, references, start_in_plan, start_of
from trajplan.records.model.commitments import WAITING
from trajplan.records.model.sessions import Session
from trajplan.text import in_quotes, sentences_of

DueItemKind = Literal[
    "session_today",
    "session_passed",
    "under_way",
    "form_begun",
    "no_day",
    "day_off",
    "meeting",
    "follow_up",
    "close",
    "not_wrapped",
    "call",
    "grave_news",
    "referral",
    "not_rated",
    "midpoint",
    "commitment_due",
    "deadline",
    "prepare",
    "pinned",
    "parked",
]
ASK_DAYS = 7
"""For so long after its day, only whether a session was held is asked (R166)."""
ASKED_ALONE = ("under_way", "form_begun", "session_passed", "session_today")
"""What is said of sessions all the same then."""
ASKED = "asked"
"""State of a session of whose day nothing else is said yet."""
DEADLINE_DAYS = 7
"""How long before a day that somebody else has set it is told of."""
GRAVE_DAYS = 14
"""For so long grave news and a new referral are told of, unless a session comes first."""
CALL_DAYS = 7
"""For so long after a session that held, the short call it ends with is told of."""
RATE_DAYS = 3
"""For so long after a session a rating that is missing is told of."""
PREPARE_DAYS = 3
"""How long before a session its plan is asked for."""


class DueItem(Struct, frozen=True, kw_only=True):
    """One thing to do. `session` is its number, `date` the day it belongs to; the text of a
    commitment is what was promised."""

    kind: DueItemKind
    text: str
    command: str
    session: int | None
    date: dt.date
    state: str = "open"
    """How a commitment stands; `dated`: a parked topic with a day by which it matters;
    `no_session`: a deadline before the next session; `asked`: nothing else is asked of the session
    yet."""


def due_items(
    dossier: Dossier,
    topics: Mapping[str, Topic],
    today: dt.date,
    under_way: Sequence[Session],
    begun: Sequence[Session] = (),
) -> tuple[DueItem, ...]:
    """Everything that waits, in the order a coach would take it up. `topics`: of the library;
    `under_way`: sessions that were run with `live`, of which something is in no wrap yet;
    `begun`: those of which a wrap form was begun and is not saved.

    A session whose day passed within the week asks whether it was held, and nothing else does but
    what today brings, what stands until it is closed, and a day that comes whatever was held.

    After the closing only the follow-up waits; while a journey rests, only meetings agreed apart
    from it, what stands until it is closed, and such days.
    """
    if dossier.engagement.closed:
        return tuple(_follow_up(dossier, today))
    running = [
        *(_running(session) for session in under_way),
        *(_form_begun(dossier, session) for session in begun),
    ]
    deadlines = _deadlines(dossier, today)
    if dossier.pause_on(today):
        meetings = _meetings(dossier, today)
        return (*_notes_due(dossier), *deadlines, *running, *meetings, *_topics_due(dossier, today))
    grave = _grave_news(dossier, topics, today)
    numbers = [due.session for due in running]
    planned = [
        *running,
        *(
            due
            for due in _planned_sessions(dossier, today)
            if due.kind != "session_passed" or due.session not in numbers
        ),
    ]
    if _only_asked(dossier, dossier.numbered, today):
        return (
            *_notes_due(dossier),
            *deadlines,
            *grave,
            *(due for due in planned if due.kind in ASKED_ALONE),
            *_meetings(dossier, today),
            *_topics_due(dossier, today),
        )
    return (
        *_notes_due(dossier),
        *deadlines,
        *grave,
        *_call_due(dossier, today),
        *_new_referrals(dossier, today),
        *planned,
        *_sessions_without_day(dossier),
        *_session_on_day_off(dossier, today),
        *_meetings(dossier, today),
        *(due for due in _held_sessions(dossier, today) if due.session not in numbers),
        *_midpoint(dossier, today),
        *_due_commitments(dossier, today),
        *_closing(dossier),
        *_topics_due(dossier, today),
    )


def _only_asked(dossier: Dossier, sessions: Sequence[Session], today: dt.date) -> bool:
    """Whether a session of the last days has not been said to be held or not (R166)."""
    return any(
        session.state == "planned" and 0 < (today - dossier.own_day(session)).days <= ASK_DAYS
        for session in sessions
    )


def _running(session: Session) -> DueItem:
    """A session that was run with `live`."""
    command = f"trajplan wrap session {session.number}"
    if session.state == "held":
        text = "words that were kept while it ran are not in its wrap"
        return _session_item(session, "under_way", text, f"{command} --replace")
    return _session_item(session, "under_way", "run live, and not wrapped yet", command)


def _form_begun(dossier: Dossier, session: Session) -> DueItem:
    replaces = " --replace" if dossier.wrap_of(session.id) else ""
    return _session_item(
        session,
        "form_begun",
        "the form of its wrap is begun and not saved yet",
        f"trajplan wrap session {session.number}{replaces}",
    )


def _notes_due(dossier: Dossier) -> list[DueItem]:
    """Notes that stand until they are unpinned (R128)."""
    return [
        DueItem(
            kind="pinned",
            text=note.text,
            command=f"trajplan notes unpin {note.number}",
            session=note.session,
            date=dt.date.fromisoformat(note.written),
        )
        for note in pinned_notes(dossier)
    ]


def _deadlines(dossier: Dossier, today: dt.date) -> list[DueItem]:
    """Days of the next week that the client has named, or that bind what they took on (R126)."""
    following = dossier.next_session()
    planned = following if following and following.state == "planned" else None
    brought = intake_lines(intake_of(sources_of(dossier)))

    def near(told: Iterable[Sentence]) -> list[tuple[str, dt.date]]:
        days = urgent_days(dossier, brought, today, None, told)
        named = ((urgent, dt.date.fromisoformat(urgent.day)) for urgent in days)
        return [
            (urgent.newer.text if urgent.newer else urgent.text, day)
            for urgent, day in named
            if (day - today).days <= DEADLINE_DAYS
        ]

    # What newer words move is only looked for where something is near.
    if not near(()) or not (here := following or dossier.last_held()):
        return [_deadline(text, day, planned) for text, day in near(())]
    told = sentences_told(told_before(dossier, here, None), dossier.client.name)
    return [_deadline(text, day, planned) for text, day in near(told)]


def _deadline(text: str, day: dt.date, following: Session | None) -> DueItem:
    """What has a day, and the session in which it can be spoken of, or be moved before it."""
    state, command = "open", "trajplan show"
    if following and following.date <= day:
        command = f"trajplan prep session {following.number}"
    # A funeral is no day to prepare for: nobody is met the sooner for it.
    elif following and not is_of_death(text):
        state, command = "no_session", f"trajplan sessions move {following.number} DAY"
    return DueItem(kind="deadline", text=text, command=command, session=None, date=day, state=state)


def _grave_news(dossier: Dossier, topics: Mapping[str, Topic], today: dt.date) -> Iterator[DueItem]:
    """Danger, else the newest grave news, since the last session held, or in it, in the words on
    record; none that a session held, nor where the coach has said to work as planned (R131)."""
    following, last = dossier.next_session(), dossier.last_held()
    if following is None:
        return
    check_in = dossier.check_in_of(following.id)
    if check_in and check_in.answered and not check_in.holding:
        return
    lately = sorted(_told_lately(dossier, following, last, today), key=_day_told, reverse=True)
    for kind in ASKS_FIRST:
        grave = proposing(topics, (kind,))
        for told in lately:
            if heard_topics(grave, told.text):
                sentences = sentences_of(told.text)
                words = next((part for part in sentences if heard_topics(grave, part)), told.text)
                day = _day_told(told)
                yield DueItem(
                    kind="grave_news",
                    text=f"{short_date(day)}: {in_quotes(words)}; {_meets_next(following, today)}",
                    command=f"trajplan prep session {following.number}",
                    session=None,
                    date=day,
                )
                return


def _told_lately(
    dossier: Dossier, following: Session, last: Session | None, today: dt.date
) -> Iterator[ToldBefore]:
    """What was said or noted in the last session, or since then, within `GRAVE_DAYS`; after a
    session that held, since then alone."""
    since = last.day + DAY if last and dossier.was_holding(last.id) else dt.date.min
    before = (told for told in told_before(dossier, following, last) if told.last)
    for told in (*said_for(dossier, following, last), *before):
        if told.day and since <= told.day and 0 <= (today - told.day).days <= GRAVE_DAYS:
            yield told


def _day_told(told: ToldBefore) -> dt.date:
    return told.day or dt.date.min


def _meets_next(following: Session, today: dt.date) -> str:
    """When a client is met next."""
    if following.state != "planned":
        return f"session {following.number} has no new day yet"
    lies = "is" if following.date >= today else "was to be"
    return f"session {following.number} {lies} on {short_date(following.date)}"


def _call_due(dossier: Dossier, today: dt.date) -> Iterator[DueItem]:
    """The short call with which a session that held ends, until a meeting after it is on record
    (R22)."""
    last = dossier.last_held()
    if last is None or not dossier.was_holding(last.id):
        return
    days = (today - last.day).days
    is_met = any(meeting.day > last.day for meeting in dossier.sessions if not meeting.number)
    if 0 <= days <= CALL_DAYS and not is_met:
        text = "it held what had happened; offer a short call within the week"
        command = "trajplan sessions add DAY --kind check_in"
        yield _session_item(last, "call", text, command)


def _new_referrals(dossier: Dossier, today: dt.date) -> Iterator[DueItem]:
    """Referrals that stand since the last session held (R22)."""
    following, last = dossier.next_session(), dossier.last_held()
    for referral in dossier.standing_referrals():
        is_new = last is None or referral.date >= last.day
        if following and is_new and 0 <= (today - referral.date).days <= GRAVE_DAYS:
            since = f"referral ({referral.kind}) since {short_date(referral.date)}"
            yield DueItem(
                kind="referral",
                text=f"{since}; {_meets_next(following, today)}",
                command=f"trajplan prep session {following.number}",
                session=None,
                date=referral.date,
            )


def _topics_due(dossier: Dossier, today: dt.date) -> list[DueItem]:
    """Topics for another time; the day of one without a date is the day it was parked on. While no
    session is near, those without a date are one line (R128)."""
    following = dossier.next_session()
    is_near = following is not None and following.date - today <= dt.timedelta(PREPARE_DAYS)
    topics = parked_for(dossier, following)
    dated = [_topic_due(topic) for topic in topics if topic.due]
    others = [_topic_due(topic) for topic in topics if not topic.due]
    if is_near or len(others) < 2:
        return [*dated, *others]
    more = f"{others[0].text}, and {len(others) - 1} more"
    return [*dated, replace(others[0], text=more, command="trajplan parked")]


def _topic_due(topic: PlannedParked) -> DueItem:
    return DueItem(
        kind="parked",
        text=topic.text,
        command=f"trajplan parked close {topic.number}",
        session=topic.session,
        date=dt.date.fromisoformat(topic.due or topic.since),
        state="dated" if topic.due else "open",
    )


def _planned_sessions(dossier: Dossier, today: dt.date) -> list[DueItem]:
    result = []
    planned_sessions = [session for session in dossier.numbered if session.state == "planned"]
    past_sessions = [session for session in planned_sessions if dossier.own_day(session) < today]
    if past_sessions:
        more = _after(len(past_sessions) - 1)
        command = f"trajplan wrap session {past_sessions[0].number}"
        if _only_asked(dossier, past_sessions, today):
            text = f"was it held?{_and_after(len(past_sessions) - 1)}"
            item = _session_item(past_sessions[0], "session_passed", text, command)
            result.append(replace(item, state=ASKED))
        else:
            text = f"its day has passed{more}: wrap it if it was held"
            result.append(_session_item(past_sessions[0], "session_passed", text, command))
    for session in planned_sessions:
        ready = dossier.plan_of(session.id) is not None
        prep = f"trajplan prep session {session.number}"
        day = dossier.own_day(session)
        if day == today:
            clock = _clock(dossier, session)
            state = "the plan is made" if ready else "not prepared yet"
            result.append(_session_item(session, "session_today", f"today{clock}; {state}", prep))
        elif not ready and 0 < (day - today).days <= PREPARE_DAYS:
            result.append(
                _session_item(session, "prepare", "comes up and is not prepared yet", prep)
            )
    return result


def _clock(dossier: Dossier, session: Session) -> str:
    """When a session is today, by the coach's clock first."""
    start, clocks = start_of(dossier.engagement, session), dossier.clocks_of(session)
    planned = start_in_plan(dossier.engagement, session)
    in_plan = f", {planned} in the plan" if planned else ""
    if clocks:
        at = f" at {clocks.own_start} for you, {clocks.start} in {clocks.zone}"
        return f"{at}; {planned} there in the plan" if planned else at
    return f" at {start}{in_plan}" if start else in_plan


def _sessions_without_day(dossier: Dossier) -> list[DueItem]:
    """Missed or cancelled, and nobody has said when instead."""
    return [
        _session_item(
            session,
            "no_day",
            f"{session.state}, and there is no new day yet",
            f"trajplan sessions move {session.number} DAY",
        )
        for session in dossier.numbered
        if session.state in ("missed", "cancelled")
    ]


def _session_on_day_off(dossier: Dossier, today: dt.date) -> Iterator[DueItem]:
    """The next session, where the coach is off on its day (R4)."""
    following = dossier.next_session()
    if following is None or following.state != "planned" or following.date < today:
        return
    if words := day_off_words(dossier.days_off, following.date):
        command = f"trajplan sessions move {following.number} DAY"
        yield _session_item(following, "day_off", words, command)


def _meetings(dossier: Dossier, today: dt.date) -> list[DueItem]:
    """Unnumbered meetings whose day is today or has passed."""
    names = {session.id: name for name, session in references(dossier.sessions).items()}
    result = []
    for session in dossier.sessions:
        if session.number or session.state != "planned":
            continue
        kind = session.kind.replace("_", "-")
        day = dossier.own_day(session)
        if day > today:
            continue
        when = "is today" if day == today else "had its day: was it held?"
        text = f"the {kind} meeting {when}"
        command = f"trajplan sessions update {names[session.id]} --held"
        result.append(_session_item(session, "meeting", text, command))
    return result


def _follow_up(dossier: Dossier, today: dt.date) -> list[DueItem]:
    """The look back that was agreed on when the journey was closed (R111)."""
    meeting = follow_up_of(dossier)
    if meeting is None or dossier.own_day(meeting) > today:
        return []
    text = "the follow-up you agreed on is due"
    return [_session_item(meeting, "follow_up", text, "trajplan close --print follow-up")]


def _after(count: int) -> str:
    """How many more sessions lie behind the first one whose day has passed."""
    if count < 2:
        return " (so has that of the next one)" if count else ""
    return f" (so have those of the {count} after it)"


def _and_after(count: int) -> str:
    """The same question about those behind the first one."""
    if count < 2:
        return " And the next one?" if count else ""
    return f" And the {count} after it?"


def _held_sessions(dossier: Dossier, today: dt.date) -> list[DueItem]:
    """Only the latest session is asked about in detail, and of its ratings for a few days alone;
    further back, memory does not reach."""
    result = [
        _session_item(
            session,
            "not_wrapped",
            "held, and not wrapped yet",
            f"trajplan wrap session {session.number}",
        )
        for session in dossier.numbered
        if session.state == "held" and dossier.wrap_of(session.id) is None
    ]
    last = dossier.last_held()
    if last is None:
        return result
    rated = {entry.session_id for entry in dossier.ratings}
    # A session that went softly asked for none, and nobody is reminded of them.
    is_asked = dossier.client.ratings and not dossier.went_softly(last.id)
    if is_asked and last.id not in rated and today - last.day <= dt.timedelta(RATE_DAYS):
        command = f"trajplan log-tci --session {last.number}"
        result.append(
            _session_item(last, "not_rated", "no rating yet; the client may leave it out", command)
        )
    return result


def _midpoint(dossier: Dossier, today: dt.date) -> list[DueItem]:
    """The day of the short message that was agreed on after the last session (R101)."""
    last = dossier.last_held()
    if last is None or dossier.said_in(last.id).halfway != today:
        return []
    text = "you agreed on a short message for today"
    return [_session_item(last, "midpoint", text, "trajplan commitments")]


def _due_commitments(dossier: Dossier, today: dt.date) -> list[DueItem]:
    return [
        DueItem(
            kind="commitment_due",
            text=commitment.what,
            state=commitment.status,
            command=f"trajplan commitments update {commitment.number}",
            session=dossier.number_of(commitment.session_id),
            date=commitment.due,
        )
        for commitment in dossier.commitments
        if commitment.status in WAITING and commitment.due < today
    ]


def _closing(dossier: Dossier) -> list[DueItem]:
    """Every session is behind them, and the journey has not been closed (R12)."""
    last = dossier.last_held()
    if last is None or dossier.next_session():
        return []
    text = "the last one; the journey can be closed"
    return [_session_item(last, "close", text, "trajplan close --print checklist")]


def _session_item(session: Session, kind: DueItemKind, text: str, command: str) -> DueItem:
    return DueItem(kind=kind, text=text, command=command, session=session.number, date=session.date)
