"""Every word that is kept, looked through with SQLite's FTS5 (R139).

The index is built in memory for the one search, of the fields that each record names in `searched`:
so it is never out of date, and no second copy of a client's words lies on the disk, where erasing
and removing would have to find it. Some twenty thousand texts take a second.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from trajplan.errors import StoreFault, UsageFault
from trajplan.records.fields import Find, R, Record
from trajplan.records.kinds import TABLES
from trajplan.records.model.commitments import Commitment
from trajplan.records.model.goals import Goal
from trajplan.records.model.journeys import Client, Engagement
from trajplan.records.model.ratings import TciEntry
from trajplan.records.model.sessions import Session
from trajplan.records.read_dossier import standing_ratings
from trajplan.records.store import Store
from trajplan.text import pattern, spaceless_letters

_MARKS = pattern("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]")
"""Accents, and the signs above and below Hebrew and Arabic letters."""
AROUND = 24
"""So many words of a text are shown, those that were found among them."""
_DAYS = ("date", "written", "wrapped_on", "parked", "since", "created", "closed")
"""Fields that tell when something was said, the first that a record has."""
_OPENS, _CLOSES = "\x02", "\x03"
"""Stand around a word that was found; no text that is kept holds either."""


class Hit(Struct, frozen=True, kw_only=True):
    """A text that holds every word looked for."""

    kind: Find
    client: Client
    engagement: Engagement
    session: Session | None
    """None: between two sessions, or of the journey as a whole."""
    date: dt.date
    number: int | None
    """What a coach calls the record by; None where it has no number of its own."""
    unsaved: bool
    """It was kept while its session ran, and is in no saved wrap."""
    around: tuple[tuple[str, bool], ...]
    """The words around, in pieces; True: this piece was looked for."""


class SearchRequest(Struct, frozen=True, kw_only=True):
    """What is looked for, and where."""

    words: tuple[str, ...]
    """All of them must be there; each may be the beginning of a word."""
    client: Client | None = None
    since: dt.date | None = None
    kind: Find | None = None


class UnsavedWords(Struct, frozen=True):
    """A text that was kept of a session while it ran, and is in no record yet."""

    kind: Find
    session_id: int
    words: str


def search(
    store: Store, request: SearchRequest, unsaved: Iterable[UnsavedWords] = ()
) -> tuple[Hit, ...]:
    """The texts that hold every word, the newest first; of one day, the last given first.
    `unsaved`: texts besides those of the records.

    Raises UsageFault where no word is looked for, StoreFault where SQLite was built without FTS5.
    """
    terms = [term for words in request.words for term in words.split() if re.search(r"\w", term)]
    if not terms:
        raise UsageFault("search for what? Give at least one word")
    texts = [text for text in _texts(store, unsaved) if _wanted(text, request)]
    texts.sort(key=lambda text: text.date)
    return tuple(
        Hit(
            kind=text.kind,
            client=text.place.client,
            engagement=text.place.engagement,
            session=text.place.session,
            date=text.date,
            number=text.number,
            unsaved=text.unsaved,
            around=around,
        )
        for position, around in _matches([text.words for text in texts], terms)
        for text in (texts[position],)
    )


class _Place(Struct, frozen=True):
    """Whose a record is, and of which session."""

    client: Client
    engagement: Engagement
    session: Session | None = None


class _Text(Struct, frozen=True, kw_only=True):
    """A text of a record, where it stands."""

    kind: Find
    place: _Place
    date: dt.date
    words: str
    number: int | None = None
    unsaved: bool = False


def _wanted(text: _Text, request: SearchRequest) -> bool:
    return (
        (request.client is None or text.place.client.id == request.client.id)
        and (request.since is None or text.date >= request.since)
        and (request.kind is None or text.kind == request.kind)
    )


def _texts(store: Store, unsaved: Iterable[UnsavedWords]) -> Iterator[_Text]:
    """Every text of the practice, in the order the records were made within their kind, then what
    is in no record yet."""
    places = _Places(store)
    # What an intake says stands in several of its fields, and once more in the journey.
    seen: set[tuple[str, int, int, str]] = set()
    for kind in TABLES:
        if not kind.searched:
            continue
        kinds_of_finds = dict(kind.searched)
        for record in _records(store, kind, places):
            try:
                place = places.of(record)
            except KeyError:
                continue  # it hangs from nothing, which `practice check` names
            for field, words in words_of(record):
                session_id = place.session.id if place.session else 0
                said = (kinds_of_finds[field], place.engagement.id, session_id, words)
                if said in seen:
                    continue
                seen.add(said)
                yield _Text(
                    kind=kinds_of_finds[field],  # type: ignore[arg-type]
                    place=place,
                    date=_date(record, place),
                    words=words,
                    number=getattr(record, "number", None),
                )
    sessions = places.every(Session)
    for kept in unsaved:
        if kept.session_id not in sessions:
            continue  # it is gone, and its words with it
        session = sessions[kept.session_id]
        whose = places.of(session)
        if (kept.kind, whose.engagement.id, session.id, kept.words) not in seen:
            yield _Text(
                kind=kept.kind,
                place=_Place(whose.client, whose.engagement, session),
                date=session.day,
                words=kept.words,
                unsaved=True,
            )


def _records(store: Store, kind: type[R], places: _Places) -> Sequence[Record]:
    """The records of a kind; of ratings, those that count."""
    if kind is TciEntry:
        ratings, _ = standing_ratings(store, places.every(Session))
        return ratings
    return store.select(kind)


def _date(record: Record, place: _Place) -> dt.date:
    """When something was said: its own day, its session's, else when it is due."""
    own = next((getattr(record, name) for name in _DAYS if getattr(record, name, None)), None)
    if own is None and place.session:
        own = place.session.day
    day: dt.date = own or getattr(record, "due", None) or place.engagement.created
    return day


