"""The arranged segments filled one after another: activities, prompts, questions (R57, R62)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trajplan.library.model import Activity, Segment
from trajplan.planning.arrange import Arrangement
from trajplan.planning.asking import Asking, Place, placed
from trajplan.planning.calendar import clock
from trajplan.planning.echo import echo_prompts
from trajplan.planning.plan import (
    EchoWords,
    Finding,
    FromLastTime,
    PlannedPrompt,
    PlannedSegment,
)
from trajplan.planning.prompts import challenge, filled, looking_back
from trajplan.planning.request import OpenAssumption, Shelf
from trajplan.planning.segment_time import share

CHALLENGES = "assumption-challenging"
"""The bank whose questions speak of a belief that is held up."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the filling draws on besides questions: texts, what last time left, the assumption this
    plan holds up, if any, and the first words it asks for again."""

    shelf: Shelf
    last: FromLastTime | None
    assumption: OpenAssumption | None
    objectives: Sequence[str]
    echo: Sequence[EchoWords] = ()


def filled_segments(
    arrangement: Arrangement, ground: Ground, asking: Asking, include: Sequence[str], start: str
) -> tuple[tuple[PlannedSegment, ...], tuple[Finding, ...]]:
    """Fill every segment in plan order; also return notes on what found no room.

    `include`: ids of questions the coach asked for. Raises NotFound and CannotDo for those that
    are unknown or fit nowhere.
    """
    activities = {one.id: _activities(one, ground) for one, _ in arrangement.segments}
    prompts = _prompts_by_segment(arrangement, ground)
    places = _places(arrangement, activities)
    wanted = placed(tuple(dict.fromkeys(include)), asking.questions, places)
    asking.promised = tuple(one for forced in wanted.values() for one in forced)
    checkpoint_after = _last_inquiry(arrangement)
    result: list[PlannedSegment] = []
    unfit: list[Finding] = []
    now = start
    for segment, minutes in arrangement.segments:
        forced = wanted.get(segment.id, ())
        got = share(
            minutes,
            activities[segment.id],
            prompts.get(segment.id, ()),
            max(segment.questions.max if segment.questions else 0, len(forced)),
            sum(one.question.minutes for one in forced),
        )
        held = _holds_belief(got.prompts)
        unfit += [_unfit(segment, text) for text in got.unfit]
        end = clock(now, minutes)
        result.append(
            PlannedSegment(
                id=segment.id,
                component=segment.component,
                title=segment.title,
                stance=segment.stance,
                covers=segment.covers,
                objective=segment.objective,
                start=now,
                end=end,
                minutes=minutes,
                coach=segment.coach,
                client=segment.client,
                activities=got.activities,
                prompts=got.prompts,
                questions=asking.fill(
                    segment,
                    got.budget,
                    got.most,
                    forced,
                    holds=frozenset({"assumption"}) if held else frozenset(),
                ),
                checkpoint=_checkpoint(ground) if segment is checkpoint_after else "",
            )
        )
        now = end
    return tuple(result), tuple(unfit)


def _activities(segment: Segment, ground: Ground) -> tuple[Activity, ...]:
    """What is done in a segment; looking back waits until there is something to look back on."""
    found = (ground.shelf.activities[name] for name in segment.activities)
    return tuple(one for one in found if ground.last or not one.returning)


def _places(
    arrangement: Arrangement, activities: Mapping[str, Sequence[Activity]]
) -> tuple[Place, ...]:
    """Room for questions the coach asked for: they come before prompts and before any activity
    grows beyond its minimum."""
    return tuple(
        Place(segment, minutes - sum(one.minutes.min for one in activities[segment.id]))
        for segment, minutes in arrangement.segments
    )


def _prompts_by_segment(
    arrangement: Arrangement, ground: Ground
) -> dict[str, tuple[PlannedPrompt, ...]]:
    """Looking back belongs to where the review is held, the assumption to the first inquiry."""
    found: dict[str, tuple[PlannedPrompt, ...]] = {}
    segments = [one for one, _ in arrangement.segments]
    back = looking_back(ground.shelf.prompts, ground.last)
    context = [one for one in segments if one.component == "context_setting"]
    review = next((one for one in context if "review_ritual" in one.activities), context[0])
    if back:
        found[review.id] = back
    for name, prompts in _looking_at_the_way(segments, ground):
        found[name] = (*found.get(name, ()), *prompts)
    if ground.assumption:
        prompt = challenge(ground.shelf.prompts, ground.assumption)
        name = _challenging(segments).id
        found[name] = (*found.get(name, ()), prompt)
    return found


def _looking_at_the_way(
    segments: Sequence[Segment], ground: Ground
) -> list[tuple[str, tuple[PlannedPrompt, ...]]]:
    """The first words come back in the first inquiry, what was taken home then in the insight."""
    echo = echo_prompts(ground.shelf.prompts, ground.echo)
    inquiries = [one for one in segments if one.component == "strategic_inquiry"]
    if ground.assumption and len(inquiries) > 1:
        # Two looks back at the client's own words would leave no room for a question.
        inquiries.remove(_challenging(segments))
    inquiry = inquiries[0]
    insight = next(one for one in segments if one.component == "insight_generation")
    home = echo.pop("takeaways", None)
    return [(inquiry.id, tuple(echo.values())), (insight.id, (home,) if home else ())]


def _challenging(segments: Sequence[Segment]) -> Segment:
    """The inquiry that holds an assumption up: the first that wishes for such questions."""
    inquiries = [one for one in segments if one.component == "strategic_inquiry"]
    wishing = [one for one in inquiries if one.questions and CHALLENGES in one.questions.banks]
    return (wishing or inquiries)[0]


def _holds_belief(prompts: Sequence[PlannedPrompt]) -> bool:
    """Whether a client's assumption is held up here, so that questions may speak of it."""
    return any(one.id == "challenge-assumption" for one in prompts)


def _last_inquiry(arrangement: Arrangement) -> Segment:
    """The segment after which the frame is decided again (R55)."""
    return [one for one, _ in arrangement.segments if one.component == "strategic_inquiry"][-1]


def _checkpoint(ground: Ground) -> str:
    prompt = ground.shelf.prompts["re-decide"]
    return filled(prompt, "checkpoint", objective=ground.objectives[0]).text


def _unfit(segment: Segment, text: str) -> Finding:
    return Finding(
        rule="R62",
        severity="note",
        where=segment.id,
        message=f"no room in “{segment.title}” for: {text}",
    )
