"""What single worksheets are for, seen from the command line.

Tests without a row show the worksheet's part of one whose other parts belong elsewhere.
"""

from __future__ import annotations

from typing import Any

import pytest

from coaching import Coach


def filled(coach: Coach, name: str, form: str, **options: str) -> str:
    """Fill a form in and return the page of its result."""
    given = [word for key, value in options.items() for word in (f"--{key}", value)]
    return coach.do("worksheets", "fill", name, "--from", "-", *given, stdin=form).out


def note(coach: Coach, name: str) -> list[str]:
    """The lines of a worksheet on the next plan."""
    notes = coach.json("prep", "session", "1")["worksheets"]
    return next(note["lines"] for note in notes if note["worksheet"] == name)


QUESTIONNAIRE = """\
## What matters most to you right now
Sleeping again before early shifts.

## What's changed since last time
I asked about the day team.

## What you'd like to keep
- the talk at the bedside

## What you'd happily give up
- the roster

## What you want most from work at the moment
Peace and quiet, and enough to live on.

## Questions you'd like to ask
- Am I too old for a second training?
"""


@pytest.mark.req("R30", "R35", "R36", "R37")
def test_the_questionnaire_feeds_the_next_plan(begun: Coach) -> None:
    filled(begun, "pre-session-questionnaire", QUESTIONNAIRE)
    assert note(begun, "pre-session-questionnaire") == [
        "What matters most to you right now: Sleeping again before early shifts.",
        "What's changed since last time: I asked about the day team.",
        "What you'd like to keep: the talk at the bedside",
        "What you'd happily give up: the roster",
        "What you want most from work at the moment: Peace and quiet, and enough to live on.",
        "Questions you'd like to ask: Am I too old for a second training?",
    ]


@pytest.mark.req("R30")
def test_unmatched_text_of_the_questionnaire_is_kept_and_shown(begun: Coach) -> None:
    page = filled(
        begun, "pre-session-questionnaire", f"Dear coach,\nsorry it is late.\n{QUESTIONNAIRE}"
    )
    assert "Dear coach,\n\nsorry it is late." in page
    assert (
        "sorry it is late"
        in begun.json("worksheets", "result", "pre-session-questionnaire")["unmatched"]
    )


def test_the_audit_counts_what_was_done_and_keeps_pain_points_and_evidence(begun: Coach) -> None:
    page = filled(
        begun,
        "pre-coaching-audit",
        """\
## What you got done
### Achievement 1
- What you did: Trained eight newcomers on the press line
- What changed because of it: scrap down from 9 to 4 in a hundred
### Achievement 2
- What you did: Kept the night crew together through the move
## What's hard or tiring at work
- meetings without an end
## What people have said about your work
- “Nobody explains like you”, from the foreman
""",
    )
    assert "| What changed because of it | scrap down from 9 to 4 in a hundred |  |" in page
    assert "- **Achievements:** What you got done: 2" in page
    assert note(begun, "pre-coaching-audit")[:2] == [
        "What's hard or tiring at work: meetings without an end",
        "What people have said about your work: “Nobody explains like you”, from the foreman",
    ]


@pytest.mark.req("R26")
def test_trajectory_mapping_counts_recurring_themes(begun: Coach) -> None:
    page = filled(
        begun,
        "trajectory-mapping",
        """\
## Jobs and stages
### Stage 1
- What you did: Apprentice welder
- Themes: learning by doing; precision
- What went well: the examination
- How you moved on: asked
### Stage 2
- What you did: Shift lead
- Themes: showing newcomers; Precision
- What was hard: the roster
- How you moved on: asked
### Stage 3
- What you did: At home with two children
- Themes: showing newcomers, precision
- How you moved on: chosen
""",
    )
    assert "- **Themes that come up again:** precision (3×); showing newcomers (2×)" in page
    assert "- **How the moves came about:** asked (2×)" in page
    assert "Themes that come up again: precision (3×); showing newcomers (2×)" in note(
        begun, "trajectory-mapping"
    )


@pytest.mark.req("R29")
def test_career_architecture_shows_overlaps_and_gaps(begun: Coach) -> None:
    page = filled(
        begun,
        "career-architecture",
        """\
## Skills
- teaching
- balance sheets
## Values
- fairness
## Interests
- Teaching
- boats
## Market realities
- teaching
- cost control
""",
    )
    assert "- **Where they meet:** teaching (Skills, Interests, Market realities)" in page
    assert "- **Wanted, and not on your list of skills yet:** cost control" in page
    assert "- **Skills you haven't seen asked for yet:** balance sheets" in page
    assert "- **Interests you haven't tried yet:** boats" in page


