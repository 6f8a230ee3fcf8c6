"""Forms as people really send them back."""

from __future__ import annotations

import pytest
from every_field import SHEET, from_yaml

from trajplan.worksheets.answers import FilledForm, own_names, with_own_labels
from trajplan.worksheets.form import write_form
from trajplan.worksheets.reading import read_form

BLANK = write_form(SHEET)
WRITE_ONE = "; write a whole number from 0 to 10, or leave it empty"


def answered(text: str, **own: str) -> FilledForm:
    found = read_form(SHEET, text, own)
    assert found.faults == ()
    return found


def faults(text: str) -> list[str]:
    return [f"{fault.line}: {fault.message}" for fault in read_form(SHEET, text).faults]


def test_a_blank_form_says_nothing() -> None:
    assert read_form(SHEET, BLANK) == FilledForm(worksheet="small")


def test_an_email_without_any_sign_of_the_form() -> None:
    found = answered(
        "Hi,\nhere it is.\n\nWORK: 7\n  rest = \nrest : 4/10\n* mood: Mixed\n"
        "Hours a week: 32,5 or so\nStory: I was asked\nand said yes.\n"
    )
    assert found.answers == {
        "work": 7,
        "rest": 4,
        "mood": "mixed",
        "hours": 32.5,
        "story": "I was asked\nand said yes.",
    }
    assert found.unmatched[0] == "Hours a week: 32,5 or so"
    assert found.unmatched[-1] == "Hi,\nhere it is."


@pytest.mark.parametrize(
    "heading",
    ["## Work", "# WORK", "##   work  ##", "### **Work**", "Work", "**Work**", "2. Work:"],
)
def test_headings_however_they_came_back(heading: str) -> None:
    assert answered(f"{heading}\n\nRating (0 to 10): 6\n").answers == {"work": 6}


