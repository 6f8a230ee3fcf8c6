"""The library as everything else sees it: content by id, and what had to be left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from trajplan.content.model import (
    Activity,
    Journey,
    Prompt,
    Question,
    QuestionBank,
    SessionBlueprint,
)
from trajplan.errors import InvalidContent, NotFound, Problem

if TYPE_CHECKING:
    from trajplan.content.recommendation_model import Recommendation
    from trajplan.content.worksheet_model import Worksheet

LayerName = Literal["built-in", "user", "workspace"]
Key = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of content comes from."""

    layer: LayerName
    path: Path
    shadows: bool
    """Whether it replaces content of a lower layer."""


@dataclass(frozen=True, kw_only=True)
class Library:
    """All usable content. No slots: the question index is built when first asked for."""

    blueprints: Mapping[str, SessionBlueprint]
    banks: Mapping[str, QuestionBank]
    journeys: Mapping[str, Journey]
    activities: Mapping[str, Activity]
    prompts: Mapping[str, Prompt]
    worksheets: Mapping[str, Worksheet]
    recommendations: Mapping[str, Recommendation]
    sources: Mapping[Key, Source]
    """Of every piece of content found, faulty ones too."""
    digest: str
    """Changes when any file of the library does; hexadecimal BLAKE2b."""
    problems: tuple[Problem, ...] = ()
    faulty: Mapping[Key, tuple[Problem, ...]] = field(default_factory=dict)
    """Files that were left out. They never fall back to a lower layer's content of that id."""

    def blueprint(self, name: str) -> SessionBlueprint:
        """Return a blueprint. Raises InvalidContent if it is faulty, NotFound if missing."""
        found: SessionBlueprint = self._get("session-blueprint", "blueprint", name, self.blueprints)
        return found

    def bank(self, name: str) -> QuestionBank:
        """Return a question bank. Raises InvalidContent if it is faulty, NotFound if missing."""
        found: QuestionBank = self._get("question-bank", "question bank", name, self.banks)
        return found

    def journey(self, name: str) -> Journey:
        """Return a journey. Raises InvalidContent if it is faulty, NotFound if missing."""
        found: Journey = self._get("journey", "journey", name, self.journeys)
        return found

    def activity(self, name: str) -> Activity:
        """Return an activity. Raises InvalidContent if it is faulty, NotFound if missing."""
        found: Activity = self._get("activity", "activity", name, self.activities)
        return found

    def prompt(self, name: str) -> Prompt:
        """Return a prompt. Raises InvalidContent if it is faulty, NotFound if missing."""
        found: Prompt = self._get("prompt", "prompt", name, self.prompts)
        return found

    def worksheet(self, name: str) -> Worksheet:
        """Return a worksheet. Raises InvalidContent if it is faulty, NotFound if missing."""
        found: Worksheet = self._get("worksheet", "worksheet", name, self.worksheets)
        return found

    def recommendation(self, name: str) -> Recommendation:
        """Return a recommendation. Raises InvalidContent if it is faulty, NotFound if missing."""
        found: Recommendation = self._get(
            "recommendation", "recommendation", name, self.recommendations
        )
        return found

    @cached_property
    def questions(self) -> Mapping[str, tuple[Question, str, int]]:
        """Every question by id, with its bank's id and its position there (from 0)."""
        return {
            question.id: (question, bank.id, position)
            for bank in self.banks.values()
            for position, question in enumerate(bank.questions)
        }

    def question(self, name: str) -> Question:
        """Return a question. Raises NotFound, naming the nearest id."""
        if name not in self.questions:
            raise NotFound.among("question", name, self.questions)
        return self.questions[name][0]

    def _get(self, kind: str, word: str, name: str, among: Mapping[str, Any]) -> Any:
        if (kind, name) in self.faulty:
            raise InvalidContent(self.faulty[kind, name])
        if name not in among:
            raise NotFound.among(word, name, among)
        return among[name]


def assemble(
    content: Mapping[str, Mapping[str, Any]],
    sources: Mapping[Key, Source],
    digest: str,
    problems: tuple[Problem, ...] = (),
    faulty: Mapping[Key, tuple[Problem, ...]] | None = None,
) -> Library:
    """Make a Library of content by kind and id."""
    return Library(
        blueprints=content["session-blueprint"],
        banks=content["question-bank"],
        journeys=content["journey"],
        activities=content["activity"],
        prompts=content["prompt"],
        worksheets=content["worksheet"],
        recommendations=content["recommendation"],
        sources=sources,
        digest=digest,
        problems=problems,
        faulty=faulty or {},
    )
