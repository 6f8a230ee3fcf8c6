"""The ending: what it needs, what the client goes on with, and a closed journey afterwards."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from coaching import NO_COMMITMENT, Coach, rows, told_once

CAREER_OS = """\
kind: answers
answers:
  worked: [Trying it for one morning before deciding]
  values: [Teaching]
  strengths: [Patience with beginners]
  habits:
    - {habit: Notebook on the bus, how_often: every shift, sign: ten lines}
  triggers: [Three Sundays with a knot in the stomach]
"""
TRIGGER = "Three Sundays with a knot in the stomach"
OUTCOME = "A signed trial contract"
CLOSING = f"kind: closing\noutcomes: [{OUTCOME}]\ntriggers: [A quiet phone]\nfollow_up: +6m\n"
PAGES = ("career-os", "follow-up", "weekly-review", "retreat")
FORMS = ("terminal", "markdown", "json")


@pytest.fixture
@told_once
def ready(begun: Coach) -> Coach:
    """The coach with the client's Career OS filled in, on the last day of August."""
    begun.do("worksheets", "fill", "career-os", "--from", "-", stdin=CAREER_OS)
    begun.today = "2027-08-31"
    return begun


@pytest.fixture
@told_once
def closed(ready: Coach) -> Coach:
    ready.do("close", "--from", "-", stdin=CLOSING)
    return ready


def needs(coach: Coach) -> list[str]:
    missing: list[str] = coach.json("close", "--print", "checklist")["missing"]
    return missing


@pytest.mark.req("R12", "R115")
@pytest.mark.parametrize("given", list(itertools.product((True, False), repeat=3)), ids=str)
def test_each_thing_that_is_missing_is_named(begun: Coach, given: tuple[bool, bool, bool]) -> None:
    career_os, trigger, follow_up = given
    if career_os:
        form = CAREER_OS.replace(f"  triggers: [{TRIGGER}]\n", "")
        begun.do("worksheets", "fill", "career-os", "--from", "-", stdin=form)
    words = [*(["--trigger", "A quiet phone"] if trigger else [])]
    words += ["--follow-up", "+6m"] if follow_up else []
    expected = {
        "Career OS: what worked, values, strengths, tracking habits": not career_os,
        "the client's own triggers": not trigger,
        "a follow-up date": not follow_up,
    }
    if all(given):
        begun.do("close", *words)
        return
    said = begun.refused(1, "close", *words)
    for name, missing in expected.items():
        assert (f"\n  - {name}:" in said) is missing, name
    assert rows(begun.practice, "SELECT count(*) FROM endings") == [(0,)]
    assert rows(begun.practice, "SELECT closed FROM engagements") == [(None,)]


@pytest.mark.req("R12")
def test_a_part_of_the_career_os_is_enough_to_be_missing(begun: Coach) -> None:
    form = CAREER_OS.replace("  values: [Teaching]\n", "")
    begun.do("worksheets", "fill", "career-os", "--from", "-", stdin=form)
    assert needs(begun) == ["Career OS: values", "a follow-up date"]


@pytest.mark.req("R12")
def test_closing_all_the_same_keeps_the_reason_and_what_was_missing(begun: Coach) -> None:
    assert "--force needs a reason" in begun.refused(2, "close", "--force", " ")
    page = begun.do("close", "--force", "Moved abroad").out
    assert page.startswith("# Sample Client (sample-client) · closed on Tuesday 23 February 2027\n")
    assert "- **Closed all the same:** Moved abroad" in page
    assert "a follow-up date" in page
    shown = begun.do("show").out
    assert "**Closed all the same:** Moved abroad (Career OS: what worked" in shown
    assert rows(begun.practice, "SELECT forced FROM endings") == [("Moved abroad",)]


@pytest.mark.req("R12")
def test_a_reason_that_was_not_needed_is_not_kept(ready: Coach) -> None:
    ready.do("close", "--follow-up", "+6m", "--force", "In case")
    assert rows(ready.practice, "SELECT forced, missing FROM endings") == [("", "[]")]


@pytest.mark.req("R111")
@pytest.mark.parametrize(
    ("day", "follow_up"),
    [
        ("2027-08-31", "2028-02-29"),
        ("2026-08-31", "2027-03-01"),
        ("2027-03-31", "2027-09-30"),
        ("2027-06-15", "2027-12-15"),
        ("2027-02-27", "2027-08-27"),
        ("2027-04-30", "2027-10-29"),
    ],
)
def test_six_months_later_is_a_working_day_near_the_same_day_or_the_months_last(
    ready: Coach, day: str, follow_up: str
) -> None:
    ready.today = max(day, "2027-02-23") if day > "2027" else day
    ready.do("close", "--follow-up", "+6m")
    assert ready.json("show")["ending"]["follow_up"] == follow_up


