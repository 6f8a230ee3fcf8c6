"""Pages: what the client may see, how wide and how long they are, how they look."""

from __future__ import annotations

import os
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from coaching import Coach, questions_of
from few import few

ANSI = re.compile(r"\x1b\[[0-9;]*m")
CLIENT_PAGES = [
    ["prep", "session", "4", "--for", "client"],
    ["prep", "session", "5", "--for", "client"],
    ["prep", "session", "5", "--for", "client", "--decision"],
    ["wrap", "session", "4"],
    ["wrap", "session", "5", "--blank"],
]
COACH_WORDS = [
    *("informational", "analytical", "transformational", "score", "breadth", "finding", "warning"),
    *("tci", "rating", "assumption", "gap", "influence", "blueprint", "objective", "stance"),
    *("satisfaction", "without a degree", "eyes down", "energy", "pension"),
]


@pytest.mark.parametrize("form", few(["html", "terminal", "json", "markdown"], 2))
@pytest.mark.parametrize("words", CLIENT_PAGES, ids=lambda words: " ".join(words[:3] + words[4:]))
def test_a_clients_page_holds_nothing_of_the_coachs(
    held: Coach, words: list[str], form: str
) -> None:
    held.do("check-in", "--session", "5", "--energy", "low", "--mood", "flat")
    page = held.do(*words, "--format", form).out
    page = page.partition("<body>")[2] or page  # a style says `gap` of room between columns
    low = page.lower()
    assert "sample client" in low
    for word in COACH_WORDS:
        assert word not in low, word
    plan = held.json("prep", "session", words[2])
    for part in plan["segments"]:
        held_back = [part["coach"], *(activity["coach"] for activity in part["activities"])]
        held_back += [
            prompt["text"] for prompt in part["prompts"] if INQUIRY_MARK not in prompt["text"]
        ]
        if part["component"] != "momentum_planning":
            held_back += [question["text"] for question in part["questions"]]
        for text in held_back:
            assert not text or text not in page


INQUIRY_MARK = "You took a question home"


@pytest.mark.req("R117")
def test_the_disclaimer_stands_on_every_client_page_and_in_the_readme(held: Coach) -> None:
    for words in CLIENT_PAGES:
        for form in ("terminal", "markdown"):
            page = " ".join(held.do(*words, "--format", form).out.split())
            assert "It is no therapy, and no legal, financial or medical advice." in page
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert "therapy" in readme


def screen(coach: Coach, *words: str, columns: int) -> list[str]:
    """The lines of a terminal page at a width, without styles."""
    found = coach.do(*words, "--format", "terminal", env={"COLUMNS": str(columns)})
    return ANSI.sub("", found.out).splitlines()


PAGES = (
    ["prep", "session", "4"],
    ["prep", "session", "4", "--full"],
    ["prep", "session", "5", "--explain"],
    ["prep", "session", "6", "--decision"],
    ["prep", "session", "5", "--for", "client"],
    ["prep", "session", "5", "--glance"],
    ["prep", "session", "1", "--minutes", "120", "--energy", "low"],
    ["wrap", "session", "4"],
    ["tci"],
    ["show"],
    ["clients"],
    ["sessions"],
    ["sessions", "show", "4"],
    ["commitments"],
    ["assumptions"],
    ["questions", "--bank", "grow"],
    ["questions", "show", "grow"],
    ["blueprints"],
    ["blueprints", "show", "grow"],
    ["demo"],
)


@pytest.mark.parametrize("columns", few([80, 120], 1))
@pytest.mark.parametrize("words", few(PAGES, 7), ids=" ".join)
def test_terminal_pages_fit_their_width(held: Coach, words: list[str], columns: int) -> None:
    for line in screen(held, *words, columns=columns):
        assert cell_len(line) <= columns, line


