"""The reference of the forms names every key they have."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from trajplan.practice.forms import (
    AnswersForm,
    Audit,
    CareerStep,
    Closing,
    Intake,
    NewCommitment,
    Wrap,
    WrapEcho,
    WrapNote,
)
from trajplan.usecases.forms import CAREER_NAMES

REFERENCE = Path(__file__).parent.parent / "docs" / "reference" / "forms.md"
FORMS = [Intake, CareerStep, Audit, Wrap, NewCommitment, WrapEcho, WrapNote, AnswersForm, Closing]
WORDS = {field: word for word, field in CAREER_NAMES.items()}


@pytest.mark.parametrize("form", FORMS)
def test_every_key_of_a_form_is_in_the_reference(form: type) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    missing = [
        name for one in fields(form) if f"`{(name := WORDS.get(one.name, one.name))}`" not in text
    ]
    assert missing == []