@pytest.mark.req("R111")
def test_a_follow_up_that_was_counted_keeps_off_weekends_and_days_off(ready: Coach) -> None:
    ready.today = "2027-08-28"
    ready.do("sessions", "days-off", "2028-02-28", "--until", "2028-03-01")
    said = ready.do("close", "--follow-up", "in 6 months").err
    assert "Mon 28 Feb 2028 is one of your days off; the follow-up is on Thu 2 Mar 2028" in said
    ready.do("close", "--reopen")
    said = ready.do("close", "--follow-up", "+22w").err
    assert "Sat 29 Jan 2028 is a Saturday; the follow-up is on Fri 28 Jan 2028" in said
    ready.do("close", "--reopen")
    said = ready.do("close", "--follow-up", "Sat 26 Feb 2028").err
    assert "follow-up is on" not in said
    assert ready.json("show")["ending"]["follow_up"] == "2028-02-26"
    ready.do("close", "--reopen")
    assert (
        "Tue 29 Feb 2028 is one of your days off"
        in ready.do("close", "--follow-up", "29 feb 2028").err
    )


@pytest.mark.req("R111")
def test_the_follow_up_is_a_meeting_and_is_told_when_it_is_due(closed: Coach) -> None:
    assert "| m1 | Tue 29 Feb 2028 |  | planned | follow up |" in closed.do("sessions").out
    waiting = "closed Tue 31 Aug 2027; follow-up Tue 29 Feb 2028"
    assert f"{waiting} |" in closed.do("clients").out
    closed.today = "2028-02-29"
    assert f"{waiting} (due) |" in closed.do("clients").out
    assert "**Follow-up:** Tue 29 Feb 2028 (due)" in closed.do("show").out
    form = "kind: answers\nanswers: {still: [The notebook], clarity: 8}\n"
    closed.do("worksheets", "fill", "six-month-follow-up", "--from", "-", stdin=form)
    assert "follow-up" not in closed.do("clients").out
    assert "**Follow-up:** Tue 29 Feb 2028 (answered)" in closed.do("show").out


@pytest.mark.req("R111")
def test_the_follow_up_sheet_reads_the_clients_words_back(closed: Coach) -> None:
    sheet = closed.do("close", "--print", "follow-up").out
    assert sheet.startswith("# Six months later · Sample Client\n")
    for piece in (
        "- Tuesday 29 February 2028",
        "**Where you were going:** Work in which I teach people a trade.",
        f"**What others could see then:** {OUTCOME}",
        f"**Your signs for asking for help:** {TRIGGER} · A quiet phone",
        "**5 · Clarity today**\n\n1 not clear at all ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ 10 clear to me\n",
    ):
        assert piece in sheet
    assert closed.json("close", "--print", "follow-up")["dates"] == ["2028-02-29"]


@pytest.mark.req("R112")
def test_outcomes_are_asked_for_kept_and_shown(ready: Coach) -> None:
    assert "outcomes that others can see" in ready.json("prep", "session", "12")["ending"]
    said = ready.run("close", "--follow-up", "+6m")
    assert "hint: outcomes that others can see" in said.err
    ready.do("close", "--reopen")
    page = ready.do("close", "--follow-up", "+6m", "--outcome", OUTCOME, "--outcome", "A desk")
    assert "hint: outcomes" not in page.err
    assert f"- **Outcome:** {OUTCOME}\n- **Outcome:** A desk" in page.out
    assert ready.json("show")["ending"]["outcomes"] == [OUTCOME, "A desk"]
    assert (
        f"## What others can see today\n\n- {OUTCOME}\n- A desk"
        in ready.do("close", "--print", "career-os").out
    )


