"""All printers of a page: whatever is typed shows as typed, and they say the same words."""

from __future__ import annotations

import io
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from random_drawings import bar, drawings, scales, spark, typed
from rich.cells import cell_len
from rich.console import Console

from html_reader import HtmlPage
from page_words import leaves, letters, parse, seen, squeezed
from trajplan.pages import page as tree
from trajplan.pages.html import html
from trajplan.pages.look import Look
from trajplan.pages.markdown import markdown
from trajplan.pages.page import Page
from trajplan.pages.terminal import height, terminal
from trajplan.text import STEERING, visible

inline = st.one_of(
    typed,
    st.builds(tree.Span, typed, st.sampled_from(tree.Style.__args__)),  # type: ignore[attr-defined]
    bar,
    spark,
    st.just(tree.Gap(4)),
)
text = typed | st.lists(inline, max_size=4).map(tuple)
mark = st.sampled_from(["", "◆", "✗"])
leaf = st.builds(tree.Item, text, mark)
item = st.one_of(
    text, st.builds(tree.Item, text, mark, st.lists(text | leaf, max_size=2).map(tuple))
)
below = st.lists(item, max_size=2).map(tuple)
column = typed | st.builds(tree.Column, typed, right=st.booleans(), whole=st.booleans())
pair = st.builds(tree.Pair, typed, text, below)


@st.composite
def tables(draw: st.DrawFn) -> tree.Table:
    columns = draw(st.lists(column, min_size=1, max_size=4))
    rows = st.lists(st.tuples(*[text] * len(columns)), min_size=1, max_size=3)
    return tree.Table(tuple(columns), tuple(draw(rows)))


block = st.one_of(
    st.builds(tree.Heading, text, st.sampled_from([2, 3])),
    st.builds(tree.Line, text),
    st.builds(tree.Bullets, st.lists(item, min_size=1, max_size=3).map(tuple)),
    st.builds(
        tree.Pairs,
        st.lists(st.builds(tree.Pair, typed, text, below), min_size=1, max_size=3).map(tuple),
    ),
    tables(),
    st.builds(
        tree.Ask,
        text,
        st.integers(0, 20),
        st.sampled_from(["", "»", "●"]),
        st.sampled_from(["", "14:05"]),
        st.lists(text, max_size=2).map(tuple),
    ),
    st.builds(tree.Tick, text, st.booleans()),
    st.builds(tree.Blank, typed, st.integers(1, 2)),
    scales(typed),
    drawings(typed, text),
)
pages = st.builds(Page, text, st.lists(block, max_size=4).map(tuple))


@given(pages)
def test_a_page_can_be_kept_and_read_back(page: Page) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(page), type=Page) == page
    assert msgspec.json.decode(msgspec.json.encode(page), type=Page) == page


@given(pages)
def test_nothing_typed_becomes_markup(page: Page) -> None:
    tokens = list(leaves(parse(markdown(page))))
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "fence", "code_block"}
    assert not kinds & {"blockquote_open", "hr", "ordered_list_open"}
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings[0] == "h1"
    assert len(headings) == 1 + sum(isinstance(part, tree.Heading) for part in page.blocks)


@given(pages)
def test_html_has_the_elements_of_the_tree_alone(page: Page) -> None:
    tags = HtmlPage(html([page], Look())).tags
    counted = {tag: tags.count(tag) for tag in ("h1", "style", "main", "label", "thead")}
    blocks = [type(part) for part in page.blocks]
    assert (counted["h1"], counted["style"], counted["main"]) == (1, 1, 1)
    assert tags.count("h2") + tags.count("h3") == blocks.count(tree.Heading)
    assert counted["label"] == blocks.count(tree.Tick)
    assert counted["thead"] == blocks.count(tree.Table)
    levels = [int(tag[1]) for tag in tags if tag in ("h1", "h2", "h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@given(text)
def test_every_word_shows_as_typed(words: tree.Text) -> None:
    page = Page("x", (tree.Line(words),))
    source = markdown(page)
    typed_words = "".join(
        part if isinstance(part, str) else part.text
        for part in ([words] if isinstance(words, str) else words)
        if isinstance(part, str | tree.Span)
    )
    drawn = set("▁▂▃▄▅▆▇█░·┃")
    assert [letter for letter in squeezed(seen(source))[1:] if letter not in drawn | {"_"}] == [
        letter for letter in squeezed(visible(typed_words)) if letter != "_"
    ]
    read = squeezed(HtmlPage(html([page], Look())).words)
    assert read == "x" + squeezed(visible(typed_words))


@given(pages)
def test_all_printers_say_the_same_words(page: Page) -> None:
    view, drawn = shown(page, 4000), html([page], Look())
    words = letters(seen(markdown(page)))
    assert words == letters(view)
    read = letters(HtmlPage(drawn).words)
    # A journey's arc names its sessions one by one where others name them row by row.
    has_arc = any(isinstance(part, tree.Arc) for part in page.blocks)
    assert sorted(read) == sorted(words) if has_arc else read == words
    assert not STEERING.search(view + markdown(page) + drawn)


@given(pages, st.integers(40, 100))
def test_a_terminal_page_fits_its_width(page: Page, width: int) -> None:
    for line in shown(page, width).splitlines():
        assert cell_len(line) <= width


@given(pages, st.integers(40, 100))
def test_the_height_of_a_page_is_that_of_its_blocks(page: Page, width: int) -> None:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
    assert height(page, width) == len(console.render_lines(terminal(page, width), pad=False))


def shown(page: Page, width: int) -> str:
    console = Console(
        width=width, file=io.StringIO(), markup=False, highlight=False, emoji=False, no_color=True
    )
    with console.capture() as capture:
        console.print(terminal(page, width))
    return capture.get()
