"""A note at the door, paragraph by paragraph: what kind of note it is, and where it comes from
(R142).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trajplan.dates import near_date
from trajplan.lint.phrases import heard
from trajplan.pages.door_parts import SHORT_LABEL, is_grave
from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.coming_days import is_of_death
from trajplan.planning.kept_in_mind import HardTime
from trajplan.planning.plan import Plan
from trajplan.planning.plan_inputs import WHY_LEFT
from trajplan.records.model.sessions import SAFETY_SAID
from trajplan.text import on_one_line, paragraphs_of, pattern, sentences_of

NOTHING_WRITTEN = "It held what had happened; nothing was written of it."
_FORBIDS_IT = pattern(
    r"(?:please,? )?(?:don['’]?t|do not|never|not to) (?:\w+ ){1,3}?(?:it|that|this|the word)\b",
    re.IGNORECASE,
)
_DYING = pattern(
    r"\b(?:hospice|palliative|dying|funeral|(?:days|weeks) to live|end of life|Hospiz"
    r"|Beerdigung)\b",
    re.IGNORECASE,
)
"""With which words somebody is dying, or has just died."""
_KEPT_SAFE = heard("notes", "kept-safe")
_YEAR = pattern(r"\bin ((?:19|20)\d\d)\b", re.IGNORECASE)
_OTHERS_ASKED = pattern(r"(?!I\b|She\b|He\b|We\b)[A-ZÄÖÜ]\w+ asked (?:her|him|them)\b")
"""How a sentence begins in which somebody else than the coach asked something outright."""


def is_of_danger(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph is of danger, or of how they are kept from it."""
    return bool(sentences_of_danger(plan, paragraph))


def sentences_of_danger(plan: Plan, paragraph: str) -> list[str]:
    """The sentences of a paragraph that are of danger, or of how they are kept from it. A death of
    long ago that they don't speak of is to be handled with care: "Her brother died in 2009, an
    overdose. She said it once"."""
    safety = frozenset(plan.remembered.safety)
    danger = [
        words
        for words in sentences_of(paragraph)
        if (words in safety and not _OTHERS_ASKED.match(words)) or says_how_safe(words)
    ]
    if is_withheld(paragraph):
        danger = [words for words in danger if not _is_of_old_death(words, plan.date)]
    return danger


def says_how_safe(text: str) -> bool:
    """Whether words say how somebody is kept from whom they have to fear. It holds until the coach
    takes it away, whatever came since."""
    return bool(_KEPT_SAFE.search(text))


def _is_of_old_death(text: str, today: str) -> bool:
    """Whether words say that somebody died in a year before the one of a day."""
    years = map(int, _YEAR.findall(text))
    return is_of_death(text) and any(year < int(today[:4]) for year in years)


def is_grave_day(plan: Plan) -> bool:
    """Whether from the last session on it was noted that somebody is dying, has died or is in
    danger, and no other kind of session is planned or proposed for it."""
    last = plan.from_last_time
    if last is None or plan.holding or any(proposal.words for proposal in plan.proposals):
        return False
    return any(
        note.day >= last.date and weighs(plan, paragraph)
        for note, paragraph in noted_paragraphs(plan)
    )


def weighs(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph tells of danger, illness or death."""
    is_heavy = is_grave((paragraph,), frozenset(plan.remembered.heavy))
    return is_heavy or bool(_DYING.search(paragraph))


def noted_paragraphs(plan: Plan) -> Iterator[tuple[HardTime, str]]:
    """The notes that are not pinned, paragraph by paragraph, the newest first, each once."""
    last, remembered = plan.from_last_time, plan.remembered
    notes = [
        HardTime(text=note, when=remembered.noted.get(note, ""), noted=True, day=plan.date)
        for note in remembered.notes
    ]
    if last:
        later = remembered.noted_later
        notes += [
            HardTime(
                text=note,
                when=near_date(later[note]) if note in later else f"session {last.session}",
                noted=True,
                day=later.get(note, last.date),
                session=0 if note in later else last.session,
            )
            for note in last.notes
        ]
    notes += (*remembered.hard, *remembered.noted_before)
    seen = {note.text for note in plan.pinned}
    pinned = {note.text.removeprefix(SAFETY_SAID).strip("“”") for note in plan.pinned}
    for note in sorted(notes, key=lambda note: note.day, reverse=True):
        name = note.text or note.when
        if name in seen or note.when == WHY_LEFT:
            continue
        seen.add(name)
        paragraphs = _whole_paragraphs(note.text)
        # What is pinned of it stands at the top.
        yield from ((note, words) for words in paragraphs if words not in pinned)
        if note.unwritten:
            yield note, NOTHING_WRITTEN


def pinned_notes(plan: Plan) -> Iterator[tuple[HardTime, str]]:
    """The pinned notes, each in one paragraph."""
    for pinned in plan.pinned:
        where = f"session {pinned.session}" if pinned.session else near_date(pinned.written)
        note = HardTime(text=pinned.text, when=where, noted=True, day=pinned.written)
        yield note, on_one_line(pinned.text)


def _whole_paragraphs(text: str) -> list[str]:
    """The paragraphs of a note. One that forbids something the one before it names, `Don't say the
    word`, stands behind that one: alone it would be about another matter."""
    whole: list[str] = []
    for paragraph in paragraphs_of(text):
        if whole and _FORBIDS_IT.match(paragraph):
            whole[-1] = f"{whole[-1]} {paragraph}"
        else:
            whole.append(paragraph)
    return whole


def label_of(note: HardTime) -> str:
    """Where a note comes from: `S5`, its day, or the promise it is about."""
    if note.session:
        return f"S{note.session}"
    # A promise may have commas of its own; the day stands behind it.
    place = note.when.rpartition(", ")[0] or note.when
    return place[:1].upper() + place[1:]


def said_in(note: HardTime) -> str:
    """What stands behind a note: where it comes from, if its label has no room for that, and whose
    words they are."""
    fits = len(label_of(note)) <= SHORT_LABEL
    said = "" if note.noted else "they asked" if note.asks else "they said"
    return "; ".join(filter(None, ("" if fits else note.when, said)))
