"""What the plan at the door tells of the records: facts, in the order in which they would hurt if
nobody knew them (R142). How many of them there is room for is the business of `door.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from trajplan.dates import near_date
from trajplan.pages import plan as plan_page
from trajplan.pages.door_days import day_facts, days_told, due_ahead, parked_facts
from trajplan.pages.door_notes import agreed_facts, note_facts, of_part
from trajplan.pages.door_paragraphs import is_grave_day
from trajplan.pages.door_parts import KNOWN, NOTES, TODAY, TOP, Fact, Kind, is_grave, title_line
from trajplan.pages.door_promises import held_to_it, last_time_facts
from trajplan.pages.page import Inline, Text, code, quiet
from trajplan.pages.plan_reasons import finding_row
from trajplan.pages.words import contact_line, path_text, referral_kinds, todays_aim
from trajplan.planning.from_records import PlannedContact, PlannedGoal
from trajplan.planning.kept_in_mind import RememberedBelief
from trajplan.planning.matter import stems
from trajplan.planning.named_days import says_only_days
from trajplan.planning.plan import Plan
from trajplan.text import on_one_line


def facts_at_the_door(plan: Plan) -> tuple[Fact, ...]:
    """All that the page may tell of the records, in the order of the page."""
    notes = note_facts(plan)
    top = [*of_part(notes, TOP)]
    since = [*_since(plan, notes)]
    facts = (
        *(fact for fact in (*since, *top) if fact.grave),
        *_standing(plan),
        *(fact for fact in (*top, *since) if not fact.grave),
        *of_part(notes, NOTES),
        *agreed_facts(plan),
        *_today(plan),
        *parked_facts(plan),
        *_decide(plan),
        *last_time_facts(plan),
        *_known(plan),
    )
    grave = frozenset(plan.remembered.grave)
    told = (
        replace(fact, keeps=fact.keeps or is_grave(fact.words, grave))
        for fact in facts
        if any(fact.words) or fact.before or fact.behind
    )
    return tuple(told)


def _standing(plan: Plan) -> Iterator[Fact]:
    """What has a day soon, what stands, and what is missing."""

    def standing(label: str, text: Text) -> Fact:
        return Fact(part=TOP, kind="standing", label=label, words=(), behind=text, noun="")

    yield from day_facts(plan)
    for label, text in plan_page.clock_rows(plan):
        yield standing(label, text)
    yield standing("Referral", referral_kinds(plan.referrals))
    for finding in plan.findings:
        if finding.severity == "warning":
            yield standing("Warning", finding_row(finding).text)


def _since(plan: Plan, notes: Sequence[Fact]) -> Iterator[Fact]:
    """What has changed since last time; `since again`: a note of that day or later says it
    too."""
    last = plan.from_last_time
    told = [stems(fact.words[0]) for fact in notes if last and fact.noted >= last.date]
    # The title says where this session moved.
    because = plan.remembered.since_because
    happened = [(words, because.get(words, words)) for words in plan.remembered.since]
    said = [(contact_line(contact), contact.note) for contact in _contacts(plan)]
    for words, told_words in (*happened, *said):
        days = [coming.day for coming in plan.remembered.coming if coming.text in words]
        own = stems(told_words)
        is_again = any(len(own & others) >= max(2, len(own) / 2) for others in told)
        yield Fact(
            part=TOP,
            kind="since again" if is_again else "since",
            label="Since then",
            ahead=due_ahead(plan, days),
            words=(on_one_line(words),),
            noun="message",
            keeps=True,
            first=not is_again,
            grave=any(sentence in words for sentence in plan.remembered.heavy),
        )


def _decide(plan: Plan) -> Iterator[Fact]:
    """What the coach may decide, and what is missing of the coaching agreement."""
    beliefs = {belief.number for belief in plan.remembered.beliefs}
    for proposal in plan.proposals:
        if not proposal.words and proposal.assumption not in beliefs:
            text: Text = (f"{plan_page.to_decide(proposal)} ", code(proposal.command))
            yield Fact(part=TODAY, kind="decide", label="Decide", words=(), behind=text, noun="")
    missing = (plan.agreement_gap,)
    yield Fact(part=TODAY, kind="missing", label="Missing", words=missing, noun="")


def _contacts(plan: Plan) -> list[PlannedContact]:
    """What was said between the sessions, the newest first."""
    last = plan.from_last_time
    promises = last.promises if last else ()
    contacts = [contact for promise in promises for contact in promise.contacts if contact.note]
    return sorted(contacts, key=lambda contact: contact.date, reverse=True)


def _today(plan: Plan) -> Iterator[Fact]:
    """What the client comes with, and what today is for."""

    def today(kind: Kind, label: str, text: str, noun: str = "") -> Fact:
        return Fact(
            part=TODAY,
            kind=kind,
            label=label,
            words=(on_one_line(text),),
            noun=noun,
            first=True,
        )

    last = plan.from_last_time
    is_titled = title_line(plan).endswith(f" · arrives {on_one_line(plan.mood)}")
    arrives = plan_page.arrival(replace(plan, mood="") if is_titled else plan)
    yield today("arrival", "Arrives", arrives, "how they arrive")
    if plan.matters_most not in days_told(plan):
        # Where it says a day alone, they will say what it is.
        kind: Kind = "focus" if says_only_days(plan.matters_most) else "arrival"
        matters = today(kind, "Matters most", plan.matters_most, "what matters most")
        yield replace(matters, first=kind == "arrival")
    if last is None:
        yield held_to_it(plan, TODAY)
    # Each segment of the session says so, too.
    yield today("may wait", "Who leads", plan_page.LEADS if plan.client_leads else "")
    focus = last.focus if last else ""
    yield replace(today("focus", "Focus then", focus, "the focus of last time"), first=False)
    yield today("step", "Step today", todays_aim(plan))
    if is_grave_day(plan):
        holding = ("Today's step may wait: ", code("trajplan check-in --holding"))
        yield replace(today("may wait", "If need be", ""), behind=holding, first=False)
    yield today("step", "Other plan", plan.blueprint_note)
    yield today("only helps", "Topics", ", ".join(topic.title for topic in plan.topics))
    yield today("only helps", "Why this step", plan.step_because)


def _known(plan: Plan) -> Iterator[Fact]:
    """What has been known of them for longer: what they believe, fear and want."""

    def known(kind: Kind, label: str, texts: Sequence[str], noun: str, behind: Text = ()) -> Fact:
        words = " · ".join(texts)
        return Fact(part=KNOWN, kind=kind, label=label, words=(words,), behind=behind, noun=noun)

    remembered, intake = plan.remembered, plan.intake
    told = intake or remembered
    for question in intake.own_questions if intake else ():
        yield known("question", "Their question", (question,), "own question")
    stuck = intake.stuck_point if intake else remembered.stuck_point
    yield known("stuck point", "Stuck point", (stuck,), "the stuck point")
    yield known("stuck now", "Stuck now", (remembered.stuck_now,), "the stuck point")
    for belief in remembered.beliefs:
        yield _belief(plan, belief)
    money = plan_page.unsaid_money(plan, told.money)
    for texts, eye in plan_page.by_the_eye(plan, told.fears):
        yield known("fears", "Fears", texts, "the fears", (eye,))
    for texts, eye in plan_page.by_the_eye(plan, money):
        yield known("money", "Money", texts, "what they said of money", (eye,))
    yield known("priorities", "Priorities", plan.priorities, "the priorities")
    near = days_told(plan)
    goals = [_goal(goal) for goal in plan.goals if goal.path[-1] not in near]
    yield known("goals", "Goals", goals, "the goals")
    yield known("directions", "Directions", told.paths, "the directions")
    yield known("must-haves", "Must have", remembered.must_haves, "the must-haves")
    if plan.destination not in near:
        # Half of it may say the opposite.
        words = on_one_line(plan.destination) or "not yet in words"
        yield known("destination", "Destination", (words,), "the destination")


def _goal(goal: PlannedGoal) -> str:
    """A goal with its day."""
    by = f" (by {near_date(goal.when)})" if goal.when else ""
    return f"{path_text(goal.path)}{by}"


def _belief(plan: Plan, belief: RememberedBelief) -> Fact:
    """What they believe, how far it has been looked at, and what you are asked about it."""
    # The step itself stands among the promises.
    waits = plan_page.still_untested(belief) if belief.untested else ""
    about = quiet(f" ({plan_page.looked_at(belief, waits)})")
    is_gist = belief.wording == "gist"
    behind: tuple[Inline, ...] = (" (the gist)" if is_gist else "”", about)
    for proposal in plan.proposals:
        if proposal.assumption == belief.number:
            behind += (f" {proposal.ask} ", code(proposal.command))
    return Fact(
        part=KNOWN,
        kind="belief",
        label="Belief",
        before="" if is_gist else "“",
        words=(belief.text,),
        behind=behind,
        noun="belief",
    )
