"""What would hurt if it were forgotten, whatever the session is about (R142).

All of it stands elsewhere in the records: in the intake, the agreement, sessions long held or never
held, a rating's note. A coach who reads the plan alone has it in one place, for their own eye.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Topic
from trajplan.dates import near_date
from trajplan.measures.tci import FACTORS, reading_of
from trajplan.planning.agreement import AGREED, ROWS, released_parts
from trajplan.planning.asked_of_coach import asks_of_coach
from trajplan.planning.beliefs import beliefs_of
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.calendar import session_day_act, session_day_words
from trajplan.planning.coming_days import coming_days, days_moved
from trajplan.planning.grave_words import (
    LOOKED_AT,
    GraveWords,
    back_again,
    danger_again,
    is_sore,
)
from trajplan.planning.kept_in_mind import FromIntake, HardTime, Remembered
from trajplan.planning.named_days import day_in
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.planning.sentences import Sentence
from trajplan.planning.since import is_spoken_of
from trajplan.planning.spoken import with_label
from trajplan.planning.told_before import noted_on, notes_for
from trajplan.records.dossier import Dossier
from trajplan.records.model.sessions import Session, SessionDay
from trajplan.text import in_quotes, sentences_of

SO_FAR, OLD_NOTES = 6, 24
"""How much a plan brings back of what sessions before the last one left, and of their notes."""


def remembered_of(
    dossier: Dossier,
    session: Session,
    last: Session | None,
    sources: BriefSources,
    brought: FromIntake,
    sentences: Sequence[Sentence],
    next_date: dt.date | None,
) -> Remembered:
    """What to keep in mind in a session; `last`: the one held before it, `sentences`: what was said
    before this one and for it, `next_date`: the day of the one after it."""
    since = last.day if last else dt.date.min
    titled = _title_day(dossier, session, since)
    all_news = _news_of(dossier, session, since, titled)
    newest_first = sorted(all_news, key=lambda news: news.day, reverse=True)
    notes = dict(notes_for(dossier, session, since))
    confided = (*brought.fears, *brought.background, *brought.must_haves)
    # What two sessions ago had a day may still matter; what is older than that is known by its
    # record.
    lately = min(
        (held.day for held in dossier.held_before(session.number or 0)[-2:]), default=since
    )
    pinned = [note.text for note in dossier.notes if note.pinned]
    return Remembered(
        stuck_point=brought.stuck_point,
        stuck_now=_stuck_now(dossier, session),
        beliefs=beliefs_of(dossier, session),
        paths=brought.paths,
        must_haves=brought.must_haves,
        fears=brought.fears,
        rated_before=_rated_before(dossier, last),
        since=tuple(news.text for news in newest_first if not news.is_title),
        since_because={news.text: news.because for news in newest_first if news.because},
        moved=tuple(news.text for news in newest_first if news.is_title),
        notes=tuple(notes),
        noted=notes,
        noted_later={
            **(_noted_later(dossier, last) if last else {}),
            **_written_before(dossier, session),
        },
        spoken=tuple(text for text in confided if is_spoken_of(text, sentences)),
        coming=coming_days(sentences, session.date, next_date, lately, pinned),
        days_moved=days_moved(sentences),
        let_go=tuple(_let_go_until(dossier, session.date)),
        own_day=_title_words(titled),
        rating_note=_rating_note(dossier, last),
        sponsor=_sponsor(dossier, session, sources),
        shared=_agreed(sources, "shared"),
        limits=_agreed(sources, "limits"),
        records=_agreed(sources, "records"),
        hard_day=sources.text(AGREEMENT_FORM, "hard"),
        agreed_besides=_agreed_besides(sources),
    )


def with_told_before(
    remembered: Remembered,
    told: Iterable[ToldBefore],
    topics: Mapping[str, Topic],
    shown: Iterable[str],
    since: dt.date | None = None,
) -> Remembered:
    """What to keep in mind, with what was told before: what was hard on its own, then what sessions
    before the last one left. `shown`: what the plan says elsewhere; `since`: a day from
    which on a day that is named may still matter."""
    told = tuple(told)
    here = (*shown, *(entry.text for entry in told if entry.kind == "held"))
    # A pinned note holds the client's words among others.
    shown_text = "\n".join(here)
    entries = [entry for entry in told if entry.kind == "held" or entry.text not in shown_text]
    grave = GraveWords(topics, (*here, *(entry.text for entry in entries)))
    again = tuple(danger_again(grave, told))
    asks = [entry for entry in entries if asks_of_coach(entry.text, entry.kind == "noted")]
    # A note that names a day ahead is no ordinary one.
    dated = [
        entry for entry in entries if since and entry.kind == "noted" and day_in(entry.text, since)
    ]
    hard = [
        entry
        for entry in entries
        if entry.kind == "held"
        or entry in asks
        or entry in dated
        or grave.holds(entry)
        or entry in again
        or (entry.kind == "noted" and is_sore(entry.text))
    ]
    # A note for an earlier session may be written later than the last one.
    before_last = [
        entry
        for entry in entries
        if entry not in hard
        and not entry.overtaken
        and (not entry.last or (entry.kind == "noted" and not entry.of))
    ]
    said = [entry for entry in before_last if entry.kind == "said"]
    noted = [entry for entry in before_last if entry.kind == "noted"]
    texts = (*here, *(entry.text for entry in hard))
    return replace(
        _with_grave_sentences(remembered, texts, grave, again, since),
        hard=tuple(replace(_looked_back(entry), asks=entry in asks) for entry in hard),
        so_far=tuple(f"{entry.text} ({entry.when})" for entry in said[:SO_FAR]),
        noted_before=tuple(map(_looked_back, noted[:OLD_NOTES])),
        older_notes=len(noted[OLD_NOTES:]),
    )


def _with_grave_sentences(
    remembered: Remembered,
    texts: Sequence[str],
    grave: GraveWords,
    again: Iterable[ToldBefore],
    since: dt.date | None,
) -> Remembered:
    """What to keep in mind, with the sentences of `texts` that weigh most. `again`: told where
    danger came back; `since`: a sentence that names a day from then on counts, too."""
    # What came back is told without a word of danger.
    returned = [back_again(entry.text) for entry in again]
    # Danger first: of a note without room the first of them stay.
    heavy = [*(grave.sentences(text, "heavy") for text in texts), *returned]
    safety = [*(grave.sentences(text, "safety") for text in texts), *returned]
    sentences = [*heavy, *(grave.sentences(text) for text in texts)]
    if since:
        sentences += [
            [sentence for sentence in sentences_of(text)[:LOOKED_AT] if day_in(sentence, since)]
            for text in texts
        ]
    return replace(
        remembered,
        grave=_each_once(sentences),
        heavy=_each_once(heavy),
        safety=_each_once(safety),
    )


def _each_once(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _rating_note(dossier: Dossier, last: Session | None) -> str:
    """What was noted with the ratings of last time; with the ratings it was noted with where others
    have come since."""
    entries = [entry for entry in dossier.ratings if last and entry.session_id == last.id]
    noted = [entry for entry in entries if entry.note]
    if not noted:
        return ""
    entry = noted[-1]
    values = ((factor, getattr(entry, factor)) for factor in FACTORS)
    given = ", ".join(f"{factor} {value}" for factor, value in values if value is not None)
    return entry.note if entry is entries[-1] or not given else f"{entry.note} (with {given})"


def _agreed(sources: BriefSources, key: str) -> str:
    """What the agreement says; until the worksheet is filled in, what the intake says of it."""
    if AGREEMENT_FORM in sources.newest:
        return sources.text(AGREEMENT_FORM, key)
    return str(sources.intake.agreement.get(key) or "")


def _agreed_besides(sources: BriefSources) -> str:
    """What the intake says was agreed under keys of the coach's own."""
    own = {key: words for key, words in sources.intake.agreement.items() if key not in OF_THE_FORM}
    return " · ".join(f"{key.replace('_', ' ')}: {words}" for key, words in own.items() if words)


