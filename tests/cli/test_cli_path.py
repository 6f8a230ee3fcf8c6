"""The coach's real path, exactly as the issue writes it, with real files."""

from __future__ import annotations

import pytest

from coaching import COMMITMENT, INQUIRY, INTAKE, WRAP, Coach

COMPONENTS = [
    "context_setting",
    "strategic_inquiry",
    "insight_generation",
    "action_design",
    "momentum_planning",
]


@pytest.mark.req("R18", "R40")
def test_from_a_new_client_to_a_fifth_plan_that_knows_it_all(coach: Coach) -> None:
    intake, wrap = coach.write("intake.yaml", INTAKE), coach.write("wrap.yaml", WRAP)

    made = coach.do("new-client", "Sample Client", "--from", intake, "--start", "2027-01-12")
    assert made.first == "# Sample Client · new client sample-client"
    assert "Tuesday 12 January 2027" in made.out
    assert "Tuesday 15 June 2027" in made.out

    coach.today = "2027-02-23"
    plan = coach.do("prep", "session", "4", "--start", "14:00").out
    assert plan.startswith("# Session 4 of 12 · Sample Client\n")
    assert "**Tuesday 23 February 2027 · 14:00–15:30 · 90 minutes**" in plan
    assert "exploration phase · integrative" in plan

    agenda = coach.do("prep", "session", "4", "--for", "client").out
    assert agenda.startswith("# Sample Client · session 4 of 12\n")
    opening = coach.json("prep", "session", "4")["segments"][0]
    assert f"| 14:00 | {opening['client']} |" in agenda
    assert "| 15:30 | End |" in agenda

    sheet = coach.do("wrap", "session", "4", "--from", wrap).out
    assert sheet.startswith("# Action-commitment sheet · Sample Client · session 4 of 12\n")
    assert f"**Commitment:** {COMMITMENT}\n\n- **By when:** Friday 5 March 2027\n" in sheet
    assert "- **How will I know:** There is a date, or a clear no\n" in sheet

    rated = coach.do(
        *("log-tci", "--session", "4", "--clarity", "7", "--options", "6", "--decision", "5"),
        *("--momentum", "4", "--confidence", "6", "--satisfaction", "9"),
    )
    assert rated.first == "# Sample Client · session 4: ratings saved"
    log = coach.do("tci").out
    assert "| 4 | Tue 23 Feb 2027 | 7 | 6 | 5 | 4 | 6 | 9 | 5.6 |" in log

    fifth = coach.do("prep", "session", "5").out
    assert COMMITMENT in fifth
    assert f"**Inquiry:** {INQUIRY}" in fifth
    assert "clarity 7, options 6, decision 5, momentum 4, confidence 6" in fifth
    assert "satisfaction 9" in fifth
    found = coach.json("prep", "session", "5")
    parts = [
        segment["component"] for segment in found["segments"] if segment["component"] != "break"
    ]
    assert list(dict.fromkeys(parts)) == COMPONENTS
    assert sum(segment["minutes"] for segment in found["segments"]) == found["minutes"] == 90


def test_twelve_sessions_end_154_days_after_the_first(begun: Coach) -> None:
    dates = [session["date"] for session in begun.json("sessions")["sessions"]]
    assert len(dates) == 12
    assert (dates[0], dates[3], dates[-1]) == ("2027-01-12", "2027-02-23", "2027-06-15")
