"""The arranged segments filled one after another: activities, prompts, questions (R57, R62)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Activity, Segment
from trajplan.content.session_rules import EXPLORE_FLOOR, may_explore
from trajplan.planning.arrange import Arrangement
from trajplan.planning.asking import QuestionPicker, SegmentRoom, place_questions
from trajplan.planning.beliefs import EVIDENCE, Handling, handling
from trajplan.planning.calendar import clock
from trajplan.planning.care import USUAL, Care
from trajplan.planning.first_session import FROM_INTAKE
from trajplan.planning.first_words import echo_prompts
from trajplan.planning.frame import MINUTES_PER_QUESTION, UNCOUNTED, SegmentShare, share_segment
from trajplan.planning.plan import (
    FirstWords,
    FromLastTime,
    PlanFinding,
    PlannedPrompt,
    PlannedSegment,
)
from trajplan.planning.prompts import challenge, looking_back, say_prompt
from trajplan.planning.questions import NUMBERS_MINUTES, RankedQuestion
from trajplan.planning.request import Content, OpenAssumption
from trajplan.planning.session_close import closing_prompts, closing_segment

CHALLENGES, TEST_BELIEF = "assumption-challenging", "test-belief"
"""The bank whose questions speak of a belief that is held up."""

DEBRIEF = "debrief_exercise"
"""The activity that is added where an exercise is debriefed."""
SHORT_SESSION = 60
"""Minutes up to which what is looked back on takes no segment's only question."""
ASKING = ("strategic_inquiry", "insight_generation", "action_design")
PULL_TOGETHER = "pull-together"
HOME_QUESTION = 3
"""Minutes kept for the question that goes home before another is asked there."""
WORTH = "worth"
"""The kind of the prompt that asks about the sessions themselves (R166)."""


class FillContext(Struct, frozen=True):
    """What the filling draws on besides questions: texts, what last time left, the assumption this
    plan holds up, if any, and the first words it asks for again."""

    content: Content
    last: FromLastTime | None
    assumption: OpenAssumption | None
    objectives: Sequence[str]
    decision: bool
    number: int
    """The session's number; wordings are taken in turn by it."""
    parting: bool
    """Whether this is the last session."""
    care: Care = USUAL
    """How gently today goes."""
    debriefs: tuple[PlannedPrompt, ...] = ()
    """What to ask about exercises tried between sessions."""
    debriefed: frozenset[int] = frozenset()
    """Numbers of the commitments that are debriefed, which is their review."""
    echo: Sequence[FirstWords] = ()
    rates: bool = True
    """Whether the client gives numbers at all (R166)."""
    asks_worth: bool = False
    """Two sessions felt good and moved little: the client is asked about the sessions (R166)."""
    serves: str = ""
    """The agreed priority today's topic serves; it stands beside the checkpoint (R43)."""
    agreement: PlannedPrompt | None = None
    """What today is for, offered before anything else (R120)."""
    intake: tuple[PlannedPrompt, ...] = ()
    """What of the intake is brought up in the first session (R126)."""
    on_the_table: frozenset[str] = frozenset()
    """What the records put on the table before anything is asked (R122)."""


