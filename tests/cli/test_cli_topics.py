"""The topic of the day: offered before anything else, heard without guessing, and what is put to
the coach first."""

from __future__ import annotations

from typing import Any

from coaching import Coach

NEWS = "Mum's gone. The funeral is on Friday."
DARK = "I don't want to live any more."


def plan(coach: Coach, *options: str) -> Any:
    return coach.json("prep", "session", "4", *options)


def asked(plan: Any) -> set[str]:
    return {one["id"] for part in plan["segments"] for one in part["questions"]}


def prompts(plan: Any) -> list[Any]:
    return [one for part in plan["segments"] for one in part["prompts"]]


def topics(plan: Any) -> list[str]:
    return [one["id"] for one in plan["topics"]]


def test_different_topics_make_different_plans(begun: Coach) -> None:
    found = []
    for matters in ("My boss wants me in on Saturdays", "I am afraid of the interviews"):
        begun.do("check-in", "--session", "4", "--matters", matters)
        made = plan(begun)
        found.append((topics(made), asked(made)))
    (one, first), (other, second) = found
    assert (one, other) == (["boss"], ["interviews"])
    assert len(first - second) >= 2
    assert len(second - first) >= 2
    # Named by the coach, it is heard as well.
    begun.do(
        "check-in",
        "--session",
        "4",
        "--matters",
        "Nothing much",
        "--about",
        "boss",
        "--about",
        "money",
    )
    named = plan(begun)
    assert topics(named) == ["boss", "money"]
    assert named["topics"][0]["words"] == []


def test_an_unknown_topic_is_not_guessed(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--matters", "The blue one")
    made = plan(begun)
    assert topics(made) == []
    banks = {one["bank"] for part in made["segments"] for one in part["questions"]}
    assert not [bank for bank in banks if bank.startswith("topics-")]
    assert "did you mean `boss`" in begun.refused(20, "check-in", "--about", "bos")


def test_words_about_not_wanting_to_live_go_first(held: Coach) -> None:
    held.do("check-in", "--session", "5", "--matters", DARK, "--about", "boss")
    made = held.json("prep", "session", "5")
    assert made["proposals"][0]["kind"] == "safety"
    assert topics(made) == ["boss"]
    assert not [one for one in prompts(made) if one["kind"] == "belief"]
    page = held.do("prep", "session", "5").out
    assert page.index("Ask directly") < page.index("Destination")
    # A figure of speech is no danger.
    held.do("check-in", "--session", "5", "--matters", "I'd kill for that job")
    assert not [
        one for one in held.json("prep", "session", "5")["proposals"] if one["kind"] == "safety"
    ]


def test_what_is_said_at_the_check_in_adds_up(begun: Coach) -> None:
    """F1: a second check-in takes nothing back that it does not speak of."""
    begun.do("check-in", "--energy", "low", "--mood", "raw", "--matters", "The rent")
    said = begun.json("check-in", "--holding")
    assert (said["energy"], said["mood"], said["matters"]) == ("low", "raw", "The rent")
