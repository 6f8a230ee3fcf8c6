"""The sponsor's page shows what the client released, whatever else the records hold (R116)."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import fields

from coaching import NO_COMMITMENT, Coach, ratings, told_once
from trajplan.actions.sponsor import SponsorPage
from trajplan.planning.agreement import ROWS

SECRET = "quince"
"""Stands in every text that is no part of a release."""
INTAKE = f"""\
kind: intake
name: Sample Client
destination: {SECRET} destination
stuck_point: {SECRET} stuck because of {SECRET}, while {SECRET}
drive: {SECRET} drive
likes: [{SECRET} likes]
dislikes: [{SECRET} dislikes]
own_questions: [{SECRET} question]
fears: [{SECRET} fear]
must_haves: [{SECRET} must]
priorities: [{SECRET} priority]
assumptions: [{SECRET} belief]
goals: [{SECRET} own goal]
indicators: [{SECRET} indicator]
career: [{{role: {SECRET} role, themes: [{SECRET} theme], successes: [{SECRET} success]}}]
audit: {{accomplishments: [{SECRET} done], pain_points: [{SECRET} pain], evidence: [{SECRET} said]}}
agreement: {{aim: {SECRET} aim}}
"""
WRAP = f"""\
kind: wrap
focus: {SECRET} focus
takeaways: [{SECRET} takeaway]
parked: [{SECRET} parked]
notes: {SECRET} note
frame_change: {SECRET} change
inquiry: {SECRET} inquiry
commitments:
  - what: Call the school
    when: {{when}}
    how_will_i_know: {SECRET} know
    obstacle: {SECRET} obstacle
    if_then: {SECRET} then
    goal: {SECRET} goal
