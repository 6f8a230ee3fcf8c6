"""The coach's plan of a session: everything needed, in the order it is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.dates import due_words, long_date, short_date
from trajplan.measures.tci import TITLES
from trajplan.pages.document import Document, own_clock_data
from trajplan.pages.page import (
    Block,
    Column,
    Gap,
    Heading,
    Inline,
    Line,
    Page,
    Span,
    Table,
    Text,
    bold,
    code,
    labelled,
    quiet,
    sentence,
)
from trajplan.pages.plan_background import background
from trajplan.pages.plan_reasons import reasons
from trajplan.pages.segments import segment_blocks, timeline, variants
from trajplan.pages.words import (
    noted,
    parked_words,
    pinned_words,
    progress_words,
    sessions,
    standing_line,
    todays_aim,
)
from trajplan.planning.beliefs import TRIED_SINCE
from trajplan.planning.from_records import UrgentDay
from trajplan.planning.kept_in_mind import HardTime, Remembered, RememberedBelief
from trajplan.planning.own_clock import on_own_clock, plan_clocks
from trajplan.planning.plan import Plan, Proposal
from trajplan.planning.spoken import with_label

CARD = (
    "they go home on the card, because today has had its number. `trajplan log-tci` saves them "
    "when they come back"
)
RATINGS: dict[str, Text] = {
    "later": sentence("they can wait; `trajplan log-tci` takes them whenever they are given."),
    "home": sentence(CARD),
}
"""What is said of the ratings where they are not given in the session."""
FOR_YOUR_EYE = " (for your eye, until they speak of it)"
LEADS = "the client, from here on: review, agenda, follow-up. You keep the time"


def plan_page(plan: Plan, explain: bool = False) -> Page:
    """The plan as it lies before the coach."""
    return Page.of(
        f"Session {plan.session} of {plan.of} · {plan.client_name}",
        *(block for _, blocks in sections(plan, explain) for block in blocks),
    )


def sections(plan: Plan, explain: bool = False) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The parts of the page, each with the name under which their lines are counted."""
    yield "records", (*head(plan), *background(plan))
    told = (*timeline(plan), *segment_blocks(plan, explain), *ending(plan))
    yield "session", (Heading("The session"), *told)
    yield "clocks", (*variants(plan),)
    yield "why", (*reasons(plan, explain),)


def clock_rows(plan: Plan) -> Iterator[tuple[str, Text]]:
    """What the client's clock says where the coach's says something else, and an odd hour."""
    if plan.client_clock:
        yield "For them", (plan.client_clock, quiet("; the times below are yours"))
    yield "Clock", sentence(plan.odd_start)


def head(plan: Plan) -> Iterator[Block]:
    """What the session is, what stands, what the client comes with."""
    day = dt.date.fromisoformat(plan.date)
    what = (plan.blueprint_title, f"{plan.phase} phase", plan.method, f"energy {plan.energy}")
    yield session_line(plan, "minutes", what)
    # What was heard in the client's words comes before anything else.
    for proposal in plan.proposals:
        if proposal.words:
            yield heard_line(proposal, ", ".join(proposal.words))
    yield labelled(
        *clock_rows(plan),
        ("Who leads", LEADS if plan.client_leads else ""),
        ("Topics", ", ".join(topic.title for topic in plan.topics if not topic.intake)),
        ("Topics of the intake", ", ".join(topic.title for topic in plan.topics if topic.intake)),
        ("Referral", standing_line(plan.referrals)),
        *(("Pinned", pinned_words(note)) for note in plan.pinned),
        *(("Urgent", urgent_words(plan, urgent)) for urgent in plan.urgent),
        *(("Parked", parked_words(topic, day)) for topic in plan.parked),
        *(
            ("For you to decide", (f"{to_decide(proposal)} ", code(proposal.command)))
            for proposal in plan.proposals
            if not proposal.words
        ),
        ("Destination", plan.destination or "not yet in words"),
        ("Today's step", todays_aim(plan)),
        ("Why this step", plan.step_because),
        ("Change wanted", plan.change),
        ("Not the journey's own session", plan.blueprint_note),
        ("Matters most today", plan.matters_most),
        ("It serves the priority", plan.serves),
        ("Arrives", arrival(plan)),
        ("Stuck point", plan.stuck_point or plan.remembered.stuck_point),
        *_intake(plan),
        *_remembered(plan),
        ("Agreed priorities", " · ".join(plan.priorities)),
        *((f"Objective {number}", text) for number, text in enumerate(plan.objectives, 1)),
        ("Held to it by", plan.accountability),
        *(("Still open from the phase before", text) for text in plan.still_open),
    )


