"""`remove`: a record the coach no longer wants to keep, with everything that quotes it (R138)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import ClientRecords, any_session_of
from trajplan.actions.context import Context
from trajplan.errors import CannotDo, NotFound, UsageFault
from trajplan.records import belongings
from trajplan.records.dossier import Dossier
from trajplan.records.fields import Record
from trajplan.records.kinds import TABLES
from trajplan.records.model.commitments import Assumption, Commitment, CommitmentReview
from trajplan.records.model.goals import Goal, Indicator
from trajplan.records.model.journeys import Engagement
from trajplan.records.model.sessions import KeptPlan, Session, WorksheetAnswers, WrapRecord
from trajplan.records.search import words_of
from trajplan.records.store import rewrite
from trajplan.text import exact_words, there_are, with_each_text

REMOVED = "[removed]"
"""Stands in a frozen plan where it quoted what was removed."""
_FROM_INTAKE = {Assumption: "assumptions", Goal: "goals", Indicator: "indicators"}
"""Where the intake says what became a record."""
_QUOTED = 4
"""So many words of a removed text in a row, wherever they stand, are taken for a quotation."""
_KNOWN = 3
"""A shorter text of at least so many words is found whole; one of two where it stands alone."""


class Removal(Struct, frozen=True, kw_only=True):
    """Something that was removed."""

    dossier: Dossier
    """As all stands now."""
    what: str
    """`commitment 3`, `takeaway 2 of session 4`."""
    said: str
    """Its first words; of a form, its title."""
    with_it: Mapping[str, int]
    """Records that went with it, by table; none of them 0."""
    reworded: int
    """Plans of held sessions that quoted it and no longer do."""


def remove(context: Context, kind: type[Record], number: int, *, client: str | None) -> Removal:
    """Remove a record by its number, in one transaction; undo brings it back.

    What hangs from it goes too, and where its words were copied to, they go: plans, intake, wrap.
    The file is written anew. Raises NotFound, and CannotDo where objectives stand under a theme.
    """
    with context.write(client) as records:
        removal = _remove(records, records.numbered(kind, number), number)
    return _rewritten(context, removal)


def remove_filling(
    context: Context, worksheet: str, filling: int | None, *, client: str | None
) -> Removal:
    """Remove what was filled in; which filling may be left out where there is one alone.

    Raises NotFound, UsageFault.
    """
    from trajplan.actions.worksheets import filling_numbered  # loads what worksheets are made of

    with context.write(client) as records:
        own = records.own(WorksheetAnswers, worksheet=worksheet)
        fillings = {answers.id: answers for answers in own}
        if not fillings:
            raise NotFound(f"`{records.client.slug}` has not filled in `{worksheet}`")
        if filling is None and len(fillings) > 1:
            raise UsageFault(
                f"which filling of `{worksheet}`? Give --filling; {there_are(fillings)}"
            )
        answers = filling_numbered(fillings, filling)
        removal = _remove(records, answers, answers.id)
    return _rewritten(context, removal)


def remove_learning(context: Context, number: int, *, client: str | None) -> Removal:
    """Remove what a client learned from a commitment, in every review; the commitment stays.

    Raises NotFound, CannotDo where nothing was learned.
    """
    with context.write(client) as records:
        commitment = records.numbered(Commitment, number)
        reviews = records.select(CommitmentReview, commitment_id=commitment.id)
        learned = [review.learned for review in reviews if review.learned]
        if not learned:
            raise CannotDo(f"nothing was learned from commitment {number} that could be removed")
        with records.lifted("commitment_reviews_never_change"):
            for review in reviews:
                records.update(review, learned="")
        records.update(commitment, learned="")
        texts = frozenset((*learned, commitment.learned))
        removal = Removal(
            dossier=records.dossier,
            what=f"what was learned from commitment {number}",
            said=learned[-1],
            with_it={},
            reworded=_reword_plans(records, texts),
        )
    return _rewritten(context, removal)


def remove_takeaway(
    context: Context, reference: str, position: int, *, client: str | None
) -> Removal:
    """Remove one takeaway of a session, counted from 1 as the session shows them.

    Raises NotFound where the session has none there, CannotDo where it was not wrapped.
    """
    with context.write(client) as records:
        session = any_session_of(records, reference)
        wrap = records.find(WrapRecord, session_id=session.id)
        if wrap is None:
            raise CannotDo(f"session {reference} is not wrapped, so it has no takeaways")
        if not 1 <= position <= len(wrap.takeaways):
            there = there_are(range(1, len(wrap.takeaways) + 1))
            raise NotFound(f"session {reference} has no takeaway {position}; {there}")
        said = wrap.takeaways[position - 1]
        records.update(
            wrap,
            takeaways=tuple(text for text in wrap.takeaways if text != said),
            to_send=tuple(text for text in wrap.to_send if text != said),
        )
        removal = Removal(
            dossier=records.dossier,
            what=f"takeaway {position} of session {reference}",
            said=said,
            with_it={},
            reworded=_reword_plans(records, frozenset({said})),
        )
    return _rewritten(context, removal)


def _rewritten(context: Context, removal: Removal) -> Removal:
    """Write the file anew: words that were changed long ago may still stand in it."""
    rewrite(context.practice, done=f"{removal.what} is removed")
    return removal


def _remove(records: ClientRecords, record: Record, number: int) -> Removal:
    if isinstance(record, Goal):
        under = [goal.number for goal in records.own(Goal, parent_id=record.id)]
        if under:
            raise CannotDo(
                f"objectives stand under goal {number}: {', '.join(map(str, under))}. Remove them"
                " first, or put them under another theme with `trajplan goals update --under`"
            )
    kind = type(record)
    row = getattr(record, "id")  # noqa: B009 - every kind that can be removed has one
    gone = belongings.hanging_from(records, TABLES[kind], {row})
    texts = frozenset(_texts(records, gone))
    records.delete(kind, id=row)
    _forget_in_intake(records, kind, texts)
    _forget_copies(records, texts)
    return Removal(
        dossier=records.dossier,
        what=f"{kind.noun} {number}",
        said=_words_to_show(record),
        with_it={
            table: len(rows) for table, rows in gone.items() if rows and table != TABLES[kind]
        },
        reworded=_reword_plans(records, texts),
    )


def _words_to_show(record: Record) -> str:
    if isinstance(record, WorksheetAnswers):
        return record.title
    return next((words for _, words in words_of(record)), "")


def _forget_in_intake(records: ClientRecords, kind: type[Record], texts: Collection[str]) -> None:
    """Take what came from the intake out of it. What it said before holds none of these: they are
    changed as the records that they are."""
    if kind not in _FROM_INTAKE:
        return
    for engagement in records.select(Engagement, client_id=records.client.id):
        entries = {key: getattr(engagement.intake, key) for key in _FROM_INTAKE.values()}
        rest = {key: _without(own, texts) for key, own in entries.items()}
        if rest != entries:
            records.update(engagement, intake=replace(engagement.intake, **rest))


def _without(entries: Sequence[Any], texts: Collection[str]) -> tuple[Any, ...]:
    """A list of the intake without the entries whose words are removed, or that name them."""
    return tuple(
        {key: value for key, value in entry.items() if key == "text" or value not in texts}
        if isinstance(entry, Mapping)
        else entry
        for entry in entries
        if _words_of_entry(entry) not in texts
    )


def _words_of_entry(entry: Any) -> Any:
    if isinstance(entry, Mapping):
        return entry.get("text") or entry.get("theme") or entry.get("name")
    return entry


def _forget_copies(records: ClientRecords, texts: Collection[str]) -> None:
    """Take the words out of the wrap that named them and of commitments that serve them."""
    sessions = [session.id for session in records.own(Session)]
    for wrap in records.select(WrapRecord, session_id=sessions):
        parked = tuple(text for text in wrap.parked if text not in texts)
        beliefs = tuple(text for text in wrap.beliefs if (exact_words(text) or text) not in texts)
        if (parked, beliefs) != (wrap.parked, wrap.beliefs):
            records.update(wrap, parked=parked, beliefs=beliefs)
    for commitment in records.own(Commitment):
        if commitment.goal in texts:
            records.update(commitment, goal="")


def _reword_plans(records: ClientRecords, texts: Collection[str]) -> int:
    """Let no plan quote the texts: a frozen one says `REMOVED`, any other is made anew.

    Returns how many frozen ones changed.
    """
    reworded, removed = 0, RemovedWords(texts)
    sessions = [session.id for session in records.own(Session)]
    for plan in records.select(KeptPlan, session_id=sessions):
        body = with_each_text(plan.body, removed.without)
        if body == plan.body:
            continue
        if plan.frozen:
            records.update(plan, body=body)
            reworded += 1
        else:
            records.delete(KeptPlan, session_id=plan.session_id)
    return reworded


class RemovedWords:
    """Finds what a page quotes of removed texts: whole, shortened, without the full stop."""

    def __init__(self, texts: Collection[str]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        """Runs of words that a text is known by."""
        for text in texts:
            words = tuple(word for word, _ in _words_in(text))
            length = min(len(words), _QUOTED)
            starts = range(len(words) - length + 1) if length >= _KNOWN else ()
            self._runs |= {words[start : start + length] for start in starts}
        # One word alone may as well be an id or a choice of the plan's own.
        self._whole = {text.strip().casefold() for text in texts if " " in text.strip()}

    def without(self, text: str) -> str:
        """The text with `REMOVED` wherever it quotes one of the texts."""
        if text.strip().casefold() in self._whole:
            return REMOVED
        words = _words_in(text)
        quoted = [False] * len(words)
        for start in range(len(words)):
            for length in range(_KNOWN, _QUOTED + 1):
                if tuple(word for word, _ in words[start : start + length]) in self._runs:
                    quoted[start : start + length] = [True] * len(words[start : start + length])
        pieces: list[str] = []
        end = 0
        for index, (_, (first, last)) in enumerate(words):
            if not quoted[index]:
                continue
            if not (index and quoted[index - 1]):
                pieces += [text[end:first], REMOVED]
            end = last
        return "".join([*pieces, text[end:]])


def _words_in(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The words of a text as they are compared, each with its place."""
    return [(match[0].casefold(), match.span()) for match in re.finditer(r"\w+", text)]


def _texts(records: ClientRecords, gone: belongings.Belongings) -> Iterator[str]:
    """Everything the rows say that are about to go."""
    for kind, table in TABLES.items():
        if kind.searched and gone.get(table):
            for record in records.select(kind, id=gone[table]):
                yield from _all_words(record)


def _all_words(record: Record) -> Iterator[str]:
    """Everything a record says in words; also what stands on it a second time."""
    yield from (words for _, words in words_of(record))
    for copy in ("label", "learned"):
        if getattr(record, copy, ""):
            yield getattr(record, copy)
