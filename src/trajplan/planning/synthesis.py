"""What all earlier sessions left, in a dozen lines (R8): a synthesis the client can work on.

Nothing is interpreted: words are counted, and everything else is the client's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.plan import SynthesisLine
from trajplan.planning.plan_inputs import Criteria
from trajplan.planning.readiness import MAPPING
from trajplan.planning.weighing import CARDS
from trajplan.records.dossier import Dossier
from trajplan.records.model.sessions import Session
from trajplan.text import shortened

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


def synthesis(
    dossier: Dossier, sources: BriefSources, number: int, criteria: Criteria
) -> tuple[SynthesisLine, ...]:
    """The lines for a plan of session `number`, from the sessions held before it, most general
    first. Of what there is too much of, the latest stays."""
    taken_away = [
        (session, text) for session, text in dossier.takeaways_so_far() if session < number
    ]
    lines = zip(LINES, (criteria.must_haves, criteria.must_not_haves), strict=True)
    return (
        *_themes(sources),
        *(
            SynthesisLine(label="Comes up again", text=word, sessions=sessions)
            for word, sessions in recurring_words(taken_away)[:WORDS]
        ),
        *list(_tried_on_cards(dossier, sources))[-TESTS:],
        *list(_tried(dossier, number))[-TESTS:],
        *list(_beliefs(dossier))[-OTHERS:],
        *(
            SynthesisLine(label=label, text="; ".join(texts[:WORDS]))
            for label, texts in lines
            if texts
        ),
        *_taken_away(taken_away, last=dossier.last_held(before=number)),
    )


def _themes(sources: BriefSources) -> Iterator[SynthesisLine]:
    """Themes named for more than one station of the working life, with how many (R26)."""
    rows = sources.rows(MAPPING, "roles", "role")
    stations = [row.get("themes", "") for row in rows] or [
        "; ".join(step.themes) for step in sources.intake.career
    ]
    if not stations:
        return
    from trajplan.worksheets.themes import count_themes  # most clients have told of none

    if themes := [f"{theme} ({count}×)" for theme, count in count_themes(stations, 2)]:
        yield SynthesisLine(label="Themes that come up again", text="; ".join(themes[:WORDS]))


def _tried_on_cards(dossier: Dossier, sources: BriefSources) -> Iterator[SynthesisLine]:
    """Directions on the cards that were tried, with what was found."""
    filling = sources.newest.get(CARDS)
    session = dossier.number_of(filling.session_id) if filling else None
    for card in sources.rows(CARDS, "cards", "direction"):
        if card.get("direction") and card.get("found"):
            yield _tested(session, card["direction"], card["found"])


def _tried(dossier: Dossier, number: int) -> Iterator[SynthesisLine]:
    """Steps of sessions held before, with what was learnt from them."""
    before = {session.id: session.number for session in dossier.held_before(number)}
    for commitment in dossier.commitments:
        session = before.get(commitment.session_id or 0)
        if session and commitment.learned and commitment.kind in FINDS_OUT:
            yield _tested(session, commitment.what, commitment.learned)


def _tested(session: int | None, what: str, outcome: str) -> SynthesisLine:
    text = f"{shortened(what, LONGEST)}: {shortened(outcome, LONGEST)}"
    return SynthesisLine(label="Tested", text=text, sessions=(session,) if session else ())


def _beliefs(dossier: Dossier) -> Iterator[SynthesisLine]:
    """Beliefs that were tested or let go."""
    for belief in dossier.assumptions:
        if belief.status != "open":
            session = dossier.number_of(belief.session_id)
            yield SynthesisLine(
                label="Belief looked at",
                text=shortened(belief.text, LONGEST),
                sessions=(session,) if session else (),
            )


def _taken_away(
    taken_away: Sequence[tuple[int, str]], *, last: Session | None
) -> Iterator[SynthesisLine]:
    """The first takeaway of each session, so that none drowns the others; those of the `last`
    stand on the plan anyway."""
    firsts = dict(reversed(taken_away))
    known = {last.number} if last else set()
    for session in sorted(set(firsts) - known)[-TAKEAWAYS:]:
        text = shortened(firsts[session], LONGEST)
        yield SynthesisLine(label="Took away", text=text, sessions=(session,))


def recurring_words(told: Sequence[tuple[int, str]]) -> list[tuple[str, tuple[int, ...]]]:
    """Words that turn up in what was told in more than one session, by its number, those of most
    sessions first.

    A word counts once a session; common words and short ones do not count.
    """
    where: dict[str, set[int]] = {}
    first: dict[str, str] = {}
    for session, text in told:
        for word in re.findall(r"[^\W\d_]{4,}", text.casefold()):
            if word in COMMON:
                continue
            where.setdefault(word[:STEM], set()).add(session)
            first.setdefault(word[:STEM], word)
    often = [key for key in where if len(where[key]) > 1]
    often.sort(key=lambda key: (-len(where[key]), list(first).index(key)))
    return [(first[key], tuple(sorted(where[key]))) for key in often]
