"""How the program's own terms, and a record on one line, read on every page."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from trajplan.dates import due_words, short_date
from trajplan.pages.page import Block, Heading, Line, Text, quiet, section
from trajplan.records.forms import STATUSES
from trajplan.text import columns, on_one_line, sentences_of, shortened_to_clause

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Iterator, Mapping, Sequence

    from trajplan.content.labels import Words
    from trajplan.planning.from_records import (
        EarlierJourney,
        FirstWords,
        FromLastTime,
        PinnedNote,
        PlannedContact,
        PlannedGoal,
        PlannedParked,
        StandingReferral,
    )
    from trajplan.planning.plan import Plan
    from trajplan.records.dossier import Dossier
    from trajplan.records.model.commitments import Commitment
    from trajplan.records.model.journeys import Engagement, MethodChange, Referral
    from trajplan.records.model.ratings import ScaledAnswer
    from trajplan.records.model.sessions import Session, WrapRecord


class SessionPage(Protocol):
    """What a client's page of a session says of it."""

    @property
    def session(self) -> int:
        """Its number."""

    @property
    def of(self) -> int:
        """How many the journey has."""


TRIED = 20
"""Letters of room for each sentence that is tried beside the first."""
COMPONENTS = {
    "context_setting": "Context Setting",
    "strategic_inquiry": "Strategic Inquiry",
    "insight_generation": "Insight Generation",
    "action_design": "Action Design",
    "momentum_planning": "Momentum Planning",
    "break": "Break",
}
FIRST_WORDS = {
    "stuck_point": "Stuck point",
    "destination": "Destination",
    "takeaways": "Took away",
}
"""What the client's first words are about."""
FIRST_WORDS_TO_YOU = {
    "stuck_point": "Where you were stuck",
    "destination": "Where you wanted to get to",
    "takeaways": "What you took away",
}
"""The same, said to the client."""
REFERRAL_RULE = "no assumption is put to the test, nothing is said about a stall"
"""What a referral changes while it stands."""
DISCLAIMER = (
    "Coaching supports your own decisions. It is no therapy, and no legal, financial or medical "
    "advice."
)


def todays_aim(plan: Plan) -> str:
    """What today is for: a decision that came takes the place of the journey's own step."""
    return plan.objectives[0] if plan.decision else plan.step


def place_line(page: SessionPage, words: Words) -> str:
    """Which session a client's page is of: `session 4 of 12`."""
    return words("session {session} of {of}", session=page.session, of=page.of)


def took_away(left: FromLastTime | EarlierJourney | WrapRecord) -> tuple[str, tuple[str, ...]]:
    """What the client took away from a session, under its label."""
    return "Took away", left.takeaways


def inquiry_row(left: FromLastTime | EarlierJourney | WrapRecord) -> tuple[str, str]:
    """The question that went home, under the one label it has on the coach's pages."""
    return "Inquiry", left.inquiry


def last_time_heading(last: FromLastTime) -> Iterator[Block]:
    """Which session it was, and that nobody knows what it left where it was not wrapped."""
    yield Heading(f"From last time (session {last.session}, {short_date(last.date)})")
    if unknown := not_wrapped(last):
        yield Line(unknown)


def not_wrapped(last: FromLastTime) -> str:
    """That nobody knows what it left; empty where it was wrapped."""
    if last.wrapped:
        return ""
    return f"Session {last.session} was not wrapped; what it left is not known."


def nothing_promised(last: FromLastTime) -> str:
    """Why nothing was taken on last time; empty where something was, or nobody knows."""
    if last.commitments:
        return ""
    if last.holding:
        return "The session held what had happened; nothing had to be chosen."
    return "No commitment was chosen." if last.wrapped else ""


def inquiry_line(plan: Plan, last: FromLastTime) -> tuple[str, Text]:
    """The question that went home last time, with why it is not asked today where it is not."""
    label, question = inquiry_row(last)
    planned = plan.inquiry_return
    if not question or planned is None or planned.way == "asked":
        return label, question
    place = "not asked" if planned.way == "laid_out" else "for your eye"
    return label, (question, quiet(f" ({place}: {planned.because})"))


