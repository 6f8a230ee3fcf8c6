"""Who gets how many minutes: the segments of a session, and what is done in each of them.

A blueprint's segments are fitted to the session's length (R40, R41, R52), and a segment's own
minutes are shared among activities, prompts and questions (R57, R62), both by the law in `minutes`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.model import Activity, Segment
from trajplan.content.session_rules import (
    EXPLORE_FLOOR,
    context_bounds,
    context_group,
    explore_group,
    shorter_choices,
)
from trajplan.errors import CannotDo
from trajplan.planning.minutes import Group, PartBounds, allot, span
from trajplan.planning.plan import OPENING, PlannedActivity, PlannedPrompt, PromptKind
from trajplan.planning.session_close import CLOSE_MINUTES, closing_segment

LONGEST = 480


class Frame(Struct, frozen=True):
    """Segments with their minutes, in order, and the optional segments that were left out."""

    segments: tuple[tuple[Segment, int], ...]
    dropped: tuple[Segment, ...]


def minute_groups(segments: Sequence[Segment], minutes: int, floor: bool) -> tuple[Group, ...]:
    """The group bounds in force for a session of `minutes`, with or without the floor."""
    low, high = context_bounds(minutes)
    result = [Group("Context Setting", context_group(segments), low, high)]
    if floor:
        explore = explore_group(segments)
        result.append(Group("exploration before options", explore, EXPLORE_FLOOR, LONGEST))
    return tuple(result)


def fit(segments: Sequence[Segment], minutes: int, *, floor: bool) -> Frame | None:
    """Allot `minutes` exactly, dropping optional segments, latest first, only when nothing fits.

    Returns None when no way of dropping them makes it fit.
    """
    for segments_left, segments_dropped in shorter_choices(segments, decision=floor):
        shares = allot(
            minute_parts(segments_left), minute_groups(segments_left, minutes, floor), minutes
        )
        if shares is not None:
            return Frame(tuple(zip(segments_left, shares, strict=True)), segments_dropped)
    return None


def without_options(segments: Sequence[Segment]) -> tuple[Segment, ...] | None:
    """The segments without those that weigh options, or None when a component would be lost."""
    segments_left = [segment for segment in segments if segment.stance != "options"]
    same = {segment.component for segment in segments_left} == {
        segment.component for segment in segments
    }
    return tuple(segments_left) if same and len(segments_left) < len(segments) else None


def without_breaks(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments of a session too short to rest in."""
    return tuple(segment for segment in segments if segment.component != "break")


