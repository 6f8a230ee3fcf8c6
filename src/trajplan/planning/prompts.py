"""Prompts: the library's words filled with the client's own records (R45, R46, R65, R66)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from trajplan.content.model import Prompt
from trajplan.planning.beliefs import Handling
from trajplan.planning.blueprint_triggers import MISSES
from trajplan.planning.plan import FromLastTime, PlannedCommitment, PlannedPrompt
from trajplan.planning.request import Exercise, OpenAssumption
from trajplan.planning.spoken import fill_spoken
from trajplan.records.model import WAITING

ASKED_TWICE = 2
"""Held sessions that ask after a promise that waits; then it is left to the client (R125)."""
IN_DEPTH = 2
"""Commitments talked through in the review; the rest are ticked (R45)."""
QUOTE = 160
"""Letters of a client's text quoted in a prompt; the plan prints it in full elsewhere."""


def review_case(commitment: PlannedCommitment, *, quiet: bool = False) -> str:
    """Which text reviews this commitment (R46).

    Missed twice, or asked after before, it asks whether it still matters, unless a referral keeps
    that `quiet`. What the
    client has already told is not asked again: it is read back.
    """
    again = commitment.misses >= MISSES or commitment.asked > 0
    if commitment.status in WAITING and again and not quiet:
        return "missed_twice"
    if commitment.learned and commitment.status == "done":
        return "done_told"
    if commitment.learned and commitment.status in ("partly", "not_yet"):
        return "waited_told"
    return commitment.status


def in_depth_reviews(commitments: Sequence[PlannedCommitment]) -> tuple[PlannedCommitment, ...]:
    """The two to talk through: something done first, then what waited twice, then in order.

    `commitments` come with those of last time first. A promise that two held sessions asked after
    is a line to tick from then on (R125).
    """
    commitments = [
        commitment
        for commitment in commitments
        if commitment.asked < ASKED_TWICE or commitment.status not in WAITING
    ]
    done_commitments = [commitment for commitment in commitments if commitment.status == "done"]
    rest = sorted(
        (commitment for commitment in commitments if commitment.status != "done"),
        key=lambda commitment: commitment.misses < MISSES,
    )
    in_order = [*done_commitments[:1], *rest, *done_commitments[1:]]
    return tuple(in_order[:IN_DEPTH])


def looking_back(
    prompts: Mapping[str, Prompt],
    last: FromLastTime | None,
    turn: int = 0,
    *,
    quiet: bool = False,
) -> tuple[PlannedPrompt, ...]:
    """Review prompts and the returning inquiry, the most needed first.

    `turn` picks among the wordings of a case; two prompts of one plan never share one.
    """
    if last is None:
        return ()
    review = prompts["review-commitment"]
    prompts_back = [
        fill_prompt(
            review,
            review_case(commitment, quiet=quiet),
            turn * IN_DEPTH + index,
            what=commitment.what,
            learned=commitment.learned,
        )
        for index, commitment in enumerate(in_depth_reviews((*last.commitments, *last.earlier)))
    ]
    if last.inquiry:
        prompts_back.insert(
            1, fill_prompt(prompts["return-inquiry"], "asked", turn, inquiry=last.inquiry)
        )
    return tuple(prompts_back)


def debrief(
    prompts: Mapping[str, Prompt],
    exercises: Sequence[Exercise],
    most: int = IN_DEPTH,
    turn: int = 0,
) -> tuple[PlannedPrompt, ...]:
    """What to ask about exercises tried between sessions, at most `most` of them (R83)."""
    prompt = prompts["debrief-exercise"]
    debriefs = []
    for index, exercise in enumerate(exercises[:most]):
        prompt_filled = fill_prompt(prompt, exercise.case, turn + index, what=exercise.what)
        # A worksheet may bring a question of its own; its answers are never filled into it.
        text = (
            f"“{_quotable(exercise.what)}”: {_quotable(exercise.text)}"
            if exercise.text
            else prompt_filled.text
        )
        debriefs.append(replace(prompt_filled, text=text))
    return tuple(debriefs)


def most_alive(assumptions: Sequence[OpenAssumption]) -> OpenAssumption | None:
    """The open assumption heard last; of several, the one least often challenged (R27)."""
    if not assumptions:
        return None
    return min(
        assumptions,
        key=lambda assumption: (-assumption.heard_in, assumption.challenged, assumption.id),
    )


def challenge(
    prompts: Mapping[str, Prompt],
    assumption: OpenAssumption,
    way: Handling,
    turn: int = 0,
    *,
    parting: bool,
) -> PlannedPrompt:
    """Come back to a belief, with leave and in the way its kind bears (R65, R124).

    In the last session a rule, a fact or a barrier is only heard once more: there is no time left
    to find out.
    """
    prompt = prompts["challenge-assumption"]
    case = f"{way}_again" if assumption.challenged else way
    if parting and way in ("rule", "fact", "barrier"):
        case = "parting"
    wordings = (prompt.texts[case], *prompt.again.get(case, ()))
    return PlannedPrompt(
        id=prompt.id,
        case=case,
        text=fill_spoken(wordings, turn, {"assumption": assumption.text}),
        minutes=prompt.minutes,
        kind="belief",
        beside=assumption.text,
        assumption=assumption.id,
    )


def fill_prompt(prompt: Prompt, case: str, turn: int = 0, **values: str) -> PlannedPrompt:
    """One text of a prompt with its fields filled in; what is filled in is not read again.

    `turn` counts through the wordings of the case.
    """
    wordings = (prompt.texts[case], *prompt.again.get(case, ()))
    wording = wordings[turn % len(wordings)]
    text = re.sub(r"\{(\w+)\}", lambda field: _quotable(values[field[1]]), wording)
    return PlannedPrompt(id=prompt.id, case=case, text=text, minutes=prompt.minutes)


def _quotable(text: str) -> str:
    """A client's text on one line, its final full stop gone, cut at a word where it is long."""
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= QUOTE else line[:QUOTE].rsplit(" ", 1)[0] + "…"
