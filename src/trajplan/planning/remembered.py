"""What would hurt if it were forgotten, whatever the session is about (R142).

All of it stands elsewhere in the records: in the intake, the agreement, sessions long held or never
held, a rating's note. A coach who reads the plan alone has it in one place, for their own eye.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Literal

from msgspec.structs import replace

from trajplan.content.model import Topic
from trajplan.dates import near_date
from trajplan.measures.tci import FACTORS, reading_of
from trajplan.planning.agreement import AGREED, ROWS, released_parts
from trajplan.planning.asked_of_coach import asks_of_coach, is_asked, is_wish
from trajplan.planning.beliefs import TRIED_SINCE, bears_on
from trajplan.planning.brief_sources import BriefSources, intake_lines
from trajplan.planning.coming_days import coming_days
from trajplan.planning.heard_topics import (
    NOTE,
    PERSON,
    SAFETY,
    heard_topics,
    is_topic,
    proposing,
    spoken_topics,
)
from trajplan.planning.named_days import day_in
from trajplan.planning.overtaken import is_other_contact, overtaken
from trajplan.planning.plan import (
    FromIntake,
    HardTime,
    NewerWords,
    Remembered,
    RememberedBelief,
    Wish,
)
from trajplan.planning.plan_inputs import WHY_LEFT, ToldBefore, ToldKind
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.planning.since import (
    Sentence,
    newest_first,
    news_of,
    said_since,
    spoken_since,
    title_day,
    title_words,
)
from trajplan.planning.sore_spots import is_sore
from trajplan.planning.spoken import with_label
from trajplan.records.dossier import Dossier
from trajplan.records.model import TRIED, WAITING, Assumption, Commitment, Note, Session
from trajplan.text import KIN, on_one_line, pattern, sentences_of, shortened_to_clause

SO_FAR, OLD_NOTES, WISHES = 6, 24, 2
"""How much a plan brings back of what sessions before the last one left, of their notes, and of
what they would like today to be."""
WHOSE = 60
"""Letters of the line that says whom a note may speak of."""
LOOKED_AT = 50
"""Sentences of a text that are looked at for that."""
TESTS = ("experiential", "information_gathering")
"""Kinds of commitments that find something out."""


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
    titled = title_day(dossier, session, since)
    news = sorted(news_of(dossier, session, since, titled), key=itemgetter(0), reverse=True)
    notes = dict(_notes(dossier, session, since))
    known = dict.fromkeys((*brought.fears, *brought.background, *brought.must_haves), dt.date.min)
    # What was noted in the session in which a belief was heard may be where it was heard.
    known |= {
        # One of an earlier journey was known from the first day of this one.
        belief.text: heard.day + dt.timedelta(1) if heard else dt.date.min
        for belief in dossier.assumptions
        for heard in [dossier.session_by_id.get(belief.session_id or 0)]
    }
    return Remembered(
        stuck_point=brought.stuck_point,
        stuck_now=_stuck_now(dossier, session),
        beliefs=beliefs_of(dossier, session),
        paths=brought.paths,
        must_haves=brought.must_haves,
        fears=brought.fears,
        rated_before=_rated_before(dossier, last),
        since=tuple(words for _, words, is_titled in news if not is_titled),
        moved=tuple(words for _, words, is_titled in news if is_titled),
        notes=tuple(notes),
        noted=notes,
        noted_later={
            **(_noted_later(dossier, last) if last else {}),
            **_written_before(dossier, session),
        },
        said_since={
            **said_since(dossier, sentences, session.date, intake_lines(brought)),
            **overtaken(sentences),
        },
        spoken_since=spoken_since(known, sentences),
        coming=coming_days(sentences, session.date, next_date),
        wishes=tuple(islice(_wishes(sentences, last), WISHES)),
        let_go=tuple(_let_go(dossier, session.date)),
        who=_who(dossier, sentences),
        own_day=title_words(titled),
        rating_note=_rating_note(dossier, last),
        sponsor=_sponsor(dossier, session, sources),
        shared=_agreed(sources, "shared"),
        limits=_agreed(sources, "limits"),
        records=_agreed(sources, "records"),
        hard_day=sources.text(AGREEMENT_FORM, "hard"),
        agreed_besides=_agreed_besides(sources),
    )


def said_for(dossier: Dossier, session: Session, last: Session | None) -> Iterator[ToldBefore]:
    """What was said or noted for this very session, and noted in meetings since the last one."""
    check_in = dossier.check_in_of(session.id)
    for text in filter(None, (check_in.matters, check_in.mood) if check_in else ()):
        yield ToldBefore(text=text, when="for today", day=check_in.date if check_in else None)
    places = dict(_notes(dossier, session, last.day if last else dt.date.min))
    for note in dossier.notes:
        if note.text in places and note.written <= session.date:
            when = places[note.text]
            yield ToldBefore(text=note.text, when=when, kind="noted", day=note.written)


def _let_go(dossier: Dossier, until: dt.date) -> Iterator[str]:
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


_NEAR_ONES = (
    *KIN,
    *("partner", "friend", "boss", "manager", "frau", "mann", "tochter", "sohn", "bruder"),
    *("schwester", "chefin", "chef"),
)
_WHO = pattern(rf"\b((?i:{'|'.join(_NEAR_ONES)}))\s+\(?([A-ZÄÖÜ][\w’'-]+[a-zäöüß])")
"""A relative or somebody at work with their name, `wife Bronagh` or `Dad (Emlyn`."""
_WHOSE = pattern(
    r"\b(\w+)['’]s $|\b([A-ZÄÖÜ]\w+),? and (?:his|her|their) $",
)
"""What stands before them where they are somebody else's: `Pavel's wife Jana`."""
_PRONOUNS = frozenset({"She", "He", "They", "I", "We"})
_NOT_THE_NAME = pattern(r"\b[A-ZÄÖÜ][\w’'-]+,? not ([A-ZÄÖÜ][\w’'-]+)")
"""A name that was put right, as in `It's Ben, not Dan`."""


