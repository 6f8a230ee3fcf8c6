"""A note at the door, paragraph by paragraph: how grave it is, where it stands, and what of it
stays where there is little room (R142).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from msgspec.structs import replace

from trajplan.dates import near_date
from trajplan.pages.door_parts import SHORT_LABEL, TODAY, TOP, WITH_CARE, is_grave
from trajplan.pages.page import Inline, quiet
from trajplan.pages.words import news_on
from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.deaths import tells_of_old_death
from trajplan.planning.grave_words import is_sore
from trajplan.planning.kept_in_mind import HardTime, NewerWords
from trajplan.planning.named_days import with_days
from trajplan.planning.plan import Plan
from trajplan.planning.plan_inputs import WHY_LEFT
from trajplan.text import paragraphs_of, pattern, sentences_of

_SESSION = pattern(r"^Session (\d+)$")
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
_DATED = pattern(r" \([^)]*\)")
_OTHERS_ASKED = pattern(r"(?!I\b|She\b|He\b|We\b)[A-ZÄÖÜ]\w+ asked (?:her|him|them)\b")
"""How a sentence begins in which somebody else than the coach asked something outright."""
_TO_KEEP = pattern(
    r"\d|\b(?:ring|call|phone|text|turn to|acute|emergency|crisis|not|never|nobody|no longer"
    r"|only|careful|vorsicht|no|none|without|once|unless|until)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Numbers, whom to turn to, and what is not to be, or only so."""
_POINTS_BACK = pattern(r"\b(?:him|her|them|it|that|this|those|so)\b", re.IGNORECASE)
"""With which words a ban is of what the sentence before it names: `Don't call him that`."""


def is_of_danger(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph is of danger. A death of long ago that they don't speak of is to be
    handled with care: "Her brother died in 2009, an overdose. She said it once"."""
    safety = frozenset(plan.remembered.safety)
    danger = [
        words
        for words in sentences_of(paragraph)
        if words in safety and not _OTHERS_ASKED.match(words)
    ]
    if is_withheld(paragraph):
        danger = [words for words in danger if not tells_of_old_death(words, plan.date)]
    return bool(danger)


def core_of(plan: Plan, text: str) -> str:
    """The sentences of a note that come to harm when they are missing, with a sign where others
    stood; empty: none does, or all do."""
    grave = frozenset(map(undated, (*plan.remembered.grave, *plan.remembered.safety)))
    sentences = sentences_of(text)
    kept = [
        undated(words) in grave or bool(_TO_KEEP.search(words)) or is_withheld(words)
        for words in sentences
    ]
    kept = [
        stays or (is_withheld(then) and bool(_POINTS_BACK.search(then)))
        for stays, then in zip(kept, (*sentences[1:], ""), strict=True)
    ]
    if not any(kept) or all(kept):
        return ""
    runs = groupby(zip(sentences, kept, strict=True), key=itemgetter(1))
    return " ".join(" ".join(words for words, _ in run) if stays else "…" for stays, run in runs)


@lru_cache
def undated(words: str) -> str:
    """Words without the dates behind their days: the same for each page that is tried."""
    return _DATED.sub("", words)


def _is_news(plan: Plan, note: HardTime, paragraph: str) -> bool:
    """Whether it was noted since last time, or then and is of danger, illness or death."""
    last = plan.from_last_time
    if last is None or note.day < last.date or note.day >= plan.date:
        return False
    return note.day > last.date or is_heavy(plan, paragraph)


def is_heavy(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph is of danger, illness or death."""
    is_heard = is_grave((paragraph,), frozenset(plan.remembered.heavy))
    return is_heard or bool(_DYING.search(paragraph))


def weighs_today(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph is of danger, illness or death, or of what is sore; a death of long ago
    that it names beside other things is not."""
    told = (words for words in sentences_of(paragraph) if not tells_of_old_death(words, plan.date))
    return is_sore(paragraph) or any(is_heavy(plan, words) for words in told)


def is_grave_day(plan: Plan) -> bool:
    """Whether from the last session on it was noted that somebody is dying, has died or is in
    danger, and no other kind of session is planned or proposed for it."""
    last = plan.from_last_time
    if last is None or plan.holding or any(proposal.words for proposal in plan.proposals):
        return False
    return any(
        note.day >= last.date and is_heavy(plan, paragraph)
        for note, paragraph in noted_paragraphs(plan)
    )


def part_of(plan: Plan, note: HardTime, paragraph: str) -> str:
    """Where a paragraph of a note stands. News stands with the news, whatever else is in it."""
    if is_of_danger(plan, paragraph) or _is_news(plan, note, paragraph):
        return TOP
    return WITH_CARE if is_withheld(paragraph, note.noted) else TODAY


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
            )
            for note in last.notes
        ]
    notes += (*remembered.hard, *remembered.noted_before)
    seen = {note.text for note in plan.pinned}
    for note in sorted(notes, key=lambda note: note.day, reverse=True):
        name = note.text or note.when
        if name in seen or note.when == WHY_LEFT:
            continue
        seen.add(name)
        for number, paragraph in enumerate(_whole_paragraphs(note.text) or [""]):
            # Whom it may be about is said once.
            yield (replace(note, whose="") if number else note), paragraph


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


def note_line(
    plan: Plan, note: HardTime, paragraph: str
) -> tuple[str, str, tuple[Inline, ...], list[NewerWords]]:
    """A note's label, its words with the days they mean, what stands behind them, as whom it may be
    about, and newer words that may move or close it."""
    written = plan.remembered.noted_later.get(note.text, note.day)
    # Whom it may be about is told by newer words already.
    newer = [] if note.whose else news_on(plan, paragraph)
    # A day that newer words move is not said to be near.
    today = None if newer else dt.date.fromisoformat(plan.date)
    text = with_days(paragraph, dt.date.fromisoformat(written), today) if written else paragraph
    place = note.when.partition(",")[0]
    label = _SESSION.sub(r"S\1", place[:1].upper() + place[1:])
    said = "" if note.noted else "they asked" if note.asks else "they said"
    where = "" if len(label) <= SHORT_LABEL else note.when
    if where:
        label = "Your note" if note.noted else "They said"
        said = "they asked" if note.asks and not note.noted else ""
    about = "; ".join(filter(None, (where, said, note.whose)))
    text = text or "It held what had happened; nothing was written of it."
    return label, text, (quiet(f" ({about})"),) if about else (), newer
