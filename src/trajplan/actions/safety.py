"""Words of danger, whichever command keeps them: they are pinned and named at once (R128, R131)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from trajplan.actions.client_records import ClientRecords
from trajplan.actions.context import Context
from trajplan.content.library import Library
from trajplan.records.dossier import last_held, next_session
from trajplan.records.model.sessions import SAFETY_SAID, Note, Session
from trajplan.records.store import Store
from trajplan.text import exact_words, in_quotes, one_line, sentences_of

SHORT = 240
"""Letters of a text that is pinned whole: what the coach wrote beside the words belongs to them."""


def pin_safety_words(store: Store, session: Session, said: str, day: dt.date) -> Note:
    """Pin words that speak of danger; the same words of one session once."""
    text = f"{SAFETY_SAID}{in_quotes(said)}"
    for note in store.select(Note, session_id=session.id, text=text):
        return note
    return store.insert(
        Note(session_id=session.id, kind="record", text=text, written=day, pinned=True)
    )


def pin_danger(
    records: ClientRecords, library: Library, session: Session, texts: Iterable[str], day: dt.date
) -> tuple[Note, ...]:
    """Pin what of these texts speaks of danger, or says that one told before is back. What the
    coach has unpinned since stays so."""
    texts = tuple(texts)
    said = [words for text in texts for words in words_of_danger(library, text)]
    said += [words for words in map(_back, texts) if words and words not in said]
    if not said:
        return ()
    was_told = any(note.text.startswith(SAFETY_SAID) for note in records.dossier.notes)
    notes = (
        pin_safety_words(records, session, words, day)
        for words in dict.fromkeys(said)
        if was_told or any(words_of_danger(library, words))
    )
    return tuple(note for note in notes if note.pinned)


def _back(text: str) -> str:
    """What of a text says that a danger told before is back: `the pills are back in the drawer`.
    Where none was told, the same words say nothing."""
    from trajplan.lint.phrases import heard as pattern_of

    means = pattern_of("notes", "means-back")
    sentences = sentences_of(text) if means.search(text) else ()
    return next((exact_words(words) or words for words in sentences if means.search(words)), "")


def words_of_danger(library: Library, text: str) -> Iterator[str]:
    """What of a text speaks of not wanting to live, of being hurt at home or of harming somebody:
    a short one whole, of a long one those sentences alone."""
    # Planning, which hears topics, is imported where there are words to hear.
    from trajplan.lint.phrases import heard as pattern_of
    from trajplan.planning.topics_today import speaks_of_danger

    if not text.strip() or not speaks_of_danger(library.topics, text):
        return
    line = one_line(text)
    heard = [words for words in sentences_of(text) if speaks_of_danger(library.topics, words)]
    long_ago = pattern_of("notes", "died-long-ago")
    if heard and all(long_ago.search(words) for words in heard):
        return
    for words in heard if heard and len(line) > SHORT else [line]:
        yield exact_words(words) or words


def on_danger(notes: Iterable[Note]) -> tuple[str, ...]:
    """What a command says of words about danger that it has kept."""
    return tuple(
        f"pinned: {note.text}; the next plan begins with it; `trajplan notes unpin {note.number}` "
        "when it is settled"
        for note in notes
    )


def keep_danger(
    records: ClientRecords, context: Context, *texts: str, session: Session | None = None
) -> tuple[str, ...]:
    """Pin what of the texts that a command has just kept speaks of danger; what there is to say.
    `session`: whose words they are; None: they were said between two."""
    session = session or session_for_words(records.own(Session))
    if session is None or not any(texts):
        return ()
    return on_danger(pin_danger(records, context.library, session, texts, context.today))


def session_for_words(sessions: Iterable[Session]) -> Session | None:
    """The session that words between two belong to: the next, else the one held last."""
    sessions = tuple(sessions)
    return next_session(sessions) or last_held(sessions)