_CHILDREN = pattern(
    r"(?i:\b(?:children|kids|twins|babies|boys|girls)\b)\W{1,3}[A-ZÄÖÜ][\w’'-]+\s*\("
)
"""Children with their names and ages, `two children, Joy (9)`."""


def presents_somebody(text: str) -> bool:
    """Whether words say who somebody is to the client: a relative or their children by name."""
    return bool(_WHO.search(text) or _CHILDREN.search(text))


def _who(dossier: Dossier, sentences: Iterable[Sentence]) -> dict[str, str]:
    """Whoever the records name with who they are to the client, the newest words first."""
    texts = chain(
        (words.text for words in sentences),
        (topic.text for topic in dossier.parked),
        (step.what for step in dossier.commitments),
    )
    found: dict[str, str] = {}
    put_right: set[str] = set()
    own = dossier.client.name.split()
    for text in texts:
        put_right.update(_NOT_THE_NAME.findall(text))
        for match in _WHO.finditer(text):
            relative, name = match.groups()
            owner = _WHOSE.search(text[: match.start()][-WHOSE:])
            whose = (owner[1] or owner[2]) if owner else ""
            is_theirs = not whose or whose in own or whose in _PRONOUNS
            if name not in put_right:
                role = relative.casefold()
                found.setdefault(name, role if is_theirs else f"{whose}'s {role}")
    return found


def _wishes(sentences: Iterable[Sentence], last: Session | None) -> Iterator[Wish]:
    """What they would like this session to do, and how any session is to begin, the newest
    first."""
    for words in newest_first(sentences):
        if is_wish(words.text, any_session=last is not None and words.day < last.day):
            asked = is_asked(words.text)
            yield Wish(text=words.with_before, when=words.when, asked=asked)


def _notes(dossier: Dossier, session: Session, since: dt.date) -> Iterator[tuple[str, str]]:
    """Notes for this very session, and of meetings beside the journey since a day, the latest
    first, each with where it was written."""
    places = {
        meeting.id: f"{meeting.kind.replace('_', '-')} {near_date(meeting.day)}"
        for meeting in dossier.sessions
        if not meeting.number and (meeting.held_on or dt.date.min) >= since
    }
    for note in sorted(dossier.notes, key=lambda note: note.written, reverse=True):
        if note.kind == "record" and not note.pinned and note.session_id in {session.id, *places}:
            written = f"for today, written {near_date(note.written)}"
            yield note.text, places.get(note.session_id, written)


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


