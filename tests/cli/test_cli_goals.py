"""Goals from the intake to the sheet: tree, checklist, history, indicators, commitments."""

from __future__ import annotations

import pytest

from coaching import COMMITMENT, NO_COMMITMENT, Coach, rows, told_once

INTAKE = """\
kind: intake
name: Ada Stone
start: 2027-02-23
accountability: A short message on Fridays
goals:
  - Teach people a trade
  - text: Run three mornings with the apprentices
    theme: teach people a trade
    when: 2027-04-30
    attainable: 8
    matters: To find out whether it carries me
  - {text: A better job, theme: A steady income}
indicators:
  - name: Mornings run
    kind: leading
    goal: Run three mornings with the apprentices
    unit: mornings
    start: 0
    target: 3
    when: 2027-04-30
  - A letter from somebody who learned
"""


@pytest.fixture
@told_once
def ada(coach: Coach) -> Coach:
    """A client whose intake names goals: themes 1 and 3, objectives 2 and 4, indicators 1 and 2."""
    coach.today = "2027-02-23"
    coach.do("new-client", "--from", "-", stdin=INTAKE)
    return coach


def wrap(coach: Coach, *commitments: str, focus: str = "One morning", code: int = 0) -> str:
    """Wrap session 1 with commitments as YAML flow mappings; return what was said beside it."""
    listed = "".join(f"  - {{{commitment}}}\n" for commitment in commitments)
    text = f"kind: wrap\nfocus: '{focus}'\ncommitments:\n{listed}"
    found = coach.run("wrap", "session", "1", "--from", "-", "--replace", stdin=text)
    assert found.code == code, found.err
    return found.err


ASK = "what: Ask the officer for one morning, when: +7d, how_will_i_know: A date"


@pytest.mark.req("R86", "R90")
def test_an_intake_brings_a_tree_with_bars(ada: Coach) -> None:
    made = ada.json("goals")
    shape = [(goal["id"], goal["level"], goal["under"], goal["text"]) for goal in made["goals"]]
    assert shape == [
        (1, "theme", None, "Teach people a trade"),
        (2, "objective", 1, "Run three mornings with the apprentices"),
        (3, "theme", None, "A steady income"),
        (4, "objective", 3, "A better job"),
    ]
    assert made["goals"][1]["path"] == [
        "Teach people a trade",
        "Run three mornings with the apprentices",
    ]
    for form in ("markdown", "terminal"):
        page = ada.do("goals", "--format", form).out
        lines = [line.strip(" -*•·") for line in page.splitlines()]
        order = [
            next(at for at, line in enumerate(lines) if line.startswith(name))
            for name in ("Theme 1", "Objective 2", "Indicator 1", "Theme 3", "Objective 4")
        ]
        assert order == sorted(order)
        assert "leading · Mornings run: ···················· no reading yet" in page
    assert rows(ada.practice, "SELECT count(*) FROM goal_changes") == [(4,)]


@pytest.mark.req("R86")
def test_no_goal_becomes_an_orphan_or_a_loop_and_the_refusal_names_why(ada: Coach) -> None:
    before = ada.json("goals")["goals"]
    for words, why in (
        (["goals", "add", "Lead", "--when", "2027-12-31"], "belongs under a theme; give --under"),
        (["goals", "add", "Lead", "--under", "2"], "goal 2 is an objective"),
        (["goals", "add", "Lead", "--under", "9"], "there is no goal 9; there are 1, 2, 3, 4"),
        (["goals", "add", "Lead", "--under", "Paint"], "no goal says “Paint”"),
        (["goals", "update", "1", "--under", "1"], "cannot stand under itself"),
        (["goals", "update", "1", "--under", "2"], "that would be a loop: goal 2 already stands"),
        (["goals", "update", "1", "--under", "3"], "objectives under it (2)"),
        (["goals", "update", "2", "--under", "4"], "goal 4 is an objective"),
    ):
        assert why in ada.refused(1, *words), words
    assert "there are 1, 2, 3, 4" in ada.refused(20, "goals", "show", "9")
    ada.refused(2, "goals", "update", "2")
    ada.refused(2, "goals", "add")
    assert ada.json("goals")["goals"] == before
    moved = ada.do("goals", "update", "2", "--under", "steady income")
    assert "**Under:** 3 A steady income" in moved.out
    # Without objectives a theme may stand under another, and come back.
    assert "**Objective:** Teach" in ada.do("goals", "update", "1", "--under", "3").out
    assert "**Theme:** Teach" in ada.do("goals", "update", "1", "--under", "none").out


