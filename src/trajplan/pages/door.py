"""The plan at the door: what a coach with four minutes reads before the client comes in (R142).

The head with the coach's notes, what last time left, what is known of them, then every segment with
its clock and what is said aloud. Everything else is in the whole plan, and the last line counts it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
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
from trajplan.pages.plan_background import background, ratings_line
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
from trajplan.text import (
    columns,
    exact_words,
    on_one_line,
    paragraphs_of,
    plural,
    sentences_of,
    shortened,
    shortened_to_clause,
)

LINES, COLUMNS = 70, 80
"""It has at most so many lines in a terminal so wide, for a session of 90 minutes or less."""
ONE_LINE = 60
"""Letters that fit beside a label on one line; what is known by heart never has more."""
NAME = 36
"""Letters of the client's name and of the blueprint's title."""
WORDS_HEARD = 60
"""Letters of the words that a warning rests on."""
NOTE = 52
"""Letters of a note that a line surely holds, with its session."""
LEAST = 24
"""The fewest letters that anything is cut to."""
MORE = "--full"
"""The option that prints the whole plan."""
GIVES_WAY = (
    "closing",
    "inquiry",
    "so far",
    "milestones",
    "directions",
    "stuck point",
    "must-haves",
    "destination",
)
"""What is left out before a word of anything else is cut, in this order. Of the closing one line
stays, as it does of the destination; the inquiry stays where it is asked."""


COUNTED = {
    "Pinned": "note",
    "Your note": "note",
    "They said": "note",
    "They asked": "note",
    "Went through": "note",
    "Earlier note": "note",
    "Since then": "message or change",
    "Held to it by": "how they want to be held to it",
    "Hard day": "what helps on a hard day",
    "Sponsor": "what was agreed",
    "Shared": "what was agreed",
    "Confidential": "what was agreed",
    "Records": "what was agreed",
    "Agreed anew": "what was agreed",
    "Frame changed": "what was agreed",
    "Matters most": "what matters most",
    "Arrives": "how they arrive",
    "Urgent": "date",
    "Parked": "parked topic",
    "Promised": "promise",
    "Still open": "promise",
    "From earlier": "promise",
    "Belief": "belief",
    "Stuck now": "the stuck point",
    "Stuck point": "the stuck point",
    "Fears": "the fears",
    "Money": "what they said of money",
    "Priorities": "the priorities",
    "Took away": "takeaway",
    "Before that": "older remark",
    "Their question": "question of theirs",
    "Directions": "the directions",
    "Must have": "the must-haves",
    "Destination": "the destination",
    "Focus then": "the focus of last time",
    "Destination then": "the destination",
    "Inquiry": "the inquiry",
}
"""What the top calls the lines from the records that are not shown in full, in this order."""
READ_FIRST = dict.fromkeys(list(COUNTED.values())[: list(COUNTED).index("Matters most") + 1])
"""Which of these are to be read before they come in."""
NAMED = 5
"""How many of these are named; the others are only counted."""


class Detail(Struct, frozen=True, kw_only=True):
    """How much there is room for. What may hurt when it is missing is there at every one."""

    letters: int = 5 * ONE_LINE
    """Of a line from the records."""
    standing: int = 5 * ONE_LINE
    """Of what is never left out and is no note."""
    asked: int = 0
    """Letters of what they asked of the coach or agreed, and is no note; 0: all of it."""
    notes: int = 0
    """Lines for notes, of which a paragraph is there whole or not at all; 0: as many as needed."""
    split: bool = True
    """Whether each paragraph of a note is a line of its own."""
    ordinary: bool = True
    """Whether of older notes there are paragraphs without grave words."""
    old: int = 2
    """How many ordinary notes of sessions before the last one there are."""
    extras: int = 0
    """Which lines are there that only help: 0 none, 1 the best of them, 2 most, 3 all; -1: not even
    where the session leads."""
    grave: frozenset[str] = frozenset()
    """The sentences of the records that are cut last, as the plan names them."""
    shown: frozenset[str] = frozenset()
    """The paragraphs of notes, and of what they went through, for which there is room."""
    gives: int = 0
    """How much of `GIVES_WAY` is left out."""
    done: bool = True
    """Whether what is done is named where the title has no room for it."""
    most: int = 2
    """How much of a list there is before it says how much more."""
    waiting: int = 20
    """How many promises that wait there are."""
    open_beliefs: int = 5
    """How many beliefs there are."""
    known: bool = True
    """Whether there is more of what has long been known than a belief and where they want to get
    to."""
    so_far: int = 2
    """How much there is of what sessions before the last one left."""
    prompts: int = 0
    """How much of what a segment says aloud is there; 0: all of it, -1: nothing but the agreement
    and the close, and the clock in a line."""
    close: bool = False
    """Whether a segment stands close to the one before it."""

    @property
    def beliefs(self) -> int:
        """How many beliefs there is room for."""
        return self.open_beliefs if self.known else 1

    def has(self, what: str) -> bool:
        """Whether there is room for something that gives way early."""
        return GIVES_WAY.index(what) >= self.gives


_CLOSE = Detail(close=True)
_ALL_GIVEN = replace(_CLOSE, gives=len(GIVES_WAY), done=False, extras=-1, old=1)
_JOINED = replace(_ALL_GIVEN, split=False)
_CUT = replace(_JOINED, letters=110, standing=130)
_QUIET = replace(_CUT, prompts=-1)
_LEAST = replace(_QUIET, letters=ONE_LINE, standing=ONE_LINE, known=False, old=0)
_WAITING = replace(_LEAST, most=0)
_SHORTEST = replace(_WAITING, ordinary=False)
DETAILS = (
    Detail(extras=3, so_far=6, most=4, old=6),
    Detail(extras=3, so_far=4, most=3, old=4),
    Detail(extras=2, so_far=4, old=4),
    Detail(extras=2, so_far=3, old=3),
    Detail(extras=1),
    # Empty lines between segments go before words.
    replace(_CLOSE, extras=2, so_far=3, old=3),
    replace(_CLOSE, extras=1),
    *(replace(_CLOSE, gives=given) for given in range(5)),
    replace(_CLOSE, gives=4, done=False),
    *(
        replace(_CLOSE, gives=given, done=False, extras=-1)
        for given in range(4, len(GIVES_WAY) + 1)
    ),
    _ALL_GIVEN,
    _JOINED,
    # Only then is anything cut that somebody said, and notes last of all.
    replace(_JOINED, letters=160, standing=160),
    _CUT,
    # What is asked goes before a word of a note: a segment's last question, then all of them.
    *(replace(_CUT, prompts=said) for said in (3, 2, 1)),
    _QUIET,
    replace(_QUIET, letters=90),
    replace(_QUIET, letters=ONE_LINE),
    replace(_QUIET, letters=ONE_LINE, standing=ONE_LINE),
    # What has long been known goes before what was noted.
    replace(_LEAST, old=1),
    _LEAST,
    # What is done goes before what waits and what was noted.
    _WAITING,
    _SHORTEST,
    *(replace(_SHORTEST, notes=lines) for lines in range(LINES, 10, -2)),
    *(replace(_SHORTEST, notes=lines, asked=190, waiting=6) for lines in (20, 16, 12, 10)),
    replace(_SHORTEST, notes=8, asked=120, waiting=4),
    replace(_SHORTEST, notes=6, asked=ONE_LINE, waiting=2),
    replace(_SHORTEST, notes=5, asked=ONE_LINE, letters=24, standing=40, waiting=1),
)
"""From the fullest to the shortest."""
_ALL = 10_000
_WHOLE = Detail(
    letters=1_000_000,
    standing=1_000_000,
    so_far=_ALL,
    most=_ALL,
    waiting=_ALL,
    open_beliefs=_ALL,
    old=_ALL,
)
"""All that the page may hold of the records."""


def door(plan: Plan) -> Page:
    """The plan as it fits a person with four minutes: the fullest that has no more than 70 lines at
    80 columns, or the shortest there is."""
    # A command may have to say for whom, and take one line more.
    lines = LINES - sum(proposal.assumption is not None for proposal in plan.proposals)
    fits = bisect_left(
        DETAILS[:-1], True, key=lambda detail: _has_lines(door_page(plan, detail), lines)
    )
    return door_page(plan, DETAILS[fits])


def _has_lines(page: Page, most: int) -> bool:
    """Whether a page has so many lines or fewer; one with more letters than they hold is not even
    drawn (R161)."""
    from trajplan.pages.terminal import height

    rows = (row for block in page.blocks if isinstance(block, Pairs) for row in block.rows)
    letters = sum(_length(row.text) for row in rows)
    return letters <= most * COLUMNS and height(page, COLUMNS) <= most


def door_page(plan: Plan, detail: Detail) -> Page:
    """The plan with so much detail."""
    detail = _with_notes(plan, detail)
    records = tuple(_records(plan, detail))
    warned = _not_in_full(plan, detail, records)
    first = next(place for place, block in enumerate(records) if isinstance(block, Pairs))
    session = [*(_session(plan, detail) if detail.prompts >= 0 else _clock(plan, detail))]
    end = [*_ending(plan, detail)]
    sections = (
        (
            "records",
            records,
            (*whole.head(plan), *background(plan)),
        ),
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
        *records[:first],
        *warned,
        *records[first:],
        *session,
        *end,
        Line((code(MORE), quiet(f" adds {total} lines: {named}"))),
    )


def _records(plan: Plan, detail: Detail) -> Iterator[Block]:
    """All that stands above the segments, but for how much of it is not shown in full."""
    known = [*_known(plan, detail)]
    looked_back = [*_from_last_time(plan, detail)]
    yield from _head(plan, detail, () if looked_back else known)
    if looked_back:
        # What was done and learnt since goes before what has long been known.
        yield from looked_back
        if (rows := labelled(*known)).rows:
            yield Heading("What you know of them", close=detail.close)
            yield rows


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


def _cut(text: Text, letters: int, detail: Detail) -> tuple[Inline, ...]:
    """A line of the records as long as there is room for it. Only its first words are cut: what
    stands behind them, a date or what became of it, is the program's own and short."""
    first, *others = (text,) if isinstance(text, str) else text
    if not isinstance(first, str):
        return (first, *others)
    behind = sum(len(piece.text) for piece in others if isinstance(piece, Span))
    words = _said_words(first, max(LEAST, letters - behind), detail)
    return (words, *others) if words or others else ()


