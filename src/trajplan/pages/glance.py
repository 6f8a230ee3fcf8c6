"""The plan at a glance: what to have in mind four minutes before the client arrives.

At most twenty lines: destination, promises, last inquiry, three questions, clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.dates import short_date
from trajplan.pages.document import Document
from trajplan.pages.text import markdown, shortened
from trajplan.pages.words import STATUSES
from trajplan.planning.plan import Plan, PlannedQuestion

LINES = 20
QUESTIONS = 3
PROMISES = 3
ONE_LINE = 62
"""Letters that fit beside a label on one line of 80 columns; promises and steps get one line."""
TWO_LINES = 124


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Labels and what they say, in the order in which they are needed."""

    title: str
    rows: tuple[tuple[str, str], ...]


def at_a_glance(plan: Plan) -> Glance:
    """Pick what matters from a plan."""
    rows = [
        ("Destination", shortened(plan.destination or "not yet in words", TWO_LINES)),
        ("Today", shortened(plan.step, ONE_LINE)),
    ]
    last = None if plan.holding else plan.from_last_time
    if last:
        for one in last.commitments[:PROMISES]:
            status = STATUSES[one.status]
            rows.append(("Promised", f"{shortened(one.what, ONE_LINE - 10)} ({status})"))
        rows.append(("Inquiry", shortened(last.inquiry or "none went home", TWO_LINES)))
    if plan.matters_most:
        rows.append(("Matters most", shortened(plan.matters_most, ONE_LINE)))
    rows += [("Ask", _asked(one)) for one in _three(plan)]
    clock = [f"{one.start} {shortened(one.title, 14)}" for one in plan.segments]
    rows.append(("Clock", " · ".join([*clock, f"{plan.end} end"])))
    title = (
        f"Session {plan.session} · {shortened(plan.client_name, 30)} · "
        f"{short_date(plan.date)} · {plan.minutes} min"
    )
    return Glance(title=title, rows=tuple(rows))


def _asked(one: PlannedQuestion) -> str:
    """A question, with the number given last time where there is one."""
    before = f" (last time {one.last_answer.value})" if one.last_answer else ""
    return shortened(one.text, TWO_LINES - len(before)) + before


def _three(plan: Plan) -> list[PlannedQuestion]:
    """The widest question, the one that may change most, and the one that travels home."""
    inquiry = [
        one
        for segment in plan.segments
        if segment.component in ("strategic_inquiry", "insight_generation")
        for one in segment.questions
    ]
    home = [
        one
        for segment in plan.segments
        if segment.component == "momentum_planning"
        for one in segment.questions
    ]
    changing = [one for one in inquiry if one.level == "transformational"]
    picked = [*inquiry[:1], *changing[:1], *home[:1], *inquiry[1:]]
    chosen = set(list(dict.fromkeys(one.id for one in picked))[:QUESTIONS])
    return [one for one in (*inquiry, *home) if one.id in chosen]


def glance(plan: Plan) -> Document:
    """The glance as a document."""
    found = at_a_glance(plan)

    def terminal() -> Any:
        from trajplan.pages.look import TITLE, labelled, say, stacked

        return stacked([say(found.title, TITLE), labelled(list(found.rows))])

    return Document(
        markdown=lambda: _markdown(found), terminal=terminal, data=lambda: to_plain(found)
    )


def _markdown(found: Glance) -> str:
    lines = [f"# {markdown(found.title)}", ""]
    lines += [f"- **{name}:** {markdown(text)}" for name, text in found.rows]
    return "\n".join(lines) + "\n"
