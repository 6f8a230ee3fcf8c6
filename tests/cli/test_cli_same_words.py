"""One page, one drawing: all forms say the same words, command by command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coaching import COMMITMENT, NO_COMMITMENT, Coach, Run, begin, hold_four, told_once
from few import few
from html_reader import HtmlPage
from page_words import letters
from paper import Paper
from trajplan.cli.app import app

WIDE = "6000"
"""Columns in which nothing is broken, so that words stand in their order."""
INTAKE = """\
kind: intake
name: Sample Client
destination: Work in which I teach people a trade.
stuck_point: I am stuck because I am good at the night shift.
drive: To see people get better at something.
priorities: [Find out what teaching is like, Keep the family out of trouble]
must_haves: [A steady income]
fears: [Starting below]
scenario: pivot
assumptions: [Without a degree nobody lets me near a class., At my age you do not start again.]
career: [{role: Welder, organisation: Yard, from: 2004, themes: [hands], left_because: It closed.}]
goals:
  - {text: Teach a trade, level: theme}
  - {text: Run three mornings, under: Teach a trade, measure: Dates, when: 2027-06-30}
indicators:
  - {name: Mornings run, kind: leading, goal: Run three mornings, unit: mornings, target: 3}
"""
WRAP = f"""\
kind: wrap
minutes: 92
focus: Which of the open ways deserves a test
takeaways: [I explain by letting them try first.]
parked: [What the pension office said]
notes: Eyes down at the word roster.
inquiry: Where did somebody learn something because of you?
actual: {{arrive: 20, inquiry: 25}}
commitments:
  - what: {COMMITMENT}
    when: "2027-03-05"
    how_will_i_know: There is a date, or a clear no
    obstacle: The officer is hard to reach
    if_then: If there is no answer by Tuesday, then I walk over
    kind: experiential
    goal: 2
"""
TO_TYPE_INTO = re.compile(
    r"^\*(Worksheet|Wrap of) .*\*$|Write below the headings, in any program or by hand\.|"
    r"What you write elsewhere is kept too\.",
    re.MULTILINE,
)
WHEEL = "## Work\n4\n## Money\n7\n## Health\n6\n"
AGREEMENT = """\
kind: answers
answers:
  client: Sam
  coach: A. Coach
  sponsor: The plant
  sponsor_goals: [Training explored]
  released:
    How often we met: {seen: "yes"}
    The goals agreed with the sponsor: {seen: "yes"}
    Commitments: {seen: "yes"}
  consent: 2027-01-12 Sam
