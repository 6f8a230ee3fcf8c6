"""`prep brief`: what is there to read beforehand, what is missing, and the hints on the way in."""

from __future__ import annotations

import shlex
import textwrap
from typing import Any

import pytest
from worksheet_pen import Pen

from coaching import NO_COMMITMENT, Coach

INTAKE = """\
kind: intake
name: Sample Client
career:
  - {role: Welder, from: "2004", to: "2013", themes: [precision, learning by watching],
     left_because: The yard closed}
  - {role: Shift lead, organisation: Rail plant, from: "2013", themes: [precision, newcomers],
     successes: [Trained eleven newcomers], challenges: [Rosters]}
"""
"""A career, and nothing else."""
DRIVE = "## What you want most from work at the moment\nQuiet.\n"


def begun_with(coach: Coach, intake: str = "kind: intake\nname: Sample Client\n") -> str:
    """Add a client; return what was said beside it."""
    return coach.do("new-client", "--from", "-", "--start", "2027-01-12", stdin=intake).err


def brief(coach: Coach) -> Any:
    return coach.json("prep", "brief")


def part(coach: Coach, name: str) -> Any:
    return next(part for part in brief(coach)["parts"] if part["id"] == name)


def fill(coach: Coach, name: str, form: str) -> str:
    """Fill a worksheet in; return what was said beside it."""
    return coach.do("worksheets", "fill", name, "--from", "-", stdin=form).err


@pytest.mark.req("R24")
def test_each_part_goes_from_empty_over_thin_to_complete(coach: Coach) -> None:
    begun_with(coach)
    assert [part["state"] for part in brief(coach)["parts"]] == ["empty", "empty", "empty"]
    page = coach.do("prep", "brief").out
    assert page.startswith("# Brief · Sample Client · before session 1 of 12\n")
    assert "## Background analysis: empty, 0 of 6" in page
    for name in ("trajectory-mapping", "pre-coaching-audit", "career-architecture"):
        fill(coach, name, Pen().fill(coach.do("worksheets", "blank", name).out))
    assert part(coach, "background")["state"] == "thin"
    assert "## Background analysis: thin, 5 of 6" in coach.do("prep", "brief").out
    coach.do("assumptions", "add", "--from", "-", stdin="At my age you do not start again.")
    assert part(coach, "background")["state"] == "complete"
    assert "## Background analysis: complete (" in coach.do("prep", "brief").out


@pytest.mark.req("R24")
def test_every_missing_thing_names_a_command_that_works(coach: Coach) -> None:
    begun_with(coach)
    coach.do("new-client", "Ben")
    missing = [
        need["get"]
        for part in coach.json("prep", "brief", "--client", "sample-client")["parts"]
        for need in part["needs"]
    ]
    missing += [
        document["get"]
        for document in coach.json("prep", "brief", "--client", "sample-client")["documents"]
    ]
    assert len(missing) > 20
    page = coach.do("prep", "brief", "--client", "sample-client").out
    for words in dict.fromkeys(missing):
        assert f"`{words}`" in page
        first, *rest = shlex.split(words.replace("HH:MM", "14:00"))
        assert first == "trajplan"
        assert "Sample Client" in coach.do(*rest, stdin="A belief.").out or rest[0] == "worksheets"
    assert part_states(coach) == ["thin", "empty", "thin"]


def part_states(coach: Coach) -> list[str]:
    found = coach.json("prep", "brief", "--client", "sample-client")
    return [part["state"] for part in found["parts"]]


@pytest.mark.req("R24")
def test_the_plan_lists_empty_parts_in_one_line(coach: Coach) -> None:
    begun_with(coach)
    both = "background analysis and goal clarification, nothing known yet: "
    (gap,) = coach.json("prep", "session", "1")["gaps"]
    assert gap == f"{both}`trajplan prep brief --client sample-client`"
    assert f"**Missing:** {both}" in coach.do("prep", "session", "1").out
    fill(coach, "pre-session-questionnaire", DRIVE)
    (gap,) = coach.json("prep", "session", "1")["gaps"]
    assert gap.startswith("background analysis, nothing known yet")
    fill(coach, "career-architecture", "## Skills\n- welding\n")
    assert coach.json("prep", "session", "1")["gaps"] == []


