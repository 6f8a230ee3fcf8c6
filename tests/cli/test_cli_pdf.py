"""Pages as PDF: what is on them, on how many sheets, and what they say of themselves (R147)."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from coaching import PLANTED, Coach, begin, hold_four, ratings
from page_words import squeezed
from paper import Paper

STORY = Path(__file__).parents[2] / "src" / "trajplan" / "actions" / "demo_practice"
DONE = "ledger-client"
"""A client of the demo whose journey is over."""
SHEETS = {
    "plan": (3, ["prep", "session", "4"]),
    "agenda": (1, ["prep", "session", "4", "--for", "client"]),
    "sheet": (1, ["wrap", "session", "3"]),
    "sheet-blank": (1, ["wrap", "session", "4", "--blank"]),
    "rating card": (1, ["prep", "card"]),
    "brief": (2, ["prep", "brief"]),
    "tci": (1, ["tci", "--client", DONE]),
    "journey": (2, ["journey"]),
    "career-os": (2, ["close", "--print", "career-os", "--client", DONE]),
    "follow-up": (1, ["close", "--print", "follow-up", "--client", DONE]),
    "weekly-review": (1, ["close", "--print", "weekly-review", "--client", DONE]),
    "worksheet": (1, ["worksheets", "blank", "wheel-of-life"]),
}
"""The pages that are handed over or held in the hand, and how many sheets they may take."""
WHEEL = "## Work\n4\n## Money\n7\n## Health\n3\n## Friends\n6\n## Learning\n9\n## Home\n7\n"
HOSTILE = (
    r"""#import "@preview/x:1.0.0" #{panic()} [*_]$\ // /* */ @ref <label> \u{41} = # """
    "علي Ünïcode 😀"
)


def on_paper(coach: Coach, *command: str) -> Paper:
    """What a command prints as a PDF."""
    file = coach.home / "page.pdf"
    coach.do(*command, "-o", str(file), "--overwrite")
    return Paper(file.read_bytes())


def choose_paper(coach: Coach, paper: str) -> None:
    folder = coach.home / "CONFIG" / "trajplan"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(f'paper = "{paper}"\n')


@pytest.mark.req("R147")
@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_pages_keep_to_their_sheets(demo: Coach, paper: str) -> None:
    choose_paper(demo, paper)
    for name, (most, command) in SHEETS.items():
        printed = on_paper(demo, *command)
        assert len(printed.sheets) <= most, name
        width, height = printed.reader.pages[0].mediabox[2:]
        inches = {"a4": (8.27, 11.69), "letter": (8.5, 11.0)}[paper]
        assert (round(width / 72, 2), round(height / 72, 2)) == inches
        for number, sheet in enumerate(printed.sheets, 1):
            foot = squeezed(sheet)
            assert foot.endswith(f"page{number}of{len(printed.sheets)}")
            assert (f"continuesonpage{number + 1}" in foot) == (number < len(printed.sheets))
    choose_paper(demo, "a4")


@pytest.mark.req("R147")
@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "session",
    [["1"], ["5"], ["8", "--decision"], ["9", "--minutes", "120"], ["12", "--energy", "low"]],
)
def test_a_plan_takes_three_sheets_at_most(held: Coach, session: list[str], paper: str) -> None:
    choose_paper(held, paper)
    assert len(on_paper(held, "prep", "session", *session).sheets) <= 3


@pytest.mark.req("R147")
@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_plan_with_a_worksheet_takes_no_more(demo: Coach, paper: str) -> None:
    choose_paper(demo, paper)
    for _ in range(2):
        demo.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin=WHEEL)
    assert len(on_paper(demo, "prep", "session", "4").sheets) <= 3


@pytest.mark.req("R147")
def test_a_sheet_of_three_commitments_is_one(begun: Coach) -> None:
    long = (
        "Ask two people who do this work what a usual day looks like and write down what they say"
    )
    fields = ("what", "how_will_i_know", "obstacle", "if_then")
    commitment = "\n    ".join(f"{name}: {long}" for name in fields)
    wrap = (
        f"kind: wrap\nfocus: {long}\ntakeaways: [{long}, {long}]\ninquiry: {long}?\ncommitments:\n"
    )
    wrap += f'  - when: "2027-03-05"\n    {commitment}\n' * 3
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    sheet = on_paper(begun, "wrap", "session", "4")
    assert len(sheet.sheets) == 1
    assert squeezed(sheet.words).count(squeezed(long)) == 16