def fill_segments(
    arrangement: Arrangement,
    context: FillContext,
    picker: QuestionPicker,
    include: Sequence[str],
    start: str,
) -> tuple[tuple[PlannedSegment, ...], tuple[PlanFinding, ...]]:
    """Fill every segment in plan order; also return notes on what found no room.

    `include`: ids of questions the coach asked for. Raises NotFound and CannotDo for those that
    are unknown or fit nowhere.
    """
    debrief = debrief_segment(arrangement, context.debriefs)
    activities, held_back = _activities(arrangement, context, debrief)
    prompts, crowded = _beside_questions(
        arrangement, _prompts_by_segment(arrangement, context, debrief)
    )
    rooms = _rooms(arrangement, activities, prompts)
    requests_by_segment = place_questions(tuple(dict.fromkeys(include)), picker.questions, rooms)
    picker.later_requests = tuple(
        candidate for requests in requests_by_segment.values() for candidate in requests
    )
    checkpoint_after = _last_inquiry(arrangement)
    result: list[PlannedSegment] = []
    unfit: list[PlanFinding] = [*held_back, *crowded]
    time = start
    on_the_table = set(context.on_the_table)
    for segment, minutes in arrangement.segments:
        requests = requests_by_segment.get(segment.id, ())
        wish = max(segment.questions.max if segment.questions else 0, len(requests))
        activities_here = activities[segment.id]
        if any(activity.numbers for activity in activities_here):
            wished = tuple(request for request in requests if request.question.anchors)
            # The last session begins nothing that would be compared later.
            scale = (
                ()
                if wished or context.parting
                else _scale(segment, minutes, activities_here, prompts, picker, on_the_table)
            )
            activities_here = _numbers(activities_here, picker, (*wished, *scale))
            requests = (*requests, *scale)
            wish += len(scale)
        share = share_segment(
            minutes,
            activities_here,
            prompts.get(segment.id, ()),
            wish,
            sum(candidate.minutes for candidate in requests),
        )
        occasions = _belief_occasions(share.prompts, context)
        unfit += [_no_room(segment, text) for text in share.unfit]
        aim = _checkpoint_aim(context, segment) if segment is checkpoint_after else ""
        before_questions = _given_here(share, context.content)
        questions = picker.fill(
            segment,
            share.question_minutes,
            0 if context.care.silent else share.question_count,
            requests,
            occasions=occasions,
            supplied=frozenset(on_the_table | before_questions),
        )
        if segment.component != "context_setting":
            # What looking back brings up is about last time: it is said there and not later.
            on_the_table |= before_questions | picker.given_by(questions)
            on_the_table.discard("answer")
        end = clock(time, minutes)
        result.append(
            PlannedSegment(
                id=segment.id,
                component=segment.component,
                title=segment.title,
                stance=segment.stance,
                covers=segment.covers,
                objective=1 if context.care.open else segment.objective,
                start=time,
                end=end,
                minutes=minutes,
                coach=segment.coach,
                listen=segment.listen,
                client=segment.client,
                activities=share.activities,
                prompts=share.prompts,
                questions=questions,
                checkpoint=_checkpoint(context, aim) if aim and not context.care.silent else "",
                checkpoint_aim=aim,
                checkpoint_otherwise=_otherwise(context) if aim and not context.care.silent else "",
                bounds=segment.minutes,
                optional=segment.optional,
            )
        )
        time = end
    if context.assumption and not _belief_place(arrangement, context):
        unfit.append(_belief_waits(context.assumption))
    return tuple(result), tuple(unfit)


def _scale(
    segment: Segment,
    minutes: int,
    activities: Sequence[Activity],
    prompts: Mapping[str, Sequence[PlannedPrompt]],
    picker: QuestionPicker,
    on_the_table: Set[str],
) -> tuple[RankedQuestion, ...]:
    """The question for a number that is asked with the ratings, where one is due and the segment
    has room for it beside its own (R166)."""
    gives = {name for activity in activities for name in activity.gives}
    scale = picker.due_scale(frozenset(on_the_table | gives))
    if scale is None:
        return ()
    booked = sum(prompt.minutes for prompt in prompts.get(segment.id, ()))
    least = sum(activity.minutes.min for activity in activities)
    return (scale,) if minutes >= booked + least + scale.minutes + HOME_QUESTION else ()


def _numbers(
    activities: Sequence[Activity], picker: QuestionPicker, scale: Sequence[RankedQuestion]
) -> tuple[Activity, ...]:
    """The activities; the one with numbers is left out where numbers were asked for already, and
    held to what is left of their minutes beside the `scale` that is asked with it."""
    left = NUMBERS_MINUTES - sum(candidate.minutes for candidate in scale)
    if picker.took_numbers or left < 1:
        return tuple(activity for activity in activities if not activity.numbers)
    return tuple(
        replace(
            activity, minutes=replace(activity.minutes, ideal=min(activity.minutes.ideal, left))
        )
        if activity.numbers
        else activity
        for activity in activities
    )


def _given_here(share: SegmentShare, content: Content) -> set[str]:
    """What a segment's activities and prompts put on the table before its first question (R122).
    Any prompt is answered."""
    given: set[str] = {
        name for activity in share.activities for name in content.activities[activity.id].gives
    }
    for prompt in share.prompts:
        given |= {"answer", *content.prompts[prompt.id].gives}
    return given


