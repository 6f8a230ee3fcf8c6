"""The Career OS, put together from a client's records (R113)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from trajplan.content.labels import ENGLISH, Words
from trajplan.dates import months_later
from trajplan.measures.progress import LEAST, progress
from trajplan.planning.first_words import newest_destination, then_and_since
from trajplan.planning.from_records import FirstWords
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import Commitment
from trajplan.text import each_once, in_quotes, one_line
from trajplan.worksheets.fillings import as_filled, newest

if TYPE_CHECKING:
    from trajplan.content.worksheet_model import Field
    from trajplan.worksheets.answers import Answers

WORTH = 6
"""A commitment done counts among what worked from this value (1-10) on: the upper half."""
MOST_LINES = 8
"""Lines of a part; what comes later stays in the records."""
SECTIONS = {
    "worked": "What worked",
    "kinds": "Which kind of step carried me",
    "values": "What matters to me",
    "strengths": "What I'm good at",
    "habits": "How I keep track",
    "decide": "How I make good decisions",
    "triggers": "When I'll ask for help again",
    "people": "Who I can talk to",
    "outcomes": "What others can see today",
    "took_home": "What I took away on the way",
}
NEEDED = ("worked", "values", "strengths", "habits")
"""Without these four it is no Career OS yet."""
KINDS = {
    "experiential": "Trying something out",
    "information_gathering": "Finding something out",
    "reflective": "Thinking something through",
    "preparing": "Getting something ready",
}
"""Kinds of commitments in words that need no coach."""
BEST = 5
"""Commitments among what worked."""


class CareerOs(Struct, frozen=True, kw_only=True):
    """Each part as lines, most telling first; a part without lines is empty."""

    client_name: str
    date: dt.date
    """The day the engagement was closed, or the day this draft was made."""
    draft: bool
    destination: str
    worked: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    took_home: tuple[str, ...] = ()
    first_words: tuple[FirstWords, ...] = ()
    weekly_review: dt.date | None = None
    """The first one; none for a client who stopped, as `retreat`."""
    retreat: dt.date | None = None
    follow_up: dt.date | None = None


def career_os_of(dossier: Dossier, today: dt.date, words: Words = ENGLISH) -> CareerOs:
    """Everything the records hold for each part; the client's own Career OS comes first. `words`:
    how lines say what is not the client's own."""
    engagement, ending = dossier.engagement, dossier.ending
    lines = _worksheet_lines(dossier)
    start = first_day_after(dossier, today)
    stopped = ending is not None and ending.stopped
    triggers = (*lines.get("triggers", ()), *(ending.triggers if ending else ()))
    return CareerOs(
        client_name=dossier.client.name,
        date=engagement.closed or today,
        draft=engagement.closed is None,
        destination=newest_destination(dossier),
        worked=_once((*lines.get("worked", ()), *_best_commitments(dossier.commitments, words))),
        kinds=_kinds(dossier.commitments, words),
        values=_once(lines.get("values", ())),
        strengths=_once(lines.get("strengths", ())),
        habits=_once(lines.get("habits", ())),
        decide=_once(lines.get("decide", ())),
        triggers=_once(triggers),
        people=_once(lines.get("people", ())),
        outcomes=ending.outcomes if ending else (),
        took_home=_takeaways(dossier, words),
        first_words=then_and_since(dossier),
        weekly_review=None if stopped else start + dt.timedelta(days=7),
        retreat=None if stopped else months_later(start, 3),
        follow_up=ending.follow_up if ending else None,
    )


def first_day_after(dossier: Dossier, today: dt.date) -> dt.date:
    """The day reviews and retreats are counted from: the closing, also one that was begun, or until
    then the last session's day, or today when that is past."""
    closed = dossier.engagement.closed or (dossier.ending and dossier.ending.closed)
    if closed:
        return closed
    return max([today, *(session.date for session in dossier.numbered)])


def _best_commitments(commitments: Sequence[Commitment], words: Words) -> list[str]:
    """What was done and worth most to the client, best first, with what was learnt."""
    done = [
        commitment
        for commitment in commitments
        if commitment.status == "done" and (commitment.value or 0) >= WORTH
    ]
    best = sorted(done, key=lambda commitment: -(commitment.value or 0))[:BEST]
    return [
        f"{commitment.what.rstrip('.')} ({words('worth {value} of 10', value=commitment.value)})"
        + (f": {in_quotes(commitment.learned)}" if commitment.learned else "")
        for commitment in best
    ]


def _kinds(commitments: Sequence[Commitment], words: Words) -> tuple[str, ...]:
    """Kinds of step with enough behind them to say something, in the order of their worth. What an
    hour of them was worth is the coach's to look at."""
    kinds = [
        figures
        for figures in progress(commitments).kinds
        if figures.kind and figures.completion and figures.completion.n >= LEAST
    ]
    kinds.sort(
        key=lambda figures: (figures.worth.rank or len(kinds)) if figures.worth else len(kinds)
    )
    return tuple(
        words(KINDS[figures.kind])
        + ": "
        + words("{done} of {of} done", done=figures.completion.done, of=figures.completion.n)
        for figures in kinds
        if figures.completion
    )


def _takeaways(dossier: Dossier, words: Words) -> tuple[str, ...]:
    """The first that was taken away from each session."""
    firsts = dict(reversed(dossier.takeaways_so_far()))
    return tuple(
        f"{firsts[number]} ({words('session {session}', session=number)})"
        for number in sorted(firsts)
    )


def _worksheet_lines(dossier: Dossier) -> dict[str, list[str]]:
    """Lines of the newest filling of each worksheet, by part of the Career OS.

    A worksheet says itself which field belongs to which part; the Career OS worksheet goes first.
    """
    parts: dict[str, list[str]] = {}
    for filling in sorted(
        newest(dossier.worksheet_answers).values(),
        key=lambda filling: (filling.worksheet != "career-os", -filling.date.toordinal()),
    ):
        sheet, answers = as_filled(filling)
        for field in sheet.fields:
            if field.career_os and field.id in answers:
                parts.setdefault(field.career_os, []).extend(_lines(field, answers))
    return parts


def _lines(field: Field, answers: Answers) -> list[str]:
    """An answer as lines: list, rows, or the text."""
    from trajplan.worksheets.answers import row_name, rows_of

    answer = answers[field.id]
    if field.type == "table":
        rows = _by_rating(field, rows_of(answers, field))
        if field.career_os == "habits":
            return [
                one_line(" · ".join(str(row[key]) for key in row if str(row[key]).strip()))
                for row in rows
            ]
        return [one_line(row_name(field, row, number)) for number, row in enumerate(rows, 1)]
    if isinstance(answer, tuple):
        return [one_line(text) for text in answer if isinstance(text, str)]
    return [one_line(str(answer))]


def _by_rating(
    field: Field, rows: Sequence[Mapping[str, str | int | float]]
) -> list[Mapping[str, str | int | float]]:
    """Rows by their first rating, the highest first; without one in their own order."""
    rating = next((column.id for column in field.columns if column.type == "rating"), "")
    return sorted(rows, key=lambda row: -float(row.get(rating, 0)) if rating else 0)


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    """Each line once, and not too many."""
    return each_once(lines)[:MOST_LINES]
