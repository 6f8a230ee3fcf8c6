"""The plan at the door: what a coach with four minutes reads before the client comes in (R142).

The head, what last time left, then every segment with its clock and what is said aloud. Everything
else is in the whole plan, and the last line counts it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from trajplan.dates import due_words, long_date, near_date, short_date
from trajplan.pages import plan as whole
from trajplan.pages.page import (
    Ask,
    Block,
    Bullets,
    Heading,
    Inline,
    Item,
    Line,
    Page,
    Pair,
    Pairs,
    Span,
    Table,
    Text,
    bold,
    code,
    labelled,
    pieces,
    quiet,
)
from trajplan.pages.plan_background import background, low_ratings, ratings_line
from trajplan.pages.plan_reasons import finding_row, reasons
from trajplan.pages.segments import (
    DONE,
    LED,
    SAID,
    behind,
    checkpoint,
    client_closes,
    is_led,
    question_line,
    question_numbers,
    rating,
    segment_blocks,
    segment_heading,
    timeline,
    variants,
    weighing_rows,
)
from trajplan.pages.words import (
    contact_line,
    inquiry_line,
    last_time_heading,
    nothing_promised,
    pinned_words,
    referral_kinds,
    took_away,
    went_home,
)
from trajplan.planning.plan import (
    FromIntake,
    FromLastTime,
    Plan,
    PlannedActivity,
    PlannedCommitment,
    PlannedPrompt,
    PlannedQuestion,
    PlannedSegment,
    Remembered,
)
from trajplan.planning.readiness import NO_AGREEMENT, UNFINISHED_AGREEMENT
from trajplan.planning.segment_parts import (
    ClientClose,
    Part,
    is_rating,
    parts_in_order,
)
from trajplan.records.forms import STATUSES
from trajplan.records.model import WAITING
from trajplan.text import columns, exact_words, shortened, shortened_to_clause

LINES, COLUMNS = 70, 80
"""It has at most so many lines in a terminal so wide, for a session of 90 minutes or less."""
ONE_LINE = 60
"""Letters that fit beside a label on one line; what is known by heart never has more."""
NAME = 36
"""Letters of the client's name and of the blueprint's title."""
WORDS_HEARD = 60
"""Letters of the words that a warning rests on."""
LEAST = 24
"""The fewest letters that anything is cut to."""
MORE = "--full"
"""The option that prints the whole plan."""


class Detail(Struct, frozen=True, kw_only=True):
    """How much there is room for. What may hurt when it is missing is there at every one."""

    letters: int = 2 * ONE_LINE
    """Of a line from the records."""
    standing: int = 3 * ONE_LINE
    """Of what is never left out."""
    extras: int = 0
    """Which lines are there that only help: 0 none, 1 the best of them, 2 most, 3 all; -1: not even
    where the session leads, and what is of one kind shares its lines."""
    done: bool = True
    """Whether what is done is named: where it stands or, in segments that stand close, behind the
    title."""
    spoken: int = 0
    """Letters of what is said aloud; 0: all of it."""
    most: int = 2
    """How much of a list there is before it says how much more."""
    waiting: int = 5
    """How many beliefs there are, and how many promises that wait."""
    so_far: int = 2
    """How much there is of what sessions before the last one left."""
    prompts: int = 0
    """How much of what a segment says aloud is there; 0: all of it."""
    close: bool = False
    """Whether a segment stands close to the one before it."""


_CLOSE = Detail(so_far=0, close=True)
_SHORT = replace(_CLOSE, letters=ONE_LINE, standing=2 * ONE_LINE, done=False, waiting=3)
_SHORTEST = replace(_SHORT, extras=-1, spoken=68, prompts=1, standing=ONE_LINE)
DETAILS = (
    Detail(extras=3, so_far=6, most=4),
    Detail(extras=3, so_far=4, most=3),
    Detail(extras=2, so_far=3),
    Detail(extras=2),
    Detail(extras=1, so_far=1),
    # Empty lines go before words, and the names of what is done before what somebody said.
    replace(_CLOSE, extras=2, so_far=3),
    replace(_CLOSE, extras=1, so_far=1),
    _CLOSE,
    replace(_CLOSE, letters=110),
    replace(_CLOSE, letters=110, done=False),
    replace(_SHORT, waiting=5, letters=90),
    _SHORT,
    replace(_SHORT, extras=-1),
    replace(_SHORT, extras=-1, spoken=140),
    replace(_SHORT, extras=-1, spoken=68),
    replace(_SHORT, extras=-1, spoken=68, prompts=4),
    replace(_SHORT, extras=-1, spoken=68, prompts=2, standing=ONE_LINE),
    replace(_SHORTEST, waiting=2),
    replace(_SHORTEST, waiting=1),
    replace(_SHORTEST, waiting=1, most=1),
)
"""From the fullest to the shortest."""


def door(plan: Plan) -> Page:
    """The plan as it fits a person with four minutes: the fullest that has no more than 70 lines at
    80 columns, or the shortest there is."""
    from trajplan.pages.terminal import height

    # A command may have to say for whom, and take one line more.
    lines = LINES - sum(proposal.assumption is not None for proposal in plan.proposals)
    fits = bisect_left(
        DETAILS[:-1], True, key=lambda detail: height(door_page(plan, detail), COLUMNS) <= lines
    )
    return door_page(plan, DETAILS[fits])


def door_page(plan: Plan, detail: Detail) -> Page:
    """The plan with so much detail."""
    top = [*_head(plan, detail)]
    looked_back = [*_from_last_time(plan, detail)]
    session = [block for segment in plan.segments for block in _segment(plan, segment, detail)]
    end = [*_ending(plan, detail)]
    sections = (
        ("head", top, whole.head(plan)),
        ("last time", looked_back, background(plan)),
        (
            "session",
            (*session, *end),
            (*timeline(plan), *segment_blocks(plan, explain=False), *whole.ending(plan)),
        ),
        ("clocks", (), variants(plan)),
        ("why", (), reasons(plan, explain=False)),
    )
    counts = [(name, _left_out(here, there)) for name, here, there in sections]
    named = ", ".join(f"{name} {count}" for name, count in counts if count > 0)
    total = sum(count for _, count in counts if count > 0)
    return Page.of(
        f"Session {plan.session} of {plan.of} · {shortened(plan.client_name, NAME)}",
        *_packed((*top, *looked_back, *session, *end), detail),
        Line((code(MORE), quiet(f" adds {total} lines: {named}"))),
    )


def _packed(blocks: Iterable[Block], detail: Detail) -> Iterator[Block]:
    """The blocks as they are; where there is hardly any room, without empty lines between them, and
    rows with one label as one."""
    for block in blocks:
        if detail.extras >= 0:
            yield block
        elif isinstance(block, Heading):
            yield replace(block, close=True)
        elif isinstance(block, Pairs):
            groups = groupby(block.rows, lambda row: row.label)
            yield Pairs(tuple(row for label, rows in groups for row in _together(label, rows)))
        else:
            yield block


def _together(label: str | Span, rows: Iterable[Pair]) -> Iterable[Pair]:
    """Rows with one label as one; what is pinned is not to be overlooked among other words."""
    if label == "Pinned":
        return rows
    texts = [(row.text,) if isinstance(row.text, str) else row.text for row in rows]
    joined = [piece for text in texts for piece in (" · ", *text)]
    return [Pair(label, tuple(joined[1:]))]


def _left_out(here: Iterable[Block], there: Iterable[Block]) -> int:
    """How many lines of the whole plan's section are not here."""
    return sum(map(_count, there)) - sum(map(_count, here))


