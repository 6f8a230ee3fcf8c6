"""The coach's plan of a session: everything needed, in the order it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from trajplan.dates import long_date, short_date
from trajplan.pages.comparison import comparison_blocks
from trajplan.pages.document import Document
from trajplan.pages.indicators import indicator_gauge, planned_state
from trajplan.pages.page import (
    LEVEL_MARKS,
    Bars,
    Block,
    Bullets,
    Column,
    Gap,
    Heading,
    Item,
    Line,
    Page,
    Pair,
    Span,
    Table,
    Text,
    bold,
    code,
    italic,
    labelled,
    quiet,
    sentence,
)
from trajplan.pages.segments import segment_blocks, timeline
from trajplan.pages.words import (
    FACTORS,
    FIRST_WORDS,
    STATUSES,
    contact_line,
    goal_line,
    path_text,
    sessions,
    signed,
    standing_line,
    with_answers,
)
from trajplan.planning.comparison import Comparison
from trajplan.planning.plan import (
    EarlierJourney,
    FromLastTime,
    HandOutReturn,
    Plan,
    PlanFinding,
    PlannedCommitment,
    StripRow,
    SynthesisLine,
)
from trajplan.text import shortened

PLACES = {
    "distress": "distress",
    "energy": "energy",
    "pleasant-not-moving": "pleasant, not moving",
    "phase": "the phase",
}


def coach_plan(
    plan: Plan, *, explain: bool = False, comparison: Comparison | None = None
) -> Document:
    """The whole plan; `explain` adds why each question was chosen, `comparison` the plan without
    the records."""
    return Document(
        page=lambda: page(plan, explain, comparison),
        data=lambda: _data(plan, explain, comparison),
    )


def page(plan: Plan, explain: bool = False, comparison: Comparison | None = None) -> Page:
    """The plan as it lies before the coach."""
    return Page(
        f"Session {plan.session} of {plan.of} · {plan.client_name}",
        (
            *_head(plan),
            *(_earlier(plan.earlier_journey) if plan.earlier_journey else ()),
            *(_last_time(plan, plan.from_last_time) if plan.from_last_time else ()),
            *_records(plan),
            Heading("The session"),
            *timeline(plan),
            *segment_blocks(plan, explain),
            *_ending(plan),
            *_otherwise(plan),
            *_why(plan, explain),
            *(comparison_blocks(plan, comparison) if comparison else ()),
        ),
    )


def _head(plan: Plan) -> Iterator[Block]:
    when = f"{long_date(plan.date)} · {plan.start}–{plan.end} · {plan.minutes} minutes"
    counted = " (counted from 0; no start time agreed)" if plan.clock == "elapsed" else ""
    what = [plan.blueprint_title, f"{plan.phase} phase", plan.method, f"energy {plan.energy}"]
    if plan.decision:
        what.append("decision session")
    yield Line((bold(when), f"{counted} · {' · '.join(what)}"))
    yield labelled(
        [
            ("Referral", standing_line(plan.referrals)),
            ("Destination", plan.destination or "not yet in words"),
            ("Today's step", plan.step),
            ("Change wanted", plan.change),
            ("Not the journey's own session", plan.blueprint_note),
            ("Matters most today", plan.matters_most),
            ("It serves the priority", plan.serves),
            ("Arrives", _arrival(plan)),
            ("Stuck point", plan.stuck_point),
            ("Agreed priorities", " · ".join(plan.priorities)),
            *((f"Objective {number}", text) for number, text in enumerate(plan.objectives, 1)),
            ("Held to it by", plan.accountability),
            *(("Still open from the phase before", text) for text in plan.still_open),
        ]
    )


def _arrival(plan: Plan) -> str:
    """Mood and movement since last time, from the check-in; empty without one."""
    moved = ", ".join(f"{factor} {value}" for factor, value in plan.progress.items())
    parts = [plan.mood, f"moved since last time: {moved}" if moved else ""]
    return "; ".join(part for part in parts if part)


def _earlier(journey: EarlierJourney) -> tuple[Block, ...]:
    """What the engagement before this one left; empty parts have no lines."""
    ended = f" to {short_date(journey.ended)}" if journey.ended else ""
    held = f"{journey.held} of {journey.of} sessions held"
    return (
        Heading(f"From the journey before ({short_date(journey.began)}{ended}, {held})"),
        labelled(
            [
                ("Destination then", journey.destination),
                *(("Took away last", takeaway) for takeaway in journey.takeaways),
                ("Question that went home", journey.inquiry),
                *(("Still open then", commitment) for commitment in journey.commitments),
                *(("Believed then", assumption) for assumption in journey.assumptions),
            ]
        ),
    )


def _last_time(plan: Plan, last: FromLastTime) -> Iterator[Block]:
    yield Heading(f"From last time (session {last.session}, {short_date(last.date)})")
    if not last.wrapped:
        yield Line(f"Session {last.session} was not wrapped; what it left is not known.")
    chosen = ""
    if last.holding:
        chosen = "The session held what had happened; nothing had to be chosen."
    elif last.wrapped:
        chosen = "No commitment was chosen."
    at_home = (f"{form.title} (session {form.session})" for form in plan.at_home)
    yield labelled(
        [
            ("Focus then", last.focus),
            *(_commitment("Promised", commitment) for commitment in last.commitments),
            ("Commitments", "" if last.commitments else chosen),
            *(_commitment("Still open from earlier", commitment) for commitment in last.earlier),
            ("Inquiry that went home", last.inquiry),
            *(("Took home to fill in", _handed_out(form)) for form in last.handed_out),
            ("Took away", " · ".join(last.takeaways)),
            ("Ratings", _ratings(last)),
            ("Not back yet", " · ".join(at_home)),
            ("Parked", " · ".join(last.parked)),
            ("The frame changed", last.frame_change),
            *(("Your note", note) for note in last.notes),
        ]
    )


def _commitment(label: str, commitment: PlannedCommitment) -> Pair:
    """What was promised, with the client's own criterion (R96) and what became of it."""
    waited = f", waited {commitment.misses} times" if commitment.misses > 1 else ""
    state = f"({STATUSES[commitment.status]}{waited}, by {short_date(commitment.when)})"
    below: list[Text] = [
        (italic(f"{name}:"), f" {text}")
        for name, text in (
            ("Known by", commitment.how_will_i_know),
            ("Learnt", commitment.learned),
            ("Serves", path_text(commitment.path)),
            *(("Since then", contact_line(contact)) for contact in commitment.contacts),
        )
        if text
    ]
    return Pair(label, (commitment.what, " ", quiet(state)), tuple(below))


