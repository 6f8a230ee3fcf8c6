"""`live`: a session as it runs, every key kept at once in a draft of its own (R135).

The draft holds how the session began, with its plan as it stood then, and one line for each key.
What `LiveRun.take` has returned from survives a kill. The same plan is used until the session is
wrapped, whatever else is recorded meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct, structs

from trajplan.actions.client_records import find_session, refuse_closed, session_of
from trajplan.actions.context import Context
from trajplan.actions.live_draft import DRAFT, LEFT, OPENING, REPLAY, RESUMED, UTC, read_live
from trajplan.actions.prepare import NOTHING_NEW, another_question, prepare
from trajplan.actions.safety import keep_danger, words_of_danger
from trajplan.actions.sources import decode, read_source
from trajplan.errors import CannotDo, InvalidContent, NotFound, Problem, StoreFault, TrajplanError
from trajplan.live.keys import KEYS, WORDS_KEYS
from trajplan.live.model import EARLY, Event, LiveState, Opening, goes_on, open_session
from trajplan.live.session import added_questions, in_force, last_taken, tell
from trajplan.planning.own_clock import on_own_clock
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.records.dossier import Dossier
from trajplan.records.drafts import Draft
from trajplan.records.model.sessions import Session
from trajplan.text import one_line, quote, visible

IN_SESSION = ("n", "+", "-", "x", "w")
"""Keys that do nothing once the session has ended."""
NAMES = {" ": "space", "=": "+"}
"""Other ways to write a key."""
LEAVE = "q"


class LiveRun:
    """A session under way. Nothing counts before it is kept.

    What is kept is what lies in the draft: whatever another screen adds to it is taken up, so that
    two of them show the same session.
    """

    def __init__(
        self,
        context: Context,
        case: str,
        opening: Opening,
        events: Sequence[Event] = (),
        draft: Draft | None = None,
        warning: str = "",
    ) -> None:
        self.context = context
        self.case = case
        """What `--client` calls client and engagement."""
        self.opening = opening
        self.events = list(events)
        self.draft = draft
        """Where it is kept; None: nowhere, it is only told."""
        self.warning = warning
        """What the coach has to know of how it is kept."""
        self.danger: tuple[str, ...] = ()
        """What there is to say of words about danger that were kept last, for the coach's eye."""
        self._known: tuple[int, int] | None = None
        """The draft as it was read last."""

    @property
    def number(self) -> str:
        """Which session it is."""
        return str(self.opening.plan.session)

    @property
    def is_kept(self) -> bool:
        """Whether any key of it lies in the draft."""
        return self.draft is not None and self.draft.stamp is not None and bool(self.events)

    def leave(self, now: dt.datetime) -> None:
        """Keep when the screen was left: the clock of the session stops there. Where that cannot be
        kept, it stops at the wrap."""
        if self.draft and self.draft.stamp is not None:
            with suppress(StoreFault):
                self.draft.append({LEFT: now.isoformat()})

    def state(self, now: dt.datetime) -> LiveState:
        """Where the session stands."""
        self._catch_up()
        return tell(self.opening, self.events, now)

    def take(self, event: Event) -> bool:
        """Keep one key and let it count. False for one that changes nothing, which is not kept.

        Raises CannotDo where no other question fits or the session's record is gone, StoreFault
        when the key cannot be kept.
        """
        if event.key in IN_SESSION and self.state(event.at).ended:
            return False
        if event.key == "x" and event.question is None:
            event = structs.replace(event, question=self._another(event))
        if event.key in WORDS_KEYS and not self._says_something(event):
            return False
        self._catch_up()
        if event.key == "u" and last_taken(self.events) is None:
            return False
        self.warning, self.danger = "", ()
        if self.draft:
            self._keep(self.draft, event)
            self.danger = self.pin_danger([event])
        self.events.append(event)
        return True

    def pin_danger(self, events: Sequence[Event]) -> tuple[str, ...]:
        """Pin what these keys keep of danger, whether the session is ever wrapped or not; what
        there is to say of it."""
        texts = [
            text
            for event in events
            if event.key in WORDS_KEYS
            for text in (event.text, event.known)
            if any(words_of_danger(self.context.library, text))
        ]
        if not texts:
            return ()
        try:
            with self.context.write(self.case) as records:
                session = session_of(records, self.number)
                return keep_danger(records, self.context, *texts, session=session)
        except TrajplanError as fault:
            return (f"these words about danger are kept, and pinned by the wrap alone: {fault}",)

    def _says_something(self, event: Event) -> bool:
        if event.text.strip():
            return True
        promised = any(earlier.key == "c" for earlier in in_force(self.events))
        return promised and bool(event.when.strip() or event.known.strip())

    def _catch_up(self) -> None:
        """Take up what another screen has kept. A draft that cannot be read changes nothing."""
        if self.draft is None:
            return
        with suppress(TrajplanError):
            stamp = self.draft.stamp
            if stamp and stamp != self._known and (file := read_live(self.draft)):
                self.opening, self.events = file.opening, list(file.events)
            self._known = stamp

    def _keep(self, draft: Draft, event: Event) -> None:
        """Put a key into the draft. Where there is none, the whole session goes in again: a full
        disk took nothing before, or a wrap saved elsewhere has settled it."""
        entries: list[dict[str, Any]] = [msgspec.to_builtins(event)]
        if draft.stamp is None:
            self.warning = still_recorded(self.context, self.case, self.number, draft)
            before = [msgspec.to_builtins(earlier) for earlier in self.events]
            entries = [{OPENING: msgspec.to_builtins(self.opening)}, *before, *entries]
        draft.append(*entries)

    def _another(self, event: Event) -> PlannedQuestion:
        """The planner's next best question for the segment that runs."""
        state = self.state(event.at)
        question = another_question(
            self.context,
            self.opening.plan,
            client=self.case,
            segment=state.running,
            added=added_questions(self.events),
            minutes=state.segment_left,
        )
        if question is None:
            raise CannotDo("no other question of your library fits this segment today")
        return question


