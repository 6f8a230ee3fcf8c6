"""Everything a practice holds about one engagement, read once into a frozen value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import msgspec
from msgspec import Struct, to_builtins

from trajplan.records.model.commitments import (
    WAITING,
    Assumption,
    AssumptionChallenge,
    Commitment,
    CommitmentReview,
    Contact,
    ParkedTopic,
)
from trajplan.records.model.goals import Goal, GoalChange, IndicatorSeries
from trajplan.records.model.journeys import (
    Client,
    DaysOff,
    Ending,
    Engagement,
    IntakeChange,
    MethodChange,
    Pause,
    PhaseExit,
    Referral,
)
from trajplan.records.model.ratings import ScaledAnswer, TciEntry
from trajplan.records.model.sessions import (
    CheckIn,
    Echo,
    HandedOut,
    Note,
    Session,
    SessionDay,
    WorksheetAnswers,
    WrapRecord,
)
from trajplan.vocabulary import Method
from trajplan.zones import TwoClocks, two_clocks


class PlanSummary(Struct, frozen=True, kw_only=True, dict=True):
    """A kept plan: what sessions ask of each other's plans, and all of it when it is looked at."""

    session_id: int
    client_revision: int
    library_digest: str
    options: Mapping[str, Any]
    frozen: bool
    blueprint: str
    holding: bool
    """It is a session that holds what has happened (R22)."""
    decision: bool
    """Whether it was a session in which something is decided."""
    ratings: str
    """Where the client rates: a word of the plan's own."""
    text: str
    """The plan in full, as JSON."""

    @cached_property
    def body(self) -> Mapping[str, Any]:
        """The plan in full, as plain data."""
        body: Mapping[str, Any] = msgspec.json.decode(self.text)
        return body


class QuestionPast(Struct, frozen=True, kw_only=True):
    """Where a question was before."""

    planned_in: tuple[int, ...]
    """Ids of this client's sessions, of any engagement, that planned or asked it."""
    asked_in: tuple[int, ...]
    """Ids of those in which it was asked."""
    last_asked: dt.date | None
    """The latest day it was asked of anybody in the caseload."""


class IntakeWords(Struct, frozen=True):
    """What a key of the intake held from a day on, as plain data."""

    date: dt.date
    words: Any