def _said_words(text: str, letters: int, detail: Detail) -> str:
    """A text on one line in so many letters; what is grave in it, or asks something of the coach,
    is only cut where notes are."""
    line = on_one_line(text)
    if _is_grave(text, detail):
        return _asked(text, detail)
    return line if columns(line) <= letters else shortened_to_clause(line, letters, LEAST)


def _listed(label: str, texts: Iterable[Text], detail: Detail) -> Iterator[tuple[str, Text]]:
    """The first of a list, and how many more there are."""
    lines = tuple(texts)
    more = len(lines) - detail.most
    for number, line in enumerate(lines[: detail.most], 1):
        end = _more(more) if number == detail.most else ()
        yield label, (*_cut(line, detail.letters - 10 * len(end), detail), *end)


def _more(count: int) -> tuple[Span, ...]:
    """How many more there are behind the last that is shown."""
    return (quiet(f" +{count}: {MORE}"),) if count > 0 else ()


def _joined(texts: Sequence[str], letters: int) -> tuple[Inline, ...]:
    """What stands on one line, as far as there is room for all of each, and how many more."""
    line, shown = " · ".join(texts), len(texts)
    while shown > 1 and columns(line) > letters:
        shown -= 1
        line = " · ".join(texts[:shown])
    words = shortened_to_clause(line, letters, LEAST)
    return (words, *_more(len(texts) - shown)) if words else ()