def _count(block: Block) -> int:
    """The lines of text in a block, however wide they are."""
    match block:
        case Heading():
            return 0
        case Pairs():
            return sum(1 + len(pair.below) for pair in block.rows)
        case Bullets():
            return sum(
                1 + (len(item.below) if isinstance(item, Item) else 0) for item in block.items
            )
        case Ask():
            return 1 + len(block.beside)
        case Table():
            return len(block.rows)
    return 1


def _cut(text: Text, letters: int) -> tuple[Inline, ...]:
    """A line of the records as long as there is room for it. Only its first words are cut: what
    stands behind them, a date or what became of it, is the program's own and short."""
    first, *others = (text,) if isinstance(text, str) else text
    if not isinstance(first, str):
        return (first, *others)
    behind = sum(len(piece.text) for piece in others if isinstance(piece, Span))
    words = shortened_to_clause(first, max(LEAST, letters - behind), LEAST)
    return (words, *others) if words or others else ()


def _listed(label: str, texts: Iterable[Text], detail: Detail) -> Iterator[tuple[str, Text]]:
    """The first of a list, and how many more there are."""
    lines = tuple(texts)
    more = len(lines) - detail.most
    for number, line in enumerate(lines[: detail.most], 1):
        end = f" +{more}: {MORE}" if number == detail.most and more > 0 else ""
        yield label, (*_cut(line, detail.letters - len(end)), *([quiet(end)] if end else ()))