MISSING = "–"
"""Stands where a figure is not there; nothing is filled in for it."""


def signed(change: int | None) -> str:
    """A change with its sign, a real minus included; nothing when there is none to tell."""
    if change is None:
        return ""
    return f"+{change}" if change > 0 else f"−{-change}" if change < 0 else "±0"


def with_change(value: object, change: int | None) -> str:
    """A rating with its change, where there is one to tell: `6 (+2)`."""
    return str(value) if change is None else f"{value} ({signed(change)})"


def progress_words(progress: Mapping[str, int]) -> str:
    """Movement since last time by factor: `clarity 6, options 5`."""
    return ", ".join(f"{factor} {value}" for factor, value in progress.items())


def scale_ends(text: str, low: str, high: str) -> str:
    """What 1 and 10 mean, for below a question; empty where the question says it itself."""
    return "" if low in text and high in text else f"1 {low}, 10 {high}"


def sessions(numbers: tuple[int, ...]) -> str:
    """`session 4`, `sessions 1, 2 and 5`."""
    *most, last = map(str, numbers)
    return f"sessions {', '.join(most)} and {last}" if most else f"session {last}"


def place_in_journey(dossier: Dossier) -> str:
    """Where in the journey something is looked at that belongs to no session."""
    last = dossier.last_held()
    return f"after session {last.number}" if last else "before session 1"


def next_number(dossier: Dossier) -> int | None:
    """The number of the next session; None after the last."""
    following = dossier.next_session()
    return following.number if following else None


def before_next(dossier: Dossier) -> str:
    """Where in the journey something is done that is for the session to come."""
    number = next_number(dossier)
    return f"before session {number}" if number else "after the last session"


def next_meeting(engagement: Engagement | None, following: Session | None) -> str:
    """When a client comes next: `4, Tue 9 Feb 2027`; or why there is no such day."""
    if engagement and engagement.closed:
        return f"closed {short_date(engagement.closed)}"
    if following is None:
        return "every session is held"
    if following.state != "planned":
        return f"{following.number}, {following.state}, no new day yet"
    return f"{following.number}, {short_date(following.date)}"


def path_text(path: Sequence[str]) -> str:
    """`theme > objective`."""
    return " > ".join(path)


def goal_line(goal: PlannedGoal) -> str:
    """An open goal with the theme it stands under, and its day where it has one."""
    return path_text(goal.path) + (f", by {short_date(goal.when)}" if goal.when else "")


def commitment_line(commitment: Commitment) -> str:
    """A commitment with its day, its status and how often it waited."""
    waited = f", waited {commitment.misses}×" if commitment.misses else ""
    status = f"({STATUSES[commitment.status]}{waited})"
    from trajplan.planning.spoken import with_label

    what = with_label(commitment.what, commitment.label)
    return f"{what}, by {short_date(commitment.due)} {status}"


def contact_line(contact: PlannedContact) -> str:
    """A contact: what it was, when, and what was said."""
    note = f": {contact.note}" if contact.note else ""
    return f"{contact.kind} {short_date(contact.date)}{note}"


def referral_line(referral: Referral) -> str:
    """A referral: for what, since when and until when, with its note."""
    ended = f", ended {short_date(referral.ended)}" if referral.ended else ""
    line = f"{referral.kind}, since {short_date(referral.date)}{ended}"
    return f"{line}: {referral.note}" if referral.note else line


def standing_line(standing: Sequence[StandingReferral]) -> str:
    """What the head of a plan says of referrals; empty when none stands."""
    if not standing:
        return ""
    return f"{referral_kinds(standing)}; {REFERRAL_RULE}"


def referral_kinds(standing: Sequence[StandingReferral]) -> str:
    """Whom the client was sent to, and since when; empty when nothing stands."""
    return ", ".join(f"{referral.kind} since {short_date(referral.since)}" for referral in standing)