def _handed_out(form: HandOutReturn) -> str:
    """A worksheet that went home, and whether it came back."""
    back = f"filled in {short_date(form.filled)}" if form.filled else "not yet back"
    return f"{form.title} ({back})"


def _ratings(last: FromLastTime) -> str:
    """Ratings of last time with their changes, on one line; empty when nothing was rated."""
    if not last.ratings:
        return ""
    parts = [
        f"{rating.factor} {rating.value}"
        + (f" ({signed(rating.change)})" if rating.change is not None else "")
        for rating in last.ratings
    ]
    if last.satisfaction is not None:
        parts.append(f"satisfaction {last.satisfaction}")
    if "first_entry" in last.flags:
        parts.append("first entry")
    if "pleasant_not_moving" in last.flags:
        parts.append("pleasant, not moving")
    return ", ".join(parts)


def _records(plan: Plan) -> Iterator[Block]:
    """What the records bring to this session, beside what last time left."""
    if plan.gathered:
        yield Heading("What has gathered so far")
        yield labelled((line.label, _gathered(line)) for line in plan.gathered)
    if plan.goals or plan.indicators:
        anew = " (to be read anew at the check-in)" if plan.indicators else ""
        yield Heading(f"Goals and indicators{anew}")
    if plan.goals:
        yield labelled((f"Goal {goal.id}", goal_line(goal)) for goal in plan.goals)
    if plan.indicators:
        read = sum(indicator.value is not None for indicator in plan.indicators)
        yield Bars(
            tuple(indicator_gauge(planned_state(indicator)) for indicator in plan.indicators),
            f"Indicators with a reading: {read} of {len(plan.indicators)}.",
        )
    if plan.worksheets:
        yield Heading("From worksheets")
        yield Bullets(
            tuple(
                Item((bold(note.title), f" ({short_date(note.date)}):"), below=note.lines)
                for note in plan.worksheets
            )
        )
    if echoed := with_answers(plan.echo):
        yield Heading("First words")
        yield labelled(
            Pair(
                f"{FIRST_WORDS[words.question]} at the beginning",
                words.then,
                tuple(f"Session {answer.session}: {answer.text}" for answer in words.answers),
            )
            for words in echoed
        )


def _gathered(line: SynthesisLine) -> Text:
    if not line.sessions:
        return line.text
    return (line.text, quiet(f" ({sessions(line.sessions)})"))