"""
CLOSING = (
    "kind: closing\nfollow_up: +6m\noutcomes: [She teaches on Tuesdays]\ntriggers: [No sleep]\n"
)
EXPORT = """{
  "format": "trajplan-practice", "format_version": 1, "version": 100, "of": "client",
  "clients": [{"slug": "cleo", "name": "Cleo", "tables": {"clients": [
    {"id": 1, "slug": "cleo", "name": "Cleo", "initials": "C", "created": "2027-01-12"}
  ]}}]
}"""

READ = {
    "prep brief": ["prep", "brief"],
    "prep session": ["prep", "session", "5", "--full"],
    "prep session, explained": ["prep", "session", "5", "--explain"],
    "prep session, at a glance": ["prep", "session", "5", "--glance"],
    "prep session, for the client": ["prep", "session", "5", "--for", "client"],
    "prep session, a decision": ["prep", "session", "8", "--decision", "--full"],
    "prep session, the last": ["prep", "session", "12", "--energy", "low", "--full"],
    "prep session, the first": ["prep", "session", "1", "--full"],
    "prep card": ["prep", "card"],
    "pack": ["pack", "5"],
    "pack, for the client": ["pack", "5", "--for", "client"],
    "wrap session": ["wrap", "session", "4"],
    "wrap session, blank": ["wrap", "session", "5", "--blank"],
    "wrap session, form": ["wrap", "session", "5", "--form"],
    "recap": ["recap"],
    "recommend": ["recommend"],
    "tci": ["tci", "--history"],
    "tci, with a band": ["tci", "--sd", "7.5", "--reliability", "0.8"],
    "tci, scaled": ["tci", "--scaled"],
    "today": ["today"],
    "close, checklist": ["close", "--print", "checklist"],
    "close, Career OS": ["close", "--print", "career-os"],
    "close, follow-up": ["close", "--print", "follow-up"],
    "close, weekly review": ["close", "--print", "weekly-review"],
    "close, retreat": ["close", "--print", "retreat"],
    "progress": ["progress"],
    "show": ["show"],
    "show, for the sponsor": ["show", "--for", "sponsor"],
    "journey show": ["journey", "show"],
    "clients list": ["clients", "list"],
    "clients show": ["clients", "show", "sample-client"],
    "sessions list": ["sessions", "list"],
    "sessions show": ["sessions", "show", "4"],
    "commitments list": ["commitments", "list"],
    "commitments show": ["commitments", "show", "1"],
    "goals list": ["goals", "list"],
    "goals show": ["goals", "show", "2"],
    "indicators list": ["indicators", "list"],
    "indicators show": ["indicators", "show", "1"],
    "assumptions list": ["assumptions", "list"],
    "assumptions show": ["assumptions", "show", "1"],
    "parked list": ["parked"],
    "notes list": ["notes"],
    "blueprints list": ["blueprints", "list"],
    "blueprints show": ["blueprints", "show", "grow"],
    "blueprints show, a worksheet": ["blueprints", "show", "wheel-of-life"],
    "blueprints search": ["blueprints", "search", "decision"],
    "blueprints lint": ["blueprints", "lint"],
    "questions list": ["questions", "list", "--bank", "grow"],
    "questions list, banks": ["questions", "list", "--banks"],
    "questions show": ["questions", "show", "grow"],
    "questions search": ["questions", "search", "door"],
    "questions lint": ["questions", "lint"],
    "worksheets list": ["worksheets", "list"],
    "worksheets show": ["worksheets", "show", "wheel-of-life"],
    "worksheets blank": ["worksheets", "blank", "wheel-of-life"],
    "worksheets result": ["worksheets", "result", "wheel-of-life"],
    "worksheets history": ["worksheets", "history", "wheel-of-life"],
    "search": ["search", "teach"],
    "undo, listed": ["undo", "--list"],
    "pages list": ["pages"],
    "practice where": ["practice", "where"],
    "practice check": ["practice", "check"],
    "practice backups": ["practice", "backups"],
    "practice retention": ["practice", "retention"],
    "demo": ["demo"],
    "demo, for the client": ["demo", "--for", "client"],
}
TEXTS = (
    *("wrap session, form", "worksheets blank", "recap"),
    *("blueprints lint", "questions lint"),
    *("prep card", "pack", "pack, for the client", "close, follow-up"),
)
"""A form to fill in, a mail and hints are texts; HTML lays them out as pages. On paper a scale
has all its points to mark."""
DRAWN = (
    *("tci", "tci, with a band", "show", "clients show", "worksheets result"),
    *("journey show", "prep session, explained", "indicators update", "worksheets fill"),
)
"""Pages with a chart, or with a table that is longer than a sheet."""
LONG = ("demo", "demo, for the client", "questions lint", "blueprints lint")
"""Pages that take seconds to make."""
WRITTEN = {
    "new-client": ["new-client", "Ben", "--start", "2027-03-01"],
    "new-engagement": ["new-engagement", "--force", "--start", "2027-03-01"],
    "use": ["use", "sample-client"],
    "check-in": ["check-in", "--energy", "low", "--mood", "flat", "--matters", "Sleep"],
    "log-tci": ["log-tci", "--session", "4", "--clarity", "5", "--note", "A correction"],
    "refer": ["refer", "therapy"],
    "clients update": ["clients", "update", "--satisfaction", "home"],
    "close": ["close", "--from", "-", "--force", "Moved abroad"],
    "journey confirm": ["journey", "confirm", "foundation", "--met", "1,3"],
    "sessions add": ["sessions", "add", "2027-03-01", "--kind", "check_in"],
    "sessions update": ["sessions", "update", "4", "--note", "She laughed."],
    "sessions move": ["sessions", "move", "5", "2027-03-10", "--shift"],
    "sessions miss": ["sessions", "miss", "3"],
    "sessions cancel": ["sessions", "cancel", "5", "--by", "client", "--notice-hours", "3"],
    "sessions skip": ["sessions", "skip", "5", "--reason", "Travelling"],
    "sessions extend": ["sessions", "extend", "2"],
    "sessions cadence": ["sessions", "cadence", "7"],
    "sessions pause": ["sessions", "pause", "--reason", "A move"],
    "sessions resume": ["sessions", "resume", "2027-03-20"],
    "sessions days-off": ["sessions", "days-off", "2027-03-09"],
    "commitments add": [
        *("commitments", "add", "Write to the guild", "--when", "2027-03-01"),
        *("--how-will-i-know", "It is sent"),
    ],
    "commitments update": ["commitments", "update", "1", "--status", "done", "--learned", "Easy"],
    "goals add": ["goals", "add", "A steady income"],
    "goals update": ["goals", "update", "2", "--text", "Run two mornings", "--because", "Time"],
    "indicators add": ["indicators", "add", "Sleep", "--kind", "lagging"],
    "indicators update": ["indicators", "update", "1", "--value", "2"],
    "assumptions add": ["assumptions", "add", "Nobody would miss me"],
    "assumptions update": ["assumptions", "update", "1", "--against", "A colleague of 59"],
    "parked add": ["parked", "add", "The flat: answer by 12 March"],
    "parked take": ["parked", "take", "1"],
    "parked close": ["parked", "close", "1", "--outcome", "They rang"],
    "notes add": ["notes", "add", "Likes the window seat", "--pin"],
    "notes pin": ["notes", "pin", "1"],
    "notes update": ["notes", "update", "1", "She laughed, and then not"],
    "notes unpin": ["notes", "unpin", "1"],
    "commitments remove": ["commitments", "remove", "1"],
    "sessions remove": ["sessions", "remove", "4", "--takeaway", "1"],
    "notes remove": ["notes", "remove", "1"],
    "assumptions remove": ["assumptions", "remove", "1"],
    "parked remove": ["parked", "remove", "1"],
    "goals remove": ["goals", "remove", "2"],
    "indicators remove": ["indicators", "remove", "1"],
    "worksheets remove": ["worksheets", "remove", "coaching-agreement"],
    "questions update": ["questions", "update", "ci-do-you-good", "--never"],
    "worksheets fill": ["worksheets", "fill", "wheel-of-life", "--from", "-"],
    "undo": ["undo"],
    "undo, brought back": ["undo", "--redo"],
    "undo, forgotten": ["undo", "--forget"],
    "practice import": ["practice", "import", "-", "--as", "second"],
    "practice check, repaired": ["practice", "check", "--repair"],
    "practice backup": ["practice", "backup"],
    "practice restore": ["practice", "restore", "2027-02-23-1", "--yes"],
    "practice erase": ["practice", "erase", "--client", "ann", "--yes", "ann"],
}
"""Commands that change the practice; each has a page that says what it did."""
PAGES = {**READ, **WRITTEN}
GIVEN = {
    "close": CLOSING,
    "worksheets fill": WHEEL.replace("4", "5"),
    "practice import": EXPORT,
}
"""What is typed to some of them."""
FIRST = {
    "sessions resume": ["sessions", "pause", "--reason", "A move"],
    "notes unpin": ["notes", "pin", "1"],
    "undo, brought back": ["undo"],
}
"""What has to be done before."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Coach:
    """A practice in which most of what a page may hold has been told."""
    coach = Coach(tmp_path_factory.mktemp("whole"), cache)
    return tell_most(coach=coach)