def session_line(plan: Plan, minutes: str, what: Sequence[str]) -> Line:
    """When the session is, with its own word for minutes, and what kind of session."""
    when = f"{long_date(plan.date)} · {plan.start}–{plan.end} · {plan.minutes} {minutes}"
    counted = " (no time agreed)" if plan.clock == "elapsed" else ""
    decision = ["decision session"] if plan.decision else []
    return Line((bold(when), f"{counted} · {' · '.join([*what, *decision])}"))


def to_decide(proposal: Proposal) -> str:
    """What only the coach decides, with the question where there is one."""
    return f"{proposal.why} {proposal.ask}".rstrip()


def heard_line(proposal: Proposal, words: str) -> Line:
    """A proposal with the words of the client that it was heard in."""
    return Line((bold(f"{proposal.why} (heard: {words})"), ": ", code(proposal.command)))


def urgent_words(plan: Plan, urgent: UrgentDay) -> Text:
    """What has a day soon, by the words that name it, and whether another session comes before
    it."""
    ahead = due_words(urgent.day, dt.date.fromisoformat(plan.date))
    sessions = sessions_until(plan, urgent)
    when = urgent.newer.when if urgent.newer else ""
    about = "; ".join(filter(None, (f"{short_date(urgent.day)}, {ahead}", sessions, when)))
    text = urgent.newer.text if urgent.newer else _by_name(plan, urgent.text)
    return (text, quiet(f" ({about})"))


def _by_name(plan: Plan, what: str) -> str:
    """A promise behind the name it was given; any other words as they are."""
    last = plan.from_last_time
    promises = (promise for promise in (last.promises if last else ()) if promise.what == what)
    return next((with_label(what, promise.label) for promise in promises), what)


def sessions_until(plan: Plan, urgent: UrgentDay) -> str:
    """What is to be known of the next session where it does not come before that day."""
    if not urgent.alone or urgent.promise or urgent.day <= plan.date:
        return ""
    ahead = plan.prepares_for
    if ahead.session and ahead.date == urgent.day:
        return f"the day of session {ahead.session}"
    return "no session before then"


def _intake(plan: Plan) -> Iterator[tuple[str, Text]]:
    """What the intake brings to the first session; the last lines are for the coach's eye."""
    intake = plan.intake
    if intake is None:
        return
    for question in intake.own_questions:
        yield "Their own question", question
    directions = " · ".join(intake.paths)
    if intake.path_count and not directions:
        directions = f"{intake.path_count}, not named"
    yield "Directions they name", directions
    yield from for_your_eye(plan, intake.fears, unsaid_money(plan, intake.money))


def unsaid_money(plan: Plan, money: Iterable[str]) -> tuple[str, ...]:
    """What stays unsaid of money: an agreed priority is spoken of."""
    return tuple(line for line in money if line not in plan.priorities)


def for_your_eye(
    plan: Plan, fears: Iterable[str], money: Iterable[str]
) -> Iterator[tuple[str, Text]]:
    """What they fear and what they said of money."""
    for label, lines in (("Fears", fears), ("Money", money)):
        for texts, eye in by_the_eye(plan, lines):
            yield label, (" · ".join(texts), eye)


def by_the_eye(plan: Plan, lines: Iterable[str]) -> Iterator[tuple[list[str], Span]]:
    """What they have spoken of since, then what stays unsaid until they do, each with what stands
    behind it."""
    texts = [*lines]
    spoken = [text for text in texts if text in plan.remembered.spoken]
    unsaid = [text for text in texts if text not in spoken]
    # Each has its mark: they may speak of one and not of another.
    unsaid[:-1] = [f"{text} (for your eye)" for text in unsaid[:-1]]
    yield from (
        (found, quiet(eye)) for found, eye in ((spoken, ""), (unsaid, FOR_YOUR_EYE)) if found
    )


def _remembered(plan: Plan) -> Iterator[tuple[str, Text]]:
    """What is to be kept in mind, whatever the session is about."""
    remembered = plan.remembered
    yield "Stuck point now", remembered.stuck_now
    for belief in remembered.beliefs:
        yield "Belief", belief_words(belief)
    yield "Directions they name", " · ".join(remembered.paths)
    yield "Must have", " · ".join(remembered.must_haves)
    yield from for_your_eye(plan, remembered.fears, unsaid_money(plan, remembered.money))
    yield "Hard day", remembered.hard_day
    yield from agreed_rows(remembered)
    for time in remembered.hard:
        yield hard_row(time)
    for words in (*remembered.since, *remembered.moved):
        yield "Since then", words
    pinned = {note.text for note in plan.pinned}
    for note in remembered.notes:
        if note in pinned:
            continue
        yield "Your note", noted(note, remembered.noted.get(note, ""))
    yield "Rated with", remembered.rating_note


