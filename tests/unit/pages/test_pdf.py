"""Paper: whatever is typed can be set, stays words, and is all there."""

from __future__ import annotations

import datetime as dt
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_printers import pages

from page_words import squeezed
from paper import FOOT, Paper
from trajplan.errors import CannotDo
from trajplan.pages import page as tree
from trajplan.pages.look import Look
from trajplan.pages.markdown import markdown
from trajplan.pages.page import Page
from trajplan.pages.pdf import LARGE, SMALLER, USUAL, pdf

DAY = dt.datetime(2027, 2, 23, tzinfo=dt.UTC)
LOOK = Look()
CHARTED = (tree.Timeline, tree.Bars, tree.Trend, tree.Wheel, tree.Arc, tree.Scale)
"""Have words of their own in a picture, or numbers at each point."""


def on_paper(*blocks: tree.Block, title: str = "x") -> Paper:
    return Paper(pdf([Page(title, blocks)], DAY, LOOK).data)


def without_foot(sheet: str) -> str:
    return FOOT.sub("", sheet)


@pytest.mark.slow
@given(pages)
def test_any_page_can_be_set_and_keeps_its_letters(page: Page) -> None:
    printed = Paper(pdf([page], DAY, LOOK).data)
    if any(isinstance(block, CHARTED) for block in page.blocks):
        return
    # Each further sheet repeats the title.
    more = len(printed.sheets) - 1
    for letter in "ab":
        again = more * printed.title.count(letter)
        assert "".join(map(without_foot, printed.sheets)).count(letter) - again == markdown(
            page
        ).count(letter)


@pytest.mark.slow
@given(st.text("#{}[]$\\\"'/*@<>_`~=-+ \n", min_size=1, max_size=40))
def test_marks_of_typst_stay_what_was_typed(words: str) -> None:
    bare = "".join(words.split())
    assert bare in squeezed(on_paper(tree.Line(f"a{words}z")).words)


def test_values_are_data_and_the_style_holds_no_words() -> None:
    hostile = '"]) #panic() //'
    assert hostile in on_paper(tree.Line(hostile), tree.Tick(hostile)).words
    assert on_paper(tree.Line(hostile), title=hostile).title == hostile


def test_a_label_of_a_chart_takes_any_script_that_text_takes() -> None:
    label = "علي and 😀 ◐ after"
    printed = pdf([Page("x", (tree.Bars((tree.Gauge(label, 0.5, "t"),), "s"),))], DAY, LOOK)
    assert printed.missing == ""
    words = Paper(printed.data).words
    assert all(piece in words for piece in ("and", "😀", "◐", "after"))


def test_a_heading_level_that_is_left_out_is_no_fault() -> None:
    printed = on_paper(tree.Heading("Deep", 3), tree.Line("text"), tree.Heading("Up", 2))
    assert "Deep" in printed.words


@pytest.mark.parametrize("value", [None, 7])
def test_a_scale_may_be_the_last_on_a_page(value: int | None) -> None:
    words = on_paper(tree.Scale(0, 10, ("not at all", "fully"), value)).words
    assert all(piece in words for piece in ("not at all", "fully", "10"))


def test_letters_are_large_where_there_is_room() -> None:
    def sizes(paper: Paper) -> set[float]:
        found: set[float] = set()

        def visit(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
            if "body" in text:
                found.add(round(size * matrix[0], 2) if matrix[0] != 1 else round(size, 2))

        for page in paper.reader.pages:
            page.extract_text(visitor_text=visit)
        return found

    line = tree.Line("body " * 15)
    assert sizes(on_paper(line)) == {LARGE}
    assert sizes(on_paper(*[line] * 200)) == {USUAL}
    tight = on_paper(*[line] * 50)
    assert (sizes(tight), len(tight.sheets)) == ({SMALLER[0]}, 1)


@pytest.mark.parametrize(
    "before",
    [tree.Pairs((tree.Pair("What", "a call"),)), tree.Bullets(("a call",)), tree.Scale(1, 10)],
    ids=["labels", "points", "scale"],
)
def test_what_opens_something_new_stands_apart(before: tree.Block) -> None:
    def height(*words: tree.Inline) -> float:
        found: list[float] = []

        def visit(text: str, place: list[float], at: list[float], *_: object) -> None:
            if "Commitment" in text:
                found.append(at[5] * place[3] + place[5])

        page = on_paper(before, tree.Line(words), tree.Line("after")).reader.pages[0]
        page.extract_text(visitor_text=visit)
        return found[0]

    bold = height(tree.bold("Commitment 2:"), " Call")
    plain = height("Commitment 2:", " Call")
    assert bold < plain - 2  # upwards from the foot of the sheet, in points


def test_a_row_that_fits_is_not_torn_apart() -> None:
    rows = tuple((f"row {number}", "some words " * 30) for number in range(30))
    printed = on_paper(tree.Table(("row", "text"), rows))
    assert len(printed.sheets) > 1
    for sheet in printed.sheets:
        assert sheet.count("row text") == 1  # the head of the table comes again
    for number in range(30):
        assert any(f"row {number} some" in " ".join(sheet.split()) for sheet in printed.sheets), (
            number
        )


def test_a_card_to_write_on_is_not_torn() -> None:
    def card(number: int) -> tuple[tree.Block, tree.Block]:
        rows = tuple(tree.Pair(f"row {number} {row}", (tree.Gap(40),)) for row in range(11))
        return tree.Heading(f"Card {number}", 3), tree.Pairs(rows)

    sheets = on_paper(*(block for number in (1, 2, 3) for block in card(number))).sheets
    assert len(sheets) > 1
    for number in (1, 2, 3):
        held = [sheet for sheet in sheets if f"row {number} 0" in sheet]
        assert [f"row {number} 10" in sheet for sheet in held] == [True]


@pytest.mark.req("R161")
@pytest.mark.parametrize(
    "block",
    [
        tree.Table(("a", "b", "c", "d"), (("1", "2", "3", "4"),) * 2000),
        tree.Pairs((tree.Pair("a", "b"),) * 5000),
        tree.Bullets(("a",) * 9000),
        tree.Tick("a", done=False),
    ],
)
def test_what_would_take_too_much_room_is_refused_before_it_is_set(block: tree.Block) -> None:
    blocks = (block,) * (3000 if isinstance(block, tree.Tick) else 1)
    with pytest.raises(CannotDo, match="too long for a PDF"):
        pdf([Page("x", blocks)], DAY, LOOK)


@pytest.mark.req("R161")
@pytest.mark.parametrize("word", ["schiff", "word "])
def test_a_cell_of_any_length_takes_about_as_long_as_a_line_of_it(word: str) -> None:
    text = word * (15_000 // len(word))
    table = tree.Table(("id", "note", "kind"), (("1", text, "record"),))

    def cost(block: tree.Block) -> float:
        begun = process_time()
        pdf([Page("x", (block,))], DAY, LOOK)
        return process_time() - begun

    cost(tree.Line("warm"))
    assert cost(table) <= 9 * max(cost(tree.Line(text)), 0.02)
