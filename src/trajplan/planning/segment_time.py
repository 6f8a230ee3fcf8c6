"""How a segment's own minutes are shared among activities, prompts and questions (R57, R62)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.library.model import Activity
from trajplan.planning.minutes import Part, allot
from trajplan.planning.plan import PlannedActivity, PlannedPrompt

MINUTES_PER_QUESTION = 6
"""At most one planned question or prompt for so many minutes of a segment (R57)."""
USUAL_QUESTION = 5
"""Minutes a question usually takes: what the pool for questions is wished for, per question."""


@dataclass(frozen=True, slots=True)
class Share:
    """Activities with their minutes, prompts that fit and those that do not, and what is left for
    questions: `budget` minutes and at most `most` of them."""

    activities: tuple[PlannedActivity, ...]
    prompts: tuple[PlannedPrompt, ...]
    unfit: tuple[PlannedPrompt, ...]
    budget: int
    most: int


def share(
    minutes: int, activities: Sequence[Activity], prompts: Sequence[PlannedPrompt], wished: int
) -> Share:
    """Share `minutes` of a segment that would like to ask up to `wished` questions.

    Activities get at least their minimum; prompts come in the order given while they fit; the rest
    is shared by the same exact law as the session, so nothing is ever overbooked.
    """
    left = minutes - sum(one.minutes.min for one in activities)
    kept: list[PlannedPrompt] = []
    for prompt in prompts:
        if prompt.minutes <= left:
            kept.append(prompt)
            left -= prompt.minutes
    slots = max(1, minutes // MINUTES_PER_QUESTION) - len(kept)
    most = max(0, min(wished, slots))
    parts = [Part(one.minutes.min, one.minutes.ideal, one.minutes.ideal) for one in activities]
    parts += [Part(one.minutes, max(1, one.minutes), one.minutes) for one in kept]
    if most:
        parts.append(Part(0, USUAL_QUESTION * most, minutes))
    shares = allot(parts, (), min(minutes, sum(part.max for part in parts)))
    if shares is None:
        raise AssertionError("the activities of a segment need more minutes than its minimum")
    return Share(
        activities=tuple(
            PlannedActivity(
                id=one.id, title=one.title, minutes=got, coach=one.coach, client=one.client
            )
            for one, got in zip(activities, shares, strict=False)
        ),
        prompts=tuple(kept),
        unfit=tuple(one for one in prompts if one not in kept),
        budget=shares[-1] if most else 0,
        most=most,
    )