def method_change_line(change: MethodChange) -> str:
    """A change of method with its date, its reach and its reason."""
    reach = ", from here on" if change.onward else ""
    line = f"{short_date(change.date)}, {change.before} → {change.after}{reach}"
    return f"{line}: {change.reason}" if change.reason else line


def scaled_line(answer: ScaledAnswer) -> str:
    """An answer to a scaled question, then the question."""
    ends = scale_ends(answer.text, answer.low, answer.high)
    return f"{answer.value}{f' ({ends})' if ends else ''}: {answer.text}"


def first_words_for_the_eye(plan: Plan) -> list[FirstWords]:
    """First words that were asked again before, and those that are too long to be said; the others
    stand with the plan's own prompts."""
    spoken = {
        prompt.beside
        for segment in plan.segments
        for prompt in segment.prompts
        if prompt.id == "first-words"
    }
    return [words for words in plan.echo if words.answers or words.then not in spoken]


def first_words_table(echo: Sequence[FirstWords], words: Words) -> tuple[Block, ...]:
    """The client's words of the beginning, then a column a session that asked again; nothing
    while none did."""
    asked = sorted({answer.session for told in echo for answer in told.answers})
    rows = []
    for told in echo:
        answers = {answer.session: answer.text for answer in told.answers}
        cells = (answers.get(number, "–") for number in asked)
        rows.append((words(FIRST_WORDS[told.question]), told.then or "–", *cells))
    sessions = (words("session {session}", session=number) for number in asked)
    columns = ("", words("at the beginning"), *sessions)
    return section(words("First words and now"), columns, rows if asked else ())


def parked_words(topic: PlannedParked, today: dt.date, taken: str = "today") -> Text:
    """A parked topic with its day and what became of it so far. `taken`: when it is taken up."""
    about = _about(topic, today, taken)
    return (topic.text, quiet(about)) if about else topic.text


def _about(topic: PlannedParked, today: dt.date, taken: str) -> str:
    parts = []
    if topic.due:
        parts.append(f"by {short_date(topic.due)}, {due_words(topic.due, today)}")
    if topic.taken:
        parts.append(f"taken up {taken}")
    elif topic.taken_in:
        parts.append(f"taken up in session {topic.taken_in}, still open")
    elif topic.session:
        parts.append(f"parked in session {topic.session}")
    return f" ({'; '.join(parts)})" if parts else ""


@lru_cache(maxsize=64)
def note_words(text: str, grave: tuple[str, ...], room: int) -> str:
    """A note on one line, of at most so many letters. Where that is too few, its sentences among
    `grave` go first, in that order. A sign stands where something is left out."""
    line = on_one_line(text)
    if columns(line) <= room:
        return line
    sentences, rank = sentences_of(text), {words: place for place, words in enumerate(grave)}
    first = [place for place, words in enumerate(sentences) if words in rank]
    first.sort(key=lambda place: rank[sentences[place]])
    if not first:
        return shortened_to_clause(line, room)
    tries = max(1, room // TRIED)
    shown = {first[0]}
    for place in (*first[1:tries], *range(min(len(sentences), tries))):
        if columns(_with_gaps(sentences, shown | {place})) <= room:
            shown.add(place)
    return shortened_to_clause(_with_gaps(sentences, shown), room)


def _with_gaps(sentences: Sequence[str], shown: Container[int]) -> str:
    """Some of the sentences of a text, with a sign where others are left out."""
    words = (on_one_line(text) if place in shown else "…" for place, text in enumerate(sentences))
    return " ".join(text for text, _ in groupby(words))


def pinned_words(note: PinnedNote) -> Text:
    """A pinned note with where it comes from."""
    where = f"session {note.session}" if note.session else short_date(note.written)
    return (note.text, quiet(f" ({where})"))


def noted(text: str, where: str) -> Text:
    """A note with where it was written."""
    return (text, quiet(f" ({where})")) if where else text