WHEEL = {
    "Work": 3, "Money": 7, "Health": 6, "People close to me": 9,
    "Friends": 5, "Learning": 4, "Rest and fun": 3, "Home": 8,
}  # fmt: skip


def wheel(**changed: int) -> str:
    values = {**WHEEL, **changed}
    return "".join(f"## {name}\nRating (0 to 10): {value}\n" for name, value in values.items())


@pytest.mark.parametrize(
    ("form", "summary"),
    [
        ("## Work\nRating (0 to 10): 7\n", "Rated 7: Work."),
        (
            "## Work\nRating (0 to 10): 7\n## Money\nRating (0 to 10): 3\n",
            "Highest 7: Work. Lowest 3: Money.",
        ),
    ],
)
def test_a_highest_and_a_lowest_need_two_different_ratings(
    begun: Coach, form: str, summary: str
) -> None:
    assert summary in filled(begun, "wheel-of-life", form).splitlines()


@pytest.mark.req("R74")
def test_the_wheel_is_drawn_named_and_compared(begun: Coach) -> None:
    first = wheel().replace("## Learning\n", "## Learning\nCall it: The boat\n")
    filled(begun, "wheel-of-life", first, date="2027-01-20")
    filled(begun, "wheel-of-life", wheel(Work=5, Learning=1))
    drawn = begun.do("worksheets", "result", "wheel-of-life", "--format", "terminal").out
    lines = {line.split("  ")[0].strip(): line for line in drawn.splitlines() if "█" in line}
    bars = {name: line.count("█") for name, line in lines.items()}
    assert len(bars) == 8
    longest = next(bars[name] for name in bars if name.startswith("People close to me"))
    work = next(bars[name] for name in bars if name.startswith("Work"))
    assert abs(work / longest - 5 / 9) < 0.05
    assert any("The boat" in line for line in drawn.splitlines())
    assert max(map(len, drawn.splitlines())) <= 80
    page = begun.do("worksheets", "result", "wheel-of-life").out
    assert "- **Lowest:** The boat 1" in page
    assert "- **Widest gap:** People close to me 9 and The boat 1, 8 apart" in page
    assert "- **Since last time:** Work 3 → 5 (+2); The boat 4 → 1 (−3)" in page
    blank = begun.do("worksheets", "blank", "wheel-of-life", "--client", "sample-client").out
    assert "Call it: The boat" in blank
    assert "Lowest: The boat 1" in note(begun, "wheel-of-life")


@pytest.mark.req("R74")
def test_a_name_of_ones_own_is_for_one_client_only(begun: Coach) -> None:
    begun.do("new-client", "Ben", "--start", "2027-02-01")
    form = wheel().replace("## Work\n", "## Work\nCall it: The ward\n")
    filled(begun, "wheel-of-life", form, client="sample-client")
    form = form.replace("The ward", "Work")
    assert "The ward" not in begun.do("worksheets", "blank", "wheel-of-life", "--client", "ben").out
    page = filled(begun, "wheel-of-life", form, client="sample-client")
    assert "| Work | 3 |" in page


@pytest.mark.req("R75")
def test_swot_has_four_boxes(begun: Coach) -> None:
    page = filled(
        begun,
        "swot",
        "## Strengths\n- calm\n- exact\n## Weaknesses\n- late\n## Opportunities\n- the new yard\n"
        "## Threats\n- the old yard closes\n",
    )
    assert "- **In the boxes:** Strengths: 2; Weaknesses: 1; Opportunities: 1; Threats: 1" in page
    assert "Threats: the old yard closes" in note(begun, "swot")


VALUES = """\
## What matters to you
| Value | Importance | How much of it I have |
|---|---|---|
| Fairness | 9 | 8 |
| Time with the children | 10 | 3 |
## Should and want
### Pair 1
- I should: stay until the pension
- I want: open the workshop
- How it stands: {}
### Pair 2
- I should: answer at night
- I want: switch it off
- How it stands: settled
## A day with room for both
I open at ten and close at three.
"""


@pytest.mark.req("R76")
def test_values_show_the_widest_gap_and_the_open_conflict(begun: Coach) -> None:
    page = filled(begun, "values-alignment", VALUES.format("still pulling both ways"))
    gap = "Time with the children: importance 10, how much of it I have 3, 7 apart"
    assert f"- **Biggest gap:** {gap}" in page
    conflict = "still pulling both ways: 1 (stay until the pension)"
    assert f"- **Open conflict:** {conflict}" in page
    assert f"Open conflict: {conflict}" in note(begun, "values-alignment")
    later = VALUES.format("settled").replace("| 10 | 3 |", "| 10 | 6 |")
    page = filled(begun, "values-alignment", later)
    assert "- **Open conflict:** still pulling both ways: 0" in page
    assert "Time with the children, How much of it I have 3 → 6 (+3)" in page