def _head(plan: Plan, detail: Detail) -> Iterator[Block]:
    when = f"{long_date(plan.date)} · {plan.start}–{plan.end} · {plan.minutes} min"
    counted = " (counted from 0; no start time agreed)" if plan.clock == "elapsed" else ""
    what = [shortened(plan.blueprint_title, NAME)]
    if plan.energy != "normal":
        what.append(f"energy {plan.energy}")
    if plan.decision:
        what.append("decision session")
    yield Line((bold(when), f"{counted} · {' · '.join(what)}"))
    for proposal in plan.proposals:
        if proposal.words:
            words = shortened(", ".join(proposal.words), WORDS_HEARD)
            yield Line((bold(f"{proposal.why} (heard: {words})"), ": ", code(proposal.command)))
    yield labelled(*_standing(plan, detail), *_today(plan, detail))


def _standing(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text] | Pair]:
    """What may hurt when it is overlooked; none of it is ever left out."""
    day = dt.date.fromisoformat(plan.date)
    yield from whole.clock_rows(plan)
    yield "Referral", referral_kinds(plan.referrals)
    for note in plan.pinned:
        yield "Pinned", _cut(pinned_words(note), detail.standing)
    for gap in plan.gaps:
        if gap.startswith((NO_AGREEMENT, UNFINISHED_AGREEMENT)):
            yield "Missing", _cut(gap.partition(": `")[0], detail.standing)
    for finding in plan.findings:
        if finding.severity == "warning":
            yield finding_row(finding)
    beliefs = {belief.id for belief in plan.remembered.beliefs[: detail.waiting]}
    for proposal in plan.proposals:
        if not proposal.words and proposal.assumption not in beliefs:
            yield "Decide", (f"{proposal.why} ", code(proposal.command))
    for urgent in plan.urgent:
        alone = ", no session before" if urgent.alone and not urgent.promise else ""
        due = f" ({near_date(urgent.day)}, {due_words(urgent.day, day)}{alone})"
        yield "Urgent", (shortened_to_clause(urgent.text, detail.standing), quiet(due))
    yield from _hard_times(plan.remembered, detail)
    for topic in plan.parked:
        if topic.due:
            due = f" (by {near_date(topic.due)}, {due_words(topic.due, day)})"
            yield "Parked", (shortened_to_clause(topic.text, detail.standing), quiet(due))
    undated = (topic.text for topic in plan.parked if not topic.due)
    yield from _listed("Parked", undated, detail)
    agreed = list(whole.agreed_rows(plan.remembered))
    for label, words in agreed[1:]:
        yield label, _cut(words, detail.letters)