@pytest.mark.req("R113")
def test_the_career_os_is_made_from_the_records(begun: Coach) -> None:
    wrap = "kind: wrap\ntakeaways: [Standing beside somebody]\ncommitments:\n" + "".join(
        f"  - {{what: {what}, when: +3d, how_will_i_know: a note, kind: experiential}}\n"
        for what in ("Teach one hour", "Read a book", "Ask Kim")
    )
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    for number, value in (("1", "9"), ("2", "5"), ("3", "7")):
        done = ["--status", "done", "--minutes", "30", "--value", value, "--learned", "So it is"]
        begun.do("commitments", "update", number, *done)
    values = (
        "kind: answers\nanswers:\n  values:\n"
        "    - {value: Time for the children, importance: 7, alignment: 4}\n"
        "    - {value: Teaching, importance: 9, alignment: 3}\n"
    )
    begun.do("worksheets", "fill", "values-alignment", "--from", "-", stdin=values)
    swot = "kind: answers\nanswers: {strengths: [Calm when machines stop]}\n"
    begun.do("worksheets", "fill", "swot", "--from", "-", stdin=swot)
    page = begun.do("close", "--print", "career-os").out
    assert "**Tuesday 23 February 2027 · draft**" in page
    assert (
        "## What worked\n\n- Teach one hour (worth 9 of 10): “So it is”\n"
        "- Ask Kim (worth 7 of 10): “So it is”\n\n"
    ) in page
    assert "- Trying something out: 3 of 3 done\n" in page
    assert "an hour" not in page
    assert "## What matters to me\n\n- Teaching\n- Time for the children\n" in page
    assert "## What I'm good at\n\n- Calm when machines stop\n" in page
    assert "## How I keep track\n\n- nothing yet\n" in page
    assert "- Standing beside somebody (session 4)" in page
    form = begun.do("close", "--print", "career-os-form").out
    assert "## What matters to me\n\n- Teaching\n- Time for the children\n" in form
    kept = form.replace("|  |  |  |", "| Notebook | Fridays | one line |", 1)
    begun.do("worksheets", "fill", "career-os", "--from", "-", stdin=kept)
    whole = begun.do("close", "--print", "career-os").out
    assert "- Notebook · Fridays · one line" in whole
    assert whole.count("- Teaching\n") == 1


@pytest.mark.req("R114")
def test_weekly_review_and_quarterly_retreat_have_dates_and_an_agenda(closed: Coach) -> None:
    weekly = closed.json("close", "--print", "weekly-review")
    start = dt.date(2027, 8, 31)
    assert weekly["dates"] == [str(start + dt.timedelta(days=7 * one)) for one in (1, 2, 3, 4)]
    assert weekly["every"] == "and on every Tuesday after that"
    retreat = closed.json("close", "--print", "retreat")
    assert retreat["dates"] == ["2027-11-30", "2028-02-29", "2028-05-31", "2028-08-31"]
    for page in (weekly, retreat):
        assert len(page["points"]) >= 5
        assert all("inutes" in point["help"] for point in page["points"])
    text = closed.do("close", "--print", "weekly-review").out
    assert "**How I keep track:** Notebook on the bus · every shift · ten lines" in text
    assert "**My own signs:**" in text
    assert "**What matters to me:** Teaching" in closed.do("close", "--print", "retreat").out


@pytest.mark.req("R114")
def test_before_the_closing_dates_are_a_draft_from_the_last_session(begun: Coach) -> None:
    page = begun.do("close", "--print", "retreat").out
    assert "*A draft; the dates are counted from the last session.*" in page
    assert "- Wednesday 15 September 2027" in page  # three months after session 12
    assert rows(begun.practice, "SELECT count(*) FROM endings") == [(0,)]


@pytest.mark.req("R115")
def test_triggers_are_the_clients_own_from_form_and_command(closed: Coach) -> None:
    assert closed.json("show")["ending"]["triggers"] == [TRIGGER, "A quiet phone"]
    assert (
        f"## When I'll ask for help again\n\n- {TRIGGER}\n- A quiet phone\n"
        in closed.do("close", "--print", "career-os").out
    )


@pytest.mark.req("R12")
def test_the_last_plan_lists_what_the_ending_still_needs(begun: Coach) -> None:
    page = begun.do("prep", "session", "12").out
    assert (
        "**The ending still needs:** Career OS: what worked, values, strengths, tracking habits; "
        "the client's own triggers; a follow-up date; outcomes that others can see"
    ) in page
    assert (
        "The ending still needs"
        in begun.do("prep", "session", "12", "--full", "--format", "terminal").out
    )
    assert begun.json("prep", "session", "11")["ending"] == []
    begun.do("worksheets", "fill", "career-os", "--from", "-", stdin=CAREER_OS)
    assert begun.json("prep", "session", "12")["ending"] == [
        "a follow-up date",
        "outcomes that others can see",
    ]


