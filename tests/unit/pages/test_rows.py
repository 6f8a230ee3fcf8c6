"""Lists as rows: what JSON says, laid out for a spreadsheet or a line at a time (R151)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.pages.document import ITSELF, Document
from trajplan.pages.rows import csv_text, jsonl_text
from trajplan.text import STEERING


def of(data: Any, *rows: str) -> Document:
    return Document(data=lambda: data, rows=rows or ITSELF)


def table(document: Document) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(csv_text(document)))]


def test_a_row_is_an_object_of_the_list_and_says_whose_it_is() -> None:
    data = {"client": "ann", "client_name": "Ann", "session": 4, "notes": [{"id": 1}, {"id": 2}]}
    assert table(of(data, "notes")) == [
        {"client": "ann", "client_name": "Ann", "id": "1"},
        {"client": "ann", "client_name": "Ann", "id": "2"},
    ]
    assert [json.loads(line) for line in jsonl_text(of(data, "notes")).splitlines()] == [
        {"client": "ann", "client_name": "Ann", "id": 1},
        {"client": "ann", "client_name": "Ann", "id": 2},
    ]


def test_lists_inside_a_list_repeat_the_plain_values_around_them() -> None:
    data = {
        "date": "2027-01-12",
        "clients": [
            {"client": "ann", "off_track": ["two misses"], "waiting": [{"kind": "wrap"}]},
            {"client": "ben", "off_track": [], "waiting": []},
        ],
    }
    assert table(of(data, "clients.waiting")) == [{"client": "ann", "kind": "wrap"}]


def test_two_lists_follow_each_other() -> None:
    data = {"parked": [{"id": 2, "taken": True}], "closed": [{"id": 1, "outcome": "done"}]}
    assert table(of(data, "parked", "closed")) == [
        {"id": "2", "taken": "true", "outcome": ""},
        {"id": "1", "taken": "", "outcome": "done"},
    ]


def test_what_is_nested_is_spread_joined_or_counted() -> None:
    rows = [
        {"flags": {}, "own": None, "path": ["Teach", "Learn"], "days": [], "value": 2.5},
        {"flags": {"rising": "yes"}, "own": {"date": "2027-01-12"}, "path": [], "days": [{}, {}]},
    ]
    assert table(of(rows)) == [
        {"flags.rising": "", "own.date": "", "path": "Teach; Learn", "days": "", "value": "2.5"},
        {"flags.rising": "yes", "own.date": "2027-01-12", "path": "", "days": "2", "value": ""},
    ]
    assert [json.loads(line) for line in jsonl_text(of(rows)).splitlines()] == rows


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+49 30 1234", "-3", "@SUM(A1)", "\tx", "  =1", "＝1", '=HYPERLINK("http://x")'],
)
def test_a_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    assert table(of([{"what": text}])) == [{"what": f"'{text}"}]
    assert table(of([{"what": ["yes", text]}])) == [{"what": f"yes; '{text}"}]
    assert json.loads(jsonl_text(of([{"what": text}]))) == {"what": text}


def test_a_number_below_zero_stays_a_number() -> None:
    assert table(of([{"change": -2}])) == [{"change": "-2"}]


def test_an_empty_list_is_empty() -> None:
    assert csv_text(of({"client": "ann", "notes": []}, "notes")) == ""
    assert jsonl_text(of({"client": "ann", "notes": []}, "notes")) == ""


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.text()}), min_size=1))
def test_any_text_comes_back_and_steers_no_terminal(rows: list[dict[str, str]]) -> None:
    written, lines = csv_text(of(rows)), jsonl_text(of(rows))
    assert not STEERING.search(written + lines)
    assert len(table(of(rows))) == len(rows)
    assert [json.loads(line) for line in lines.split("\n")[:-1]] == rows
