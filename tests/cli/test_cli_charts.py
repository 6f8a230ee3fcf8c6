"""Charts: each from one description, in every form, with what is missing shown as missing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coaching import Coach, ratings
from paper import Paper

WHEEL = "## Work\n4\n## Money\n7\n## Health\n1\n"
FORMS = ("terminal", "markdown", "html")
PAGES = {
    "ratings over sessions": (["tci", "--history"], "trend", "Moved most: Clarity +4."),
    "mix, target and achieved": (
        ["prep", "session", "4", "--full"],
        "bar",
        "is furthest off",
    ),
    "timeline": (["prep", "session", "4", "--full"], "timeline", "6 segments in 90 minutes;"),
    "wheel": (
        ["worksheets", "result", "wheel-of-life"],
        "wheel",
        "Highest 7: Money. Lowest 1: Health.",
    ),
    "value per hour": (["progress"], "bar", "Value per hour: 6.0 over all with minutes and value."),
    "indicators": (["indicators"], "bar", "Indicators with a reading: 1 of 2."),
    "readings": (["indicators", "show", "1"], "trend", "3 readings, from 0 to 2."),
    "journey": (["journey"], "arc", "4 phases from Tue 12 Jan 2027 to Tue 15 Jun 2027."),
}


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory, stories: Path, cache: Path) -> Coach:
    """Sessions 1, 2 and 4 are rated, decision quality not in session 2; one indicator is read."""
    coach = Coach(tmp_path_factory.mktemp("charts"), cache, today="2027-02-23")
    coach.practice.parent.mkdir(mode=0o700)
    shutil.copy(stories / "held.sqlite3", coach.practice)
    for session, rated in (
        ("1", ratings(clarity=3)),
        ("2", ratings(clarity=4, decision=None)),
    ):
        coach.do("log-tci", "--session", session, *rated)
    for what in ("Ask the guild", "Visit a class"):
        more = ["--when", "2027-03-05", "--how-will-i-know", "It is done", "--kind", "experiential"]
        coach.do("commitments", "add", what, *more)
    for number in ("1", "2", "3"):
        done = ["--status", "done", "--minutes", "60", "--value", "6"]
        coach.do("commitments", "update", number, *done)
    coach.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin=WHEEL)
    way = ["--start", "0", "--target", "3", "--unit", "mornings"]
    coach.do("indicators", "add", "Mornings run", "--kind", "leading", *way)
    coach.do("indicators", "add", "Offers", "--kind", "lagging")
    for day, value in (("2027-01-26", "0"), ("2027-02-09", "1"), ("2027-02-23", "2")):
        coach.do("indicators", "update", "1", "--value", value, "--date", day)
    return coach


@pytest.mark.req("R149")
@pytest.mark.parametrize("chart", PAGES)
def test_each_chart_is_drawn_in_every_form_with_its_gist(charted: Coach, chart: str) -> None:
    words, kind, gist = PAGES[chart]
    for form in FORMS:
        page = charted.do(*words, "--format", form).out
        assert gist in " ".join(page.split()), form
        drawn = f'class="{kind}"' if form == "html" else re.compile("[█▓▒░▁▂▃▄▅▆▇●○◉]{2}|●─")
        assert re.search(drawn, page), form


@pytest.mark.req("R149")
def test_what_was_not_rated_is_missing_and_keeps_its_place(charted: Coach) -> None:
    """Session 3 was not rated at all, decision quality not in session 2 either."""
    words = ["tci", "--history"]
    lines = charted.do(*words).out.splitlines()
    sparks = [line.split("|")[2].strip() for line in lines if line[:5] in ("| Cla", "| Dec")]
    assert sparks[:2] == ["▂▃·▅", "▄··▄"]
    assert "session 1 to 4" in charted.do(*words, "--format", "terminal").out
    trend = drawing(charted.do(*words, "--format", "html").out, "trend")
    rings = [circle for circle in trend.iter("circle") if circle.get("fill") is None]
    assert len(rings) == 5 + 1 + 1  # session 3, decision quality in session 2, and the key
    shown = [text.text for text in trend.iter("text")]
    assert shown[-5:] == ["4", "3", "2", "1", "not rated"]


@pytest.mark.req("R149")
def test_an_area_that_was_not_rated_is_not_drawn_as_the_lowest(charted: Coach) -> None:
    words = ["worksheets", "result", "wheel-of-life"]
    assert "| Money | 7 |" in charted.do(*words).out
    assert "| Friends | – |  |" in charted.do(*words).out
    wheel = drawing(charted.do(*words, "--format", "html").out, "wheel")
    shown = " ".join(text.text or "" for text in wheel.iter("text"))
    dashed = [area for area in wheel.iter("polygon") if area.get("stroke-dasharray")]
    assert shown.count("not rated") == len(dashed) == 5


@pytest.mark.req("R149")
def test_an_indicator_without_a_reading_has_an_empty_bar(charted: Coach) -> None:
    assert (
        "**2 lagging · Offers:** ···················· no reading yet"
        in charted.do("indicators").out
    )
    page = charted.do("indicators", "--format", "html").out
    assert re.search("Offers</th><td><svg[^>]*><title>not known</title>", page)


@pytest.mark.req("R149")
def test_on_paper_a_chart_has_its_words_and_says_them_to_a_screen_reader(charted: Coach) -> None:
    file = charted.home / "log.pdf"
    charted.do("tci", "--history", "-o", str(file))
    paper = Paper(file.read_bytes())
    for words in ("Since the first rating", "Decision", "session", "not rated", "Moved most"):
        assert words in paper.words
    assert paper.pictures == [
        "Since the first rating; session 1 to 4; Clarity +4; Options ±0; Decision quality ±0; "
        "Action momentum ±0; Confidence ±0"
    ]


def drawing(page: str, kind: str) -> ElementTree.Element:
    """A drawing of a page, without its namespace."""
    match = re.search(rf'<svg[^>]*class="{kind}".*?</svg>', page, re.DOTALL)
    assert match, kind
    return ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", match[0]))
