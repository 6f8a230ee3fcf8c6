"""Pages as HTML: one file that fetches nothing and runs nothing, on a screen and on paper."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from browser import Paper, Scheme, sheets_of_paper, violations
from coaching import Coach, told_once
from html_reader import HtmlPage

MAIN = {
    "plan": ["prep", "session", "5"],
    "agenda": ["prep", "session", "5", "--for", "client"],
    "sheet": ["wrap", "session", "4"],
    "sheet to write on": ["wrap", "session", "5", "--blank"],
    "rating card": ["prep", "card"],
    "pack": ["pack"],
    "form of a session": ["wrap", "session", "5", "--form"],
    "log": ["tci", "--history"],
    "journey": ["journey"],
    "brief": ["prep", "brief"],
    "client": ["show"],
    "caseload": ["clients"],
    "today": ["today"],
    "recap": ["recap"],
    "goals": ["goals"],
    "blank wheel": ["worksheets", "blank", "wheel-of-life"],
    "blank table": ["worksheets", "blank", "decision-matrix"],
    "filled wheel": ["worksheets", "result", "wheel-of-life"],
    "Career OS": ["close", "--print", "career-os"],
    "follow-up": ["close", "--print", "follow-up"],
}
WHEEL = "## Work\n4\n## Money\n7\n## Health\n6\n"
ON_ONE_SHEET = (
    *("agenda", "sheet", "sheet to write on", "rating card", "log", "today", "recap"),
    "blank wheel",
)
ON_FEW = {"plan": 3, "follow-up": 2, "pack": 13, "form of a session": 6}
MOST_SHEETS = {**dict.fromkeys(ON_ONE_SHEET, 1), **ON_FEW}


@pytest.fixture
@told_once
def told(held: Coach) -> Coach:
    held.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin=WHEEL)
    return held


def written(coach: Coach, name: str) -> Path:
    """A main page in a file."""
    path = coach.home / f"{name.replace(' ', '-')}.html"
    coach.do(*MAIN[name], "-o", str(path))
    return path


@pytest.mark.req("R146")
def test_a_page_is_one_file_that_fetches_and_runs_nothing(told: Coach) -> None:
    for name in ("plan", "agenda", "journey", "log", "blank wheel", "recap"):
        page = written(told, name).read_text(encoding="utf-8")
        tags = HtmlPage(page).tags
        assert not {"script", "link", "img", "a", "iframe", "form"} & set(tags), name
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page), name
        # A browser is told so as well: nothing but the style that stands in the page.
        style = re.search("<style>(.*?)</style>", page, re.DOTALL)
        policy = re.search('Content-Security-Policy" content="([^"]*)"', page)
        assert style
        assert policy
        digest = b64encode(sha256(style[1].encode()).digest()).decode()
        assert policy[1].startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


@pytest.mark.req("R146")
def test_a_page_has_a_title_a_language_and_headings_in_order(told: Coach) -> None:
    page = told.do(*MAIN["plan"], "--format", "html").out
    assert page.startswith('<!doctype html>\n<html lang="en">')
    title = re.search("<title>(.*?)</title>", page)
    assert title
    assert f"<header><h1>{title[1]}</h1></header>" in page
    assert title[1] == "Session 5 of 12 · Sample Client"
    sections = re.findall('<section aria-labelledby="(s[0-9]+)">\n<h[23] id="(s[0-9]+)">', page)
    assert len(sections) > 8
    assert all(about == heading for about, heading in sections)


def test_a_table_says_what_its_columns_and_rows_are(told: Coach) -> None:
    page = told.do(*MAIN["log"], "--format", "html").out
    assert '<th scope="col">Clarity</th>' in page
    assert re.search('<tr><th scope="row"[^>]*>4</th>', page)


def test_a_box_to_tick_has_its_words_for_a_label(told: Coach) -> None:
    page = told.do(*MAIN["journey"], "--format", "html").out
    boxes = re.findall(r'<label><input type="checkbox"> <span>[^<]+</span></label>', page)
    assert len(boxes) == page.count("<input") > 3


def test_a_form_has_scales_to_mark_and_room_to_write(told: Coach) -> None:
    wheel = told.do(*MAIN["blank wheel"], "--format", "html").out
    assert wheel.count('class="scale"') == 8
    assert wheel.count('class="line"') == 3
    table = told.do(*MAIN["blank table"], "--format", "html").out
    assert table.count('<td class="room"></td>') == 4 + 4 * 5 + 6 * 6


@pytest.mark.slow
@pytest.mark.req("R146")
@pytest.mark.parametrize(("scheme", "width"), [("light", 500), ("light", 820), ("dark", 1200)])
def test_axe_core_finds_nothing_on_the_main_pages(told: Coach, scheme: Scheme, width: int) -> None:
    for name in MAIN:
        assert violations(written(told, name), scheme, width) == [], name


@pytest.mark.slow
@pytest.mark.req("R146")
@pytest.mark.parametrize(("size", "width"), [("A4", 210.0), ("letter", 215.9)])
def test_pages_print_on_few_sheets_of_either_paper(told: Coach, size: Paper, width: float) -> None:
    for name in MAIN:
        sheets = sheets_of_paper(written(told, name), size)
        assert len(sheets) <= MOST_SHEETS.get(name, 3), name
        assert all(abs(across - width) < 0.2 for across, _ in sheets), name