def begin_live(
    context: Context,
    *,
    client: str | None,
    number: str | None,
    now: dt.datetime,
    start_over: bool = False,
) -> LiveRun:
    """Begin a session, or go on with one that was left. `start_over`: forget what was left.

    Raises CannotDo for a session that was held, and for a draft that cannot be read.
    """
    case, session, draft = _place(context, client, number)
    if start_over:
        draft.delete()
    file = read_live(draft)
    if file and file.events:
        if file.replay or file.left:
            draft.append({RESUMED: now.isoformat()})
        return LiveRun(context, case, file.opening, file.events, draft)
    # The clock needs no disk, so a full one or a locked practice keeps nobody from it.
    prepared = prepare(
        context, NOTHING_NEW, client=case, number=str(session.number), even_unsaved=True
    )
    # As long as only the clock was looked at, it runs on by the plan as it is now.
    since = file.opening.begins if file and goes_on(file.opening, now) else None
    opening = open_session(on_own_clock(prepared.plan, context.zone), now, since)
    try:
        draft.delete()
        draft.append({OPENING: msgspec.to_builtins(opening)})
    except StoreFault as fault:
        # The first key tries again.
        return LiveRun(context, case, opening, draft=draft, warning=str(fault))
    return LiveRun(context, case, opening, draft=draft)


def still_recorded(context: Context, case: str, number: str, draft: Draft) -> str:
    """Look whether a session is still there to keep something of, and say it where it is wrapped.

    Raises CannotDo when its record is gone, erased or in a practice put in the place of this one.
    """
    try:
        with context.read(case) as records:
            session = session_of(records, number)
            same = records.draft(DRAFT, session).key == draft.key
    except (NotFound, CannotDo):
        same = False
    if not same:
        raise CannotDo("the record of this session is gone, so nothing more is kept of it")
    if session.state != "held":
        return ""
    return (
        f"session {number} was wrapped meanwhile; `trajplan wrap session {number} --replace` adds "
        "what you keep now"
    )


def kept_keys(context: Context, *, client: str | None, number: str | None) -> int:
    """How many keys are kept of a session that was not wrapped yet."""
    draft = _place(context, client, number)[2]
    return sum("key" in entry for entry in draft.entries())


def replay(
    context: Context,
    source: str,
    *,
    client: str | None,
    number: str | None,
    now: dt.datetime,
    start_over: bool = False,
) -> tuple[LiveRun, LiveState]:
    """Tell a session from a file of keys, as if they were pressed; its state after the last one.

    It is kept like any other, so that it can be wrapped, unless a session of flesh and blood is
    kept already: then it is only told (`draft` is None). An earlier replay gives way. Raises
    InvalidContent for a line that is no key, else as `begin_live`.
    """
    case, session, draft = _place(context, client, number)
    if start_over:
        draft.delete()
    file = read_live(draft)
    # Before anything is prepared: a file that is no file of keys leaves everything as it was.
    events = read_keys(source, session.date)
    prepared = prepare(context, NOTHING_NEW, client=case, number=str(session.number))
    opening = _opening(prepared.plan, events[0].at if events else now)
    run = LiveRun(context, case, opening)
    for event in events:
        if event.key == "space" and event.text and event.text not in _questions(run):
            raise CannotDo(f"{event.at:%H:%M}: no question {quote(event.text)} in this session")
        run.take(event)
    if file is None or file.replay:
        # All of the keys are kept, or none.
        kept = [msgspec.to_builtins(event) for event in run.events]
        draft.delete()
        draft.append({OPENING: msgspec.to_builtins(opening), REPLAY: True}, *kept)
        run.draft = draft
        run.danger = run.pin_danger(in_force(run.events))
    return run, run.state(events[-1].at if events else now)


