"""The agenda that lies on the table, made from a type that has no coach-only field (R119).

No level, no score, no coach's line, no finding can reach the client, because `ClientPlan` has no
place for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from trajplan.content.labels import ENGLISH, Words
from trajplan.pages.document import Document, client_document
from trajplan.pages.page import Block, Bullets, Line, Page, Table, bold, italic, labelled
from trajplan.pages.words import DISCLAIMER, FIRST_WORDS_TO_YOU, place_line, todays_aim
from trajplan.planning.coming_days import is_of_death
from trajplan.planning.from_records import FirstWords
from trajplan.planning.plan import InquiryReturn, Plan, PlannedSegment
from trajplan.planning.spoken import with_label
from trajplan.text import in_quotes

METHOD_LINES = {
    "directive": "How we work today: we go step by step toward a goal that is already clear.",
    "exploratory": "How we work today: we follow what matters, and end with one action.",
    "integrative": "How we work today: first we look around, then we decide what follows from it.",
}
"""R21: the client is told how the session works, in one line."""
HOLDING_LINE = "How we work today: slowly. Nothing has to be decided, and nothing has to be done."

PLAIN = {
    "context_setting": "Settling in",
    "strategic_inquiry": "Looking around",
    "insight_generation": "What becomes clear",
    "action_design": "What follows from it",
    "momentum_planning": "Until we meet again",
    "break": "A short break",
}
"""For segments that say nothing to the client; the coach's own title never reaches the agenda."""
AGREES_BESIDE = "{aim}, and how we'll work together"
"""For the segment of a first session in which that is agreed beside what it is for (R126)."""

YOU_BRING = "What you bring today."
"""What a session is for that is left to the client (R120)."""
YOU_LEAD = "You lead from here on: what you look back on, what we talk about, what happens next."


class AgendaItem(Struct, frozen=True, kw_only=True):
    """One line of the agenda; `start` is a clock time, or minutes from the start without one."""

    start: str
    text: str


class ClientPlan(Struct, frozen=True, kw_only=True):
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
    """The question they took home; empty: none, or it is not laid out today."""
    items: tuple[AgendaItem, ...]
    method_line: str
    worksheets: tuple[str, ...]
    """What the client filled in and today's session may come back to."""
    to_fill_in: tuple[str, ...]
    """Forms to fill in after the session."""
    own_questions: tuple[str, ...] = ()
    """In the first session: what the client asked before it."""
    first_words: tuple[FirstWords, ...] = ()
    """The client's own words of the beginning that today's session asks for again."""
    you_lead: str = ""
    """Says that the client leads, where they do (R165)."""


def _is_on_the_table(inquiry_return: InquiryReturn | None) -> bool:
    """Whether the question that went home lies before the client, asked or not."""
    return inquiry_return is not None and inquiry_return.way != "shown"


def client_view(plan: Plan, words: Words = ENGLISH) -> ClientPlan:
    """Take over what the client may see, and nothing else; what our content says, in `words`."""
    timed = plan.clock == "wall"
    if plan.holding:
        # A session that holds lays nothing on the table that asks for something.
        plan = replace(
            plan,
            destination="",
            matters_most="",
            serves="",
            from_last_time=None,
            worksheets=(),
            hands_out=(),
            intake=None,
        )
    elif plan.heavy:
        # What is hard to say is not laid before somebody in writing.
        plan = replace(plan, matters_most="", serves="")
    if plan.asks_nothing:
        plan = replace(plan, destination="", worksheets=(), hands_out=(), echo=())
    if is_of_death(plan.destination):
        # Who has died is not read anew at the head of every session.
        plan = replace(plan, destination="")
    last = plan.from_last_time
    held = plan.holding or plan.asks_nothing
    return ClientPlan(
        client_name=plan.client_name,
        session=plan.session,
        of=plan.of,
        date=plan.date,
        start=plan.start if timed else "",
        end=plan.end if timed else "",
        minutes=plan.minutes,
        destination=plan.destination,
        step="" if plan.asks_nothing and not plan.holding else words(_aim(plan)),
        matters_most=plan.matters_most,
        serves=plan.serves,
        promises=tuple(
            with_label(commitment.what, commitment.label)
            for commitment in (last.commitments if last else ())
        ),
        inquiry=last.inquiry if last and _is_on_the_table(plan.inquiry_return) else "",
        items=tuple(_items(plan, timed, words)),
        method_line=words(HOLDING_LINE if held else METHOD_LINES[plan.method]),
        worksheets=tuple(note.title for note in plan.worksheets if note.for_client),
        to_fill_in=tuple(form.title for form in plan.hands_out),
        own_questions=plan.intake.own_questions if plan.intake else (),
        first_words=plan.echo,
        you_lead=words(YOU_LEAD) if plan.client_leads else "",
    )


