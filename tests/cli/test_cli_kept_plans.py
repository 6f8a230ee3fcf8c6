"""Plans are kept: remade only when what they were made from has changed, frozen once held."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from typing import Any

import pytest

from coaching import (
    COMMITMENT,
    INQUIRY,
    NO_COMMITMENT,
    Coach,
    hold_four,
    prompts_of,
    questions_of,
    ratings,
    rows,
)

AGREEMENT_GAP = "a coaching agreement: `trajplan worksheets blank coaching-agreement`"


def stored(coach: Coach, session: int = 4) -> tuple[Any, ...]:
    """The stored row of a plan, byte for byte."""
    sql = "SELECT p.* FROM plans p JOIN sessions s ON s.id = p.session_id WHERE s.number = ?"
    (row,) = rows(coach.practice, sql, session)
    return row


RESOLVING = {"clients", "engagements"}
"""Read to know whose plan is meant, whenever the practice is opened."""


def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that SQLite runs from here on, in order."""
    traced: list[str] = []
    connect = sqlite3.connect

    def traced_connect(*places: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*places, **options)
        connection.set_trace_callback(traced.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced_connect)
    return traced


def tables_read(traced: list[str]) -> Counter[str]:
    """How many statements read each table, once the client is known, until something is written."""
    counts: Counter[str] = Counter()
    known = False
    for statement in traced:
        known = known or "FROM clients" in statement
        if re.match(r"(INSERT|UPDATE|DELETE)\b", statement):
            break
        # Which notes of the practice have had their days is no reading of the plan's.
        is_reading = re.match(r"(SELECT|WITH)\b", statement) and "purge_on <=" not in statement
        if known and is_reading:
            tables = set(re.findall(r"\b(?:FROM|JOIN) (\w+)", statement))
            counts.update(tables - {"json_each", "meta", "own"})
    return counts


@pytest.mark.parametrize("prepared", [False, True])
def test_a_plan_reads_each_table_at_most_once(
    begun: Coach, monkeypatch: pytest.MonkeyPatch, prepared: bool
) -> None:
    client = begun.json("show")["client"]
    begun.do("practice", "backup")  # which reads everything, and once a day
    if prepared:
        begun.do("prep", "session", "4", "--client", client)
    traced = statements(monkeypatch)
    begun.do("prep", "session", "4", "--client", client)
    counts = tables_read(traced)
    assert {"sessions", "commitments", "worksheet_answers", "question_uses"} <= set(counts)
    assert {name for name, count in counts.items() if count > 1} <= RESOLVING


def test_two_runs_give_the_same_bytes(begun: Coach) -> None:
    first = begun.do("prep", "session", "4", "--explain").out
    kept = stored(begun)
    assert begun.do("prep", "session", "4", "--explain").out == first
    assert stored(begun) == kept
    assert begun.do("prep", "session", "4", "--reset", "--explain").out == first
    assert stored(begun) == kept


def test_another_practice_with_the_same_records_gives_the_same_bytes(
    begun: Coach, tmp_path: Any
) -> None:
    twin = Coach(tmp_path / "twin", begun.cache, today=begun.today)
    twin.practice.parent.mkdir(parents=True, mode=0o700)
    twin.practice.write_bytes(begun.practice.read_bytes())
    for words in (["prep", "session", "4"], ["prep", "session", "4", "--for", "client"]):
        assert twin.do(*words).out == begun.do(*words).out


def test_no_view_changes_the_plan(begun: Coach) -> None:
    begun.do("prep", "session", "4", "--energy", "low")
    kept, file = stored(begun), begun.practice.read_bytes()
    for view in (
        ["--for", "client"],
        ["--for", "coach"],
        ["--format", "json"],
        ["--format", "terminal"],
        ["--format", "markdown"],
        ["--glance"],
        ["--explain"],
    ):
        begun.do("prep", "session", "4", *view)
        assert stored(begun) == kept, view
        assert begun.practice.read_bytes() == file, view


