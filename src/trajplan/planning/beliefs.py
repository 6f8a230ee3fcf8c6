"""What a belief is about, and with that how a plan may come back to it (R124).

A coach confirms the kind; until then a belief is handled as the most careful kind its words allow.
Which words those are is content: `blueprints/beliefs/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, cast, get_args

from trajplan.content.model import BeliefCues, CueLists
from trajplan.dates import near_date
from trajplan.planning.kept_in_mind import RememberedBelief
from trajplan.planning.matter import bears_on
from trajplan.planning.plan import Proposal
from trajplan.planning.plan_inputs import OpenAssumption
from trajplan.planning.spoken import with_label
from trajplan.records.dossier import Dossier
from trajplan.records.model.commitments import TRIED, WAITING, Assumption, Commitment
from trajplan.records.model.sessions import Session
from trajplan.text import WordPlaces, cue_words
from trajplan.vocabulary import BeliefKind

Handling = Literal["harm", "fear", "self", "barrier", "rule", "fact"]
"""How a belief is spoken of: by its kind, but a fear of harm, death or shame has a way of its
own."""
EVIDENCE: tuple[Handling, ...] = ("rule", "fact")
"""The only ones that may be held against what was seen; nobody's worth or fear is."""
TRIED_SINCE = "tried since: "
"""How what was learnt of a belief from a step begins."""
TESTS = ("experiential", "information_gathering")
"""Kinds of commitments that find something out."""
TIMES = 2
"""Held sessions that come back to one belief; then the coach is asked whether it is closed."""
ORDER: tuple[tuple[str, Handling], ...] = (
    ("harm", "harm"),
    # A word on age, origin and the like is a barrier until the coach says otherwise.
    ("protected", "barrier"),
    ("fear", "fear"),
    ("worth", "self"),
    ("barrier", "barrier"),
    ("rule", "rule"),
    ("fact", "fact"),
)
"""Lists of cues in the order of care, the most careful first, with what each stands for."""


def handling(text: str, kind: str, cues: Iterable[BeliefCues]) -> Handling:
    """How a belief is spoken of. `kind`: as the coach confirmed it, or empty."""
    if kind and kind != "fear":
        return cast("Handling", kind)
    words = WordPlaces(cue_words(text))
    lists = [_by_beginning(belief_cues.cues) for belief_cues in cues]
    for name, way in ORDER:
        if kind and name != "harm":
            continue
        if any(
            words.hold(cue) for cue_lists in lists for cue in _worth_a_look(cue_lists, name, words)
        ):
            return way
    return "fear" if kind else "self"


def _worth_a_look(
    by_beginning: Mapping[tuple[str, str], Sequence[tuple[str, ...]]], name: str, words: WordPlaces
) -> Iterator[tuple[str, ...]]:
    """The cues of a list that may begin with one of these words."""
    for beginning in (*words.known, *{f"{word[0]}*" for word in words.known}):
        yield from by_beginning.get((name, beginning), ())


@lru_cache(maxsize=16)
def _by_beginning(lists: CueLists) -> Mapping[tuple[str, str], Sequence[tuple[str, ...]]]:
    """The cues of each list by the word they begin with, or by its first letter and a `*` where it
    may end in any way. There are hundreds, and nearly all are not in a belief."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for name, _ in ORDER:
        for phrase in getattr(lists, name):
            cue = cue_words(phrase)
            for first in cue[:1]:
                beginning = f"{first[0]}*" if first.endswith("*") else first
                found.setdefault((name, beginning), []).append(cue)
    return found


def hardest_first(
    beliefs: Iterable[RememberedBelief], kinds: Mapping[int, str], cues: Iterable[BeliefCues]
) -> tuple[RememberedBelief, ...]:
    """Beliefs in the order of the care that they take, the open ones first, then the last heard.
    `kinds`: as the coach confirmed them, by number."""
    lists = tuple(cues)
    care = {way: place for place, way in enumerate(get_args(Handling))}

    def place(belief: RememberedBelief) -> tuple[bool, int, int]:
        way = handling(belief.text, kinds.get(belief.number, ""), lists)
        return belief.status != "open", care[way], -belief.heard_in

    return tuple(sorted(beliefs, key=place))


def suggested_kind(text: str, cues: Iterable[BeliefCues]) -> BeliefKind:
    """The kind a belief's words suggest; what no cue speaks of is about oneself."""
    way = handling(text, "", cues)
    return "fear" if way == "harm" else way


def open_to_return(
    assumptions: Sequence[OpenAssumption], topic: str, cues: Iterable[BeliefCues]
) -> tuple[OpenAssumption, ...]:
    """The beliefs a plan may still come back to: not those two held sessions came back to, with a
    topic of the day only those that bear on it, and unless the coach has said what kind it is,
    only what can be held against what was seen."""
    lists = tuple(cues)
    return tuple(
        assumption
        for assumption in assumptions
        if assumption.challenged < TIMES
        and (not topic or bears_on(assumption.text, topic))
        and (assumption.kind or handling(assumption.text, "", lists) in EVIDENCE)
    )


def closing_proposals(assumptions: Sequence[OpenAssumption]) -> tuple[Proposal, ...]:
    """Ask the coach whether a belief that two sessions came back to is closed, once something is on
    record of what was found; until then, what was found. While a step that may test it waits,
    nothing is asked."""
    return tuple(
        _closing_proposal(assumption)
        for assumption in assumptions
        if assumption.challenged >= TIMES and not assumption.untested
    )


def _closing_proposal(assumption: OpenAssumption) -> Proposal:
    if assumption.found:
        ask, change = "Is it closed?", "--status tested"
    else:
        ask, change = "What was found?", "--against -"
    return Proposal(
        kind="belief",
        why=f"two sessions came back to “{assumption.text}”; plans leave it alone from now on.",
        ask=ask,
        command=f"trajplan assumptions update {assumption.number} {change}",
        assumption=assumption.number,
    )


def beliefs_of(dossier: Dossier, session: Session) -> tuple[RememberedBelief, ...]:
    """The beliefs that are not let go, before a session: the open ones, then those tested."""
    beliefs = [
        RememberedBelief(
            number=assumption.number,
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
