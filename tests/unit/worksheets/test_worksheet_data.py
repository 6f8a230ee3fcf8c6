"""Answers that come as data."""

from __future__ import annotations

from typing import Any

import pytest
from every_field import SHEET

from trajplan.content.document import Decimal
from trajplan.content.worksheet_model import Field, Worksheet
from trajplan.worksheets.data import read_data, read_labels


def read(data: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    said: list[tuple[Any, ...]] = []
    return read_data(SHEET, data, lambda path, words: said.append((*path, words))), said


def test_every_kind_of_answer_by_id_or_label() -> None:
    data = {
        "story": " Once\nupon ",
        "SKILLS": ["weld ", 3, None, ""],
        "Hours a week": 40.0,
        "work": 0,
        "mood": "Bright",
        "values": [{"Value": "Peace", "weight": 9}, {"value": None}, {}],
        "places": {"there": {"likes": "sea"}, "Here": {"score": 5}},
        "ways": [],
        "wanted": None,
        "rest": "",
    }
    answers, said = read(data)
    assert said == []
    assert answers == {
        "story": "Once\nupon",
        "skills": ("weld", "3"),
        "hours": 40,
        "work": 0,
        "mood": "bright",
        "values": ({"value": "Peace", "weight": 9},),
        "places": ({"row": "Here", "score": 5}, {"row": "There", "likes": "sea"}),
    }


@pytest.mark.parametrize(
    ("ticked", "answer", "said"),
    [
        (["HILLS", "sea"], ("Sea", "Hills"), []),
        ("sea", ("Sea",), []),
        (["sea", "wood"], ("Sea",), [("likes", 1, "expected one of `Sea`, `Hills`, found `wood`")]),
        ("wood", None, [("likes", "expected one of `Sea`, `Hills`, found `wood`")]),
    ],
)
def test_what_is_ticked_stands_in_the_worksheets_order(
    ticked: Any, answer: tuple[str, ...] | None, said: list[tuple[Any, ...]]
) -> None:
    options = Field(id="likes", label="Likes", type="ticks", options=("Sea", "Hills"))
    sheet = Worksheet(
        kind="worksheet", id="places", title="Places", filled_by=("client",), fields=(options,)
    )
    faults: list[tuple[Any, ...]] = []
    answers = read_data(sheet, {"likes": ticked}, lambda path, words: faults.append((*path, words)))
    assert answers == ({"likes": answer} if answer else {})
    assert faults == said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"sory": "x"}, ("sory", "this worksheet has no field `sory`; did you mean `story`?")),
        ({"story": ["x"]}, ("story", "expected text")),
        ({"story": True}, ("story", "expected text")),
        ({"skills": "x"}, ("skills", "expected a list such as [one, two]")),
        ({"skills": [{}]}, ("skills", 0, "expected text")),
        ({"work": 11}, ("work", "expected a whole number from 0 to 10, found 11")),
        ({"work": "7"}, ("work", "expected a whole number from 0 to 10")),
        ({"work": True}, ("work", "expected a whole number from 0 to 10")),
        ({"hours": float("inf")}, ("hours", "expected a number from 0 to 80")),
        ({"mood": "sunny"}, ("mood", "expected one of `bright`, `mixed`, `low`, found `sunny`")),
        ({"mood": 3}, ("mood", "expected one of `bright`, `mixed`, `low`")),
        ({"values": {"a": {}}}, ("values", "expected a list of rows")),
        ({"values": ["x"]}, ("values", 0, "expected a row: cells by column (`column: value`)")),
        (
            {"values": [{"weigth": 3}]},
            ("values", 0, "weigth", "“Values” has no column `weigth`; did you mean `weight`?"),
        ),
        ({"values": [{"weight": 11}]}, (
            "values", 0, "weight", "expected a whole number from 0 to 10, found 11",
        )),
        ({"places": "x"}, ("places", "expected rows by their names")),
        ({"places": {"Moon": {"likes": "x"}}}, (
            "places", "Moon", "“Places” has no such row; possible: `Here`, `There`",
        )),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_with_its_place(
    data: dict[str, Any], said: tuple[Any, ...]
) -> None:
    answers, found = read(data)
    assert found == [said]
    assert answers == {}


def test_a_number_with_a_point_is_text_as_written_and_a_number_as_meant() -> None:
    answers, said = read({"story": Decimal("5.50"), "hours": Decimal("5.50")})
    assert (answers, said) == ({"story": "5.50", "hours": 5.5}, [])
    assert type(answers["hours"]) is float


def test_names_a_client_gives() -> None:
    said: list[tuple[Any, ...]] = []
    found = read_labels(
        SHEET,
        {"work": " The  boat ", "Rest": "", "mood": "x", "who": "y"},
        lambda path, words: said.append((*path, words)),
    )
    assert found == {"work": "The boat"}
    assert [one[0] for one in said] == ["mood", "who"]