def debrief_segment(arrangement: Arrangement, debriefs: Sequence[PlannedPrompt]) -> Segment | None:
    """The segment in which exercises are debriefed; None when there is none to debrief (R83).

    The one whose blueprint names the activity; else the first that inquires and has room for a
    question of its own besides, by preference one that does not already hold an assumption up. A
    short session, which has no such segment, looks back where it opens (R121, R164).
    """
    if not debriefs:
        return None
    segments = [segment for segment, _ in arrangement.segments]
    blueprint_segments = [segment for segment in segments if DEBRIEF in segment.activities]
    roomy = _roomy(arrangement)
    free = [segment for segment in roomy if segment is not _belief_segment(segments)]
    return (blueprint_segments or free or roomy or segments)[0]


def _roomy(arrangement: Arrangement) -> list[Segment]:
    """The inquiring segments with room for a prompt and a question of their own (R57)."""
    return [
        segment
        for segment, minutes in arrangement.segments
        if segment in _inquiries([segment]) and minutes >= 2 * MINUTES_PER_QUESTION
    ]


def _activities(
    arrangement: Arrangement, context: FillContext, debrief: Segment | None
) -> tuple[dict[str, tuple[Activity, ...]], tuple[PlanFinding, ...]]:
    """What is done in each segment, and notes on what was held back.

    Looking back waits until there is something to look back on. The coach's own input waits until
    the client has explored: in a decision session for as long as R52 asks, otherwise at all (R71).
    """
    result: dict[str, tuple[Activity, ...]] = {}
    held_back: list[PlanFinding] = []
    explored_minutes = 0
    needed_minutes = EXPLORE_FLOOR if context.decision else 1
    for segment, minutes in arrangement.segments:
        activities_here = [
            _in_turn(context.content.activities[name], context.number)
            for name in _names(segment, context, debrief)
        ]
        activities = [
            activity for activity in activities_here if context.last or not activity.returning
        ]
        early = [
            activity
            for activity in activities
            if activity.coach_input and explored_minutes < needed_minutes
        ]
        held_back += [
            _held_back_note(segment, activity, explored_minutes, needed_minutes)
            for activity in early
        ]
        result[segment.id] = tuple(activity for activity in activities if activity not in early)
        if may_explore(segment):
            explored_minutes += minutes
    return result, tuple(held_back)


def _names(segment: Segment, context: FillContext, debrief: Segment | None) -> list[str]:
    """The blueprint's activities; the debrief only where there is something to debrief."""
    activities = context.content.activities
    names = [
        name
        for name in segment.activities
        if name != DEBRIEF and (context.rates or not activities[name].numbers)
    ]
    # What is only asked after, such as a sheet that has not come back, is no debrief yet.
    has_debrief = any(prompt.case != "waiting" for prompt in context.debriefs)
    opens = segment.component == "context_setting"
    if segment is debrief and has_debrief and not opens and DEBRIEF in activities:
        names.insert(0, DEBRIEF)
    return names


def _in_turn(activity: Activity, number: int) -> Activity:
    """The activity with the wording whose turn it is."""
    wordings = (activity.coach, *activity.again)
    return replace(activity, coach=wordings[(number - 1) % len(wordings)])


def _held_back_note(
    segment: Segment, activity: Activity, explored_minutes: int, needed_minutes: int
) -> PlanFinding:
    so_far = (
        f"after {explored_minutes} of {needed_minutes} minutes of exploring"
        if needed_minutes > 1
        else "before any"
    )
    text = f"“{activity.title}” is left out of “{segment.title}”: your own view would come {so_far}"
    if needed_minutes == 1:
        text += " exploring"
    return PlanFinding(rule="R71", severity="note", where=segment.id, message=text)


