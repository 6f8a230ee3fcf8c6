"""The topic of the day: offered before anything else, heard without guessing, and what is put to
the coach first."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach, prompts_of, questions_of
from few import few

NEWS = "Mum's gone. The funeral is on Friday."
DARK = "I don't want to live any more."
TOPICS = [
    *("boss", "colleagues", "leading-people", "family", "money", "workload", "conflict"),
    *("feedback", "job-search", "applications", "interviews", "network", "salary-talk", "offer"),
    *("resigning", "redundancy", "promotion", "new-role", "being-seen", "burnout", "self-doubt"),
    *("moving", "study", "own-business", "retirement", "unfair-treatment"),
]


def plan(coach: Coach, *options: str) -> Any:
    return coach.json("prep", "session", "4", *options)


def asked(plan: Any) -> set[str]:
    return {question["id"] for question in questions_of(plan)}


def topics(plan: Any) -> list[str]:
    return [topic["id"] for topic in plan["topics"]]


@pytest.mark.req("R120")
def test_the_topic_is_offered_before_anything_else(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--matters", "The rent")
    made = plan(begun)
    [agreement] = [prompt for prompt in prompts_of(made) if prompt["kind"] == "agreement"]
    first = made["segments"][0]
    assert first["component"] == "context_setting"
    assert first["prompts"][0] == agreement
    assert "the rent" in agreement["text"]
    assert agreement["text"].endswith("?")
    assert made["agreement"]["text"] == agreement["text"]
    assert made["agreement"]["matters"] == "The rent"
    assert made["agreement"]["ends"] == made["end"] == "15:30"
    # What stands beside it is for the eye, and the clock at the end with it.
    page = begun.do("prep", "session", "4").out
    assert "the aim, why now, how you'll know; until 15:30" in page
    assert page.index(agreement["text"]) < page.index("Energy")


@pytest.mark.req("R120")
def test_wordings_take_turns_and_long_words_stand_beside(begun: Coach) -> None:
    matters = "That I never know in the morning whether the boss will want me to stay until ten"
    texts = set()
    for number in ("4", "5", "6"):
        begun.do("check-in", "--session", number, "--matters", matters)
        made = begun.json("prep", "session", number)
        [agreement] = [prompt for prompt in prompts_of(made) if prompt["kind"] == "agreement"]
        assert len(agreement["text"].split()) <= 20
        assert matters in agreement["beside"]
        texts.add(agreement["text"])
    assert len(texts) > 1


@pytest.mark.req("R120")
@pytest.mark.parametrize("energy", few(["low", "normal", "high"], 2))
@pytest.mark.parametrize("minutes", few(["45", "60", "90", "120"], 2))
def test_every_session_has_an_agreement_but_one_that_holds(
    begun: Coach, energy: str, minutes: str
) -> None:
    made = plan(begun, "--minutes", minutes, "--energy", energy)
    assert [prompt["kind"] for prompt in prompts_of(made)].count("agreement") == 1
    for part in made["segments"]:
        parts = [*part["activities"], *part["prompts"], *part["questions"]]
        assert sum(part["minutes"] for part in parts) <= part["minutes"]
    begun.do("check-in", "--session", "4", "--holding")
    held = plan(begun)
    assert held["agreement"] is None
    assert "agreement" not in [prompt["kind"] for prompt in prompts_of(held)]


@pytest.mark.req("R120")
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


THREE = {
    "boss": "My boss wants me in on Saturdays",
    "interviews": "The interview on Thursday",
    "money": "I can't pay the rent this month",
}


@pytest.mark.req("R120", "R131")
@pytest.mark.parametrize("energy", few(["low", "normal", "high"], 2))
@pytest.mark.parametrize("minutes", few(["45", "60", "90"], 2))
def test_three_topics_make_three_plans(begun: Coach, minutes: str, energy: str) -> None:
    plans = {}
    for topic, matters in THREE.items():
        begun.do("check-in", "--session", "4", "--matters", matters)
        made = plan(begun, "--minutes", minutes, "--energy", energy)
        assert topics(made) == [topic]
        plans[topic] = asked(made)
    for topic, other in permutations(plans, 2):
        assert len(plans[topic] - plans[other]) >= 2


@pytest.mark.req("R131")
@pytest.mark.parametrize("topic", few(TOPICS, 4))
def test_every_topic_is_known_and_has_its_questions(begun: Coach, topic: str) -> None:
    begun.do("check-in", "--session", "4", "--about", topic)
    assert topic in topics(plan(begun))
    banks = begun.json("questions", "list")
    assert len([bank for bank in banks if topic in bank["topics"]]) >= 6


@pytest.mark.req("R120")
def test_an_unknown_topic_is_not_guessed(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--matters", "The blue one")
    made = plan(begun)
    assert topics(made) == []
    banks = {question["bank"] for question in questions_of(made)}
    assert not [bank for bank in banks if bank.startswith("topics-")]
    assert "did you mean `boss`" in begun.refused(20, "check-in", "--about", "bos")


@pytest.mark.req("R120")
def test_the_checkpoint_asks_the_client_about_the_talk(begun: Coach) -> None:
    for number in ("4", "5", "6", "7"):
        made = begun.json("prep", "session", number)
        [said] = [part["checkpoint"] for part in made["segments"] if part["checkpoint"]]
        assert not [objective for objective in made["objectives"] if objective in said]
        assert "?" in said


@pytest.mark.req("R120")
def test_an_open_session_lets_the_step_wait(begun: Coach) -> None:
    usual = plan(begun)
    made = plan(begun, "--open")
    assert made["step"] == "what the client brings"
    assert made["agreement"]["text"].startswith("What would")
    [waits] = [finding["message"] for finding in made["findings"] if finding["rule"] == "R120"]
    assert usual["step"] in waits
    assert "challenge-assumption" not in [prompt["id"] for prompt in prompts_of(made)]
    assert plan(begun, "--no-open")["step"] == usual["step"]


@pytest.mark.req("R131")
def test_grave_news_ask_the_coach_first(held: Coach) -> None:
    held.do("check-in", "--session", "5", "--matters", NEWS)
    made = held.json("prep", "session", "5")
    [proposal] = [proposal for proposal in made["proposals"] if proposal["kind"] == "grave-news"]
    assert proposal["words"]
    assert set(proposal["words"]) <= {"mum's gone", "funeral", "Mum's gone"}
    assert proposal["command"].startswith("trajplan check-in --holding")
    glance = held.do("prep", "session", "5", "--glance").out
    assert "be with it today, or work as planned?" in glance
    assert "trajplan check-in --holding" in glance
    assert "grave-news" not in topics(made)
    assert not [prompt for prompt in prompts_of(made) if prompt["kind"] == "belief"]
    assert not [prompt for prompt in prompts_of(made) if prompt["id"] == "review-commitment"]
    assert "gone" not in made["agreement"]["text"]
    # The client would rather work: then it is a session like any other, and nothing is asked twice.
    held.do("check-in", "--session", "5", "--no-holding")
    answered = held.json("prep", "session", "5")
    assert not [proposal for proposal in answered["proposals"] if proposal["kind"] == "grave-news"]
    assert [prompt for prompt in prompts_of(answered) if prompt["id"] == "review-commitment"]


@pytest.mark.req("R131")
def test_words_about_not_wanting_to_live_go_first(held: Coach) -> None:
    held.do("check-in", "--session", "5", "--matters", DARK, "--about", "boss")
    made = held.json("prep", "session", "5")
    assert made["proposals"][0]["kind"] == "safety"
    assert topics(made) == ["boss"]
    assert not [prompt for prompt in prompts_of(made) if prompt["kind"] == "belief"]
    page = held.do("prep", "session", "5").out
    assert page.index("Ask directly") < page.index("Destination")
    assert page.count(made["proposals"][0]["command"]) == 1
    # Nothing is put beside it to be asked, until the coach has spoken about it.
    assert asked(made) == set()
    assert [prompt["kind"] for prompt in prompts_of(made)] == ["agreement"]
    assert [finding["message"] for finding in made["findings"] if finding["rule"] == "R131"]
    held.do("check-in", "--session", "5", "--no-holding")
    answered = held.json("prep", "session", "5")
    assert answered["proposals"][0]["kind"] == "safety"
    assert asked(answered)
    held.do("check-in", "--session", "5", "--holding")
    assert held.json("prep", "session", "5")["holding"]
    held.do("check-in", "--session", "5", "--no-holding")
    # A figure of speech is no danger.
    held.do("check-in", "--session", "5", "--matters", "I'd kill for that job")
    assert not [
        proposal
        for proposal in held.json("prep", "session", "5")["proposals"]
        if proposal["kind"] == "safety"
    ]


def test_what_is_said_at_the_check_in_adds_up(begun: Coach) -> None:
    """F1: a second check-in takes nothing back that it does not speak of."""
    begun.do("check-in", "--energy", "low", "--mood", "raw", "--matters", "The rent")
    said = begun.json("check-in", "--holding")
    assert (said["energy"], said["mood"], said["matters"]) == ("low", "raw", "The rent")


PROMISES = """\
kind: wrap
commitments:
  - {what: Call the works council, when: '2027-03-01', how_will_i_know: A date}
  - {what: Write to Kim, when: '2027-03-02', how_will_i_know: It is sent}
