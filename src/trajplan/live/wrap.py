"""The wrap of a session as far as the session itself has told it (R133, R135)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trajplan.live.events import Event, Opening
from trajplan.live.session import in_force, tell
from trajplan.live.state import LiveState, Words
from trajplan.records.forms import NewCommitment, Said, Wrap, WrapNote
from trajplan.text import exact_words, in_quotes


def wrap_so_far(opening: Opening, events: Sequence[Event], now: dt.datetime) -> Wrap:
    """What was asked, said, promised and parked, and the minutes as they were.

    A session that was left without `w` counts as having ended now, or at its end if that is past.
    Minutes of segments are only told where the coach went from one to the next.
    """
    kept = in_force(events)
    state = tell(opening, events, now)
    if not state.ended:
        moments = [event.at for event in kept]
        end = max([min(now, opening.ends), *moments])
        state = tell(opening, [*events, Event(at=end, key="w")], end)
    moved_on = any(event.key == "n" for event in kept)
    return Wrap(
        kind="wrap",
        commitments=tuple(
            NewCommitment(what=promise.what, when=promise.when, how_will_i_know=promise.known)
            for promise in state.commitments
        )
        or "none",
        minutes=max(1, state.minutes),
        actual=dict(state.actual) if moved_on else {},
        takeaways=tuple(map(_said, state.takeaways)),
        asked=state.asked,
        parked=state.parked,
        beliefs=tuple(map(_said, state.beliefs)),
        notes=tuple(WrapNote(text=text) for text in _notes(state)),
    )


def _said(words: Words) -> Said:
    if words.exact:
        return Said(exact=exact_words(words.text) or words.text)
    return Said(gist=words.text)


def _notes(state: LiveState) -> list[str]:
    """The coach's notes, each on its own, and the client's words together, in quotation marks
    where they are exact."""
    lines = [
        f"{words.at} {in_quotes(words.text)}" if words.exact else f"{words.at} {words.text}"
        for words in state.words
    ]
    return [*state.notes, *(["\n".join(["What they said:", *lines])] if lines else [])]