def _questions(run: LiveRun) -> set[str]:
    """The ids of the questions that can be ticked."""
    added = added_questions(run.events)
    return {question.id for question in (*run.opening.plan.questions, *added)}


def _opening(plan: Plan, first: dt.datetime) -> Opening:
    """How a session began whose first key was pressed at this moment: at its time, if it can."""
    booked = dt.datetime.combine(
        dt.date.fromisoformat(plan.date), dt.time.fromisoformat(plan.start), first.tzinfo
    )
    on_time = booked - EARLY <= first < booked + dt.timedelta(minutes=plan.minutes)
    return open_session(plan, booked if on_time else first)


def _place(context: Context, client: str | None, number: str | None) -> tuple[str, Session, Draft]:
    """Which client's session runs, and its draft. Raises CannotDo for a held one."""
    with context.read(client, acting=True) as records:
        dossier = records.dossier
        if number is None:
            number = _todays(dossier, context.today)
        session = find_session(dossier.engagement, dossier.sessions, number)
        refuse_closed(records.case, session)
        if session.state in ("held", "skipped"):
            how = f"was held on {session.held_on}" if session.held_on else "was skipped"
            raise CannotDo(f"session {session.number} {how}, so it cannot be run")
        return dossier.name, session, records.draft(DRAFT, session)


def _todays(dossier: Dossier, today: dt.date) -> str | None:
    """The number of the session that is planned for today; None: none is, so the next one runs."""
    return next(
        (
            str(session.number)
            for session in dossier.numbered
            if session.date == today and session.state == "planned"
        ),
        None,
    )


class KeyLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a file of keys."""

    at: str
    """`14:05`, `14:05:30`, or a date with a time."""
    key: str
    text: str = ""
    when: str = ""
    known: str = ""
    wording: str = ""


def read_keys(source: str, day: dt.date) -> tuple[Event, ...]:
    """Read a file of keys, one JSON object a line; times without a date are of `day`.

    Raises InvalidContent with every fault and its line.
    """
    name, data = read_source(source)
    events: list[Event] = []
    problems: list[Problem] = []
    for number, line in enumerate(decode(name, data).split("\n"), 1):
        if not line.strip():
            continue
        try:
            earlier = events[-1].at if events else None
            event = _key(msgspec.json.decode(line, type=KeyLine), day, earlier)
        except (msgspec.DecodeError, ValueError) as fault:
            problems.append(Problem(name, number, 1, str(fault)))
            continue
        if event:
            events.append(event)
    if problems:
        raise InvalidContent(problems)
    return tuple(events)


def _key(line: KeyLine, day: dt.date, earlier: dt.datetime | None) -> Event | None:
    """A line as an event; None for leaving, which keeps nothing. Raises ValueError."""
    key = NAMES.get(line.key, line.key)
    if key == LEAVE:
        return None
    if key not in KEYS:
        raise ValueError(f"no key {quote(line.key)}; possible are {', '.join(KEYS)}, {LEAVE}")
    what, when, known = (line.text, line.when, line.known) if key != "c" else _promise(line)
    return msgspec.convert(
        {
            "at": _moment(line.at, day, earlier),
            "key": key,
            "text": kept_words(key, what),
            "when": one_line(when),
            "known": one_line(known),
            "wording": line.wording or None,
        },
        Event,
    )


def _promise(line: KeyLine) -> tuple[str, str, str]:
    """What, by when and how it will be known: in fields of their own, or a line of text each."""
    what, when, known, *_ = (*line.text.split("\n"), "", "", "")
    return what, line.when or when, line.known or known


def kept_words(key: str, text: str) -> str:
    """Words as they are kept: notes may have several lines, everything else has one."""
    return visible(text).strip() if key == "m" else one_line(text)


def _moment(text: str, day: dt.date, earlier: dt.datetime | None) -> dt.datetime:
    """A moment as a file of keys names it; a time of day that is long before the key before it is
    one after midnight. Raises ValueError."""
    try:
        if "T" not in text and " " not in text.strip():
            moment = dt.datetime.combine(day, dt.time.fromisoformat(text), UTC)
            while earlier and moment < earlier - dt.timedelta(hours=12):
                moment += dt.timedelta(days=1)
            return moment
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{quote(text)} is not a time; write it like 14:05 or 14:05:30") from None
    if not dt.MINYEAR < moment.year < dt.MAXYEAR:
        raise ValueError(f"{quote(text)} is no day of a session")
    # Which zone a clock on the wall hangs in makes no difference to a session.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def state_data(run: LiveRun, state: LiveState, *, shared: bool) -> dict[str, Any]:
    """A session's state as JSON; `shared`: without what is for the coach alone."""
    plan = run.opening.plan
    data = {
        "client": plan.client,
        "session": plan.session,
        "blueprint": plan.blueprint,
        "date": plan.date,
        **msgspec.to_builtins(state),
    }
    private = {words.field for words in WORDS_KEYS.values() if shared and words.private}
    return {name: value for name, value in data.items() if name not in private}