def _ending(plan: Plan) -> Iterator[Block]:
    ahead = plan.prepares_for
    day = f" on {short_date(ahead.date)}" if ahead.date else ""
    step = f"session {ahead.session}{day}: {ahead.step}" if ahead.session else ahead.step
    yield Heading("At the end")
    wait = sentence("they can wait; `trajplan log-tci` takes them whenever they are given.")
    yield labelled(
        [
            ("Prepares for", step),
            *(("Milestone due", f"☐ {criterion}") for criterion in plan.milestone),
            *(
                ("Hand out", (f"{form.title} (", code(_blank_command(form.worksheet)), ")"))
                for form in plan.hands_out
            ),
            ("The ending still needs", "; ".join(plan.ending)),
            ("Parked today", (Gap(),)),
            ("Ratings", wait if plan.holding else ""),
        ]
    )
    if not plan.holding:
        columns = (*FACTORS.values(), "Satisfaction")
        question = Column("Where do you stand right now? (1–10)", short="1–10")
        yield Table((question, *columns), (("rating", *(((Gap(3),),) * len(columns))),))


def _blank_command(worksheet: str) -> str:
    return f"trajplan worksheets blank {worksheet}"


def _otherwise(plan: Plan) -> Iterator[Block]:
    """Where a session that went elsewhere closes, and the plan's minutes under other conditions."""
    questions = " ".join(
        f"({number}) {question}" for number, question in enumerate(plan.went_elsewhere, 1)
    )
    variants = [(row, _strip_cells(plan, row)) for row in plan.strip]
    own = (f"{segment.minutes}′ {segment.start}" for segment in plan.segments)
    yield Heading("If it goes differently")
    yield Line(f"Went elsewhere: {questions}")
    yield Table(
        (
            "if",
            *(Column(part.title, short=part.id, folds=True) for part in plan.segments),
        ),
        (
            ("as planned", *own),
            *((row.label, *cells) for row, cells in variants if set(cells) != {GONE}),
        ),
    )
    notes = [
        f"{row.label}: {note}"
        for row, _ in variants
        if (note := "; ".join(_strip_notes(plan, row)))
    ]
    if notes:
        yield Bullets(tuple(notes))


GONE = "–"


def _strip_cells(plan: Plan, row: StripRow) -> Sequence[str]:
    """Minutes and clock of a variant under the plan's own segments."""
    cells = {
        name: f"{minutes}′ {start}"
        for name, minutes, start in zip(row.ids, row.minutes, row.starts, strict=True)
    }
    return tuple(cells.get(segment.id, GONE) for segment in plan.segments)


def _strip_notes(plan: Plan, row: StripRow) -> Iterator[str]:
    """What a variant has that the plan has not, and what else is to be said of it."""
    own = {segment.id for segment in plan.segments}
    for name, title, minutes, start in zip(
        row.ids, row.segments, row.minutes, row.starts, strict=True
    ):
        if name not in own:
            yield f"with {shortened(title, 24)}, {minutes} min at {start}"
    if row.note:
        yield row.note


def _why(plan: Plan, explain: bool) -> Iterator[Block]:
    set_aside: list[Text] = [
        (f"Set aside: {option.title} (", code(option.blueprint), f"): {option.because}.")
        for option in plan.considered
        if explain and not option.chosen
    ]
    shares = ", ".join(
        f"{mark} {level} {plan.mix.target[level]} % and {plan.mix.achieved[level]} %"
        for level, mark in LEVEL_MARKS.items()
    )
    yield Heading("Why this plan")
    yield labelled(
        [
            Pair(
                "Blueprint",
                (
                    f"{plan.blueprint_title} (",
                    code(plan.blueprint),
                    f"), because {plan.blueprint_reason}.",
                ),
                tuple(set_aside),
            ),
            ("Question minutes", f"target and achieved: {shares}"),
            ("What goes first", _precedence(plan) if explain else ""),
            *(("Because", f"{moved.because}: {moved.effect}.") for moved in plan.influences),
            *(("Missing", sentence(gap)) for gap in plan.gaps),
            *(_finding(finding) for finding in plan.findings),
        ]
    )


def _precedence(plan: Plan) -> str:
    """What goes first when influences meet, and what each of them did in this plan (R44)."""
    acts = {"acts": "acts", "absent": "not today"}
    return " → ".join(
        f"{PLACES[place.id]} ({acts.get(place.standing) or f'gives way to {PLACES[place.to]}'})"
        for place in plan.precedence
    )


def _finding(finding: PlanFinding) -> Pair:
    label = Span("Warning", "warning") if finding.severity == "warning" else "Note"
    return Pair(label, sentence(finding.message))


def _data(plan: Plan, explain: bool, comparison: Comparison | None) -> dict[str, Any]:
    """The documented keys of `prep session --format json`, and the plan's others beside them."""
    data: dict[str, Any] = to_builtins(plan)
    if not explain:
        del data["considered"]
        for segment in data["segments"]:
            for question in segment["questions"]:
                del question["score"], question["reasons"]
    if comparison:
        data["without_records"] = to_builtins(comparison)
    return data
