"""The names others build on: JSON keys, the intake, the wrap, located faults of both."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach, begin, questions_of, ratings, rows

PLAN_KEYS = {
    *("client", "session", "phase", "method", "blueprint", "date", "start", "end", "minutes"),
    *("energy", "destination", "step", "objectives", "from_last_time", "prepares_for", "gaps"),
    *("findings", "mix", "segments"),
}
SEGMENT_KEYS = {
    *("id", "component", "title", "stance", "objective", "start", "end", "minutes"),
    *("activities", "prompts", "questions"),
}
QUESTION_KEYS = {"id", "bank", "text", "level", "breadth", "minutes"}
ENTRY_KEYS = {
    *("session", "date", "ratings", "satisfaction", "unweighted_mean", "change_since_last"),
    *("change_since_first", "flags", "corrects"),
}
LEVELS = {"informational", "analytical", "transformational"}
FACTORS = ["clarity", "options", "decision", "momentum", "confidence"]

FULL_INTAKE = """\
kind: intake
name: Ada Full
slug: ada
destination: A role with room to build
stuck_point: I am stuck because I am needed, while I want to leave.
need: values
goal_clarity: 4
paths: [Stay, Go, Teach]
change: directional
drive: To build things that last
likes: [Wood]
dislikes: [Meetings]
own_questions: [How long will it take?]
fears: [Starting at the bottom]
must_haves: [Evenings at home]
priorities: [Find out what it costs]
scenario: plateau
assumptions: [I am too old, {text: Nobody hires at 58, evidence_for: [Two refusals]}]
start: 2027-03-01
start_time: "9:30"
time_zone: Europe/Lisbon
minutes: 75
every_days: 21
career:
  - role: Joiner
    organisation: A small shop
    from: 1999
    to: 2010
    themes: [wood]
    successes: [A staircase]
    challenges: [Dust]
    left_because: It closed
  - {role: Foreman, from: 2010-05}
audit:
  accomplishments: [Built a staircase, {what: Trained three, number: 3}]
  pain_points: [Knees]
  evidence: [A letter]
goals: [Lead a small shop, {text: Earn enough}]
indicators: [{name: Days at the bench, target: 3}]
agreement: {parties: [Ada, coach], consent: 2027-02-20}
"""

FULL_WRAP = """\
kind: wrap
minutes: 88
actual: {SEGMENT: 20}
focus: One thing
takeaways: [A, B]
asked: [QUESTION]
parked: [The pension]
notes: Quiet at first
energy: high
frame_change: We spoke about leaving instead
inquiry: When did it feel light?
commitments:
  - what: Call the school
    when: "+7d"
    how_will_i_know: I have a name
    obstacle: The holidays
    if_then: If nobody answers, then I write
    kind: information_gathering
    proposed_by: both
    goal: Lead a small shop
    estimate_minutes: 30
