"""Which topics a client's words raise, and which figures of speech raise none (R131)."""

from __future__ import annotations

from pathlib import Path

import pytest

from few import few
from trajplan.content.loader import load
from trajplan.content.model import Topic, with_cue_words
from trajplan.planning.heard_topics import heard_topics, settled_topics
from trajplan.settings import read

CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parent / "data" / "topic_cases.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.fixture(scope="module")
def topics(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Topic]:
    place = tmp_path_factory.mktemp("topics")
    environ = {"HOME": str(place), "TRAJPLAN_CACHE": str(place / "cache")}
    return dict(load(read(environ)).topics)


@pytest.mark.parametrize(
    "case", few(map(list, CASES), len(CASES) // 3), ids=lambda case: case[0][:40]
)
def test_a_sentence_raises_what_it_says_and_nothing_else(
    topics: dict[str, Topic], case: tuple[str, ...]
) -> None:
    sentence, must, must_not = (*case, "")[:3]
    heard = {topic.id for topic in heard_topics(topics, sentence)}
    wanted = {name.strip() for name in must.split(",") if name.strip()}
    unwanted = {name.strip() for name in must_not.split(",") if name.strip()}
    assert wanted <= heard
    if "*" in unwanted:
        assert heard == wanted
    assert not unwanted & heard


def test_there_are_sentences_both_ways() -> None:
    assert len(CASES) > 190
    assert sum(bool(case[2:] and case[2]) for case in CASES) > 50


def _topic(cue: str, without: str = "") -> dict[str, Topic]:
    return {
        "t": with_cue_words(
            Topic(
                kind="topic",
                id="t",
                title="T",
                cues={"en": (cue,)},
                without={"en": (without,)} if without else {},
            )
        )
    }


@pytest.mark.parametrize(
    ("cue", "text", "raised"),
    [
        ("my boss", "MY  BOSS is away", True),
        ("boss", "bossy", False),
        ("résumé", "the resume", True),
        ("mum's gone", "mum’s gone.", True),
        ("mum's gone", "mums gone", True),
        ("co-worker", "a co worker", True),
        ("let me go", "They let me. Go figure", False),
        ("x", "", False),
        ("lost {kin}", "we lost Mum on Sunday", True),
        ("lost {whose} {kin}", "she lost her nan", True),
        ("lost {kin}", "we lost the bid", False),
        ("{kin's} funeral", "it’s Mum’s funeral", True),
        ("{kin's} funeral", "Mum at a funeral", False),
        ("{elder} went on {day}", "dad went on Tuesday", True),
        ("{elder} went on {day}", "my son went on Tuesday", False),
    ],
)
def test_whole_words_count_whatever_their_case_accents_or_apostrophes(
    cue: str, text: str, raised: bool
) -> None:
    assert bool(heard_topics(_topic(cue), text)) is raised


def test_a_figure_of_speech_takes_its_cue_along_unless_it_is_only_a_part_of_it() -> None:
    assert not heard_topics(_topic("boss", "my own boss"), "I am my own boss")
    assert heard_topics(_topic("gone for good", "gone for"), "she is gone for good")
    words = "I'd be my own boss, but my boss says no"
    assert heard_topics(_topic("boss", "my own boss"), words)[0].words == ("boss",)


def test_a_page_shows_the_relative_that_was_named() -> None:
    (heard,) = heard_topics(_topic("{kin's} funeral"), "Tomorrow is Mum's funeral.")
    assert heard.shown == ("mum's funeral",)


@pytest.mark.req("R121")
@pytest.mark.parametrize(
    ("topic", "said", "settled"),
    [
        ("offer", "he offered me more and I said no", True),
        ("offer", "I turned it down on Friday", True),
        ("offer", "ich habe zugesagt", True),
        ("offer", "I got an offer. By when do they need an answer?", False),
        ("offer", "I haven't accepted the offer yet", False),
        ("interviews", "the interview went all right", True),
        ("interviews", "interview on Monday", False),
        ("resigning", "handed in my notice", True),
        ("resigning", "should I hand in my notice", False),
    ],
)
def test_what_is_decided_or_over_is_known_by_its_words(
    topics: dict[str, Topic], topic: str, said: str, settled: bool
) -> None:
    assert bool(settled_topics([topics[topic]], said)) is settled
