"""Worksheets coaches use: boxes to tick, totals, how long money lasts, replies by e-mail (R132)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from coaching import Coach


def filled(coach: Coach, tmp_path: Path, worksheet: str, form: str) -> Any:
    file = tmp_path / "back.md"
    file.write_text(form, encoding="utf-8")
    client = ("--client", "sample-client")
    coach.do("worksheets", "fill", worksheet, "--from", str(file), *client)
    return coach.json("worksheets", "result", worksheet, *client)


def worked_out(result: Any, show: str) -> list[Any]:
    return [summary["data"] for summary in result["summaries"] if summary["show"] == show]


@pytest.mark.req("R132")
def test_what_is_ticked_is_read_and_counted(begun: Coach, tmp_path: Path) -> None:
    blank = begun.do("worksheets", "blank", "values-words").out
    assert "- [ ] Being fair" in blank
    form = blank.replace("- [ ] Being fair", "- [x] Being fair").replace("- [ ] Fun", "- [X] Fun")
    result = filled(begun, tmp_path, "values-words", form)
    assert result["answers"]["ticked"] == ["Being fair", "Fun"]
    assert worked_out(result, "count") == [[{"label": "These matter to me", "count": 2}]]


@pytest.mark.req("R132")
def test_ticks_written_out_count_and_what_is_no_option_is_kept(
    begun: Coach, tmp_path: Path
) -> None:
    form = "## These matter to me\nFun, being fair\n- Nature\nmy dog Rex\n"
    result = filled(begun, tmp_path, "values-words", form)
    assert result["answers"]["ticked"] == ["Being fair", "Nature", "Fun"]
    assert "my dog Rex" in result["unmatched"]


@pytest.mark.req("R132")
def test_totals_weigh_each_row_and_name_the_rows_with_a_gap(begun: Coach, tmp_path: Path) -> None:
    form = (
        "## What else matters\n"
        "| What matters | How much it matters | Option 1 | Option 2 |\n| --- | --- | --- | --- |\n"
        "| pay | 5 | 2 | 4 |\n| peace | 3 | 5 |  |\n| the way there | | 1 | 1 |\n"
    )
    result = filled(begun, tmp_path, "decision-matrix", form)
    assert worked_out(result, "totals") == [
        [
            {"label": "Option 1", "total": 25, "without": ["the way there"]},
            {"label": "Option 2", "total": 20, "without": ["peace", "the way there"]},
        ]
    ]


@pytest.mark.req("R132")
def test_options_written_over_their_numbers_name_what_is_worked_out(
    begun: Coach, tmp_path: Path
) -> None:
    blank = begun.do("worksheets", "blank", "decision-matrix").out
    form = blank.replace("| Option 1 |  |", "| The PhD | three years |", 1)
    form = form.replace("| Option 2 |  |", "| Option 2: joinery |  |", 1)
    must = next(line for line in blank.splitlines() if line.startswith("|  |"))
    assert must == "|  |  |  |  |  |"
    form = form.replace(must, "| not at my parents' | no | yes |  |  |", 1)
    rated = "|  |  |  |  |  |  |"
    form = form.replace(rated, "| pay | 5 | 2 | 4 |  |  |", 1)
    result = filled(begun, tmp_path, "decision-matrix", form)
    assert result["answers"]["options"] == [
        {"row": "Option 1", "what": "The PhD: three years"},
        {"row": "Option 2", "what": "joinery"},
    ]
    assert result["unmatched"] == ""
    lines = {summary["title"]: summary["lines"] for summary in result["summaries"]}
    assert lines["Totals"] == ["The PhD: three years: 10", "joinery: 20"]
    assert lines["Must-haves missing"] == [
        "The PhD: three years: no 1 (not at my parents')",
        "joinery: no 0",
    ]


@pytest.mark.req("R132")
@pytest.mark.parametrize(
    ("savings", "comes_in", "months"),
    [("5000", "1200.10", [{"months": 6.2}]), ("5000", "2100", [{"months": None}]), ("", "9", [])],
)
def test_how_long_money_lasts(
    begun: Coach, tmp_path: Path, savings: str, comes_in: str, months: list[Any]
) -> None:
    form = (
        f"## Money I could live on\nAnswer: {savings}\n"
        "## What comes in each month\n| From where | Amount a month |\n|---|---|\n"
        f"| a part-time job | {comes_in} |\n"
        "## What goes out each month\n| For what | Amount a month |\n|---|---|\n"
        "| rent | 1100.10 |\n| food | 900 |\n"
    )
    result = filled(begun, tmp_path, "money-runway", form)
    assert worked_out(result, "lasts") == months
    assert worked_out(result, "totals")[-1] == [
        {"label": "Amount a month", "total": 2000.1, "without": []}
    ]


@pytest.mark.req("R132")
@pytest.mark.parametrize(
    ("key", "wrong", "words"),
    [
        ("weight: weight", "weight: wieght", "no column `wieght`; did you mean `weight`?"),
        ("weight: weight", "weight: what", "a weight is a column of type number or rating"),
    ],
)
def test_a_weight_that_is_none_is_said(
    begun: Coach, tmp_path: Path, key: str, wrong: str, words: str
) -> None:
    shown = begun.json("worksheets", "show", "decision-matrix")
    text = Path(shown["path"]).read_text(encoding="utf-8")
    file = tmp_path / "matrix.yaml"
    file.write_text(text.replace(key, wrong), encoding="utf-8")
    assert words in begun.refused(10, "blueprints", "check", str(file))


@pytest.mark.req("R132")
def test_no_form_shows_a_comment_mark_and_each_says_what_it_needs(begun: Coach) -> None:
    """F20, F23."""
    for entry in begun.json("worksheets", "list")["worksheets"]:
        form = begun.do("worksheets", "blank", entry["id"], "--client", "sample-client").out
        assert "<!--" not in form, entry["id"]
        needed = [
            field["label"]
            for field in begun.json("worksheets", "show", entry["id"])["fields"]
            if field.get("required")
        ]
        how = next(line for line in form.split("\n") if "does not fit" in line)
        assert ("nothing has to be filled in" in how) is not needed, entry["id"]
        assert all(f"“{label}”" in how for label in needed), entry["id"]
        assert form.count("> Please fill this one in.") == len(needed)
        assert not re.search(r"\| (It|This) \|", form), entry["id"]


@pytest.mark.req("R132")
@pytest.mark.parametrize("quotes", ["> ", ">> ", ">"])
def test_a_reply_by_email_reads_back(begun: Coach, tmp_path: Path, quotes: str) -> None:
    """F34: the quote marks of the reply are no answer, and choices are read."""
    blank = begun.do("worksheets", "blank", "values-words", "--client", "sample-client").out
    reply = "\n".join(f"{quotes}{line}".rstrip() for line in blank.split("\n"))
    reply = reply.replace(f"{quotes}- [ ] Fun", f"{quotes}- [x] Fun")
    label = "Two of them that don't go together easily"
    reply = reply.replace(f"## {label}", f"## {label}\nquiet and adventure")
    result = filled(begun, tmp_path, "values-words", reply)
    assert result["answers"] == {"ticked": ["Fun"], "hard": "quiet and adventure"}
    assert not result["unmatched"]


@pytest.mark.req("R132")
def test_a_hint_that_a_mail_program_broke_in_two_is_no_answer(begun: Coach, tmp_path: Path) -> None:
    form = (
        "> ## So I need something by\n> > A month is enough. Leave it\n> > empty if you don't know "
        "yet.\n>\n> ## One thing to do about it this month\n> \nring the bank\n"
    )
    result = filled(begun, tmp_path, "money-runway", form)
    assert result["answers"] == {"next": "ring the bank"}