def _sponsor(dossier: Dossier, session: Session, sources: BriefSources) -> str:
    """Who pays, and what they may see: nothing that was not released."""
    sponsor = _agreed(sources, "sponsor")
    if not sponsor:
        return ""
    parts = released_parts(sources.release(dossier.client.name), session.date)
    seen = ", ".join(words.lower() for part, words in ROWS.items() if part in parts)
    return f"{sponsor}: may see {seen or 'nothing'}{', and nothing else' if seen else ''}"


def _stuck_now(dossier: Dossier, session: Session) -> str:
    """What they said of the stuck point when a session before this one asked for it again."""
    answers = [
        f"{echo.answer} (session {number})"
        for echo in dossier.echoes
        if echo.question == "stuck_point" and echo.answer
        for number in [dossier.number_of(echo.session_id) or 0]
        if number < (session.number or 0)
    ]
    return answers[-1] if answers else ""


def _rated_before(dossier: Dossier, last: Session | None) -> str:
    """The newest ratings of sessions before the last one, where that has none of its own."""
    if last is None or reading_of(dossier, last):
        return ""
    for earlier in reversed(dossier.numbered):
        if (earlier.number or 0) < (last.number or 0) and (reading := reading_of(dossier, earlier)):
            rated = (
                f"{factor} {reading.ratings[factor]}"
                for factor in FACTORS
                if factor in reading.ratings
            )
            return f"{', '.join(rated)} (session {earlier.number})"
    return ""