def _asked(text: str, detail: Detail) -> str:
    """What they asked of the coach or agreed, on one line, all of it where there is room."""
    line = on_one_line(text)
    return shortened_to_clause(line, detail.asked) if detail.asked else line


def _is_grave(text: str, detail: Detail) -> bool:
    """Whether a sentence of it is grave, or asks something of the coach."""
    return not detail.grave.isdisjoint(sentences_of(text))


def _note_lines(text: str, detail: Detail) -> list[str]:
    """The paragraphs of a note for which there is room, each on its own or all on one line."""
    lines = [paragraph for paragraph in paragraphs_of(text) if paragraph in detail.shown]
    return lines if detail.split or not lines else [" · ".join(lines)]


def _with_notes(plan: Plan, detail: Detail) -> Detail:
    """The detail with the paragraphs of notes for which it has room: pinned ones first, then those
    of last time, then older ones; the grave before the others."""
    detail = replace(detail, grave=frozenset(plan.remembered.grave))
    pinned = _paragraphs(note.text for note in plan.pinned)
    last = _paragraphs(_notes(plan))
    older = _paragraphs(time.text for time in plan.remembered.hard)
    grave = {text for text in (*last, *older) if _is_grave(text, detail)}
    ranked = [*pinned, *(text for text in last if text in grave), *last]
    ranked += [text for text in older if text in grave]
    ranked += older if detail.ordinary else ()
    shown: set[str] = set()
    room = detail.notes or len(ranked) + sum(map(columns, ranked))
    for text in dict.fromkeys(ranked):
        lines = 1 + columns(text) // NOTE
        if lines <= room:
            shown.add(text)
            room -= lines
    return replace(detail, shown=frozenset(shown))


