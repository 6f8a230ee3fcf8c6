"""The echo: the client's own first words, asked again half-way and at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trajplan.content.model import Prompt
from trajplan.planning.plan import EchoWords, PlannedPrompt
from trajplan.planning.prompts import filled
from trajplan.planning.request import Facts

QUESTIONS = ("stuck_point", "destination", "takeaways")
"""In the order in which they are asked."""


def echo_sessions(total: int) -> tuple[int, ...]:
    """The middle session and the last; never the first, whose words they are: 6 and 12 of 12."""
    return tuple(one for one in dict.fromkeys(((total + 1) // 2, total)) if one > 1)


def echoed(facts: Facts, *, energy: str, decision: bool) -> tuple[EchoWords, ...]:
    """The words this session asks for again; what was never said is not asked after.

    A tired client, or one with a decision on the table, is only asked about the destination.
    """
    if facts.number not in echo_sessions(facts.total):
        return ()
    there = tuple(one for one in facts.echo if one.then)
    if energy == "low" or decision:
        return tuple(one for one in there if one.question == "destination") or there[:1]
    return there


def echo_prompts(
    prompts: Mapping[str, Prompt], echo: Sequence[EchoWords]
) -> dict[str, PlannedPrompt]:
    """A prompt for each of the words, by question."""
    return {
        one.question: filled(prompts["first-words"], one.question, words=one.then) for one in echo
    }
