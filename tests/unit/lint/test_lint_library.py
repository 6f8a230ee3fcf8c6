"""Banks, sequences, duplicates and blueprints: what is found, where, and how silenced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from growth import keeps_in_step
from trajplan.content.border import validate
from trajplan.content.kinds import KINDS
from trajplan.content.loader import builtin_folder
from trajplan.content.model import QuestionBank
from trajplan.content.reader import read
from trajplan.lint.banks import BankFile, Twins, lint_banks, near_duplicates
from trajplan.lint.blueprints import lint_blueprint
from trajplan.lint.hints import HintInFile
from trajplan.lint.plain import lint_texts, questions_in, spoken_lines


def question(name: str, text: str, **more: Any) -> dict[str, Any]:
    plain = {"id": name, "text": text, "level": "informational", "breadth": 3, "minutes": 3}
    return {**plain, **more}


def bank_of(*questions: dict[str, Any], name: str = "b", sequences: Any = ()) -> BankFile:
    tree = {
        "kind": "question-bank",
        "id": name,
        "title": "Bank",
        "questions": list(questions),
        "sequences": list(sequences),
    }
    return bank_from(yaml.safe_dump(tree, sort_keys=False, width=1000), f"{name}.yaml")


def bank_from(text: str, file: str = "b.yaml") -> BankFile:
    document = read(text.encode(), file)
    bank, report = validate(document, QuestionBank)
    assert bank is not None, report.problems
    return BankFile(document, bank)


def ids(hints: tuple[HintInFile, ...]) -> list[str]:
    return [hint.hint for hint in hints]


@pytest.mark.req("R122")
@pytest.mark.parametrize(
    ("text", "dangles"),
    [
        ("How does it look when you put it all together?", True),
        ("What do you think it's really about?", True),
        ("What could you do about that?", True),
        ("What would you like to say to them?", True),
        ("How would you deal with your boss after that?", False),
        ("What choices do you have, as you see it?", False),
        ("How is all this affecting you?", False),
        ("What are you telling yourself about all this?", False),
        ("When's it easiest to talk to your boss?", False),
    ],
)
def test_what_points_at_nothing_is_named_unless_the_question_leans(
    text: str, dangles: bool
) -> None:
    bank = bank_of(question("b-one", text))
    assert ("dangling" in ids(lint_banks([bank]))) is dangles
    leaning = bank_of(question("b-one", text, leans_on="answer"))
    behind = bank_of(
        question("b-two", "Who is on your team?"),
        question("b-one", text),
        sequences=[{"id": "s", "questions": ["b-two", "b-one"]}],
    )
    for bank in (leaning, behind):
        assert "dangling" not in ids(lint_banks([bank]))


BANK = """\
kind: question-bank
id: b
title: Bank
questions:
  - id: one
    text: Do you like it?
    level: informational
    breadth: 3
    minutes: 3
  - id: two
    text: What would your boss say?
    level: transformational
    breadth: 3
    minutes: 3
    silence:
      presumes: Only for people who have one.
      leading: It was once.
      clozed: ""