"""
SHOWS = {
    "attendance": "3 of 12 sessions held",
    "dates": "Tue 12 Jan 2027",
    "goals": "Training explored",
    "phases": "Foundation (3 sessions)",
    "commitments": "Call the school, by Thu 11 Feb 2027 (done)",
}
"""What each part has on the page, and no other part."""

NO_CONSENT = (
    "withdrawn 20 January 2027",
    "refused (12.1.2027)",
    "not yet; we talk again on 1 March 2027",
    "not 12 January 2027",
    "12 January 2027?",
    "~~12 January 2027~~",
    "until 12 January 2027",
    "abgelehnt 12.1.2027",
    "2027",
    "2027 days ago",
    "yesterday",
    "yes",
    "12 January 2027, 13 January 2027",
    "31 February 2027",
)


def agreement(
    released: Collection[str], sponsor: str = "Rail Parts Ltd", consent: str = "12 January 2027"
) -> str:
    rows = "".join(
        f"| {row} | {'yes' if part in released else 'no'} |\n" for part, row in ROWS.items()
    )
    texts = (
        "What the coaching is for",
        "What it isn't",
        "What is shared with whom",
        "On a hard day",
    )
    return (
        f"## Client\n{SECRET} client\n## Coach\nA. Coach\n## Sponsor\n{sponsor}\n"
        f"## Goals agreed with the sponsor\n- Training explored\n"
        f"## What the sponsor may see\n| What | May the sponsor see it |\n|---|---|\n{rows}"
        + "".join(f"## {text}\n{SECRET} text\n" for text in texts)
        + f"## Date of consent\n{consent}\n"
    )


def agree(coach: Coach, form: str) -> None:
    coach.do("worksheets", "fill", "coaching-agreement", "--from", "-", stdin=form)


@pytest.fixture
@told_once
def confided(coach: Coach) -> Coach:
    """Three sessions held, and something confidential in every record there is."""
    coach.do("new-client", "--from", "-", "--start", "2027-01-12", stdin=INTAKE)
    for number, day in (("1", "2027-01-12"), ("2", "2027-01-26"), ("3", "2027-02-09")):
        coach.today = day
        coach.do("check-in", "--mood", SECRET, "--matters", SECRET)
        coach.do("prep", "session", number)
        wrap = WRAP.format(when="+2d") if number == "3" else NO_COMMITMENT
        coach.do("wrap", "session", number, "--from", "-", stdin=wrap)
        coach.do("log-tci", "--session", number, *ratings(), "--note", "-", stdin=SECRET)
    coach.do("commitments", "update", "1", "--status", "done", "--learned", "-", stdin=SECRET)
    coach.do("assumptions", "add", "--from", "-", stdin=SECRET)
    coach.do(
        "worksheets", "fill", "pre-session-questionnaire", "--from", "-",
        stdin=f"## What you want most from work at the moment\n{SECRET}\n",
    )  # fmt: skip
    return coach


def pages(coach: Coach) -> list[str]:
    return [
        coach.do("show", "--for", "sponsor", "--format", form).out
        for form in ("markdown", "terminal", "json")
    ]


@pytest.mark.req("R116")
def test_every_release_shows_its_parts_and_nothing_else(confided: Coach) -> None:
    for count in (0, 1, len(SHOWS) - 1, len(SHOWS)):
        for released in combinations(SHOWS, count):
            agree(confided, agreement(released))
            markdown, terminal, data = pages(confided)
            for page in (markdown, terminal, data):
                assert SECRET not in page
            for part, text in SHOWS.items():
                for page in (markdown, terminal):
                    assert (text in page) == (part in released), (part, released)
            found = confided.json("show", "--for", "sponsor")
            assert {one for one in SHOWS if found[one] is not None} == set(released)
            assert bool(found["missing"]) == (not released)
            assert ("Sample Client" in markdown) == bool(released)


@pytest.mark.req("R116")
def test_without_a_release_only_what_is_missing_is_said(confided: Coach) -> None:
    def said() -> str:
        markdown, terminal, data = pages(confided)
        for page in (markdown, terminal, data):
            for word in (SECRET, "Sample", "Rail Parts", "A. Coach", *SHOWS.values()):
                assert word not in page
        return markdown

    assert "**Missing:** a coaching agreement\n" in said()
    told = confided.do("show", "--for", "sponsor").err
    assert "trajplan worksheets blank coaching-agreement --client sample-client" in told
    agree(confided, agreement(SHOWS, sponsor=""))
    assert "**Missing:** the sponsor's name in the coaching agreement\n" in said()
    agree(confided, agreement(SHOWS, consent=""))
    assert "**Missing:** the date of consent in the coaching agreement\n" in said()
    agree(confided, agreement(()))
    assert "**Missing:** a yes in the coaching agreement to anything" in said()


@pytest.mark.req("R116")
def test_a_release_is_taken_back_by_the_next_agreement(confided: Coach) -> None:
    agree(confided, agreement(["dates", "commitments"]))
    assert SHOWS["commitments"] in confided.do("show", "--for", "sponsor").out
    agree(confided, agreement(["dates"]))
    assert SHOWS["commitments"] not in confided.do("show", "--for", "sponsor").out


@pytest.mark.req("R116")
def test_no_day_is_named_on_which_nobody_agreed(confided: Coach) -> None:
    agree(confided, agreement(["dates"]))
    assert "next: Tue 23 Feb 2027" in confided.do("show", "--for", "sponsor").out
    text = confided.do("wrap", "3", "--form", "--replace").out
    day = "\n2027-02-23\n"
    assert day in text
    confided.do("wrap", "3", "--replace", "--from", "-", stdin=text.replace(day, "\nnone\n"))
    assert "next:" not in confided.do("show", "--for", "sponsor").out
    confided.do("undo")
    confided.do("close", "--force", "She stops")
    assert "next:" not in confided.do("show", "--for", "sponsor").out


@pytest.mark.req("R116")
def test_a_phase_that_grew_is_not_called_completed_early(confided: Coach) -> None:
    agree(confided, agreement(["phases"]))
    # Of fifteen sessions a journey as written would give the first phase four.
    confided.do("sessions", "extend", "3", "--phase", "activation")
    assert SHOWS["phases"] in confided.do("show", "--for", "sponsor").out
    confided.do("prep", "session", "4")
    confided.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    assert SHOWS["phases"] in confided.do("show", "--for", "sponsor").out


@pytest.mark.req("R116")
def test_what_the_agreement_lacks_is_a_gap_on_every_plan_until_it_is_there(begun: Coach) -> None:
    def gaps(number: str) -> list[Any]:
        found = begun.json("prep", "session", number)["gaps"]
        return [one for one in found if "coaching agreement" in one]

    assert gaps("1") == []
    assert gaps("2") == ["a coaching agreement: `trajplan worksheets blank coaching-agreement`"]
    agree(begun, agreement(()))
    for number in ("1", "2", "9"):
        (gap,) = gaps(number)
        assert gap.startswith("in the coaching agreement: Limits of confidentiality, Records")
    rest = (
        "Limits of confidentiality",
        "Records and how long they are kept",
        "Cancelling and moving",
    )
    agree(begun, agreement(()) + "".join(f"## {one}\nAs said.\n" for one in rest))
    assert [gaps(number) for number in ("1", "2", "9")] == [[], [], []]


def test_keys_of_the_intakes_agreement_count_until_the_worksheet_is_filled_in(coach: Coach) -> None:
    coach.do(
        "new-client", "--from", "-", "--start", "2027-01-12",
        stdin="kind: intake\nname: Sam\nagreement: {client: Sam, coach: me, shared: nothing}\n",
    )  # fmt: skip
    gap = coach.json("prep", "session", "1")["gaps"][-1]
    assert gap.startswith("in the coaching agreement: limits of confidentiality, records")


def test_the_type_of_the_page_has_a_place_for_nothing_else() -> None:
    assert {field.name for field in fields(SponsorPage)} == {
        "client_name",
        "coach",
        "sponsor",
        "date",
        "missing",
        *ROWS,
    }


@pytest.mark.slow
@pytest.mark.req("R158")
def test_what_is_no_plain_day_of_consent_releases_nothing(confided: Coach) -> None:
    for consent in NO_CONSENT:
        agree(confided, agreement(SHOWS, consent=consent))
        for page in pages(confided):
            for word in (SECRET, "Sample", "Rail Parts", "A. Coach", *SHOWS.values()):
                assert word not in page, consent
        (missing,) = confided.json("show", "--for", "sponsor")["missing"]
        assert missing.startswith("a plain date of consent in the coaching agreement"), consent


@pytest.mark.req("R158")
def test_consent_counts_from_its_day_on(confided: Coach) -> None:
    agree(confided, agreement(SHOWS, consent="1 March 2027"))
    assert confided.json("show", "--for", "sponsor")["missing"] == [
        "consent: it only counts from Mon 1 Mar 2027"
    ]
    confided.today = "2027-03-01"
    assert confided.json("show", "--for", "sponsor")["missing"] == []


@pytest.mark.req("R158")
def test_a_plain_day_releases_with_or_without_names(confided: Coach) -> None:
    for consent in ("2027-01-12", "12.1.2027", "12. Januar 2027", "Sample Client, 12 January 2027"):
        agree(confided, agreement(SHOWS, consent=consent))
        assert confided.json("show", "--for", "sponsor")["missing"] == [], consent


@pytest.mark.req("R158")
def test_a_row_that_says_two_things_is_not_released(confided: Coach) -> None:
    row = f"| {ROWS['commitments']} | yes |\n"
    agree(confided, agreement(SHOWS).replace(row, row + row.replace("yes", "no")))
    page = confided.do("show", "--for", "sponsor").out
    assert SHOWS["commitments"] not in page
    assert SHOWS["dates"] in page


@pytest.mark.req("R158")
def test_a_yes_in_doubt_is_refused_before_it_is_kept(begun: Coach) -> None:
    doubts = ("yes?", "~~yes~~", "(yes)", "[yes]", "yes…", "yes...", "yes,", "¿yes", "✗ yes")
    for cell in (*doubts, "yes, but not the pay", "yes no", "maybe yes"):
        form = agreement(SHOWS).replace(
            f"| {ROWS['goals']} | yes |", f"| {ROWS['goals']} | {cell} |"
        )
        result = begun.run("worksheets", "fill", "coaching-agreement", "--from", "-", stdin=form)
        assert result.code == 10, cell
        assert "expected one of `yes`, `no`" in result.err
    assert begun.json("show", "--for", "sponsor")["missing"] == ["a coaching agreement"]


@pytest.mark.req("R158")
def test_a_plain_yes_may_be_marked_up_as_people_do(confided: Coach) -> None:
    for cell in ("Yes", "YES.", "**yes**", "“yes”", "yes!", "- yes", "ｙｅｓ", "yes\u200b"):
        agree(confided, agreement(()).replace(f"{ROWS['dates']} | no", f"{ROWS['dates']} | {cell}"))
        assert SHOWS["dates"] in confided.do("show", "--for", "sponsor").out, cell


@pytest.mark.req("R158")
def test_words_that_belong_to_no_field_hold_everything_back(confided: Coach) -> None:
    for stray in (
        "## Withdrawn\nSample Client took it all back on 3 February.\n",
        "## What the sponsor may see\nNothing of this any more.\n",
    ):
        agree(confided, agreement(SHOWS) + stray)
        for page in pages(confided):
            assert "Sample" not in page
        (missing,) = confided.json("show", "--for", "sponsor")["missing"]
        assert missing.startswith("a clear coaching agreement: it holds words")


@pytest.mark.req("R116", "R152")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            [
                "Coaching von Sample Client",
                "Für Rail Parts Ltd, von A. Coach, 9. Februar 2027",
                "3 von 12 Sitzungen haben stattgefunden",
                "Grundlage (3 Sitzungen)",
                "Call the school, bis 11. Februar 2027 (erledigt)",
            ],
        ),
        (
            "es",
            [
                "Coaching de Sample Client",
                "3 de 12 sesiones celebradas",
                "Base (3 sesiones)",
                "Call the school, para el 11 de febrero de 2027 (hecho)",
            ],
        ),
    ],
)
def test_it_speaks_the_clients_language(confided: Coach, language: str, said: list[str]) -> None:
    agree(confided, agreement(SHOWS))
    english = confided.do("show", "--for", "sponsor").out
    confided.do("clients", "update", "--language", language)
    page = confided.do("show", "--for", "sponsor").out
    for words in said:
        assert words in page
    own = {"Call the school", "Training explored", "Rail Parts Ltd", "Sample Client", "A. Coach"}
    kept = [line for line in page.splitlines() if line and line in english.splitlines()]
    assert [line for line in kept if not any(words in line for words in own)] == []
    assert f'lang="{language}"' in confided.do("show", "--for", "sponsor", "--format", "html").out
