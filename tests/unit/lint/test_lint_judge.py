"""The judge against labelled utterances, and each hint by the smallest examples that show it."""

from __future__ import annotations

import re
from pathlib import Path

import corpus
import pytest

from growth import keeps_in_step
from trajplan.lint.hints import HINTS
from trajplan.lint.judge import FOR_ANYBODY, judge
from trajplan.lint.phrases import sections

# The least agreement that must stay. What was measured stands in docs/reference/lint.md.
OPEN, LEVEL, PRECISION, RECALL = 0.97, 0.88, 0.93, 0.93


@pytest.mark.parametrize("part", corpus.PARTS)
@pytest.mark.req("R23", "R60", "R69")
def test_agreement_with_labelled_utterances(part: str) -> None:
    pairs = corpus.judged(part)
    found = corpus.score(pairs)
    assert corpus.open_agreement(pairs) >= OPEN
    assert corpus.level_agreement(pairs) >= LEVEL
    assert found.precision >= PRECISION
    assert found.recall >= RECALL


def test_the_corpus_is_large_and_no_line_stands_in_two_parts() -> None:
    texts = [labelled.text for part in corpus.PARTS for labelled in corpus.read(part)]
    assert len(texts) >= 400
    assert len({text.casefold() for text in texts}) == len(texts)
    known = {
        hint for part in corpus.PARTS for labelled in corpus.read(part) for hint in labelled.hints
    }
    assert known == set(corpus.LABELLED)


@pytest.mark.parametrize(
    "text",
    [
        "What matters?",
        "So, um, well… what matters?",
        "and what else",
        "Tell me about it",
        "Can you walk me through that?",
        "Could you, erm, say a bit more?",
        "I'd love to hear how that went.",
        "I wonder if you could tell me more.",
        "On a scale of 1 to 10, how sure are you?",
        "From 1 to 10, where are you?",
        "Looking at your week, what stands out?",
        "With whom would you start?",
        "You did what?",
        "And the next step would be?",
        "And that makes you feel...?",
        "And?",
        "My question is, what do you need?",
        "You said 'I should'. What does that word do?",
        "Coach: What happened?",
        "- What happened?",
        "3. What happened?",
        "That sounds hard. It is a lot. What would help?",
        "What would you like? Does that make sense?",
        "“What would you keep?”",
        "How many people know?",
        "May I ask what happened?",
    ],
)
def test_open(text: str) -> None:
    assert judge(text).is_open
    assert "closed" not in judge(text).hints


@pytest.mark.parametrize(
    "text",
    [
        "Do you like it?",
        "did that help",
        "Is it the money or the people?",
        "You want to leave?",
        "When you think of it, do you smile?",
        "If you could choose, would you stay?",
        "I'm wondering whether that's true.",
        "Anything else?",
        "Any thoughts?",
        "Ready?",
        "What do you want? Do you want to leave?",
        "Can you tell me whether you have decided?",
        'When she said "What now?", did you answer?',
        "Shall we go on?",
    ],
)
def test_closed(text: str) -> None:
    assert not judge(text).is_open
    assert "closed" in judge(text).hints


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "Thank you.",
        "When you are ready we can begin.",
        "What a lovely picture.",
        "What you did there took courage.",
        "I heard him ask “Why are you leaving?” in your story.",
        "Take your time.",
    ],
)
def test_what_asks_nothing_is_neither_open_nor_hinted_at(text: str) -> None:
    found = judge(text)
    assert not found.is_open
    assert found.hints == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What stops you, and how could you get past it?", "how could you get past it"),
        ("What do you want? Where would you start?", "Where would you start"),
        ("Who knows, what do they say and when will you ask?", "when will you ask"),
        ("Do you like it and do you need it?", "do you need it"),
        ("Tell me what happened and how you felt.", "how you felt"),
    ],
)
def test_stacked(text: str, words: str) -> None:
    assert [finding.words for finding in judge(text).findings if finding.hint == "stacked"] == [
        words
    ]


@pytest.mark.parametrize(
    "text",
    [
        "With which people is this most true, and with which least?",
        "Who gains and who loses if you go that way?",
        "What do you defend quickly, and what do you let pass?",
        "How much of it is for you, and how much for others?",
        "When and where will you start?",
        "Who or what keeps you going?",
        "What would you choose, and why?",
        "What do you know about who you are and what you want?",
        "Hello. How are you? What brings you here?",
        "What do you need? Time? Help?",
        "What matters to you in that? Does that make sense?",
        "You left. What happened then?",
        "If someone asked what you do, what would you say?",
    ],
)
def test_one_idea_is_not_stacked(text: str) -> None:
    assert "stacked" not in judge(text).hints