"""


def test_a_hint_stands_where_the_text_stands_and_silence_is_heard() -> None:
    found = lint_banks([bank_from(BANK.replace('clozed: ""', "clozed: no"))])
    assert [(remark.line, remark.hint, remark.about) for remark in found] == [
        (6, "closed", "one"),
        (6, "dangling", "one"),
        (17, "unused-silence", "two"),
        (18, "unused-silence", "two"),
    ]
    assert str(found[0]).startswith("b.yaml:6: closed: “Do you like it”: yes or no")
    assert found[3].message == "there is no such hint; did you mean `closed`?"


def test_a_silence_needs_a_reason(tmp_path: Path) -> None:
    from trajplan.content.build import build_one

    _, value, problems = build_one(BANK.encode(), "b.yaml")
    assert value is None
    assert [(problem.line, problem.message, problem.key) for problem in problems] == [
        (18, "the text is empty", "questions[1].silence.clozed")
    ]


@pytest.mark.req("R60")
def test_a_level_in_doubt_is_named_and_never_changed() -> None:
    text = "Suppose the opposite were true: who would you be?"
    found = lint_banks([bank_of(question("one", text))])
    assert ids(found) == ["level-in-doubt"]
    assert found[0].message.startswith("labelled informational, the words read as transformational")
    labelled = bank_of(question("one", text, level="transformational"))
    assert lint_banks([labelled]) == ()
    # One word in its favour, and the label is the author's affair.
    facts = "How many were there last week?"
    deep = {"level": "transformational"}
    assert ids(lint_banks([bank_of(question("one", facts, **deep))])) == ["level-in-doubt"]
    assert lint_banks([bank_of(question("one", f"Imagine: {facts.lower()}", **deep))]) == ()


@pytest.mark.req("R53", "R69")
def test_sequences_that_jump_solve_too_early_or_offer_unasked() -> None:
    questions = [
        question("wide", "What matters here?", breadth=5),
        question("narrow", "Which hour suits you?", breadth=2),
        question("deep", "What would you be without work?", level="transformational", breadth=1),
        question("options", "Which ways are there?", stage="options", breadth=2),
        question("reality", "What happened?", stage="reality", breadth=2),
        question("leave", "May I add something?"),
        question("offer", "Let me tell you what others did.", tags=["offer"], breadth=3),
    ]

    def found(*names: str, **more: Any) -> list[str]:
        sequence = {"id": "s", "questions": list(names), **more}
        return ids(lint_banks([bank_of(*questions, sequences=[sequence])]))

    assert found("wide", "leave", "narrow") == []
    assert found("wide", "narrow") == ["sequence-jump"]
    assert found("leave", "deep") == ["sequence-jump"]
    assert found("narrow", "deep") == []
    assert found("reality", "options") == []
    assert found("options", "reality") == ["solution-trap"]
    assert found("leave", "offer") == []
    assert found("wide", "offer") == ["offer-without-permission"]
    assert found("wide", "narrow", silence={"sequence-jump": "On purpose."}) == []
    assert found("wide", "leave", silence={"sequence-jump": "Once."}) == ["unused-silence"]


def test_near_duplicates_within_and_across_banks() -> None:
    first = bank_of(question("one", "Which part of the day is easiest on you?"), name="a")
    other = question("two", "Which part of the day is easiest for you?")
    found = lint_banks([first, bank_of(other)])
    assert [(remark.file, remark.hint) for remark in found] == [("b.yaml", "near-duplicate")]
    assert "`one`: Which part of the day" in found[0].message
    assert lint_banks([first], beside=[bank_of(other)])[0].file == "a.yaml"
    # A silence at either of the two is enough, and is used.
    silence = {"near-duplicate": "One is for the start, one for the end."}
    assert lint_banks([first, bank_of({**other, "silence": silence})]) == ()
    quiet = bank_of(
        question("one", "Which part of the day is easiest on you?", silence=silence), name="a"
    )
    assert lint_banks([quiet, bank_of(other)]) == ()


def test_what_is_short_or_only_begins_alike_is_no_duplicate() -> None:
    texts = ["And what else?", "And what else?", "What would you keep?", "What would you leave?"]
    assert list(near_duplicates(texts)) == []
    walk = ["Where do you walk when evening comes?", "Where did you go walking in the evenings?"]
    assert list(near_duplicates([*walk, walk[0].upper()])) == [Twins(0, 2)]


def _made_questions(count: int) -> list[str]:
    words = [f"w{number}" for number in range(90)]
    return [
        "What do you " + " ".join(words[(at * step) % 90] for step in (1, 2, 3, 5, 7, 11)) + "?"
        for at in range(count)
    ]


def test_duplicates_are_sought_in_step_with_the_count_of_questions() -> None:
    assert keeps_in_step(lambda count: list(near_duplicates(_made_questions(count))), 2_400)


def test_duplicates_among_six_hundred_questions_are_found() -> None:
    texts = _made_questions(600)
    found = list(near_duplicates(texts))
    # Every ninetieth repeats, and each is found with the one before it that it repeats.
    equal = {
        (later - 90, later)
        for later in range(90, 600)
        if texts[later - 90] == texts[later] and len(set(texts[later].split())) > 7
    }
    assert len(equal) > 300
    assert equal <= {(pair.earlier, pair.later) for pair in found}


def test_plain_lists_and_foreign_yaml() -> None:
    listed = "# Do you know these?\n\n- Do you like it?\n\n1. What do you like?\n"
    found = lint_texts(spoken_lines(listed, headings=True), "list.md")
    assert [(remark.line, remark.hint) for remark in found] == [(3, "closed")]
    assert [line.line for line in lint_texts(spoken_lines(listed), "list.txt")] == [1, 3]
    foreign = read(
        b"things:\n  - q: Do you like it?\n  - note: no question\n  - text: You should go.\n",
        "f.yaml",
    )
    assert [(text.line, text.hint) for text in lint_texts(questions_in(foreign), "f.yaml")] == [
        (2, "closed"),
        (4, "advice-in-disguise"),
    ]


def segment(name: str, component: str, stance: str, ideal: int) -> str:
    """One segment on a line of its own."""
    minutes = f"{{min: 5, ideal: {ideal}, max: 30}}"
    what = f"id: {name}, component: {component}, title: T, stance: {stance}"
    return f"  - {{{what}, minutes: {minutes}}}"


BLUEPRINT = "\n".join(
    (
        "kind: session-blueprint",
        "id: s",
        "title: Session",
        "method: integrative",
        "phases: [exploration]",
        "minutes: 60",
        "objectives: [Look around]",
        "segments:",
        segment("a", "context_setting", "open", 8),
        segment("b", "strategic_inquiry", "explore", 20),
        segment("c", "insight_generation", "options", 14),
        segment("d", "action_design", "commit", 10),
        segment("e", "momentum_planning", "close", 8),
        "",
    )
)


def lint_text(text: str, file: str = "s.yaml") -> tuple[HintInFile, ...]:
    document = read(text.encode(), file)
    kind = document.tree["kind"]
    value, report = validate(document, KINDS[kind].shape)
    assert value is not None, report.problems
    return lint_blueprint(document, value)


@pytest.mark.req("R53")
def test_options_before_exploring_are_found_with_their_place() -> None:
    assert lint_text(BLUEPRINT) == ()
    hasty = lint_text(BLUEPRINT.replace("ideal: 20, max: 30", "ideal: 11, max: 30"))
    assert [(remark.line, remark.hint) for remark in hasty] == [(11, "solution-trap")]
    assert "options come after 11 of 60 minutes" in hasty[0].message
    assert lint_text(BLUEPRINT.replace("ideal: 20, max: 30", "ideal: 12, max: 30")) == ()
    early = lint_text(BLUEPRINT.replace("[exploration]", "[foundation]"))
    assert [(remark.line, remark.hint) for remark in early] == [(11, "solution-trap")]
    asked = "stance: explore, questions: {max: 1, stages: [options]}, "
    slot = lint_text(BLUEPRINT.replace("stance: explore, ", asked))
    assert [(remark.line, remark.hint) for remark in slot] == [(10, "solution-trap")]
    quiet = BLUEPRINT.replace("[exploration]", "[foundation]")
    quiet += "silence: {solution-trap: The client brings a list.}\n"
    assert lint_text(quiet) == ()


@pytest.mark.req("R23", "R69")
def test_words_for_clients_and_lines_for_coaches() -> None:
    promise = BLUEPRINT.replace("[Look around]", "[You will find the perfect job]")
    assert ids(lint_text(promise)) == ["promise"]
    line = "stance: commit, coach: {}, "
    offer = BLUEPRINT.replace("stance: commit, ", line.format("Suggest one thing of your own."))
    assert [(remark.line, remark.hint) for remark in lint_text(offer)] == [
        (12, "offer-without-permission")
    ]
    asked = line.format("Ask whether they want it; then suggest one thing.")
    assert lint_text(BLUEPRINT.replace("stance: commit, ", asked)) == ()

    activity = "kind: activity\nid: a\ntitle: A\nminutes: {min: 1, ideal: 2}\n"
    found = lint_text(f"{activity}coach: Offer your view.\nclient: Unlock your best self\n")
    assert [(remark.line, remark.hint) for remark in found] == [
        (5, "offer-without-permission"),
        (6, "jargon"),
    ]
    prompt = "kind: prompt\nid: re-decide\ntitle: P\nminutes: 0\ntexts:\n"
    found = lint_text(f'{prompt}  checkpoint: "{{objective}}: still fine?"\n')
    assert [(remark.line, remark.hint) for remark in found] == [(6, "closed")]
    mix = "{informational: 30, analytical: 30, transformational: 40}"
    phase = f"{{id: p, sessions: 1, purpose: X, milestone: [You will land a new job], mix: {mix}}}"
    head = "kind: journey\nid: j\ntitle: J\nmethod: directive\nevery_days: 7\nminutes: 60\n"
    assert ids(lint_text(f"{head}phases: [{phase}]\n")) == ["promise"]


def test_a_worksheet_asks_as_a_coach_would() -> None:
    head = "kind: worksheet\nid: w\ntitle: W\nfor: [client]\nfields:\n"
    sheet = f"{head}  - {{id: a, label: Have you thought of a coach?, type: text}}\n"
    assert ids(lint_text(sheet)) == ["closed", "advice-in-disguise"]
    assert [remark.line for remark in lint_text(sheet)] == [6, 6]
    quiet = f"{sheet}silence: {{closed: on purpose, advice-in-disguise: on purpose}}\n"
    assert lint_text(quiet) == ()
    told = f"{head}  - {{id: a, label: Week, type: list, help: You will get the job you want}}\n"
    assert ids(lint_text(told)) == ["promise"]


def test_every_shipped_bank_and_blueprint_passes_or_says_why() -> None:
    folder = builtin_folder()
    banks = [
        bank_from(path.read_text(), path.name)
        for path in sorted((folder / "question_banks").glob("*.yaml"))
    ]
    found = [str(bank) for bank in lint_banks(banks)]
    for path in sorted((folder / "blueprints").rglob("*.yaml")):
        found += [str(one) for one in lint_text(path.read_text(), path.name)]
    assert found == []
