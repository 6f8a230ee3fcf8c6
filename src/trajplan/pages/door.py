"""The plan at the door: what a coach with four minutes reads before the client comes in (R142).

What the records tell is in `door_facts.py`, the session in `door_session.py`; here is how much of
both there is room for. What gives way, and in which order, is the table `GIVES_WAY`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import sub
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trajplan.pages import plan as plan_page
from trajplan.pages.door_facts import facts_at_the_door
from trajplan.pages.door_notes import ORDER, asked_first, is_asked
from trajplan.pages.door_parts import (
    COLUMNS,
    LAST_TIME,
    NAME,
    NOTES,
    TODAY,
    TOP,
    Fact,
    Kind,
    title_line,
)
from trajplan.pages.door_session import Script, session_blocks, unsaid
from trajplan.pages.page import (
    Block,
    Heading,
    Line,
    Page,
    Pairs,
    Text,
    bold,
    code,
    labelled,
    printed_columns,
    quiet,
)
from trajplan.pages.words import last_time_heading
from trajplan.planning.plan import Plan
from trajplan.text import (
    columns,
    on_one_line,
    plural,
    sentences_of,
    shortened,
    shortened_to_clause,
)

LINES = 70
"""It has at most so many lines in a terminal 80 columns wide, for a session of 90 minutes or
less."""
LEAST_TITLE = 10
"""The fewest letters of the title, where the line has no room for more."""
WORDS_HEARD = 60
"""Letters of the words that a warning rests on."""
ROW = 74
"""Letters of a line beside its label."""
TALL = LINES // 3
"""Lines that no note may take, unless there is room for everything."""
LEAST = 24
"""The fewest letters that anything is cut to."""
MORE = "--full"
"""The option that prints the whole plan."""
NOTE = "note"
NOUNS = (
    *(NOTE, "message", "date", "how they want to be held to it", "what was agreed"),
    *("what matters most", "how they arrive", "promise", "belief", "the fears", "parked topic"),
)
"""Which of what is missing the page's first lines name first."""
MORE_OF_NOTE: Text = (" (more: ", code("trajplan notes list"), ")")
"""What stands behind a note that is not there in full."""
NAMED = 3
"""How many kinds of what is missing are named; the others are only counted."""
DAYS_NAMED = 3
"""Days between sessions that are named as those of missing notes."""
ALL = 1_000_000


Words = Literal["kept words", "other words", "asides"]
"""The words of facts that are grave, promised or asked of the coach, and those of all others; what
may get in the way of a promise."""
KEPT: Words = "kept words"
OTHERS: Words = "other words"
ASIDES: Words = "asides"


class Room(Struct, frozen=True):
    """How much room there is for one kind of fact."""

    most: int = ALL
    """How many of them there are at most."""
    letters: int = ALL
    """How long the words of one are."""
    lines: int = ALL
    """How many lines all of them take at most, each whole or not there."""


class Gives(Struct, frozen=True):
    """One step in which the page gets shorter: what there is room for from then on."""

    kinds: tuple[Kind | Words, ...] = ()
    room: Room = Room()
    script: Script | None = None


def _gone(*kinds: Kind | Words) -> Gives:
    return Gives(kinds, Room(most=0))


def _most(most: int, *kinds: Kind) -> Gives:
    return Gives(kinds, Room(most=most))


def _lines(lines: int, *kinds: Kind) -> Gives:
    return Gives(kinds, Room(lines=lines))


def _letters(letters: int, *kinds: Kind | Words) -> Gives:
    return Gives(kinds, Room(letters=letters))