def _hard_times(remembered: Remembered, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What happened to them, and what they would like on a hard day."""
    seen = replace(detail, letters=detail.standing)
    yield from _listed("Since then", remembered.since, seen)
    yield from _listed("Went through", remembered.hard, seen)
    yield from _listed("Your note", remembered.notes, seen)
    yield "Hard day", _cut(remembered.hard_day, detail.letters)


def _today(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What the client comes with, and what today is for."""
    named = {urgent.text for urgent in plan.urgent}
    yield "Arrives", _cut(whole.arrival(plan), detail.letters)
    if plan.matters_most not in named:
        yield "Matters most", _cut(plan.matters_most, detail.letters)
    if plan.intake:
        yield from _intake(plan.intake, detail)
    else:
        yield "Stuck point", _cut(plan.remembered.stuck_point, detail.standing)
    yield "Stuck now", _cut(plan.remembered.stuck_now, detail.letters)
    yield from _beliefs(plan, detail)
    yield from _for_your_eye(plan, plan.intake or plan.remembered, detail)
    yield "Priorities", _cut(" · ".join(plan.priorities), detail.letters)
    yield "Directions", _cut(" · ".join(plan.remembered.paths), detail.letters)
    if detail.extras > 1:
        yield "Must have", _cut(" · ".join(plan.remembered.must_haves), detail.letters)
    if detail.extras >= 0:
        yield "Today's step", _cut(plan.step, detail.letters)
    if plan.destination not in named:
        yield "Destination", _cut(plan.destination or "not yet in words", detail.standing)
    yield "Who leads", whole.LEADS if plan.client_leads else ""
    yield "Held to it by", _cut(plan.accountability, detail.letters)
    if detail.extras > 1:
        topics = ", ".join(topic.title for topic in plan.topics)
        yield "Topics", _cut(topics, detail.letters)
        yield "Why this step", _cut(plan.step_because, detail.letters)
        yield "Not as planned", _cut(plan.blueprint_note, detail.letters)


def _beliefs(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What they believe, the open beliefs first: how far each has been looked at, and what you are
    asked about it."""
    beliefs = plan.remembered.beliefs
    asked = {proposal.assumption: proposal for proposal in plan.proposals if proposal.assumption}
    more = len(beliefs) - detail.waiting
    for number, belief in enumerate(beliefs[: detail.waiting], 1):
        end = f" +{more}: {MORE}" if number == detail.waiting and more > 0 else ""
        ask: tuple[Inline, ...] = ()
        if proposal := asked.get(belief.id):
            ask = (f" {proposal.why.rpartition('; ')[2]} ", code(proposal.command))
        words = whole.belief_words(belief, detail.standing, at_the_door=True)
        yield "Belief", (*words, *ask, quiet(end))


def _intake(intake: FromIntake, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What the intake brings to the first session."""
    yield from _listed("Their question", intake.own_questions, detail)
    yield "Stuck point", _cut(intake.stuck_point, detail.standing)
    yield "Directions", _cut(" · ".join(intake.paths), detail.letters)


def _for_your_eye(
    plan: Plan, told: FromIntake | Remembered, detail: Detail
) -> Iterator[tuple[str, Text]]:
    money = whole.unsaid_money(plan, told.money)
    if detail.extras < 0:
        unsaid = " · ".join((*told.fears, *money))
        yield (
            "Unsaid",
            (*_cut(unsaid, detail.standing), *([quiet(" (for your eye)")] if unsaid else ())),
        )
        return
    for label, text in whole.for_your_eye(told.fears, money, until=""):
        yield label, _cut(text, detail.letters)


def _from_last_time(plan: Plan, detail: Detail) -> Iterator[Block]:
    """What last time left; in the first session of a returning client, what the journey before
    did."""
    if journey := plan.earlier_journey:
        label, question = went_home(journey)
        yield Heading("From the journey before")
        yield labelled(
            ("Destination then", _cut(journey.destination, detail.letters)),
            (label, _cut(question, detail.letters)),
            *_listed("Open then", journey.commitments, detail),
        )
    if last := plan.from_last_time:
        yield from last_time_heading(last)
        yield labelled(*_last_time(plan, last, detail))


def _last_time(plan: Plan, last: FromLastTime, detail: Detail) -> Iterator[tuple[str, Text]]:
    yield from _promises(plan, "Promised", last.commitments, detail)
    yield "Commitments", nothing_promised(last)
    promises = (*last.commitments, *last.earlier)
    contacts = [contact for promise in promises for contact in promise.contacts if contact.note]
    yield from _listed("Since then", map(contact_line, contacts), detail)
    yield from _promises(plan, "Still open", last.earlier, detail)
    label, question = inquiry_line(plan, last)
    yield label, _cut(question, detail.letters)
    yield "Agreed anew", _cut(last.agreement, detail.letters)
    pinned = {note.text for note in plan.pinned}
    notes = [note for note in last.notes if note not in pinned]
    said = [note for note in notes if exact_words(note)]
    yield from _listed("They said", said, detail)
    yield from _listed("Your note", [note for note in notes if note not in said], detail)
    yield "Frame changed", _cut(last.frame_change, detail.letters)
    yield "Filled in", _cut(" · ".join(note.title for note in plan.worksheets), detail.letters)
    if detail.extras > 0:
        outstanding = " · ".join(form.title for form in plan.outstanding)
        yield "Not back yet", _cut(outstanding, detail.letters)
    ratings = ratings_line(last) if detail.extras > 0 else low_ratings(last)
    note = _cut(plan.remembered.rating_note, detail.letters)
    yield (
        ("Ratings", (ratings, *((": ", *note) if note else ())))
        if ratings
        else ("Rated with", note)
    )
    if detail.extras > 0:
        yield "Rated before", plan.remembered.rated_before
    if detail.extras > 0 or not last.commitments:
        yield from _listed(*took_away(last), detail)
    so_far = plan.remembered.so_far[: max(detail.so_far, 0 if _left_something(last) else 2)]
    for words in so_far:
        yield "Before that", _cut(words, detail.letters)
    if detail.extras > 1:
        for words in plan.remembered.old_notes[: detail.so_far]:
            yield "Earlier note", _cut(words, detail.letters)


def _left_something(last: FromLastTime) -> bool:
    """Whether the last session left more than what was taken on."""
    return bool(last.told or last.focus or last.ratings or last.holding)


def _promises(
    plan: Plan, label: str, commitments: Sequence[PlannedCommitment], detail: Detail
) -> Iterator[tuple[str, Text]]:
    """What was promised: all that waits as far as there is room, then what is over."""
    waiting = [commitment for commitment in commitments if commitment.status in WAITING]
    over = [commitment for commitment in commitments if commitment.status not in WAITING]
    shown = [*waiting[: detail.waiting], *over[: max(1, detail.most - len(waiting))]]
    more = len(commitments) - len(shown)
    for number, commitment in enumerate(shown, 1):
        end = f" +{more}: {MORE}" if number == len(shown) and more > 0 else ""
        words = _cut(_promise(plan, commitment), detail.letters + ONE_LINE - len(end))
        yield label, (*words, quiet(end))


def _promise(plan: Plan, commitment: PlannedCommitment) -> Text:
    """A commitment, what became of it, and what was learnt from it as far as there is room, unless
    a line of the plan says that back."""
    told = exact_words(commitment.learned).rstrip(".")
    prompts = (prompt for segment in plan.segments for prompt in segment.prompts)
    said_back = told and any(told in prompt.text for prompt in prompts)
    state = STATUSES[commitment.status]
    waited = f", waited {commitment.misses} times" if commitment.misses > 1 else ""
    due = f", by {near_date(commitment.when)}" if commitment.status in WAITING else ""
    learned = f": {commitment.learned}" if commitment.learned and not said_back else ""
    what = shortened_to_clause(commitment.what, 2 * ONE_LINE)
    return (f"({state}{waited}{due}) {what}{learned}",)


def _segment(plan: Plan, segment: PlannedSegment, detail: Detail) -> Iterator[Block]:
    """A segment's clock and title, what is said aloud in it, and what is done by name."""
    saying = [part for part in parts_in_order(segment) if not isinstance(part, PlannedActivity)]
    unsaid = [part for part in saying[detail.prompts or len(saying) :] if not _is_kept(part)]
    more = (quiet(f" · +{len(unsaid)} to say: {MORE}"),) if unsaid else ()
    led = (*(LED if is_led(plan, segment) else ()), *more)
    done = [part for part in parts_in_order(segment) if isinstance(part, PlannedActivity)]
    named = _heading(segment, led, done) if detail.close and detail.done and done else None
    heading = named or segment_heading(segment, led)
    yield replace(heading, close=detail.close and segment is not plan.segments[0])
    if segment.component == "break":
        yield Line(segment.coach)
    if plan.weighing and plan.weighing.segment == segment.id:
        yield weighing_rows(plan.weighing)
    numbers = question_numbers(plan)
    for kind, group in groupby(parts_in_order(segment), type):
        parts = list(group)
        if kind is PlannedActivity:
            if detail.done and not named:
                yield _activities([part for part in parts if isinstance(part, PlannedActivity)])
            continue
        yield from (_said(segment, part, numbers, detail) for part in parts if part not in unsaid)
    if segment.checkpoint:
        yield Ask(checkpoint(segment), clock=segment.end)


def _heading(
    segment: PlannedSegment, led: tuple[Inline, ...], done: Sequence[PlannedActivity]
) -> Heading | None:
    """A segment's heading that names what is done, without its minutes where they leave no room;
    None where a line has none for it."""
    clock, title, minutes, *_ = pieces(segment_heading(segment).text)
    names = quiet(f" {DONE} {_names(done)}")
    for text in ((clock, title, minutes, *led, names), (clock, title, *led, names)):
        if _length(text) <= COLUMNS:
            return Heading(text, 3)
    return None


def _names(done: Iterable[PlannedActivity]) -> str:
    return " · ".join(activity.title for activity in done)


def _length(text: Text) -> int:
    return sum(columns(getattr(piece, "text", "")) for piece in pieces(text))


def _is_kept(part: Part) -> bool:
    """Whether it is said at the door however little room there is: the agreement and the close."""
    return isinstance(part, ClientClose) or (
        isinstance(part, PlannedPrompt) and part.kind == "agreement"
    )


def _activities(activities: Sequence[PlannedActivity]) -> Ask:
    """What is done one after another, by name."""
    return Ask((quiet(_names(activities)),), sum(activity.minutes for activity in activities), DONE)


def _said(segment: PlannedSegment, part: Part, numbers: dict[str, int], detail: Detail) -> Ask:
    """What is said aloud, without the full words it quotes."""
    match part:
        case ClientClose():
            return client_closes(part)
        case PlannedPrompt(kind="agreement"):
            return Ask(part.text, part.minutes, SAID, beside=behind(part, brief=True))
        case PlannedPrompt():
            # What the line does not name, the coach must know.
            beside = behind(part, brief=True)
            return Ask(_aloud(part.text, detail), part.minutes, SAID, beside=beside)
        case PlannedQuestion() if is_rating(segment, part):
            return rating(part, numbers[part.id], explain=False)
        case PlannedQuestion():
            text = _aloud(part.text, detail)
            return question_line(replace(part, text=text), numbers[part.id], explain=False)
    raise TypeError(part)


def _aloud(text: str, detail: Detail) -> str:
    return shortened(text, detail.spoken) if detail.spoken else text


def _ending(plan: Plan, detail: Detail) -> Iterator[Block]:
    """Where it leads, and what is handed over."""
    ahead = plan.prepares_for
    day = f" on {short_date(ahead.date)}" if ahead.date else ""
    step = f"session {ahead.session}{day}: {ahead.step}" if ahead.session else ahead.step
    criteria = (f"☐ {criterion}" for criterion in plan.milestone)
    forms = (
        (form.title, " (", code(whole.blank_command(form.worksheet)), ")")
        if detail.extras > 0
        else form.title
        for form in plan.hands_out
    )
    rows = labelled(
        *_listed("Milestone due", criteria, detail),
        *(_listed("Hand out", forms, detail) if detail.extras >= 0 else ()),
        ("Still needed", _cut("; ".join(plan.ending), detail.standing)),
        ("Ratings", whole.RATINGS.get(plan.ratings, "")),
        ("Prepares for", _cut(step, detail.letters) if detail.extras >= 0 else ()),
    )
    if rows.rows:
        yield Heading("At the end", close=detail.close)
        yield rows