"""


def test_prep_as_json_has_the_documented_keys(held: Coach) -> None:
    plan = held.json("prep", "session", "5")
    assert plan.keys() >= PLAN_KEYS
    assert plan["client"] == "sample-client"
    assert (plan["session"], plan["phase"], plan["date"]) == (5, "exploration", "2027-03-09")
    assert set(plan["mix"]) >= {"target", "achieved"}
    for share in ("target", "achieved"):
        assert set(plan["mix"][share]) == LEVELS
        assert sum(plan["mix"][share].values()) == 100
    questions = questions_of(plan)
    assert questions
    for part in plan["segments"]:
        assert part.keys() >= SEGMENT_KEYS
    for one in questions:
        assert one.keys() >= QUESTION_KEYS
        assert one["level"] in LEVELS
        assert not one.keys() & {"score", "reasons"}


def test_scores_and_reasons_come_only_with_explain(begun: Coach) -> None:
    explained = begun.json("prep", "session", "4", "--explain")
    plain = begun.json("prep", "session", "4")
    found = questions_of(explained)
    assert all(
        isinstance(question["score"], int) and question["reasons"] == list(question["reasons"])
        for question in found
    )
    assert any(question["reasons"] for question in found)
    plain_ids = [question["id"] for question in found]
    for one in found:
        del one["score"], one["reasons"]
    assert explained.pop("considered")[0]["blueprint"] == plain["blueprint"]
    assert explained == plain
    for form in ("markdown", "terminal"):
        words = ("prep", "session", "4", "--format", form)
        page, plain_page = begun.do(*words, "--explain").out, begun.do(*words).out
        for question in plain_ids:
            assert question in page
            assert question not in plain_page


def test_tci_as_json_has_the_documented_keys(held: Coach) -> None:
    held.do("log-tci", "--session", "5", "--clarity", "8")
    log = held.json("tci")
    assert log.keys() >= {"scale", "entries"}
    assert (log["scale"]["min"], log["scale"]["max"]) == (1, 10)
    assert list(log["scale"]["factors"]) == FACTORS
    assert log["scale"]["id"] == rows(held.practice, "SELECT max(scale) FROM tci_entries")[0][0]
    for one in log["entries"]:
        assert one.keys() >= ENTRY_KEYS
        assert set(one["change_since_last"]) == set(one["change_since_first"]) == set(FACTORS)
    first, second = log["entries"]
    assert first["ratings"] == {
        "clarity": 7,
        "options": 6,
        "decision": 5,
        "momentum": 4,
        "confidence": 6,
    }
    assert first["unweighted_mean"] == 5.6
    assert second["ratings"] == {"clarity": 8}
    assert (second["unweighted_mean"], second["satisfaction"]) == (None, None)
    assert second["change_since_first"]["clarity"] == 1
    held.do("log-tci", "--session", "5", "--clarity", "7")
    assert len(held.json("tci")["entries"]) == 2
    with_history = held.json("tci", "--history")["entries"]
    assert len(with_history) == 3
    assert all(entry.keys() >= ENTRY_KEYS for entry in with_history)


def test_an_intake_takes_every_key_and_is_kept_whole(coach: Coach) -> None:
    made = coach.json("new-client", "--from", coach.write("ada.yaml", FULL_INTAKE))
    assert made["client"] == "ada"
    engagement = coach.json("show", "--client", "ada")["engagement"]
    assert (engagement["start"], engagement["start_time"]) == ("2027-03-01", "09:30")
    assert (engagement["minutes"], engagement["every_days"]) == (75, 21)
    assert engagement["time_zone"] == "Europe/Lisbon"
    intake = engagement["intake"]
    assert (intake["need"], intake["goal_clarity"], intake["change"]) == (
        "values",
        4,
        "directional",
    )
    assert intake["paths"] == ["Stay", "Go", "Teach"]
    first, second = intake["career"]
    assert (first["from"], first["to"]) == ("1999", "2010")
    assert (second["from"], second["to"]) == ("2010-05", "")
    assert first["left_because"] == "It closed"
    assert intake["audit"]["accomplishments"][1] == {"what": "Trained three", "number": 3}
    assert intake["indicators"] == [{"name": "Days at the bench", "target": 3}]
    assert intake["agreement"]["parties"] == ["Ada", "coach"]
    beliefs = coach.json("assumptions", "--client", "ada")["assumptions"]
    assert [belief["text"] for belief in beliefs] == ["I am too old", "Nobody hires at 58"]
    # Where it was heard is the number of a session, never its row.
    assert all("session_id" not in belief for belief in beliefs)
    assert [belief["session_number"] for belief in beliefs] == [None, None]
    plan = coach.json("prep", "session", "4", "--client", "ada")
    assert (plan["minutes"], plan["start"], plan["date"]) == (75, "09:30", "2027-05-03")
    # In one session or another something written for the situation is asked.
    plans = [
        coach.json("prep", "session", str(number), "--client", "ada") for number in range(2, 12)
    ]
    assert any(influence["id"] == "scenario" for plan in plans for influence in plan["influences"])


def test_words_on_the_command_line_go_before_the_intake(coach: Coach) -> None:
    intake = coach.write("ada.yaml", FULL_INTAKE)
    coach.do(
        *("new-client", "Ada Other", "--from", intake, "--slug", "other", "--minutes", "60"),
        *("--start", "2027-04-01", "--start-time", "16:00", "--every-days", "10"),
        *("--time-zone", "Europe/Berlin", "--sessions", "6", "--journey", "integrative-12"),
    )
    found = coach.json("show", "--client", "other")
    engagement = found["engagement"]
    assert found["client_name"] == "Ada Other"
    assert (engagement["start"], engagement["start_time"]) == ("2027-04-01", "16:00")
    assert (engagement["minutes"], engagement["every_days"]) == (60, 10)
    assert (engagement["time_zone"], engagement["sessions"]) == ("Europe/Berlin", 6)
    assert [session["phase"] for session in coach.json("sessions")["sessions"]] == [
        *("foundation", "foundation", "exploration", "exploration", "integration", "activation")
    ]


def test_a_wrap_takes_every_key_and_is_kept_whole(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    segment = plan["segments"][1]
    question = segment["questions"][0]["id"]
    text = FULL_WRAP.replace("SEGMENT", segment["id"]).replace("QUESTION", question)
    begun.do("wrap", "session", "4", "--from", "-", stdin=text)
    kept = begun.json("sessions", "show", "4")
    wrap = kept["wrap"]
    assert wrap["minutes"] == 88
    assert wrap["actual"] == {segment["id"]: 20}
    assert (wrap["focus"], wrap["takeaways"], wrap["parked"]) == (
        "One thing",
        ["A", "B"],
        ["The pension"],
    )
    assert (wrap["energy"], wrap["inquiry"]) == ("high", "When did it feel light?")
    assert wrap["frame_change"] == "We spoke about leaving instead"
    assert wrap["asked"] == [question]
    assert [note["text"] for note in kept["notes"]] == ["Quiet at first"]
    (commitment,) = begun.json("commitments")["commitments"]
    assert commitment["due"] == "2027-03-02"
    assert (commitment["kind"], commitment["proposed_by"]) == ("information_gathering", "both")
    assert (commitment["goal"], commitment["estimate_minutes"]) == ("Lead a small shop", 30)


def test_only_what_was_asked_counts_as_used(begun: Coach) -> None:
    def used(wrap: str) -> set[str]:
        begun.do("wrap", "session", "4", "--from", "-", "--replace", stdin=wrap)
        sql = "SELECT question_id FROM question_uses u JOIN sessions s ON s.id = u.session_id"
        return {row[0] for row in rows(begun.practice, f"{sql} WHERE s.number = 4 AND u.asked = 1")}

    planned = [question["id"] for question in questions_of(begun.json("prep", "session", "4"))]
    head = NO_COMMITMENT
    assert used(head) == set(planned)
    assert used(f"{head}not_asked: [{planned[0]}]\n") == set(planned[1:])
    assert used(f"{head}asked: [{planned[0]}]\n") == {planned[0]}
    again = {question["id"] for question in questions_of(begun.json("prep", "session", "5"))}
    assert planned[0] not in again


@pytest.mark.parametrize(
    ("text", "place", "key"),
    [
        ("kind: intake\nname: A\ngoal_clarity: 11\n", "3:15", "(goal_clarity)"),
        ("kind: intake\nname: A\nneed: money\n", "3:7", "(need)"),
        (
            "kind: intake\nname: A\ncareer:\n  - role: R\n    from: [x]\n",
            "5:11",
            "(career[0].from)",
        ),
        ("kind: intake\nname: A\nstart: 2027-02-30\n", "3:8", "(start)"),
        ("kind: intake\nname: A\nstart_time: soon\n", "3:13", "(start_time)"),
        ("kind: intake\nname: A\ntime_zone: Mars/Base\n", "3:12", "(time_zone)"),
        ("kind: intake\nname: A\nname: B\n", "3:1", "(name)"),
        ("kind: intake\nname: A\nnmae: B\n", "3:1", "(nmae)"),
    ],
)
def test_intake_faults_are_located(coach: Coach, text: str, place: str, key: str) -> None:
    path = coach.write("faulty.yaml", text)
    said = coach.refused(10, "new-client", "--from", path)
    assert said.startswith(f"{path}:{place}: ")
    assert said.rstrip().endswith(key)
    assert not coach.practice.exists()


def test_a_forms_faults_come_in_two_runs_its_shape_first(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    commitment = "commitments:\n  - {what: W, when: someday, how_will_i_know: K}\n"
    senseless = f"kind: wrap\nasked: [nowhere]\nactual: {{nowhere: 5}}\n{commitment}"
    misshapen = f"minutes: none\nenergy: tired\n{senseless}"
    for text, faults in (
        (misshapen, [("1:10", "minutes)"), ("2:9", "energy)")]),
        (
            senseless,
            [("2:9", "asked[0])"), ("3:19", "actual.nowhere)"), ("5:21", "commitments[0].when)")],
        ),
    ):
        said = begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=text).splitlines()
        places = [line.removeprefix("<standard input>:").split(": ")[0] for line in said]
        keys = [line.rsplit("(", 1)[1] for line in said]
        assert list(zip(places, keys, strict=True)) == faults
    assert begun.json("sessions", "show", "4")["wrap"] is None


def test_json_of_every_other_command_parses_and_says_whose_it_is(held: Coach) -> None:
    for words in (
        ["show"],
        ["sessions"],
        ["sessions", "show", "4"],
        ["commitments"],
        ["commitments", "show", "1"],
        ["assumptions"],
        ["assumptions", "show", "1"],
        ["tci"],
        ["log-tci", "--session", "4", *ratings()],
        ["check-in", "--session", "5", "--energy", "low"],
    ):
        found: Any = held.json(*words)
        assert found["client"] == "sample-client", words
        assert found["client_name"] == "Sample Client", words


def test_the_agenda_as_json_holds_only_what_the_client_may_see(begun: Coach) -> None:
    agenda = begun.json("prep", "session", "4", "--for", "client")
    assert agenda["client_name"] == "Sample Client"
    assert [set(line) for line in agenda["items"]] == [{"start", "text"}] * len(agenda["items"])
    assert not agenda.keys() & {"segments", "findings", "mix", "influences", "gaps", "assumption"}


def test_a_name_is_enough_for_a_client(coach: Coach) -> None:
    begin(coach, "kind: intake\nname: Only A Name\n")
    made = coach.do("show").out
    assert "**Destination:** not yet in words" in made
