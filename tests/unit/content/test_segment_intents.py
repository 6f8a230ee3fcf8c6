"""Every segment that asks says what it is for, and names its own questions (R121)."""

from __future__ import annotations

from pathlib import Path

import pytest

from trajplan.content.library import Library
from trajplan.content.loader import load
from trajplan.content.model import SessionBlueprint
from trajplan.settings import Settings


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("intents")
    return load(Settings(folder / "p.sqlite3", (), folder / "none", None))


def test_every_segment_that_asks_is_for_something(library: Library) -> None:
    blueprints: list[SessionBlueprint] = list(library.blueprints.values())
    for blueprint in blueprints:
        holding = "hold" in blueprint.id
        for segment in blueprint.segments:
            if segment.questions is None or not segment.questions.max:
                continue
            where = f"{blueprint.id}/{segment.id}"
            assert segment.intent, where
            assert len(segment.intent.split()) <= 20, where
            # None: only its own questions serve it, and nothing else would keep its title.
            assert len(segment.intents) <= 3, where
            assert 4 <= len(segment.own_questions) <= 6 or holding, where


def test_no_question_is_for_more_than_three_things(library: Library) -> None:
    too_many = [
        question.id
        for bank in library.banks.values()
        for question in bank.questions
        # To hold is what a day is for, beside what the question does.
        if len({*question.intents} - {"hold"}) > 3
    ]
    assert too_many == []
