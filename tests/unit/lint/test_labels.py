"""The label of a commitment: at most five words, true, with every negation and condition kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trajplan.lint.labels import LABEL_WORDS, made_label
from trajplan.lint.verbs import gerund
from trajplan.text import word_count

LABELS = {
    "Call the works council": "calling the works council",
    "Ask the training officer for one morning with the apprentices": "asking the training officer",
    "I'll call Bo (the one from HR) about the raise!": "calling Bo about the raise",
    "I will write three lines about my day": "writing three lines",
    "Talk to my boss about the plan for next year": "talking to your boss",
    "Get up at six on weekdays for a run": "getting up at six",
    "Call Bo, then write to Anna": "calling Bo",
    "Call Bo\nwrite to Anna": "calling Bo",
    "Visit Ada and watch": "visiting Ada and watching",
    "A talk with my boss about the raise": "a talk with your boss",
    # What is done up, out or down is done to something.
    "Write down, every evening, one thing I did well": "",
    "“Read the contract.”": "reading the contract",
    "Visit the old ward once more and bring home the clock": "visiting the old ward",
    "Ask the training officer whether I may run a morning": "asking the training officer",
    "Call Ada for help with it once she is back": "",
    # Negation, condition and limit stay, or there is no label.
    "Don't check mails after 8": "not checking mails after 8",
    "I won’t check mails tonight": "not checking mails tonight",
    "Never work on Sundays": "never working on Sundays",
    "Call unless it rains": "calling unless it rains",
    "Don't answer mails after eight in the evening at home": "",
    "Say yes to the extra shift if the money is right": "",
    "Stop answering mails after eight o'clock in the evening": "",
    "Call (never on Fridays) the bank about the loan": "",
    "Eat with the team at most once a week": "",
    # Other languages: all of it, or nothing.
    "Mit Anna reden": "Mit Anna reden",
    "Nicht mehr nach 20 Uhr Mails lesen": "",
    "Hablar con mi jefe": "Hablar con mi jefe",
    "اتصل بالمدير غدا": "اتصل بالمدير غدا",
    "上司に話す": "上司に話す",
    "毎晩三行の日記を書いて翌朝それを読み返す": "",
    # Nothing to say, or a question.
    "🙂": "",
    "What do I want?": "",
    "text me - or not": "texting you — or not",
    "call my brother - about Sunday": "calling your brother",
}
KEPT = {"not", "never", "no", "nobody", "without", "unless", "until", "if", "when", "only"}


@pytest.mark.req("R123")
@pytest.mark.parametrize("what", LABELS)
def test_a_label_is_made_of_the_commitments_own_words(what: str) -> None:
    assert made_label(what) == LABELS[what]


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        *[("call", "calling"), ("write", "writing"), ("run", "running"), ("lie", "lying")],
        *[("see", "seeing"), ("visit", "visiting"), ("be", "being"), ("read", "reading")],
        *[("draw", "drawing"), ("plan", "planning"), ("begin", "beginning")],
    ],
)
def test_a_verb_takes_its_ending(verb: str, form: str) -> None:
    assert gerund(verb) == form


PIECES = """
Call call the a my boss I'll I won't don't (maybe never) if unless until without not no never only
when it rains, about from; work – home. Anna? “yes” and then write Ich rufe nicht an für el jefe no
llamar 上司に話す غدا اتصل بالمدير 12 2x/week [x] ! …
"""
WORDS = st.sampled_from([*PIECES.split(), "\n"])


@pytest.mark.req("R123")
@given(pieces=st.lists(WORDS | st.text(max_size=12), min_size=1, max_size=25))
@example(pieces=["Call", "rains,", "0:NO"])
@example(pieces=["if", "()0"])
def test_no_words_make_a_label_that_is_long_or_turned_round(pieces: list[str]) -> None:
    what = " ".join(pieces)
    label = made_label(what)
    assert word_count(label) <= LABEL_WORDS
    assert "\n" not in label
    if label:
        meant = {*re.findall(r"[\w']+", what.replace("’", "'").casefold())}
        said = {*re.findall(r"[\w']+", label.casefold())}
        for word in meant & KEPT:
            assert word in said, (what, label)
        if any(word.endswith("n't") for word in meant):
            assert "not" in said or any(word.endswith("n't") for word in said), (what, label)
        assert label.count("(") == label.count(")")