@pytest.mark.req("R86", "R13")
def test_a_commitment_serves_a_goal_and_sheet_and_plan_print_the_path(ada: Coach) -> None:
    path = "Teach people a trade > Run three mornings with the apprentices"
    said = wrap(
        ada, f"{ASK}, goal: 2", f"{ASK.replace('officer', 'guild')}, goal: a STEADY income."
    )
    assert "is saved as words only" not in said
    assert "which goal it serves" not in said
    sheet = ada.do("wrap", "session", "1").out
    assert f"Ask the officer for one morning *({path})*" in sheet
    assert "Ask the guild for one morning *(A steady income)*" in sheet
    wide = ada.do("wrap", "session", "1", "--format", "terminal", env={"COLUMNS": "250"}).out
    assert f"Ask the officer for one morning ({path})" in wide
    first, second = ada.json("commitments")["commitments"]
    assert first["path"] == path.split(" > ")
    assert second["path"] == ["A steady income"]
    assert f"**Goal:** {path}" in ada.do("commitments", "show", "1").out
    assert f"*Serves:* {path}" in ada.do("prep", "session", "2").out
    planned = ada.json("prep", "session", "2")["from_last_time"]["commitments"][0]
    assert planned["path"] == path.split(" > ")
    tree = ada.do("goals").out
    assert tree.index("**Objective 2:**") < tree.index("**Commitment 1:**") < tree.index("Theme 3")
    # Another wording of the goal reaches what serves it.
    ada.do("goals", "update", "3", "--text", "Enough to live on")
    assert ada.json("commitments", "show", "2")["path"] == ["Enough to live on"]
    assert "thing you took on" not in ada.do("commitments", "show", "2").out
    assert ada.json("commitments", "show", "2")["goal"] == "Enough to live on"


@pytest.mark.req("R86")
def test_words_no_goal_says_make_a_hint_with_the_nearest_and_a_wrong_number_is_refused(
    ada: Coach,
) -> None:
    said = wrap(ada, f"{ASK}, goal: Run mornings with apprentice")
    assert (
        "“Run mornings with apprentice” is saved as words only, because no goal says that" in said
    )
    assert "the nearest is 2 “Run three mornings with the apprentices”" in said
    assert ada.json("commitments", "show", "1")["goal"] == "Run mornings with apprentice"
    assert "**Serving no goal:**" in ada.do("goals").out
    linked = ada.do("commitments", "update", "1", "--goal", "2")
    assert "**Goal:** Teach people a trade > Run three" in linked.out
    assert "Serving no goal" not in ada.do("goals").out
    assert "does not say which goal it serves; open goals: 1" in wrap(
        ada, ASK.replace("officer", "guild")
    )
    told = wrap(ada, f"{ASK}, goal: 9", code=10)
    assert told.startswith("<standard input>:4:")
    assert told.rstrip().endswith("(commitments[0].goal)")
    added = ("commitments", "add", "Call one school", "--when", "+3d", "--how-will-i-know", "Date")
    assert "there is no goal 9" in ada.refused(1, *added, "--goal", "9")
    assert "is saved as words only" in ada.do(*added, "--goal", "Sing").err


@pytest.mark.req("R85")
def test_smart_is_a_checklist_of_hints_and_no_gate(ada: Coach) -> None:
    found = ada.json("goals", "show", "4")
    assert {name: one["met"] for name, one in found["checklist"].items()} == {
        "specific": False,
        "measurable": False,
        "attainable": False,
        "relevant": False,
        "dated": False,
    }
    page = ada.do("goals", "show", "4").out
    assert "**○ Specific:** “better” could mean anything" in page
    assert (
        "SMART: ○ specific · ○ measurable · ○ attainable · ○ relevant · ○ dated"
        in ada.do("goals").out
    )
    assert all(one["met"] for one in ada.json("goals", "show", "2")["checklist"].values())
    for at, options in enumerate(
        (
            ["--text", "A workshop job with fixed shifts"],
            ["--measure", "Two free evenings a week"],
            ["--attainable", "7"],
            ["--matters", "The children are up until eight"],
            ["--when", "2027-12-31"],
        )
    ):
        changed = ada.json("goals", "update", "4", *options)
        assert [one["met"] for one in changed["checklist"].values()] == [True] * (at + 1) + [
            False
        ] * (4 - at)
    assert "the client rates it 4 of 10" in ada.do("goals", "update", "4", "--attainable", "4").out


