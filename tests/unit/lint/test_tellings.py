"""What a client tells or asks, said back to them: in a sentence that is true, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajplan.lint.tellings import is_learners_english, matter_of, telling_of

SAID = {
    "My old boss rang": "told me your old boss rang",
    "money runs out in June": "told me money runs out in June",
    "need to decide by Friday": "told me you need to decide by Friday",
    "Everything is late": "told me everything is late",
    "I start on Monday": "told me you start on Monday",
    "can't decide between the two": "told me you can't decide between the two",
    "HR want a meeting": "told me HR want a meeting",
    "Ifan wants me to come over": "told me Ifan wants you to come over",
    "the new lad starts Monday": "told me the new lad starts Monday",
    "what do I SAY about the gap?": "asked what to say about the gap",
    "what do i do with the boots": "asked what to do with the boots",
    "who do i hire": "asked who to hire",
    "how to run the huddle": "brought up how to run the huddle",
    "my talk with Gary": "brought up your talk with Gary",
    "feedback from the panel": "brought up feedback from the panel",
    # What somebody did is told; what may be said of a thing as well is not said at all.
    "The inquiry cleared me": "told me the inquiry cleared you",
    "my boss shouted": "told me your boss shouted",
    "the bank froze my account": "told me the bank froze your account",
    "my planned move": "brought up your planned move",
    "the post advertised on Friday": "",
    "the panel dropped it": "",
    "telling Big Al": "brought up telling Big Al",
    "teaching": "brought up teaching",
    # What readers refused: more in it than one clause, swearing, slips, figures, no joints.
    "my boss wants month-end done two days sooner and I said yes": "",
    "wife thinks i should take it": "",
    "how to run the 9 oclock huddle so its not boring": "",
    "can't go in the bloody shed": "",
    "got two wanting it": "",
    "taking on a second fella": "",
    "want ask for fourth person before June": "",
    "Dylan was rude with old lady about her varifocals": "",
    "Dylan talk to me": "",
    "Piotr wants 19, Kuba has 17.50": "",
    "had one off and did paperwork like a muppet": "",
    "hearing 17 feb": "",
    "should I stay?": "",
    "why am I always the last to know": "",
    "the joke Keith made about my scarf": "",
    "My job makes me ill": "",
    # No question, though it begins like one.
    "will miss the lads": "",
    # Nobody has been named yet.
    "they want to see me": "",
    "two of them don't talk to each other": "",
    "kids are on her side": "",
    "what do I do if it comes back": "",
    # What somebody calls themselves.
    "I feel like a traitor": "",
    # A note, a question of another grammar, somebody's speech, a word to the coach, another
    # language: nothing is known.
    "first week back": "",
    "two doors open at once, typical": "",
    "14 applications and not one reply": "",
    "is that going backwards": "",
    "I shouldnt even be here its my brother who said": "",
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
        ("might just ask for my old job back", "your old job"),
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