def _paragraphs(notes: Iterable[str]) -> list[str]:
    return [paragraph for note in notes for paragraph in paragraphs_of(note)]


def _notes(plan: Plan) -> dict[str, str]:
    """The notes for this session and of the last one that are not pinned, each once, with where it
    was written."""
    pinned = {note.text for note in plan.pinned}
    last = plan.from_last_time
    notes = {note: plan.remembered.noted.get(note, "") for note in plan.remembered.notes}
    notes |= dict.fromkeys(last.notes, f"session {last.session}") if last else {}
    return {
        note: where for note, where in notes.items() if on_one_line(note) and note not in pinned
    }


def _not_in_full(plan: Plan, detail: Detail, records: Iterable[Block]) -> Iterator[Line]:
    """How much of the records is not shown in full, so that nobody takes the page for all.
    `records`: what is shown of them."""
    here = Counter(_rows_of(records))
    everything = _with_notes(plan, replace(_WHOLE, split=detail.split, extras=detail.extras))
    missing: Counter[str] = Counter()
    for label, words in _rows_of(_records(plan, everything)):
        if here[label, words]:
            here[label, words] -= 1
        elif label in COUNTED:
            missing[COUNTED[label]] += 1
    if not missing:
        return
    nouns = [noun for noun in dict.fromkeys(COUNTED.values()) if missing[noun]]
    named = [
        noun if noun.startswith(("the ", "what ", "how ")) else plural(missing[noun], noun)
        for noun in nouns
    ]
    if len(named) > NAMED:
        others = sum(missing[noun] for noun in nouns[NAMED - 1 :])
        named[NAMED - 1 :] = [plural(others, "other line")]
    why = ". Read before they come in: " if nouns[0] in READ_FIRST else ": "
    whole_plan = code(f"trajplan prep {plan.session} {MORE}")
    yield Line((bold(f"Not shown in full: {', '.join(named)}{why}"), whole_plan))