@pytest.mark.parametrize(
    ("line", "value", "rest"),
    [
        ("Rating (0 to 10): 7", 7, ""),
        ("rating: **7**", 7, ""),
        ("7/10", 7, ""),
        ("7 of 10", 7, ""),
        ("- 7", 7, ""),
        ("Rating (0 to 10): 7, since spring", 7, "Work: 7, since spring"),
        ("Rating (0 to 10): ___", None, ""),
        ("Rating (0 to 10): ?", None, ""),
        ("Answer: 10.", 10, ""),
        ("hard to say", None, "Work: hard to say"),
    ],
)
def test_ratings_however_they_are_written(line: str, value: int | None, rest: str) -> None:
    found = answered(f"## Work\n{line}\n")
    assert found.answers.get("work") == value
    assert found.unmatched == ((rest,) if rest else ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "## Work\nRating: seven",
            "2: “Work”: expected a whole number from 0 to 10, found `seven`",
        ),
        ("## Work\n\n11", "3: “Work”: expected a whole number from 0 to 10, found 11"),
        ("## Work\n7.5", "2: “Work”: expected a whole number from 0 to 10, found 7.5"),
        (
            "## Work\n7-8",
            f"2: “Work”: `7-8` is more than one number{WRITE_ONE}",
        ),
        (
            "## Work\n7 or 8",
            f"2: “Work”: `7 or 8` is more than one number{WRITE_ONE}",
        ),
        ("## Work\n7\n8", "3: “Work”: more than one answer; leave one"),
        (
            "## Hours a week\nAnswer: 81",
            "2: “Hours a week”: expected a number from 0 to 80, found 81",
        ),
        ("## Mood\n- [x] bright\n- [x] low", "3: “Mood”: more than one answer; leave one"),
        (
            "## Mood\n- [x] sunny",
            "2: “Mood”: expected one of `bright`, `mixed`, `low`, found `sunny`",
        ),
        (
            "## Values\n| Value | Weight | Lived |\n|---|---|---|\n| Peace | 12 | 3 |",
            "4: row 1, Weight: expected a whole number from 0 to 10, found 12",
        ),
        (
            "## Ways\n### Way 1\n- Cost: -3",
            "3: Way 1, Cost: expected a number of at least 0, found -3",
        ),
        (
            "## Places\n### There\n- Score: 0",
            "3: There, Score: expected a whole number from 1 to 5, found 0",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_line(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_every_fault_is_told_in_the_order_of_the_lines() -> None:
    found = faults("## Mood\n[x] sunny\n## Work\nRating: x\n## Rest\n99")
    assert [one.split(":")[0] for one in found] == ["2", "4", "6"]


def test_lists_with_bullets_or_without() -> None:
    bullets = "## Skills\n- weld\n  and cut\n* plan\nfor many\n\n1. teach\n\nThat is all.\n"
    found = answered(bullets)
    assert found.answers == {"skills": ("weld and cut", "plan for many", "teach")}
    assert found.unmatched == ("Skills: That is all.",)
    assert answered("## Skills\nweld\n\nplan\n").answers == {"skills": ("weld", "plan")}


@pytest.mark.parametrize("mark", ["[x] low", "- [X] low", "(x) Low", "low", "- low", "Answer: LOW"])
def test_choices_however_they_are_marked(mark: str) -> None:
    assert answered(f"## Mood\n- [ ] bright\n{mark}\nfor weeks\n") == FilledForm(
        answers={"mood": "low"}, unmatched=("Mood: for weeks",)
    )


def test_a_table_with_columns_in_another_order_and_one_too_many() -> None:
    found = answered(
        "## Values\nas we said\n| lived | Value | why |\n|:--|--|--|\n"
        "| 3 | Peace \\| quiet | sleep |\n|  |  |  |\n| 4, less now | Work |\n"
    )
    assert found.answers == {
        "values": ({"value": "Peace | quiet", "lived": 3}, {"value": "Work", "lived": 4})
    }
    assert found.unmatched == (
        "Values: as we said",
        "Values: why",
        "Values: why: sleep",
        "Values: Lived: 4, less now",
    )


def test_a_table_without_its_header() -> None:
    found = answered("## Values\n| Peace | 9 | 3 |\n")
    assert found.answers == {"values": ({"value": "Peace", "weight": 9, "lived": 3},)}


def test_cards_with_names_wrapped_lines_and_no_headings() -> None:
    found = answered(
        "## Ways\n### The bakery\n- Way to go: bake\n  at night\n- Themes: calm\n"
        "Way to go: teach\nCost: 1,200\n"
    )
    assert found.answers == {
        "ways": (
            {"way": "bake at night", "themes": "calm"},
            {"way": "teach", "cost": 1200},
        )
    }
    assert found.unmatched == ("Ways: The bakery",)


def test_named_rows_keep_their_order_and_unknown_ones_are_kept() -> None:
    found = answered(
        "## Places\n| Where | Likes |\n|---|---|\n| there | sea |\n| Here | hills |\n"
        "| Moon | dust |\n"
    )
    assert found.answers == {
        "places": ({"row": "Here", "likes": "hills"}, {"row": "There", "likes": "sea"})
    }
    assert found.unmatched == ("Places: Moon · dust",)
    cards = answered("## Places\n### Moon\n- Likes: dust\n### Here\n- Likes: hills\n")
    assert cards.answers == {"places": ({"row": "Here", "likes": "hills"},)}
    assert cards.unmatched == ("Places: ### Moon", "Places: - Likes: dust")


def test_headings_nobody_knows_and_what_stands_under_them() -> None:
    found = answered("# My own\nwords\n## Story\nmine\n### with a part\nof it\n## Else\nmore\n")
    assert found.answers == {"story": "mine\n### with a part\nof it"}
    assert found.unmatched == ("# My own\nwords", "## Else\nmore")


def test_a_clients_own_names() -> None:
    found = answered("## Work\nCall it: The boat\nRating: 3\n## The garden\n8\n", rest="The garden")
    assert found.answers == {"work": 3, "rest": 8}
    assert found.labels == {"work": "The boat"}
    again = with_own_labels(SHEET, found.labels)
    assert own_names(SHEET, again) == {"work": "The boat"}
    form = write_form(SHEET, labels=own_names(SHEET, again))
    assert "Call it: The boat" in form
    assert with_own_labels(SHEET, {"story": "no"}) == SHEET


CLASHING = from_yaml(
    """
kind: worksheet
id: clash
title: Which
for: [client]
fields:
  - {id: a, label: In between, type: text}
  - {id: b, label: Answer, type: rating, min: 0, max: 3, relabel: true}
  - {id: c, label: Which, type: choice, options: [the end, "In between", "Answer: yes"]}
  - {id: d, label: Number, type: number}
  - {id: e, label: Call it, type: text}
"""
)


@pytest.mark.parametrize("option", ["the end", "In between", "Answer: yes"])
def test_a_label_that_is_printed_elsewhere_too(option: str) -> None:
    answers = {"a": "x", "b": 2, "c": option, "d": 4, "e": "y"}
    found = read_form(CLASHING, write_form(CLASHING, answers, labels={"b": "In between"}))
    assert found == FilledForm(answers=answers, labels={"b": "In between"}, worksheet="clash")
    assert read_form(CLASHING, write_form(CLASHING)) == FilledForm(worksheet="clash")


REQUIRED = from_yaml(
    """
kind: worksheet
id: one
title: One thing
for: [client]
fields:
  - {id: must, label: Must, type: text, required: true}
  - {id: may, label: May, type: text}
"""
)


@pytest.mark.parametrize(("text", "line"), [("## May\nx\n", 3), ("## Must\n\n## May\nx", 2)])
def test_what_must_be_filled_in(text: str, line: int) -> None:
    (fault,) = read_form(REQUIRED, text).faults
    assert (fault.line, fault.message) == (line, "“Must” has to be filled in")


def test_a_form_says_what_may_be_written() -> None:
    assert "> 0 = none · 10 = all" in BLANK
    assert "> Weight, Lived: 0 to 10" in BLANK
    assert "> State: open or closed" in BLANK
    assert "| Here |  |  |" in BLANK
    assert BLANK.count("### Way ") == 3
    assert BLANK.endswith("\n")
