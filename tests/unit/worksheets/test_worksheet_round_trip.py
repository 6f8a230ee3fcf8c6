"""Whatever is written into a form comes back from it, to the letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from every_field import SHEET, from_yaml
from hypothesis import given
from hypothesis import strategies as st

from few import few
from trajplan.worksheets.form import with_faults, write_form
from trajplan.worksheets.reading import read_form

TRICKY = st.sampled_from([*"#>\\<|-*:_ \n[]x`&7：.", "<!-- trajplan: ", "## Story", "### "])
CHARACTERS = st.one_of(TRICKY, st.characters(exclude_categories=["Cs", "Cc"]))
TEXT = st.lists(CHARACTERS, max_size=40).map(lambda parts: "".join(parts).strip()).filter(bool)
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
COST = st.one_of(
    st.integers(0, 10**12),
    st.floats(0, 1e12, allow_nan=False).filter(lambda number: not number.is_integer()),
)


def filled(*names: str, **cells: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Rows of a table: under their names, or as many as one likes."""
    row = st.fixed_dictionaries({}, optional=dict(cells)).filter(bool)
    if not names:
        return st.lists(row, min_size=1, max_size=4).map(tuple)
    named = st.fixed_dictionaries({}, optional=dict.fromkeys(names, row)).filter(bool)
    return named.map(
        lambda found: tuple({"row": name, **found[name]} for name in names if name in found)
    )


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "story": TEXT,
        "skills": st.lists(LINE, min_size=1, max_size=4).map(tuple),
        "wanted": st.lists(LINE, min_size=1, max_size=4).map(tuple),
        "hours": st.integers(0, 80),
        "work": st.integers(0, 10),
        "rest": st.integers(0, 10),
        "mood": st.sampled_from(["bright", "mixed", "low"]),
        "values": filled(value=LINE, weight=st.integers(0, 10), lived=st.integers(0, 10)),
        "ways": filled(way=LINE, themes=LINE, cost=COST, state=st.sampled_from(["open", "closed"])),
        "places": filled("Here", "There", likes=LINE, score=st.integers(1, 5)),
    },
)


@given(ANSWERS, LINE, LINE)
def test_any_answer_survives_the_form(answers: dict[str, Any], own: str, client: str) -> None:
    text = write_form(SHEET, answers, labels={"work": own}, client="ana", name=client)
    found = read_form(SHEET, text)
    assert found.faults == ()
    assert found.unmatched == ()
    assert dict(found.answers) == answers
    assert found.labels == {"work": own}
    assert (found.worksheet, found.client) == ("small", "ana")


BEFORE = st.sampled_from(
    [
        "",
        "  ",
        "- ",
        "* ",
        "1. ",
        "> ",
        "# ",
        "## ",
        "### ",
        "#### ",
        "| ",
        "a | b | ",
        "- [x] ",
        "[ ] ",
        "Rating: ",
        "Rating: 7 ",
        "Answer: ",
        "Story: ",
        "work: ",
        "- Way to go: ",
        "Cost: ",
        "Call it: ",
        *("```", "<p>", "**", "Wanted:", "Where: ", "| Here | ", "### Here "),
    ]
)


@given(
    st.booleans(),
    ANSWERS,
    st.lists(st.tuples(st.integers(0, 90), BEFORE), min_size=1, max_size=5),
)
@pytest.mark.slow
def test_no_word_that_is_added_anywhere_is_lost(
    blank: bool, answers: dict[str, Any], added: list[tuple[int, str]]
) -> None:
    lines = write_form(SHEET, {} if blank else answers).split("\n")
    words = []
    for number, (at, before) in enumerate(added):
        words.append(f"zebra{number}")
        lines.insert(min(at, len(lines)), f"{before}zebra{number} runs")
    found = read_form(SHEET, "\n".join(lines))
    faults = [fault.message for fault in found.faults]
    told = " ".join([str(found.answers), str(found.labels), *found.unmatched, *faults])
    for word in words:
        assert word in told


WORKSHEETS = [
    *sorted((Path(__file__).parents[3] / "blueprints/worksheets").glob("*.yaml")),
    Path(__file__).parents[2] / "content/valid/blueprints/worksheets/small.yaml",
]


@pytest.mark.parametrize("file", few(WORKSHEETS, 2), ids=lambda file: file.stem)
def test_no_word_on_a_line_of_print_is_lost(file: Path) -> None:
    sheet = from_yaml(file.read_text())
    lines = write_form(sheet, {}, client="ana", name="Ana").split("\n")
    lost = []
    for number, line in enumerate(lines):
        words = line.split(" ")
        for gap in range(len(words) + 1):
            written = " ".join([*words[:gap], "zebra", *words[gap:]])
            text = "\n".join([*lines[:number], written, *lines[number + 1 :]])
            found = read_form(sheet, text, name="Ana")
            told = " ".join([str(found.answers), str(found.labels), *found.unmatched])
            # Another client's form, another worksheet's and one with a fault are refused.
            refused = found.faults or "zebra" in found.worksheet + found.client
            if not refused and "zebra" not in told:
                lost.append(written)
    assert lost == []


def test_a_second_name_for_a_field_is_not_lost() -> None:
    text = write_form(SHEET, {}).replace("Call it:", "Call it: Craft\nCall it: Trade", 1)
    found = read_form(SHEET, text)
    assert "Craft" in found.labels.values()
    assert "Trade" in " ".join([str(found.answers), *found.unmatched])


@given(TEXT, st.lists(st.tuples(st.integers(1, 9), LINE), max_size=3))
def test_what_is_to_be_mended_is_said_without_changing_a_letter(
    text: str, faults: list[tuple[int, str]]
) -> None:
    if "<!-- trajplan:" in text:
        return
    marked = with_faults(text, faults)
    assert marked.count("<!-- trajplan: to mend:") >= len(faults)
    assert with_faults(marked, []) == text
    assert read_form(SHEET, marked) == read_form(SHEET, text)
