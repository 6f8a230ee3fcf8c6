"""`journey`: the arc, its milestones and stages, and what holds it up; and a client who returns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coaching import INQUIRY, NO_COMMITMENT, Coach, questions_of, ratings, told_once
from trajplan.planning.evidence import EVIDENCE
from trajplan.vocabulary import Evidence

STAGES = [
    *("orient", "resource", "understand", "experiment", "meet resistance", "integrate"),
    "recognise",
]


def stage(coach: Coach, name: str) -> Any:
    return next(stage for stage in coach.json("journey")["stages"] if stage["id"] == name)


def test_the_journey_shows_where_it_stands(held: Coach) -> None:
    held.do("sessions", "add", "2027-03-01", "--kind", "check_in")
    page = held.do("journey").out
    assert page.splitlines()[0] == "# Journey · Sample Client"
    assert "1 of 12 sessions held; session 1" in page
    for name in ("Foundation", "Exploration", "Integration", "Activation"):
        assert f"## {name}" in page
    assert "| 4 | ● | Tue 23 Feb 2027 | held |" in page
    assert "check-in meeting m1" in page
    found = held.json("journey")
    assert found["phases"][0]["id"] == "foundation"
    assert [len(phase["sessions"]) for phase in found["phases"]] == [3, 3, 3, 3]


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("sessions", ["4", "12", "31"])
def test_the_arc_fits_the_terminal(coach: Coach, columns: str, sessions: str) -> None:
    coach.do("new-client", "Ann", "--sessions", sessions, "--start", "2027-01-12")
    page = coach.do("journey", "--format", "terminal", env={"COLUMNS": columns}).out
    assert max(map(len, page.splitlines())) <= int(columns)
    drawn = [line for line in page.splitlines() if "○─" in line or "◉─" in line]
    assert sum(one.count("○") + one.count("◉") for one in drawn) >= int(sessions) - 3
    numbers = {word for line in page.splitlines() for word in line.split() if word.isdigit()}
    assert {str(number) for number in range(1, int(sessions) + 1)} <= numbers
    for name in ("Foundation", "Exploration", "Integration", "Activation"):
        assert name in page


@pytest.mark.req("R10")
def test_a_milestone_is_ticked_or_overridden_with_a_reason_that_is_kept(held: Coach) -> None:
    said = held.refused(2, "journey", "confirm", "exploration")
    assert "--met 1,3" in said
    assert "there are 3" in held.refused(2, "journey", "confirm", "exploration", "--met", "1,4")
    assert "did you mean `exploration`" in held.refused(
        20, "journey", "confirm", "explore", "--met", "all"
    )
    assert "it starts with session 7" in held.refused(
        1, "journey", "confirm", "integration", "--met", "all"
    )
    said = held.do("journey", "confirm", "exploration", "--met", "1,3").out
    assert "exploration phase, milestone after session 6: still open" in said.splitlines()[0]
    held.do(
        *("journey", "confirm", "exploration", "--met", "1,3", "--reason", "-"),
        stdin="The *test* comes in June\n",
    )
    page = held.do("journey").out
    assert "going on all the same, Tue 23 Feb 2027: The \\*test\\* comes in June" in page
    assert page.count("- [x] ") == 2
    kept = held.json("journey")["phases"][1]["milestone"]
    assert (kept["state"], kept["reason"]) == ("overridden", "The *test* comes in June")
    assert [criterion["met"] for criterion in kept["criteria"]] == [True, False, True]
    assert "all of them are met" in held.refused(
        2, "journey", "confirm", "exploration", "--met", "all", "--reason", "No"
    )


@pytest.mark.req("R10")
@pytest.mark.parametrize(("reason", "end"), [("Time is short", ":"), ("It cannot wait.", "")])
def test_a_reason_keeps_its_own_full_stop(held: Coach, reason: str, end: str) -> None:
    held.do("journey", "confirm", "exploration", "--met", "1,2", "--reason", reason)
    (line,) = [line for line in held.do("journey").out.splitlines() if reason in line]
    assert line.endswith(f": {reason}{end}")


def test_a_weak_exit_moves_the_plans_of_the_next_phase_until_it_is_met(held: Coach) -> None:
    def target() -> dict[str, int]:
        shares: dict[str, int] = held.json("prep", "session", "7")["mix"]["target"]
        return shares

    plain = target()
    assert plain == {"informational": 15, "analytical": 45, "transformational": 40}
    held.do("journey", "confirm", "exploration", "--met", "1,2", "--reason", "Time is short")
    assert target() == {"informational": 13, "analytical": 40, "transformational": 47}
    page = held.do("prep", "session", "7", "--explain").out
    criteria = held.json("journey")["phases"][1]["milestone"]["criteria"]
    (still_open,) = [criterion["text"] for criterion in criteria if not criterion["met"]]
    assert f"**Still open from the phase before:** {still_open}" in page
    assert "1 criterion of the exploration phase is still open" in page
    client = held.do("prep", "session", "7", "--for", "client").out
    assert still_open not in client
    held.do("journey", "confirm", "exploration", "--met", "all")
    assert target() == plain


@pytest.mark.req("R5", "R10")
def test_the_last_session_of_a_phase_prints_its_milestone(begun: Coach) -> None:
    for number in range(1, 13):
        plan = begun.json("prep", "session", str(number))
        assert bool(plan["milestone"]) == (number in (3, 6, 9, 12))
    page = begun.do("prep", "session", "3").out
    criteria = begun.json("journey")["phases"][0]["milestone"]["criteria"]
    assert f"**Milestone due:** ☐ {criteria[0]['text']}" in page
    assert all(f"☐ {criterion['text']}" in page for criterion in criteria)
    assert "Milestone" not in begun.do("prep", "session", "3", "--for", "client").out
    begun.do("sessions", "extend", "1")
    assert not begun.json("prep", "session", "3")["milestone"]
    assert begun.json("prep", "session", "4")["milestone"]


@pytest.mark.req("R11")
def test_every_stage_is_mapped_on_phases_and_says_what_would_show_it(begun: Coach) -> None:
    found = begun.json("journey")["stages"]
    assert [one["id"] for one in found] == STAGES
    for one in found:
        assert one["phases"]
        assert one["about"]
        assert one["evidence"] or one["would_show"]
    assert len({one["about"] for one in found}) == 7
    orient = found[0]
    assert orient["evidence"][0] == "destination: Work in which I teach people a trade."
    assert stage(begun, "experiment")["evidence"] == []
    assert "◇ **Experiment**" in begun.do("journey").out


@pytest.mark.req("R11")
def test_records_are_the_evidence_of_a_stage(held: Coach) -> None:
    # Any record that counts, kept from the command line, shows in the stage that names it.
    assert (
        "session 4: “I explain by letting them try first.”" in stage(held, "understand")["evidence"]
    )
    assert stage(held, "meet resistance")["evidence"] == ["foreseen: The officer is hard to reach"]
    assert stage(held, "experiment")["evidence"] == []
    held.do("commitments", "update", "1", "--status", "done", "--learned", "They asked me back")
    assert stage(held, "experiment")["evidence"] == [
        "tried: Ask the training officer for one morning with the apprentices",
        "learnt: “They asked me back”",
    ]
    assert stage(held, "recognise")["evidence"][0].startswith("done: Ask the training officer")
    held.do("log-tci", "--session", "5", *ratings(clarity=8, decision=4))
    assert stage(held, "recognise")["evidence"][1:] == ["clarity went from 7 to 8"]
    assert stage(held, "resource")["evidence"] == []
    held.do("check-in", "--session", "6", "--energy", "low")
    assert stage(held, "resource")["evidence"] == ["1 check-in with energy on arrival"]
    assert stage(held, "integrate")["evidence"] == []
    held.do("assumptions", "update", "1", "--for", "One advert", "--against", "Two teachers")
    assert "held against evidence" in stage(held, "integrate")["evidence"][0]
    held.do("prep", "session", "7", "--decision")
    held.do("wrap", "session", "7", "--from", "-", stdin=NO_COMMITMENT)
    assert "session 7 was about a decision" in stage(held, "integrate")["evidence"]
    held.do("commitments", "update", "1", "--status", "not_yet")
    assert stage(held, "meet resistance")["evidence"][0].startswith("waited: Ask the training")
    form = "kind: answers\nanswers:\n  work: 7\n"
    filled = held.run("worksheets", "fill", "wheel-of-life", "--from", "-", stdin=form)
    assert filled.code == 0, filled.err
    assert stage(held, "resource")["evidence"][-1] == "worksheet filled in: Wheel of Life"


def test_every_word_of_evidence_is_looked_for() -> None:
    assert set(EVIDENCE) == set(Evidence.__args__)  # type: ignore[attr-defined]


def test_a_coachs_own_journey_declares_its_own_stages(coach: Coach, tmp_path: Path) -> None:
    coach.write(
        "content/blueprints/journeys/short.yaml",
        "kind: journey\nid: short\ntitle: Short\nmethod: integrative\nevery_days: 14\nminutes: 90\n"
        "phases:\n  - {id: foundation, sessions: 2, purpose: Begin, stages: [waking],"
        " mix: {informational: 20, analytical: 40, transformational: 40}}\n"
        "stages:\n  - {id: waking, about: Eyes open, evidence: [stuck_point]}\n",
    )
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "content")
    coach.do("new-client", "Ann", "--journey", "short")
    assert coach.json("journey")["stages"] == [
        {
            "id": "waking",
            "about": "Eyes open",
            "phases": ["foundation"],
            "evidence": [],
            "would_show": ["the stuck point in words"],
        }
    ]


@pytest.mark.req("R15")
def test_stalls_are_told_with_a_likely_cause_and_are_silent_in_a_pause(held: Coach) -> None:
    def signs() -> list[str]:
        return [sign["sign"] for sign in held.json("journey")["stall"]["signs"]]

    for number in "123":
        held.do("sessions", "skip", number)
    assert signs() == ["phase_skipped"]
    held.do("log-tci", "--session", "5", *ratings(clarity=5))
    assert signs() == ["falling", "phase_skipped"]
    # Said twice on a day it has waited once.
    for _ in "12":
        held.do("commitments", "update", "1", "--status", "not_yet")
    assert signs() == ["falling", "phase_skipped"]
    held.wait()
    held.do("commitments", "update", "1", "--status", "not_yet")
    assert signs() == ["falling", "missed_twice", "phase_skipped"]
    held.today = "2027-03-25"
    assert signs() == ["falling", "missed_twice", "overdue", "phase_skipped"]
    page = held.do("journey").out
    assert "clarity went down from 7 to 5" in page
    assert "has waited 2 times" in page
    assert "session 6 was 2 days ago and has no wrap yet" in page
    assert "no session of the foundation phase was held" in page
    assert "Likely cause: Little of the agreement seems to hold." in page
    held.do("sessions", "pause")
    assert signs() == []
    assert "Nothing to report at the moment: the journey has been paused" in held.do("journey").out
    held.do("sessions", "resume")
    assert len(signs()) == 4


@pytest.fixture
@told_once
def returned(held: Coach) -> Coach:
    """A client whose first journey was left after session 4, back in October."""
    held.today = "2027-10-04"
    intake = (
        "kind: intake\nname: Sample Client\ndestination: Lead the workshop for two years\n"
        "stuck_point: I am stuck because the board waits while I stand in for everybody.\n"
    )
    held.do("new-engagement", "--from", "-", "--force", "--start", "2027-10-05", stdin=intake)
    return held


def test_a_journey_under_way_is_not_left_by_accident(held: Coach) -> None:
    said = held.refused(1, "new-engagement")
    assert "sessions 1 to 12 ahead" in said
    assert "--force" in said
    intake = "kind: intake\nname: Bo Ray\n"
    said = held.refused(1, "new-engagement", "--force", "--from", "-", stdin=intake)
    assert "for Bo Ray, but the engagement would be with Sample Client" in said
    assert held.json("show")["engagement"]["ordinal"] == 1


def test_a_second_engagement_begins_anew_and_remembers_the_first(returned: Coach) -> None:
    page = returned.json("show")
    assert page["engagement"]["ordinal"] == 2
    assert page["engagement"]["start_time"] == "14:00"
    assert page["held"] == 0
    assert page["open_commitments"] == page["open_assumptions"] == page["readings"] == []
    plan = returned.json("prep", "session", "1")
    assert plan["destination"] == "Lead the workshop for two years"
    before = plan["earlier_journey"]
    assert (before["destination"], before["inquiry"]) == (
        "Work in which I teach people a trade.",
        INQUIRY,
    )
    text = returned.do("prep", "session", "1").out
    assert "## From the journey before (Tue 12 Jan 2027 to Tue 23 Feb 2027, 1 of 12" in text
    assert "**Believed then:** Without a degree" in text
    assert "Believed" not in returned.do("prep", "session", "1", "--for", "client").out
    assert returned.json("prep", "session", "2")["earlier_journey"] is None


def test_the_first_engagement_stays_readable_and_the_latest_is_meant(returned: Coach) -> None:
    earlier = ("--client", "sample-client/1")
    assert returned.json("show", *earlier)["engagement"]["ordinal"] == 1
    assert len(returned.json("tci", *earlier)["entries"]) == 1
    assert returned.json("commitments", *earlier)["commitments"]
    states = {session["state"] for session in returned.json("sessions", *earlier)["sessions"]}
    assert states == {"held", "skipped"}
    kept = returned.json("prep", "session", "4", *earlier)
    assert kept["date"] == "2027-02-23"
    assert returned.json("journey")["engagement"] == 2
    assert "`--client sample-client/1` shows it" in returned.do("show").out
    said = returned.refused(20, "show", "--client", "sample-client/3")
    assert "there are `sample-client/1`, `sample-client/2`" in said
    returned.do("commitments", "update", "1", "--status", "done", *earlier)
    assert returned.json("commitments", *earlier)["commitments"][0]["status"] == "done"


def test_questions_of_the_first_engagement_count_as_long_ago(returned: Coach) -> None:
    """They may be asked again, where those asked in this engagement do not return."""

    def asked(number: int, *more: str) -> set[str]:
        plan = returned.json("prep", "session", str(number), *more)
        return {question["id"] for question in questions_of(plan)}

    before = asked(4, "--client", "sample-client/1")
    # Others come first, because they are fresh; without those, the old ones are asked again.
    picked = asked(4)
    for _ in range(12):
        if picked & before:
            break
        picked = asked(4, *(word for one in sorted(picked) for word in ("--without", one)))
    assert picked & before
    assert "asked before" not in returned.do("prep", "session", "5", "--explain").out
    returned.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    assert "asked before" in returned.do("prep", "session", "5", "--explain").out


@pytest.mark.req("R10")
def test_a_person_is_asked_about_each_criterion(held: Coach) -> None:
    criteria = held.json("journey")["phases"][1]["milestone"]["criteria"]
    answers = [
        *zip(
            [criterion["text"][:20] for criterion in criteria],
            ("yes\n", "no\n", "yes\n"),
            strict=True,
        ),
        ("Go on all the same?", "Time is short\n"),
    ]
    run = held.at_a_terminal("journey", "confirm", "exploration", answers=answers)
    assert run.code == 0
    kept = held.json("journey")["phases"][1]["milestone"]
    assert [criterion["met"] for criterion in kept["criteria"]] == [True, False, True]
    assert kept["reason"] == "Time is short"


@pytest.mark.slow
def test_the_day_of_the_next_session_is_whole_wherever_it_falls(coach: Coach) -> None:
    coach.do("new-client", "Ann", "--start", "2027-01-12")
    for number in range(1, 12):
        coach.do("sessions", "skip", str(number))
        day = coach.json("sessions", "show", str(number + 1))["date"]
        label = f"{int(day[8:])} {['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'][int(day[5:7])]}"
        for columns in ("60", "80"):
            page = coach.do("journey", "--format", "terminal", env={"COLUMNS": columns}).out
            lines = page.splitlines()
            days = lines[next(at for at, one in enumerate(lines) if one.startswith("1  ")) + 1]
            assert label in days, (number, columns)