def _rooms(
    arrangement: Arrangement,
    activities: Mapping[str, Sequence[Activity]],
    prompts: Mapping[str, Sequence[PlannedPrompt]],
) -> tuple[SegmentRoom, ...]:
    """Room for questions the coach asked for: they come before prompts, but for what opens and
    closes the session, and before any activity grows beyond its minimum."""
    return tuple(
        SegmentRoom(
            segment,
            minutes
            - sum(activity.minutes.min for activity in activities[segment.id])
            - sum(
                prompt.minutes for prompt in prompts.get(segment.id, ()) if prompt.kind in UNCOUNTED
            ),
        )
        for segment, minutes in arrangement.segments
    )


def _prompts_by_segment(
    arrangement: Arrangement, context: FillContext, debrief: Segment | None
) -> dict[str, tuple[PlannedPrompt, ...]]:
    """Looking back belongs to where the review is held, the assumption to the first segment that
    inquires; what was tried comes before what is believed."""
    by_segment: defaultdict[str, list[PlannedPrompt]] = defaultdict(list)
    segments = [segment for segment, _ in arrangement.segments]
    opening = [segment for segment in segments if segment.component == "context_setting"]
    review = next(
        (segment for segment in opening if "review_ritual" in segment.activities), opening[0]
    )
    by_segment[review.id] += _looking_back(context)
    if debrief:
        # Where a short session looks back as it opens, what was tried comes first.
        by_segment[debrief.id] = [*context.debriefs, *by_segment[debrief.id]]
    by_segment[opening[0].id] = [*_opening_prompts(context), *by_segment[opening[0].id]]
    if context.intake and not context.care.silent:
        first = _inquiries(segments)[0].id
        minutes = {segment.id: minutes for segment, minutes in arrangement.segments}[first]
        # One question of the segment's own is asked all the same.
        most = max(1, minutes // MINUTES_PER_QUESTION - 1)
        by_segment[first] += context.intake[:most]
    for name, prompts in _first_words(segments, context):
        by_segment[name] += prompts
    belief_segment = _belief_place(arrangement, context)
    if context.assumption and belief_segment:
        prompt = challenge(
            context.content.prompts,
            context.assumption,
            _way(context, context.assumption),
            context.number,
            parting=context.parting,
        )
        by_segment[belief_segment.id].append(prompt)
    if not (context.care.holding or context.care.silent):
        closes = closing_prompts(context.content.prompts, context.number, context.care.spared)
        by_segment[closing_segment(segments).id] += closes
    return {name: tuple(prompts) for name, prompts in by_segment.items() if prompts}


def _looking_back(context: FillContext) -> tuple[PlannedPrompt, ...]:
    """What of last time is asked about, as far as today allows."""
    return looking_back(
        context.content.prompts,
        None if context.care.holding else context.last,
        context.number,
        care=context.care,
        debriefed=context.debriefed,
    )


def _beside_questions(
    arrangement: Arrangement, by_segment: Mapping[str, tuple[PlannedPrompt, ...]]
) -> tuple[dict[str, tuple[PlannedPrompt, ...]], tuple[PlanFinding, ...]]:
    """The prompts with which, in a session of an hour or less, every segment still asks a question
    of its own, and notes on the others (R121, R57)."""
    kept = dict(by_segment)
    notes: list[PlanFinding] = []
    if sum(minutes for _, minutes in arrangement.segments) > SHORT_SESSION:
        return kept, ()
    for segment, minutes in arrangement.segments:
        asks = segment.home and segment.questions and segment.questions.max
        if not asks or segment.component not in ASKING:
            continue
        slots = max(1, minutes // MINUTES_PER_QUESTION)
        prompts = by_segment.get(segment.id, ())
        serving = [prompt for prompt in prompts if _serves_title(prompt, segment)]
        others = [prompt for prompt in prompts if prompt not in serving]
        left_out = [*serving[slots:], *others[max(0, slots - max(1, len(serving))) :]]
        notes += [_no_room(segment, prompt.text) for prompt in left_out]
        kept[segment.id] = tuple(prompt for prompt in prompts if prompt not in left_out)
    return kept, tuple(notes)


def _serves_title(prompt: PlannedPrompt, segment: Segment) -> bool:
    """Whether a prompt does what the segment is for as well as a question of its own would."""
    if prompt.kind == "belief":
        return TEST_BELIEF in segment.intents
    if prompt.id == FROM_INTAKE:
        return True
    if prompt.id == "first-words":
        return PULL_TOGETHER in segment.intents
    return prompt.id == "debrief-exercise" and DEBRIEF in segment.activities


def _opening_prompts(context: FillContext) -> tuple[PlannedPrompt, ...]:
    """What is asked before anything is done: about the sessions, where two felt good and moved
    little (R166), then what today is for (R120)."""
    prompts = []
    if context.asks_worth:
        worth = say_prompt(context.content.prompts["what-you-came-for"], "asked", context.number)
        prompts.append(replace(worth, kind=WORTH))
    if context.agreement:
        prompts.append(context.agreement)
    return tuple(prompts)


def _first_words(
    segments: Sequence[Segment], context: FillContext
) -> list[tuple[str, tuple[PlannedPrompt, ...]]]:
    """The first words come back where Strategic Inquiry begins, what was taken home in the
    insight."""
    outset, home = echo_prompts(context.content.prompts, context.echo)
    places = _inquiries(segments)
    if context.assumption and len(places) > 1:
        # Two looks back at the client's own words would leave no room for a question.
        places.remove(_belief_segment(segments))
    insight = next(segment for segment in segments if segment.component == "insight_generation")
    return [(places[0].id, outset), (insight.id, home)]


def _inquiries(segments: Sequence[Segment]) -> list[Segment]:
    return [segment for segment in segments if segment.component == "strategic_inquiry"]


def _belief_place(arrangement: Arrangement, context: FillContext) -> Segment | None:
    """Where a belief is held up: not in the place of the only question of a segment that is for
    something else, as in a short session; then it waits (R121, R164)."""
    if context.assumption is None:
        return None
    segment = _belief_segment([segment for segment, _ in arrangement.segments])
    roomy = _roomy(arrangement)
    own = TEST_BELIEF in segment.intents or not segment.home
    return segment if own or segment in roomy else next(iter(roomy), None)


def _belief_segment(segments: Sequence[Segment]) -> Segment:
    """The segment that holds an assumption up: the first inquiring one that is for it, or that
    names the bank of such questions."""
    inquiries = _inquiries(segments)
    testing_segments = [
        segment
        for segment in inquiries
        if TEST_BELIEF in segment.intents
        or (segment.questions and CHALLENGES in segment.questions.banks)
    ]
    return (testing_segments or inquiries)[0]


def _way(context: FillContext, assumption: OpenAssumption) -> Handling:
    return handling(assumption.text, assumption.kind, context.content.belief_cues)


def _belief_occasions(prompts: Sequence[PlannedPrompt], context: FillContext) -> frozenset[str]:
    """Questions that challenge stand only beside a rule or a fact that is held up here (R124)."""
    if context.assumption is None or not any(prompt.kind == "belief" for prompt in prompts):
        return frozenset()
    way = _way(context, context.assumption)
    return frozenset({"assumption"}) if way in EVIDENCE else frozenset()


def _last_inquiry(arrangement: Arrangement) -> Segment:
    """The segment after which the frame is decided again (R55)."""
    return _inquiries([segment for segment, _ in arrangement.segments])[-1]


def _checkpoint_aim(context: FillContext, segment: Segment) -> str:
    """The priority agreed on, else the objective that the minutes just spent served."""
    if context.care.holding:
        return ""
    objective = 1 if context.care.open else segment.objective
    return context.serves or context.objectives[objective - 1]


def _checkpoint(context: FillContext, aim: str) -> str:
    prompt = context.content.prompts["re-decide"]
    return say_prompt(prompt, "checkpoint", context.number, {}, ({"objective": aim},)).text


def _otherwise(context: FillContext) -> str:
    return say_prompt(context.content.prompts["re-agree"], "asked", context.number).text


def _belief_waits(assumption: OpenAssumption) -> PlanFinding:
    words = assumption.text.rstrip(".")
    text = f"too short to come back to “{words}” beside today's own questions"
    return PlanFinding(rule="R164", severity="note", where="", message=text)


def _no_room(segment: Segment, text: str) -> PlanFinding:
    return PlanFinding(
        rule="R62",
        severity="note",
        where=segment.id,
        message=f"no room in “{segment.title}” for: {text}",
    )
