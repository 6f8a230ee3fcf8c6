"""The agenda that lies on the table, made from a type that has no coach-only field (R119).

No level, no score, no coach's line, no finding can reach the client, because `ClientPlan` has no
place for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trajplan.codec import to_plain
from trajplan.dates import long_date
from trajplan.pages.document import Document, render
from trajplan.pages.echo import NAMES, told
from trajplan.pages.words import DISCLAIMER
from trajplan.planning.plan import FirstWords, Plan, PlannedSegment

METHOD_LINES = {
    "directive": "How we work today: we go step by step toward a goal that is already clear.",
    "exploratory": "How we work today: we follow what matters, and end with one action.",
    "integrative": "How we work today: first we look around, then we decide what follows from it.",
}
"""R21: the client is told how the session works, in one line."""
HOLDING_LINE = "How we work today: slowly. Nothing has to be decided, and nothing has to be done."

PLAIN = {
    "context_setting": "Arriving",
    "strategic_inquiry": "Looking around",
    "insight_generation": "What becomes clear",
    "action_design": "What follows from it",
    "momentum_planning": "Until we meet again",
    "break": "A short break",
}
"""For segments that say nothing to the client; the coach's own title never reaches the agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One line of the agenda; `start` is a clock time, or minutes from the start without one."""

    start: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPlan:
    """What the client sees of a session."""

    client_name: str
    session: int
    of: int
    date: str
    start: str
    """Empty when no start time has been agreed."""
    end: str
    minutes: int
    destination: str
    step: str
    matters_most: str
    serves: str
    """The client's own agreed priority that today's topic serves."""
    promises: tuple[str, ...]
    inquiry: str
    items: tuple[AgendaItem, ...]
    method_line: str
    worksheets: tuple[str, ...]
    """What the client filled in and today's session may come back to."""
    at_home: tuple[str, ...]
    """Forms to fill in after the session."""
    first_words: tuple[FirstWords, ...] = ()
    """The client's own words of the beginning that today's session asks for again."""


def client_view(plan: Plan) -> ClientPlan:
    """Take over what the client may see, and nothing else."""
    timed = plan.clock == "wall"
    passed = 0
    items = []
    for segment in plan.segments:
        text = segment.client or _from_activities(segment) or PLAIN[segment.component]
        items.append(AgendaItem(start=segment.start if timed else str(passed), text=text))
        passed += segment.minutes
    # A session that holds lays nothing on the table that asks for something.
    last = None if plan.holding else plan.from_last_time
    return ClientPlan(
        client_name=plan.client_name,
        session=plan.session,
        of=plan.of,
        date=plan.date,
        start=plan.start if timed else "",
        end=plan.end if timed else "",
        minutes=plan.minutes,
        destination="" if plan.holding else plan.destination,
        step=plan.step,
        matters_most=plan.matters_most,
        serves=plan.serves,
        promises=tuple(one.what for one in last.commitments) if last else (),
        inquiry=last.inquiry if last else "",
        items=tuple(items),
        method_line=HOLDING_LINE if plan.holding else METHOD_LINES[plan.method],
        worksheets=tuple(
            one.title for one in plan.worksheets if one.for_client and not plan.holding
        ),
        at_home=() if plan.holding else tuple(one.title for one in plan.hands_out),
        first_words=plan.echo,
    )


def _from_activities(segment: PlannedSegment) -> str:
    """What a segment without a line for the client is about: what is done in it."""
    return ", ".join(one.client for one in segment.activities if one.client)


def agenda(plan: ClientPlan) -> Document:
    """The agenda as a document."""

    def terminal() -> Any:
        from rich.text import Text

        from trajplan.pages.look import TITLE, heading, labelled, say, stacked

        when = long_date(plan.date)
        if plan.start:
            when += f" · {plan.start}–{plan.end}"
        pairs = [("Where you are going", plan.destination)] if plan.destination else []
        pairs.append(("Today", plan.step))
        if plan.matters_most:
            pairs.append(("What matters most", plan.matters_most))
        if plan.serves:
            pairs.append(("It serves", plan.serves))
        pairs += [("You took on", one) for one in plan.promises]
        if plan.inquiry:
            pairs.append(("Your question", plan.inquiry))
        if plan.worksheets:
            pairs.append(("You filled in", " · ".join(plan.worksheets)))
        if plan.at_home:
            pairs.append(("To take home", " · ".join(plan.at_home)))
        pairs += [(f"{NAMES[one.question]} then", told(one)) for one in plan.first_words]
        rows = [(one.start, one.text) for one in plan.items]
        rows.append((plan.end or str(plan.minutes), "End"))
        return stacked(
            [
                say(f"{plan.client_name} · session {plan.session} of {plan.of}", TITLE),
                say(when),
                Text(),
                labelled(pairs),
                Text(),
                heading("Agenda"),
                labelled(rows),
                Text(),
                say(plan.method_line),
                say(DISCLAIMER, "dim"),
            ]
        )

    return Document(
        markdown=lambda: render("client_plan.md.j2", plan=plan, echo_names=NAMES),
        terminal=terminal,
        data=lambda: to_plain(plan),
    )