@pytest.mark.req("R87")
def test_the_history_of_a_goal_is_kept_and_one_employer_with_one_date_makes_a_hint(
    ada: Coach,
) -> None:
    made = ada.do("goals", "add", "Become trainer at Siemens by December 2027", "--under", "1")
    assert made.first == "# Ada Stone · before session 1 · goal 5"
    hint = "one employer (Siemens) and one date are all it mentions"
    assert hint in made.out
    assert f"Objective 5: {hint}" in ada.do("goals").out
    ada.today = "2027-03-10"
    because = "He saw that the work counts and not the name"
    changed = ada.do(
        *("goals", "update", "5", "--text", "Train apprentices in a plant", "--status", "let_go"),
        *("--because", because),
    )
    assert hint not in changed.out
    for piece in (
        "**First, Tue 23 Feb 2027:** objective “Become trainer at Siemens by December 2027”, under",
        "**Changed Wed 10 Mar 2027:** now says “Train apprentices in a plant”; "
        f"status let go (was open) (because: {because})",
    ):
        assert piece in ada.do("goals", "show", "5").out
    history = ada.json("goals", "show", "5")["history"]
    assert [(change["date"], change["status"]) for change in history] == [
        ("2027-02-23", "open"),
        ("2027-03-10", "let_go"),
    ]
    matters = ("--matters", "To teach where I learned")
    kept = ada.do("goals", "add", "Train at Siemens by May 2027", "--under", "1", *matters)
    assert "one employer" not in kept.out


@pytest.mark.req("R89", "R90")
def test_readings_move_the_bar_and_plan_and_client_page_show_it(ada: Coach) -> None:
    full = "████████████████████"
    missing = "leading · Mornings run:** ···················· no reading yet, from 0 to 3 mornings"
    assert missing in ada.do("prep", "session", "1").out
    first = ada.do("indicators", "update", "1", "--value", "1")
    assert first.first == "# Ada Stone · before session 1 · indicator 1"
    bar = "███████░░░░░░░░░░░░░ 1 of 3 mornings, from 0, by Fri 30 Apr 2027 (read Tue 23 Feb 2027)"
    assert f"**Now:** {bar}" in first.out
    for words in (["goals"], ["show"], ["prep", "session", "1"]):
        assert bar in ada.do(*words).out
    assert bar in " ".join(ada.do("goals", "--format", "terminal").out.split())
    assert f"**1 leading · Mornings run:** {bar}" in ada.do("indicators").out
    ada.today = "2027-03-12"
    ada.do("indicators", "update", "1", "--value", "3,5", "--date", "2027-03-11")
    # A reading of an earlier day is kept, and the latest day counts.
    ada.do("indicators", "update", "1", "--value", "2", "--date", "2027-03-02")
    found = ada.json("indicators", "show", "1")
    assert [reading["value"] for reading in found["readings"]] == [1, 2, 3.5]
    assert (found["value"], found["read_on"]) == (3.5, "2027-03-11")
    assert f"{full} 3.5 of 3 mornings" in ada.do("indicators", "show", "1").out
    assert ada.json("prep", "session", "1")["indicators"][0]["value"] == 3.5


@pytest.mark.req("R89", "R90")
def test_an_indicator_has_kind_number_and_date_and_both_kinds_are_asked_for(ada: Coach) -> None:
    assert "still without leading or lagging, a start, a target, a date" in (
        ada.do("indicators", "show", "2").out
    )
    hints = ada.json("goals")["hints"]
    assert [hint for hint in hints if hint.startswith("Objective 2")] == [
        "Objective 2: no lagging indicator; what will show in the end that it has been reached?"
    ]
    ada.do("indicators", "update", "2", "--kind", "lagging", "--goal", "2")
    assert not [hint for hint in ada.json("goals")["hints"] if hint.startswith("Objective 2")]
    assert len([hint for hint in ada.json("goals")["hints"] if hint.startswith("Objective 4")]) == 2
    more = ["--kind", "leading", "--start", "20", "--target", "5", "--unit", "hours"]
    down = ada.json("indicators", "add", "Overtime", *more, "--value", "14", "--when", "+60d")
    assert (down["id"], down["share"], down["hints"]) == (3, 0.4, [])
    for words, code, why in (
        (["add", "CVs sent"], 2, "--kind leading or --kind lagging"),
        (
            ["add", "CVs", "--kind", "leading", "--start", "2", "--target", "2"],
            1,
            "nothing to reach",
        ),
        (["add", "CVs", "--kind", "leading", "--goal", "Fly"], 1, "no goal says “Fly”"),
        (["update", "1"], 2, "--value"),
        (["update", "1", "--value", "nan"], 2, "not a number"),
        (["update", "1", "--value", "1", "--date", "+3d"], 2, "in the future"),
        (["update", "1", "--date", "2027-02-01"], 2, "with --value"),
        (["update", "7", "--value", "1"], 20, "no indicator 7; there are 1, 2, 3"),
    ):
        assert why in ada.refused(code, "indicators", *words), words


