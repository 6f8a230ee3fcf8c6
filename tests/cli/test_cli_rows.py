"""Lists for a spreadsheet or another program: `--format csv` and `jsonl` (R151)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from coaching import Coach, told_once
from trajplan.cli.app import app

RECORDS: dict[tuple[str, ...], str] = {
    ("clients",): "",
    ("sessions",): "sessions",
    ("commitments",): "commitments",
    ("goals",): "goals",
    ("indicators",): "indicators",
    ("assumptions",): "assumptions",
    ("notes",): "notes",
    ("parked",): "parked",
    ("tci",): "entries",
    ("worksheets", "history"): "fillings",
    ("search", "the"): "found",
    ("progress",): "kinds",
    ("sessions", "days-off"): "days_off",
    ("undo", "--list"): "",
    ("practice", "retention"): "clients",
    ("practice", "backups"): "backups",
    ("indicators", "show", "1"): "readings",
}
"""Each list and log of records, and where its objects stand in what it says as JSON."""
CONTENT: dict[tuple[str, ...], str] = {
    ("pages",): "pages",
    ("worksheets",): "worksheets",
    ("questions", "list", "--level", "analytical"): "",
    ("questions", "search", "boss"): "",
    ("questions", "lint"): "",
    ("blueprints",): "",
    ("blueprints", "search", "first"): "",
    ("blueprints", "lint"): "",
}
"""The same of content."""
INSIDE = {("today",): "clients.waiting", ("tci", "--scaled"): "questions.answers"}
"""Those whose rows stand in a list in each object of another."""


def rows(coach: Coach, *words: str) -> tuple[list[dict[str, str]], list[dict[str, Any]]]:
    """A list as CSV and as JSON lines."""
    table = [*csv.DictReader(io.StringIO(coach.do(*words, "--format", "csv").out))]
    lines = [json.loads(line) for line in coach.do(*words, "--format", "jsonl").out.splitlines()]
    return table, lines


@pytest.fixture
@told_once
def full(held: Coach) -> Coach:
    """A coach who has something in every list."""
    held.do("goals", "add", "Teach a trade")
    held.do("indicators", "add", "Mornings run", "--kind", "leading", "--target", "3")
    held.do("indicators", "update", "1", "--value", "2")
    held.do("practice", "backup")
    held.do("sessions", "days-off", "2027-08-01", "--until", "2027-08-14", "--for", "Summer")
    held.do("notes", "add", "Eyes down at the word roster.")
    answers = "kind: answers\nanswers: {strengths: [Patience, Calm when machines stop]}\n"
    held.do("worksheets", "fill", "swot", "--from", "-", stdin=answers)
    return held


@pytest.mark.req("R151")
def test_every_list_of_records_says_the_same_in_rows(full: Coach) -> None:
    for words, name in RECORDS.items():
        assert _compared(full, words, name) > 0, words


@pytest.mark.slow
@pytest.mark.req("R151")
def test_every_list_of_content_says_the_same_in_rows(full: Coach) -> None:
    hints = ("questions", "lint", full.write("closed.md", "- Do you like it?\n"))
    for words, name in {**CONTENT, hints: ""}.items():
        # A clean library gives no hints.
        assert _compared(full, words, name) > 0 or words[1:] == ("lint",), words


def _compared(coach: Coach, words: tuple[str, ...], name: str) -> int:
    """How many rows a list has, which say what its objects say."""
    data = coach.json(*words)
    objects = data[name] if name else data
    table, lines = rows(coach, *words)
    for row, line, said in zip(table, lines, objects, strict=True):
        assert {key: line[key] for key in said} == said
        cells = dict(_plain(said))
        assert {key: row[key].removeprefix("'") for key in cells} == cells
    return len(objects)


def _plain(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Texts, numbers and ticks as a cell has them."""
    for key, value in said.items():
        if isinstance(value, str | int):
            yield key, str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.req("R151")
def test_what_waits_is_a_row_a_thing_with_whose_it_is(full: Coach) -> None:
    table, lines = rows(full, "today")
    waiting = [due for client in full.json("today")["clients"] for due in client["waiting"]]
    assert [row["text"] for row in table] == [due["text"] for due in waiting]
    assert {line["client"] for line in lines} == {"sample-client"}


def test_every_command_that_offers_rows_is_among_these() -> None:
    offering = {words for words, formats in _formats() if "csv" in formats}
    listed = {_named(words) for words in (*RECORDS, *CONTENT, *INSIDE)}
    assert offering == listed


def _named(words: tuple[str, ...]) -> str:
    """The command that is run: `notes list` for `notes`."""
    command = typer.main.get_command(app)
    found: list[str] = []
    for word in words:
        if word not in getattr(command, "table", {}):
            break
        command = command.get_command(None, word)
        found.append(word)
    return " ".join([*found, *filter(None, [getattr(command, "bare", "")])])


def _formats(command: Any = None, front: str = "") -> list[tuple[str, list[str]]]:
    command = command or typer.main.get_command(app)
    if hasattr(command, "table"):
        return [
            found
            for name in command.table
            for found in _formats(command.get_command(None, name), f"{front} {name}".strip())
        ]
    return [
        (front, list(parameter.type.choices))
        for parameter in command.params
        if parameter.name == "file_format" and hasattr(parameter.type, "choices")
    ]


@pytest.mark.req("R151")
def test_a_promise_that_looks_like_a_formula_stays_text(held: Coach) -> None:
    held.do(
        *("commitments", "add", '=HYPERLINK("http://example.org";"x")', "--when", "+7d"),
        *("--how-will-i-know", "-1 or +1"),
    )
    table, lines = rows(held, "commitments")
    assert table[-1]["what"] == '\'=HYPERLINK("http://example.org";"x")'
    assert table[-1]["how_will_i_know"] == "'-1 or +1"
    assert lines[-1]["what"] == '=HYPERLINK("http://example.org";"x")'


@pytest.mark.req("R151")
def test_a_file_opens_in_a_spreadsheet_as_it_was_typed(held: Coach) -> None:
    held.do("notes", "add", 'Zwei Zeilen, "so":\nÄrger; 山田')
    file = held.home / "notes.csv"
    held.do("notes", "-o", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbfclient,")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert [*csv.DictReader(lines)][-1]["text"] == 'Zwei Zeilen, "so":\nÄrger; 山田'
    assert file.stat().st_mode & 0o077 == 0
    assert held.do("notes", "--format", "csv").out == file.read_text("utf-8-sig")
    lines_file = held.home / "notes.jsonl"
    held.do("notes", "-o", str(lines_file))
    assert json.loads(lines_file.read_text("utf-8").splitlines()[-1])["client"] == "sample-client"


def test_a_command_is_not_taken_back_for_a_form_of_the_list(held: Coach) -> None:
    before = held.json("undo", "--list")
    assert "csv and jsonl are for --list" in held.refused(2, "undo", "--format", "csv")
    held.refused(2, "undo", "-o", "undone.jsonl")
    assert held.json("undo", "--list") == before


def test_what_is_no_list_says_what_it_can_be(held: Coach) -> None:
    said = re.sub(r"\s+", " ", held.refused(2, "show", "--format", "csv"))
    assert "'csv' is not one of 'terminal', 'markdown', 'html'" in said
    before = held.json("parked")
    assert "cannot be written as `.csv`" in held.refused(1, "parked", "add", "x", "-o", "a.csv")
    assert held.json("parked") == before