def test_plan_and_agenda_agree(begun: Coach) -> None:
    agenda = begun.json("prep", "session", "4", "--minutes", "75", "--for", "client")
    plan = begun.json("prep", "session", "4")
    assert [line["start"] for line in agenda["items"]] == [
        segment["start"] for segment in plan["segments"]
    ]
    assert (agenda["start"], agenda["end"]) == (plan["start"], plan["end"])
    assert agenda["minutes"] == plan["minutes"] == 75


def test_options_stay_with_the_session_until_reset(begun: Coach) -> None:
    begun.do("prep", "session", "4", "--minutes", "60", "--energy", "low")
    begun.do("prep", "session", "4", "--late", "5")
    plan = begun.json("prep", "session", "4")
    assert (plan["minutes"], plan["energy"]) == (55, "low")
    assert begun.json("prep", "session", "5")["minutes"] == 90
    plan = begun.json("prep", "session", "4", "--reset")
    assert (plan["minutes"], plan["energy"]) == (90, "normal")
    assert begun.json("prep", "session", "4")["minutes"] == 90


def test_questions_asked_for_add_up_and_the_later_word_counts(begun: Coach) -> None:
    def picked(*more: str) -> list[str]:
        plan = begun.json("prep", "session", "4", *more)
        return [question["id"] for question in questions_of(plan)]

    first, second = picked()[:2]
    picked("--without", first)
    found = picked("--without", second)
    assert first not in found
    assert second not in found
    assert first in picked("--with", first)
    assert second not in picked()