def test_faults_in_goals_of_an_intake_are_placed_and_come_together(coach: Coach) -> None:
    text = (
        "kind: intake\n"
        "goals:\n  - {theme: T, text: G, when: someday, attainable: 12}\n"
        "  - {measure: m}\nindicators:\n"
        "  - {name: I, kind: early, start: many, value: lots, goal: Nowhere}\n"
    )
    said = coach.refused(10, "new-client", "--from", "-", stdin=text).splitlines()
    keys = [line.rsplit("(", 1)[1].rstrip(")") for line in said]
    assert keys == [
        "goals[0].when",
        "goals[0].attainable",
        "goals[1]",
        "indicators[0].kind",
        "indicators[0].start",
        "indicators[0].value",
        "indicators[0].goal",
    ]
    lines = [int(line.split(":")[1]) for line in said]
    assert lines == [3, 3, 4, 6, 6, 6, 6]
    spelt = "kind: intake\nname: B\ngoals:\n  - {text: G, mesure: m}\n"
    assert "`mesure` is saved but not read; did you mean `measure`?" in (
        coach.do("new-client", "--from", "-", stdin=spelt).err
    )


@pytest.mark.req("R97")
def test_hints_on_verb_number_and_size(ada: Coach) -> None:
    big = "Find a new job"
    said = wrap(
        ada,
        "what: CV, when: +7d, how_will_i_know: It is there",
        "what: Call schools, when: +7d, how_will_i_know: I know more",
        f"what: {big}, when: +7d, how_will_i_know: Contract, estimate_minutes: 900",
    )
    assert "“CV” has no verb" in said
    assert "“Call schools” has no number" in said
    # What is done once needs none (F15).
    assert "“CV” has no number" not in said
    assert f"“{big}” may be too big: 900 minutes are more than 8 hours" in said
    assert f"“{big}” has no verb" not in said
    assert len(ada.json("commitments")["commitments"]) == 3
    added = ada.do(
        *("commitments", "add", big, "--when", "+3d", "--how-will-i-know", "Contract"),
        *("--proposed-by", "coach"),
    )
    for piece in ("was proposed by the coach", "may be too big", "no obstacle"):
        assert piece in added.err


@pytest.mark.req("R97", "R152")
def test_a_promise_in_the_client_s_own_language_is_not_judged_by_english_words(ada: Coach) -> None:
    ada.do("clients", "update", "--language", "es")
    said = wrap(ada, "what: Recoger las cajas, when: +7d, how_will_i_know: Ya no hay")
    assert "has no verb" not in said


@pytest.mark.req("R96")
def test_a_commitment_between_sessions_has_the_bounds_of_a_wrap(held: Coach) -> None:
    def add(day: str) -> list[str]:
        return ["commitments", "add", "Call one school", "--when", day, "--how-will-i-know", "Date"]

    assert "not after the session on 2027-02-23" in held.refused(1, *add("today"))
    assert "is after the next session on 2027-03-09" in held.refused(1, *add("2027-03-10"))
    held.today = "2027-02-26"
    assert "not after yesterday" in held.refused(1, *add("2027-02-25"))
    held.do(*add("today"))
    held.do(*add("2027-03-20"), "--force")
    assert len(held.json("commitments")["commitments"]) == 3


@pytest.mark.req("R47")
def test_a_session_has_one_focus_and_the_sheet_asks_for_it(ada: Coach) -> None:
    assert "focus" not in wrap(ada, f"{ASK}, goal: 2")
    assert "the focus “My career” is broad" in wrap(ada, ASK, focus="My career")
    assert "is broad: it names 3 things" in wrap(ada, ASK, focus="CV, pay and the move")
    assert "**Focus:** CV, pay and the move" in ada.do("wrap", "session", "1").out
    assert "no focus yet; the sheet leaves a line" in wrap(ada, ASK, focus="")
    assert "**Focus, the one thing this was about:** \\_\\_" in ada.do("wrap", "session", "1").out
    terminal = ada.do("wrap", "session", "1", "--format", "terminal").out
    assert "Focus, the one thing this was about: ____" in terminal