def _aim(plan: Plan) -> str:
    """What today is for, as the lines of the agenda say it too: a decision that came takes the
    place of the journey's own step on the table."""
    if plan.open and not plan.holding:
        return YOU_BRING
    return todays_aim(plan)


def _items(plan: Plan, timed: bool, words: Words) -> Iterator[AgendaItem]:
    passed = 0
    for segment in plan.segments:
        text = words(segment.client)
        if text and segment.agrees_beside:
            text = words(AGREES_BESIDE, aim=text)
        text = text or _from_activities(segment, words) or words(PLAIN[segment.component])
        yield AgendaItem(start=segment.start if timed else str(passed), text=text)
        passed += segment.minutes


def _from_activities(segment: PlannedSegment, words: Words) -> str:
    """What a segment without a line for the client is about: what is done in it."""
    return ", ".join(words(activity.client) for activity in segment.activities if activity.client)


def agenda(plan: ClientPlan, words: Words = ENGLISH) -> Document:
    """What lies on the table, for client and coach; the coach may word it their own way."""
    return client_document("agenda", plan, words, _page)


def _page(plan: ClientPlan, words: Words) -> Page:
    """The agenda as it lies on the table."""
    clock = f" · {plan.start}–{plan.end}" if plan.start else ""
    length = words("{minutes} minutes", minutes=plan.minutes)
    return Page.of(
        f"{plan.client_name} · {place_line(plan, words)}",
        Line((bold(f"{words.long_date(plan.date)}{clock} · {length}"),)),
        labelled(
            (words("Where you are going"), plan.destination),
            (words("Today"), plan.step),
            (words("What matters most to you today"), plan.matters_most),
            (words("It serves"), plan.serves),
            (words("To take home and fill in"), " · ".join(map(words, plan.to_fill_in))),
            (words("You filled in"), " · ".join(map(words, plan.worksheets))),
        ),
        *_last_time_for_the_client(plan, words),
        *_own_questions(plan, words),
        Table(
            (words("clock" if plan.start else "minutes"), words("what we do")),
            (
                *((item.start, item.text) for item in plan.items),
                (plan.end or str(plan.minutes), words("End")),
            ),
        ),
        Line(plan.method_line),
        *((Line(plan.you_lead),) if plan.you_lead else ()),
        Line((italic(words(DISCLAIMER)),)),
    )


def _last_time_for_the_client(plan: ClientPlan, words: Words) -> Iterator[Block]:
    """What the client took on and took away, and their first words where they are asked again."""
    if plan.promises:
        yield Line((bold(f"{words('You took on')}:"),))
        yield Bullets(plan.promises)
    if plan.inquiry:
        yield Line((bold(f"{words('The question you took home')}:"), f" {plan.inquiry}"))
    if plan.first_words:
        yield Line((bold(f"{words('In your own words')}:"),))
        yield Bullets(tuple(_first_words_line(told, words) for told in plan.first_words))


def _own_questions(plan: ClientPlan, words: Words) -> Iterator[Block]:
    """The questions the client came with, as they were asked."""
    if plan.own_questions:
        yield Line((bold(f"{words('Your questions')}:"),))
        yield Bullets(plan.own_questions)


def _first_words_line(told: FirstWords, words: Words) -> str:
    since = "".join(
        f" {words('In session {session}', session=answer.session)}: “{answer.text}”"
        for answer in told.answers
    )
    about = f"{words(FIRST_WORDS_TO_YOU[told.question])}, {words('at the beginning')}"
    return f"{about}: {in_quotes(told.then)}{since}"