class _Places:
    """What the records of a practice hang from, each table read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_id: dict[type[Record], dict[int, Any]] = {}

    def every(self, kind: type[R]) -> Mapping[int, R]:
        """Every record of a kind by its id."""
        if kind not in self._by_id:
            records: Any = self._store.select(kind)
            self._by_id[kind] = {record.id: record for record in records}
        return self._by_id[kind]

    @cached_property
    def newest(self) -> Mapping[int, Engagement]:
        """The newest engagement of each client."""
        engagements = self.every(Engagement).values()
        ordered = sorted(engagements, key=lambda engagement: engagement.ordinal)
        return {engagement.client_id: engagement for engagement in ordered}

    def of(self, record: Any) -> _Place:
        """Follow what a record hangs from up to its client."""
        if isinstance(record, Engagement):
            return _Place(self.every(Client)[record.client_id], record)
        session_id = getattr(record, "session_id", None)
        if session_id is not None:
            session = self.every(Session)[session_id]
            place = self.of(self.every(Engagement)[session.engagement_id])
            return _Place(place.client, place.engagement, session)
        engagement_id = getattr(record, "engagement_id", None)
        if engagement_id is not None:
            return self.of(self.every(Engagement)[engagement_id])
        client_id = getattr(record, "client_id", None)
        if client_id is not None:
            return _Place(self.every(Client)[client_id], self.newest[client_id])
        if hasattr(record, "commitment_id"):
            return self.of(self.every(Commitment)[record.commitment_id])
        return self.of(self.every(Goal)[record.goal_id])


def _matches(
    texts: Sequence[str], terms: Sequence[str]
) -> Iterator[tuple[int, tuple[tuple[str, bool], ...]]]:
    """The positions of the texts that hold every term, the last first, with the words around."""
    try:
        with closing(sqlite3.connect(":memory:")) as db:
            db.execute(
                "CREATE VIRTUAL TABLE texts USING fts5 (words, folded, tokenize ="
                ' "unicode61 remove_diacritics 2")'
            )
            db.executemany(
                "INSERT INTO texts (rowid, words, folded) VALUES (?, ?, ?)",
                ((index, words, _folded(words)) for index, words in enumerate(texts)),
            )
            rows = db.execute(
                "SELECT rowid, snippet(texts, 0, ?, ?, '…', ?) FROM texts WHERE texts MATCH ?"
                " ORDER BY rowid DESC",
                (_OPENS, _CLOSES, AROUND, " AND ".join(map(_query, terms))),
            )
            yield from ((row[0], _pieces(row[1])) for row in rows)
    except sqlite3.OperationalError as fault:
        if "fts5" not in str(fault):
            raise
        raise StoreFault("this Python's SQLite was built without full-text search") from fault


def _query(term: str) -> str:
    """A term as FTS5 reads it: quoted, so that nothing in it is an operator; a word may go on."""
    forms = dict.fromkeys((term, _folded(term) or term))
    quoted = ('"{}"*'.format(form.replace('"', '""')) for form in forms)
    return f"({' OR '.join(quoted)})"


def _folded(words: str) -> str:
    """What SQLite does not fold by itself: ß is ss, ё is е, and where words have no spaces between
    them, each letter is one. Empty where that changes nothing."""
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", words.casefold()))
    folded = spaceless_letters().sub(r" \g<0> ", unicodedata.normalize("NFKC", letters))
    return "" if folded == words.lower() else folded


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    """A text with marks around what was found, in pieces."""
    pieces: list[tuple[str, bool]] = []
    for opened in snippet.split(_OPENS):
        found, closed, rest = opened.partition(_CLOSES)
        pieces += [(found, True), (rest, False)] if closed else [(opened, False)]
    return tuple(piece for piece in pieces if piece[0])


_NO_WORDS = {"kind", "level", "slug", "need", "change", "scenario", "start_time", "time_zone"}
"""Keys of the intake that hold a choice, not words."""


def words_of(record: Record) -> Iterator[tuple[str, str]]:
    """Each text of a record with the field it stands in; of lists and forms, text by text."""
    for field, _ in record.searched:
        for words in _words_in(getattr(record, field)):
            yield field, words


def _words_in(value: Any, left_out: Collection[str] = ()) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in left_out:
                yield from _words_in(part, left_out)
    elif isinstance(value, Struct):
        yield from _words_in(asdict(value), _NO_WORDS)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words_in(part, left_out)