@pytest.mark.req("R78")
def test_failure_reframing_goes_from_the_event_to_the_next_try(begun: Coach) -> None:
    filled(
        begun,
        "failure-reframing",
        "## What happened\nThe budget talk ended after ten minutes.\n"
        "## What you told yourself about it\nI cannot speak to them.\n"
        "## What you know now that you didn't know before\n- they read the paper beforehand\n"
        "## Your next try\nSend one page on Monday.\n## How much it still bothers me\n6\n",
    )
    assert note(begun, "failure-reframing") == [
        "What you told yourself about it: I cannot speak to them.",
        "What you know now that you didn't know before: they read the paper beforehand",
        "Your next try: Send one page on Monday.",
    ]


@pytest.mark.req("R80")
def test_the_identity_transition_is_marked_as_this_projects_own(begun: Coach) -> None:
    shown = begun.json("worksheets", "show", "identity-transition")
    assert shown["source"].startswith("This project's own exercise.")
    labels = [field["label"] for field in shown["fields"]]
    places = [labels.index(one) for one in ("What is ending", "In between", "What is beginning")]
    assert places == sorted(places)
    filled(
        begun,
        "identity-transition",
        "## Where you feel you are most of the time\n- [x] in between\n",
    )
    assert note(begun, "identity-transition") == [
        "Where you feel you are most of the time: in between"
    ]


CARD = """\
### Card {0}
- Direction: {1}
- My guess: {1} would suit my back
- Smallest test: a morning along
- What it costs me: one day off
- By when: 12 March
- What I found out: {2}
- Now: {3}
"""


@pytest.mark.req("R81")
def test_possibilities_stand_side_by_side(begun: Coach) -> None:
    cards = [
        CARD.format(1, "Teaching apprentices", "louder than I thought", "carry on with it"),
        CARD.format(2, "Harbour inspection", "", "not tried yet"),
        CARD.format(3, "Own workshop", "the rent", "let it go"),
    ]
    page = filled(begun, "possibility-cards", "## Cards\n" + "".join(cards))
    assert "|  | Card 1 | Card 2 | Card 3 |" in page
    assert "| Direction | Teaching apprentices | Harbour inspection | Own workshop |" in page
    assert "| What I found out | louder than I thought |  | the rent |" in page
    assert "not tried yet 1, carry on with it 1, change it 0, let it go 1" in page
    drawn = begun.do("worksheets", "result", "possibility-cards", "--format", "terminal").out
    assert max(map(len, drawn.splitlines())) <= 80
    agenda = begun.do("prep", "session", "1", "--for", "client").out
    assert "**You filled in:** Possibility cards" in agenda


def test_fears_become_lines_beside_the_must_haves(begun: Coach) -> None:
    page = filled(
        begun,
        "fears-to-must-not-haves",
        "## Worries and must-not-haves\n### Fear 1\n- What I'm worried about: speeches\n"
        "- So the next job must not: ask for a speech more than once a month\n"
        "- How firm this is: firm line\n"
        "### Fear 2\n- What I'm worried about: nights\n- How firm this is: not worried any more\n"
        "## What it must have\n- a team\n",
    )
    assert "- **Must not have:** firm line: 1 (speeches)" in page
    lines = note(begun, "fears-to-must-not-haves")
    assert "ask for a speech more than once a month" in lines[0]
    assert "What it must have: a team" in lines


def session(coach: Coach, blueprint: str) -> dict[str, dict[str, Any]]:
    """The segments of the next plan by id, made by a blueprint, with the worksheet's note on it."""
    plan = coach.json("prep", "session", "1", "--blueprint", blueprint)
    assert [worksheet["worksheet"] for worksheet in plan["worksheets"]] == [blueprint]
    return {segment["id"]: segment for segment in plan["segments"]}


@pytest.mark.req("R77")
def test_an_open_conflict_has_a_session_of_its_own_before_any_action(begun: Coach) -> None:
    filled(begun, "values-alignment", VALUES.format("still pulling both ways"))
    segments = session(begun, "values-alignment")
    order = [segment["component"] for segment in segments.values()]
    assert order.index("strategic_inquiry") < order.index("action_design")
    assert "picture_a_day" in [activity["id"] for activity in segments["picture"]["activities"]]
    assert "Open conflict: still pulling both ways: 1" in begun.do("prep", "session", "1").out


@pytest.mark.req("R88")
def test_better_gets_a_meaning_a_range_a_measure_and_freedom(begun: Coach) -> None:
    page = filled(
        begun,
        "goal-refinement",
        "## What “better” would mean\n- fewer nights\n## How much of it\n"
        "| What | Just enough | Great |\n|---|---|---|\n| nights a month | 4 | none |\n"
        "## How you'd notice\n- nights on the roster\n"
        "## Where you're flexible\nWhich ward.\n",
    )
    assert "| nights a month | 4 | none |" in page
    assert note(begun, "goal-refinement") == [
        "What “better” would mean: fewer nights",
        "How you'd notice: nights on the roster",
        "Where you're flexible: Which ward.",
    ]


