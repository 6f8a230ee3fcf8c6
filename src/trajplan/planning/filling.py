"""The arranged segments filled one after another: activities, prompts, questions (R57, R62)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import Struct

from trajplan.content.model import Activity, Segment
from trajplan.content.session_rules import EXPLORE_FLOOR, may_explore
from trajplan.planning.arrange import Arrangement
from trajplan.planning.asking import QuestionPicker, SegmentRoom, place_questions
from trajplan.planning.calendar import clock
from trajplan.planning.frame import share
from trajplan.planning.plan import (
    FirstWords,
    FromLastTime,
    PlanFinding,
    PlannedPrompt,
    PlannedSegment,
)
from trajplan.planning.prompts import challenge, echo_prompts, fill_prompt, looking_back
from trajplan.planning.request import Content, OpenAssumption

CHALLENGES = "assumption-challenging"
"""The bank whose questions speak of a belief that is held up."""

DEBRIEF = "debrief_exercise"
"""The activity that is added where an exercise is debriefed."""


class FillContext(Struct, frozen=True):
    """What the filling draws on besides questions: texts, what last time left, the assumption this
    plan holds up, if any, and the first words it asks for again."""

    shelf: Content
    last: FromLastTime | None
    assumption: OpenAssumption | None
    objectives: Sequence[str]
    decision: bool
    number: int
    """The session's number; wordings are taken in turn by it."""
    parting: bool
    """Whether this is the last session."""
    quiet: bool = False
    """A referral stands: what waited twice is asked about like anything else."""
    holding: bool = False
    """Nothing is looked back on, and the frame is not put to the vote."""
    debriefs: tuple[PlannedPrompt, ...] = ()
    """What to ask about exercises tried between sessions."""
    echo: Sequence[FirstWords] = ()
    serves: str = ""
    """The agreed priority today's topic serves; the checkpoint asks after it (R43)."""


def fill_segments(
    arrangement: Arrangement,
    ground: FillContext,
    asking: QuestionPicker,
    include: Sequence[str],
    start: str,
) -> tuple[tuple[PlannedSegment, ...], tuple[PlanFinding, ...]]:
    """Fill every segment in plan order; also return notes on what found no room.

    `include`: ids of questions the coach asked for. Raises NotFound and CannotDo for those that
    are unknown or fit nowhere.
    """
    segments = [one for one, _ in arrangement.segments]
    debriefed = debrief_segment(segments, ground.debriefs)
    activities, held_back = _activities(arrangement, ground, debriefed)
    prompts = _prompts_by_segment(arrangement, ground, debriefed)
    places = _places(arrangement, activities)
    wanted = place_questions(tuple(dict.fromkeys(include)), asking.questions, places)
    asking.promised = tuple(one for forced in wanted.values() for one in forced)
    checkpoint_after = _last_inquiry(arrangement)
    result: list[PlannedSegment] = []
    unfit: list[PlanFinding] = list(held_back)
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
                listen=segment.listen,
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
                checkpoint=_checkpoint(ground, segment) if segment is checkpoint_after else "",
            )
        )
        now = end
    return tuple(result), tuple(unfit)


def debrief_segment(
    segments: Sequence[Segment], debriefs: Sequence[PlannedPrompt]
) -> Segment | None:
    """The segment in which exercises are debriefed; None when there is none to debrief (R83).

    The one whose blueprint names the activity; else the first inquiry, by preference one that does
    not already hold an assumption up.
    """
    if not debriefs:
        return None
    named = [one for one in segments if DEBRIEF in one.activities]
    inquiries = [one for one in segments if one.component == "strategic_inquiry"]
    free = [one for one in inquiries if one is not _challenging(segments)]
    return (named or free or inquiries)[0]