def beliefs_of(dossier: Dossier, session: Session) -> tuple[RememberedBelief, ...]:
    """The beliefs that are not let go, before a session: the open ones, then those tested."""
    beliefs = [
        RememberedBelief(
            id=assumption.number,
            text=assumption.text,
            wording=assumption.wording,
            status=assumption.status,
            heard_in=dossier.number_of(assumption.session_id) or 0,
            sessions=tuple(
                number
                for number in dossier.challenged_in(assumption.id)
                if number < (session.number or 0)
            ),
            found=found_out(dossier, assumption),
            untested=next(
                (with_label(step.what, step.label) for step in waiting_tests(dossier, assumption)),
                "",
            ),
        )
        for assumption in dossier.assumptions
        if assumption.status != "let_go"
    ]
    return tuple(sorted(beliefs, key=lambda belief: belief.status != "open"))


def found_out(dossier: Dossier, assumption: Assumption) -> tuple[str, ...]:
    """What was found of a belief: the evidence against it and for it, then what was learnt from
    what was tried since a session came back to it."""
    learned = [
        f"{step.label or step.what}{_learned_on(dossier, step)}: {step.learned}"
        for step in _steps_since(dossier, assumption)
        if step.status in TRIED and step.learned
    ]
    return (
        *(f"against it: {words}" for words in assumption.evidence_against),
        *(f"for it: {words}" for words in assumption.evidence_for),
        *([f"{TRIED_SINCE}{' · '.join(learned)}"] if learned else ()),
    )


def _learned_on(dossier: Dossier, step: Commitment) -> str:
    """The day of what was learnt from a step, in brackets."""
    learnt = dossier.learnt_from(step.id)
    return f" ({near_date(learnt[-1].date)})" if learnt else ""


def waiting_tests(dossier: Dossier, assumption: Assumption) -> tuple[Commitment, ...]:
    """The steps that may test a belief and still wait: made where it was talked about to find
    something out, or made of its words."""
    since = _steps_since(dossier, assumption)
    return tuple(
        step
        for step in dossier.commitments
        if step.status in WAITING and (step in since or bears_on(assumption.text, step.promise))
    )


def _steps_since(dossier: Dossier, assumption: Assumption) -> list[Commitment]:
    """What was taken on, to find something out, in the sessions that came back to a belief."""
    numbers = dossier.challenged_in(assumption.id)
    return [
        step
        for step in dossier.commitments
        if step.kind in TESTS and dossier.number_of(step.session_id) in numbers
    ]


def noted_on(dossier: Dossier, note: Note) -> dt.date:
    """The day that a note tells of: that of its session where it came with the wrap, however late
    that was typed; else the day it was written."""
    session = dossier.session_by_id[note.session_id]
    wrap = dossier.wrap_of(session.id)
    came_with_it = wrap is None or note.written == wrap.wrapped_on
    return session.day if came_with_it and session.state == "held" else note.written


def _noted_later(dossier: Dossier, last: Session) -> dict[str, str]:
    """The notes of the session held last that were added after it, each with its day."""
    days = {note.text: noted_on(dossier, note) for note in dossier.notes_of(last.id)}
    return {text: day.isoformat() for text, day in days.items() if day != last.day}


def _written_before(dossier: Dossier, session: Session) -> dict[str, str]:
    """The notes for a session that were written before its day, each with the day it was."""
    notes = (note for note in dossier.notes_of(session.id) if note.written < session.day)
    return {note.text: note.written.isoformat() for note in notes}


