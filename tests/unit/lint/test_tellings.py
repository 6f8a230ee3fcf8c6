"""What a client tells or asks, said back to them: in a sentence that is true, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.lint.tellings import is_learners_english, matter_of, telling_of

SAID = {
    "my boss wants month-end done two days sooner and I said yes": (
        "told me your boss wants month-end done two days sooner and you said yes"
    ),
    "wife thinks i should take it and im being daft": (
        "told me your wife thinks you should take it and you're being daft"
    ),
    "My old boss rang": "told me your old boss rang",
    "Gary's offered me 4k to stay": "told me Gary's offered you 4k to stay",
    "money runs out in June": "told me money runs out in June",
    "The morning with the apprentices was better than I dare to say": (
        "told me the morning with the apprentices was better than you dare to say"
    ),
    "need to decide by Friday": "told me you need to decide by Friday",
    "I was told off, again": "told me you were told off",
    "Everything is late": "told me everything is late",
    "I start on Monday": "told me you're starting on Monday",
    "How do I start so that I don't end like Tom": (
        "asked how to start so that you don't end like Tom"
    ),
    "what do I SAY about the gap?": "asked what to say about the gap",
    "should I stay?": "asked whether you should stay",
    "why am I always the last to know": "asked why you're always the last to know",
    "how do other people say no": "asked how other people say no",
    "What my next job should be": "brought up what your next job should be",
    "can we talk about money": "brought up money",
    "Did I make a mistake": "asked whether you made a mistake",
    "is it allowed to be this tired": "asked whether it's allowed to be this tired",
    "how long should we wait?": "asked how long to wait",
    "can't decide between the two": "told me you can't decide between the two",
    "My job makes me ill": "told me your job makes you ill",
    "HR want a meeting": "told me HR want a meeting",
    "Finding out who I am without work": "brought up finding out who you are without work",
    "asking for the pay that goes with what I already do": (
        "brought up asking for the pay that goes with what you already do"
    ),
    "feedback from the panel": "brought up feedback from the panel",
    "my talk with Gary": "brought up your talk with Gary",
    "Mel says she can't do Fridays": "told me Mel says she can't do Fridays",
    "other people say they like it": "",
    # No question, though it begins like one.
    "will miss the lads": "",
    # Nobody has been named yet.
    "they want to see me": "",
    "two of them don't talk to each other": "",
    "kids are on her side": "",
    "what do I do if it comes back": "",
    # What somebody calls themselves.
    "I feel like a traitor": "",
    # A note, a thing that looks like a sentence, a question of another grammar, somebody's speech,
    # a word to the coach, another language: nothing is known.
    "first week back": "",
    "two doors open at once, typical": "",
    "14 applications and not one reply": "",
    "the interview questions for Monday": "",
    "the joke Keith made about my scarf": "",
    "is that going backwards": "",
    "I shouldnt even be here its my brother who said": "",
    "I want ask for a fourth person": "",
    "wedding menu": "",
    "he said 'I don't trust you'": "",
    "I told you already": "",
    "Ich weiß nicht": "",
    "": "",
}


@pytest.mark.req("R120", "R123")
@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_is_turned_to_the_client_or_left_alone(sentence: str) -> None:
    assert telling_of(sentence) == SAID[sentence]


PIECES = """
I I'm my boss wants me to stay and we don't never if the money should how do what am asking about
not, home. Anna? “yes” 'no' (maybe) Ich 上司に 12 you but is was they rang on Monday whether
"""


@pytest.mark.req("R123")
@given(st.lists(st.sampled_from([*PIECES.split(), "\n"]), min_size=1, max_size=14))
def test_no_i_is_left_and_no_negation_is_lost(pieces: list[str]) -> None:
    sentence = " ".join(pieces)
    said = telling_of(sentence)
    spoken = re.findall(r"[\w']+", said.casefold())
    assert not {"i", "i'm", "my", "we"} & {*spoken}, said
    whole = re.sub(r"\([^()]*\)?", "", sentence).casefold()
    for word in ("not", "never", "don't", "if", "but"):
        assert not said or spoken.count(word) == re.findall(r"[\w']+", whole).count(word), said


@pytest.mark.req("R120", "R121")
@pytest.mark.parametrize(
    ("brought", "name"),
    [
        ("hearing 17 feb. they send 40 pages", "the hearing"),
        ("the unit!!! he wants a yes", "the unit"),
        ("hotel wants 14 doors and the whole bar", "the hotel"),
        ("thinking about a new planning job", "the job"),
        ("my talk with Gary was awful", "your talk"),
        ("it's not the job that keeps me up", ""),
        ("the shop floor is a mess", ""),
        ("the girl. nobody tells me how is she", ""),
        ("my mother's operation", ""),
        ("all of it. And the form", ""),
        ("", ""),
    ],
)
def test_what_they_bring_has_a_plain_name_or_none(brought: str, name: str) -> None:
    assert matter_of(brought) == name


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    "written",
    [
        "Dylan was rude with old lady about her varifocals",
        "half days at Whitley. its not my walk but nobody shout",
        "8 min. Dylan talk!! he never talk",
        "she didnt want the job. she wanted somebody ask her",
        "Ask college how long are the essays",
        "I want ask for a fourth person",
        "he didn't told me",
    ],
)
def test_english_that_is_another_language_to_its_writer_is_known(written: str) -> None:
    assert is_learners_english(written)


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    "written",
    [
        "why does nobody talk to me",
        "I want him to ask me",
        "ask landlord about the deposit",
        "ask how long the essays are",
        "I don't know where my head is",
        "he's late and she knows",
        "I let him go and he went",
        "what would she say to my mum",
        "quoted 400 for a 900 quid ash cos the wifey was nice I do it every time",
        "his mam blanked me in the Co-op. fair enough",
        "shook my hand. said about time. I nearly grat",
        "I was rude to an old lady",
        "he was good with the old lady",
    ],
)
def test_plain_english_is_no_learners(written: str) -> None:
    assert not is_learners_english(written)