@told_once
def tell_most(coach: Coach) -> Coach:
    begin(coach, INTAKE)
    coach.today = "2027-02-02"
    coach.do("wrap", "session", "2", "--from", "-", stdin=NO_COMMITMENT)
    coach.do("log-tci", "--session", "2", "--clarity", "4", "--options", "3")
    coach.today = "2027-02-23"
    coach.do(
        "check-in", "--session", "4", "--energy", "low", "--mood", "flat", "--progress", "clarity=7"
    )
    hold_four(coach, WRAP)
    coach.do("commitments", "update", "1", "--status", "not_yet")
    coach.do("commitments", "update", "1", "--contact", "message", "--note", "Friday at nine")
    coach.do("indicators", "update", "1", "--value", "1")
    coach.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin=WHEEL)
    coach.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin=WHEEL)
    coach.do("worksheets", "fill", "coaching-agreement", "--from", "-", stdin=AGREEMENT)
    coach.do("new-client", "Ann", "--start", "2027-01-12")
    coach.do("use", "sample-client")
    return coach


@pytest.mark.req("R145")
@pytest.mark.parametrize(
    "page",
    [
        *few([page for page in READ if page not in LONG], 10),
        *few((*LONG, *WRITTEN), 0),
    ],
)
def test_every_form_says_the_same_words(told: Coach, page: str) -> None:
    markdown, terminal = (printed(told, page, form) for form in ("markdown", "terminal"))
    # A form to fill in is a file of its own: no page, and the same in every form.
    assert markdown == terminal or letters(seen(markdown)) == letters(terminal)
    html = HtmlPage(printed(told, page, "html")).words
    if page in TEXTS:
        assert not for_paper(markdown) - words_of(html)
    else:
        said, shown = letters(html), letters(seen(markdown))
        # A journey's arc names its sessions one by one where others name them row by row.
        assert sorted(said) == sorted(shown) if page == "journey show" else said == shown