@pytest.mark.req("R25")
def test_two_hours_are_shared_before_the_first_session_and_never_again(coach: Coach) -> None:
    begun_with(coach)
    first = brief(coach)
    assert first["budget"] == 120
    assert sum(part["minutes"] for part in first["parts"]) == 120
    assert "first brief: 120 minutes" in coach.do("prep", "brief").out
    before = part(coach, "goals")["minutes"]
    fill(
        coach,
        "pre-session-questionnaire",
        Pen().fill(coach.do("worksheets", "blank", "pre-session-questionnaire").out),
    )
    assert part(coach, "goals")["minutes"] < before
    assert sum(part["minutes"] for part in brief(coach)["parts"]) == 120
    coach.do("wrap", "session", "1", "--from", "-", stdin=NO_COMMITMENT)
    later = brief(coach)
    assert later["session"] == 2
    assert later["budget"] is None
    assert {part["minutes"] for part in later["parts"]} == {None}
    assert "120" not in coach.do("prep", "brief").out
    assert " min)" not in coach.do("prep", "brief").out


@pytest.mark.req("R31")
def test_the_checklist_says_since_when_and_how_to_get_the_rest(coach: Coach) -> None:
    begun_with(coach, INTAKE)
    coach.today = "2027-01-14"
    fill(
        coach,
        "pre-session-questionnaire",
        f"I am late.\n{DRIVE}",
    )
    fill(coach, "coaching-agreement", "## Client\nSam\n## Coach\nA. Coach\n")
    found = {document["id"]: document for document in brief(coach)["documents"]}
    assert found["intake"]["state"] == "in part"
    assert "1 of 11 answered" in found["intake"]["note"]
    mapping = found["trajectory-mapping"]
    assert (mapping["state"], mapping["since"]) == ("in part", "2027-01-12")
    assert mapping["note"] == "the intake has: career"
    assert mapping["get"] == "trajplan worksheets blank trajectory-mapping --client sample-client"
    assert found["pre-coaching-audit"]["state"] == "missing"
    agreement = found["coaching-agreement"]
    assert agreement["state"] == "in part"
    assert "missing: What is shared with whom, Limits of confidentiality" in agreement["note"]
    questionnaire = found["pre-session-questionnaire"]
    assert (questionnaire["state"], questionnaire["since"]) == ("there", "2027-01-14")
    assert questionnaire["note"] == "1 of 8 fields; text that belonged to no field"
    page = coach.do("prep", "brief").out
    assert (
        "- **Where things are today:** missing\n  - `trajplan worksheets blank pre-coaching-audit"
        in page
    )
    assert "- **Before we meet:** there, Thu 14 Jan 2027 · 1 of 8 fields;" in page
    coach.today = "2027-06-14"
    found = {document["id"]: document for document in brief(coach)["documents"]}
    assert "151 days old: does it still hold?" in found["pre-session-questionnaire"]["note"]


@pytest.mark.req("R26")
def test_intake_and_mapping_make_one_career_and_count_each_theme_once_a_role(coach: Coach) -> None:
    begun_with(coach, INTAKE)
    page = coach.do("prep", "brief").out
    assert "- **Themes that come up again:** precision (2×)" in page
    assert (
        "- **Shift lead, Rail plant:** 2013– · precision · newcomers · went well: Trained eleven"
        in page
    )
    assert "moved on: The yard closed" in page
    fill(
        coach,
        "trajectory-mapping",
        """\
## Jobs and stages
### Stage 1
- What you did: shift lead
- Themes: newcomers; Precision
- How you moved on: asked
### Stage 2
- What you did: At home with two children
- Themes: newcomers, patience
- How you moved on: asked
""",
    )
    found = brief(coach)["background"]
    assert [role["role"] for role in found["career"]] == [
        "Welder",
        "Shift lead",
        "At home with two children",
    ]
    assert found["themes"] == [
        {"theme": "precision", "count": 2},
        {"theme": "newcomers", "count": 2},
    ]
    assert found["moves"] == [{"theme": "asked", "count": 2}]


AUDIT = """\
## What you got done
### Achievement 1
- What you did: Trained eight newcomers
### Achievement 2
- What you did: Kept the crew together
### Achievement 3
- What you did: Cut scrap by half
- When: 2023
## What's hard or tiring at work
- meetings without an end
"""
NUMBER = "“Kept the crew together” has no number yet"
OLD = "“Cut scrap by half” lies more than 24 months back"
ALONE = "the audit has no outside evidence yet"