"""


@pytest.mark.req("R131")
def test_what_is_hard_to_say_silences_what_waits(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    begun.do("wrap", "session", "4", "--from", "-", stdin=PROMISES)
    begun.today = "2027-03-09"
    begun.do("commitments", "update", "2", "--status", "done")

    def reviewed(said: str) -> list[str]:
        begun.do("check-in", "--session", "5", "--matters", said)
        return [
            prompt["case"]
            for prompt in prompts_of(begun.json("prep", "session", "5"))
            if prompt["id"] == "review-commitment"
        ]

    assert sorted(reviewed("The rent")) == ["done", "open"]
    # What was done may be what has just come to nothing.
    assert reviewed("I didn't get it. I was so proud") == []
    assert reviewed(NEWS) == []
    assert reviewed(DARK) == []


@pytest.mark.req("R22", "R131")
def test_a_hard_day_is_heard_and_nothing_old_is_brought_up(held: Coach) -> None:
    def of(made: Any) -> set[str]:
        return {prompt["id"] for prompt in prompts_of(made)}

    held.do("assumptions", "update", "1", "--kind", "rule")
    made = held.json("prep", "session", "6")
    usual = of(made)
    assert {"review-commitment", "return-inquiry", "challenge-assumption"} <= usual
    assert [
        prompt["case"]
        for prompt in prompts_of(made)
        if prompt["beside"] and prompt["kind"] == "close"
    ] == ["summary"]
    held.do("check-in", "--session", "6", "--matters", "They took someone else. I cried all night.")
    made = held.json("prep", "session", "6")
    ids = of(made)
    old = {"review-commitment", "return-inquiry", "challenge-assumption", "first-words"}
    assert not ids & old
    # One gentle question closes, and what is asked is gentle too.
    assert [prompt["case"] for prompt in prompts_of(made) if prompt["kind"] == "close"] == [
        "gentle"
    ]
    asked = {question["bank"] for question in questions_of(made)}
    assert asked == {"holding"}  # and nothing goes home with them
    assert made["agreement"]["text"].startswith("I'm sorry you didn't get it.")
    assert not [topic for topic in made["topics"] if topic["id"] in ("not-chosen", "tears")]
    assert not [
        proposal for proposal in made["proposals"] if proposal["kind"] in ("not-chosen", "tears")
    ]
    (note,) = [finding["message"] for finding in made["findings"] if finding["rule"] == "R131"]
    assert "“took someone else”, “I cried” was heard" in note
    assert note in held.do("prep", "session", "6").out
    # The coach may work as planned; what was said is answered all the same.
    held.do("check-in", "--session", "6", "--no-holding")
    answered = held.json("prep", "session", "6")
    assert "review-commitment" in of(answered)
    # The question that went home waits: they have brought something.
    assert "return-inquiry" not in of(answered)
    assert answered["agreement"]["text"] == made["agreement"]["text"]


@pytest.mark.req("R22", "R131")
def test_the_session_after_one_about_danger_opens_with_how_they_have_been(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--matters", DARK)
    begun.do("prep", "session", "4")
    begun.do("wrap", "session", "4", "--from", "-", stdin=PROMISES)
    begun.today = "2027-03-09"
    begun.do("check-in", "--session", "5", "--matters", "Went for a walk with my brother")
    made = begun.json("prep", "session", "5")
    assert "Have those thoughts been back" in made["agreement"]["text"]
    assert made["from_last_time"]["danger"]
    ids = {prompt["id"] for prompt in prompts_of(made)}
    assert not ids & {"return-inquiry", "challenge-assumption"}
    # The session after that begins with a look at safety too, until the coach says it is settled.
    begun.do("wrap", "session", "5", "--from", "-", stdin=NO_COMMITMENT)
    begun.today = "2027-03-23"
    begun.do("check-in", "--session", "6", "--matters", "The rent")
    safety, *others = prompts_of(begun.json("prep", "session", "6"))
    agreement = next(prompt for prompt in others if prompt["kind"] == "agreement")
    assert (safety["kind"], "ending your life" in safety["text"]) == ("safety", True)
    assert agreement["case"] == "offered"
    assert safety["text"] in begun.do("prep", "session", "6", "--format", "terminal").out
    begun.do("notes", "unpin", "1")
    kinds = [prompt["kind"] for prompt in prompts_of(begun.json("prep", "session", "6"))]
    assert "safety" not in kinds


@pytest.mark.req("R120")
def test_a_new_agreement_after_the_checkpoint_is_kept(begun: Coach) -> None:
    page = begun.do("prep", "session", "4").out
    assert "*If not:* What " in page
    wrap = "kind: wrap\ncommitments: none\nagreement: Find words for the talk on Monday\n"
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    begun.today = "2027-03-09"
    then = begun.json("prep", "session", "5")["from_last_time"]
    assert then["agreement"] == "Find words for the talk on Monday"
    for page in (
        begun.do("prep", "session", "5").out,
        begun.do("sessions", "show", "4").out,
    ):
        assert "Find words for the talk on Monday" in page
    assert "Monday" not in begun.do("prep", "session", "5", "--for", "client").out


@pytest.mark.req("R120")
def test_what_stands_beside_the_agreement_is_lines_for_the_eye(begun: Coach) -> None:
    matters = "That I never know in the morning whether the boss will want me to stay until ten"
    begun.do("check-in", "--session", "4", "--matters", matters)
    lines = begun.do("prep", "session", "4").out.splitlines()
    (line,) = [index for index, text in enumerate(lines) if text.strip().startswith("- 2′ » ")]
    assert lines[line].rstrip().endswith("?")
    assert lines[line + 1].strip() == f"- *In full:* {matters}"
    assert "the aim, why now, how you'll know; until 15:30" in lines[line + 2]


@pytest.mark.req("R131")
def test_while_somebody_may_be_in_danger_nobody_is_asked_for_a_number(begun: Coach) -> None:
    def scaled(*options: str) -> list[str]:
        return [
            question["id"]
            for session in ("4", "6", "8", "10")
            for question in questions_of(begun.json("prep", "session", session, *options))
            if question["anchors"]
        ]

    assert scaled("--blueprint", "values-alignment")
    for session in ("4", "6", "8", "10"):
        begun.do("check-in", "--session", session, "--matters", DARK)
    assert scaled("--blueprint", "values-alignment") == []
    made = begun.json("prep", "session", "4", "--reset")
    assert made["ratings"] == "off"
    done = [activity["id"] for part in made["segments"] for activity in part["activities"]]
    assert "rate_tci" not in done
    assert "Where do you stand right now?" not in begun.do("prep", "session", "4").out


@pytest.mark.req("R131")
def test_while_somebody_may_be_in_danger_the_plan_keeps_to_that_on_every_page(
    begun: Coach,
) -> None:
    usual = begun.do("prep", "session", "4").out
    assert "the aim, why now" in usual
    assert "Choose next steps" in usual
    begun.do("check-in", "--session", "4", "--matters", DARK, "--energy", "low")
    for options in ((), ("--full",), ("--glance",), ("--format", "terminal")):
        page = begun.do("prep", "session", "4", *options).out
        assert "Nothing else matters today" in " ".join(page.split())
        for words in ("the aim, why now", "Choose next steps", "Reset", "Hand out", "elsewhere"):
            assert words not in page
    made = begun.json("prep", "session", "4")
    assert made["hands_out"] == []
    done = {activity["id"] for part in made["segments"] for activity in part["activities"]}
    assert done <= {"next_days", "next_date"}
    assert sum(part["minutes"] for part in made["segments"]) == made["minutes"]
    # The coach decides when there is something else to plan.
    begun.do("check-in", "--session", "4", "--no-holding")
    answered = begun.json("prep", "session", "4")
    assert {
        activity["id"] for part in answered["segments"] for activity in part["activities"]
    } > done


@pytest.mark.req("R131")
@pytest.mark.parametrize("words", [DARK, "We lost Mum on Sunday", "They've said weeks"])
def test_after_such_words_the_client_has_a_page_that_asks_for_nothing(
    begun: Coach, words: str
) -> None:
    usual = begun.do("prep", "session", "4", "--for", "client").out
    assert "**Where you are going:**" in usual
    begun.do("check-in", "--session", "4", "--matters", words)
    page = begun.do("prep", "session", "4", "--for", "client").out
    for label in ("Where you are going", "Today:", "To take home", "What matters most", words):
        assert label not in page
    assert "How we work today: slowly. Nothing has to be decided" in page
    assert "the aim, why now" not in begun.do("prep", "session", "4").out


@pytest.mark.slow
@pytest.mark.req("R120")
@pytest.mark.parametrize("session", range(2, 12))
def test_three_topics_make_three_plans_in_every_session(begun: Coach, session: int) -> None:
    number = str(session)
    for minutes in ("45", "60", "90"):
        for energy in ("low", "normal", "high"):
            plans = {}
            for topic, matters in THREE.items():
                begun.do("check-in", "--session", number, "--matters", matters)
                options = ["--minutes", minutes, "--energy", energy]
                plans[topic] = asked(begun.json("prep", "session", number, *options))
            # Most of what is asked suits whatever is brought.
            for topic, other in permutations(plans, 2):
                differ = plans[topic] - plans[other]
                assert differ, (minutes, energy, topic, other)


@pytest.mark.req("R131")
def test_grave_words_are_heard_in_the_mood_too(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--mood", "Mum died on Saturday. I came anyway")
    made = begun.json("prep", "session", "4")
    (proposal,) = made["proposals"]
    assert proposal["words"]
    assert made["topics"] == []
    begun.do("check-in", "--session", "4", "--mood", "The boss is on my mind")
    made = begun.json("prep", "session", "4")
    assert made["proposals"] == []
    assert made["topics"] == []


@pytest.mark.req("R131")
def test_what_is_hard_to_say_is_not_laid_on_the_table(begun: Coach) -> None:
    words = "Mum died on Saturday. I came anyway"
    for more in ((), ("--holding",), ("--no-holding",)):
        begun.do("check-in", "--session", "4", "--matters", words, *more)
        agenda = begun.do("prep", "session", "4", "--for", "client").out
        assert "died" not in agenda, more
        assert words in begun.do("prep", "session", "4").out


@pytest.mark.req("R22", "R44")
def test_a_session_that_holds_has_no_break_in_it(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--holding", "--energy", "low")
    made = begun.json("prep", "session", "4")
    assert "break" not in {segment["component"] for segment in made["segments"]}


@pytest.mark.req("R22")
def test_a_session_that_held_leaves_nothing_open_on_paper_or_in_today(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--holding", "--mood", "Mum died")
    begun.do("prep", "session", "4")
    said = begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    for asking in ("Focus", "take away", "No commitment", "question I take home", "\\_"):
        assert asking not in said.out
    assert "We meet again" in said.out
    assert "wrapped only in part" not in begun.do("today").out
