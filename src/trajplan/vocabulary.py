"""The words that content and records are made of: closed lists, as types and as tuples for loops.

Neither room knows the other, and both say `exploratory` of a method.
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
Block = Literal[Component, "break"]
Stance = Literal["open", "explore", "options", "commit", "close"]
Cover = Literal["context", "values", "implications"]
Level = Literal["informational", "analytical", "transformational"]
Target = Literal["clarity", "options", "decision", "momentum", "confidence"]
Effort = Literal["light", "normal", "deep"]
Energy = Literal["low", "normal", "high"]
Need = Literal["job_search", "skill_building", "values", "early_ideas", "transition", "leadership"]
Change = Literal["incremental", "directional"]
Sign = Literal["values_conflict", "stalled", "conversation_ahead", "situation"]
"""What the records may say that calls for a blueprint of its own, in the order in which they are
heard; what each means: `planning.blueprint_triggers` and the how-to on blueprints."""
WorksheetSign = Literal["values_conflict", "conversation_ahead"]
"""Signs that answers of a worksheet can give; the others are read from commitments, ratings and the
intake."""
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
Intent = Literal[
    "welcome",
    "look-back",
    "learn-from-it",
    "celebrate",
    "look-at-now",
    "name-the-problem",
    "name-the-goal",
    "picture-it",
    "widen-options",
    "narrow-options",
    "decide",
    "weigh-values",
    "find-strength",
    "look-at-self",
    "test-belief",
    "see-it-differently",
    "see-patterns",
    "pull-together",
    "make-a-test",
    "choose-step",
    "make-it-small",
    "meet-obstacle",
    "get-support",
    "look-after-self",
    "hold",
    "stay-accountable",
    "carry-home",
    "close-well",
    "look-ahead",
]
"""What a segment or a question is for (R121); each in a line: `docs/reference/intents.md`."""
Support = Literal["answer", "belief", "step", "option", "test"]
"""What a question may lean on, and what an activity, a prompt or a question puts on the table
(R122)."""
Proposal = Literal[
    "",
    "holding",
    "decision",
    "role-play",
    "safety",
    "care",
    "weighs",
    "mood",
    "note",
    "person",
    "loss",
]
"""What a topic calls for (R131); `care`: no question of its own, and a session that goes gently.
`weighs` is the same, heard only where energy is low or a `mood` is heavy; `mood` is read in the
mood alone. `note` and `person` are read in notes alone: what was agreed for somebody's safety stays
in sight on every plan (R142), and whom a note speaks of. `loss` is read in all records: it tells of
a loss that may be long ago."""

BeliefKind = Literal["rule", "self", "fear", "fact", "barrier"]
"""What a belief is about: how the world is, one's own worth, what might happen, what can be looked
up, what stands in the way from outside (R124)."""

REVIEW = "to-review"
"""Tag of a question that was brought along, until the coach takes it out: never planned (R129)."""
METHODS: tuple[str, ...] = get_args(Method)
COMPONENTS: tuple[str, ...] = get_args(Component)
SIGNS: tuple[str, ...] = get_args(Sign)
COVERS: tuple[str, ...] = get_args(Cover)
LEVELS: tuple[str, ...] = get_args(Level)
EFFORTS: tuple[str, ...] = get_args(Effort)
ENERGIES: tuple[Energy, ...] = get_args(Energy)
TARGETS: tuple[str, ...] = get_args(Target)
BELIEF_KINDS: tuple[str, ...] = get_args(BeliefKind)