def test_a_closed_journey_says_so_and_what_is_possible(closed: Coach) -> None:
    closed.do("close", "--reopen")
    closed.today = "2027-02-23"
    closed.do("prep", "session", "4")
    closed.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    closed.today = "2027-08-31"
    closed.do("close", "--follow-up", "+6m")
    wrap = NO_COMMITMENT
    for words, stdin in (
        (["prep", "session", "5"], ""),
        (["prep", "session"], ""),
        (["check-in", "--energy", "low"], ""),
        (["wrap", "session", "5", "--from", "-"], wrap),
        (["log-tci", "--session", "5", "--clarity", "5"], ""),
    ):
        said = closed.refused(1, *words, stdin=stdin)
        assert "the work with Sample Client was closed on 2027-08-31" in said
        assert "`trajplan new-engagement` begins another journey" in said
    assert closed.do("prep", "session", "4").first == "# Session 4 of 12 · Sample Client"
    assert "| 5 | Tue 9 Mar 2027 | exploration | left out |" in closed.do("sessions").out
    assert "already closed on 2027-08-31" in closed.refused(1, "close", "--follow-up", "+6m")
    closed.do("log-tci", "--session", "4", "--clarity", "5")


def test_a_closed_clients_leftover_session_stops_no_other_command(closed: Coach) -> None:
    closed.today = "2027-03-09"  # session 5 would have been today
    closed.do("new-client", "Other One", "--start", "2027-03-01")
    closed.do("assumptions", "add", "Nobody waits for me")
    closed.today = "2028-02-29"
    assert "sample-client" in closed.refused(1, "assumptions", "add", "Another")


def test_reopening_takes_the_closing_and_its_follow_up_back(closed: Coach) -> None:
    assert closed.do("close", "--reopen").first == "# Sample Client (sample-client) · open again"
    assert "follow up" not in closed.do("sessions").out
    assert closed.json("show")["ending"] is None
    assert "is not closed" in closed.refused(1, "close", "--reopen")
    closed.do("prep", "session", "5")


def test_what_close_is_given_is_checked(ready: Coach) -> None:
    for text, why in (
        ("2027-08-31", "is not after the closing"),
        ("yesterday", "is not after the closing"),
        ("soon", "`+6m` counts months"),
        ("+9999y", "goes past the year 9999"),
    ):
        assert why in ready.refused(2, "close", "--follow-up", text)
    bad = "kind: closing\nfollow_up: soon\nreasons: []\n"
    assert ":3:1:" in ready.refused(10, "close", "--from", "-", stdin=bad)
    late = "kind: closing\nfollow_up: soon\n"
    assert ":2:12: `soon` is not a day" in ready.refused(10, "close", "--from", "-", stdin=late)
    assert "stand alone" in ready.refused(2, "close", "--print", "retreat", "--outcome", "x")
    assert "do not go together" in ready.refused(2, "close", "--print", "retreat", "--reopen")


@pytest.mark.parametrize("page", PAGES)
def test_a_clock_at_the_end_of_the_calendar_ends_no_page_as_a_bug(ready: Coach, page: str) -> None:
    ready.today = "9999-12-31"
    assert "past the year 9999" in ready.refused(1, "close", "--print", page)


@pytest.mark.req("R117")
@pytest.mark.parametrize("page", PAGES)
def test_pages_for_afterwards_hold_nothing_of_the_coachs(closed: Coach, page: str) -> None:
    closed.today = "2027-02-23"
    for form in FORMS:
        text = closed.do("close", "--print", page, "--format", form).out
        assert "Sample Client" in text
        for word in ("without a degree", "tci", "satisfaction", "assumption", "clarity 7"):
            assert word not in text.lower(), word
        if form != "json":
            assert "It is no therapy" in " ".join(text.split())
    terminal = closed.do("close", "--print", page, "--format", "terminal").out
    assert max(map(len, terminal.splitlines())) <= 80


def test_a_page_goes_to_a_file(closed: Coach) -> None:
    path = closed.home / "os.md"
    closed.do("close", "--print", "career-os", "-o", str(path))
    assert path.read_text(encoding="utf-8").startswith("# Career OS · Sample Client\n")


@pytest.mark.req("R13")
def test_the_last_sheet_carries_the_follow_ups_date(ready: Coach) -> None:
    ready.do("wrap", "session", "12", "--from", "-", stdin=NO_COMMITMENT)
    assert "our last session; follow-up as agreed" in ready.do("wrap", "session", "12").out
    ready.do("close", "--follow-up", "+6m")
    for form in ("markdown", "terminal"):
        sheet = ready.do("wrap", "session", "12", "--format", form).out
        assert "Tuesday 29 February 2028, for the follow-up" in sheet