def squeeze(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments for a session that begins so late that their minima no longer fit.

    Every minimum is halved but that of the end, which keeps the client's own close (R164, R165);
    the five components stay (R40).
    """
    end = closing_segment(segments)
    return tuple(
        replace(
            segment,
            minutes=replace(
                segment.minutes,
                min=max(
                    segment.minutes.min // 2,
                    min(segment.minutes.min, CLOSE_MINUTES) if segment is end else 1,
                ),
            ),
        )
        for segment in without_breaks(segments)
    )


def nearest(segments: Sequence[Segment], minutes: int, *, floor: bool) -> int | None:
    """The length nearest to `minutes` that works, the longer one on ties; None when none does."""
    for distance in range(1, LONGEST):
        for length in (minutes + distance, minutes - distance):
            if 1 <= length <= LONGEST and _holds(segments, length, floor):
                return length
    return None


def fit_or_refuse(segments: Sequence[Segment], minutes: int, *, floor: bool, title: str) -> Frame:
    """Like `fit`, but raises CannotDo naming what binds and the nearest length that works."""
    frame = fit(segments, minutes, floor=floor)
    if frame:
        return frame
    works = nearest(segments, minutes, floor=floor)
    if works is None:
        raise CannotDo(f"no length fits `{title}`: {_binding_limits(segments, minutes, floor)}")
    raise CannotDo(
        f"{minutes} minutes cannot hold `{title}`: {_binding_limits(segments, minutes, floor)}; "
        f"the {_end(segments, minutes, works, floor)} that works is {works} minutes"
    )


def _end(segments: Sequence[Segment], minutes: int, works: int, floor: bool) -> str:
    """Which end of the lengths that work this one is; with some on both sides, only the nearest."""
    other = range(1, minutes) if works > minutes else range(minutes + 1, LONGEST + 1)
    if any(_holds(segments, length, floor) for length in other):
        return "nearest"
    return "shortest" if works > minutes else "longest"


def _holds(segments: Sequence[Segment], minutes: int, floor: bool) -> bool:
    """Whether `fit` would find something, without working it out."""
    return any(
        span(minute_parts(segments_left), minute_groups(segments_left, minutes, floor)).holds(
            minutes
        )
        for segments_left, _ in shorter_choices(segments, decision=floor)
    )


def minute_parts(segments: Sequence[Segment]) -> list[PartBounds]:
    """Bounds of the segments, as the law of minutes takes them."""
    return [
        PartBounds(segment.minutes.min, segment.minutes.ideal, segment.minutes.max)
        for segment in segments
    ]


def _binding_limits(segments: Sequence[Segment], minutes: int, floor: bool) -> str:
    """Say in words what the least (or most) of each part comes to."""
    reaches = [
        (
            segments_left,
            span(minute_parts(segments_left), minute_groups(segments_left, minutes, floor)),
        )
        for segments_left, _ in shorter_choices(segments, decision=floor)
    ]
    able = [(segments_left, reach) for segments_left, reach in reaches if not reach.clash]
    if not able:
        return f"its segments cannot meet the bounds of {reaches[-1][1].clash} at this length"
    longest = max(reach.longest for _, reach in able)
    if minutes > longest:
        return f"its segments take at most {longest}"
    shortest, reach = min(able, key=lambda choice: choice[1].shortest)
    if minutes >= reach.shortest:
        return "its segments add up to less or to more, with and without the optional ones"
    members = {
        index for group in minute_groups(shortest, minutes, floor) for index in group.members
    }
    rest = sum(
        segment.minutes.min for index, segment in enumerate(shortest) if index not in members
    )
    bounds = [
        f"{max(group.low, sum(shortest[index].minutes.min for index in group.members))} "
        f"for {group.name}"
        for group in minute_groups(shortest, minutes, floor)
    ]
    return f"it needs {reach.shortest} ({', '.join(bounds)}, {rest} for the rest)"


MINUTES_PER_QUESTION = 6
"""At most one planned question or prompt for so many minutes of a segment (R57)."""
SHORT_QUESTION = 4
"""Minutes kept free for one question before an activity grows beyond its minimum."""
USUAL_QUESTION = 5
"""Minutes a question usually takes: what the pool for questions is wished for, per question."""


CONTRACTING = AGREE, RECALL = "agree_how_we_work", "recall_how_we_work"
"""The activity in which working together is agreed, and what is left of it once it is on file."""
UNCOUNTED: tuple[PromptKind, ...] = (*OPENING, "close")
"""The kinds of prompt that stand outside that count; their minutes are booked all the same, before
any activity's (R120, R165, R166)."""


class SegmentShare(Struct, frozen=True, kw_only=True):
    """Activities with their minutes, prompts that fit and those that do not, and what is left for
    questions: at most `question_count` of them in `question_minutes`."""

    activities: tuple[PlannedActivity, ...]
    prompts: tuple[PlannedPrompt, ...]
    unfit: tuple[str, ...]
    """Activities by title and prompts by text for which there is no room."""
    question_minutes: int
    question_count: int


def share_segment(
    minutes: int,
    activities: Sequence[Activity],
    prompts: Sequence[PlannedPrompt],
    question_wish: int,
    request_minutes: int = 0,
) -> SegmentShare:
    """Share `minutes` of a segment that would like to ask up to `question_wish` questions.

    What opens and closes a session has its minutes first. Activities get at least their minimum;
    where even that does not fit, as in a session that begins late, some fall away. Then come
    `request_minutes` of questions the coach asked for, the prompts in the order given while they
    fit, and one question of usual length. The rest is shared by the same exact law as the session,
    so nothing is ever overbooked.
    """
    booked = sum(prompt.minutes for prompt in prompts if prompt.kind in UNCOUNTED)
    fitting = _before_prompts(
        _fitting_activities(activities, minutes - request_minutes - booked),
        prompts,
        minutes - request_minutes - booked,
    )
    left = minutes - request_minutes - _least(fitting)
    fitting_prompts = _fitting_prompts(prompts, left)
    left -= sum(prompt.minutes for prompt in fitting_prompts)
    counted = [prompt for prompt in fitting_prompts if prompt.kind not in UNCOUNTED]
    slots = max(1, minutes // MINUTES_PER_QUESTION) - len(counted)
    count = max(0, min(question_wish, slots))
    parts = [
        PartBounds(activity.minutes.min, activity.minutes.ideal, activity.minutes.ideal)
        for activity in fitting
    ]
    parts += [
        PartBounds(prompt.minutes, max(1, prompt.minutes), prompt.minutes)
        for prompt in fitting_prompts
    ]
    asks = bool(count or request_minutes)
    if asks:
        least = max(request_minutes, min(SHORT_QUESTION, request_minutes + left))
        parts.append(PartBounds(least, max(least, USUAL_QUESTION * count, 1), minutes))
    shares = allot(parts, (), min(minutes, sum(part.max for part in parts)))
    if shares is None:
        raise AssertionError("what was kept in a segment does not fit into it")
    return SegmentShare(
        activities=tuple(map(_planned_activity, fitting, shares)),
        prompts=fitting_prompts,
        unfit=(
            *(activity.title for activity in activities if activity not in fitting),
            *(prompt.text for prompt in prompts if prompt not in fitting_prompts),
        ),
        question_minutes=shares[-1] if asks else 0,
        question_count=count,
    )


def _fitting_activities(activities: Sequence[Activity], minutes: int) -> tuple[Activity, ...]:
    """As many activities as have room for their minimum. Looking back gives way first (R164), then
    what comes last. How to work is agreed whatever else falls away, be it in two sentences
    (R126)."""
    fitting = list(activities)
    while fitting and _least(fitting) > minutes:
        others = [activity for activity in fitting if activity.id not in CONTRACTING]
        if not others and minutes > 0:
            return (_in_short(fitting[0], minutes),)
        reviews = [activity for activity in others if activity.returning]
        fitting.remove((reviews or others or fitting)[-1])
    return tuple(fitting)


def _before_prompts(
    activities: Sequence[Activity], prompts: Sequence[PlannedPrompt], minutes: int
) -> tuple[Activity, ...]:
    """The activities beside which the first prompt fits: in a short session what is asked about
    last time takes the place of a line that says to look back (R164)."""
    first = next((prompt for prompt in prompts if prompt.kind not in UNCOUNTED), None)
    fitting = list(activities)
    while first and _least(fitting) + first.minutes > minutes:
        reviews = [activity for activity in fitting if activity.returning]
        if not reviews:
            return tuple(activities)
        fitting.remove(reviews[-1])
    return tuple(fitting)


def _in_short(activity: Activity, minutes: int) -> Activity:
    return replace(activity, minutes=replace(activity.minutes, min=minutes, ideal=minutes))


def _fitting_prompts(prompts: Sequence[PlannedPrompt], minutes: int) -> tuple[PlannedPrompt, ...]:
    """Prompts in the order given, each while there is room for it; what opens and closes a session
    has it before the others, wherever it is said."""
    fitting_prompts: list[PlannedPrompt] = []
    for prompt in sorted(prompts, key=lambda prompt: prompt.kind not in UNCOUNTED):
        if prompt.minutes <= minutes:
            fitting_prompts.append(prompt)
            minutes -= prompt.minutes
    return tuple(prompt for prompt in prompts if prompt in fitting_prompts)


def _least(activities: Sequence[Activity]) -> int:
    return sum(activity.minutes.min for activity in activities)


def _planned_activity(activity: Activity, minutes: int) -> PlannedActivity:
    return PlannedActivity(
        id=activity.id,
        title=activity.title,
        minutes=minutes,
        coach=activity.coach,
        client=activity.client,
        after_close=activity.after_close,
    )
