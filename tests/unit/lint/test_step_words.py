"""The words of a focus, a commitment, a goal: each rule on both of its sides."""

from __future__ import annotations

import pytest

from trajplan.actions.demo import STORY
from trajplan.lint import steps, verbs
from trajplan.lint.rules import blamed


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("Ask the training officer for one morning", True),
        ("Calling three people", True),
        ("I will have written two pages", True),
        ("Try it", True),
        ("Den Meister nach einem Vormittag fragen", True),
        ("Passer un après-midi à l'école", True),
        ("Firmar – o no – antes del viernes", True),
        ("Llamar a Pilar", True),
        ("CV", False),
        ("LinkedIn profile", False),
        ("A talk with my boss", False),
        ("My plan for two weeks", False),
        ("Coffee with Anna", False),
    ],
)
def test_a_verb_says_what_is_done(what: str, expected: bool) -> None:
    assert verbs.has_verb(what) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask one person", True),
        ("Write 3 lines", True),
        ("Walk every morning", True),
        ("Twice", True),
        ("Ask the officer", False),
        ("Become trainer by December 2027", False),
        ("Start within two years", False),
        ("Someone", False),
    ],
)
def test_a_number_says_how_many_and_a_date_does_not(text: str, expected: bool) -> None:
    assert steps.has_number(text) is expected


@pytest.mark.parametrize(
    ("what", "minutes", "why"),
    [
        ("Find a new job", None, "the way"),
        ("start my own business", None, "the way"),
        ("Rewrite everything", None, "the way"),
        ("Call Ada, write to Ben and visit the school", None, "3 steps"),
        ("Read one page", 481, "8 hours"),
        ("Write " + "very " * 25 + "much", None, "words"),
        ("Read one page", 480, ""),
        ("Call Ada and write to Ben", None, ""),
        ("Find one advert for a new job and mark what pulls you", None, ""),
    ],
)
def test_what_is_too_big_for_one_step(what: str, minutes: int | None, why: str) -> None:
    found = steps.too_big(what, minutes)
    assert why in found if why else found == ""


@pytest.mark.parametrize(
    ("focus", "is_broad"),
    [
        ("My career", True),
        ("Where things are going", True),
        ("Everything about the move", True),
        ("Catching up", True),
        ("CV, interviews and pay", True),
        ("How we work, and the way from the yard to the night shift", False),
        ("Which of the open ways deserves a test", False),
        ("", False),
    ],
)
def test_a_focus_is_one_thing(focus: str, is_broad: bool) -> None:
    assert bool(steps.broad(focus)) is is_broad


def test_the_word_that_keeps_a_goal_open_is_named_unless_a_number_settles_it() -> None:
    assert steps.vague("Get a Better job") == "Better"
    assert steps.vague("Earn 20 % more") == ""
    assert steps.vague("Teach welders at a school") == ""


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        ("Become trainer at Siemens Energy by May", "Siemens Energy"),
        ("Work for the Red Cross", "Red Cross"),
        ("A place with Bauer GmbH", "Bauer GmbH"),
        ("Be ready for January", ""),
        ("Work at a school", ""),
        ("Teach people a trade", ""),
    ],
)
def test_an_employer_is_named(goal: str, name: str) -> None:
    assert steps.employer(goal) == name


@pytest.mark.parametrize(
    "text",
    [
        "It was my own fault.",
        "I was just too lazy.",
        "The client did not get to it. Again no discipline.",
        "She didn't even bother to call.",
        "I failed once more.",
        "He couldn't be bothered.",
    ],
)
def test_blame_is_heard_in_a_review(text: str) -> None:
    assert [remark.hint for remark in blamed(text)] != []
    assert {remark.hint for remark in blamed(text)} == {"blame"}


@pytest.mark.parametrize(
    "text",
    [
        "The officer was away until Friday.",
        "I put it off, and noticed that I am afraid of his answer.",
        "The machine failed and the shift ran on.",
        "Eight of ten lines are about newcomers.",
    ],
)
def test_what_happened_is_no_blame(text: str) -> None:
    assert blamed(text) == ()


def test_the_demo_speaks_of_steps() -> None:
    import yaml

    for file in sorted(STORY.glob("wrap-*.yaml")):
        wrap = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert steps.broad(wrap["focus"]) == "", file.name
        for one in wrap["commitments"]:
            assert verbs.has_verb(one["what"]), one
            assert steps.too_big(one["what"]) == "", one


@pytest.mark.parametrize(
    ("focus", "is_broad"),
    [
        ("Telling Martin, or not, before the 5th", False),
        ("Sleep. And the agreement, at last too", False),
        ("The interview, once more, with the roof in mind", False),
        ("Sleep, the agreement and the roof", True),
        ("The CV, the interview, or pay", True),
    ],
)
def test_a_focus_names_things_and_not_commas(focus: str, is_broad: bool) -> None:
    assert bool(steps.broad(focus)) is is_broad