@pytest.mark.req("R50")
def test_action_design_asks_for_steps_and_obstacles_and_the_wrap_hints_at_what_lacks(
    ada: Coach,
) -> None:
    plan = ada.json("prep", "session", "1")
    action = [segment for segment in plan["segments"] if segment["component"] == "action_design"]
    asked = {activity["id"] for segment in action for activity in segment["activities"]}
    assert asked & {"choose_commitments", "design_tests", "next_days"}
    said = wrap(ada, "what: CV, when: +7d, how_will_i_know: K, proposed_by: coach")
    for piece in ("was proposed by the coach", "no verb", "no obstacle and no “if"):
        assert piece in said


@pytest.mark.req("R100")
def test_blame_in_what_is_said_of_a_commitment_makes_a_hint(held: Coach) -> None:
    def say(*words: str, stdin: str = "") -> str:
        return held.do("commitments", "update", "1", *words, stdin=stdin).err

    blame = "this finds fault with the person; ask about what happened"
    said = say(
        "--status", "not_yet", "--learned", "-", stdin="I was just too lazy, my own fault.\n"
    )
    assert said == f"hint: “lazy”: {blame} (and one more like it)\n"
    assert say("--learned", "The officer was away until Friday.") == ""
    for words in ("“I should have rung, I was too lazy.”", '"I should have rung. My own fault."'):
        assert say("--learned", "-", stdin=words) == "", "their own words, not the coach's"
    assert blame in say("--contact", "call", "--note", "She didn't even bother to write.")
    assert len(held.json("commitments", "show", "1")["reviews"]) == 4


@pytest.mark.req("R101")
def test_what_passed_between_sessions_is_kept_and_stands_on_the_next_plan(held: Coach) -> None:
    held.today = "2027-03-02"
    made = held.do(
        *("commitments", "update", "1", "--contact", "message", "--note", "-"),
        *("--date", "2027-02-27"),
        stdin="He wrote back: Friday at nine.\n",
    )
    assert made.first == "# Sample Client · session 4 · commitment 1"
    held.do("commitments", "update", "1", "--contact", "celebration")
    page = held.do("commitments", "show", "1").out
    assert "**Message of Sat 27 Feb 2027:** He wrote back: Friday at nine." in page
    assert "**Celebration of Tue 2 Mar 2027:** recorded" in page
    assert held.json("commitments", "show", "1")["status"] == "open"
    plan = held.do("prep", "session", "5").out
    assert "*Since then:* message Sat 27 Feb 2027: He wrote back: Friday at nine." in plan
    kinds = held.json("prep", "session", "5")["from_last_time"]["commitments"][0]["contacts"]
    assert [kind["kind"] for kind in kinds] == ["message", "celebration"]
    terminal = " ".join(
        held.do("prep", "session", "5", "--full", "--format", "terminal").out.split()
    )
    assert "Since then: message Sat 27 Feb 2027: He wrote back" in terminal
    for words in (["--note", "x"], ["--date", "today"], []):
        held.refused(2, "commitments", "update", "1", *words)
    assert "in the future" in held.refused(
        2, "commitments", "update", "1", "--contact", "call", "--date", "+2d"
    )
    # What was written about outlasts another wrap of the session.
    held.do(
        *("wrap", "session", "4", "--from", "-", "--replace"),
        stdin=NO_COMMITMENT,
    )
    assert [commitment["what"] for commitment in held.json("commitments")["commitments"]] == [
        COMMITMENT
    ]


@pytest.mark.slow
@pytest.mark.req("R101")
def test_how_a_client_wants_to_be_held_to_it_is_on_plan_and_sheet_and_may_change(
    ada: Coach,
) -> None:
    assert "**Held to it by:** A short message on Fridays" in ada.do("prep", "session", "1").out
    wrap(ada, ASK)
    line = "**How I want to be held to it:**"
    assert f"{line} A short message on Fridays" in ada.do("wrap", "session", "1").out
    text = "kind: wrap\ncommitments: none\naccountability: A call on Sunday\n"
    sheet = ada.do("wrap", "session", "1", "--from", "-", "--replace", stdin=text).out
    assert f"{line} A call on Sunday" in sheet
    assert "**Held to it by:** A call on Sunday" in ada.do("prep", "session", "2").out
    assert "**Held to it by:** A call on Sunday" in ada.do("show").out
    assert ada.json("prep", "session", "2")["accountability"] == "A call on Sunday"


