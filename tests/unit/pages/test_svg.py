"""Drawings as SVG: whole in themselves, named, and nothing that is typed becomes markup."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from random_drawings import bar, drawings, long, scales, spark, typed

from paper import Paper
from trajplan.pages import page as tree
from trajplan.pages.look import Look
from trajplan.pages.pdf import pdf
from trajplan.pages.svg import SCALE_UNIT, Ink, svg
from trajplan.text import STEERING

SVG = "{http://www.w3.org/2000/svg}"
words = typed | long
whole = drawings(words, words) | scales(words) | bar | spark


@given(whole)
def test_it_is_sound_markup_in_which_nothing_typed_is_markup(drawing: tree.Drawing) -> None:
    source = svg(drawing)
    root = ElementTree.fromstring(source)
    kinds = {"svg", "title", "desc", "text", "polyline", "polygon", "circle"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= kinds
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert not STEERING.search(source)
    assert not re.search(r"style|href|script|url\(", " ".join(names(root)))


@given(whole)
def test_it_takes_the_colours_it_is_given_and_no_others(drawing: tree.Drawing) -> None:
    ink = Ink(color="#111", accent="#048")
    root = ElementTree.fromstring(svg(drawing, ink))
    assert root.get("color") == "#111"
    colours = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None}
    assert colours <= {"none", "currentColor", "#048"}


def test_points_of_a_short_scale_are_as_large_as_those_of_a_long_one() -> None:
    for high in (3, 5, 10):
        drawn = svg(tree.Scale(1, high))
        across, ems = (
            float(re.findall(pattern, drawn)[0])
            for pattern in (r'viewBox="0 0 ([\d.]+) ', r' width="([\d.]+)em"')
        )
        assert across / ems == pytest.approx(SCALE_UNIT, rel=0.01)


def test_a_letter_that_xml_cannot_hold_shows_as_missing() -> None:
    drawing = tree.Bars((tree.Gauge("a\ufffeb\x00", 0.5, ""),), "")
    root = ElementTree.fromstring(svg(drawing))
    assert next(text.text for text in root.iter(f"{SVG}text")) == "a\ufffdb␀"


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (tree.Bar(0.4), ["40%"]),
        (tree.Bar(None), ["not known"]),
        (tree.Spark((4, None, 7)), ["4, –, 7"]),
        (tree.Scale(1, 10, ("foggy", "clear"), 6), ["6 marked", "1 foggy, 10 clear"]),
        (
            tree.Wheel((tree.Spoke("Work", 7), tree.Spoke("Health", None)), 0, 10, "Highest 7."),
            ["Highest 7.", "0 to 10: Work 7; Health –"],
        ),
        (
            tree.Trend("So far", (tree.Series("Clarity", (4, 5), "+1"),), "Up.", ("1", "2")),
            ["So far", "So far; session 1 to 2; Clarity +1"],
        ),
        (
            tree.Arc((tree.Phase("Foundation", (tree.Stop(1, "held", "9 Feb"),)),), "1 phase."),
            ["1 phase.", "Foundation: ● 1 (9 Feb). ● held"],
        ),
    ],
)
def test_a_screen_reader_hears_what_others_see(drawing: tree.Drawing, said: list[str]) -> None:
    root = ElementTree.fromstring(svg(drawing))
    about = [element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")]
    assert about == said


@pytest.mark.slow
@given(whole)
def test_paper_takes_it(drawing: tree.Drawing) -> None:
    block = tree.Line((drawing,)) if isinstance(drawing, tree.Bar | tree.Spark) else drawing
    made = pdf([tree.Page("Drawing", (block,))], dt.datetime(2027, 2, 23, tzinfo=dt.UTC), Look())
    assert made.data.startswith(b"%PDF-")


def test_paper_has_letters_of_other_scripts_in_a_drawing() -> None:
    title = "مرحبا 😀 #{}[]$\\ <b>&amp;"
    drawing = tree.Timeline((tree.Stretch("14:00", 20, title, "open"),), "14:20", "A segment.")
    made = pdf([tree.Page("Drawing", (drawing,))], dt.datetime(2027, 2, 23, tzinfo=dt.UTC), Look())
    assert made.missing == ""
    shown = "".join(Paper(made.data).words.split())
    for words in ("😀", "#{}[]$\\", "<b>&amp;", "20min", "14:00", "End"):
        assert words in shown


def names(root: ElementTree.Element) -> list[str]:
    """Every name and value in the markup that is no text."""
    return [
        part for element in root.iter() for pair in element.items() for part in (element.tag, *pair)
    ]