def _activities(
    arrangement: Arrangement, ground: FillContext, debriefed: Segment | None
) -> tuple[dict[str, tuple[Activity, ...]], tuple[PlanFinding, ...]]:
    """What is done in each segment, and notes on what was held back.

    Looking back waits until there is something to look back on. The coach's own input waits until
    the client has explored: in a decision session for as long as R52 asks, otherwise at all (R71).
    """
    result: dict[str, tuple[Activity, ...]] = {}
    held_back: list[PlanFinding] = []
    explored = 0
    needed = EXPLORE_FLOOR if ground.decision else 1
    for segment, minutes in arrangement.segments:
        found = [
            _worded(ground.shelf.activities[name], ground.number)
            for name in _names(segment, ground, debriefed)
        ]
        done = [one for one in found if ground.last or not one.returning]
        early = [one for one in done if one.coach_input and explored < needed]
        held_back += [_held_back(segment, one, explored, needed) for one in early]
        result[segment.id] = tuple(one for one in done if one not in early)
        if may_explore(segment):
            explored += minutes
    return result, tuple(held_back)


def _names(segment: Segment, ground: FillContext, debriefed: Segment | None) -> list[str]:
    """The blueprint's activities; the debrief only where there is something to debrief."""
    names = [one for one in segment.activities if one != DEBRIEF]
    # What is only asked after, such as a sheet that has not come back, is no debrief yet.
    tried = any(one.case != "waiting" for one in ground.debriefs)
    if segment is debriefed and tried and DEBRIEF in ground.shelf.activities:
        names.insert(0, DEBRIEF)
    return names


def _worded(one: Activity, number: int) -> Activity:
    """The activity with the wording whose turn it is."""
    wordings = (one.coach, *one.again)
    return replace(one, coach=wordings[(number - 1) % len(wordings)])


def _held_back(segment: Segment, one: Activity, explored: int, needed: int) -> PlanFinding:
    so_far = f"after {explored} of {needed} minutes of exploring" if needed > 1 else "before any"
    text = f"“{one.title}” is left out of “{segment.title}”: your own view would come {so_far}"
    if needed == 1:
        text += " exploring"
    return PlanFinding(rule="R71", severity="note", where=segment.id, message=text)


def _places(
    arrangement: Arrangement, activities: Mapping[str, Sequence[Activity]]
) -> tuple[SegmentRoom, ...]:
    """Room for questions the coach asked for: they come before prompts and before any activity
    grows beyond its minimum."""
    return tuple(
        SegmentRoom(segment, minutes - sum(one.minutes.min for one in activities[segment.id]))
        for segment, minutes in arrangement.segments
    )


def _prompts_by_segment(
    arrangement: Arrangement, ground: FillContext, debriefed: Segment | None
) -> dict[str, tuple[PlannedPrompt, ...]]:
    """Looking back belongs to where the review is held, the assumption to the first inquiry; what
    was tried comes before what is believed."""
    found: dict[str, tuple[PlannedPrompt, ...]] = {}
    segments = [one for one, _ in arrangement.segments]
    last = None if ground.holding else ground.last
    back = looking_back(ground.shelf.prompts, last, ground.number, quiet=ground.quiet)
    context = [one for one in segments if one.component == "context_setting"]
    review = next((one for one in context if "review_ritual" in one.activities), context[0])
    if back:
        found[review.id] = back
    if debriefed:
        found[debriefed.id] = (*found.get(debriefed.id, ()), *ground.debriefs)
    for name, prompts in _looking_at_the_way(segments, ground):
        found[name] = (*found.get(name, ()), *prompts)
    if ground.assumption:
        prompt = challenge(
            ground.shelf.prompts, ground.assumption, ground.number, parting=ground.parting
        )
        held = _challenging(segments).id
        found[held] = (*found.get(held, ()), prompt)
    return found


def _looking_at_the_way(
    segments: Sequence[Segment], ground: FillContext
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


def _checkpoint(ground: FillContext, segment: Segment) -> str:
    """Name the objective the minutes just spent served: that is the one under way."""
    if ground.holding:
        return ""
    prompt = ground.shelf.prompts["re-decide"]
    aim = ground.serves or ground.objectives[segment.objective - 1]
    return fill_prompt(prompt, "checkpoint", ground.number, objective=aim).text


def _unfit(segment: Segment, text: str) -> PlanFinding:
    return PlanFinding(
        rule="R62",
        severity="note",
        where=segment.id,
        message=f"no room in “{segment.title}” for: {text}",
    )