@pytest.mark.req("R12", "R112")
def test_at_a_terminal_closing_asks_and_shows_before_it_closes(ready: Coach) -> None:
    asked = [
        ("others can see?", f"{OUTCOME}\n"),
        ("others can see?", "\n"),
        ("ask for help again?", "\n"),
        ("Follow-up on which day?", "2027-01-01\n"),
        ("is not after the closing", ""),
        ("Follow-up on which day?", "\n"),
    ]
    no = ready.at_a_terminal("close", answers=[*asked, ("Close the work with", "n\n")])
    assert no.code == 130, no.out
    assert rows(ready.practice, "SELECT count(*) FROM endings") == [(0,)]
    again = [("Go on with what you typed?", "\n"), (f"[{OUTCOME}]", "\n"), *asked[1:3]]
    follow_up = ("Follow-up on which day? [+6m]", "\n")
    yes = ready.at_a_terminal("close", answers=[*again, follow_up, ("Close the work with", "y\n")])
    assert yes.code == 0, yes.out
    assert "Sample Client (sample-client) · closing on Tuesday 31 August 2027" in yes.out
    assert ready.json("show")["ending"]["follow_up"] == "2028-02-29"


def test_an_earlier_engagement_is_closed_under_its_own_name(held: Coach) -> None:
    held.do("new-engagement", "--force", "--start", "2027-10-05")
    held.do(
        "worksheets",
        "fill",
        "career-os",
        "--client",
        "sample-client/1",
        "--from",
        "-",
        stdin=CAREER_OS,
    )
    page = held.do("close", "--client", "sample-client/1", "--force", "moved away").out
    assert "trajplan close --print career-os --client sample-client/1" in page
    assert (
        "Career OS"
        in held.do(*["close", "--print", "career-os", "--client", "sample-client/1"]).out
    )


@pytest.mark.req("R113", "R114")
def test_whoever_stops_reads_of_nothing_that_is_missing_and_of_no_day(held: Coach) -> None:
    draft = held.do("close", "--print", "career-os").out
    assert "nothing yet" in draft  # until then it says what there is to fill in
    page = held.do("close", "--force", "She stops here", "--outcome", OUTCOME).out
    assert "--print" not in page
    told = held.json("close", "--print", "career-os")
    assert (told["weekly_review"], told["retreat"], told["follow_up"]) == (None, None, None)
    kept = held.do("close", "--print", "career-os").out
    assert OUTCOME in kept
    for words in ("nothing yet", "Dates", "Weekly review", "Half a day"):
        assert words not in kept, words
    for name in ("weekly-review", "retreat"):
        assert held.json("close", "--print", name)["dates"] == []
        assert "## When" not in held.do("close", "--print", name).out
    assert "closed without a follow-up" in held.refused(1, "close", "--print", "follow-up")


@pytest.mark.req("R12", "R134")
def test_what_a_refused_closing_was_given_is_not_typed_twice(held: Coach) -> None:
    given = ("--outcome", OUTCOME, "--trigger", TRIGGER, "--follow-up", "2027-08-23")
    said = held.refused(1, "close", *given)
    assert "what you gave is kept; the next `trajplan close` goes on with it" in said
    form = CAREER_OS.replace(f"  triggers: [{TRIGGER}]\n", "")
    # What is printed meanwhile says no other day than the closing that goes on with it.
    agenda = held.json("close", "--print", "follow-up")
    assert (agenda["dates"], agenda["draft"], agenda["begun"]) == (["2027-08-23"], True, True)
    weeks, seven = held.json("close", "--print", "weekly-review")["dates"], dt.timedelta(days=7)
    assert dt.date.fromisoformat(weeks[0]) == dt.date.fromisoformat(held.today) + seven
    retreat = held.do("close", "--print", "retreat").out
    assert "*A draft; the dates are as they stand today.*" in retreat
    assert f"## When I'll ask for help again\n\n- {TRIGGER}\n" in (
        held.do("close", "--print", "career-os").out
    )
    assert needs(held) == ["Career OS: what worked, values, strengths, tracking habits"]
    held.do("worksheets", "fill", "career-os", "--from", "-", stdin=form)
    other = "A desk of her own"
    done = held.do("close", "--outcome", other, "--format", "json")
    assert (
        f"as you gave it before, and `close` was refused: “{TRIGGER}”, the follow-up on" in done.err
    )
    assert done.data["outcomes"] == [other]
    assert (done.data["triggers"], done.data["follow_up"]) == ([TRIGGER], "2027-08-23")
    # It is used once: another closing begins with nothing.
    held.do("close", "--reopen")
    assert "a follow-up date" in held.refused(1, "close")
