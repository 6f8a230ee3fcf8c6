"""The shipped questions sound like everyday English, measured over the whole library (R130).

The method, the same for every measure:

- A question is what `trajplan questions list` shows of the built-in library. Each counts once, an
  invitation ("Tell me about …") as much as a question with a question mark. Typographic
  apostrophes count as straight ones.
- Words are what spaces separate, as long as a letter or digit is in them: "you'd" and "half-way"
  are one word each, a lone dash is none.
- The opener is the first word in small letters, without quotation marks, and up to its
  apostrophe: "What's" and "What" are one opener, "Whatever" is another. So a question that begins
  with "And" or "So" opens with that.
- A preposition or participle opens a question when its opener is one of `PREPOSITIONS` (with the
  conjunctions of time and comparison that put a clause in front as they do: as, since, once,
  until, while), one of `PARTICIPLES`, or ends in -ing.
- A contraction is a verb or "not" shortened with an apostrophe: n't, 're, 've, 'll, 'd and 'm after
  any word; 's only after the words of `BEFORE_S`, as in "what's" or "let's". "A friend's step" owns
  something and is none.
- Feelings are the words feel, feels, felt, feeling and feelings.
- The median is the middle length. The ninetieth percentile is the shortest length that at least
  nine questions of ten do not exceed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from coaching import Coach

PREPOSITIONS = frozenset(
    re.findall(
        r"\w+",
        """
        about above across after against along amid among around as at before behind below beneath
        beside besides between beyond by despite during except for from in inside into like near of
        off on once onto opposite out outside over past per since than through throughout till to
        toward towards under underneath unlike until up upon via while with within without
        """,
    )
)
PARTICIPLES = frozenset(
    ("apart", "assumed", "compared", "given", "known", "left", "seen", "taken", "told")
)
HYPOTHETICALS = frozenset(("if", "suppose", "imagine", "picture"))
BEFORE_S = (
    "what|who|where|when|why|how|that|this|there|here|it|he|she|let|everybody|everyone|everything|"
    "nobody|nothing|somebody|someone|something|one"
)
CONTRACTION = re.compile(rf"\b(?:\w+n't|\w+'(?:re|ve|ll|d|m)|(?:{BEFORE_S})'s)\b", re.IGNORECASE)
FEELING = re.compile(r"\b(?:feel|feels|felt|feelings?)\b", re.IGNORECASE)


CLASSICS = (
    "What do you want?",
    "What else?",
    "What makes this matter now?",
    "What's stopping you?",
    "What's the hardest part for you?",
    "What have you tried so far?",
    "What would you like instead?",
    "What would help?",
    "What do you need?",
    "What's one thing you could do this week?",
)


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> list[str]:
    """Every shipped question, as a coach who has brought none of their own sees it listed."""
    listed = Coach(tmp_path_factory.mktemp("everyday"), cache).json("questions", "list")
    return [question["text"].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for question in listed]


def words(text: str) -> list[str]:
    return [word for word in text.split() if re.search(r"\w", word)]


def opener(text: str) -> str:
    return re.sub(r"^\W+|\W+$", "", words(text)[0]).lower().partition("'")[0]


def opens_with_a_preposition_or_participle(text: str) -> bool:
    first = opener(text)
    return first in PREPOSITIONS | PARTICIPLES or first.endswith("ing")


def opens_with(*openers: str) -> Callable[[str], bool]:
    return lambda text: opener(text) in openers


def has(*marks: str) -> Callable[[str], bool]:
    return lambda text: any(mark in text for mark in marks)


def has_match(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


# One line of the table each: the measure, what counts, the least and the most in per cent.
SHARES: list[tuple[str, Callable[[str], bool], float, float]] = [
    ("opens with What", opens_with("what"), 45, 70),
    ("opens with How", opens_with("how"), 8, 25),
    ("opens with Which", opens_with("which"), 0, 4),
    ("opens with If, Suppose, Imagine or Picture", opens_with(*HYPOTHETICALS), 0, 8),
    ("opens with a preposition or participle", opens_with_a_preposition_or_participle, 0, 3),
    ("holds a colon", has(":"), 0, 1),
    ("holds a comma", has(","), 0, 20),
    ("holds a contraction", has_match(CONTRACTION), 10, 100),
    ("speaks of feeling", has_match(FEELING), 3, 100),
]


@pytest.mark.req("R130")
@pytest.mark.parametrize(
    ("measure", "counts", "least", "most"), SHARES, ids=[row[0] for row in SHARES]
)
def test_the_share_of_questions_is_that_of_speech(
    questions: list[str], measure: str, counts: Callable[[str], bool], least: float, most: float
) -> None:
    hits = [text for text in questions if counts(text)]
    share = 100 * len(hits) / len(questions)
    assert least <= share <= most, (
        f"{measure}: {share:.1f} % ({len(hits)} of {len(questions)}), wanted {least} to {most} %; "
        f"for example {hits[:5]}"
    )


@pytest.mark.req("R130")
def test_half_the_questions_have_at_most_ten_words(questions: list[str]) -> None:
    middle = median(len(words(text)) for text in questions)
    assert middle <= 10, f"the median is {middle} words"


@pytest.mark.req("R130")
def test_nine_questions_of_ten_have_at_most_fifteen_words(questions: list[str]) -> None:
    lengths = sorted(len(words(text)) for text in questions)
    ninetieth = lengths[-(-9 * len(lengths) // 10) - 1]
    assert ninetieth <= 15, f"the ninetieth percentile is {ninetieth} words"


@pytest.mark.req("R130")
def test_the_plain_classics_are_there(questions: list[str]) -> None:
    assert [text for text in CLASSICS if text not in questions] == []


@pytest.mark.req("R130")
def test_no_question_says_that_it_is_up_to_the_client(questions: list[str]) -> None:
    """“Which part of this is up to you?” sounds like blame to somebody who has lost a job. As a
    wish, “if it were up to you”, it is none."""
    blaming = [text for text in questions if re.search(r"(?<!were )(?<!only )\bup to you\b", text)]
    assert blaming == []


@pytest.mark.req("R130")
def test_no_question_is_impatient_or_an_exam(questions: list[str]) -> None:
    """“By now” presumes that something should have come of it, “all the things” sets a task, and
    “in all this” cannot be kept in mind."""
    taxing = r"\bby now\b|\ball the (?:things|ways)\b|\bin mind in all this\b|\bin a few words\b"
    assert [text for text in questions if re.search(taxing, text)] == []


@pytest.mark.req("R130")
def test_no_two_questions_have_the_same_words(questions: list[str]) -> None:
    assert [text for text in set(questions) if questions.count(text) > 1] == []


def test_the_measures_count_what_they_say() -> None:
    assert [opener(text) for text in ("What's next?", "“Whatever” then?", "And then?")] == [
        "what",
        "whatever",
        "and",
    ]
    fronted = ("Of these, which?", "Looking back, what?", "Given that, what?", "As we begin, who?")
    assert all(opens_with_a_preposition_or_participle(text) for text in fronted)
    assert not opens_with_a_preposition_or_participle("Often, what helps?")
    assert CONTRACTION.findall("Who's there? What don't you know? Let's see; I'd say.") == [
        "Who's",
        "don't",
        "Let's",
        "I'd",
    ]
    assert not CONTRACTION.search("What would a friend's boss or other people's plans change?")
    assert words("Half-way – you'd say 10?") == ["Half-way", "you'd", "say", "10?"]