def test_a_refused_wish_is_not_kept(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    kept = stored(begun)
    begun.refused(1, "prep", "session", "4", "--minutes", "20")
    assert stored(begun) == kept
    assert begun.json("prep", "session", "4")["minutes"] == 90


@pytest.mark.parametrize(
    "words",
    [
        ["check-in", "--session", "4", "--energy", "low"],
        ["log-tci", "--session", "3", "--clarity", "2"],
        ["assumptions", "update", "1", "--status", "let_go"],
        ["wrap", "session", "3", "--from", "-"],
    ],
    ids=lambda words: words[0],
)
def test_a_plan_is_made_anew_when_the_records_changed(begun: Coach, words: list[str]) -> None:
    before = begun.json("prep", "session", "4")
    begun.do(*words, stdin=NO_COMMITMENT)
    after = begun.json("prep", "session", "4")
    assert after != before
    assert begun.json("prep", "session", "4") == after


def test_another_clients_records_leave_a_plan_alone(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    kept = stored(begun)
    begun.do("new-client", "Bo Ray", "--start", "2027-02-23")
    begun.do("log-tci", "--session", "1", "--clarity", "2")
    begun.do("prep", "session", "4", "--client", "sample-client")
    assert stored(begun)[:-1] == kept[:-1]


def test_a_plan_is_made_anew_when_the_library_changed(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    assert begun.json("prep", "session", "4") == plan
    mine = (
        "kind: question-bank\nid: mine\ntitle: Mine\nlanguage: en\nquestions:\n"
        "  - {id: mine-1, text: What is it like on a good day?, level: informational, breadth: 3,"
        " minutes: 4, components: [strategic_inquiry]}\n"
    )
    digest = stored(begun)
    begun.write("own/question_banks/mine.yaml", mine)
    begun.more["TRAJPLAN_LIBRARY"] = str(begun.home / "own")
    begun.do("prep", "session", "4")
    assert stored(begun) != digest
    assert "mine-1" in str(begun.json("prep", "session", "4", "--with", "mine-1"))


def test_a_held_sessions_plan_is_frozen(begun: Coach) -> None:
    plan = begun.do("prep", "session", "4", "--energy", "low").out
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    kept = stored(begun)
    begun.do("check-in", "--session", "5", "--energy", "high")
    begun.do("log-tci", "--session", "4", *ratings())
    begun.do("assumptions", "add", "I am too old")
    assert begun.do("prep", "session", "4").out == plan
    assert stored(begun) == kept
    for wish in (["--energy", "high"], ["--reset"], ["--minutes", "60"]):
        said = begun.refused(1, "prep", "session", "4", *wish)
        assert "session 4 was held; its plan stays as it was" in said
    assert stored(begun) == kept
    said = begun.refused(1, "check-in", "--session", "4", "--energy", "low")
    assert "session 4 is held" in said


def test_a_session_held_without_a_plan_says_so(begun: Coach) -> None:
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    assert "session 4 was held without a plan" in begun.refused(1, "prep", "session", "4")


def fifth(coach: Coach) -> str:
    return coach.do("prep", "session", "5").out


@pytest.mark.req("R2", "R45", "R46")
def test_plan_five_names_commitment_inquiry_and_ratings_of_session_four(begun: Coach) -> None:
    begun.do("log-tci", "--session", "3", "--clarity", "5", "--options", "6", "--momentum", "6")
    hold_four(begun)
    page = fifth(begun)
    last = page.split("## From last time")[1].split("## The session")[0]
    for piece in (
        "(session 4, Tue 23 Feb 2027)",
        f"**Promised:** {COMMITMENT} (open, by Fri 5 Mar 2027)",
        "*Known by:* There is a date, or a clear no",
        f"**Inquiry:** {INQUIRY}",
        "**Took away:** I explain by letting them try first.",
        "clarity 7 (+2), options 6 (±0), decision 5, momentum 4 (−2), confidence 6",
        "satisfaction 9",
    ):
        assert piece in last
    plan = begun.json("prep", "session", "5")
    opening = {prompt["id"]: prompt["text"] for prompt in plan["segments"][0]["prompts"]}
    assert "ask the training officer" in opening["review-commitment"]
    assert INQUIRY in opening["return-inquiry"]
    because = {influence["id"]: influence["because"] for influence in plan["influences"]}
    assert {"commitments", "inquiry", "factor-momentum"} <= set(because)
    assert because["factor-momentum"] in page
    assert "**Prepares for:** session 6 on Tue 23 Mar 2027" in page
    assert "**Parked:** What the pension office said (parked in session 4)" in page
    assert plan["gaps"] == [AGREEMENT_GAP]


@pytest.mark.req("R2")
def test_plan_five_is_silent_about_what_session_four_did_not_leave(begun: Coach) -> None:
    begun.today = "2027-02-23"
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    page = fifth(begun)
    last = page.split("## From last time")[1].split("## The session")[0]
    assert "No commitment was chosen." in last
    for piece in ("Promised", "Inquiry", "Ratings", "Parked", COMMITMENT, INQUIRY):
        assert piece not in last
    prompts = {prompt["id"] for prompt in prompts_of(begun.json("prep", "session", "5"))}
    assert not prompts & {"review-commitment", "return-inquiry"}


@pytest.mark.req("R2", "R66")
@pytest.mark.parametrize("missing", ["commitments", "inquiry", "ratings"])
def test_each_record_of_session_four_alone_changes_plan_five(begun: Coach, missing: str) -> None:
    full = (
        f"kind: wrap\nasked: []\ninquiry: {INQUIRY}\n"
        f"commitments:\n  - {{what: {COMMITMENT}, when: '2027-03-05', how_will_i_know: A date}}\n"
    )
    wrap = {
        "commitments": f"kind: wrap\nasked: []\ninquiry: {INQUIRY}\ncommitments: none\n",
        "inquiry": full.replace(f"inquiry: {INQUIRY}\n", "").replace("asked", "not_asked"),
        "ratings": full,
    }[missing]
    hold_four(begun, wrap=wrap, rated=[] if missing == "ratings" else None)
    page = fifth(begun)
    for name, piece in (
        ("commitments", COMMITMENT),
        ("inquiry", INQUIRY),
        ("ratings", "momentum 4"),
    ):
        assert (piece in page) == (name != missing)


@pytest.mark.req("R2")
def test_a_session_held_and_not_wrapped_is_warned_of(begun: Coach) -> None:
    hold_four(begun, wrap="")
    page = fifth(begun)
    assert "Session 4 was not wrapped" in page
    plan = begun.json("prep", "session", "5")
    assert plan["from_last_time"]["wrapped"] is False
    gap, agreement = plan["gaps"]
    assert agreement == AGREEMENT_GAP
    assert "wrap of session 4" in gap
    assert gap in page
    assert "not wrapped" in begun.do("prep", "session", "5", "--format", "terminal").out
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    assert "not wrapped" not in fifth(begun)


@pytest.mark.req("R2")
def test_sessions_skipped_over_are_noted(begun: Coach) -> None:
    assert "sessions 1 to 3 are neither held nor skipped" in begun.do("prep", "session", "4").out
    assert "neither held nor skipped" not in begun.do("prep", "session", "1").out


@pytest.mark.req("R66")
def test_the_planned_inquiry_travels_home_and_is_asked_back(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    (home,) = [
        question["text"]
        for part in plan["segments"]
        if part["component"] == "momentum_planning"
        for question in part["questions"]
        if not question["anchors"]
    ]
    sheet = begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT).out
    assert f"**The question I take home:** {home}" in sheet
    assert f"**Inquiry:** {home}" in fifth(begun)
    back = [
        f"{prompt['text']} {prompt['beside']}"
        for prompt in prompts_of(begun.json("prep", "session", "5"))
        if prompt["id"] == "return-inquiry"
    ]
    # One that looked ahead to this session would ask about the one after it.
    assert len(back) == ("meet" not in home)
    assert all(home in text for text in back)
    assert home in fifth(begun)


UNTICKED = "kind: wrap\nasked: []\ncommitments: none\n"


@pytest.mark.req("R66")
def test_what_went_home_unticked_is_not_the_next_question_home(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    sheet = begun.do("wrap", "session", "4", "--from", "-", stdin=UNTICKED).out
    home = re.search(r"\*\*The question I take home:\*\* (.+)", sheet)
    assert home
    planned = begun.json("prep", "session", "5")["segments"]
    assert home[1] not in [question["text"] for part in planned for question in part["questions"]]


@pytest.mark.req("R66", "R22", "R131")
@pytest.mark.parametrize(
    ("check_in", "options", "way", "because"),
    [
        ([], [], "asked", ""),
        (["--energy", "low"], [], "laid_out", "energy is low"),
        (["--matters", "The rent"], [], "laid_out", "what they bring goes first"),
        ([], ["--open"], "laid_out", "the client brings everything"),
        (["--matters", "They took someone else"], [], "shown", "what they bring is hard"),
        (["--holding"], [], "shown", "this session holds"),
    ],
)
def test_what_becomes_of_the_inquiry_is_decided_once_for_every_page(
    held: Coach, check_in: list[str], options: list[str], way: str, because: str
) -> None:
    if check_in:
        held.do("check-in", "--session", "5", *check_in)
    plan = held.json("prep", "session", "5", *options)
    assert plan["inquiry_return"] == {"way": way, "because": because}
    asked = [prompt["id"] for prompt in prompts_of(plan)]
    assert ("return-inquiry" in asked) == (way == "asked")
    agenda = held.json("prep", "session", "5", "--for", "client")
    assert agenda["inquiry"] == ("" if way == "shown" else INQUIRY)
    places = {"asked": "", "laid_out": "not asked: ", "shown": "for your eye: "}
    reason = f" ({places[way]}{because})" if because else ""
    assert f"**Inquiry:** {INQUIRY}{reason}\n" in held.do("prep", "session", "5").out


@pytest.mark.req("R66")
def test_in_the_last_session_too_it_is_asked_back_where_nothing_is_brought(held: Coach) -> None:
    plan = held.json("prep", "session", "12")
    assert plan["inquiry_return"] == {"way": "asked", "because": ""}


@pytest.mark.req("R66")
def test_an_inquiry_that_two_promises_leave_no_room_for_is_named_on_the_plan(held: Coach) -> None:
    for what in ("Ring the college", "Write to the foreman"):
        held.do(
            "commitments", "add", what, "--when", "2027-03-05", "--how-will-i-know", "It is done"
        )
    plan = held.json("prep", "session", "5")
    because = "the opening is full"
    assert plan["inquiry_return"] == {"way": "laid_out", "because": because}
    assert because in held.do("prep", "session", "5").out
    assert held.json("prep", "session", "5", "--for", "client")["inquiry"] == INQUIRY


@pytest.mark.req("R45", "R46")
@pytest.mark.parametrize(
    ("reviews", "case"),
    [
        ([], "open"),
        (["done"], "done"),
        (["partly"], "partly"),
        (["not_yet"], "not_yet"),
        (["not_yet", "not_yet"], "missed_twice"),
    ],
)
def test_the_review_opens_with_learning_and_meets_what_waited_with_curiosity(
    held: Coach, reviews: list[str], case: str
) -> None:
    for status in reviews:
        held.wait()
        held.do("commitments", "update", "1", "--status", status)
    plan = held.json("prep", "session", "5")
    first = plan["segments"][0]
    assert "review_ritual" in [activity["id"] for activity in first["activities"]]
    # Spoken of once: what was tried is debriefed, and that is its review (R83).
    (prompt,) = [
        prompt
        for prompt in prompts_of(plan)
        if prompt["id"] in ("review-commitment", "debrief-exercise")
    ]
    tried = case in ("done", "partly")
    assert (prompt["id"], prompt["case"]) == (
        "debrief-exercise" if tried else "review-commitment",
        case,
    )
    assert re.search("ask(ed)? the training officer for one morning", prompt["text"])
    assert prompt["beside"] == COMMITMENT
    assert "why" not in prompt["text"].lower()
    assert prompt["text"] in held.do("prep", "session", "5").out
    ritual = next(
        activity["coach"] for activity in first["activities"] if activity["id"] == "review_ritual"
    )
    ritual = ritual.lower()
    learning = min(ritual.find(word) % 999 for word in ("learn", "know now"))
    assert learning < ritual.index("credit for what got done")


@pytest.mark.req("R45", "R46")
def test_what_was_dropped_is_on_the_plan_and_not_asked_about(held: Coach) -> None:
    held.do("commitments", "update", "1", "--status", "dropped")
    prompts = [part["prompts"] for part in held.json("prep", "session", "5")["segments"]]
    ids = {prompt["id"] for said in prompts for prompt in said}
    assert not ids & {"review-commitment", "debrief-exercise"}
    assert "(let go, by " in held.do("prep", "session", "5").out


@pytest.mark.req("R45", "R46")
def test_two_commitments_are_reviewed_in_depth_and_the_rest_ticked(begun: Coach) -> None:
    one = "  - {{what: {}, when: '2027-03-05', how_will_i_know: K}}\n"
    steps = ("Ring the school", "Ask Ada for the list", "Print the CV")
    hold_four(begun, wrap="kind: wrap\ncommitments:\n" + "".join(map(one.format, steps)))
    plan = begun.json("prep", "session", "5")
    assert len(plan["from_last_time"]["commitments"]) == 3
    prompts = prompts_of(plan)
    assert [prompt["id"] for prompt in prompts].count("review-commitment") == 2
    assert fifth(begun).count("**Promised:**") == 3


def test_a_question_asked_does_not_return_in_later_sessions(begun: Coach) -> None:
    seen: set[str] = set()
    for session in range(1, 7):
        plan = begun.json("prep", "session", str(session))
        found = [question["id"] for question in questions_of(plan)]
        assert len(found) == len(set(found))
        repeated = (
            {question["id"] for question in begun.json("questions") if question["repeatable"]}
            if seen & set(found)
            else set()
        )
        assert seen & set(found) <= repeated
        seen |= set(found)
        begun.do(
            "wrap",
            "session",
            str(session),
            "--from",
            "-",
            "--client",
            "sample-client",
            stdin=NO_COMMITMENT,
        )
