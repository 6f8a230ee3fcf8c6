"""How a session ends: in the client's words, then with numbers and dates (R165)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from trajplan.content.model import Journey, Prompt, Segment
from trajplan.planning.care import Care
from trajplan.planning.plan import PlannedPrompt
from trajplan.planning.prompts import say_prompt

PROMPT = "client-closes"
CLOSE_MINUTES = 5
"""What the client's close takes, at every length."""
ORDER = ("wanted", "summary", "self", "celebrate", "hold", "left")
"""What the client says at the end, in this order."""
UNLESS_SAID = ("self", "celebrate", "hold")
"""What stands beside their summary, for the coach to ask where they haven't said it: six questions
in a row are a form."""
GENTLE = "gentle"
"""All that is asked on a day on which they bring something hard to bear."""
RING = "ring"
"""What is asked in place of the summary as long as somebody may be in danger."""
GOODBYE, GOODBYE_GENTLY = "goodbye", "goodbye_gently"
"""What ends the last session, and what does where that word would be heard as another goodbye."""
BRINGS_TOGETHER = "integrate"
"""The journey stage in which a plan gathers what all earlier sessions left (R8, R11), and from
which on the client leads (R165)."""


def closing_prompts(
    prompts: Mapping[str, Prompt], turn: int, care: Care, *, parting: bool = False
) -> tuple[PlannedPrompt, ...]:
    """The questions of the last five minutes, each in the wording whose turn it is: three, and
    beside the summary those that are asked unless it has been said, but for what today spares; a
    single one on a hard day. While somebody may be in danger, whom they can ring is one of them."""
    said = {
        case: replace(say_prompt(prompts[PROMPT], case, turn + index), kind="close")
        for index, case in enumerate((*ORDER, GENTLE, RING, GOODBYE, GOODBYE_GENTLY))
    }
    in_danger = care.danger_today or care.danger_pinned
    if care.bears_today:
        return (said[GENTLE], *((said[RING],) if in_danger else ()))
    unless_said = [said[case] for case in UNLESS_SAID if case not in care.spared]
    summary = replace(
        said["summary"],
        minutes=sum(planned.minutes for planned in (said["summary"], *unless_said)),
        beside=" · ".join(planned.text for planned in unless_said),
    )
    # Asked in passing, without a minute of its own.
    goodbye = GOODBYE_GENTLY if care.spares_goodbyes else GOODBYE
    last = said[goodbye if parting else "left"]
    return (
        said["wanted"],
        said[RING] if in_danger else summary,
        replace(last, minutes=0),
    )


def closing_segment(segments: Sequence[Segment]) -> Segment:
    """The segment the session ends with."""
    return [segment for segment in segments if segment.component == "momentum_planning"][-1]


def client_leads(journey: Journey, phase: str) -> bool:
    """Whether the client leads review, agenda and follow-up in this phase: from the one that brings
    things together on. In a journey without one the lead stays with the coach."""
    phases = [part.id for part in journey.phases]
    leading = [index for index, part in enumerate(journey.phases) if BRINGS_TOGETHER in part.stages]
    return bool(leading) and phase in phases[leading[0] :]
