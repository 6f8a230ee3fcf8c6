"""The coach's plan in a terminal: a timeline first, then each segment with what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trajplan.dates import long_date, short_date
from trajplan.pages import look
from trajplan.pages.beside import heading_of, opening
from trajplan.pages.echo import NAMES, answered, told
from trajplan.pages.goal_lines import contact_line, goal_line, path_text
from trajplan.pages.look import heading, labelled, say, stacked
from trajplan.pages.plan_lines import (
    arrival_line,
    gauge_lines,
    lines,
    numbers,
    precedence_line,
    ratings_line,
    scale_line,
    taken_home,
)
from trajplan.pages.referrals import standing_line
from trajplan.pages.strip import strip_lines
from trajplan.pages.text import shortened
from trajplan.pages.words import COMPONENTS, FACTORS, LEVEL_MARKS, STATUSES, earlier, sessions
from trajplan.planning.comparison import Comparison
from trajplan.planning.plan import (
    EarlierJourney,
    FromLastTime,
    OutstandingHandOut,
    Plan,
    PlannedCommitment,
    PlannedSegment,
    Weighing,
)

MARKS = {"do": "–", "say": "»"}


def view(plan: Plan, *, explain: bool, beside: Comparison | None) -> RenderableType:
    """Everything the coach needs, in the order it is needed."""
    parts: list[RenderableType] = [_head(plan), Text()]
    if plan.earlier_journey:
        parts += [heading("From the journey before"), _earlier(plan.earlier_journey), Text()]
    if plan.from_last_time:
        parts += [heading("From last time"), _last(plan.from_last_time, plan.at_home), Text()]
    if plan.gathered:
        parts += [heading("What has gathered so far"), _gathered(plan), Text()]
    if plan.goals or plan.indicators:
        anew = " (to be read anew at the check-in)" if plan.indicators else ""
        parts += [heading(f"Goals and indicators{anew}"), _goals(plan), Text()]
    if plan.worksheets:
        parts += [heading("From worksheets"), _worksheets(plan), Text()]
    if echoed := answered(plan.echo):
        words = [(NAMES[one.question], told(one)) for one in echoed]
        parts += [heading("First words"), labelled(words), Text()]
    parts += [heading("The session"), Timeline(plan), _legend(), Text()]
    number_of = numbers(plan)
    for segment in plan.segments:
        weighs = plan.weighing if plan.weighing and plan.weighing.segment == segment.id else None
        parts += [_segment(segment, number_of, explain, weighs), Text()]
    parts += [heading("At the end"), _ending(plan), Text()]
    parts += [heading("If it goes differently"), _otherwise(plan), Text()]
    parts += [heading("Why this plan"), _why(plan, explain)]
    if beside:
        parts += [Text(), heading("Without the records"), _beside(plan, beside)]
    return stacked(parts)


def _head(plan: Plan) -> RenderableType:
    title = say(f"Session {plan.session} of {plan.of} · {plan.client_name}", look.TITLE)
    when = f"{long_date(plan.date)} · {plan.start}–{plan.end} · {plan.minutes} minutes"
    if plan.clock == "elapsed":
        when += " (counted from 0; no start time agreed)"
    what = f"{plan.blueprint_title} · {plan.phase} · {plan.method} · energy {plan.energy}"
    pairs: list[tuple[str, RenderableType | str]] = [
        ("Destination", plan.destination or "not yet in words"),
        ("Today's step", plan.step),
    ]
    if plan.referrals:
        pairs.insert(0, ("Referral", standing_line(plan.referrals)))
    if plan.change:
        pairs.append(("Change", plan.change))
    if plan.blueprint_note:
        pairs.append(("Not the usual", plan.blueprint_note))
    if plan.matters_most:
        pairs.append(("Matters most", plan.matters_most))
    if plan.serves:
        pairs.append(("It serves", plan.serves))
    if arrival := arrival_line(plan):
        pairs.append(("Arrives", arrival))
    if plan.stuck_point:
        pairs.append(("Stuck point", plan.stuck_point))
    if plan.priorities:
        pairs.append(("Priorities", " · ".join(plan.priorities)))
    for number, one in enumerate(plan.objectives, 1):
        pairs.append((f"Objective {number}", one))
    if plan.accountability:
        pairs.append(("Held to it by", plan.accountability))
    pairs += [("Still open", one) for one in plan.still_open]
    decision = " · decision session" if plan.decision else ""
    return stacked([title, say(when), say(what + decision, look.QUIET), Text(), labelled(pairs)])


def _earlier(before: EarlierJourney) -> RenderableType:
    ended = f" to {short_date(before.ended)}" if before.ended else ""
    held = f"{before.held} of {before.of} sessions held"
    pairs: list[tuple[str, RenderableType | str]] = [
        ("When", f"{short_date(before.began)}{ended}, {held}")
    ]
    for name, said in earlier(before):
        pairs += [(name, line) for line in said]
    return labelled(pairs)


def _last(last: FromLastTime, at_home: Sequence[OutstandingHandOut]) -> RenderableType:
    pairs: list[tuple[str, RenderableType | str]] = [
        ("Session", f"{last.session}, {short_date(last.date)}")
    ]
    if not last.wrapped:
        pairs.append(("", "not wrapped; what it left is not known"))
    if last.focus:
        pairs.append(("Focus then", last.focus))
    for label, found in (("Promised", last.commitments), ("Still open", last.earlier)):
        for one in found:
            pairs.append((label, _commitment(one)))
            pairs += [("", f"since then, {contact_line(each)}") for each in one.contacts]
    if last.holding and not last.commitments:
        pairs.append(("Held", "what had happened; nothing had to be chosen"))
    elif last.wrapped and not last.commitments:
        pairs.append(("Promised", "nothing chosen"))
    if last.inquiry:
        pairs.append(("Inquiry", last.inquiry))
    pairs += [("To fill in", taken_home(one)) for one in last.handed_out]
    if last.takeaways:
        pairs.append(("Took away", " · ".join(last.takeaways)))
    if last.ratings:
        pairs.append(("Ratings", ratings_line(last)))
    if at_home:
        out = " · ".join(f"{one.title} (session {one.session})" for one in at_home)
        pairs.append(("Not back yet", out))
    if last.parked:
        pairs.append(("Parked", " · ".join(last.parked)))
    if last.frame_change:
        pairs.append(("Frame changed", last.frame_change))
    pairs += [("Your note", one) for one in last.notes]
    return labelled(pairs)


def _commitment(one: PlannedCommitment) -> Text:
    text = say(one.what)
    waited = f", waited {one.misses} times" if one.misses > 1 else ""
    text.append(f"  {STATUSES[one.status]}{waited}, by {short_date(one.when)}", look.QUIET)
    if one.learned:
        text.append_text(say(f"  “{one.learned}”", "italic"))
    if one.path:
        text.append_text(say(f"  serves {path_text(one.path)}", look.QUIET))
    return text


def _gathered(plan: Plan) -> RenderableType:
    pairs: list[tuple[str, RenderableType | str]] = []
    for one in plan.gathered:
        text = say(one.text)
        if one.sessions:
            text.append(f"  {sessions(one.sessions)}", look.QUIET)
        pairs.append((one.label, text))
    return labelled(pairs)


def _weighing(found: Weighing) -> RenderableType:
    """What options are held against; one that crosses a line is marked by a sign, not by colour."""
    pairs: list[tuple[str, RenderableType | str]] = []
    if found.must_haves:
        pairs.append(("Must have", " · ".join(found.must_haves)))
    if found.must_not_haves:
        pairs.append(("Must not have", " · ".join(found.must_not_haves)))
    for one in found.options:
        text = say(one.title)
        if one.breaks:
            text.append("  ✗ breaks ", look.WARNING)
            text.append_text(say(f"“{one.breaks}”", look.WARNING))
        pairs.append(("On record", text))
    return Padding(labelled(pairs), (0, 0, 0, 2))


def _goals(plan: Plan) -> RenderableType:
    pairs: list[tuple[str, RenderableType | str]] = [
        (f"Goal {one.id}", goal_line(one)) for one in plan.goals
    ]
    for label, text in gauge_lines(plan):
        kind, _, name = label.partition(" · ")
        pairs.append((kind.capitalize(), f"{name}: {text}"))
    return labelled(pairs)


def _worksheets(plan: Plan) -> RenderableType:
    pairs: list[tuple[str, RenderableType | str]] = []
    for one in plan.worksheets:
        pairs.append((shortened(one.title, 24), say(short_date(one.date), look.QUIET)))
        pairs += [("", line) for line in one.lines]
    return labelled(pairs)


class Timeline:
    """Segments as bars in proportion to their minutes, as wide as the terminal allows."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay the bars out for this width; the longest segment takes the whole bar column."""
        longest = max(segment.minutes for segment in self.plan.segments)
        # The titles keep at least half of the line.
        width = max(8, min(60, options.max_width // 2 - 14))
        grid = Table.grid(padding=(0, 1))
        grid.add_column(style=look.CLOCK, no_wrap=True)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for segment in self.plan.segments:
            cells = max(1, round(segment.minutes * width / longest))
            fill = (
                look.BREAK_BAR if segment.component == "break" else look.STANCE_BARS[segment.stance]
            )
            grid.add_row(
                segment.start, f"{segment.minutes} min", Text(fill * cells), say(segment.title)
            )
        grid.add_row(self.plan.end, "", "", Text("End", look.QUIET))
        yield grid


def _legend() -> Text:
    text = Text("» said  ", look.QUIET)
    for level, mark in LEVEL_MARKS.items():
        text.append(mark, look.LEVEL_STYLES[level])
        text.append(f" {level}  ", look.QUIET)
    return text


def _segment(
    segment: PlannedSegment,
    number_of: Mapping[str, int],
    explain: bool,
    weighs: Weighing | None = None,
) -> RenderableType:
    title = Text()
    title.append(f"{segment.start}–{segment.end}  ", look.CLOCK)
    title.append_text(say(segment.title, look.TITLE))
    title.append(f"  {segment.minutes} min", look.QUIET)
    parts: list[RenderableType] = [title]
    if segment.component != "break":
        serves = f"objective {segment.objective} · {segment.id}"
        about = f"{COMPONENTS[segment.component]} · {segment.stance} · {serves}"
        parts.append(Padding(Text(about, look.QUIET), (0, 0, 0, 2)))
    if segment.coach:
        parts.append(Padding(say(segment.coach, "italic"), (0, 0, 0, 2)))
    if weighs:
        parts.append(_weighing(weighs))
    if segment.listen:
        parts.append(Padding(say(f"Listen for: {segment.listen}"), (0, 0, 0, 2)))
    rows: list[tuple[Text, RenderableType]] = []
    for line in lines(segment, number_of):
        one = line.question
        if one is None:
            rows.append((_minutes(line.minutes, MARKS[line.kind]), say(line.text)))
            continue
        mark = _minutes(one.minutes, LEVEL_MARKS[one.level], look.LEVEL_STYLES[one.level])
        rows.append((mark, say(f"Q{line.number}  {one.text}", "bold")))
        if one.anchors:
            rows.append((Text(), say(scale_line(one), look.QUIET)))
        if explain:
            why = "; ".join(one.reasons) or "no points"
            about = f"{one.id} · {one.bank} · breadth {one.breadth}"
            if one.sequence:
                about += f" · sequence {one.sequence}"
            rows.append((Text(), say(f"{about} · {one.score}: {why}", look.QUIET)))
    if rows:
        parts.append(look.bulleted(rows))
    if segment.checkpoint:
        checkpoint = Text()
        checkpoint.append(f"{segment.end}  ", look.CLOCK)
        checkpoint.append_text(say(segment.checkpoint, "italic"))
        parts.append(checkpoint)
    return stacked(parts)


def _minutes(minutes: int, mark: str, style: str = "") -> Text:
    text = Text(f"{minutes:>2}′ ", look.QUIET)
    text.append(mark, style or "default")
    return text


def _ending(plan: Plan) -> RenderableType:
    ahead = plan.prepares_for
    label = f"Session {ahead.session}" if ahead.session else "The ending"
    step = f"{short_date(ahead.date)}: {ahead.step}" if ahead.date else ahead.step
    factors = "   ".join(f"{name} __" for name in FACTORS.values())
    ratings = f"{factors}   Satisfaction __"
    return labelled(
        [
            (label, step),
            *(("Hand out", f"{one.title} ({one.worksheet})") for one in plan.hands_out),
            *([("Still needed", "; ".join(plan.ending))] if plan.ending else []),
            ("Parked today", ""),
            *(("Milestone" if not at else "", f"☐ {one}") for at, one in enumerate(plan.milestone)),
            ("Ratings 1–10", "they can wait" if plan.holding else ratings),
        ]
    )


def _otherwise(plan: Plan) -> RenderableType:
    pairs: list[tuple[str, RenderableType | str]] = [
        ("Went elsewhere", plan.went_elsewhere[0]),
        *(("", one) for one in plan.went_elsewhere[1:]),
    ]
    return stacked([labelled(pairs), Text(), _strip(plan)])


def _strip(plan: Plan) -> RenderableType:
    """Minutes over clock, a column a segment, so that nine columns fit into 80 letters."""
    lines = strip_lines(plan)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style=look.QUIET, no_wrap=True)
    for _ in plan.segments:
        grid.add_column(no_wrap=True)
    for line in lines:
        if any(line.cells):
            cells = [f"{one[0]} min\n{one[1]}" if one else "–" for one in line.cells]
            grid.add_row(line.label, *cells)
    notes = [say(f"{one.label}: {one.note}") for one in lines if one.note]
    return stacked([grid, *notes])


def _why(plan: Plan, explain: bool) -> RenderableType:
    pairs: list[tuple[str, RenderableType | str]] = [
        ("Blueprint", f"{plan.blueprint} ({plan.blueprint_reason})"),
    ]
    if explain:
        pairs += [
            ("Set aside", say(f"{one.blueprint}: {one.because}", look.QUIET))
            for one in plan.considered
            if not one.chosen
        ]
    if explain and plan.precedence:
        pairs.append(("Goes first", precedence_line(plan)))
    pairs.append(("Question mix", _mix(plan)))
    pairs += [("Because", f"{one.because}: {one.effect}") for one in plan.influences]
    pairs += [("Missing", one) for one in plan.gaps]
    for one in plan.findings:
        style = look.WARNING if one.severity == "warning" else ""
        pairs.append((one.severity.capitalize(), say(one.message, style)))
    return labelled(pairs)


def _mix(plan: Plan) -> Text:
    text = Text()
    for level, mark in LEVEL_MARKS.items():
        if text:
            text.append("   ")
        text.append(f"{mark} ", look.LEVEL_STYLES[level])
        text.append(f"{level} {plan.mix.achieved[level]} % (target {plan.mix.target[level]} %)")
    return text


def _beside(plan: Plan, found: Comparison) -> RenderableType:
    parts: list[RenderableType] = [say(one) for one in opening(plan, found)]
    for row in found.segments:
        parts += [Text(), say(heading_of(row), look.TITLE)]
        pairs: list[tuple[str, RenderableType | str]] = [("  here", one) for one in row.only_with]
        pairs += [("  without", one) for one in row.only_without]
        if pairs:
            parts.append(labelled(pairs))
    return stacked(parts)
