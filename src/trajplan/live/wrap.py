"""The wrap of a session as far as the session itself has told it (R133, R135)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import asdict, replace

from trajplan.live.model import CapturedWords, Event, LiveState, Opening
from trajplan.records.forms import WORDS_SAID, NewCommitment, Said, Wrap, WrapNote, said_text
from trajplan.text import exact_words, in_quotes

LIVE_MARK = "<!-- trajplan: holds "
"""Begins the line of a wrap's form that says how much of the session is in it."""
WORDS_KEPT = ("commitments", *WORDS_SAID, "parked")
"""Words of a session that its wrap keeps."""
LIVE_LISTS = (*WORDS_KEPT, "notes", "asked")
"""What the keys of a session add up to in its wrap."""


def wrap_so_far(opening: Opening, events: Sequence[Event], now: dt.datetime) -> Wrap:
    """What was asked, said, promised and parked, and the minutes as they were.

    A session that was left without `w` counts as having ended now, or at its end if that is past.
    Minutes are told of what was run alone: where no key counts, only if the clock was on for half
    of the session or longer, and those of segments only where the coach went from one to the next,
    as far as they came.
    """
    # Most wraps are of sessions that nobody ran with `live`.
    from trajplan.live.session import in_force, tell

    standing = in_force(events)
    state = tell(opening, events, now)
    segments = [segment.id for segment in opening.plan.segments]
    # What nobody came to has no minutes, unless the coach has ended the session there.
    reached = segments if state.ended else segments[: segments.index(state.running) + 1]
    if not state.ended:
        moments = [event.at for event in standing]
        end = max([min(now, opening.ends), *moments])
        state = tell(opening, [*events, Event(at=end, key="w")], end)
    was_run = bool(standing) or state.minutes * 2 >= opening.minutes
    moved_on = any(event.key == "n" for event in standing)
    words: dict[str, Any] = {
        name: tuple(map(_as_said, getattr(state, name))) for name in WORDS_SAID
    }
    return Wrap(
        kind="wrap",
        commitments=tuple(
            NewCommitment(what=promise.what, when=promise.when, how_will_i_know=promise.known)
            for promise in state.commitments
        )
        or "none",
        minutes=max(1, state.minutes) if was_run else None,
        actual={name: state.actual[name] for name in reached} if moved_on else {},
        asked=state.asked,
        parked=state.parked,
        notes=tuple(WrapNote(text=text) for text in _notes(state)),
        **words,
    )


def wrap_since(opening: Opening, events: Sequence[Event], now: dt.datetime, first: int) -> Wrap:
    """What the session told from its key `first` on, counted from 0; the minutes are those of all
    of it."""
    whole, before = (wrap_so_far(opening, keys, now) for keys in (events, events[:first]))
    if not first:
        return whole
    since = {
        name: tuple(thing for thing in listed(whole, name) if thing not in listed(before, name))
        for name in LIVE_LISTS
    }
    return replace(whole, **{**since, "commitments": since["commitments"] or "none"})


def listed(wrap: Wrap, name: str) -> tuple[Any, ...]:
    """One of the lists of a wrap; where it says "none", an empty one."""
    things = getattr(wrap, name)
    return things if isinstance(things, tuple) else ()


def with_live_wrap(known: Wrap, live: Wrap, saved_notes: Sequence[str]) -> Wrap:
    """What is known of a wrap with what its session told besides: lists add up, minutes are taken
    where none are known, and notes where they are not saved yet."""
    both: dict[str, Any] = {
        name: _once((*listed(known, name), *listed(live, name))) for name in (*WORDS_KEPT, "asked")
    }
    return replace(
        known,
        **{**both, "commitments": both["commitments"] or "none"},
        notes=tuple(note for note in listed(live, "notes") if not is_among(note.text, saved_notes)),
        minutes=known.minutes or live.minutes,
        actual=known.actual or live.actual,
    )


def _once(things: Iterable[NewCommitment | Said | str]) -> tuple[NewCommitment | Said | str, ...]:
    """Each of these by its words, as it was said first; a promise that was told again has what was
    left open the first time."""
    by_words: dict[str, NewCommitment | Said | str] = {}
    for thing in things:
        first = by_words.setdefault(_words_of(thing), thing)
        if isinstance(first, NewCommitment) and isinstance(thing, NewCommitment):
            told_first = {name: value for name, value in asdict(first).items() if value}
            by_words[first.what] = replace(thing, **told_first)
    return tuple(by_words.values())


def is_among(text: str, notes: Sequence[str]) -> bool:
    """Whether a note is one of these, or whole paragraphs of one."""
    return any(f"\n\n{text.strip()}\n\n" in f"\n\n{note.strip()}\n\n" for note in notes)


def _as_said(words: CapturedWords) -> Said:
    if words.exact:
        return Said(exact=exact_words(words.text) or words.text)
    return Said(gist=words.text)


def _notes(state: LiveState) -> list[str]:
    """The coach's notes, then the client's words, each on its own and in quotation marks where they
    are exact."""
    quoted = [
        in_quotes(words.text) if words.exact else f"They said, in short: {words.text}"
        for words in state.words
    ]
    return [*state.notes, *quoted]


def words_missing(live: Wrap, wrap: Wrap, notes: Sequence[str]) -> bool:
    """Whether any words that a session told are neither in its wrap nor among its notes."""
    missing = _texts(live) - _texts(wrap)
    return bool(missing) or any(not is_among(note.text, notes) for note in listed(live, "notes"))


def _texts(wrap: Wrap) -> frozenset[str]:
    """What a wrap keeps of its session's words."""
    return frozenset(_words_of(thing) for name in WORDS_KEPT for thing in listed(wrap, name))


def _words_of(thing: NewCommitment | Said | str) -> str:
    return thing.what if isinstance(thing, NewCommitment) else said_text(thing)
