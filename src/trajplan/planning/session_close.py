"""How a session ends: in the client's words, then with numbers and dates (R165)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from trajplan.content.model import Journey, Prompt, Segment
from trajplan.planning.care import Care
from trajplan.planning.plan import PlannedPrompt
from trajplan.planning.prompts import say_prompt

CLOSE = "close"
"""The kind of these prompts. They stand outside the count of questions (R57); their minutes are
booked before any activity's, in every session alike."""
PROMPT = "client-closes"
CLOSE_MINUTES = 5
"""What the client's close takes, at every length."""
ORDER = ("wanted", "summary", "self", "celebrate", "hold", "left")
"""What the client is asked, in this order."""
GENTLE = "gentle"
"""All that is asked on a day on which they bring something hard to bear."""
IN_PASSING = "left"
"""Asked without a minute of its own: six questions in five minutes."""
BRINGS_TOGETHER = "integrate"
"""The journey stage in which a plan gathers what all earlier sessions left (R8, R11), and from
which on the client leads (R165)."""


def closing_prompts(
    prompts: Mapping[str, Prompt], turn: int, care: Care
) -> tuple[PlannedPrompt, ...]:
    """The questions of the last five minutes, each in the wording whose turn it is: six, but for
    those that today spares, and a single one on a hard day."""
    prompt = prompts[PROMPT]
    cases = (GENTLE,) if care.bears_today else ORDER
    in_order = [
        replace(say_prompt(prompt, case, turn + index), kind=CLOSE)
        for index, case in enumerate(cases)
        if case not in care.spared
    ]
    return tuple(
        replace(planned, minutes=0) if planned.case == IN_PASSING else planned
        for planned in in_order
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
