"""The reference of the forms names every key they have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trajplan.actions.new_client import SITUATIONS
from trajplan.content.shape import keys_of
from trajplan.records.forms import (
    AnswersForm,
    Audit,
    CareerStep,
    Closing,
    Intake,
    NewCommitment,
    Wrap,
    WrapEcho,
    WrapNote,
    WrapReview,
)

REFERENCE = Path(__file__).parent.parent / "docs" / "reference" / "forms.md"
FORMS = [
    Intake,
    CareerStep,
    Audit,
    Wrap,
    NewCommitment,
    WrapEcho,
    WrapNote,
    WrapReview,
    AnswersForm,
    Closing,
]


@pytest.mark.parametrize("form", FORMS)
def test_every_key_of_a_form_is_in_the_reference(form: type) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert [word for word in keys_of(form) if f"`{word}`" not in text] == []


def test_every_situation_is_in_the_reference_and_shipped_content_is_written_for_it() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    told = text[text.index("Situations that") :].split(".")[0]
    assert re.findall(r"`([a-z]+)`", told) == list(SITUATIONS)
    root = REFERENCE.parents[2]
    files = [*root.glob("question_banks/*.yaml"), *root.glob("blueprints/sessions/*.yaml")]
    content = "\n".join(file.read_text(encoding="utf-8") for file in files)
    lists = re.findall(r"(?:tags|scenarios): \[(.*?)\]", content, re.DOTALL)
    assert set(SITUATIONS) <= {word.strip() for one in lists for word in one.split(",")}


@pytest.mark.parametrize("page", sorted((REFERENCE.parents[1]).rglob("*.md")), ids=lambda p: p.stem)
def test_every_table_row_of_the_docs_stands_in_a_table(page: Path) -> None:
    """A row that a merge left behind reads as a line of bars."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    blocks = re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    assert [block for block in blocks if not re.match(r"\|.*\n\|[-|]+\n", block)] == []
    # A list item or a paragraph right above would take the table into itself.
    assert re.findall(r"^[^|\n].*\n\|", text, re.MULTILINE) == []