def _rows_of(records: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The lines from the records as they are read, without how many more there are."""
    for block in records:
        for row in block.rows if isinstance(block, Pairs) else ():
            inlines = (row.text,) if isinstance(row.text, str) else row.text
            words = (
                inline if isinstance(inline, str) else inline.text
                for inline in inlines
                if isinstance(inline, str)
                or (isinstance(inline, Span) and not inline.text.endswith(f": {MORE}"))
            )
            yield str(row.label), "".join(words)


def _head(plan: Plan, detail: Detail, known: Iterable[tuple[str, Text]]) -> Iterator[Block]:
    """What stands above everything."""
    when = f"{long_date(plan.date)} · {plan.start}–{plan.end} · {plan.minutes} min"
    counted = " (counted from the start; no time agreed)" if plan.clock == "elapsed" else ""
    what = [shortened(plan.blueprint_title, NAME)]
    if plan.energy != "normal":
        what.append(f"energy {plan.energy}")
    if plan.decision:
        what.append("decision session")
    yield Line((bold(when), f"{counted} · {' · '.join(what)}"))
    if plan.remembered.own_day:
        yield Line((bold(f"This session was {plan.remembered.own_day}"),))
    for proposal in plan.proposals:
        if proposal.words:
            words = shortened(", ".join(proposal.words), WORDS_HEARD)
            yield Line((bold(f"{proposal.why} (heard: {words})"), ": ", code(proposal.command)))
    yield labelled(*_standing(plan, detail), *_today(plan, detail), *known)


def _standing(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text] | Pair]:
    """What may hurt when it is overlooked; none of it is ever left out."""
    day = dt.date.fromisoformat(plan.date)
    yield from whole.clock_rows(plan)
    yield "Referral", referral_kinds(plan.referrals)
    for note in plan.pinned:
        for words in _note_lines(note.text, detail):
            yield "Pinned", pinned_words(replace(note, text=words))
    for gap in plan.gaps:
        if detail.most and gap.startswith((NO_AGREEMENT, UNFINISHED_AGREEMENT)):
            what, _, parts = gap.partition(": ")
            missing = f"{plural(len(parts.split(', ')), 'part')} of the coaching agreement"
            yield "Missing", what if gap.startswith(NO_AGREEMENT) else missing
    for finding in plan.findings:
        if finding.severity == "warning":
            yield finding_row(finding)
    beliefs = {belief.id for belief in plan.remembered.beliefs[: detail.beliefs]}
    for proposal in plan.proposals:
        if not proposal.words and proposal.assumption not in beliefs:
            yield "Decide", (f"{proposal.why} ", code(proposal.command))
    for urgent in plan.urgent:
        if urgent.promise and urgent.text in _shown_promises(plan, detail):
            continue  # The promise has its day.
        sessions = whole.sessions_until(plan, urgent).removesuffix(" then")
        after = f", {sessions}" if sessions else ""
        due = f" ({near_date(urgent.day)}, {due_words(urgent.day, day)}{after})"
        yield "Urgent", (_said_words(urgent.text, detail.standing, detail), quiet(due))
    yield from _hard_times(plan, detail)
    yield from _parked(plan, day, detail)
    for label, words in whole.agreed_rows(plan.remembered):
        yield label, _asked(words, detail)


def _parked(plan: Plan, day: dt.date, detail: Detail) -> Iterator[tuple[str, Text]]:
    """The parked topics: all with a day, and all that ask something of the coach; of the others as
    many as a list has. Newer words that may close one stand behind it."""
    dated = [topic for topic in plan.parked if topic.due]
    others = [topic for topic in plan.parked if not topic.due]
    others.sort(key=lambda topic: -(topic.session or 0))
    others.sort(key=lambda topic: not _is_grave(topic.text, detail))
    asking = sum(_is_grave(topic.text, detail) for topic in others)
    most = max(detail.most, asking)
    for number, topic in enumerate((*dated, *others[:most]), 1 - len(dated)):
        due = f"by {near_date(topic.due)}, {due_words(topic.due, day)}" if topic.due else ""
        about = "; ".join(filter(None, (due, plan.remembered.said_since.get(topic.text))))
        behind = quiet(f" ({about})") if about else ""
        room = detail.standing if topic.due else detail.letters
        words = _said_words(topic.text, room, detail)
        yield "Parked", (words, behind, *(_more(len(others) - most) if number == most else ()))


def _hard_times(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What happened since last time, what the coach noted then, what they went through before, the
    latest first, and what they would like on a hard day."""
    remembered = plan.remembered
    seen = replace(detail, letters=max(detail.letters, 2 * ONE_LINE))
    # The title says where this session moved.
    yield from _listed("Since then", remembered.since, seen)
    notes = _notes(plan)
    for note in notes:
        label = "They said" if exact_words(note) else "Your note"
        where = quiet(f" ({notes[note]})") if notes[note] else ""
        for words in _note_lines(note, detail):
            yield label, (words, where)
    for time in remembered.hard:
        shown = time if detail.ordinary else replace(time, whose="")
        for words in _note_lines(time.text, detail) if time.text.strip() else [""]:
            yield whole.hard_row(shown, words)
            # Whom it may be about is said once.
            shown = replace(time, whose="")
    for words in remembered.old_notes[: detail.old]:
        yield "Earlier note", on_one_line(words)
    yield "Hard day", _asked(remembered.hard_day, detail)


def _today(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What the client comes with, and what today is for."""
    yield "Arrives", _cut(whole.arrival(plan), detail.letters, detail)
    if plan.matters_most not in {urgent.text for urgent in plan.urgent}:
        yield "Matters most", _cut(plan.matters_most, detail.standing, detail)
    yield "Held to it by", _asked(plan.accountability, detail)
    yield "Who leads", whole.LEADS if plan.client_leads else ""
    focus = plan.from_last_time.focus if plan.from_last_time else ""
    yield "Focus then", _cut(focus, detail.letters, detail) if detail.most else ""
    yield "Today's step", _cut(plan.step, detail.letters, detail) if detail.most else ""
    yield "Not as planned", _cut(plan.blueprint_note, detail.letters, detail)
    if detail.extras > 1:
        topics = ", ".join(topic.title for topic in plan.topics)
        yield "Topics", _cut(topics, detail.letters, detail)
        yield "Why this step", _cut(plan.step_because, detail.letters, detail)


def _known(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What has been known of them for longer: what they believe, fear and want."""
    remembered = plan.remembered
    told: FromIntake | Remembered = plan.intake or remembered
    if plan.intake:
        yield from _listed("Their question", plan.intake.own_questions, detail)
    if detail.has("stuck point"):
        stuck = plan.intake.stuck_point if plan.intake else remembered.stuck_point
        yield "Stuck point", _cut(stuck, detail.standing, detail)
    yield "Stuck now", _cut(remembered.stuck_now, detail.letters, detail)
    yield from _beliefs(plan, detail)
    # Each fear is there: the second is often the one they come with.
    room = max(detail.standing, 3 * ONE_LINE)
    if detail.known:
        money = whole.unsaid_money(plan, told.money)
        for label, lines in (("Fears", told.fears), ("Money", money)):
            for texts, eye in whole.by_the_eye(plan, lines):
                yield label, (*_joined(whole.with_news(plan, texts), room), eye)
        yield "Priorities", _joined(whole.with_news(plan, plan.priorities), room)
    if detail.has("directions"):
        yield "Directions", _joined(whole.with_news(plan, told.paths), detail.standing)
    if detail.has("must-haves"):
        yield "Must have", _joined(whole.with_news(plan, remembered.must_haves), detail.standing)
    is_urgent = plan.destination in {urgent.text for urgent in plan.urgent}
    # Half of it may say the opposite: all of it, or none where it takes more than two lines.
    destination = on_one_line(plan.destination) or "not yet in words"
    room = _WHOLE.letters if detail.has("destination") else 2 * ONE_LINE
    if not is_urgent and detail.most and columns(destination) <= room:
        yield "Destination", destination


def _beliefs(plan: Plan, detail: Detail) -> Iterator[tuple[str, Text]]:
    """What they believe, the open beliefs first: how far each has been looked at, and what you are
    asked about it."""
    beliefs = plan.remembered.beliefs
    asked = {proposal.assumption: proposal for proposal in plan.proposals if proposal.assumption}
    more = len(beliefs) - detail.beliefs
    for number, belief in enumerate(beliefs[: detail.beliefs], 1):
        end = _more(more) if number == detail.beliefs else ()
        ask: tuple[Inline, ...] = ()
        if proposal := asked.get(belief.id):
            ask = (f" {proposal.why.rpartition('; ')[2]} ", code(proposal.command))
        words = whole.belief_words(plan, belief, detail.standing, at_the_door=True)
        yield "Belief", (*words, *ask, *end)


def _from_last_time(plan: Plan, detail: Detail) -> Iterator[Block]:
    """What last time left; in the first session of a returning client, what the journey before
    did."""
    if journey := plan.earlier_journey:
        label, question = went_home(journey)
        yield Heading("From the journey before", close=detail.close)
        yield labelled(
            ("Destination then", _cut(journey.destination, detail.letters, detail)),
            (label, _cut(question, detail.letters, detail)),
            *_listed("Open then", journey.commitments, detail),
        )
    if last := plan.from_last_time:
        heading, *others = last_time_heading(last)
        yield replace(heading, close=detail.close) if isinstance(heading, Heading) else heading
        yield from others
        left = labelled(*_last_time_at_the_door(plan, last, detail))
        if left.rows:
            yield left
        elif last.wrapped:
            yield Line("Nothing was written down.")


def _last_time_at_the_door(
    plan: Plan, last: FromLastTime, detail: Detail
) -> Iterator[tuple[str, Text]]:
    yield from _promises(plan, "Promised", last.commitments, detail)
    if detail.extras >= 0 or not last.earlier:
        yield "Commitments", nothing_promised(last)
    promises = (*last.commitments, *last.earlier)
    contacts = [contact for promise in promises for contact in promise.contacts if contact.note]
    contacts.sort(key=lambda contact: contact.date, reverse=True)
    for contact in contacts:
        yield "Since then", _asked(contact_line(contact), detail)
    yield from _promises(plan, "Still open", last.earlier, detail)
    yield from _promises(plan, "From earlier", last.over, detail)
    yield from _listed(*took_away(last), detail)
    is_asked = plan.inquiry_return is not None and plan.inquiry_return.way == "asked"
    if is_asked or detail.has("inquiry"):
        label, question = inquiry_line(plan, last)
        yield label, _cut(question, detail.letters, detail)
    yield "Agreed anew", _asked(last.agreement, detail)
    yield "Frame changed", _asked(last.frame_change, detail)
    filled = " · ".join(form.title for form in plan.worksheets)
    yield "Filled in", _cut(filled, detail.letters, detail)
    outstanding = " · ".join(form.title for form in plan.outstanding)
    yield "Not back yet", _cut(outstanding, detail.letters, detail)
    ratings = ratings_line(last)
    note = _cut(plan.remembered.rating_note, detail.letters, detail)
    yield (
        ("Ratings", (ratings, *((": ", *note) if note else ())))
        if ratings
        else ("Rated with", note)
    )
    yield "Rated before", plan.remembered.rated_before
    least = 0 if _left_something(last) else 2
    so_far = max(detail.so_far if detail.has("so far") else 0, least)
    for words in plan.remembered.so_far[:so_far]:
        yield "Before that", _cut(words, detail.letters, detail)


def _left_something(last: FromLastTime) -> bool:
    """Whether the last session left more than what was taken on."""
    return bool(last.told or last.focus or last.ratings or last.respite)


def _shown_promises(plan: Plan, detail: Detail) -> set[str]:
    """The words of the promises that wait and for which there is room."""
    last = plan.from_last_time
    lists = (last.commitments, last.earlier) if last else ()
    waiting = [[promise for promise in made if promise.status in WAITING] for made in lists]
    return {promise.what for made in waiting for promise in made[: detail.waiting]}


def _promises(
    plan: Plan, label: str, commitments: Sequence[PlannedCommitment], detail: Detail
) -> Iterator[tuple[str, Text]]:
    """What was promised: all that waits as far as there is room, then what is over."""
    waiting = [commitment for commitment in commitments if commitment.status in WAITING]
    over = [commitment for commitment in commitments if commitment.status not in WAITING]
    # What was let go would be asked about again.
    over.sort(key=lambda commitment: commitment.status != "dropped")
    shown = [*waiting[: detail.waiting], *over[: max(1, detail.most - len(waiting))]]
    more = len(commitments) - len(shown)
    for number, commitment in enumerate(shown, 1):
        yield (
            label,
            (_promise(plan, commitment, detail), *_more(more if number == len(shown) else 0)),
        )


def _promise(plan: Plan, commitment: PlannedCommitment, detail: Detail) -> str:
    """A commitment, what became of it, and what was learnt from it as far as there is room, unless
    a line of the plan says that back."""
    told = exact_words(commitment.learned).rstrip(".")
    prompts = (prompt for segment in plan.segments for prompt in segment.prompts)
    said_back = told and any(told in prompt.text for prompt in prompts)
    state = STATUSES[commitment.status]
    waited = f", waited {commitment.misses} times" if commitment.misses > 1 else ""
    waits = commitment.status in WAITING
    due = f", by {near_date(commitment.when)}" if waits else ""
    urgent = next((day for day in plan.urgent if day.promise and day.text == commitment.what), None)
    if urgent and waits and urgent.day != commitment.when:
        due += f", deadline {near_date(urgent.day)}"
    if urgent and waits:
        due += f", {due_words(urgent.day, dt.date.fromisoformat(plan.date))}"
    elif waits and "" < commitment.deadline < plan.date:
        due += f", deadline passed {near_date(commitment.deadline)}"
    # While something grave is in the room, no promise is asked about.
    spares = waits and (plan.respite or any(proposal.words for proposal in plan.proposals))
    today = "; not for today" if spares else ""
    again = f"; again since {on_one_line(commitment.again)}" if commitment.again else ""
    is_told = waits and detail.letters > ONE_LINE and commitment.obstacle
    today += f"; in the way: {on_one_line(commitment.obstacle)}" if is_told else ""
    became = f"({state}{waited}{due}{today}{again})"
    what_room = max(LEAST, min(2 * ONE_LINE, detail.letters + ONE_LINE - len(became)))
    head = f"{became} {shortened_to_clause(commitment.what, what_room)}"
    if not commitment.learned or said_back:
        return head
    # What they said may be older than what became of it.
    said = f" ({near_date(commitment.learned_on)})" if commitment.learned_on else ""
    room = max(LEAST, detail.letters + ONE_LINE - columns(head) - len(said))
    learned = (
        on_one_line(commitment.learned)
        if detail.ordinary
        else _said_words(commitment.learned, room, detail)
    )
    return f"{head}: {learned}{said}"


def _clock(plan: Plan, detail: Detail) -> Iterator[Block]:
    """The clock of the whole session in a line, and what is said whatever else has no room."""
    parts = [part for segment in plan.segments for part in parts_in_order(segment)]
    unsaid = sum(not (isinstance(part, PlannedActivity) or _is_kept(part)) for part in parts)
    line: list[Inline] = []
    for segment in plan.segments:
        clock, title, *_ = pieces(segment_heading(segment).text)
        line += [" · "] if line else []
        line += [clock, title, *(LED if is_led(plan, segment) else ())]
    yield Line((*line, quiet(f" · +{unsaid} to say: {MORE}")))
    for segment in plan.segments:
        if plan.weighing and plan.weighing.segment == segment.id:
            yield weighing_rows(plan.weighing)
        kept = (part for part in parts_in_order(segment) if _is_kept(part))
        yield from (_said(segment, part, {}, detail) for part in kept)
        if segment.checkpoint:
            yield Ask(checkpoint(segment), clock=segment.end)


def _session(plan: Plan, detail: Detail) -> Iterator[Block]:
    for segment in plan.segments:
        yield from _segment(plan, segment, detail)


def _segment(plan: Plan, segment: PlannedSegment, detail: Detail) -> Iterator[Block]:
    """A segment's clock and title, what is said aloud in it, and what is done by name."""
    saying = [part for part in parts_in_order(segment) if not isinstance(part, PlannedActivity)]
    unsaid = [part for part in saying[detail.prompts or len(saying) :] if not _is_kept(part)]
    more = (quiet(f" · +{len(unsaid)} to say: {MORE}"),) if unsaid else ()
    led = (*(LED if is_led(plan, segment) else ()), *more)
    done = [part for part in parts_in_order(segment) if isinstance(part, PlannedActivity)]
    named = _heading(segment, led, done) if detail.close and done else None
    clock, title, *_ = pieces(segment_heading(segment).text)
    short = Heading((clock, title, *led), 3)
    heading = named or (short if detail.close else segment_heading(segment, led))
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
    """A segment's heading that names what is done in place of its minutes; None where a line has no
    room for it."""
    clock, title, *_ = pieces(segment_heading(segment).text)
    text = (clock, title, *led, quiet(f"{DONE} {_names(done)}"))
    return Heading(text, 3) if _length(text) <= COLUMNS else None


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
        case ClientClose() if detail.has("closing"):
            return client_closes(part)
        case ClientClose():
            return Ask((bold("The client closes"), quiet(f" ({MORE})")), part.minutes, SAID)
        case PlannedPrompt(kind="agreement"):
            return Ask(part.text, part.minutes, SAID, beside=behind(part, brief=True))
        case PlannedPrompt():
            # What the line does not name, the coach must know.
            beside = behind(part, brief=True)
            return Ask(part.text, part.minutes, SAID, beside=beside)
        case PlannedQuestion() if is_rating(segment, part):
            return rating(part, numbers[part.id], explain=False)
        case PlannedQuestion():
            return question_line(part, numbers[part.id], explain=False)
    raise TypeError(part)


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
        *(_listed("Milestone due", criteria, detail) if detail.has("milestones") else ()),
        *(_listed("Hand out", forms, detail) if detail.extras >= 0 else ()),
        ("Still needed", _cut("; ".join(plan.ending), detail.standing, detail)),
        ("Ratings", whole.RATINGS.get(plan.ratings, "")),
        ("Prepares for", _cut(step, detail.letters, detail) if detail.extras >= 0 else ()),
    )
    if rows.rows:
        yield Heading("At the end", close=detail.close)
        yield rows