def test_the_timeline_has_bars_in_proportion_to_the_minutes(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    for columns in (80, 120):
        lines = screen(begun, "prep", "session", "4", "--full", columns=columns)
        bars = {}
        for line in lines:
            found = re.match(r"(\d\d:\d\d)\s+(\d+) min\s+([░█▓▒·]+)", line)
            if found:
                bars[found[1]] = (int(found[2]), len(found[3]))
        assert [(segment["start"], segment["minutes"]) for segment in plan["segments"]] == [
            (start, minutes) for start, (minutes, _) in bars.items()
        ]
        longest = max(minutes for minutes, _ in bars.values())
        width = max(cells for _, cells in bars.values())
        assert width >= columns // 4
        for minutes, cells in bars.values():
            assert abs(cells - width * minutes / longest) <= 1


def test_levels_are_told_apart_without_colour(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    marks = {"informational": "○", "analytical": "◐", "transformational": "●"}
    page = "\n".join(screen(begun, "prep", "session", "4", columns=120))
    for part in plan["segments"]:
        for one in part["questions"]:
            line = next(line for line in page.splitlines() if one["text"][:40] in line)
            assert marks[one["level"]] in line
            assert f"{one['minutes']:>2}′" in line


@pytest.mark.parametrize("session", [1, 3, 5, 9, 12])
@pytest.mark.parametrize(
    "more",
    [[], pytest.param(["--minutes", "120"], marks=pytest.mark.slow), ["--decision"]],
    ids=str,
)
def test_the_whole_plan_prints_on_three_pages(held: Coach, session: int, more: list[str]) -> None:
    page = held.do("prep", "session", str(session), *more).out
    lines = [piece for line in page.splitlines() for piece in (textwrap.wrap(line, 95) or [""])]
    # Lines of 10 point set 12 apart, on Letter or A4 with margins of 15 millimetres.
    assert len(lines) <= 3 * 59


@pytest.mark.req("R94")
def test_the_sheet_fits_one_page_with_three_commitments(begun: Coach) -> None:
    wrap = LONG_WRAP.format("A step that takes a whole line of a page to say what it is about")
    page = begun.do("wrap", "session", "4", "--from", "-", stdin=wrap).out
    lines = [piece for line in page.splitlines() for piece in (textwrap.wrap(line, 95) or [""])]
    assert page.count("A step that takes") == 7
    assert len(lines) <= 55


LONG = (
    "A very long sentence about work, the way a client who has waited for a year to say it aloud "
    "would put it, with one more clause, and another one after it, until the line is full. "
) * 4
LONG_WRAP = "kind: wrap\ninquiry: {0}\ncommitments:\n" + (
    '  - {{what: "{0}", when: "2027-03-05", how_will_i_know: "{0}"}}\n' * 3
)


@pytest.mark.parametrize("form", ["terminal", "markdown"])
@pytest.mark.parametrize("long", [False, True])
def test_the_glance_fits_twenty_lines(begun: Coach, form: str, long: bool) -> None:
    if long:
        begun.do(
            *("new-client", LONG, "--slug", "long", "--start", "2027-01-12", "--from", "-"),
            stdin=f'kind: intake\ndestination: "{LONG}"\n',
        )
        wrap = LONG_WRAP.format(LONG.replace(",", ""))
        begun.do("wrap", "session", "4", "--from", "-", "--client", "long", stdin=wrap)
        begun.do("check-in", "--session", "5", "--matters", LONG, "--client", "long")
    page = begun.do(
        *("prep", "session", "5", "--glance", "--minutes", "120", "--energy", "low"),
        *("--format", form, "--client", "long" if long else "sample-client"),
    ).out
    wrapped = [piece for line in page.splitlines() for piece in (textwrap.wrap(line, 80) or [""])]
    assert len(wrapped) <= 20
    assert all(cell_len(line) <= 80 for line in page.splitlines()) or form == "markdown"


def test_the_glance_says_what_to_have_in_mind(held: Coach) -> None:
    page = held.do("prep", "session", "5", "--glance").out
    plan: Any = held.json("prep", "session", "5")
    for label in ("Destination", "Today", "Promised", "Inquiry", "Open with", "Clock"):
        assert f"**{label}:**" in page
    asked = re.findall(r"\*\*Ask:\*\* (.+)", page)
    texts = [question["text"] for question in questions_of(plan)]
    assert len(asked) == 2
    assert set(asked) <= set(texts)
    for part in plan["segments"]:
        assert f"{part['start']} {part['title']}" in page
    assert f"**Open with:** {plan['agreement']['text']}" in page
    assert f"{plan['end']} end" in page


@pytest.mark.req("R49")
def test_insight_has_the_clients_own_words_and_one_reframing(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    found = [
        activity["id"]
        for part in plan["segments"]
        if part["component"] == "insight_generation"
        for activity in part["activities"]
    ]
    assert found.count("mirror_back") == 1
    assert found.count("reframe_once") == 1
    page = begun.do("prep", "session", "4").out
    assert "Read back their words" in page
    assert "Another way to see it" in page


@pytest.mark.req("R51")
def test_momentum_has_an_inquiry_the_mid_point_the_next_date_and_the_ratings(begun: Coach) -> None:
    plan = begun.json("prep", "session", "4")
    part = next(
        segment for segment in plan["segments"] if segment["component"] == "momentum_planning"
    )
    activities = {activity["id"]: activity["coach"] for activity in part["activities"]}
    assert set(activities) == {"carry_home", "rate_tci", "next_date"}
    assert "halfway date" in activities["carry_home"]
    # What asks for a number is asked with the ratings.
    home = [question["bank"] for question in part["questions"] if not question["anchors"]]
    assert home == ["coaching-inquiries"]
    page = begun.do("prep", "session", "4").out
    form = next(line for line in page.splitlines() if "Where do you stand right now?" in line)
    for name in ("Clarity", "Options", "Decision quality", "Action momentum", "Confidence"):
        assert f"| {name} " in form


def test_a_strip_shows_low_high_and_late(begun: Coach) -> None:
    page = begun.do("prep", "session", "4").out
    strip = page.split("## If it goes differently")[1].split("## Why this plan")[0]
    for label in ("as planned", "low energy", "high energy", "10 minutes late", "20 minutes late"):
        assert f"| {label} |" in strip
    assert "′ 14:10 |" in strip
    assert "′ 14:20 |" in strip
    assert "(1) What did we end up talking about?" in strip
    low = begun.json("prep", "session", "4", "--energy", "low")
    row = next(line for line in strip.splitlines() if line.startswith("| low energy |"))
    for part in low["segments"]:
        if part["component"] != "break":
            assert f"{part['minutes']}′ {part['start']}" in row


def test_colour_is_a_wish(begun: Coach) -> None:
    words = ("prep", "session", "4", "--format", "terminal")
    assert "\x1b[" not in begun.do(*words).out
    begun.more["NO_COLOR"] = ""
    coloured = begun.do(*words, "--color", "always").out
    assert "\x1b[" in coloured
    assert "\x1b[3" in coloured
    assert "\x1b[" not in begun.do(*words, "--color", "never").out
    assert "\x1b[" not in begun.do("prep", "session", "4", "--color", "always").out
    assert ANSI.sub("", coloured) == begun.do(*words, "--color", "never").out


def test_an_output_file_is_the_owners_alone_and_its_name_chooses_the_format(begun: Coach) -> None:
    for name, start in (("plan.md", "# Session 4 of 12"), ("plan.json", "{")):
        path = begun.home / name
        found = begun.do("prep", "session", "4", "-o", str(path))
        assert found.out == ""
        assert "written to" in found.err
        assert path.read_text(encoding="utf-8").startswith(start)
        assert path.stat().st_mode & 0o777 == 0o600
    pipe = begun.home / "pipe"
    os.mkfifo(pipe, 0o644)
    pipe.chmod(0o644)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    begun.do("use", "sample-client", "--format", "json")
    begun.do("clients", "-o", str(pipe))
    assert os.read(reader, 9) == b"# Clients"
    os.close(reader)
    assert pipe.stat().st_mode & 0o777 == 0o644
    wide = begun.home / "wide.md"
    wide.write_text("before")
    wide.chmod(0o644)
    begun.do("show", "-o", str(wide), "--overwrite")
    assert wide.stat().st_mode & 0o777 == 0o600
    assert begun.do("show", "-o", "-").out == begun.do("show").out


@pytest.mark.req("R142")
@pytest.mark.slow
@pytest.mark.parametrize("width", [80, 40])
def test_what_is_said_on_a_terminal_breaks_between_words(begun: Coach, width: int) -> None:
    begun.more["COLUMNS"] = str(width)
    wrap = (
        "kind: wrap\nminutes: 90\ncommitments:\n"
        '  - {what: "Ask the training officer what I could show", when: "2027-03-05",\n'
        '     how_will_i_know: "I know", proposed_by: coach}\n'
    )
    runs = [
        begun.at_a_terminal("prep", "session", "4", "--method", "directive"),
        begun.at_a_terminal("wrap", "4", "--from", begun.write("w.yaml", wrap)),
        begun.at_a_terminal("wrap", "4", "--from", begun.write("f.yaml", f"{wrap}energy: so so\n")),
        begun.at_a_terminal("log-tci", "--session", "4", "--clarity", "9"),
        begun.at_a_terminal("today"),
        begun.at_a_terminal(
            *("commitments", "update", "1"), answers=[("let go): ", "done\n"), ("learn: ", "\n")]
        ),
    ]
    for run in runs:
        for line in re.sub("\x1b\\[[0-9;]*m", "", run.out).splitlines():
            assert cell_len(line.rstrip()) <= width or len(line.split()) == 1, run.out
    hints = "hint: “Ask the training officer what I could show” was proposed by the coach; what"
    assert hints in runs[1].words
    # A command is copied whole, wherever there is room for it.
    asked = begun.at_a_terminal("live", "5", answers=[("all the same? [y/N]:", "\n")])
    assert "`trajplan sessions move 5 today`" in asked.out
