"""What all earlier sessions left, in a dozen lines (R8): a synthesis the client can work on.

Nothing is interpreted: words are counted, and everything else is the client's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from trajplan.planning.plan import SynthesisLine
from trajplan.planning.plan_inputs import Criteria
from trajplan.planning.readiness import MAPPING
from trajplan.planning.weighing import CARDS
from trajplan.records.dossier import Dossier
from trajplan.records.model import WorksheetAnswers
from trajplan.text import name_key
from trajplan.worksheets.fillings import newest

FINDS_OUT = ("experiential", "information_gathering", None)
"""Kinds of commitments that find something out; one without a kind may have."""
LINES = ("Must have", "Must not have")
WORDS = 4
TAKEAWAYS = 6
TESTS = 3
OTHERS = 2
LONGEST = 160
STEM = 5
"""Letters in which two forms of a word usually agree, such as teaching and teach."""
_COMMON = """
about after again against almost along already also although always among another anyone
anything around away back because been before being better between both came cannot come could
does doing done down each enough even ever every everything first from getting give goes going
good have having hear heard here into itself just keep know last later least less like little
long look made make many matter matters maybe mean means more most much must myself need needs
never next nobody nothing often once only other others over part people place rather really
right said same seem should since some somebody something still such take takes tell than that
their them then there these they thing things think this those though three through time times
today together told took under until upon very want wants week well went were what when where
whether which while whole whom whose will with within without work worked works would year years
your yours
"""
COMMON = frozenset(_COMMON.split())


class Statement(Struct, frozen=True, kw_only=True):
    """Something the client said or wrote, and the session it belongs to; 0: to none."""

    session: int
    text: str


class Experiment(Struct, frozen=True, kw_only=True):
    """Something that was tried, what came of it, and the session it came from; 0: from none."""

    session: int
    what: str
    outcome: str


def synthesis(dossier: Dossier, number: int, criteria: Criteria) -> tuple[SynthesisLine, ...]:
    """The lines for a plan of session `number`, from the sessions held before it."""
    before = {session.id: session.number or 0 for session in dossier.held_before(number)}
    fillings = newest(dossier.worksheet_answers)
    return synthesis_lines(
        takeaways_so_far=[
            Statement(session=place, text=text)
            for place, text in dossier.takeaways_so_far()
            if place < number
        ],
        cards=_card_experiments(dossier, fillings.get(CARDS)),
        experiments=[
            Experiment(
                session=before[commitment.session_id or 0],
                what=commitment.what,
                outcome=commitment.learned,
            )
            for commitment in dossier.commitments
            if commitment.session_id in before
            and commitment.learned
            and commitment.kind in FINDS_OUT
        ],
        let_go=[
            Statement(session=dossier.number_of(belief.session_id) or 0, text=belief.text)
            for belief in dossier.assumptions
            if belief.status != "open"
        ],
        must_haves=criteria.must_haves,
        must_not_haves=criteria.must_not_haves,
        themes=_recurring_themes(dossier, fillings.get(MAPPING)),
        last=max(before.values(), default=0),
    )


def _card_experiments(dossier: Dossier, filling: WorksheetAnswers | None) -> list[Experiment]:
    """Directions on the cards that were tried, with what was found."""
    if filling is None:
        return []
    return [
        Experiment(
            session=dossier.number_of(filling.session_id) or 0,
            what=str(row["direction"]),
            outcome=str(row["found"]),
        )
        for row in filling.answers.get("cards") or ()
        if isinstance(row, Mapping) and row.get("direction") and row.get("found")
    ]


def _recurring_themes(dossier: Dossier, filling: WorksheetAnswers | None) -> list[str]:
    """Themes named for more than one station of the working life, with how many (R26)."""
    rows: Any = (filling.answers.get("roles") if filling else None) or ()
    stations = [
        str(row.get("themes", "")).replace(",", ";").split(";")
        for row in rows
        if isinstance(row, Mapping)
    ] or [list(step.themes) for step in dossier.engagement.intake.career]
    counts: Counter[str] = Counter()
    wordings: dict[str, str] = {}
    for station in stations:
        themes = {name_key(text): text.strip() for text in station if name_key(text)}
        for key, text in themes.items():
            counts[key] += 1
            wordings.setdefault(key, text)
    return [f"{wordings[key]} ({times}×)" for key, times in counts.most_common() if times > 1]


def synthesis_lines(
    *,
    takeaways_so_far: Sequence[Statement],
    cards: Sequence[Experiment],
    experiments: Sequence[Experiment],
    let_go: Sequence[Statement],
    must_haves: Sequence[str],
    must_not_haves: Sequence[str],
    themes: Sequence[str],
    last: int,
) -> tuple[SynthesisLine, ...]:
    """The lines, most general first. Of what there is too much of, the latest stays.

    `last` is the session whose words stand on the plan anyway.
    """
    lines: list[SynthesisLine] = []
    if themes:
        lines.append(
            SynthesisLine(label="Themes that come up again", text="; ".join(themes[:WORDS]))
        )
    lines += [
        SynthesisLine(label="Comes up again", text=word, sessions=sessions)
        for word, sessions in recurring_words(takeaways_so_far)[:WORDS]
    ]
    lines += [
        SynthesisLine(
            label="Tested",
            text=f"{_shorten(experiment.what)}: {_shorten(experiment.outcome)}",
            sessions=_sessions_of(experiment),
        )
        for experiment in (*cards[-TESTS:], *experiments[-TESTS:])
    ]
    lines += [
        SynthesisLine(
            label="Belief looked at",
            text=_shorten(statement.text),
            sessions=_sessions_of(statement),
        )
        for statement in let_go[-OTHERS:]
    ]
    if must_haves:
        lines.append(SynthesisLine(label=LINES[0], text="; ".join(must_haves[:WORDS])))
    if must_not_haves:
        lines.append(SynthesisLine(label=LINES[1], text="; ".join(must_not_haves[:WORDS])))
    # One a session, so that no session drowns the others.
    firsts = {words.session: words for words in reversed(takeaways_so_far)}
    lines += [
        SynthesisLine(label="Took away", text=_shorten(firsts[number].text), sessions=(number,))
        for number in sorted(set(firsts) - {last})[-TAKEAWAYS:]
    ]
    return tuple(lines)


def recurring_words(statements: Sequence[Statement]) -> list[tuple[str, tuple[int, ...]]]:
    """Words that turn up in more than one session, those of most sessions first.

    A word counts once a session; common words and short ones do not count.
    """
    where: dict[str, set[int]] = {}
    first: dict[str, str] = {}
    for statement in statements:
        for word in re.findall(r"[^\W\d_]{4,}", statement.text.casefold()):
            if word in COMMON:
                continue
            where.setdefault(word[:STEM], set()).add(statement.session)
            first.setdefault(word[:STEM], word)
    often = [key for key in where if len(where[key]) > 1]
    often.sort(key=lambda key: (-len(where[key]), list(first).index(key)))
    return [(first[key], tuple(sorted(where[key]))) for key in often]


def _sessions_of(source: Statement | Experiment) -> tuple[int, ...]:
    return (source.session,) if source.session else ()


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