@pytest.mark.req("R145", "R147")
@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_paper_says_the_same_words(told: Coach, page: str) -> None:
    file = told.home.with_name("page.pdf")
    run(told, page, "-o", str(file), "--overwrite")
    words, markdown = Paper(file.read_bytes()).words, seen(printed(told, page, "markdown"))
    if page in TEXTS:
        assert not for_paper(printed(told, page, "markdown")) - words_of(words)
    elif page in DRAWN:
        # A chart has words of its own, in another order; a table repeats its head on each sheet.
        assert not [word for word in words_of(markdown) if word not in letters(words)]
    else:
        assert letters(words) == letters(markdown)


def printed(coach: Coach, page: str, form: str) -> str:
    """What a command prints; what it did is taken back."""
    return run(coach, page, "--format", form).out


def for_paper(form: str) -> set[str]:
    """The words of a form's text that stand on paper too: without what says how it is typed into
    and read back, and with a scale in place of the word that a rating is typed behind."""
    form = TO_TYPE_INTO.sub("", form)
    return words_of(seen(form)) - {"Rating"}


def run(coach: Coach, page: str, *options: str) -> Run:
    """Run the command of a page; what it did is taken back."""
    before = coach.home.with_name("before")
    shutil.copytree(coach.home, before)
    try:
        if page in FIRST:
            coach.do(*FIRST[page])
        words = [*PAGES[page], *options]
        return coach.do(*words, stdin=GIVEN.get(page, ""), env={"COLUMNS": WIDE})
    finally:
        shutil.rmtree(coach.home)
        before.rename(coach.home)


def test_every_command_with_a_page_is_looked_at() -> None:
    looked_at = {tuple(name.split(",")[0].split()) for name in PAGES}
    assert set(commands_with_a_page(typer.main.get_command(app))) == looked_at


def commands_with_a_page(command: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The commands that print a page to a terminal, by the words that call them."""
    forms = [parameter.type for parameter in command.params if "--format" in parameter.opts]
    pages = [path for form in forms if "terminal" in form.choices]
    for name in getattr(command, "table", ()):
        pages += commands_with_a_page(command.get_command(None, name), (*path, name))
    return pages


def seen(source: str) -> str:
    """What a reader sees of Markdown, without its marks and boxes to tick."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    words = " ".join(text_of(token) for token in tokens)
    return words.replace("[x]", "[ ]")


def text_of(token: Token) -> str:
    if token.type in ("text", "code_inline", "fence", "code_block"):
        return token.content
    return " ".join(text_of(child) for child in token.children or ())


def words_of(text: str) -> set[str]:
    return {word for word in map(letters, text.split()) if word}
