"""Beliefs by kind: suggested from the words, confirmed by the coach, brought back with care."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach, prompts_of
from few import few

INTAKE = """\
kind: intake
name: Nora Nurse
destination: Work in which I sleep at night.
"""
EVIDENCE = ("seen", "look that up", "happen", "true", "evidence", "proof", "sure", "find out")


def begin(coach: Coach) -> None:
    coach.do("new-client", "--from", "-", "--start", "2027-01-12", stdin=INTAKE)
    coach.do("wrap", "session", "1", "--from", "-", stdin=NO_COMMITMENT)


def belief_prompts(coach: Coach, session: int, *options: str) -> list[dict[str, Any]]:
    plan = coach.json("prep", "session", str(session), *options)
    return [prompt for prompt in prompts_of(plan) if prompt["kind"] == "belief"]


def words(text: str) -> int:
    return len([word for word in text.split() if any(letter.isalnum() for letter in word)])


@pytest.mark.req("R124")
def test_a_fear_of_killing_somebody_is_never_asked_for_evidence(coach: Coach) -> None:
    begin(coach)
    coach.do("assumptions", "add", "What if I kill someone?")
    coach.today = "2027-01-26"
    # Nobody comes back to it before the coach has said that it is a fear.
    assert belief_prompts(coach, 2) == []
    coach.do("assumptions", "update", "1", "--kind", "fear")
    for session in (2, 3):
        (prompt,) = belief_prompts(coach, session)
        assert prompt["case"].startswith("harm")
        assert "worry" in prompt["text"]
        assert "kill" not in prompt["text"]
        assert not any(word in prompt["text"] for word in EVIDENCE)
        plan = coach.json("prep", "session", str(session))
        beside = {
            question["id"]
            for segment in plan["segments"]
            if any(prompt["kind"] == "belief" for prompt in segment["prompts"])
            for question in segment["questions"]
            if question["bank"] == "assumption-challenging"
        }
        assert not any(
            "assumption" in coach.json("questions", "show", name)["tags"] for name in beside
        )
        coach.do("wrap", "session", str(session), "--from", "-", stdin=NO_COMMITMENT)
        coach.today = "2027-02-09"


@pytest.mark.req("R124")
@pytest.mark.parametrize(
    ("belief", "kind"),
    few(
        [
            ("What if I kill someone?", "fear"),
            ("I don’t want people to find out I’m a fraud, I’d be humiliated", "fear"),
            ("What if nobody wants me", "fear"),
            ("I am too old", "barrier"),
            ("Nobody hires a woman at 58", "barrier"),
            ("With my accent nobody lets me speak", "barrier"),
            ("I am not good enough", "self"),
            ("Nobody would miss me", "self"),
            ("Não presto para nada", "self"),
            ("Nobody can afford the course", "barrier"),
            ("Nobody hires without a degree", "rule"),
            ("The course takes years", "fact"),
            ("Ich bin nicht gut genug", "self"),
            ("Was ist, wenn ich jemanden umbringe", "fear"),
            ("Man muss studiert haben", "rule"),
        ],
        6,
    ),
)
def test_the_words_suggest_the_most_careful_kind(coach: Coach, belief: str, kind: str) -> None:
    begin(coach)
    added = coach.json("assumptions", "add", belief)
    assert (added["kind"], added["suggested_kind"]) == (None, kind)
    assert f"| {kind}? |" in coach.do("assumptions").out


@pytest.mark.slow
@pytest.mark.req("R124")
@pytest.mark.parametrize("kind", few(["rule", "self", "fear", "fact", "barrier"], 2))
def test_a_belief_is_brought_back_twice_with_leave_and_then_put_to_the_coach(
    coach: Coach, kind: str
) -> None:
    begin(coach)
    coach.do("assumptions", "add", "Nobody hires without a degree", "--kind", kind)
    for session in (2, 3):
        coach.today = f"2027-0{session - 1}-26"
        plan = coach.json("prep", "session", str(session))
        assert plan["proposals"] == []
        (prompt,) = belief_prompts(coach, session)
        assert prompt["case"] == (kind if session == 2 else f"{kind}_again")
        assert "Can I " in prompt["text"]
        assert words(prompt["text"]) <= 20
        assert prompt["assumption"] == plan["assumption"] == 1
        assert prompt["beside"] == "Nobody hires without a degree"
        asks_for_evidence = "seen that" in prompt["text"] or "look that up" in prompt["text"]
        assert asks_for_evidence == (session == 2 and kind in ("rule", "fact"))
        agenda = coach.do("prep", "session", str(session), "--for", "client").out
        assert "degree" not in agenda
        assert kind not in agenda.lower().split()
        coach.do("wrap", "session", str(session), "--from", "-", stdin=NO_COMMITMENT)
    coach.today = "2027-03-09"
    assert belief_prompts(coach, 4) == []
    (proposal,) = coach.json("prep", "session", "4")["proposals"]
    assert proposal["kind"] == "belief"
    # Nothing is on record of what was found, so that is asked first.
    assert proposal["ask"] == "What was found?"
    coach.do(*proposal["command"].split()[1:], stdin="The yard took two without one.")
    (proposal,) = coach.json("prep", "session", "4")["proposals"]
    assert proposal["ask"] == "Is it closed?"
    page = coach.do("prep", "session", "4").out.replace("\n", " ")
    assert f"{proposal['why']} {proposal['ask']}" in page
    assert "against it: The yard took two without one." in page
    coach.do(*proposal["command"].split()[1:])
    assert coach.json("prep", "session", "4")["proposals"] == []


@pytest.mark.req("R124")
def test_the_coach_confirms_or_changes_the_kind(coach: Coach) -> None:
    begin(coach)
    coach.do("assumptions", "add", "I am too old")
    assert "barrier, going by the words" in coach.do("assumptions", "show", "1").out
    assert belief_prompts(coach, 2) == []
    coach.do("assumptions", "update", "1", "--kind", "barrier")
    (prompt,) = belief_prompts(coach, 2)
    # It is never read back to them.
    assert (prompt["case"], "too old" in prompt["text"]) == ("barrier", False)
    changed = coach.json("assumptions", "update", "1", "--kind", "rule")
    assert changed["kind"] == "rule"
    assert belief_prompts(coach, 2)[0]["case"] == "rule"
    assert "| rule |" in coach.do("assumptions").out
    coach.refused(2, "assumptions", "update", "1", "--kind", "worth")


@pytest.mark.req("R124")
def test_with_a_topic_of_the_day_only_a_belief_that_bears_on_it_comes_back(coach: Coach) -> None:
    begin(coach)
    coach.do("assumptions", "add", "Nobody hires without a degree")
    coach.do("check-in", "--session", "2", "--matters", "I fought with my sister")
    assert belief_prompts(coach, 2) == []
    coach.do("check-in", "--session", "2", "--matters", "Whether to study for a degree")
    assert len(belief_prompts(coach, 2)) == 1


@pytest.mark.req("R124")
@pytest.mark.parametrize("kind", few(["rule", "fact", "barrier"], 1))
@pytest.mark.parametrize(
    "belief",
    [
        "Nobody who has been out of the trade for as long as I have been is ever asked back by "
        "anybody, whatever they say in the adverts (and they say a lot).",
        "Nobody says “yes” to me;\nthey say “later”.",
        "没有学位就没有人会雇用我",
        "I — of all people — can't.",
    ],
)
def test_long_and_foreign_words_are_whole_or_left_out(coach: Coach, kind: str, belief: str) -> None:
    begin(coach)
    coach.do("assumptions", "add", belief, "--kind", kind)
    (prompt,) = belief_prompts(coach, 2)
    text = prompt["text"]
    assert words(text) <= 20
    assert text.count("“") == text.count("”") <= 1
    assert "…" not in text
    assert "\n" not in text
    assert prompt["beside"] == belief
    if text.count("“"):
        quoted = text.split("“")[1].split("”")[0]
        flat = " ".join(belief.replace("“", "'").replace("”", "'").split()).rstrip(".")
        assert quoted == flat


@pytest.mark.req("R124")
def test_a_coach_adds_words_of_their_own(coach: Coach) -> None:
    begin(coach)
    coach.do("assumptions", "add", "The brass say no")
    assert coach.json("assumptions", "show", "1")["suggested_kind"] == "self"
    coach.write(
        "own/blueprints/beliefs/mine.yaml",
        "kind: belief-cues\nid: mine\ntitle: Ours\ncues: {rule: [the brass]}\n",
    )
    coach.more["TRAJPLAN_LIBRARY"] = str(coach.home / "own")
    assert coach.json("assumptions", "show", "1")["suggested_kind"] == "rule"
    coach.do("blueprints", "check", str(coach.home / "own/blueprints/beliefs/mine.yaml"))
    bad = coach.write(
        "own/blueprints/beliefs/mine.yaml",
        'kind: belief-cues\nid: mine\ntitle: Ours\ncues: {rule: ["…"]}\n',
    )
    assert "holds no word to look for" in coach.refused(10, "blueprints", "check", bad)


@pytest.mark.req("R124")
def test_an_intake_may_say_the_kind(coach: Coach) -> None:
    said = INTAKE + "assumptions: [{text: I am too old, kind: rule}]\n"
    coach.do("new-client", "--from", "-", "--start", "2027-01-12", stdin=said)
    assert coach.json("assumptions", "show", "1")["kind"] == "rule"
    wrong = INTAKE.replace("Nora", "Ora") + "assumptions: [{text: I am late, kind: doubt}]\n"
    said = coach.refused(10, "new-client", "--from", "-", stdin=wrong)
    assert "`barrier`" in said


@pytest.mark.req("R124", "R131")
@pytest.mark.parametrize(
    ("text", "is_pinned"),
    [("What if I kill someone?", False), ("What if I kill myself one day?", True)],
)
def test_the_fear_of_harming_somebody_is_no_danger_and_of_harming_oneself_is(
    coach: Coach, text: str, is_pinned: bool
) -> None:
    begin(coach)
    assert ("pinned:" in coach.do("assumptions", "add", text).err) is is_pinned