@pytest.mark.req("R91")
def test_a_pivot_shows_what_is_there_and_what_is_missing(begun: Coach) -> None:
    page = filled(
        begun,
        "pivot",
        "## Skills I can use anywhere\n- calm people\n- plan a shift\n"
        "## Things I know about\n- hygiene rules\n"
        "## What the new field asks for\n- Hygiene rules\n- calm people\n- selling\n"
        "## Where these could be wanted\n### Place 1\n- Kind of work or place: medical training\n"
        "## How I'd explain it\nI have always explained.\n",
    )
    assert "- **What they ask for and you don't have yet:** selling" in page
    assert "calm people (Skills I can use anywhere, What the new field asks for)" in page
    assert "How I'd explain it: I have always explained." in note(begun, "pivot")
    assert begun.json("worksheets", "show", "pivot")["scenarios"] == ["pivot"]
    titles = [one["title"] for one in session(begun, "pivot").values()]
    told = ["What comes with you", "Where it's wanted"]
    assert titles[1:4] == [*told, "How you'd explain it"]


@pytest.mark.req("R92")
def test_a_plateau_shows_the_gap_the_project_and_the_talk(begun: Coach) -> None:
    page = filled(
        begun,
        "plateau",
        "## What I do now\n- run the line\n## What the role I'd like involves\n- Run the line\n"
        "- speak for the budget\n## A piece of work people would see\n### Idea 1\n"
        "- A problem that bothers somebody: late orders\n- Who I'd show it to: the owners\n"
        "## What I want to ask for\nA seat in the Monday round.\n",
    )
    assert "- **In that role and not in mine yet:** speak for the budget" in page
    assert "| Who I'd show it to | the owners |" in page
    assert "What I want to ask for: A seat in the Monday round." in note(begun, "plateau")
    activities = [
        activity["id"] for x in session(begun, "plateau").values() for activity in x["activities"]
    ]
    assert "rehearse_aloud" in activities


@pytest.mark.req("R65")
def test_what_is_seen_is_told_from_what_is_assumed(begun: Coach) -> None:
    page = filled(
        begun,
        "evidence-or-assumption",
        "## Sentences\n### Sentence 1\n- What I believe: Nobody hires at 58\n"
        "- This is something I've: assumed\n- How I could find out: ask three firms\n"
        "### Sentence 2\n- What I believe: The yard closes\n- This is something I've: seen\n",
    )
    assert "- **How they sort out:** seen 1, heard from others 0, assumed 1" in page
    assert "- **Worth checking:** assumed: 1 (Nobody hires at 58)" in page
    assert "Worth checking: assumed: 1 (Nobody hires at 58)" in note(
        begun, "evidence-or-assumption"
    )


def test_what_the_agreement_lacks_is_a_gap(begun: Coach) -> None:
    form = "## Client\nSample Client\n## Coach\nC. Oach\n## Sponsor\nThe yard\n"
    form += "## Date of consent\n1 Feb\n"
    page = filled(begun, "coaching-agreement", form)
    lacking = (
        "What is shared with whom, Limits of confidentiality, Records and how long they are kept, "
        "Cancelling and moving"
    )
    assert f"**Still missing:** {lacking}" in page
    assert note(begun, "coaching-agreement") == [f"Missing: {lacking}"]
    missing = begun.json("worksheets", "result", "coaching-agreement")["missing"]
    assert missing == ["shared", "limits", "records", "cancellation"]
    rest = "".join(f"## {one}\nas agreed\n" for one in lacking.split(", "))
    assert "Still missing" not in filled(begun, "coaching-agreement", form + rest)
    plan: Any = begun.json("prep", "session", "1")
    assert plan["worksheets"] == []


def test_the_career_os_holds_what_worked_and_when_to_ask_again(begun: Coach) -> None:
    filled(
        begun,
        "career-os",
        "## What worked for me\n- one page on Monday\n## What matters to me\n- fairness\n"
        "## What I'm good at\n- patience\n## How I keep track\n"
        "| What I do | How often | What I look at |\n|---|---|---|\n"
        "| notebook | Fridays | one moment |\n"
        "## When I'll ask for help again\n- third Sunday with a stone in the stomach\n",
    )
    assert note(begun, "career-os") == [
        "What worked for me: one page on Monday",
        "What matters to me: fairness",
        "What I'm good at: patience",
        "When I'll ask for help again: third Sunday with a stone in the stomach",
    ]
