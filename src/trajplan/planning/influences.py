"""What moved a plan away from its blueprint and phase, and how. Only what really did is named."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from trajplan.content.model import Question
from trajplan.planning.mix import (
    ENERGY_LOW,
    LARGER_SHARE,
    MORE_TRANSFORMATIONAL,
    Adjustment,
)
from trajplan.planning.plan import Influence, PlannedSegment
from trajplan.planning.plan_inputs import Exercise, Facts, OpenAssumption
from trajplan.planning.prompts import INQUIRY_RETURN, REVIEW
from trajplan.planning.questions import Situation


def explain(
    adjustment: Adjustment,
    facts: Facts,
    questions: Sequence[Question],
    assumption: OpenAssumption | None,
    exercises: Sequence[Exercise] = (),
    held_back: Collection[str] = (),
    *,
    segments: Sequence[PlannedSegment],
    transformational: int = 0,
    longer_insight: bool = False,
    repeatable: Collection[str] = (),
) -> tuple[Influence, ...]:
    """Everything that moved this plan. A rating or a situation that no question profited from
    moved nothing, and is not claimed to have; nor is what none of the `segments` holds, a prompt
    or a break. `transformational`: the share of its minutes, in percent. `longer_insight`: this
    energy gives insight more time. `repeatable`: ids of the questions that may be asked again."""
    spoken = {prompt.id for segment in segments for prompt in segment.prompts}
    rests = any(segment.component == "break" for segment in segments)
    return (
        *(
            _as_planned(
                influence,
                rests=rests,
                more=transformational > adjustment.usual,
                longer_insight=longer_insight,
            )
            for influence in adjustment.influences
        ),
        *_referral_influence(facts),
        *_factor_influences(adjustment.situation, questions),
        *_scenario_influence(facts, questions),
        *(() if adjustment.situation.any_holding else _priority_influence(facts)),
        *_exercise_influences(exercises),
        *_last_time_influences(facts, spoken),
        *_record_influences(facts, assumption, repeatable),
        *_retired_influence(held_back),
    )


FEW_FIT = "transformational questions looked for first, though few fit"


def _as_planned(
    influence: Influence, *, rests: bool, more: bool, longer_insight: bool
) -> Influence:
    """What an influence did in this plan. A break is there for whoever is tired; that there are
    more transformational questions is said where there are (`more`)."""
    effect = influence.effect
    if influence.id == ENERGY_LOW and rests:
        effect += ", a reset break"
    if effect == MORE_TRANSFORMATIONAL and longer_insight:
        effect += ", more time for insight"
    for claim in () if more else (MORE_TRANSFORMATIONAL, LARGER_SHARE):
        if effect.startswith(claim):
            effect = FEW_FIT + effect.removeprefix(claim)
    return replace(influence, effect=effect)


def _priority_influence(facts: Facts) -> tuple[Influence, ...]:
    if not facts.serves:
        return ()
    return (
        Influence(
            id="priority",
            because=f"today's topic serves “{facts.serves}”",
            effect="it stands beside the checkpoint",
        ),
    )


def _retired_influence(held_back: Collection[str]) -> tuple[Influence, ...]:
    """Questions that would have been among those to choose from, had the coach not retired them."""
    if not held_back:
        return ()
    names = ", ".join(f"`{name}`" for name in sorted(held_back))
    several = len(held_back) > 1
    return (
        Influence(
            id="retired",
            because=f"you retired {names}",
            effect="they were not considered" if several else "it was not considered",
        ),
    )


def _referral_influence(facts: Facts) -> tuple[Influence, ...]:
    if not facts.referrals:
        return ()
    kinds = ", ".join(referral.kind for referral in facts.referrals)
    return (
        Influence(
            id="referral",
            because=f"a referral stands ({kinds})",
            effect="no assumption is put to the test, and nothing is said about a stall",
        ),
    )


def _exercise_influences(exercises: Sequence[Exercise]) -> tuple[Influence, ...]:
    words = {"filled": "was filled in", "waiting": "went home", "partly": "was tried in part"}
    return tuple(
        Influence(
            id="exercise",
            because=f"“{exercise.what}” {words.get(exercise.case, 'was tried')} since last time",
            effect="you debrief it" if exercise.is_tried else "you ask about it",
        )
        for exercise in exercises
    )


def _factor_influences(
    situation: Situation, questions: Sequence[Question]
) -> tuple[Influence, ...]:
    targets = {target for question in questions for target in question.targets}
    return tuple(
        Influence(
            id=f"factor-{factor}",
            because="; ".join(
                words[factor] for words in (situation.low, situation.slipping) if factor in words
            ),
            effect=f"questions toward {factor} come first",
        )
        for factor in sorted({*situation.low, *situation.slipping} & targets)
    )


def _scenario_influence(facts: Facts, questions: Sequence[Question]) -> tuple[Influence, ...]:
    count = sum(facts.scenario in question.tags for question in questions) if facts.scenario else 0
    if not count:
        return ()
    return (
        Influence(
            id="scenario",
            because=f"the client's situation is {facts.scenario}",
            effect=f"{count} question{'s' if count > 1 else ''} written for it came first",
        ),
    )


def _last_time_influences(facts: Facts, spoken: Collection[str]) -> tuple[Influence, ...]:
    influences = []
    last = facts.last
    if last and (last.commitments or last.earlier) and REVIEW in spoken:
        count = len(last.commitments) + len(last.earlier)
        influences.append(
            Influence(
                id="commitments",
                because=f"{count} commitments wait to be looked at"
                if count > 1
                else "a commitment waits to be looked at",
                effect=f"the session opens with what came of {'them' if count > 1 else 'it'}",
            )
        )
    if last and INQUIRY_RETURN in spoken:
        influences.append(
            Influence(
                id="inquiry",
                because=f"a question went home after session {last.session}",
                effect="it is asked back",
            )
        )
    return tuple(influences)


def _record_influences(
    facts: Facts, assumption: OpenAssumption | None, repeatable: Collection[str]
) -> tuple[Influence, ...]:
    influences = []
    if assumption:
        influences.append(
            Influence(
                id="assumption",
                because=f"“{assumption.text}” is an open assumption",
                effect="one prompt comes back to it, once the client agrees",
            )
        )
    if count := len(facts.history.asked.difference(repeatable)):
        influences.append(
            Influence(
                id="asked-before",
                because=f"{count} question{'s were' if count > 1 else ' was'} asked before",
                effect="they do not return" if count > 1 else "it does not return",
            )
        )
    return tuple(influences)
