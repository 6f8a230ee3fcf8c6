"""The kinds of content, one line each.

A new kind is a class in a model module and a line here; rules of its own go into `checks`. The
class is imported when it is first asked for: no command pays for kinds it does not look at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from msgspec import Struct


class Kind(Struct, frozen=True):
    """One kind of content."""

    name: str
    """What `kind:` says in its files."""
    noun: str
    """What messages call it."""
    folder: str
    """Where its files lie in a content folder."""
    class_path: str
    """Module and class of its shape."""

    @property
    def shape(self) -> type[Any]:
        """The class its files are checked against."""
        module, _, name = self.class_path.partition(":")
        shape: type[Any] = getattr(import_module(f"trajplan.content.{module}"), name)
        return shape


BLUEPRINT = "session-blueprint"
BANK = "question-bank"
JOURNEY = "journey"
ACTIVITY = "activity"
PROMPT = "prompt"
WORKSHEET = "worksheet"
RECOMMENDATION = "recommendation"
TOPIC = "topic"
BELIEF_CUES = "belief-cues"
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(BLUEPRINT, "blueprint", "blueprints/sessions", "model:SessionBlueprint"),
        Kind(BANK, "question bank", "question_banks", "model:QuestionBank"),
        Kind(JOURNEY, "journey", "blueprints/journeys", "model:Journey"),
        Kind(ACTIVITY, "activity", "blueprints/activities", "model:Activity"),
        Kind(PROMPT, "prompt", "blueprints/prompts", "model:Prompt"),
        Kind(WORKSHEET, "worksheet", "blueprints/worksheets", "worksheet_model:Worksheet"),
        Kind(
            RECOMMENDATION,
            "recommendation",
            "blueprints/recommendations",
            "recommendation_model:Recommendation",
        ),
        Kind(TOPIC, "topic", "blueprints/topics", "model:Topic"),
        Kind(BELIEF_CUES, "list of belief cues", "blueprints/beliefs", "model:BeliefCues"),
    )
}
BLUEPRINT_KINDS = tuple(kind for kind in KINDS if kind != BANK)
"""What `trajplan blueprints` is about: everything but the questions."""
SLUG = "[a-z0-9][a-z0-9-]*"
"""A pattern of ids."""
UNDERSCORED = "[a-z0-9][a-z0-9_-]*"
"""A pattern of the ids of activities, and of the parts of a blueprint or a worksheet."""


def not_an_id(name: str, *, underscores: bool = False) -> str:
    """What an id is made of, where `name` is none; empty where it is one."""
    if re.fullmatch(UNDERSCORED if underscores else SLUG, name):
        return ""
    also = ", hyphens and underscores" if underscores else " and hyphens"
    return f"lower-case letters, digits{also}"
