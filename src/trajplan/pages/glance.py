"""The plan at a glance: what to have in mind four minutes before the client arrives.

At most twenty lines: destination, promises, the question that went home, three questions, clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct, to_builtins

from trajplan.dates import due_words, short_date
from trajplan.pages.document import Document
from trajplan.pages.page import Page, labelled
from trajplan.pages.words import STATUSES, standing_line
from trajplan.planning.own_clock import on_own_clock, plan_clocks
from trajplan.planning.plan import Plan, PlannedQuestion
from trajplan.text import shortened

LINES = 20
QUESTIONS = 3
PROMISES = 3
STANDING = 2
"""Pinned notes, and parked topics, that it shows."""
ONE_LINE = 62
"""Letters that fit beside a label on one line of 80 columns; promises and steps get one line."""
TWO_LINES = 124


class Glance(Struct, frozen=True, kw_only=True):
    """Labels and what they say, in the order in which they are needed."""

    title: str
    rows: tuple[tuple[str, str], ...]


def glance(plan: Plan, own_zone: str = "") -> Document:
    """The glance as a document, by the coach's own clock where their zone is known."""
    clocks = plan_clocks(plan, own_zone)
    picked = pick(
        on_own_clock(plan, own_zone), f"{clocks.start} in {clocks.zone}" if clocks else ""
    )
    return Document(
        page=lambda: Page.of(picked.title, labelled(*picked.rows)),
        data=lambda: to_builtins(picked),
    )


def pick(plan: Plan, for_them: str = "") -> Glance:
    """What matters in a plan. `for_them`: what the client's clock says, where that is different."""
    standing = tuple(_standing(plan))
    rows = [
        *standing,
        (
            "Destination",
            shortened(plan.destination or "not yet in words", ONE_LINE if standing else TWO_LINES),
        ),
        ("Today", shortened(plan.step, ONE_LINE)),
    ]
    last = None if plan.holding else plan.from_last_time
    if last:
        for commitment in last.commitments[:PROMISES]:
            status = STATUSES[commitment.status]
            rows.append(("Promised", f"{shortened(commitment.what, ONE_LINE - 10)} ({status})"))
        rows.append(("Inquiry", shortened(last.inquiry or "none went home", TWO_LINES)))
    if plan.matters_most:
        rows.append(("Matters most", shortened(plan.matters_most, ONE_LINE)))
    asked = _three(plan)[: QUESTIONS - (len(standing) > 1)]
    rows += [("Ask", _asked(question)) for question in asked]
    clock = [f"{segment.start} {shortened(segment.title, 14)}" for segment in plan.segments]
    them = [f"for them it begins at {for_them}"] if for_them else []
    rows.append(("Clock", " · ".join([*clock, f"{plan.end} end", *them])))
    title = (
        f"Session {plan.session} · {shortened(plan.client_name, 30)} · "
        f"{short_date(plan.date)} · {plan.minutes} min"
    )
    return Glance(title=title, rows=tuple(rows))


def _standing(plan: Plan) -> Iterator[tuple[str, str]]:
    """What must not be lost, a line each: danger, what stands of referrals, two pinned notes, two
    parked topics, and how many more there are (R128)."""
    day = dt.date.fromisoformat(plan.date)
    pinned = [note.text for note in plan.pinned]
    parked = [
        f"{due_words(topic.due, day)}: {topic.text}" if topic.due else topic.text
        for topic in plan.parked
    ]
    for proposal in plan.proposals:
        if proposal.kind == "safety":
            yield "First", shortened(proposal.why, TWO_LINES)
    if plan.referrals:
        yield "Referral", shortened(standing_line(plan.referrals), ONE_LINE)
    for label, lines in (("Pinned", pinned), ("Parked", parked)):
        more = len(lines) - STANDING
        for index, text in enumerate(lines[:STANDING], 1):
            end = f" (+{more})" if more > 0 and index == STANDING else ""
            yield label, shortened(text, ONE_LINE - len(end)) + end


def _asked(question: PlannedQuestion) -> str:
    """A question, with the number given last time where there is one."""
    before = f" (last time {question.last_answer.value})" if question.last_answer else ""
    return shortened(question.text, TWO_LINES - len(before)) + before


def _three(plan: Plan) -> list[PlannedQuestion]:
    """The widest question, the one that may change most, and the one that travels home."""
    exploring = _questions(plan, "strategic_inquiry", "insight_generation")
    home = plan.home_questions
    changing = [question for question in exploring if question.level == "transformational"]
    picked = [*exploring[:1], *changing[:1], *home[-1:], *exploring[1:]]
    chosen = set(list(dict.fromkeys(question.id for question in picked))[:QUESTIONS])
    return [question for question in (*exploring, *home) if question.id in chosen]


def _questions(plan: Plan, *components: str) -> list[PlannedQuestion]:
    return [
        question
        for segment in plan.segments
        if segment.component in components
        for question in segment.questions
    ]