@pytest.mark.req("R147")
def test_a_pdf_holds_its_fonts_and_says_no_more_than_its_title(held: Coach) -> None:
    plan = on_paper(held, "prep", "session", "4")
    assert plan.fonts
    assert all(plan.fonts.values()), plan.fonts
    assert plan.title == "Session 4 of 12 · Sample Client"
    about = dict(plan.reader.metadata or {})
    assert set(about) <= {"/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
    assert about["/CreationDate"] == "D:20270223000000Z"
    own = [str(held.home), str(Path(__file__).parents[2])]
    own += [word for word in (str(Path.home()), getpass.getuser()) if len(word) > 1]
    xmp = plan.reader.xmp_metadata
    said = " ".join([*map(str, about.values()), str(xmp and xmp.stream.get_data())])
    assert not [word for word in own if word.encode() in plan.data or word in said]
    # A screen reader finds its structure, its language and its title.
    catalog = plan.reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.req("R147")
@pytest.mark.slow
def test_the_same_day_makes_the_same_bytes(held: Coach) -> None:
    first, second = (on_paper(held, "tci").data for _ in range(2))
    assert first == second
    with held.spawn("tci", "--format", "pdf", text=False, encoding=None) as process:
        piped, _ = process.communicate()
    assert piped == first
    held.today = "2027-02-24"
    assert on_paper(held, "tci").data != first


@pytest.mark.req("R147", "R153")
def test_a_terminal_is_not_shown_a_pdf(held: Coach) -> None:
    shown = held.at_a_terminal("show", "--format", "pdf")
    assert shown.code == 1
    assert "a terminal cannot show pdf; -o FILE writes it to a file" in shown.out
    said = held.refused(2, "show", "-o", "any.pdf", "--format", "markdown")
    assert "`.pdf` is for pdf" in said


@pytest.mark.slow
@pytest.mark.req("R147")
def test_what_a_client_typed_is_never_code(coach: Coach) -> None:
    coach.do("new-client", HOSTILE, "--slug", "hostile", "--start", "2027-01-12")
    coach.do("commitments", "add", HOSTILE, "--when", "2027-01-20", "--how-will-i-know", HOSTILE)
    for command in (["commitments"], ["prep", "session", "1"]):
        printed = on_paper(coach, *command)
        latin = HOSTILE.replace("علي", "")
        assert squeezed(latin.partition("#  Ü")[0]) in squeezed(printed.words)
        assert "Ünïcode😀" in squeezed(printed.words)
        assert set("علي") <= set(printed.words)


@pytest.mark.req("R147")
@pytest.mark.slow
def test_a_long_text_goes_on_and_loses_no_letter(held: Coach) -> None:
    running = " ".join(f"word{number}" for number in range(500))
    unbroken = "".join(chr(ord("a") + number % 26) for number in range(3000))
    held.do("assumptions", "add", running)
    held.do("notes", "add", unbroken, "--pin")
    beliefs = on_paper(held, "assumptions")
    assert len(beliefs.sheets) > 1
    # Both parts of a row that is torn apart are there, with the other cells between them.
    assert set(running.split()) <= set(beliefs.words.split())
    for command in (["notes"], ["prep", "session", "5"]):
        printed = on_paper(held, *command)
        assert unbroken in squeezed(printed.words)
        assert all(map(_inside, printed.reader.pages))


def _inside(page: object) -> bool:
    """Whether every piece of text begins and ends within the sheet."""
    width = float(page.mediabox[2])  # type: ignore[attr-defined]
    places: list[float] = []

    def visit(text: str, _cm: object, place: list[float], _font: object, size: float) -> None:
        if text.strip():
            places.append(place[4])

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    return all(0 <= place <= width for place in places)


@pytest.mark.req("R147")
def test_letters_that_no_font_has_are_said(held: Coach) -> None:
    nobody = "\U0010fffd"  # for private use: no script has it
    held.do("notes", "add", f"Signed with {nobody} and {nobody} at the end")
    file = held.home / "notes.pdf"
    run = held.do("notes", "-o", str(file))
    assert run.err.count(nobody) == 1
    assert "no font on this machine can draw" in run.err
    assert "attheend" in squeezed(Paper(file.read_bytes()).words)
    many = "".join(chr(0x10FF00 + number) for number in range(25))
    held.do("notes", "add", many)
    said = held.do("notes", "-o", str(file), "--overwrite").err
    assert many[18] in said
    assert many[19] not in said
    assert "and 6 more" in said
    # What our own fonts have is said nothing about.
    held.do("notes", "add", "Привет Ελλάδα Việt مرحبا שלום 😀 ★ ½ → ☐")
    assert nobody not in held.do("commitments", "-o", str(held.home / "other.pdf")).err


@pytest.mark.req("R147")
@pytest.mark.slow
def test_a_worksheet_has_boxes_scales_and_room(begun: Coach) -> None:
    words = on_paper(begun, "worksheets", "blank", "values-words")
    assert words.words.count("☐") >= 30
    wheel = on_paper(begun, "worksheets", "blank", "wheel-of-life")
    assert squeezed(wheel.words).count("012345678910") == 8
    assert squeezed(wheel.words).count(squeezed("as happy as I could be")) == 8


@pytest.mark.req("R147")
@pytest.mark.slow
def test_no_page_of_the_client_holds_what_is_the_coachs(coach: Coach) -> None:
    begin(coach)
    hold_four(coach, PLANTED, rated=[])
    coach.do("log-tci", "--session", "4", *ratings(), "--note", "PLANTED-RATING")
    coach.do("assumptions", "add", "PLANTED-ASSUMPTION")
    coach.do("notes", "add", "PLANTED-NOTE", "--pin")
    coach.do("clients", "update", "--from", "-", stdin="kind: intake\nfears: [PLANTED-FEAR]\n")
    coach.do("refer", "therapy", "--from", "-", stdin="PLANTED-REFERRAL")
    coach.do("commitments", "update", "1", "--contact", "message", "--note", "PLANTED-CONTACT")
    assert squeezed(on_paper(coach, "prep", "session", "5").words).count("PLANTED") > 2
    for command in (
        ["prep", "session", "5", "--for", "client"],
        ["wrap", "session", "4"],
        ["close", "--print", "career-os"],
        ["close", "--print", "follow-up"],
        ["close", "--print", "weekly-review"],
        ["recap", "4"],
    ):
        printed = on_paper(coach, *command)
        assert "PLANTED" not in squeezed(printed.words), command