def _noted_later(dossier: Dossier, last: Session) -> dict[str, str]:
    """The notes of the session held last that were added after it, each with its day."""
    days = {note.text: noted_on(dossier, note) for note in dossier.notes_of(last.id)}
    return {text: day.isoformat() for text, day in days.items() if day != last.day}


def _written_before(dossier: Dossier, session: Session) -> dict[str, str]:
    """The notes for a session that were written before its day, each with the day it was."""
    notes = (note for note in dossier.notes_of(session.id) if note.written < session.day)
    return {note.text: note.written.isoformat() for note in notes}


OF_THE_FORM = frozenset({*AGREED, "sponsor", "hard", "released"})
"""Keys of the intake's agreement that the worksheet has a field for."""


def _looked_back(entry: ToldBefore) -> HardTime:
    day = entry.day.isoformat() if entry.day else ""
    return HardTime(
        text=entry.text,
        when=entry.when,
        noted=entry.kind == "noted",
        day=day,
        session=entry.session,
        unwritten=entry.unwritten,
    )


def _title_day(dossier: Dossier, session: Session, since: dt.date) -> SessionDay | None:
    """What last became of a session's day after a day, and still holds: what its title says."""
    days = [
        day for day in dossier.session_days if day.session_id == session.id and day.date > since
    ]
    if not days or (days[-1].act != "moved" and session.state == "planned"):
        return None
    return days[-1]


def _title_words(day: SessionDay | None) -> str:
    """How a title says that a session was moved, cancelled or missed; empty: nothing."""
    if day is None:
        return ""
    words = session_day_words(day)
    return words if day.act == "moved" else f"{words}; it has no new day"


class _News(Struct, frozen=True, kw_only=True):
    """What became of a session, of the journey or of a parked topic on a day."""

    day: dt.date
    what: str
    because: str = ""
    is_title: bool = False
    """The title of the session says it."""

    @property
    def text(self) -> str:
        return ": ".join(filter(None, (near_date(self.day), self.what, self.because)))


def _news_of(
    dossier: Dossier, session: Session, since: dt.date, titled: SessionDay | None
) -> Iterator[_News]:
    """All that is news since a day. `titled`: what the title of `session` says.

    A session that was moved without a reason is news only if it was missed or cancelled before.
    """
    fallen = {
        day.session_id
        for day in dossier.session_days
        if day.date >= since and day.act in ("missed", "cancelled")
    }
    for day in dossier.session_days:
        if day.date >= since and (day.session_id in fallen or day.reason):
            number = dossier.number_of(day.session_id)
            what = f"session {number}" if number else "a meeting"
            yield _News(
                day=day.date,
                what=f"{what} {session_day_act(day)}",
                because=day.reason,
                is_title=day.act == "moved" and day == titled,
            )
    for pause in dossier.pauses:
        if pause.since >= since:
            until = f" until {near_date(pause.until)}" if pause.until else ""
            paused = f"the journey paused{until}"
            yield _News(day=pause.since, what=paused, because=pause.reason)
    for topic in dossier.parked:
        if topic.closed and topic.outcome and since <= topic.closed <= session.date:
            closed = f"{in_quotes(topic.text)} is closed"
            yield _News(day=topic.closed, what=closed, because=topic.outcome)


def _let_go_until(dossier: Dossier, until: dt.date) -> Iterator[str]:
    """The promises that were let go, the last first, with what was said of it."""
    dropped = [
        (review.date, with_label(step.what, step.label), review.learned)
        for step in dossier.commitments
        if step.status == "dropped"
        for review in dossier.reviews_of(step.id)[-1:]
        if review.date <= until
    ]
    for _, what, learned in sorted(dropped, key=itemgetter(0), reverse=True):
        yield f"{what}: {learned}" if learned else what
