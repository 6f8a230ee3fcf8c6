"""Questions of a coach's own, brought along in whatever form (R129, F32-F44)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from coaching import Coach, questions_of
from few import few


def imported(coach: Coach, file: Path, *options: str) -> tuple[list[Any], str]:
    """The questions of the bank a file becomes, and what is said about the rest."""
    run = coach.do("questions", "import", str(file), *options)
    return yaml.safe_load(run.out)["questions"], run.err


def texts_of(coach: Coach, tmp_path: Path, name: str, text: str, *options: str) -> list[str]:
    file = tmp_path / name
    file.write_bytes(text.encode("utf-8"))
    return [question["text"] for question in imported(coach, file, *options)[0]]


@pytest.mark.parametrize(
    "line", ["Was möchten Sie ändern?", "O que você quer mudar?", "Что вы хотите изменить?"]
)
def test_the_lint_is_silent_in_languages_it_does_not_know(coach: Coach, line: str) -> None:
    """F32."""
    judged = coach.json("questions", "lint", "-", stdin=f"{line}\n")
    assert [(line["hints"], line["level"], line["open"]) for line in judged] == [([], None, None)]
    english = coach.json("questions", "lint", "-", stdin="Have you tried asking her?\n")
    assert english[0]["hints"]


def test_a_bank_in_another_language_gets_no_hints(coach: Coach, tmp_path: Path) -> None:
    """F32."""
    file = tmp_path / "mine.yaml"
    bank = {
        "kind": "question-bank", "id": "mine", "title": "Meine", "language": "de",
        "questions": [
            {"id": "mine-1", "text": "Haben Sie schon mit ihr gesprochen?", "level": "analytical",
             "breadth": 3, "minutes": 3},
        ],
    }  # fmt: skip
    file.write_text(yaml.safe_dump(bank, allow_unicode=True), encoding="utf-8")
    assert coach.json("questions", "lint", str(file)) == []


def test_json_is_linted_as_it_is_imported(coach: Coach, tmp_path: Path) -> None:
    """F33: ids and dates are no questions."""
    file = tmp_path / "list.json"
    rows = [
        {"id": "a-1", "date": "2026-01-02", "question": "What do you want?"},
        {"id": "a-2", "date": "2026-01-03", "question": "Have you tried asking her?"},
    ]
    file.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    run = coach.do("questions", "lint", str(file))
    assert "2 questions" in run.err
    hints = coach.json("questions", "lint", str(file))
    assert {hint["line"] for hint in hints} == {10}


@pytest.mark.parametrize(
    ("name", "text", "texts"),
    few([
        ("f35.md", "##### “What are you avoiding?” - A Coach\nbecause.\n",
         ["What are you avoiding?"]),
        ("f37.md", "**What made you come?*** [Text area]\n\n**How are you?** [Radio]\n"
                   "- ( ) well\n- ( ) so so\n\n- What now?\n",
         ["What made you come?", "How are you?", "What now?"]),
        ("f39.md", "#### 1. What is my goal?\n\n> 1. What do we want?\n",
         ["What is my goal?", "What do we want?"]),
        ("f40.md", "- Keep one thing...\n  What is it?\n", ["Keep one thing... What is it?"]),
        ("f40b.md", "- Keep one thing...\nWhat is it?\n", ["Keep one thing... What is it?"]),
        ("greek.md", "- Τι θέλεις;\n- Ένα\n", ["Τι θέλεις;", "Ένα"]),
        ("greek-text.md", "Τι θέλεις;\n", ["Τι θέλεις;"]),
        ("mac.md", "- What now?\r- What else?\r", ["What now?", "What else?"]),
    ], 5),
)  # fmt: skip
def test_what_is_read(coach: Coach, tmp_path: Path, name: str, text: str, texts: list[str]) -> None:
    """F35, F37, F39, F40, F42."""
    assert texts_of(coach, tmp_path, name, text) == texts


def test_a_code_block_is_taken_as_text(coach: Coach, tmp_path: Path) -> None:
    """F36: the advice that is given helps."""
    file = tmp_path / "fenced.md"
    file.write_text("```\n• What now?\n• What else?\n```\n", encoding="utf-8")
    assert "`--as text` takes every line" in coach.refused(1, "questions", "import", str(file))
    questions, _ = imported(coach, file, "--as", "text")
    assert [question["text"] for question in questions] == ["What now?", "What else?"]


def test_a_text_in_several_languages(coach: Coach, tmp_path: Path) -> None:
    """F38: both are kept, `--language` chooses, dates and ids are not reported one by one."""
    rows = [
        {"id": f"a{number}", "created": "2026-01-02T10:00:00Z", "question": question}
        for number, question in enumerate(
            ({"en": "Tell me about a good week.", "de": "Erzähl mir von einer guten Woche."},
             "Tell me about a bad week.")
        )
    ]  # fmt: skip
    file = tmp_path / "list.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    questions, said = imported(coach, file)
    assert [question["text"] for question in questions] == [
        "Tell me about a good week.", "Tell me about a bad week.",
    ]  # fmt: skip
    assert "also there in de (--language)" in said
    assert "2026-01-02" not in said
    german, _ = imported(coach, file, "--language", "de")
    assert german[0]["text"] == "Erzähl mir von einer guten Woche."


def test_a_line_above_others_that_may_ask_is_named(coach: Coach, tmp_path: Path) -> None:
    """F41."""
    file = tmp_path / "nested.md"
    file.write_text("- Erzähl mir von deiner Woche\n  - Höhepunkte?\n", encoding="utf-8")
    questions, said = imported(coach, file)
    assert [question["text"] for question in questions] == ["Höhepunkte?"]
    assert "Erzähl mir von deiner Woche" in said


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("list.docx", b"PK\x03\x04...", "a Word document"),
        ("list.xlsx", b"PK\x03\x04...", "a spreadsheet"),
        ("list.rtf", b"{\\rtf1 What now?}", "rich text"),
        ("list.html", b"<html><p>What now?</p></html>", "a web page"),
        ("list.ts", b"const q = ['What now?'];", "a program's source"),
        ("list", b"{\\rtf1 What now?}", "rich text"),
    ],
)
def test_files_that_are_no_lists_are_named(
    coach: Coach, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    """F42."""
    file = tmp_path / name
    file.write_bytes(data)
    assert words in coach.refused(1, "questions", "import", str(file))


@pytest.mark.parametrize(
    ("line", "language"),
    few(
        [
            ("- Jak se dnes máš a co bys chtěl změnit?\n", "cs"),
            ("- Що ти хочеш змінити і чому?\n", "uk"),
            ("- Ce vrei să schimbi și de ce?\n", "ro"),
            ("- Какво искаш?\n", "und"),
            ("- Hvem?\n", "und"),
            ("- Was möchtest du ändern?\n", "de"),
        ],
        3,
    ),
)
def test_a_language_is_guessed_only_where_it_is_sure(
    coach: Coach, tmp_path: Path, line: str, language: str
) -> None:
    """F43."""
    file = tmp_path / "list.md"
    file.write_text(line, encoding="utf-8")
    assert yaml.safe_load(coach.do("questions", "import", str(file)).out)["language"] == language


@pytest.mark.parametrize("line", ["What do you really want?", "How could you do more of that?"])
def test_plain_questions_get_no_hint(coach: Coach, line: str) -> None:
    """F44."""
    assert coach.json("questions", "lint", "-", stdin=f"{line}\n")[0]["hints"] == []


@pytest.mark.req("R129")
def test_the_import_says_where_questions_can_come_up(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    file.write_text("- What does your boss expect of you?\n", encoding="utf-8")
    run = coach.do("questions", "import", str(file))
    assert "# `topics: [boss]` would ask it only where that has been raised" in run.out
    assert re.search(r"they can come up in [1-9]\d* of \d+ built-in segments: .*inquiry", run.err)


@pytest.mark.slow
@pytest.mark.req("R129")
def test_a_reviewed_bank_is_asked_and_one_to_be_reviewed_never(
    begun: Coach, tmp_path: Path
) -> None:
    """F30, F31."""
    lines = [f"- What do you know about thing {number} today?\n" for number in range(12)]
    file = tmp_path / "list.md"
    file.write_text("".join(lines), encoding="utf-8")
    bank = begun.do("questions", "import", str(file), "--id", "mine").out
    folder = tmp_path / "library" / "question_banks"
    folder.mkdir(parents=True)
    begun.more["TRAJPLAN_LIBRARY"] = str(tmp_path / "library")

    def asked() -> set[str]:
        plans = [
            begun.json("prep", "session", str(number), "--client", "sample-client")
            for number in range(2, 7)
        ]
        return {question["bank"] for plan in plans for question in questions_of(plan)}

    (folder / "mine.yaml").write_text(bank, encoding="utf-8")
    assert "mine" not in asked()
    (folder / "mine.yaml").write_text(bank.replace("[to-review]", "[]"), encoding="utf-8")
    assert "mine" in asked()
