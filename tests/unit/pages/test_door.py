"""The plan at the door: short enough for a coach with four minutes, and nothing that hurts is gone.

Real plans, with whatever the records could hold put into them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from page_words import squeezed
from trajplan.pages.door import GIVES_WAY, LINES, door, door_page
from trajplan.pages.door_facts import facts_at_the_door
from trajplan.pages.door_paragraphs import label_of
from trajplan.pages.door_parts import Kind
from trajplan.pages.glance import glance
from trajplan.pages.page import Page
from trajplan.pages.plan import plan_page
from trajplan.pages.terminal import height, terminal
from trajplan.planning.from_records import (
    PinnedNote,
    PlannedCommitment,
    PlannedParked,
    StandingReferral,
)
from trajplan.planning.kept_in_mind import HardTime, RememberedBelief
from trajplan.planning.plan import Plan, PlanFinding, PlannedPrompt, Proposal
from trajplan.text import sentences_of, shortened_to_clause

GOLDEN = Path(__file__).parents[2] / "golden" / "documents" / "plan.json"
DAY = "2027-03-03"
HURTS = 5
"""So many things that stand at once are still one client's."""


@pytest.mark.parametrize(
    ("when", "session", "label"),
    [
        ("session 3", 3, "S3"),
        ("session 12, Sat 6 Feb", 12, "S12"),
        ("Sat 6 Feb", 0, "Sat 6 Feb"),
        ("Send it, then ring Bo, Tue 9 Mar", 0, "Send it, then ring Bo"),
        ("for today, written Sun 7 Feb", 0, "For today"),
    ],
)
def test_a_note_says_where_it_comes_from(when: str, session: int, label: str) -> None:
    assert label_of(HardTime(text="Her brother rang.", when=when, session=session)) == label


def golden_plan() -> Plan:
    """The plan of the demo's fourth session, 90 minutes long."""
    data: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for segment in data["segments"]:
        for question in segment["questions"]:
            question |= {"score": 0, "reasons": []}
    return msgspec.convert(data, Plan, strict=False)


PLAN = golden_plan()


def after(plan: Plan, given: int) -> Page:
    """The page after so many steps in which something has given way."""
    return door_page(plan, GIVES_WAY[:given], facts_at_the_door(plan))


words = st.sampled_from(
    [
        "",
        "Ring the school.",
        "word " * 90,
        "a b " * 200,
        "x" * 900,
        "山" * 300,
        "ليلى بنت أحمد " * 20,
        "[/bold] `ls` " * 30,
        "Donaudampfschifffahrtsgesellschaft " * 9,
    ]
)
commitments = st.builds(
    PlannedCommitment,
    number=st.integers(1, 9),
    what=words,
    when=st.just(DAY),
    how_will_i_know=words,
    status=st.sampled_from(["open", "done", "partly", "not_yet", "dropped"]),
    misses=st.integers(0, 4),
    learned=words,
)
standing = st.lists(words.filter(str.strip), max_size=HURTS)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """The golden plan with anything a client may have said, and much that stands."""
    last = PLAN.from_last_time
    assert last is not None
    return replace(
        PLAN,
        client_name=draw(words),
        destination=draw(words),
        step=draw(words),
        matters_most=draw(words),
        mood=draw(words),
        accountability=draw(words),
        blueprint_title=draw(words),
        pinned=tuple(
            PinnedNote(number=number, text=text, session=3, written=DAY)
            for number, text in enumerate(draw(standing), 1)
        ),
        parked=tuple(
            PlannedParked(
                number=number, text=text, session=2, since=DAY, due=draw(st.sampled_from(["", DAY]))
            )
            for number, text in enumerate(draw(standing), 1)
        ),
        from_last_time=replace(
            last,
            commitments=tuple(draw(st.lists(commitments, max_size=5))),
            earlier=tuple(draw(st.lists(commitments, max_size=5))),
            inquiry=draw(words),
            notes=tuple(draw(st.lists(words, max_size=4))),
            takeaways=tuple(draw(st.lists(words, max_size=4))),
            agreement=draw(words),
        ),
    )


