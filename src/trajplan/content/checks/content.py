"""Every rule that one file can be held to by itself.

Blueprints and worksheets have modules of their own. Here: activities and prompts (R62), question
banks with their sequences (R63, R64), journeys (R5, R61), belief cues, and the recommendation,
which decides every case, and none by two rules (R19).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from trajplan.content.checks.blueprint import check_blueprint
from trajplan.content.checks.texts import check_id, check_ids, check_texts
from trajplan.content.checks.worksheet import check_worksheet
from trajplan.content.document import KeyPath, Report
from trajplan.content.model import (
    PROMPT_SHAPES,
    Activity,
    BeliefCues,
    Journey,
    Mix,
    Prompt,
    Question,
    QuestionBank,
    Sequence,
    SessionBlueprint,
)
from trajplan.content.recommendation_model import THE_ONE, Case, Recommendation, applies, every_case
from trajplan.content.shape import keys_of
from trajplan.content.worksheet_model import Worksheet
from trajplan.text import cue_words, pattern, quote
from trajplan.vocabulary import LEVELS

_FIELD = pattern(r"\{([A-Za-z0-9_]+)\}")


def check_content(content: Any, report: Report) -> None:
    """Report every fault that can be seen without other files. The shape holds already."""
    check_texts(content, report)
    _RULES.get(type(content), _check_only_id)(content, report)


def _check_only_id(content: Any, report: Report) -> None:
    """What a kind without rules of its own is held to."""
    check_id(content.id, ("id",), report)


def check_activity(activity: Activity, report: Report) -> None:
    """Report every fault of one activity."""
    check_id(activity.id, ("id",), report, underscores=True)
    least, ideal = activity.minutes.min, activity.minutes.ideal
    if ideal < least:
        report.add(("minutes", "ideal"), f"ideal ({ideal}) is less than min ({least})")


def check_prompt(prompt: Prompt, report: Report) -> None:
    """Report an unknown prompt, cases without a text, and fields that nothing fills."""
    shape = PROMPT_SHAPES.get(prompt.id)
    if shape is None:
        hint = report.did_you_mean(prompt.id, PROMPT_SHAPES)
        report.add(("id",), f"no prompt is called {quote(prompt.id)}{hint}")
        return
    for case in shape.cases:
        if case not in prompt.texts:
            report.add(("texts",), f"no text for the case `{case}`")
    for key, cases in (("texts", prompt.texts), ("again", prompt.again)):
        for case, wording in cases.items():
            path: KeyPath = (key, case)
            if case not in shape.cases:
                words = f"unknown case {quote(case)}{report.did_you_mean(case, shape.cases)}"
                report.add(path, words, at_key=True)
            elif isinstance(wording, str):
                _check_fields(wording, path, shape.fields, report)
            else:
                for index, text in enumerate(wording):
                    _check_fields(text, (*path, index), shape.fields, report)


def _check_fields(text: str, path: KeyPath, fields: tuple[str, ...], report: Report) -> None:
    for name in dict.fromkeys(_FIELD.findall(text)):
        if name not in fields:
            hint = report.did_you_mean(name, fields) if fields else "; this prompt has no fields"
            report.add(path, f"nothing fills `{{{name}}}`{hint}")
    if re.search("[{}]", _FIELD.sub("", text)):
        report.add(path, "a stray brace; braces may only enclose a field, such as `{name}`")


def check_belief_cues(cues: BeliefCues, report: Report) -> None:
    """Report a malformed id, and phrases in which nothing could be found."""
    check_id(cues.id, ("id",), report)
    for kind, field in keys_of(type(cues.cues)).items():
        for index, phrase in enumerate(getattr(cues.cues, field.name)):
            if not cue_words(phrase):
                words = f"{quote(phrase)} holds no word to look for"
                report.add(("cues", kind, index), words)


SCALE_ENDS = (1, 10)
LONGEST_ANCHOR = 60
"""Both ends stand on one line of the plan, below the question."""


def check_bank(bank: QuestionBank, report: Report) -> None:
    """Report every fault of one bank that can be seen without other files."""
    check_id(bank.id, ("id",), report)
    if not bank.questions:
        report.add(("questions",), "a question bank holds at least one question")
    check_ids(bank.questions, ("questions",), report)
    for index, question in enumerate(bank.questions):
        _check_anchors(question, ("questions", index), report)
    check_ids(bank.sequences, ("sequences",), report)
    first: dict[str, Question] = {}
    for question in bank.questions:
        first.setdefault(question.id, question)
    for index, sequence in enumerate(bank.sequences):
        _check_sequence(sequence, ("sequences", index, "questions"), first, report)


def _check_anchors(question: Question, path: KeyPath, report: Report) -> None:
    """A scaled question names both ends of its scale and nothing between (R67)."""
    where = (*path, "anchors")
    if not report.has(where):
        return
    for point in question.anchors:
        if point not in SCALE_ENDS:
            here = (*where, str(point))
            report.add(here, "a scale goes from 1 to 10; name these two ends", at_key=True)
    missing = [str(end) for end in SCALE_ENDS if end not in question.anchors]
    if missing:
        report.add(where, f"both ends of the scale need words; {' and '.join(missing)} has none")
    for end, words in question.anchors.items():
        if len(words) > LONGEST_ANCHOR:
            report.add((*where, str(end)), f"at most {LONGEST_ANCHOR} characters on one line")


def _check_sequence(
    sequence: Sequence, path: KeyPath, questions: Mapping[str, Question], report: Report
) -> None:
    """A sequence names two or more questions of its bank, each once and in order (R63)."""
    if len(sequence.questions) < 2:
        report.add(path, f"a sequence has at least two questions, found {len(sequence.questions)}")
    earlier: set[str] = set()
    for number, name in enumerate(sequence.questions):
        here = (*path, number)
        # Empty names are reported as empty text.
        if name in earlier:
            report.add(here, f"`{name}` is in this sequence twice")
        elif name.strip() and name not in questions:
            report.add(
                here, f"no question `{name}` in this bank{report.did_you_mean(name, questions)}"
            )
        earlier.add(name)
    for number, (name, following) in enumerate(pairwise(sequence.questions), 1):
        if name in questions and following in questions and name != following:
            _check_order(questions[name], questions[following], (*path, number), report)


def _check_order(before: Question, after: Question, path: KeyPath, report: Report) -> None:
    """Breadth never rises; at equal breadth the level never falls (R64)."""
    if after.breadth > before.breadth:
        report.add(
            path,
            f"`{after.id}` (breadth {after.breadth}) is wider than `{before.id}` before it "
            f"(breadth {before.breadth}); a sequence goes from wide to specific",
        )
    elif after.breadth == before.breadth and LEVELS.index(after.level) < LEVELS.index(before.level):
        report.add(
            path,
            f"`{after.id}` ({after.level}) comes after `{before.id}` ({before.level}); "
            f"at equal breadth the order is {', '.join(LEVELS)}",
        )


_NUMBER = pattern("-?(0|[1-9][0-9]*)")


def check_journey(journey: Journey, report: Report) -> None:
    """Report every fault of one journey that can be seen without other files."""
    check_id(journey.id, ("id",), report)
    if not journey.phases:
        report.add(("phases",), "a journey has at least one phase")
    check_ids(journey.phases, ("phases",), report)
    for index, phase in enumerate(journey.phases):
        _check_mix(phase.mix, ("phases", index, "mix"), report)
    for number, session in journey.sessions.items():
        if session.mix is not None:
            _check_mix(session.mix, ("sessions", str(number), "mix"), report)
    _check_stages(journey, report)
    _check_numbers(journey, report)


def _check_stages(journey: Journey, report: Report) -> None:
    """Report stages that are described twice, or that a phase names and nothing describes.

    A journey that describes none leaves its stages as bare words.
    """
    known = [stage.id for stage in journey.stages]
    for index, name in enumerate(known):
        if name in known[:index]:
            report.add(("stages", index, "id"), f"the stage `{name}` is described twice")
    if not known:
        return
    for index, phase in enumerate(journey.phases):
        for place, name in enumerate(phase.stages):
            if name not in known:
                path = ("phases", index, "stages", place)
                report.add(
                    path, f"`stages` describes no `{name}`{report.did_you_mean(name, known)}"
                )


def _check_numbers(journey: Journey, report: Report) -> None:
    """Report session numbers the phases do not have.

    The keys are looked at as the file writes them: `01` and `1` would become one number.
    """
    total = sum(phase.sessions for phase in journey.phases)
    for key in report.document.tree.get("sessions", {}):
        path = ("sessions", key)
        if not _NUMBER.fullmatch(key):
            report.add(path, f"write the session number plainly, found {quote(key)}", at_key=True)
        elif journey.phases and not 1 <= int(key[:9]) <= total:
            words = f"there is no session {key}; the phases have sessions 1 to {total}"
            report.add(path, words, at_key=True)


def _check_mix(mix: Mix, path: KeyPath, report: Report) -> None:
    total = mix.informational + mix.analytical + mix.transformational
    if total != 100:
        report.add(path, f"the shares of a mix must add up to 100, found {total}")


def check_recommendation(table: Recommendation, report: Report) -> None:
    """Report another id than the one that is read, ranges upside down, holes and overlaps."""
    if table.id != THE_ONE:
        words = f"the only recommendation is called `{THE_ONE}`, found {quote(table.id)}"
        report.add(("id",), words)
    check_ids(table.rules, ("rules",), report)
    before = len(report.problems)
    for index, rule in enumerate(table.rules):
        for key, ends in (("goal_clarity", rule.goal_clarity), ("paths", rule.paths)):
            if ends.max is not None and ends.min > ends.max:
                words = f"min ({ends.min}) is more than max ({ends.max})"
                report.add(("rules", index, key), words)
    # A rule whose range is upside down may be meant to close any hole.
    if len(report.problems) == before:
        _check_cases(table, report)


def _check_cases(table: Recommendation, report: Report) -> None:
    holes: list[Case] = []
    twice: dict[tuple[int, int], list[Case]] = {}
    for case in every_case(table.rules):
        deciding = [index for index, rule in enumerate(table.rules) if applies(rule, case)]
        if not deciding:
            holes.append(case)
        for later in deciding[1:]:
            twice.setdefault((deciding[0], later), []).append(case)
    if holes:
        report.add(("rules",), f"no rule decides {_cases(holes)}", at_key=True)
    for (first, later), cases in twice.items():
        line = report.document.place(("rules", first))[0]
        report.add(
            ("rules", later),
            f"rule `{table.rules[later].id}` also decides what `{table.rules[first].id}` "
            f"on line {line} decides already: {_cases(cases)}",
        )


def _cases(cases: list[Case]) -> str:
    """The first case in words, and how many stand behind it."""
    case = cases[0]
    change = "kind of change not said" if case.change == "unsaid" else f"{case.change} change"
    text = f"{case.need}, goal clarity {case.goal_clarity}, paths {case.paths}, {change}"
    return text if len(cases) == 1 else f"{text} (and {len(cases) - 1} more like it)"


_RULES: Mapping[type[Any], Callable[[Any, Report], None]] = {
    SessionBlueprint: check_blueprint,
    QuestionBank: check_bank,
    Journey: check_journey,
    Activity: check_activity,
    Prompt: check_prompt,
    BeliefCues: check_belief_cues,
    Worksheet: check_worksheet,
    Recommendation: check_recommendation,
}
