"""HTML: what the style promises to the eye, and what a page is made of."""

from __future__ import annotations

import re

import pytest

from html_reader import HtmlPage
from trajplan.pages import page as tree
from trajplan.pages.html import STYLE, html
from trajplan.pages.look import Look
from trajplan.pages.page import Gap, Page

CSS = STYLE.read_text(encoding="utf-8")


def body(*blocks: tree.Block) -> str:
    """What stands between the elements of a page's main part."""
    source = html([Page.of("title", *blocks)], Look())
    assert HtmlPage(source).tags
    return re.sub(r"\n+", "", source.partition("<main>")[2].partition("</main>")[0])


def colours() -> dict[str, dict[str, str]]:
    """The colours by the name of the scheme: on a light screen, a dark one, and on paper."""
    light, dark, paper = (
        dict(re.findall(r"--(\w+): (#\w+)", block)) for block in re.findall(r":root \{([^}]*)", CSS)
    )
    return {"light": light, "dark": {**light, **dark}, "paper": {**light, **paper}}


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of `#rgb` or `#rrggbb`."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "paper"])
def test_words_and_lines_stand_out_from_their_ground(scheme: str) -> None:
    shown = colours()[scheme]
    for name in ("ink", "soft", "accent", "warning"):
        assert contrast(shown[name], shown["paper"]) >= 4.5, name
    if scheme != "paper":  # where nothing has a ground of its own
        assert contrast(shown["ink"], shown["panel"]) >= 4.5
    assert contrast(shown["field"], shown["paper"]) >= 3


def test_headings_nest_and_close() -> None:
    heading, line = tree.Heading, tree.Line("x")
    assert body(heading("A"), heading("B", 3), line, heading("C", 3), heading("D"), line) == (
        '<section aria-labelledby="s0"><h2 id="s0">A</h2>'
        '<section aria-labelledby="s1"><h3 id="s1">B</h3><p>x</p></section>'
        '<section aria-labelledby="s3"><h3 id="s3">C</h3></section></section>'
        '<section aria-labelledby="s4"><h2 id="s4">D</h2><p>x</p></section>'
    )
    # A part of a section that was never opened leaves no level out.
    assert "<h2" in body(heading("B", 3))


def test_room_to_write_takes_the_rest_of_its_line() -> None:
    room = 'role="img" aria-label="room to write"'
    assert body(tree.Line(("Notes: ", Gap()))) == (
        f'<p><span class="fills"><span>Notes: </span><span class="write" {room}></span></span></p>'
    )
    assert body(tree.Line((Gap(40),))) == f'<p><span class="write alone" {room}></span></p>'
    assert 'class="write short"' in body(tree.Line(("1 to 10: ", Gap(3))))
    table = tree.Table(("what", "when"), ((("Call"), (Gap(10),)), ((Gap(10),), (Gap(10),))))
    assert body(table).count('<td class="room"></td>') == 3


def test_short_cells_are_not_broken() -> None:
    table = tree.Table(
        ("date", "step", tree.Column("rating", folds=True)),
        (("Tue 12 Jan 2027", "A sentence that may be broken", "4 (+1)"),),
    )
    drawn = body(table)
    assert '<th scope="row" class="whole">Tue 12 Jan 2027</th>' in drawn
    assert "<td>A sentence" in drawn
    assert '<td class="whole">4 (+1)</td>' in drawn
    # A word as long as a line may be broken anywhere, or paper would cut it.
    word = "W" * 300
    assert f'<td class="long">{word}</td>' in body(tree.Table(("id", "what"), (("1", word),)))


def test_a_label_that_says_nothing_makes_no_list_of_terms() -> None:
    pairs = tree.Pairs((tree.Pair("Goal", "teach"), tree.Pair("", "and more", ("below",))))
    assert body(pairs) == (
        "<dl><div><dt>Goal</dt><dd>teach</dd></div></dl><div>and more<ul><li>below</li></ul></div>"
    )


def test_a_time_is_told_apart_from_words() -> None:
    ask = tree.Ask("Where are you?", minutes=4, mark="●", clock="14:05")
    assert body(ask) == (
        '<ul class="asks"><li><span class="lead">'
        '<time class="clock" datetime="14:05">14:05</time> <time datetime="PT4M">4′</time> '
        '<span class="mark">●</span> </span><div>Where are you?</div></li></ul>'
    )