def drawn(page: Page, width: int = 80) -> str:
    """The page as a terminal shows it, without styles."""
    console = Console(width=width, color_system=None, markup=False, highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(terminal(page, width))
    return capture.get()


@settings(max_examples=8)
@given(plans())
def test_a_plan_at_the_door_has_seventy_lines_whatever_the_records_hold(plan: Plan) -> None:
    page = door(plan)
    assert height(page, 80) <= LINES
    text = drawn(page)
    # A pinned note has its line, or is counted.
    shown = sum(line.startswith("Pinned") for line in text.splitlines())
    assert shown == len(plan.pinned) or "Not shown in full:" in text
    due = sum(1 for topic in plan.parked if topic.due)
    assert squeezed(text).count("byWed3Mar") >= due
    assert "Checkpoint. Is this still what you want from today?" in text
    assert squeezed(plan.agreement.text) in squeezed(text)
    assert "The client closes" in text


notes = st.lists(
    st.lists(
        st.sampled_from(
            [
                "She likes the rota.",
                "Dad has cancer.",
                "No plan, she sees Dr. Hall on Monday",
                "Hat geweint… Nicht anrufen!",
                "It took her a long while to come to it, " * 5 + "and then she laughed.",
                "山" * 40 + "。",
            ]
        ),
        min_size=1,
        max_size=6,
    ).map("\n".join)
    | words.filter(str.strip),
    max_size=9,
)


@settings(max_examples=12)
@given(plans(), notes, notes, st.booleans())
def test_a_note_stands_whole_or_the_top_says_how_many_do_not(
    plan: Plan, pinned: list[str], left: list[str], is_grave: bool
) -> None:
    last = plan.from_last_time
    assert last is not None
    plan = replace(
        plan,
        pinned=tuple(
            PinnedNote(number=number, text=text, session=3, written=DAY)
            for number, text in enumerate(pinned, 1)
        ),
        from_last_time=replace(last, notes=tuple(left)),
        remembered=replace(plan.remembered, grave=("Dad has cancer.",) if is_grave else ()),
    )
    page = door(plan)
    text = drawn(page)
    assert height(page, 80) <= LINES
    top = " ".join(" ".join(text.split("\n\n")[0].split()).split(" ")[-40:])
    told = re.search(r"Not shown in full: (?:(\d+) (?:\w+ )?notes?)?.*Read first: (`.*`)", top)
    # Where room is short the paragraphs of a note follow one another on a line.
    drawn_text = squeezed(text)
    cut = [
        note
        for note in {*pinned, *left}
        if any(squeezed(paragraph) not in drawn_text for paragraph in note.splitlines())
    ]
    if cut:
        assert told is not None
        assert int(told[1]) >= len(cut)
        assert told[2] == "`trajplan prep 4 --full`"
        # Only a pinned note is cut; of the others all or nothing is there.
        assert "…" in text or set(cut).isdisjoint(pinned)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dad died. She knows.", ["Dad died.", "She knows."]),
        ("Dr. Hall says no. 3 weeks.", ["Dr. Hall says no.", "3 weeks."]),
        ("“I can't go on.” Said twice\nNo plan", ["“I can't go on.”", "Said twice", "No plan"]),
        ("Ruft an … und weint. Ärztin am Montag", ["Ruft an … und weint.", "Ärztin am Montag"]),
        ("at 9 a.m. on Monday", ["at 9 a.m. on Monday"]),
        ("Am 5. März. Paid £900. March is next.", ["Am 5. März.", "Paid £900.", "March is next."]),
        ("- Dad died. She knows.\n* No plan", ["Dad died.", "She knows.", "No plan"]),
        ("- Dad died", ["Dad died"]),
        ("-5 degrees. Cold.", ["-5 degrees.", "Cold."]),
        ("", []),
    ],
)
def test_sentences_are_told_apart(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@settings(max_examples=15)
@given(plans())
def test_a_glance_has_twenty_lines_whatever_the_records_hold(plan: Plan) -> None:
    page = glance(plan).page
    assert page is not None
    assert height(page(), 80) <= 20


BELIEFS_GONE = next(
    number
    for number, step in enumerate(GIVES_WAY, 1)
    if "belief" in step.kinds and not step.room.most
)
"""After so many steps no belief is left."""
SECOND_LINES_GONE = next(
    number
    for number, step in enumerate(GIVES_WAY, 1)
    if step.script and not step.script.second_lines
)
"""After so many steps a line of the script is one line."""


@pytest.mark.parametrize("given", [*range(0, len(GIVES_WAY), 6), len(GIVES_WAY)])
def test_what_may_hurt_is_there_whatever_has_given_way(given: int) -> None:
    proposal = Proposal(
        kind="safety",
        why="Ask directly whether they think of dying.",
        command="trajplan refer therapy --from -",
        words=("want to die",),
    )
    warning = PlanFinding(rule="R52", severity="warning", where="", message="No options yet.")
    plan = replace(
        PLAN,
        proposals=(proposal,),
        remembered=replace(
            PLAN.remembered,
            beliefs=(
                RememberedBelief(
                    number=1, text="I am too old.", found=("against it: Ada was older",)
                ),
                RememberedBelief(number=2, text="Nobody asks me.", status="tested", sessions=(2,)),
            ),
        ),
        referrals=(StandingReferral(kind="legal", since=DAY),),
        pinned=tuple(
            PinnedNote(number=number, text=f"Never ring at home {number}", session=1, written=DAY)
            for number in range(5)
        ),
        parked=tuple(
            PlannedParked(number=number, text=f"Contract {number}", session=1, since=DAY, due=DAY)
            for number in range(4)
        ),
        findings=(warning,),
    )
    text = squeezed(drawn(after(plan, given)))
    for must in (
        proposal.why,
        "(heard: want to die)",
        proposal.command,
        "to legal help on Wed 3 Mar",
        *(note.text for note in plan.pinned),
        *(topic.text for topic in plan.parked),
        "No options yet.",
        *(
            ["“I am too old.” (from the beginning; against it: Ada was older)"]
            if given < BELIEFS_GONE
            else []
        ),
        "Is this still what you want from today?",
        *(["If not: What would make the rest useful?"] if given < SECOND_LINES_GONE else []),
        *(f"{segment.start}–{segment.end}{segment.title}" for segment in plan.segments),
        *(
            prompt.text
            for segment in plan.segments
            for prompt in segment.prompts
            if prompt.kind == "agreement" or (prompt.kind == "close" and not given)
        ),
    ):
        assert squeezed(must) in text, must


def test_everything_gives_way_at_last_but_what_stands_and_what_is_parked_with_a_day() -> None:
    gives_way = {kind for step in GIVES_WAY for kind in step.kinds}
    assert {*get_args(Kind)} - gives_way == {"standing", "parked with a day"}


def test_what_a_long_note_leaves_of_the_page_is_used() -> None:
    last = PLAN.from_last_time
    assert last is not None
    note = "She told at length how the rota is made and who swaps with whom. " * 22
    promises = tuple(
        replace(last.commitments[0], what=f"Step number {number}", learned="")
        for number in range(6)
    )
    plan = replace(PLAN, from_last_time=replace(last, notes=(note,), earlier=promises))
    page = door(plan)
    # The command that names the client may take one line more.
    fewest = next(
        given for given in range(len(GIVES_WAY) + 1) if height(after(plan, given), 80) < LINES
    )
    assert LINES - 2 <= height(page, 80) <= LINES
    assert left_out(page)[0] <= left_out(after(plan, fewest))[0]


def left_out(page: Page) -> tuple[int, dict[str, int]]:
    """What the last line counts: in all, and by part."""
    line = " ".join(drawn(page).rpartition("`--full` adds ")[2].split())
    total, named = line.split(" lines: ")
    counts = [part.rpartition(" ") for part in named.split(", ")]
    return int(total), {name: int(count) for name, _, count in counts}


def test_the_last_line_counts_what_is_left_out() -> None:
    page = after(PLAN, 2)
    total, parts = left_out(page)
    assert total == sum(parts.values())
    # As many as the reader sees more.
    assert total == height(plan_page(PLAN), 80) - height(page, 80)
    assert [*parts] == ["records", "session", "clocks", "why"]
    # Whoever sees less is told of more.
    totals = [left_out(after(PLAN, given))[0] for given in range(len(GIVES_WAY) + 1)]
    assert totals == sorted(totals)
    assert totals[-1] > totals[0]


def test_of_a_list_there_are_as_many_as_there_is_room_for_and_the_top_counts_the_others() -> None:
    last = PLAN.from_last_time
    assert last is not None
    promise = last.commitments[0]
    many = tuple(
        replace(promise, what=f"Step number {number}", learned="It went well. " * 9)
        for number in range(30)
    )
    text = drawn(door(replace(PLAN, from_last_time=replace(last, commitments=many))))
    shown = sum(f"Step number {number}" in text for number in range(30))
    assert 0 < shown < 30
    told = re.search(r"(\d+) promises", text.split("\n\n")[0])
    assert told is not None
    assert int(told[1]) >= 30 - shown
    assert "+" not in text.split("`--full` adds")[0].replace("(+", "")


def test_of_promises_all_that_wait_come_first() -> None:
    last = PLAN.from_last_time
    assert last is not None
    over, waits = (
        replace(last.commitments[0], status=status, learned="", obstacle="", label="")
        for status in ("done", "not_yet")
    )
    made = (
        *(replace(over, what=f"Finished {number}") for number in range(3)),
        *(replace(waits, what=f"Still waiting {number}") for number in range(3)),
    )
    lines = [
        " ".join(line.split())
        for line in drawn(
            door(replace(PLAN, from_last_time=replace(last, commitments=made)))
        ).splitlines()
        if line.startswith("Promised")
    ]
    due = "(not yet, by Fri 19 Feb)"
    assert lines[:3] == [f"Promised {due} Still waiting {number}" for number in range(3)]
    assert lines[3].startswith("Promised (done) Finished 0")


def test_what_a_line_does_not_name_stands_below_it() -> None:
    step = "Ask the care service whether they know mornings without a car"
    opening, *others = PLAN.segments
    for text, is_named in (
        ("You made a start on something you took on earlier. Do you still want to?", False),
        ("You were going to ask the care service. How did it go?", True),
    ):
        prompt = PlannedPrompt(
            id="review-commitment", case="partly", text=text, minutes=2, beside=step
        )
        plan = replace(PLAN, segments=(replace(opening, prompts=(prompt,)), *others))
        assert (squeezed(f"In full: {step}") in squeezed(drawn(door(plan)))) is not is_named


def test_a_belief_is_asked_about_once_and_where_it_stands() -> None:
    why = "two sessions came back to “I am too old.”; plans leave it alone."
    command = "trajplan assumptions update 1 --against -"
    ask = Proposal(kind="belief", why=why, ask="What was found?", command=command, assumption=1)
    belief = RememberedBelief(number=1, text="I am too old.", sessions=(2, 3))
    plan = replace(PLAN, proposals=(ask,), remembered=replace(PLAN.remembered, beliefs=(belief,)))
    text = drawn(door(plan))
    assert text.count("I am too old") == 1
    assert squeezed(f"What was found? `{command}`") in squeezed(text)
    assert "Decide" not in text


def test_money_that_is_a_priority_is_for_everybody() -> None:
    plan = replace(
        PLAN,
        priorities=("Out of debt by May",),
        remembered=replace(PLAN.remembered, money=("Out of debt by May", "2.000 € a month")),
    )
    lines = [" ".join(line.split()) for line in drawn(door(plan)).splitlines()]
    assert "Money 2.000 € a month (for your eye, until they speak of it)" in lines
    assert "Priorities Out of debt by May" in lines


@pytest.mark.parametrize(
    ("text", "letters", "shown"),
    [
        ("Put it all together, and finish with one clear step.", 40, "Put it all together…"),
        ("Put it all together, and finish.", 40, "Put it all together, and finish."),
        (
            "Ask the care service whether they know mornings without a car",
            56,
            "Ask the care service…",
        ),
        (
            "Call the training officer and ask for a morning with them",
            50,
            "Call the training officer…",
        ),
        ("Wir reden mit der Bank, aber erst nach der Messe im Mai", 45, "Wir reden mit der Bank…"),
        ("x" * 90, 30, "x" * 29 + "…"),
        ("", 30, ""),
    ],
)
def test_words_are_cut_where_a_clause_ends(text: str, letters: int, shown: str) -> None:
    assert shortened_to_clause(text, letters, 20) == shown


@pytest.mark.req("R142")
def test_how_somebody_is_kept_safe_and_what_is_asked_of_the_coach_outlast_a_long_note() -> None:
    last = PLAN.from_last_time
    assert last is not None
    order = "Non-molestation order until 30 April. He doesn't know the new address."
    asked = "She asked me not to say that things will work out."
    told = "She told at length how the rota is made and who swaps with whom. " * 12
    before = (
        HardTime(text=f"{told}{asked} {told}", when="session 2", noted=True, day="2027-01-27"),
        HardTime(text=order, when="session 1", noted=True, day="2027-01-13"),
    )
    newer = "The court moved it to the 6th."
    last = replace(last, notes=(f"I said I would bring the train times. {told}{told}",))
    plan = replace(
        PLAN,
        from_last_time=last,
        remembered=replace(
            PLAN.remembered,
            notes=(f"{newer} {told}",),
            noted_before=before,
        ),
    )
    text = " ".join(drawn(door(plan)).split())
    assert text.index(order) < text.index(newer) < text.index("You owe") < text.index(asked)
    assert f"… {asked} … (more: `trajplan notes list`)" in text