@pytest.mark.parametrize(
    ("text", "hint", "words"),
    [
        ("Don’t you think so?", "leading", "Don’t you"),
        ("You'd rather stay, wouldn't you?", "leading", "wouldn't you"),
        ("That was hard, right?", "leading", "right"),
        ("Is it not time to go?", "leading", "Is it not"),
        ("Surely that was enough?", "leading", "Surely"),
        ("So why didn't you call?", "why-blame", "why didn't you"),
        ("How come you never asked?", "why-blame", "How come you"),
        ("How about calling him?", "advice-in-disguise", "How about calling"),
        ("Have you tried yoga?", "advice-in-disguise", "Have you tried yoga"),
        ("Why don't you call him?", "advice-in-disguise", "Why don't you call"),
        ("What if you just left?", "advice-in-disguise", "What if you just"),
        ("You should call him.", "advice-in-disguise", "You should"),
        ("Let me give you a tip.", "offer-without-permission", "Let me give"),
        ("I'm sure you'll get it.", "promise", "I'm sure you'll"),
        ("This will change your life.", "promise", "This will change your"),
        ("Whose fault was that?", "blame", "Whose fault"),
        ("What is your low-hanging fruit?", "jargon", "low-hanging"),
    ],
)
@pytest.mark.req("R23", "R69")
def test_hints_quote_the_offending_words(text: str, hint: str, words: str) -> None:
    assert words in [finding.words for finding in judge(text).findings if finding.hint == hint]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Why might that be?", "why-blame"),
        ("Why do you think that happens?", "why-blame"),
        ("What makes you say that?", "why-blame"),
        ("Why don't you call him?", "why-blame"),
        ("What should you keep?", "advice-in-disguise"),
        ("You said you should leave.", "advice-in-disguise"),
        ("What if it were true?", "advice-in-disguise"),
        ("Have you thought about what you want?", "advice-in-disguise"),
        ("Why don't we begin there?", "advice-in-disguise"),
        ("May I give you a tip? Let me give you one.", "offer-without-permission"),
        ("I have an idea. Would you like to hear it?", "offer-without-permission"),
        ("How will you know you'll be fine?", "promise"),
        ("How confident are you that you'll get the job?", "promise"),
        ("It was not your fault.", "blame"),
        ("You have not been here before, have you met Ann?", "blame"),
        ("May I share a thought?", "closed"),
        ("Would you like to hear what I noticed?", "closed"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str, hint: str) -> None:
    assert hint not in judge(text).hints


def test_fifteen_words_pass_and_sixteen_do_not() -> None:
    fifteen = "What " + " ".join(["would"] + ["you"] + ["really"] * 11) + " keep?"
    assert len(fifteen.split()) == 15
    assert "too-long" not in judge(fifteen).hints
    assert "too-long" not in judge(f"So, well, okay: {fifteen}").hints
    assert "too-long" in judge(fifteen.replace("keep", "keep then")).hints
    # What leads up to a question is not the question.
    long = "I have heard a great deal about the plant, the shifts and the people in it today. "
    assert "too-long" not in judge(f"{long}What matters?").hints


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Who was there?", "informational"),
        ("When does it begin?", "informational"),
        ("Tell me what happened.", "informational"),
        ("How many were there?", "informational"),
        ("What makes the difference?", "analytical"),
        ("How come?", "analytical"),
        ("What pattern do you see?", "analytical"),
        ("How do these two relate?", "analytical"),
        ("Imagine it were gone: what then?", "transformational"),
        ("What would the opposite look like?", "transformational"),
        ("Who would you be without it?", "transformational"),
        ("What are you assuming?", "transformational"),
        ("If this were a song, which one?", "transformational"),
        ("Imagine it is done. What do you see?", "transformational"),
        ("May I ask you something?", "informational"),
        ("", "informational"),
    ],
)
@pytest.mark.req("R60")
def test_levels(text: str, level: str) -> None:
    assert judge(text).reading.level == level


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("How does your wife see it?", "a partner"),
        ("What do your children say?", "children"),
        ("What would your boss notice?", "a boss"),
        ("What do you have on your desk?", "an office"),
        ("What would you do with your bonus?", "money"),
        ("What do you think about on your run?", "health"),
        ("What is your ambition?", "an ambition"),
    ],
)
def test_presumptions_are_judged_where_the_client_is_not_known(text: str, what: str) -> None:
    found = [finding for finding in judge(text, FOR_ANYBODY).findings if finding.hint == "presumes"]
    assert [what in one.message for one in found] == [True]
    assert "presumes" not in judge(text).hints


def test_every_hint_has_a_sentence_and_every_phrase_compiles() -> None:
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", hint) for hint in HINTS)
    assert all(len(sentence.split()) > 5 for sentence in HINTS.values())
    for file in ("forms", "steering", "tone", "presumes"):
        for name, lines in sections(file).items():
            assert lines, name
            assert all(re.compile(line) for line in lines)
            assert not [line for line in lines if re.search(r"(?<!\(\?P)<[a-z-]+>", line)]


@pytest.mark.parametrize("text", ["\x00?", "?!?!", '’’’ "', "¿Qué quieres?", "(a"])
def test_any_text_is_judged(text: str) -> None:
    assert judge(text, FOR_ANYBODY).turn.text == text


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [
        ("", "a", ""),
        ("", "why ", "?"),
        ("", "'a ", ""),
        ("", "e.g. ", ""),
        ("", "“", ""),
        ("", "if you could ", "would"),
        ("", "a, what do you ", "?"),
        ("i would ", "a ", ""),
        ("", "(a", "?"),
        ("", "so ", "?"),
        ("", "a, ", "?"),
    ],
)
def test_a_long_text_is_judged_in_step_with_its_length(start: str, piece: str, end: str) -> None:
    def judge_long(size: int) -> None:
        judge(start + piece * (size // len(piece)) + end, FOR_ANYBODY)

    assert keeps_in_step(judge_long, 4_000)
    assert keeps_in_step(judge_long, 200_000)


def test_of_a_speech_without_end_what_is_asked_last_is_judged() -> None:
    speech = "I have heard a great deal about the plant today. " * 2_000
    assert judge(f"{speech}What matters?").is_open
    assert not judge(f"{speech}Does it matter?").is_open


def test_the_reference_prints_what_is_measured_and_names_every_hint() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "lint.md").read_text()
    for part in corpus.PARTS:
        assert "\n".join(corpus.report(part, misses=False)) in page
    assert [hint for hint in HINTS if f"| `{hint}` |" not in page] == []