class Dossier(Struct, frozen=True, kw_only=True, dict=True):
    """All records of one engagement, and what bears on it of its client, the coach, the caseload.

    Each field holds the rows of one table in the order its class names. What several records say
    together is asked for by the methods below; an index is built when it is first needed.
    """

    client: Client
    engagement: Engagement
    engagements: tuple[Engagement, ...]
    """All of the client's, first to last."""
    intake_changes: tuple[IntakeChange, ...]
    """What the intake was told anew, in order."""
    sessions: tuple[Session, ...]
    """The numbered ones in order, then the meetings beside the journey by date."""
    session_days: tuple[SessionDay, ...]
    pauses: tuple[Pause, ...]
    days_off: tuple[DaysOff, ...]
    """The coach's own."""
    phase_exits: tuple[PhaseExit, ...]
    plans: tuple[PlanSummary, ...]
    wraps: tuple[WrapRecord, ...]
    check_ins: tuple[CheckIn, ...]
    notes: tuple[Note, ...]
    pinned: tuple[Note, ...]
    """Those that stand until they are unpinned, of all the client's engagements."""
    parked: tuple[ParkedTopic, ...]
    """Of all the client's engagements, closed or not: a new journey forgets nothing."""
    ratings: tuple[TciEntry, ...]
    """By session number, then in the order they were given; without those withdrawn."""
    scaled_answers: tuple[ScaledAnswer, ...]
    """Those given in numbered sessions, by number, then in the order they were given; without
    those withdrawn."""
    commitments: tuple[Commitment, ...]
    commitment_reviews: tuple[CommitmentReview, ...]
    contacts: tuple[Contact, ...]
    goals: tuple[Goal, ...]
    goal_changes: tuple[GoalChange, ...]
    indicators: tuple[IndicatorSeries, ...]
    assumptions: tuple[Assumption, ...]
    assumption_challenges: tuple[AssumptionChallenge, ...]
    worksheet_answers: tuple[WorksheetAnswers, ...]
    handed_out: tuple[HandedOut, ...]
    echoes: tuple[Echo, ...]
    """By session number."""
    method_changes: tuple[MethodChange, ...]
    referrals: tuple[Referral, ...]
    """Of the client, ended or not."""
    ending: Ending | None
    """None while the engagement is open."""
    questions: Mapping[str, QuestionPast]
    """By question id; one nobody was ever asked, and that was never planned here, has no entry."""
    retired: frozenset[str]
    """Ids of questions that no plan of this client shall hold."""
    practice_id: str
    """Of the file these records are in."""
    own_zone: str = ""
    """The coach's time zone; empty: not known."""

    @property
    def name(self) -> str:
        """What `--client` calls it: `slug/1`."""
        return f"{self.client.slug}/{self.engagement.ordinal}"

    # The intake

    def intake_words(self, key: str) -> tuple[IntakeWords, ...]:
        """All that stood under a key of the intake, the first words first (R136, F8)."""
        engagement = self.engagement
        changes = [change for change in self.intake_changes if key in change.now]
        first = changes[0].was[key] if changes else to_builtins(getattr(engagement.intake, key))
        if key == "destination" and not (first or changes):
            first = engagement.destination
        return (
            *([IntakeWords(engagement.created, first)] if first else []),
            *(IntakeWords(change.date, change.now[key]) for change in changes),
        )

    def intake_words_first(self, key: Literal["destination", "stuck_point"]) -> str:
        """What the intake said under a key before anything was changed in it."""
        words = self.intake_words(key)
        return str(words[0].words) if words else ""

    # Sessions

    @cached_property
    def session_by_id(self) -> Mapping[int, Session]:
        """Each session by its id."""
        return {session.id: session for session in self.sessions}

    @cached_property
    def numbered(self) -> tuple[Session, ...]:
        """The numbered sessions, in order."""
        return tuple(session for session in self.sessions if session.number)

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """The number of each numbered session by its id."""
        return {session.id: session.number for session in self.sessions if session.number}

    @property
    def held(self) -> int:
        """How many numbered sessions were held."""
        return held_of(self.sessions)

    def is_off(self, day: dt.date) -> bool:
        """Whether it is one of the coach's days off."""
        return any(day in stretch for stretch in self.days_off)

    def session(self, number: int) -> Session | None:
        """The session at this place of the journey."""
        return next((session for session in self.numbered if session.number == number), None)

    def number_of(self, session_id: int | None) -> int | None:
        """The number of a session; None between sessions and for an unnumbered meeting."""
        return self.numbers.get(session_id or 0)

    def next_session(self) -> Session | None:
        """The lowest number neither held nor skipped."""
        return next_session(self.sessions)

    def held_before(self, number: int) -> tuple[Session, ...]:
        """The held sessions with a lower number, in order."""
        return tuple(
            session
            for session in self.numbered
            if session.state == "held" and session.number and session.number < number
        )

    def last_held(self, before: int | None = None) -> Session | None:
        """The numbered session held last; with `before`, of those with a lower number."""
        return last_held(self.sessions, before)

    def clocks_of(self, session: Session) -> TwoClocks | None:
        """When a session is, for the client and for the coach, where their clocks differ."""
        return clocks_of(self.engagement, session, self.own_zone)

    def own_day(self, session: Session) -> dt.date:
        """The day of a session for the coach."""
        clocks = self.clocks_of(session)
        return clocks.own_day if clocks else session.date

    def days_of(self, session_id: int) -> tuple[SessionDay, ...]:
        """All that became of a session's day, in the order it happened."""
        return self._where("session_days", "session_id", session_id)

    def pause_on(self, day: dt.date) -> Pause | None:
        """The pause the engagement rests in on a day."""
        return next((pause for pause in self.pauses if pause.stands(day)), None)

    # What a session holds

    def plan_of(self, session_id: int) -> PlanSummary | None:
        """What is known of the plan kept for a session."""
        return next((plan for plan in self.plans if plan.session_id == session_id), None)

    def wrap_of(self, session_id: int) -> WrapRecord | None:
        """The wrap of a session."""
        return next((wrap for wrap in self.wraps if wrap.session_id == session_id), None)

    def said_in(self, session_id: int) -> WrapRecord:
        """What the wrap of a session says; one that says nothing where it is not wrapped."""
        return self.wrap_of(session_id) or WrapRecord(session_id=session_id, wrapped_on=dt.date.min)

    def taken_away(self, session_id: int) -> tuple[str, ...]:
        """What the client took away from a session, in their words."""
        return self.said_in(session_id).takeaways

    def takeaways_so_far(self) -> tuple[tuple[int, str], ...]:
        """What the client took away from held sessions, first to last, each with the number of its
        session."""
        return tuple(
            (number, text)
            for session_id, number in self.numbers.items()
            for text in self.taken_away(session_id)
        )

    def check_in_of(self, session_id: int) -> CheckIn | None:
        """The check-in of a session that was given last."""
        check_ins = self._where("check_ins", "session_id", session_id)
        return max(check_ins, key=lambda check_in: check_in.id, default=None)

    @cached_property
    def holding_sessions(self) -> frozenset[int]:
        """Numbers of the holding sessions, and of those whose check-in asked for one (R22)."""
        return frozenset(
            session.number
            for session in self.numbered
            if session.number and self.was_holding(session.id)
        )

    def was_holding(self, session_id: int) -> bool:
        """Whether the session held what had happened and worked toward no goal, or its check-in
        asked for that (R22)."""
        plan, check_in = self.plan_of(session_id), self.check_in_of(session_id)
        return bool((plan and plan.holding) or (check_in and check_in.holding))

    def is_set_aside(self, session_id: int) -> bool:
        """Whether the check-in asked to hold after another plan was kept, so that nothing of the
        plan was asked (R22). A blueprint the coach has named stands."""
        plan, check_in = self.plan_of(session_id), self.check_in_of(session_id)
        holds = check_in is not None and check_in.holding
        return bool(holds and plan and not plan.holding and not plan.options.get("blueprint"))

    def followed_plan(self, session_id: int) -> PlanSummary | None:
        """The plan kept for a session, unless it was set aside."""
        return None if self.is_set_aside(session_id) else self.plan_of(session_id)

    def went_softly(self, session_id: int) -> bool:
        """Whether the session held what had happened, or its plan spared a client their numbers
        (R22, R166)."""
        plan = self.followed_plan(session_id)
        spared = plan is not None and self.client.ratings and plan.ratings in ("later", "off")
        return self.was_holding(session_id) or spared

    def notes_of(self, session_id: int) -> tuple[Note, ...]:
        """The notes of a session, in the order they were written."""
        return self._where("notes", "session_id", session_id)

    def scaled_in(self, session_id: int) -> dict[str, int]:
        """What counts as answered in a session, by scaled question: the answer given last."""
        answers = self._where("scaled_answers", "session_id", session_id)
        return {answer.question_id: answer.value for answer in answers}

    @property
    def notes_by_number(self) -> Mapping[int, Note]:
        """The notes of the journey, and what is pinned from earlier ones."""
        return {note.number: note for note in (*self.pinned, *self.notes)}

    def commitments_of(self, session_id: int) -> tuple[Commitment, ...]:
        """The commitments made in a session, in the order they were made."""
        return self._where("commitments", "session_id", session_id)

    def handed_out_in(self, session_id: int) -> tuple[HandedOut, ...]:
        """The worksheets that went home with a session, in the order they were named."""
        return self._where("handed_out", "session_id", session_id)

    def method_changes_in(self, session_id: int) -> tuple[MethodChange, ...]:
        """How a session came to be worked in another way, first to last."""
        return self._where("method_changes", "session_id", session_id)

    def method_of(self, session: Session) -> Method:
        """How a session was held, or how it would be worked by all changes so far (R20).

        A session that was given a method or blueprint of its own keeps to its own changes.
        """
        if session.method:
            return session.method
        own = self.method_changes_in(session.id)
        pinned = session.options.get("method") or session.options.get("blueprint")
        return own[-1].after if pinned and own else self.engagement_method(session)

    def engagement_method(self, session: Session) -> Method:
        """How the engagement works by the time of a session.

        A change from a later session on is none for it; of others the one made last holds.
        """
        onward = [change for change in self.method_changes if change.onward]
        number = session.number or 0
        so_far = [change for change in onward if self.numbers.get(change.session_id, 0) <= number]
        if so_far:
            return so_far[-1].after
        return onward[0].before if onward else self.engagement.method

    # What is followed through the journey

    def reviews_of(self, commitment_id: int) -> tuple[CommitmentReview, ...]:
        """The reviews of a commitment, first to last."""
        return self._where("commitment_reviews", "commitment_id", commitment_id)

    def reviews_in(self, session_id: int) -> tuple[CommitmentReview, ...]:
        """The reviews that the wrap of a session gave, in the order they were given."""
        return self._where("commitment_reviews", "session_id", session_id)

    def learnt_from(self, commitment_id: int) -> tuple[CommitmentReview, ...]:
        """The reviews of a commitment that say what was learnt, first to last."""
        return tuple(review for review in self.reviews_of(commitment_id) if review.learned)

    def contacts_about(self, commitment_id: int) -> tuple[Contact, ...]:
        """The contacts about a commitment, by date."""
        return self._where("contacts", "commitment_id", commitment_id)

    def has_history(self, commitment: Commitment) -> bool:
        """Whether a commitment was reviewed, or written or called about."""
        return bool(self.reviews_of(commitment.id) or self.contacts_about(commitment.id))

    def open_commitments(self) -> tuple[Commitment, ...]:
        """The commitments that nobody has closed, in the order they were made."""
        return tuple(commitment for commitment in self.commitments if commitment.status in WAITING)

    def open_assumptions(self) -> tuple[Assumption, ...]:
        """The beliefs that were neither tested nor let go."""
        return tuple(belief for belief in self.assumptions if belief.status == "open")

    def open_goals(self) -> tuple[Goal, ...]:
        """The goals that were neither reached nor let go."""
        return tuple(goal for goal in self.goals if goal.status == "open")

    @cached_property
    def goal_by_id(self) -> Mapping[int, Goal]:
        """Each goal by its id."""
        return {goal.id: goal for goal in self.goals}

    def path_to(self, goal_id: int | None) -> tuple[str, ...]:
        """The words from the theme down to a goal; none without a link."""
        if goal_id is None:
            return ()
        goal = self.goal_by_id[goal_id]
        return (*self.path_to(goal.parent_id), goal.text)

    def goals_under(self, goal_id: int) -> tuple[Goal, ...]:
        """The objectives under a theme."""
        return self._where("goals", "parent_id", goal_id)

    def indicators_of(self, goal_id: int | None) -> tuple[IndicatorSeries, ...]:
        """The indicators of a goal; with None those of the whole journey."""
        return self._where("indicators", "goal_id", goal_id)

    def commitments_for(self, goal_id: int) -> tuple[Commitment, ...]:
        """The commitments that serve a goal."""
        return self._where("commitments", "goal_id", goal_id)

    def history_of(self, goal_id: int) -> tuple[GoalChange, ...]:
        """How a goal stood, first to last; the last one is how it stands now."""
        return self._where("goal_changes", "goal_id", goal_id)

    def challenged_in(self, assumption_id: int) -> tuple[int, ...]:
        """The numbers of the held sessions whose plan challenged an assumption (R27)."""
        challenges = self._where("assumption_challenges", "assumption_id", assumption_id)
        sessions = (self.session_by_id[challenge.session_id] for challenge in challenges)
        held = (session.number for session in sessions if session.state == "held")
        return tuple(sorted(number for number in held if number))

    def fillings_of(self, worksheet: str) -> tuple[WorksheetAnswers, ...]:
        """The fillings of one worksheet by date, then in the order they were kept."""
        return self._where("worksheet_answers", "worksheet", worksheet)

    def parked_topics(self) -> tuple[ParkedTopic, ...]:
        """The parked topics nobody has closed: by their day, then as they were parked."""
        return tuple(
            sorted(
                (topic for topic in self.parked if topic.closed is None),
                key=lambda topic: (topic.due is None, topic.due or topic.parked, topic.id),
            )
        )

    @cached_property
    def _found(self) -> dict[tuple[str, str], dict[object, tuple[Any, ...]]]:
        """Records that were looked for: by what they are and the field that tells them apart, then
        by what stands in it. There may be thousands, each asked for by itself."""
        return {}

    def _where(self, kind: str, name: str, value: object) -> tuple[Any, ...]:
        """The records of a kind, by its field here, whose field of this name has this value."""
        found = self._found.get((kind, name))
        if found is None:
            by_value: dict[object, list[Any]] = {}
            for record in getattr(self, kind):
                by_value.setdefault(getattr(record, name), []).append(record)
            found = {known: tuple(records) for known, records in by_value.items()}
            self._found[kind, name] = found
        return found.get(value, ())

    def standing_referrals(self) -> tuple[Referral, ...]:
        """The referrals that are not ended, by date."""
        return tuple(referral for referral in self.referrals if referral.ended is None)


