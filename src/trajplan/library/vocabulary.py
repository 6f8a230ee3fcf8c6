"""The words content is made of: closed lists, as types for the contract and as tuples for loops.

Apart from the shapes in `model.py`, so that whoever needs only a word does not pay for a shape.
"""

from __future__ import annotations

from typing import Literal, get_args

Method = Literal["directive", "exploratory", "integrative"]
Component = Literal[
    "context_setting",
    "strategic_inquiry",
    "insight_generation",
    "action_design",
    "momentum_planning",
]
Block = Literal[
    "context_setting",
    "strategic_inquiry",
    "insight_generation",
    "action_design",
    "momentum_planning",
    "break",
]
Stance = Literal["open", "explore", "options", "commit", "close"]
Cover = Literal["context", "values", "implications"]
Level = Literal["informational", "analytical", "transformational"]
Target = Literal["clarity", "options", "decision", "momentum", "confidence"]
Effort = Literal["light", "normal", "deep"]
EnergyLevel = Literal["low", "normal", "high"]
Evidence = Literal[
    "destination",
    "stuck_point",
    "career",
    "takeaways",
    "energy_named",
    "assumption_heard",
    "assumption_tested",
    "experiment_done",
    "commitment_done",
    "learned",
    "commitment_waited",
    "obstacle_foreseen",
    "rating_risen",
    "decision_session",
]
"""Records that may show a journey stage (R11); what each looks for: `planning/evidence.py`."""

COMPONENTS: tuple[str, ...] = get_args(Component)
COVERS: tuple[str, ...] = get_args(Cover)
LEVELS: tuple[str, ...] = get_args(Level)
TARGETS: tuple[str, ...] = get_args(Target)