def hard_row(time: HardTime) -> tuple[str, Text]:
    """What they went through, or the note on it, with when that was."""
    label = "They asked" if time.asks else "Went through"
    label = "Earlier note" if time.noted else label
    if not time.text:
        return label, time.when
    return label, noted(time.text, time.when)


def belief_words(belief: RememberedBelief) -> tuple[Inline, ...]:
    """A belief as the client said it, how far it has been looked at, and what was found."""
    said = f"{belief.text} (the gist)" if belief.wording == "gist" else f"“{belief.text}”"
    waits = f"{still_untested(belief)}: {belief.untested}" if belief.untested else ""
    return (said, quiet(f" ({looked_at(belief, waits)})"))


def still_untested(belief: RememberedBelief) -> str:
    """What is said of a step that may test a belief and waits."""
    tried = any(words.startswith(TRIED_SINCE) for words in belief.found)
    return "one more step waits" if tried else "not tested yet"


def looked_at(belief: RememberedBelief, waits: str) -> str:
    """How far a belief has been looked at, what was found, and that a step `waits`."""
    heard = f"heard in session {belief.heard_in}" if belief.heard_in else "from the beginning"
    came_up = f"in the plan of {sessions(belief.sessions)}" if belief.sessions else heard
    state = came_up if belief.status == "open" else belief.status
    return "; ".join(filter(None, (state, *belief.found, waits)))


def agreed_rows(remembered: Remembered) -> Iterator[tuple[str, str]]:
    """What was agreed on who hears what."""
    yield "Sponsor", remembered.sponsor
    yield "Shared", remembered.shared
    yield "Confidential", remembered.limits
    yield "Records", remembered.records
    yield "Agreed", remembered.agreed_besides


def arrival(plan: Plan) -> str:
    """Mood and movement since last time, from the check-in; empty without one."""
    moved = progress_words(plan.progress)
    parts = [plan.mood, f"moved since last time: {moved}" if moved else ""]
    return "; ".join(part for part in parts if part)


def prepares_for(plan: Plan) -> str:
    """The session ahead with its day, and its step."""
    ahead = plan.prepares_for
    day = f" on {short_date(ahead.date)}" if ahead.date else ""
    return f"session {ahead.session}{day}: {ahead.step}" if ahead.session else ahead.step


def ending(plan: Plan) -> Iterator[Block]:
    """What it leads to, what is handed out, and room for parked topics and ratings."""
    yield Heading("At the end")
    yield labelled(
        ("Prepares for", prepares_for(plan)),
        *(("Milestone due", f"☐ {criterion}") for criterion in plan.milestone),
        *(
            ("Hand out", (f"{form.title} (", code(blank_command(form.worksheet)), ")"))
            for form in plan.hands_out
        ),
        ("The ending still needs", "; ".join(plan.ending)),
        ("Parked today", (Gap(),)),
        ("Ratings", RATINGS.get(plan.ratings, "")),
    )
    if plan.ratings == "session":
        columns = (*TITLES.values(), *(() if plan.satisfaction_home else ("Satisfaction",)))
        question = Column("Where do you stand right now? (1–10)", short="1–10")
        yield Table((question, *columns), (("rating", *(((Gap(3),),) * len(columns))),))


def blank_command(worksheet: str) -> str:
    """The command that prints a worksheet to fill in."""
    return f"trajplan worksheets blank {worksheet}"


def coach_plan(
    plan: Plan,
    *,
    explain: bool = False,
    full: bool = False,
    own_zone: str = "",
) -> Document:
    """The plan; `explain` adds why each question was chosen. A terminal gets the plan at the door,
    unless it is to be `full`.

    `own_zone`: the coach's, by whose clock the page goes; the data keep the client's.
    """
    own = on_own_clock(plan, own_zone)
    return Document(
        page=lambda: plan_page(own, explain),
        at_the_door=None if full or explain else lambda: _door(own),
        data=lambda: _data(plan, explain, own_zone),
    )


def _door(plan: Plan) -> Page:
    # Only a terminal shows it.
    from trajplan.pages.door import door

    return door(plan)


def _data(plan: Plan, explain: bool, own_zone: str) -> dict[str, Any]:
    """The documented keys of `prep session --format json`, and the plan's others beside them."""
    data: dict[str, Any] = to_builtins(plan)
    if not explain:
        del data["considered"]
        for segment in data["segments"]:
            for question in segment["questions"]:
                del question["score"], question["reasons"]
    del data["client_clock"], data["odd_start"]
    data["own_clock"] = own_clock_data(plan_clocks(plan, own_zone))
    return data