def test_numbers_count_for_each_client_and_stay(ada: Coach) -> None:
    wrap(ada, ASK, ASK.replace("officer", "guild"))
    ada.do("new-client", "Bo Ray", "--start", "2027-02-23")
    bo = ("--client", "bo-ray")
    words = ("commitments", "add", "Call one school", "--when", "+3d", "--how-will-i-know", "Date")
    assert ada.do(*words, *bo).first == "# Bo Ray · between sessions · commitment 1"
    assert ada.do("assumptions", "add", "Too late", *bo).first.endswith("assumption 1")
    assert ada.do("goals", "add", "Sing", *bo).first.endswith("goal 1")
    assert "bo-ray` has no commitment 2; there is 1" in ada.refused(
        20, "commitments", "update", "2", "--status", "done", *bo
    )
    assert [commitment["id"] for commitment in ada.json("commitments", *bo)["commitments"]] == [1]
    ada.do("commitments", "update", "1", "--status", "done", *bo)
    hers = ("--client", "ada-stone")
    listed = ada.json("commitments", *hers)["commitments"]
    assert [(one["id"], one["status"]) for one in listed] == [(1, "open"), (2, "open")]
    # Wrapped again, the same words keep their number and other words get a new one.
    text = "kind: wrap\ncommitments:\n" + "".join(
        f"  - {{{ASK.replace('officer', who)}}}\n" for who in ("guild", "mayor")
    )
    ada.do("wrap", "session", "1", "--from", "-", "--replace", *hers, stdin=text)
    listed = ada.json("commitments", *hers)["commitments"]
    assert sorted((one["id"], one["what"].split()[2]) for one in listed) == [
        (2, "guild"),
        (3, "mayor"),
    ]
    assert "**Commitment 3:** Ask the mayor" in ada.do("sessions", "show", "1", *hers).out


def test_what_is_typed_reaches_no_page_unescaped(ada: Coach) -> None:
    ada.do("goals", "add", "*Bold* | [x](y)\x1b[31m", "--under", "1", "--measure", "<b>")
    ada.do("indicators", "add", "`x` | *y*", "--kind", "leading", "--goal", "5")
    for words in (["goals"], ["goals", "show", "5"], ["indicators"], ["prep", "session", "1"]):
        page = ada.do(*words).out
        assert "\x1b" not in page
        assert "*Bold* |" not in page
        assert "`x` |" not in page


@pytest.mark.req("R86")
def test_a_goal_is_told_once(begun: Coach) -> None:
    """F22: a theme in the words of an objective is no second goal."""
    begun.do("goals", "add", "Teach a trade")
    begun.do("goals", "add", "Run three mornings", "--under", "1")
    for words in (["run three mornings!"], ["Run three mornings", "--under", "1"]):
        told = begun.refused(1, "goals", "add", *words)
        assert "“Run three mornings” is objective 2 already; `trajplan goals update 2`" in told
    assert "is an objective" in begun.refused(1, "goals", "add", "Another", "--under", "2")
    assert len(begun.json("goals")["goals"]) == 2
    # What was let go may be taken up anew.
    begun.do("goals", "update", "2", "--status", "let_go")
    begun.do("goals", "add", "Run three mornings", "--under", "1")


@pytest.mark.req("R86")
@pytest.mark.parametrize(
    ("goals", "says"),
    [
        (
            "[{text: Run a shop, theme: Earn}, {text: Hire two, theme: run a shop}]",
            ":3:66: “run a shop” is an objective itself, under “Earn”; name that theme",
        ),
        ("[Teach, {text: A, theme: Earn}, Teach]", ":3:40: “Teach” is among the goals already"),
        ("[Earn, {text: Earn, theme: Live}]", ":3:15: “Earn” is among the goals already"),
    ],
)
def test_an_intake_tells_each_goal_once(coach: Coach, goals: str, says: str) -> None:
    intake = f"kind: intake\nname: Ada\ngoals: {goals}\n"
    assert says in coach.refused(10, "new-client", "--from", "-", stdin=intake)
