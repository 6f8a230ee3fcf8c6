"""What a belief is about, and with that how a plan may come back to it (R124).

A coach confirms the kind; until then a belief is handled as the most careful kind its words allow.
Which words those are is content: `blueprints/beliefs/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, cast, get_args

from trajplan.content.model import BeliefCues, CueLists
from trajplan.content.vocabulary import BeliefKind
from trajplan.planning.kept_in_mind import RememberedBelief
from trajplan.planning.plan import Proposal
from trajplan.planning.plan_inputs import OpenAssumption
from trajplan.text import WordPlaces, cue_words

Handling = Literal["harm", "fear", "self", "barrier", "rule", "fact"]
"""How a belief is spoken of: by its kind, but a fear of harm, death or shame has a way of its
own."""
EVIDENCE: tuple[Handling, ...] = ("rule", "fact")
"""The only ones that may be held against what was seen; nobody's worth or fear is."""
TRIED_SINCE = "tried since: "
"""How what was learnt of a belief from a step begins."""
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
SMALL_WORDS = frozenset(
    cue_words(
        "about after again always because been before being could does doing dont even ever every "
        "everybody everyone from going have having here into just keep know like make many more "
        "most much must need never nobody only other over people really said should some something "
        "still talk than that their them then there these they thing things think this those very "
        "want what when where which while will with would your "
        "week weeks month months year years today tomorrow yesterday monday tuesday wednesday "
        "thursday friday fridays saturday sunday sundays january february march april june july "
        "august september october november december "
        "day days hour hours minute minutes time times once twice three four five seven eight nine "
        "isnt arent wasnt werent didnt doesnt wont cant couldnt wouldnt hasnt havent hes shes "
        "thats theres youre theyre done tell told"
    )
)
"""Words that two sentences may share without speaking of the same thing."""
STEM = 5
"""Letters two words must begin with alike to count as one: `teach` and `teaching`."""


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
        way = handling(belief.text, kinds.get(belief.id, ""), lists)
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


def bears_on(text: str, topic: str) -> bool:
    """Whether a belief and a topic share a word that says something."""
    return bool(stems(text) & stems(topic))


def stems(text: str) -> set[str]:
    """What the words of a text begin with that say something."""
    return {
        word[:STEM] for word in cue_words(text) if len(word) >= STEM - 1 and word not in SMALL_WORDS
    }


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
        why=f"two sessions came back to “{assumption.text}”; plans leave it alone from now on. "
        f"{ask}",
        command=f"trajplan assumptions update {assumption.id} {change}",
        assumption=assumption.id,
    )