@pytest.mark.req("R32")
def test_the_audit_is_on_the_brief_with_hints_until_they_are_met(coach: Coach) -> None:
    begun_with(coach)
    said = fill(coach, "pre-coaching-audit", AUDIT)
    hints = "\n".join(brief(coach)["hints"])
    for one in (NUMBER, OLD, ALONE):
        assert f"hint: {one}" in said
        assert one in hints
    assert hints.count("\n") == 2
    page = coach.do("prep", "brief").out
    assert "- **Got done:** Trained eight newcomers · Kept the crew together · Cut scrap" in page
    assert "- **Wears down:** meetings without an end" in page
    assert f"- **Hint:** {NUMBER}" in page
    assert brief(coach)["background"]["accomplishments"][2] == {
        "what": "Cut scrap by half (2023)",
        "counted": True,
        "old": True,
    }
    better = AUDIT.replace("crew together", "crew of 9 together").replace("2023", "2026")
    assert (
        fill(
            coach,
            "pre-coaching-audit",
            f"{better}## What people have said about your work\n- A review\n",
        )
        == ""
    )
    assert brief(coach)["hints"] == []
    assert "- **Others have said:** A review" in coach.do("prep", "brief").out


@pytest.mark.req("R32", "R34")
def test_hints_come_with_the_intake(coach: Coach) -> None:
    said = begun_with(
        coach,
        "kind: intake\nname: Sample Client\nstuck_point: I am stuck.\naudit:\n  accomplishments:\n"
        "    - Kept the crew together\n    - {what: Cut scrap by half, year: '2023'}\n",
    )
    # Three at once are enough; the brief has all of them.
    assert [line.split(":")[0] for line in said.splitlines()] == ["hint"] * 3
    for one in ("the stuck point gives no reason yet", NUMBER, OLD):
        assert one in said
    for one in ("the stuck point gives no reason yet", NUMBER, OLD, ALONE):
        assert one in "\n".join(brief(coach)["hints"])


@pytest.mark.req("R34")
def test_the_newest_stuck_point_leads_and_is_hinted_at_when_vague(coach: Coach) -> None:
    clear = "I am stuck because the night shift pays well, while I miss teaching."
    assert begun_with(coach, f"kind: intake\nname: Sample Client\nstuck_point: {clear}\n") == ""
    assert f"- **Stuck point:** {clear} (Intake, Tue 12 Jan 2027)" in coach.do("prep", "brief").out
    assert brief(coach)["hints"] == []
    said = fill(coach, "pre-session-questionnaire", "## Where you're stuck\nI just feel stuck.\n")
    assert "hint: the stuck point gives no reason yet" in said
    page = coach.do("prep", "brief").out
    assert "- **Stuck point:** I just feel stuck. (Before we meet, Tue 12 Jan 2027)" in page
    assert f"- **Stuck point before:** {clear}" in page
    assert "- **Hint:** the stuck point gives no reason yet" in page


@pytest.mark.req("R30", "R35", "R36", "R37")
def test_what_the_client_wrote_stands_on_the_brief(coach: Coach) -> None:
    begun_with(
        coach,
        "kind: intake\nname: Sample Client\nlikes: [the first week]\n"
        "fears: [starting below, Debts]\nmust_haves: [evenings at home]\n",
    )
    fill(
        coach,
        "pre-session-questionnaire",
        "## What matters most to you right now\nSleep.\n"
        "## What you'd like to keep\n- the crew\n- The first week\n"
        "## What you'd happily give up\n- rosters\n"
        "## What you want most from work at the moment\nBeing useful.\n"
        "## Questions you'd like to ask\n- Who would take me?\n",
    )
    fill(
        coach,
        "fears-to-must-not-haves",
        "## Worries and must-not-haves\n### Fear 1\n- What I'm worried about: debts\n"
        "- So the next job must not: cost more than I have saved\n- How firm this is: firm line\n"
        "### Fear 2\n- What I'm worried about: crowds\n- How firm this is: not worried any more\n"
        "## What it must have\n- a wage\n",
    )
    page = coach.do("prep", "brief").out
    for line in (
        "Would keep:** the first week · the crew",
        "Would give up:** rosters",
        "What drives them:** Being useful. (Before we meet, Tue 12 Jan 2027)",
        "Their questions:** Who would take me?",
        "Must have:** evenings at home · a wage",
        "Must not have:** cost more than I have saved (firm line)",
        "Feared, no line yet:** starting below",
        "Before we meet:** What matters most to you right now: Sleep.",
    ):
        assert f"- **{line}\n" in page
    assert "crowds" not in page
    assert part(coach, "session")["needs"][2]["held"] is True


