"""The library as everything else sees it: content by id, and what had to be left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from trajplan.content.kinds import (
    ACTIVITY,
    BANK,
    BELIEF_CUES,
    BLUEPRINT,
    JOURNEY,
    KINDS,
    PROMPT,
    RECOMMENDATION,
    TOPIC,
    WORKSHEET,
)
from trajplan.errors import InvalidContent, NotFound, Problem

if TYPE_CHECKING:
    from typing import TypeAlias

    from trajplan.content.model import (
        Activity,
        BeliefCues,
        Journey,
        Prompt,
        Question,
        QuestionBank,
        SessionBlueprint,
        Topic,
    )
    from trajplan.content.recommendation_model import Recommendation
    from trajplan.content.worksheet_model import Worksheet

    LibraryContent: TypeAlias = (
        SessionBlueprint
        | QuestionBank
        | Journey
        | Activity
        | Prompt
        | Worksheet
        | Recommendation
        | Topic
        | BeliefCues
    )
    """One piece of the library, of whichever kind."""

LayerName = Literal["built-in", "user", "workspace"]
Key = tuple[str, str]
"""Kind and id."""


class Source(Struct, frozen=True):
    """Where a piece of content comes from."""

    layer: LayerName
    folder: Path
    """Of the layer."""
    name: str
    """Of the file, from there, with `/`."""
    shadows: bool
    """Whether it replaces content of a lower layer."""
    title: str = ""
    """What the content calls itself; empty where it is faulty."""

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / self.name


class Library(Struct, frozen=True, kw_only=True, dict=True):
    """All usable content."""

    content: Mapping[str, Mapping[str, Any]]
    """By kind and id."""
    sources: Mapping[Key, Source]
    """Of every piece of content found, faulty ones too."""
    digest: str
    """Changes when any file of the library does; hexadecimal BLAKE2b."""
    problems: tuple[Problem, ...] = ()
    faulty: Mapping[Key, tuple[Problem, ...]] = {}
    """Files that were left out. They never fall back to a lower layer's content of that id."""

    @property
    def blueprints(self) -> Mapping[str, SessionBlueprint]:
        """Session blueprints by id."""
        return self.content[BLUEPRINT]

    @property
    def banks(self) -> Mapping[str, QuestionBank]:
        """Question banks by id."""
        return self.content[BANK]

    @property
    def journeys(self) -> Mapping[str, Journey]:
        """Journeys by id."""
        return self.content[JOURNEY]

    @property
    def activities(self) -> Mapping[str, Activity]:
        """Activities by id."""
        return self.content[ACTIVITY]

    @property
    def prompts(self) -> Mapping[str, Prompt]:
        """Prompts by id."""
        return self.content[PROMPT]

    @property
    def worksheets(self) -> Mapping[str, Worksheet]:
        """Worksheets by id."""
        return self.content[WORKSHEET]

    @property
    def recommendations(self) -> Mapping[str, Recommendation]:
        """Recommendations by id."""
        return self.content[RECOMMENDATION]

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by id."""
        return self.content[TOPIC]

    @property
    def belief_cues(self) -> Mapping[str, BeliefCues]:
        """Lists of words that say what a belief is about, by id."""
        return self.content[BELIEF_CUES]

    def get(self, kind: str, name: str) -> Any:
        """Return one piece of content. Raises InvalidContent if it is faulty, NotFound."""
        if (kind, name) in self.faulty:
            raise InvalidContent(self.faulty[kind, name])
        if name not in self.content[kind]:
            raise NotFound.among(KINDS[kind].noun, name, self.content[kind])
        return self.content[kind][name]

    def blueprint(self, name: str) -> SessionBlueprint:
        """Return a blueprint. Raises InvalidContent if it is faulty, NotFound if missing."""
        blueprint: SessionBlueprint = self.get(BLUEPRINT, name)
        return blueprint

    def bank(self, name: str) -> QuestionBank:
        """Return a question bank. Raises InvalidContent if it is faulty, NotFound if missing."""
        bank: QuestionBank = self.get(BANK, name)
        return bank

    def journey(self, name: str) -> Journey:
        """Return a journey. Raises InvalidContent if it is faulty, NotFound if missing."""
        journey: Journey = self.get(JOURNEY, name)
        return journey

    def activity(self, name: str) -> Activity:
        """Return an activity. Raises InvalidContent if it is faulty, NotFound if missing."""
        activity: Activity = self.get(ACTIVITY, name)
        return activity

    def prompt(self, name: str) -> Prompt:
        """Return a prompt. Raises InvalidContent if it is faulty, NotFound if missing."""
        prompt: Prompt = self.get(PROMPT, name)
        return prompt

    def worksheet(self, name: str) -> Worksheet:
        """Return a worksheet. Raises InvalidContent if it is faulty, NotFound if missing."""
        worksheet: Worksheet = self.get(WORKSHEET, name)
        return worksheet

    def recommendation(self, name: str) -> Recommendation:
        """Return a recommendation. Raises InvalidContent if it is faulty, NotFound if missing."""
        recommendation: Recommendation = self.get(RECOMMENDATION, name)
        return recommendation

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
