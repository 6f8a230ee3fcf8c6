"""How a segment's own minutes are shared among activities, prompts and questions (R57, R62)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trajplan.content.model import Activity
from trajplan.planning.minutes import Part, allot
from trajplan.planning.plan import PlannedActivity, PlannedPrompt

MINUTES_PER_QUESTION = 6
"""At most one planned question or prompt for so many minutes of a segment (R57)."""
SHORT_QUESTION = 4
"""Minutes kept free for one question before an activity grows beyond its minimum."""
USUAL_QUESTION = 5
"""Minutes a question usually takes: what the pool for questions is wished for, per question."""


@dataclass(frozen=True, slots=True)
class Share:
    """Activities with their minutes, prompts that fit and those that do not, and what is left for
    questions: `budget` minutes and at most `most` of them."""

    activities: tuple[PlannedActivity, ...]
    prompts: tuple[PlannedPrompt, ...]
    unfit: tuple[str, ...]
    """Activities by title and prompts by text for which there is no room."""
    budget: int
    most: int


def share(
    minutes: int,
    activities: Sequence[Activity],
    prompts: Sequence[PlannedPrompt],
    wished: int,
    needed: int = 0,
) -> Share:
    """Share `minutes` of a segment that would like to ask up to `wished` questions.

    Activities get at least their minimum; where even that does not fit, as in a session that begins
    late, the last ones fall away. Then come `needed` minutes of questions the coach asked for, the
    prompts in the order given while they fit, and one question of usual length. The rest is shared
    by the same exact law as the session, so nothing is ever overbooked.
    """
    done = list(activities)
    while done and sum(one.minutes.min for one in done) + needed > minutes:
        done.pop()
    left = minutes - sum(one.minutes.min for one in done) - needed
    kept: list[PlannedPrompt] = []
    for prompt in prompts:
        if prompt.minutes <= left:
            kept.append(prompt)
            left -= prompt.minutes
    slots = max(1, minutes // MINUTES_PER_QUESTION) - len(kept)
    most = max(0, min(wished, slots))
    pool = max(needed, min(SHORT_QUESTION, needed + left)) if most or needed else 0
    parts = [Part(one.minutes.min, one.minutes.ideal, one.minutes.ideal) for one in done]
    parts += [Part(one.minutes, max(1, one.minutes), one.minutes) for one in kept]
    if most or needed:
        parts.append(Part(pool, max(pool, USUAL_QUESTION * most, 1), minutes))
    shares = allot(parts, (), min(minutes, sum(part.max for part in parts)))
    if shares is None:
        raise AssertionError("what was kept in a segment does not fit into it")
    return Share(
        activities=tuple(
            PlannedActivity(
                id=one.id, title=one.title, minutes=got, coach=one.coach, client=one.client
            )
            for one, got in zip(done, shares, strict=False)
        ),
        prompts=tuple(kept),
        unfit=(
            *(one.title for one in activities if one not in done),
            *(one.text for one in prompts if one not in kept),
        ),
        budget=shares[-1] if most or needed else 0,
        most=most,
    )
