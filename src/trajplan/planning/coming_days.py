"""What has a day soon: a promise, a goal, something the client said, or a note (R126, R142)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from trajplan.lint.phrases import heard
from trajplan.planning.from_records import UrgentDay
from trajplan.planning.kept_in_mind import ComingDay
from trajplan.planning.named_days import day_ahead
from trajplan.planning.sentences import LETTERS, Sentence, newest_first
from trajplan.planning.since import OpenText, moved_day
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import WAITING
from trajplan.text import sentences_of, shortened_to_clause, word_count
from trajplan.worksheets.fillings import newest

URGENT_DAYS = 120
"""Days ahead within which a day that was named is urgent."""
GOAL_DAYS = 14
"""Days ahead within which the day of a goal is."""
COMING_DAYS = 7
"""Days ahead within which a day in a note is, or that of an answer they owe."""
MOST_COMING_DAYS = 14
"""Days ahead within which a day in a note is where the next session is far off: what is later than
that is told nearer the day."""
FAR_OFF_DAYS = 31
"""Days ahead within which the day of a hearing, an operation or an exam is."""
ON_ITS_OWN = 5
"""Words of a sentence in a form that says itself what it is about."""
YEARS_DAY = "that day of the year"
"""What is said of a day that comes round."""
_DEATH = heard("days", "death")
_YES_OR_NO = heard("days", "yes-or-no")
_OWED = heard("days", "owed")
_GIVEN = heard("days", "given")
_FAR_OFF = heard("days", "far-off")
_EACH_YEAR = heard("days", "each-year")


def is_of_death(text: str) -> bool:
    """Whether words speak of a death or a funeral."""
    return bool(_DEATH.search(text))


def owes_answer(
    brought: str, urgent: Iterable[UrgentDay], done: Iterable[str], on: dt.date
) -> bool:
    """Whether they owe somebody an answer within the week and haven't given it: they bring a yes or
    no, or a day they have named for it is near. `done`: what they say of what they did since."""
    if any(_GIVEN.search(words) for words in (brought, *done)):
        return False
    until = _later(on, COMING_DAYS).isoformat()
    near = (urgent_day.text for urgent_day in urgent if urgent_day.day <= until)
    return bool(_YES_OR_NO.search(brought)) or any(_OWED.search(text) for text in near)


def _told(
    dossier: Dossier, brought: Iterable[str], until: dt.date
) -> Iterator[tuple[str, dt.date]]:
    """What the client has told or written until a day, and `brought` at the beginning, with the day
    of it."""
    began = dossier.engagement.created
    yield from ((text, began) for text in (*brought, dossier.engagement.destination))
    for check_in in dossier.check_ins:
        # A later check-in of the session says what of an earlier one still holds.
        is_newest = check_in == dossier.check_in_of(check_in.session_id)
        if is_newest and check_in.date <= until:
            yield " ".join(check_in.matters.split()), check_in.date
    for filling in newest(dossier.worksheet_answers).values():
        if filling.date <= until:
            for answer in filling.answers.values():
                yield from ((text, filling.date) for text in _written(answer))


def _written(answer: object) -> Iterator[str]:
    """What somebody wrote in a form, sentence by sentence, a short one behind the one before it:
    `There is a secondment. Closing 5 Feb`. The cells of a row belong together; a number or a tick
    names no day."""
    if isinstance(answer, str):
        before = ""
        for sentence in sentences_of(answer):
            words = " ".join(sentence.split())
            is_short = word_count(words) < ON_ITS_OWN
            yield f"{before} {words}" if before and is_short else words
            before = words
    elif isinstance(answer, Mapping):
        cells = (cell for cell in answer.values() if isinstance(cell, str) and cell.strip())
        yield " · ".join(" ".join(cell.split()) for cell in cells)
    elif isinstance(answer, Sequence):
        for part in answer:
            yield from _written(part)


def urgent_days(
    dossier: Dossier,
    brought: Iterable[str],
    on: dt.date,
    next_session: dt.date | None,
    told: Iterable[Sentence],
) -> tuple[UrgentDay, ...]:
    """What has a day soon, the next one first: days the client named, and days that bind what they
    took on. `brought`: what the intake says; `told`: what was said or noted, which may move a
    day."""
    said = _texts_with_days(dossier, brought, on)
    bound = {standing.text: standing for standing in _bound(dossier)}
    sentences = newest_first(told)
    days = (
        _urgent(standing, sentences, next_session, standing.text in bound)
        for standing in sorted((said | bound).values(), key=lambda text: text.said, reverse=True)
    )
    goals = {goal.text for goal in dossier.goals}
    return tuple(
        urgent
        for urgent in sorted(_once(days, bound), key=lambda urgent: (urgent.day, urgent.text))
        if 0
        <= (dt.date.fromisoformat(urgent.day) - on).days
        <= (GOAL_DAYS if urgent.text in goals and not urgent.newer else URGENT_DAYS)
    )


def _once(days: Iterable[UrgentDay], bound: Collection[str]) -> Iterator[UrgentDay]:
    """The days, the newest told first, without a second line on one that has moved: neither the
    words that moved it, nor what was told of it still earlier. What binds them always stands."""
    days = tuple(days)
    moved_by = {_moved_by(urgent): urgent.day for urgent in reversed(days) if urgent.newer}
    seen: set[str] = set()
    for urgent in days:
        by = _moved_by(urgent)
        quoted = shortened_to_clause(urgent.text, LETTERS)
        is_told = by in seen or (not urgent.newer and moved_by.get(quoted) == urgent.day)
        if urgent.text in bound or not is_told:
            yield urgent
        if by:
            seen.add(by)


def _moved_by(urgent: UrgentDay) -> str:
    """The newer words that surely move its day; empty: none do."""
    return urgent.newer.text if urgent.newer else ""


def days_gone_by(
    dossier: Dossier,
    brought: Iterable[str],
    since: dt.date,
    until: dt.date,
    told: Iterable[Sentence],
) -> tuple[str, ...]:
    """What they told of a day after one and before another, by that day; `brought`, `told`: as in
    `urgent_days`."""
    sentences = newest_first(told)
    days = (
        _urgent(standing, sentences, None, promise=False)
        for standing in _texts_with_days(dossier, brought, until).values()
    )
    gone_by = (day for day in days if since.isoformat() < day.day < until.isoformat())
    return tuple(day.text for day in sorted(gone_by, key=lambda day: day.day))


def _texts_with_days(
    dossier: Dossier, brought: Iterable[str], until: dt.date
) -> dict[str, OpenText]:
    """By its words, everything they have told until a day that names a day ahead."""
    return {
        text: OpenText(text, day_told, day)
        for text, day_told in _told(dossier, brought, until)
        if (day := day_ahead(text, day_told))
    }


def _urgent(
    standing: OpenText,
    sentences: Sequence[Sentence],
    next_session: dt.date | None,
    promise: bool,
) -> UrgentDay:
    """Something with its day, or with the newer one where newer words surely name one."""
    moved = moved_day(standing, sentences)
    day = (moved and moved.to) or standing.due
    return UrgentDay(
        text=standing.text,
        day=day.isoformat(),
        alone=(next_session is None or next_session >= day) and not is_of_death(standing.text),
        promise=promise,
        newer=moved.words.newer if moved and moved.to else None,
    )


def _bound(dossier: Dossier) -> Iterator[OpenText]:
    """Promises that wait for a deadline, and goals with a day."""
    for promise in dossier.commitments:
        if promise.deadline and promise.status in WAITING:
            made = dossier.session_by_id.get(promise.session_id or 0)
            said = made.day if made else dt.date.max  # when it was made is not known
            yield OpenText(promise.what, said, promise.deadline, "promise")
    for goal in dossier.goals:
        if goal.due and goal.status == "open":
            yield OpenText(goal.text, dossier.history_of(goal.id)[-1].date, goal.due)


def coming_days(
    told: Iterable[Sentence],
    on: dt.date,
    next_session: dt.date | None,
    since: dt.date,
    pinned: Sequence[str],
) -> tuple[ComingDay, ...]:
    """The sentences that name a day of the week that begins `on` a day, or one before the next
    session, but within two weeks (a month where it is of a hearing, an operation or an exam), the
    next day first; none whose day newer words move. What was said before the session before the
    last one, `since` which day, may be long over, unless it is `pinned` or comes round."""
    sentences = newest_first(told)
    in_a_week = _later(on, COMING_DAYS)
    until = min(max(in_a_week, next_session or in_a_week), _later(on, MOST_COMING_DAYS))
    found: dict[str, ComingDay] = {}
    for words in sentences:
        holds = (
            words.day >= since
            or any(words.text in text for text in pinned)
            or _EACH_YEAR.search(words.text)
        )
        left = (day for later in sentences if later.day >= words.day for day in later.days_left)
        days = set(words.days).difference(left) if holds else set()
        last = _later(on, FAR_OFF_DAYS) if _FAR_OFF.search(words.text) else until
        near = sorted(day for day in days if on <= day <= last)
        for day in near[:1]:
            if moved_day(OpenText(words.text, words.day, day, "note"), sentences) is None:
                coming = ComingDay(text=words.text, day=day.isoformat(), when=words.when)
                found.setdefault(words.text, coming)
        for day in _years_days(words, on, in_a_week):
            when = f"{YEARS_DAY}; {words.when}"
            found.setdefault(words.text, ComingDay(text=words.text, day=day.isoformat(), when=when))
    return tuple(sorted(found.values(), key=lambda coming: coming.day))


def days_moved(told: Iterable[Sentence]) -> dict[str, str]:
    """Sentences that name a day ahead which has surely moved since, each with the day it is now, in
    ISO format."""
    told = tuple(told)
    moves = [words for words in newest_first(told) if words.moves]
    moved: dict[str, str] = {}
    for words in told if moves else ():
        for day in words.days:
            if day < words.day:
                continue
            newer = moved_day(OpenText(words.text, words.day, day, "note"), moves)
            if newer and newer.to:
                moved[words.text] = newer.to.isoformat()
    return moved


def _years_days(words: Sentence, on: dt.date, until: dt.date) -> Iterator[dt.date]:
    """The days between two on which a death of an earlier year comes round, the next one first."""
    if not any(day.year < until.year for day in words.days) or not _DEATH.search(words.text):
        return
    for ahead in range((until - on).days + 1):
        day = on + dt.timedelta(ahead)
        if any(
            (day.month, day.day) == (then.month, then.day) and then < day for then in words.days
        ):
            yield day


def _later(day: dt.date, days: int) -> dt.date:
    """A day so many days later, or the last one there is."""
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))