def told_before(dossier: Dossier, session: Session, last: Session | None) -> tuple[ToldBefore, ...]:
    """What was said or noted before a session, the latest first, and what the intake says of the
    work so far last. Working notes are not among it (R58)."""
    told: list[tuple[dt.date, ToldBefore]] = []
    since = last.day if last else dt.date.max

    def add(day: dt.date, when: str, kind: ToldKind, texts: Iterable[str], of: str = "") -> None:
        told.extend(
            (day, ToldBefore(text=text, when=when, kind=kind, last=day >= since, day=day, of=of))
            for text in texts
            if text.strip()
        )

    for earlier in dossier.held_before(session.number or 0):
        when = f"session {earlier.number}"
        check_in = dossier.check_in_of(earlier.id)
        if dossier.was_respite(earlier.id):
            held = (check_in.matters or check_in.mood) if check_in else ""
            dated = f"{when}, {near_date(earlier.day)}"
            words = ToldBefore(text=held, when=dated, kind="held", day=earlier.day)
            told.append((earlier.day, words))
        elif check_in:
            add(earlier.day, when, "mood", [check_in.mood])
            add(earlier.day, when, "said", [check_in.matters])
        add(earlier.day, when, "said", dossier.taken_away(earlier.id))
        for note in dossier.notes_of(earlier.id):
            day = noted_on(dossier, note)
            where = when if day == earlier.day else near_date(day)
            add(day, where, "noted", [note.text] if note.kind == "record" else [])
    for step in dossier.commitments:
        reviews = dossier.learnt_from(step.id)
        for review in reviews:
            when = f"{step.label or step.what}, {near_date(review.date)}"
            add(review.date, when, "said", [review.learned], step.what)
            if review != reviews[-1]:
                told[-1] = (review.date, replace(told[-1][1], overtaken=True))
        for contact in dossier.contacts_about(step.id):
            add(
                contact.date,
                f"{contact.kind} {near_date(contact.date)}",
                "noted",
                [contact.note],
                step.what,
            )
    for echo in dossier.echoes:
        day = dossier.session_by_id[echo.session_id].day
        add(day, f"session {dossier.number_of(echo.session_id)}", "said", [echo.answer])
    told = [(day, words) for day, words in told if day <= session.date]
    told.sort(key=lambda entry: entry[0], reverse=True)
    career = dossier.engagement.intake.career
    lines = [(line, "intake") for role in career for line in role.challenges if line]
    lines += [(role.left_because, WHY_LEFT) for role in career if role.left_because]
    return (
        *(words for _, words in told),
        *(ToldBefore(text=line, when=when, kind="intake") for line, when in lines),
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
    here = (*shown, *(words.text for words in told if words.kind == "held"))
    # A pinned note holds the client's words among others.
    shown_text = "\n".join(here)
    lines = [words for words in told if words.kind == "held" or words.text not in shown_text]
    grave = GraveWords(topics, (*here, *(words.text for words in lines)))
    again = tuple(_danger_again(grave, told))
    asks = [words for words in lines if asks_of_coach(words.text, words.kind == "noted")]
    # A note that names a day ahead is no ordinary one.
    dated = [
        words for words in lines if since and words.kind == "noted" and day_in(words.text, since)
    ]
    hard = [
        words
        for words in lines
        if words.kind == "held"
        or words in asks
        or words in dated
        or grave.holds(words)
        or words in again
        or (words.kind == "noted" and is_sore(words.text))
    ]
    # A note for an earlier session may be written later than the last one.
    before_last = [
        words
        for words in lines
        if words not in hard
        and not words.overtaken
        and (not words.last or (words.kind == "noted" and not words.of))
    ]
    texts = (*here, *(words.text for words in hard))
    # Danger first: of a note without room the first of them stay.
    heavy = [grave.sentences(text, "heavy") for text in texts]
    safety = [grave.sentences(text, "safety") for text in texts]
    # What came back is told without a word of danger.
    returned = [
        [words for words in sentences_of(told_again.text) if _DANGER_AGAIN.search(words)]
        for told_again in again
    ]
    heavy, safety = [*heavy, *returned], [*safety, *returned]
    sentences = [*heavy, *(grave.sentences(text) for text in texts)]
    if since:
        sentences += [
            [words for words in sentences_of(text)[:LOOKED_AT] if day_in(words, since)]
            for text in texts
        ]

    in_danger = frozenset(sentence for found in safety for sentence in found)
    said = [words for words in before_last if words.kind == "said"]
    noted = [words for words in before_last if words.kind == "noted"]
    return replace(
        remembered,
        said_since={
            **_with_newest_on_danger(remembered.said_since, told, in_danger),
            **dict(_no_longer_calm(told, again, in_danger)),
        },
        hard=tuple(
            replace(_looked_back(words), asks=words in asks, whose=grave.whose(words, told))
            for words in hard
        ),
        grave=tuple(dict.fromkeys(sentence for found in sentences for sentence in found)),
        heavy=tuple(dict.fromkeys(sentence for found in heavy for sentence in found)),
        safety=tuple(dict.fromkeys(sentence for found in safety for sentence in found)),
        so_far=tuple(f"{words.text} ({words.when})" for words in said[:SO_FAR]),
        noted_before=tuple(map(_looked_back, noted[:OLD_NOTES])),
        older_notes=len(noted[OLD_NOTES:]),
    )


_BACK = (
    r"(?:back(?! (?:at|in|to|home|from|together|with|for)\b)|again|returned|returns|once more"
    r"|(?:got|getting|become|becoming|is|are|was|were) (?:\w+ )?(?:worse|stronger|louder))\b"
)
_VERB = r"(?:['’]s|['’]re| is| are| was| were| has| have| had| came| come| comes| crept| got)"
_DANGER_AGAIN = pattern(
    r"\b(?:thoughts?|feelings?|ideas?|urges?|pills|tablets|voices?|nights?|cutting|the dark"
    rf"|the bridge|the knife|the rope|the plan)\b[^.!?]{{0,40}}?\b{_BACK}"
    rf"|\b(?:it|that|this|they|those){_VERB}(?: \w+){{0,2}}? {_BACK}"
    rf"|(?:^|[:;,–—-]\s*)(?:it |they )?(?:came|come|crept) {_BACK}|\bback again\b",
    re.IGNORECASE,
)
"""With which words a danger that was told before is said to be back, without a word of danger: `the
thought came back once`, `the pills again`."""


_OF_THE_COACH = pattern(r"\bI(?:['’]m| am) not\b")
_ASKS_AFTER_IT = pattern(
    r"\b(?:asked|thoughts?|the (?:nights|pills|tablets|bridge))\b", re.IGNORECASE
)
"""With which words a note tells of it."""


def _danger_again(grave: GraveWords, told: Sequence[ToldBefore]) -> Iterator[ToldBefore]:
    """What was told after words of danger, and says that it is back."""
    days = [words.day for words in told if words.day and grave.sentences(words.text, "safety")]
    first = min(days, default=dt.date.max)
    for words in told:
        if words.day and words.day > first and _DANGER_AGAIN.search(words.text):
            yield words


_CALMS = pattern(
    r"\b(?:no|none|not|never|nothing|gone|safe|fine|better|ok|okay|all right|kein\w*|nicht|nada)\b",
    re.IGNORECASE,
)
"""With which words danger is said to be over, or not to be there."""


def _with_newest_on_danger(
    news: Mapping[str, NewerWords], told: Sequence[ToldBefore], safety: frozenset[str]
) -> dict[str, NewerWords]:
    """What was said since, where what stands beside words of danger is the newest word on it, and
    all of it: "No plan" of a note that is older than the last alarm would only calm."""
    on_danger = [
        words
        for words in told
        if words.day and not safety.isdisjoint(sentences_of(words.text)[:LOOKED_AT])
    ]
    newest = max((words.day for words in on_danger if words.day), default=dt.date.max)
    beside = frozenset(chain.from_iterable(sentences_of(words.text) for words in on_danger))
    kept: dict[str, NewerWords] = {}
    for text, newer in news.items():
        quoted = newer.text.removesuffix("…")
        source = next(
            (words for words in told if words.when == newer.when and quoted in words.text), None
        )
        calms = text in beside and _CALMS.search(newer.text) and not is_other_contact(newer.text)
        if not calms or source is None or source.day is None:
            kept[text] = newer
        elif source.day >= newest:
            kept[text] = replace(newer, text=on_one_line(source.text))
    return kept


def _no_longer_calm(
    told: Iterable[ToldBefore], again: Sequence[ToldBefore], safety: frozenset[str]
) -> Iterator[tuple[str, NewerWords]]:
    """The calming sentences on a danger, with the newest words by which it is back."""
    newest = max(again, key=lambda words: words.day or dt.date.min, default=None)
    if newest is None or newest.day is None:
        return
    back = " ".join(words for words in sentences_of(newest.text) if _DANGER_AGAIN.search(words))
    for words in told:
        sentences = sentences_of(words.text)[:LOOKED_AT]
        is_on_danger = not safety.isdisjoint(sentences) or _ASKS_AFTER_IT.search(words.text)
        if words.day and words.day < newest.day and is_on_danger:
            for text in sentences:
                calms = _CALMS.search(text) and not _OF_THE_COACH.search(text)
                if calms and not is_other_contact(text):
                    yield text, NewerWords(text=on_one_line(back), when=newest.when)


Gravity = Literal["safety", "heavy", "noted"]
"""What words are of: danger to somebody's life; that, illness or death; or, in a note, also what
was agreed for somebody's safety."""


ASKED_ABOUT_DANGER = "asked-about-danger"
"""The topic of notes that say the coach asked about danger to somebody's life."""
OF_THE_FORM = frozenset({*AGREED, "sponsor", "hard", "released"})
"""Keys of the intake's agreement that the worksheet has a field for."""


class GraveWords:
    """What of the records speaks of danger, illness, death, or of what was agreed for somebody's
    safety (R131)."""

    def __init__(self, topics: Mapping[str, Topic], texts: Iterable[str]) -> None:
        spoken = spoken_topics(topics)
        self._people = proposing(topics, (PERSON,))
        heavy = {name: topic for name, topic in spoken.items() if not is_topic(topic)}
        self._cues: dict[Gravity, dict[str, Topic]] = {
            "safety": {
                name: topic
                for name, topic in topics.items()
                if topic.proposes == SAFETY or name == ASKED_ABOUT_DANGER
            },
            "heavy": heavy,
            "noted": {**heavy, **proposing(topics, (NOTE,))},
        }
        # One look at all of it; most clients have told nothing of the kind.
        self._any = bool(heard_topics(self._cues["noted"], "\n".join(texts)))

    def holds(self, words: ToldBefore) -> bool:
        """Whether grave words were said or noted; an agreement counts in a note alone."""
        cues = self._cues["noted" if words.kind == "noted" else "heavy"]
        return self._any and bool(heard_topics(cues, words.text))

    def sentences(self, text: str, gravity: Gravity = "noted") -> list[str]:
        """The sentences that hold such words, in order; `noted`: or that ask something of the
        coach."""
        found = {*self._spoken_of(text, gravity)}
        return [
            words
            for words in sentences_of(text)
            if words in found or (gravity == "noted" and asks_of_coach(words))
        ]

    def _spoken_of(self, text: str, gravity: Gravity) -> list[str]:
        cues = self._cues[gravity]
        heard = heard_topics(cues, text) if self._any else ()
        # Each sentence is only asked for what the whole text is known to hold (R161).
        raised = {topic.id: cues[topic.id] for topic in heard}
        return [words for words in sentences_of(text) if raised and heard_topics(raised, words)]

    def whose(self, words: ToldBefore, told: Iterable[ToldBefore]) -> str:
        """Where a note names nobody where it speaks of illness or death: the sentence nearest in
        time that names somebody and speaks of the same; empty: none does."""
        grave = self.sentences(words.text, "heavy") if words.kind == "noted" else []
        if not grave or heard_topics(self._people, " ".join(grave[:LOOKED_AT])):
            return ""
        lines = tuple(told)
        place = lines.index(words)
        for other in (*lines[place + 1 :], *reversed(lines[:place])):
            for line in sentences_of(other.text)[:LOOKED_AT]:
                speaks_of_it = bears_on(line, words.text[:1000]) and self.sentences(line, "heavy")
                if speaks_of_it and heard_topics(self._people, line):
                    return f"{other.when}: {shortened_to_clause(line, WHOSE)}"
        return ""


def _looked_back(words: ToldBefore) -> HardTime:
    day = words.day.isoformat() if words.day else ""
    return HardTime(text=words.text, when=words.when, noted=words.kind == "noted", day=day)