def held_of(sessions: Iterable[Session]) -> int:
    """How many numbered sessions were held."""
    return sum(session.state == "held" for session in sessions if session.number)


def start_of(engagement: Engagement, session: Session) -> str:
    """When a session starts by the client's clock: at its own time, else the usual one; a meeting
    has only its own. Empty: not agreed."""
    return session.start_time or (engagement.start_time if session.number else "")


def start_in_plan(engagement: Engagement, session: Session) -> str:
    """When the plan lets a session begin by the client's clock, where that is not when it usually
    does; else empty."""
    start = str(session.options.get("start", ""))
    return "" if start == start_of(engagement, session) else start


def clocks_of(engagement: Engagement, session: Session, own_zone: str) -> TwoClocks | None:
    """When a session of an engagement is, for the client and for the coach, where that differs."""
    start = start_of(engagement, session)
    return two_clocks(session.date, start, engagement.time_zone, own_zone)


def next_session(sessions: Iterable[Session]) -> Session | None:
    """The lowest number neither held nor skipped."""
    waiting = (
        session
        for session in sessions
        if session.number and session.state not in ("held", "skipped")
    )
    return min(waiting, key=lambda session: session.number or 0, default=None)


def last_held(sessions: Iterable[Session], before: int | None = None) -> Session | None:
    """The numbered session held last; with `before`, of those with a lower number."""
    held = (
        session
        for session in sessions
        if session.number
        and session.state == "held"
        and (before is None or session.number < before)
    )
    return max(
        held,
        key=lambda session: (session.day, session.number or 0),
        default=None,
    )


def references(sessions: Sequence[Session]) -> dict[str, Session]:
    """What each session or meeting is called: `4`, and `m1` for the first unnumbered one added."""
    meetings = sorted(
        (session for session in sessions if not session.number), key=lambda session: session.id
    )
    numbered = {str(session.number): session for session in sessions if session.number}
    return numbered | {f"m{index}": meeting for index, meeting in enumerate(meetings, 1)}