@pytest.mark.req("R29")
def test_overlaps_and_gaps_stand_on_the_brief(coach: Coach) -> None:
    begun_with(coach)
    fill(
        coach,
        "career-architecture",
        "## Skills\n- teaching\n## Interests\n- Teaching\n## Market realities\n- costing\n",
    )
    page = coach.do("prep", "brief").out
    assert "- **Career Architecture:** Where they meet: teaching (Skills, Interests)" in page
    assert "Wanted, and not on your list of skills yet: costing" in page


@pytest.mark.req("R38")
def test_attached_results_are_listed(coach: Coach) -> None:
    begun_with(coach)
    fill(
        coach,
        "attached-results",
        "## Papers and results\n### Paper 1\n- What it is: Strengths test\n- Date: 2025\n"
        "- Where it is: blue folder\n- What you make of it: patience\n",
    )
    page = coach.do("prep", "brief").out
    assert "- **On the table:** Strengths test (2025), blue folder: patience\n" in page


@pytest.mark.req("R24", "R28")
def test_the_next_session_stands_there_in_short_and_nothing_is_kept(begun: Coach) -> None:
    size = begun.practice.stat().st_mtime_ns
    found = brief(begun)["outline"]
    assert begun.practice.stat().st_mtime_ns == size
    assert found["state"] == "not prepared"
    plan = begun.json("prep", "session", "1")
    found = brief(begun)["outline"]
    assert found["state"] == "prepared"
    assert [(segment["title"], segment["minutes"]) for segment in found["segments"]] == [
        (segment["title"], segment["minutes"]) for segment in plan["segments"]
    ]
    page = begun.do("prep", "brief").out
    assert "- **Session 1:** Tue 12 Jan 2027, 14:00, 90 minutes; the plan is up to date" in page
    assert f"- **Opens with:** {plan['segments'][0]['questions'][0]['text']}" in page
    begun.do("assumptions", "add", "--from", "-", stdin="Nobody hires welders to teach.")
    assert brief(begun)["outline"]["state"] == "outdated"


def test_after_the_last_session_there_is_none_to_lay_out(coach: Coach) -> None:
    coach.do("new-client", "Sample Client", "--journey", "single-session", "--start", "2027-01-12")
    coach.do("wrap", "session", "1", "--from", "-", stdin=NO_COMMITMENT)
    found = brief(coach)
    assert (found["session"], found["outline"]) == (None, None)
    assert [part["id"] for part in found["parts"]] == ["background", "goals"]
    page = coach.do("prep", "brief").out
    assert page.startswith("# Brief · Sample Client · after the last session\n")
    assert "every session of this journey is held or skipped" in page


@pytest.mark.slow
def test_a_full_brief_stays_at_two_pages(begun: Coach) -> None:
    shelf = [worksheet["id"] for worksheet in begun.json("worksheets")["worksheets"]]
    for name in shelf:
        form = Pen().fill(begun.do("worksheets", "blank", name).out)
        begun.do("worksheets", "fill", name, "--from", "-", stdin=form)
    assert len(begun.json("prep", "brief")["worksheets"]) > 8
    page = begun.do("prep", "brief").out
    lines = [piece for line in page.splitlines() for piece in (textwrap.wrap(line, 95) or [""])]
    assert len(lines) <= 110
    screen = begun.do("prep", "brief", "--format", "terminal").out.splitlines()
    assert max(map(len, screen)) <= 80


def test_a_worksheet_of_the_coachs_own_in_the_place_of_a_built_in_one_is_read(coach: Coach) -> None:
    begun_with(coach)
    own = "kind: worksheet\nid: pre-coaching-audit\ntitle: Mine\nfor: [client]\nfields:\n"
    own += "  - {id: accomplishments, label: Done, type: list}\nfeeds: [brief]\n"
    coach.write("mine/blueprints/worksheets/audit.yaml", own)
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "mine")
    fill(coach, "pre-coaching-audit", "## Done\n- Kept 9 people\n")
    assert "- **Got done:** Kept 9 people\n" in coach.do("prep", "brief").out


def test_the_open_goals_stand_on_the_brief(begun: Coach) -> None:
    begun.do("goals", "add", "Teach a trade")
    begun.do("goals", "add", "Run three mornings", "--under", "1", "--when", "2027-04-30")
    page = begun.do("prep", "brief", "--format", "terminal").out
    assert "Teach a trade > Run three mornings, by Fri 30 Apr 2027" in page
    begun.do("goals", "update", "2", "--status", "reached")
    assert "Run three mornings" not in begun.do("prep", "brief").out