WHOLE: frozenset[Kind] = frozenset(
    {
        *(*ORDER, "agreed for all", "day", "day again"),
        *("destination", "stuck point", "must-haves", "directions", "fears"),
        *("parked", "parked with a day"),
    }
)
"""What is there whole or not at all: half of it may say the opposite."""
_CLOSE = Script(spacing=False, ahead=2)
_SHORT = replace(_CLOSE, close=False, activities=False, ahead=0)
_CLOCK = replace(_SHORT, said=0)
GIVES_WAY = (
    _gone("only helps"),
    Gives(script=Script(ahead=2)),
    _gone("renewed"),
    _most(4, "before that"),
    _most(2, "before that", "took away"),
    # Empty lines between segments go before words.
    Gives(script=_CLOSE),
    Gives(script=replace(_CLOSE, close=False)),
    _gone("before that"),
    Gives(script=replace(_CLOSE, close=False, ahead=1)),
    Gives(script=replace(_SHORT, activities=True)),
    Gives(script=_SHORT),
    _gone("directions"),
    _gone("must-haves"),
    _most(2, "parked"),
    _gone("stuck point", "goals"),
    _gone("step"),
    _letters(160, OTHERS),
    # What is asked goes before a word of a note: a segment's last question, then all but its first.
    *(Gives(script=replace(_SHORT, said=said)) for said in (3, 2, 1)),
    Gives(script=replace(_CLOCK, asks=2)),
    _letters(100, OTHERS),
    *(_lines(lines, "older note") for lines in (32, 26, 20, 16, 12, 8)),
    _gone("missing", "decide", "worksheets"),
    _most(3, "belief"),
    *(_lines(lines, "older note") for lines in (6, 4)),
    _gone("money"),
    _gone("inquiry"),
    _letters(60, OTHERS),
    _gone("ratings", "journey before"),
    _gone("stuck now", "question"),
    _gone("destination"),
    _most(1, "belief"),
    Gives(script=replace(_CLOCK, asks=1)),
    _gone("asked inquiry"),
    _most(1, "parked"),
    *(_lines(lines, "older note") for lines in (2, 0)),
    _gone("fears"),
    _gone("priorities"),
    _gone("parked"),
    _most(1, "took away"),
    _gone("took away"),
    *(_most(most, "promise over") for most in (4, 3)),
    _gone("focus"),
    _most(4, "let go"),
    *(_lines(lines, "older grave note") for lines in (32, 28, 24, 20, 16, 13, 11, 9, 8)),
    # Every page has what is said first, while there is room for more than it.
    Gives(script=_CLOCK),
    *(_lines(lines, "note before") for lines in (32, 28, 24, 20, 16, 12, 9, 7)),
    _most(2, "promise over"),
    *(_lines(lines, "note before") for lines in (5, 3)),
    _gone("promise over"),
    _gone(ASIDES),
    _letters(190, KEPT),
    _letters(140, KEPT),
    *(_most(most, "promise before") for most in (3, 2, 1, 0)),
    *(_lines(lines, "note before") for lines in (1, 0)),
    *(_most(most, "let go") for most in (2, 1, 0)),
    _gone("may wait", "belief"),
    _gone("since again"),
    _letters(ROW - LEAST // 2, "held to it"),
    Gives(script=replace(_CLOCK, second_lines=False)),
    # Line by line: half a page of it would leave room that what matters less comes back to.
    *(_lines(lines, "last note") for lines in (40, 36, 32, 28)),
    *(_lines(lines, "withheld") for lines in (36, 32, 28, 24, 20, 17, 14, *range(12, -1, -1))),
    *(_lines(lines, "last note") for lines in range(27, 19, -1)),
    # A line or two of what weighs go behind half a page of what was noted last.
    *(_lines(lines, "older grave note") for lines in (7, 6, 5, 4, 3, 2, 1, 0)),
    *(_lines(lines, "last note") for lines in range(19, 9, -1)),
    *(_lines(lines, "last note") for lines in (8, 6, 4)),
    _gone("agreed"),
    _most(6, "promise", "day"),
    *(_lines(lines, "owed", "last note") for lines in (6, 4, 2)),
    _gone("arrival"),
    _letters(110, KEPT),
    _gone("agreed for all"),
    _most(3, "promise", "day", "day again", "since"),
    _letters(900, "pinned"),
    *(_lines(lines, "danger note", "news") for lines in (24, 18, 14, 12)),
    _letters(500, "pinned"),
    *(_lines(lines, "danger note", "news") for lines in (10, 8)),
    *(_letters(letters, "pinned") for letters in (400, 300, 220)),
    _letters(LEAST, KEPT, OTHERS),
    *(_lines(lines, "owed", "last note") for lines in (1, 0)),
    _most(1, "promise", "day", "day again", "since"),
    *(_lines(lines, "danger note", "news") for lines in (6, 4, 2)),
    *(_letters(letters, "pinned") for letters in (150, 110, 70)),
)
"""What gives way before anything else is cut, step by step. What may hurt when nobody knows it goes
last: a pinned note is only shortened, and what stands at the very top, a parked topic with a day,
the clock, the agreement, the checkpoint and the close never do."""


class Layout(Struct, frozen=True):
    """The page without its last line."""

    title: str
    head: tuple[Block, ...]
    missing: tuple[Block, ...]
    """What is said of what is not shown in full."""
    records: tuple[Block, ...]
    session: tuple[Block, ...]
    close: bool
    """Whether the last line stands without an empty line before it."""

    @property
    def above(self) -> tuple[Block, ...]:
        """All that stands above the session."""
        return (*self.head, *self.missing, *self.records)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of it in order."""
        return (*self.above, *self.session)


def door(plan: Plan) -> Page:
    """The plan as it fits a person with four minutes: on 70 lines at 80 columns, after as few steps
    of `GIVES_WAY` as that takes; what went last comes back where there is room. Where no page is so
    short, the one after all steps."""
    facts = facts_at_the_door(plan)
    # A command may have to say for whom, and take one line more.
    commands = sum(proposal.assumption is not None for proposal in plan.proposals)
    asks_ratings = isinstance(plan_page.RATINGS.get(plan.ratings), tuple)

    def fits(steps: Sequence[Gives]) -> bool:
        lines = LINES - commands - (asks_ratings and _script(steps).ahead > 0)
        # Where the client isn't the one in use, the command says for whom.
        return _has_lines(_layout(plan, facts, steps, f" --client {plan.client}"), lines)

    given = bisect_left(range(len(GIVES_WAY)), True, key=lambda given: fits(GIVES_WAY[:given]))
    steps = GIVES_WAY[:given]
    # What had to go may leave more room than was wanting: what went last comes back first. Where
    # all of it is too little, nothing does, and to try that takes long.
    for step in reversed(steps[:-1] if given < len(GIVES_WAY) or fits(steps) else ()):
        fewer = tuple(other for other in steps if other is not step)
        if fits(fewer):
            steps = fewer
    return door_page(plan, steps, facts)


def _has_lines(layout: Layout, most: int) -> bool:
    """Whether a page has so many lines or fewer; one with more letters than they hold is not even
    drawn (R161)."""
    from trajplan.pages.terminal import height

    rows = (row for block in layout.records if isinstance(block, Pairs) for row in block.rows)
    letters = sum(printed_columns(row.text) for row in rows)
    if letters > most * COLUMNS:
        return False
    page = Page.of(layout.title, *layout.blocks, Line(MORE, layout.close))
    return height(page, COLUMNS) <= most


def door_page(plan: Plan, steps: Sequence[Gives], facts: Sequence[Fact]) -> Page:
    """The plan after the steps in which something has given way. `facts`: those of the plan."""
    layout = _layout(plan, facts, steps)
    names, parts = zip(*plan_page.sections(plan), strict=True)
    here = (layout.above, (*layout.session, Line(MORE, layout.close)), (), ())
    more = map(sub, _heights(layout.title, parts), _heights(layout.title, here))
    counts = [(name, count) for name, count in zip(names, more, strict=True) if count > 0]
    named = ", ".join(f"{name} {count}" for name, count in counts)
    total = sum(count for _, count in counts)
    last = Line((code(MORE), quiet(f" adds {total} lines: {named}")), layout.close)
    return Page.of(layout.title, *layout.blocks, last)


def _heights(title: str, parts: Iterable[tuple[Block, ...]]) -> Iterator[int]:
    """How many lines each part of a page takes for the reader, with what stands apart from it."""
    from trajplan.pages.terminal import height

    blocks = accumulate(parts, initial=())
    return (
        there - before
        for before, there in pairwise(height(Page.of(title, *upto), COLUMNS) for upto in blocks)
    )


def _layout(
    plan: Plan, facts: Sequence[Fact], steps: Sequence[Gives], for_whom: str = ""
) -> Layout:
    """The page after some steps. `for_whom`: the end of the command that it names."""
    may_wait = any(fact.kind == "may wait" for fact in facts)
    script = replace(_script(steps), may_wait=may_wait, asked_first=asked_first(facts))
    shown = _with_room(facts, _rooms(steps))
    return Layout(
        title=title_line(plan),
        head=tuple(_head(plan)),
        missing=tuple(_not_in_full(plan, facts, shown, unsaid(plan, script), for_whom)),
        records=tuple(_records(plan, shown.values(), close=not script.spacing)),
        session=tuple(session_blocks(plan, script)),
        close=not script.second_lines,
    )


def _script(steps: Sequence[Gives]) -> Script:
    """How much of the session there is room for after some steps."""
    return next((step.script for step in reversed(steps) if step.script), Script())


def _rooms(steps: Iterable[Gives]) -> dict[Kind | Words, Room]:
    """The room for each kind after some steps: each leaves what others said of another measure."""
    rooms: dict[Kind | Words, Room] = {}
    for step in steps:
        for kind in step.kinds:
            room = rooms.get(kind, Room())
            rooms[kind] = Room(
                min(room.most, step.room.most),
                min(room.letters, step.room.letters),
                min(room.lines, step.room.lines),
            )
    return rooms


def _with_room(facts: Sequence[Fact], rooms: Mapping[Kind | Words, Room]) -> dict[int, Fact]:
    """The facts for which there is room, by their place, each as long as there is room for it.
    Where one of a kind has none, none that follows has: of the notes, no older one."""
    shown: dict[int, Fact] = {}
    count: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    # A day that a note tells of stands before the note, so the note is looked at first.
    in_order = sorted(
        enumerate(facts), key=lambda placed: (placed[1].noted, placed[1].asked), reverse=True
    )
    in_order.sort(key=lambda placed: placed[1].kind == "day again")
    for place, fact in in_order:
        if fact.kind == "day again" and _stands_below(fact, shown.values()):
            continue
        room = rooms.get(fact.kind, Room())
        if rooms and fact.kind in ORDER:
            fact = _to_sentence(fact, min(room.letters, TALL * ROW))
        height = _height(fact)
        if fact.asked and height > room.lines - lines[fact.kind]:
            fact = _to_what_is_asked(fact)
            height = _height(fact)
        if count[fact.kind] >= room.most or lines[fact.kind] + height > room.lines:
            count[fact.kind] = ALL
            continue
        count[fact.kind] += 1
        lines[fact.kind] += height
        shown[place] = fact if fact.kind in WHOLE else _cut(fact, rooms)
    return dict(sorted(shown.items()))


def _height(fact: Fact) -> int:
    return 1 + sum(map(len, fact.words)) // ROW


def _to_what_is_asked(fact: Fact) -> Fact:
    """A note that is too long, in those of its sentences that say what is not to be said or done:
    of a page of an old session that is what a coach must know."""
    kept = [
        " ".join(sentences) if asked else "…"
        for asked, sentences in groupby(sentences_of(fact.words[0]), key=is_asked)
    ]
    # With one part all of it is asked, or nothing in a sentence of its own.
    if len(kept) == 1:
        return fact
    return replace(fact, words=(" ".join(kept),), behind=_with_more(fact))


def _to_sentence(fact: Fact, room: int) -> Fact:
    """A note up to the end of the last sentence for which there is room, with a sign and where the
    rest stands."""
    (text,) = fact.words
    if columns(text) <= room:
        return fact
    sentences = sentences_of(shortened(text, room))[:-1]
    words = f"{' '.join(sentences)} …" if sentences else shortened(text, room)
    return replace(fact, words=(words,), behind=_with_more(fact))


def _with_more(fact: Fact) -> Text:
    """What stands behind a note that is not there in full: what stood there, and where the rest
    is."""
    behind = (fact.behind,) if isinstance(fact.behind, str) else fact.behind
    return (*behind, *MORE_OF_NOTE)


def _stands_below(day: Fact, shown: Iterable[Fact]) -> bool:
    """Whether the note that tells of a day stands on the page."""
    told = re.compile(rf"(?<!\w){re.escape(day.words[0])}(?!\w)")
    return any(told.search(words) for fact in shown for words in fact.words)


def _cut(fact: Fact, rooms: Mapping[Kind | Words, Room]) -> Fact:
    """A fact in as many letters as there is room for. Only its words are cut, where a clause ends:
    what stands before and behind them, a date or what became of it, is short."""
    kinds = (KEPT if fact.keeps else OTHERS, fact.kind)
    letters = min(rooms.get(kind, Room()).letters for kind in kinds)
    words = []
    for number, text in enumerate(fact.words, 1):
        share = max(LEAST, letters // (len(fact.words) - number + 1))
        words.append(shortened_to_clause(text, share, LEAST))
        letters -= min(columns(words[-1]), letters)
    return replace(fact, words=tuple(words), aside="" if ASIDES in rooms else fact.aside)


def _records(plan: Plan, facts: Iterable[Fact], *, close: bool) -> Iterator[Block]:
    """All that stands above the session, part by part."""
    facts = tuple(facts)
    has_notes = any(fact.part == NOTES for fact in facts)

    def heading_of(fact: Fact) -> str:
        return NOTES if fact.part == TODAY and has_notes else fact.part

    for number, (part, told) in enumerate(groupby(facts, key=heading_of)):
        rows = replace(labelled(*_rows(told)), run_in=True)
        if part == LAST_TIME and plan.from_last_time:
            heading, *others = last_time_heading(plan.from_last_time)
            yield replace(heading, close=close) if isinstance(heading, Heading) else heading
            yield from others
        elif part == LAST_TIME:
            yield Heading("From the journey before", close=close)
        elif part not in (TOP, TODAY):
            yield Heading(part, close=close and number > 0)
        yield rows


def _rows(facts: Iterable[Fact]) -> Iterator[tuple[str, Text]]:
    """The lines of a part. Notes of one day that follow one another have it once."""
    before = ""
    for fact in facts:
        is_same = fact.label == before and fact.label.startswith(f"{fact.where} ")
        yield fact.where if is_same else fact.label, _text(fact)
        before = fact.label


def _text(fact: Fact) -> Text:
    behind = (fact.behind,) if isinstance(fact.behind, str) else fact.behind
    words = ": ".join(map(on_one_line, fact.words))
    ahead = (fact.ahead,) if isinstance(fact.ahead, str) else fact.ahead
    return tuple(piece for piece in (*ahead, f"{fact.before}{words}", *behind, fact.aside) if piece)


def _not_in_full(
    plan: Plan, facts: Sequence[Fact], shown: dict[int, Fact], unsaid_lines: int, for_whom: str
) -> Iterator[Line]:
    """How much is not shown in full, so that nobody takes the page for all."""
    missing: Counter[str] = Counter()
    sessions: list[str] = []
    is_first = False
    for place, fact in enumerate(facts):
        if fact.kind == "day again" and _stands_below(fact, shown.values()):
            continue
        if fact.noun and shown.get(place) != fact:
            missing[fact.noun] += 1
            is_first |= fact.first
            if fact.noun == NOTE:
                sessions.append(fact.where)
    if plan.remembered.older_notes:
        missing[NOTE] += plan.remembered.older_notes
    if unsaid_lines:
        missing["spoken line"] = unsaid_lines
    if not missing:
        return
    order = (*(noun for noun in NOUNS if noun in missing), *missing)
    counts = {noun: missing[noun] for noun in order}
    named = [
        noun if noun.startswith(("the ", "what ", "how ")) else plural(count, noun)
        for noun, count in counts.items()
    ]
    if sessions:
        named[0] = f"{named[0]} ({_from(sessions)})"
    if len(named) > NAMED:
        others = sum(list(counts.values())[NAMED - 1 :])
        named[NAMED - 1 :] = [plural(others, "other line")]
    why = "Read first" if is_first else "All of it"
    whole_plan = code(f"trajplan prep {plan.session} {MORE}{for_whom}")
    said = f"Not shown in full: {', '.join(named)}"
    line = (bold(f"{said}. {why}: " if is_first else f"{said}: "), whole_plan)
    if printed_columns(line) <= COLUMNS:
        yield Line(line)
        return
    # A command that is broken in two can't be copied.
    yield Line((bold(said),))
    yield Line((bold(f"{why}: "), whole_plan))


def _from(places: Iterable[str]) -> str:
    """Which sessions notes are from, each stretch of them once, and which days."""
    found = set(places)
    numbers = sorted(int(place[1:]) for place in found if place[1:].isdecimal())
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    ends = (dict.fromkeys((run[0], run[-1])) for run in stretches)
    told = ["–".join(f"S{number}" for number in end) for end in ends]
    others = sorted(place for place in found if not place[1:].isdecimal())
    return ", ".join((*told, *others[:DAYS_NAMED], *(["…"] if others[DAYS_NAMED:] else [])))


def _head(plan: Plan) -> Iterator[Block]:
    """What stands above everything."""
    energy = [f"energy {plan.energy}"] if plan.energy != "normal" else []

    def line(letters: int) -> Line:
        what = [shortened(plan.blueprint_title, letters), *energy]
        return plan_page.session_line(plan, "min", what)

    over = printed_columns(line(NAME).text) - COLUMNS
    yield line(max(LEAST_TITLE, min(NAME, columns(plan.blueprint_title)) - max(0, over)))
    if plan.remembered.own_day:
        yield Line((bold(f"This session was {plan.remembered.own_day}"),))
    for proposal in plan.proposals:
        if proposal.words:
            yield plan_page.heard_line(proposal, shortened(", ".join(proposal.words), WORDS_HEARD))
