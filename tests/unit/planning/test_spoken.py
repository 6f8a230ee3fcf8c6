"""What is said aloud: its laws hold for whatever a client says (R123)."""

from __future__ import annotations

import re
from itertools import pairwise, product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from planners import commitment, facts, last_time, shipped
from planners import content as planning_content

from few import few
from growth import keeps_in_step
from trajplan.lint.labels import made_label
from trajplan.lint.promises import Promise, promise_of
from trajplan.planning.care import Care, care_for
from trajplan.planning.compose import make_plan
from trajplan.planning.first_words import QUESTIONS, echo_prompts
from trajplan.planning.from_records import FirstWords, PlannedCommitment
from trajplan.planning.kept_in_mind import FromIntake
from trajplan.planning.plan import PlannedPrompt, SessionAgreement
from trajplan.planning.plan_inputs import Exercise, Facts, PlanOptions
from trajplan.planning.prompts import ERRAND, debrief, looking_back
from trajplan.planning.session_agreement import agreement_prompt
from trajplan.planning.session_close import closing_prompts
from trajplan.planning.spoken import (
    QUOTED_WORDS,
    SINCE,
    SOME_KEPT,
    SPOKEN_WORDS,
    TAKEN_ON,
    leading_clause,
    leading_sentence,
    said_label,
    sentences_said,
    words_to_say,
)
from trajplan.planning.topics_today import topics_today
from trajplan.records.forms import CommitmentStatus
from trajplan.text import exact_words, word_count

MESSY = [
    "I lied to her, and then (of all things) I said I'd do it again – which I won't, because it "
    "made me ill for a week and nobody noticed.",
    "Ich weiß nicht, ob ich das noch kann; die Chefin (die neue) sieht mich nicht an.",
    "No sé si quiero seguir: mi jefe dice «espera», yo ya no puedo esperar más tiempo aquí.",
    "لا أعرف إن كنت أريد أن أبقى في هذا العمل بعد كل ما حدث معي في السنة الماضية",
    "上司に話すべきかどうか分からない。毎晩そのことを考えて眠れないし、家族にも言えない。",
    "Month-end is over",
    "First line\nSecond line (with a bracket\nthat goes on)",
    "“Quoted” and \"quoted again\" and 'so on'",
    "I want out!!! … (really) -- now?",
    "x",
    "🙂",
    "no.",
    "https://example.org/a/very/long/address?with=everything&in=it",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
]
SAID = st.sampled_from(MESSY) | st.text(min_size=1, max_size=160).filter(str.strip)


def holds(prompt: PlannedPrompt, *words: str) -> None:
    """The laws of R123."""
    text = prompt.text
    assert 0 < word_count(text) <= SPOKEN_WORDS, text
    assert text.count("“") == text.count("”") <= 1, text
    assert "{" not in text or any("{" in word for word in words)
    assert text.endswith("?") or "?" in text
    if "“" in text:
        quoted = text.split("“")[1].split("”")[0]
        assert 0 < word_count(quoted) <= QUOTED_WORDS, text
        # All of what was said, so that no clause and no bracket is cut in two.
        assert any(_letters(quoted) == _letters(word) for word in words), (quoted, words)


def offered(today: Facts) -> tuple[PlannedPrompt, SessionAgreement]:
    """The agreement of a session."""
    topics = shipped().topics
    heard = topics_today(topics, today)
    care = care_for(today, PlanOptions(), heard, today.energy, holding=False)
    return agreement_prompt(shipped().prompts, today, heard, care, "11:30", topics=topics)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def full(prompt: PlannedPrompt, words: str) -> None:
    assert words in prompt.beside or words in prompt.text


@pytest.mark.slow
@pytest.mark.req("R123")
@given(
    what=SAID,
    learned=SAID,
    exact=st.booleans(),
    status=st.sampled_from(get_args(CommitmentStatus)),
    kind=st.sampled_from(["", ERRAND]),
    asked=st.integers(0, 1),
    place=st.integers(0, 3),
    turn=st.integers(0, 24),
    deadline=st.booleans(),
)
def test_a_review_is_short_whatever_was_promised(
    what: str,
    learned: str,
    exact: bool,
    status: str,
    kind: str,
    asked: int,
    place: int,
    turn: int,
    deadline: bool,
) -> None:
    more = {"deadline": "2026-05-12", "deadline_near": True} if deadline else {}
    promise = commitment(
        what=what,
        status=status,
        learned=f"“{learned}”" if exact else learned,
        kind=kind,
        asked=asked,
        place=place,
        **more,
    )
    for prompt in looking_back(shipped().prompts, last_time(commitments=(promise,)), turn):
        holds(prompt, what, learned, made_label(what))
        full(prompt, what)
        # What was promised is in their words; what was learnt may be the gist.
        if prompt.case.endswith("_told") and not exact_words(promise.learned) and learned != what:
            assert f"“{learned.strip(' .;,:')}”" not in prompt.text


@pytest.mark.req("R123")
@given(said=SAID, turn=st.integers(0, 24))
def test_everything_else_that_fills_words_in_is_short_too(said: str, turn: int) -> None:
    prompts = shipped().prompts
    (inquiry,) = looking_back(prompts, last_time(inquiry=said), turn)
    holds(inquiry, said)
    full(inquiry, said)
    for case in ("done", "partly", "filled", "waiting"):
        tried = (
            Exercise(
                what=said, case=case, commitment=1, label=made_label(said), learned=told, place=1
            )
            for told in ("", said, f"“{said}”")
        )
        question = Exercise(what=said, case=case, text="What did you see that was new?")
        for exercise in (*(tried if case in ("done", "partly") else ()), question):
            ((_, prompt),) = debrief(prompts, (exercise,), turn)
            holds(prompt, said, made_label(said))
            full(prompt, said)
    for question, then in product(QUESTIONS, (said, f"“{said}”")):
        both = echo_prompts(prompts, (FirstWords(question=question, then=then),))
        for prompt in (*both[0], *both[1]):
            holds(prompt, said)
            full(prompt, then)


@pytest.mark.req("R120", "R123")
@given(said=SAID, turn=st.integers(1, 12))
def test_what_matters_most_is_offered_in_any_grammar(said: str, turn: int) -> None:
    today = facts(turn, matters_most=said)
    prompt, agreement = offered(today)
    # Whole, or a sentence or main clause of it that stands by itself.
    sentences = sentences_said(said)
    without_asides = [re.sub(r"\s*\([^()]*\)\s*$", "", sentence) for sentence in sentences]
    holds(prompt, said, *sentences, *without_asides, leading_clause(said, QUOTED_WORDS))
    assert agreement.matters == said
    assert " ".join(said.split()).rstrip(".") in prompt.beside


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("The rent", "the rent"),
        ("The planning job. They want an answer", "the planning job"),
        ("My boss rang", ""),
        ("My boss wants me in on Saturdays", ""),
        ("Month-end is over", ""),
        ("I resign on Monday", ""),
        ("My turn at last to speak", ""),
    ],
)
def test_only_a_thing_is_said_to_have_been_mentioned(said: str, topic: str) -> None:
    today = facts(4, matters_most=said)
    prompt, _ = offered(today)
    assert (prompt.case == "offered") == bool(topic)
    assert topic in prompt.text
    assert "“" not in prompt.text


PLAIN = "Thanks for telling me what's on your mind."


@pytest.mark.req("R120", "R123")
@pytest.mark.parametrize(
    ("said", "text"),
    [
        # A sentence of theirs as it is told to them; a question is asked and not told.
        ("I resign on Monday", "You told me you resign on Monday."),
        ("Deciding between two offers", "You brought up deciding between two offers."),
        ("telling the shift. feel like a traitor", "You brought up telling the shift."),
        ("salary", "You mentioned salary."),
        # A note, what points elsewhere, another language, and what has more in it than one clause:
        # nobody says it.
        ("team stuff. two of them don't talk to each other (Sharon and Mel)", PLAIN),
        ("Whether to tell them I'm going", PLAIN),
        ("two doors open at once, typical. at it again", PLAIN),
        ("had the review. it was fine I think", PLAIN),
        ("dad's shop. I can't be the one who shuts it", PLAIN),
        ("Ich weiß nicht, ob ich gehe", PLAIN),
        ("two interviews next week and no childcare", PLAIN),
        ("they want an answer by friday", PLAIN),
        ("Gary's offered me 4k and now he's not speaking to me because I said no", PLAIN),
        ("wife thinks i should take it and im being pig headed. kids are on her side", PLAIN),
        ("I don't even know if I want it or if I want to want it", PLAIN),
        ("the injection worked so now I could just stay??", PLAIN),
        ("Is it me or is it the job?", PLAIN),
        # What people call themselves is said back by nobody.
        ("What's wrong with me?", PLAIN),
        # Of two things nobody picks one.
        ("What do I do if it comes back. The not sleeping. And all that year", PLAIN),
        ("want a proper plan for Kofi, and Baz is a bit off", PLAIN),
        (
            "saturday was 30 years. i made the cake anyway. and form is till 30th",
            PLAIN,
        ),
        ("the grave on Sunday, nobody else went", "Thank you for telling me. Where"),
        # Somebody is no `that`.
        ("Sana. She said decide or don't", "You mentioned Sana. Is that who you'd like to talk"),
        ("My boss", "Shall we talk about your boss today?"),
        ("Same as last time, really", "What would help you most today?"),
        ("I'm fine", "What would help you most today?"),
        # Before a `but` stands what they don't mean.
        ("Cal was odd about it. but also ive had the best week", "talk about that today?"),
        ("college rang. would i do a Tuesday evening", PLAIN),
        ("ive handed in the form. just want to plan September", PLAIN),
        # A talk they mean to have, with somebody they name; a name further on may be what they
        # blame themselves for.
        ("need to ask Mr Iqbal would the shop pay, hes vague", "You told me you need to talk to"),
        (
            "going to talk to Janine (boss) but she'll do the face",
            "you're going to talk to Janine.",
        ),
        ("she wants to talk to Janine and I'm raging tbh", PLAIN),
        ("its the lads at work, they hid the form again", PLAIN),
        ("interview thurs, Alasdair and some woman from HR", "You mentioned the interview."),
        # Who says they don't know is not asked what to talk about.
        ("not sure what I'm supposed to say. sitting in the car park, 20 mins", "been going on?"),
        ("dunno really", "What's this week been like?"),
        ("not sure if I should take the job", PLAIN),
        ("They've moved the date", PLAIN),
        ("I got the job!! But now I really don't know if I want it", PLAIN),
        ("dont know what im doing here really", "What's this week been like?"),
        ("Terry. he says 'yes chef' like a joke", "You mentioned Terry."),
        ("the unit!! he said yes", "You mentioned the unit."),
        # Two matters: they choose. Nothing named: nothing is said to have been.
        (
            "My boss wants me in on Saturdays from May on. The rent is due and I can't pay",
            "in on Saturdays from May on. Shall we talk",
        ),
        ("Sorry, I don't really know where to start.", "What's this week been like?"),
        # What is hard to hear is answered first, and named by nobody but the client.
        ("didn't get it. 'very close.' I was so proud", "I'm sorry you didn't get it."),
        # Nobody is sorry to hear what they think of themselves.
        ("i am coward. and widow pension letter i dont open also", "Thank you for telling me."),
        ("I've been widowed since May. I'm such a coward", "I'm so sorry."),
        ("She laughed at me and I cried in the car", "I'm sorry that happened."),
        ("Mum's in hospital", "I'm so sorry to hear that."),
        (
            "I don't want to live any more",
            "Thank you for telling me. Can I ask you straight out, are you thinking of ending",
        ),
    ],
)
def test_the_agreement_says_what_the_client_brings(said: str, text: str) -> None:
    texts = [offered(facts(turn, matters_most=said))[0].text for turn in range(3, 9)]
    assert any(text in spoken for spoken in texts), texts
    assert not [spoken for spoken in texts if "what matters most" in spoken]


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("don't know really. Sian booked it", "Thank you for telling me."),
        ("mum's in hospital again", "I'm so sorry to hear that."),
        ("", "I'm so sorry to hear that."),
    ],
)
def test_nobody_is_sorry_today_for_what_was_only_written_weeks_ago(said: str, begins: str) -> None:
    intake = FromIntake(background=("there was an accident in November, he's in hospital",))
    prompt, _ = offered(facts(1, matters_most=said, intake=intake))
    assert prompt.text.startswith(begins)


def test_what_hurts_when_it_is_said_back_is_not_said_back() -> None:
    prompt, _ = offered(facts(4, matters_most="The deadline hit me"))
    assert prompt.text.startswith("You told me the deadline hit you. ")
    for number in range(3, 9):
        prompt, _ = offered(facts(number, matters_most="The boss is killing me"))
        assert "kill" not in prompt.text
        prompt, _ = offered(facts(number, matters_most="The boss is helping me"))
        assert "helping you" in prompt.text


@pytest.mark.req("R120", "R123")
@pytest.mark.parametrize(
    ("brought", "case", "said"),
    [
        ("Phils job I suppose. wife said to say that. dunno really, bit daft", "thanked",
         "Thank"),
        ("sooo an actual job, interview on the 19th. they always ask for a time I led something",
         "offered", "You mentioned the interview. "),
        ("I want to ask dr patel for more $ at my review and I always say no worries", "named",
         "You told me you want to talk to Dr Patel. "),
        ("gotta talk to Rick before Kev does", "named", "You told me you need to talk to Rick. "),
        ("want to ask Moira for a day a week but shell say leave it with me and thats it dead",
         "named", "You told me you want to talk to Moira. "),
        ("want to ask karen if i can do the windows. she always says no", "thanked",
         "Thank"),
    ],
)  # fmt: skip
def test_the_one_matter_is_named_and_what_they_disown_is_not_held_up(
    brought: str, case: str, said: str
) -> None:
    for number in (2, 3, 4):
        prompt, _ = offered(facts(number, matters_most=brought))
        assert prompt.case == case
        assert prompt.text.startswith(said)


@pytest.mark.req("R22", "R131")
def test_after_a_session_about_danger_they_are_asked_how_they_have_been() -> None:
    last = last_time(danger=True)
    prompt, _ = offered(facts(matters_most="Went for a walk with my brother", last=last))
    # A look at safety, aloud.
    assert (prompt.case, "Have those thoughts been back" in prompt.text) == ("after_danger", True)
    # What is hard today goes before that.
    prompt, _ = offered(facts(matters_most="I cried all night", last=last))
    assert prompt.case == "heard"


@pytest.mark.req("R131")
@pytest.mark.parametrize("mood", ["numb", "fuming"])
def test_nobody_is_thanked_for_what_only_their_mood_tells(mood: str) -> None:
    booked = "dunno really. the wife booked this"
    for brought in (booked, ""):
        texts = {
            offered(facts(turn, matters_most=brought, mood=mood))[0].text for turn in (1, 3, 4)
        }
        assert texts == {"Thank you for coming. Where would you like to start?"}
    told, _ = offered(
        facts(3, matters_most="he says weve all had one. ticket office monday", mood=mood)
    )
    assert told.case.startswith("heard")


@pytest.mark.req("R131")
@pytest.mark.parametrize(
    ("said", "case"),
    [
        ("i left the gate locked monday. 40 odd kids outside. so ashamed", "heard_event"),
        ("I shouted at my son and I'm ashamed", "heard_event"),
        ("monday i lied to my boss", "heard_event"),
        ("My boss called me stupid in front of everyone", "heard_event"),
        ("I felt ashamed all week", "heard"),
        ("I'm so ashamed of myself", "heard"),
        ("I was ashamed", "heard"),
        ("I turned 50 and I'm ashamed of myself", "heard"),
        ("They took someone else", "heard"),
        ("I cried all the way home", "heard"),
        ("ashamed. the drinking", "heard"),
        ("complaint. i went past a stop. im so ashamed", "heard_event"),
    ],
)
def test_what_happened_is_asked_about_first_and_with_leave(said: str, case: str) -> None:
    texts = {offered(facts(turn, matters_most=said))[0].text for turn in range(3, 9)}
    assert {offered(facts(turn, matters_most=said))[0].case for turn in range(3, 9)} == {case}
    asks = {text for text in texts if text.endswith("what happened?")}
    assert asks == (texts if case == "heard_event" else set())


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("calling the bank", "calling the bank"),
        ("call to the works council", "the call to the works council"),
        ("The talk", "the talk"),
        ("being kind to yourself", "being kind to yourself"),
        ("my letter", "your letter"),
        ("no phone after eight", "no phone after eight"),
        # Nothing is known of these.
        ("Spring fair", ""),
        ("Mit Anna reden", ""),
        ("", ""),
    ],
)
def test_a_label_is_spoken_of_in_any_sentence(label: str, said: str) -> None:
    assert said_label(label) == said


@pytest.mark.req("R123")
def test_every_wording_of_every_prompt_is_sayable_by_itself() -> None:
    said = {
        "thing": "the call to the council",
        "what": "the call to the council",
        "taken_on": TAKEN_ON,
        "kept": SOME_KEPT,
        "since": SINCE,
        "told": "told me",
        "day": "12 November",
    }
    for prompt in shipped().prompts.values():
        for case, text in prompt.texts.items():
            for wording in (text, *prompt.again.get(case, ())):
                bare = re.sub(r"“?\{(\w+)\}”?", lambda field: said.get(field[1], ""), wording)
                assert word_count(bare) <= SPOKEN_WORDS, wording
                assert wording.count("“") <= 1
                assert ":" not in wording


@pytest.mark.req("R123")
def test_what_was_written_and_what_was_said_is_called_so() -> None:
    for told in ("wrote", "said", "told me"):
        promise = commitment(status="done", learned="“Bo says yes.”", told_how=told)
        (prompt,) = looking_back(shipped().prompts, last_time(commitments=(promise,)))
        assert prompt.text.startswith(f"You {told} Bo says yes.")


@pytest.mark.req("R123")
@pytest.mark.parametrize("status", ["open", "done", "partly", "not_yet"])
@pytest.mark.parametrize("what", ["Jordan out in the van with us", "twice and a tick, then i stop"])
def test_a_note_is_read_out_to_nobody(what: str, status: str) -> None:
    last = commitment(status=status, what=what, label="", place=1)
    told = replace(last, learned="He was good")
    begun = {"done": SINCE, "partly": SOME_KEPT}.get(status, "")
    for turn in range(8):
        (prompt,) = looking_back(shipped().prompts, last_time(commitments=(last,)), turn)
        assert (begun or TAKEN_ON) in prompt.text
        said = looking_back(shipped().prompts, last_time(commitments=(told,)), turn)
        assert [begun in prompt.text for prompt in said] == [True] * bool(begun) or not begun
        # Of an earlier session that waits it would be said that it is of the last.
        earlier = last_time(earlier=(replace(last, place=0),))
        assert not any(
            TAKEN_ON in was.text for was in looking_back(shipped().prompts, earlier, turn)
        )


@pytest.mark.req("R45", "R123")
def test_what_was_done_is_said_before_what_waits_is_asked_about() -> None:
    """Readers missed somebody noticing what they had done."""
    dates = commitment(1, "done", what="write down dates of what she did just dates", place=1)
    dates = replace(dates, learned="11. i thought it was 3 or 4")
    union = commitment(2, "not_yet", what="ring Unison", place=2)
    first, second = looking_back(shipped().prompts, last_time(commitments=(dates, union)))
    assert "since we last met" in first.text
    assert (
        first.beside == "write down dates of what she did just dates · 11. i thought it was 3 or 4"
    )
    assert "ring Unison" in second.text
    # What can be said by name goes before what can't, and one is enough.
    rang = commitment(3, "done", what="ring Sheila", place=3)
    both = looking_back(shipped().prompts, last_time(commitments=(dates, rang, union)))
    assert ["rang Sheila" in both[0].text, "ring Unison" in both[1].text] == [True, True]
    (only,) = looking_back(shipped().prompts, last_time(commitments=(dates, rang)))
    assert "rang Sheila" in only.text
    # An older promise that was done since is spoken of by name, or not at all.
    for what, said in (("ring Unison", True), ("dates of what she did, just dates", False)):
        older = replace(commitment(4, "done", what=what), place=0, done_since=True)
        got = looking_back(shipped().prompts, last_time(over=(older,)))
        assert ["rang Unison" in prompt.text for prompt in got] == [True] * said
        assert (
            looking_back(shipped().prompts, last_time(over=(replace(older, done_since=False),)))
            == ()
        )
    # After grave news nothing unnamed is brought up, and nobody who is tired is asked for two.
    assert (
        looking_back(
            shipped().prompts, last_time(commitments=(dates,)), care=Care(hard_lately=True)
        )
        == ()
    )
    (tired,) = looking_back(
        shipped().prompts, last_time(commitments=(dates, union)), care=Care(tired=True)
    )
    assert SINCE in tired.text


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("brought", "asked"),
    [
        ("Kyle. been ducking it", False),
        ("i have not told anybody in the yard", False),
        ("the speech on Friday", True),
        # A small word in both is no matter of both.
        ("I told him it isn't five days, and he didn't", True),
        ("", True),
    ],
)
def test_nobody_is_asked_about_what_they_have_just_brought(brought: str, asked: bool) -> None:
    promise = commitment(1, "not_yet", what="tell Kyle before he hears it in the yard", place=1)
    promise = replace(promise, learned="he isn't in on five days, didn't see him")
    last = last_time(commitments=(promise,))
    assert bool(looking_back(shipped().prompts, last, brought=brought)) == asked
    due = replace(promise, deadline="2027-03-12", deadline_near=True)
    assert looking_back(shipped().prompts, last_time(commitments=(due,)), brought=brought)


@pytest.mark.req("R123")
def test_errands_are_one_line_and_are_not_talked_through() -> None:
    errands = tuple(
        commitment(number, what=what, kind=ERRAND)
        for number, what in enumerate(("Print the CV", "Book a room"), 1)
    )
    learning = commitment(3, what="Call Ada")
    got = looking_back(shipped().prompts, last_time(commitments=(*errands, learning)))
    assert [prompt.case for prompt in got] == ["open", "errands"]
    assert got[1].minutes == 1
    assert got[1].text == "Did you get round to printing the CV and booking a room?"
    assert got[1].beside == "Print the CV · Book a room"
    more = (*errands, commitment(4, what="Post the form", kind=ERRAND))
    (line,) = looking_back(shipped().prompts, last_time(commitments=more))
    assert line.text == "Did you get round to printing the CV, booking a room and the rest?"
    (one,) = looking_back(shipped().prompts, last_time(commitments=errands[:1]))
    assert (one.case, "print the CV" in one.text) == ("errand", True)
    done = commitment(1, "done", what="Print the CV", kind=ERRAND)
    assert looking_back(shipped().prompts, last_time(commitments=(done,))) == ()


@pytest.mark.req("R125")
def test_what_the_client_wants_to_be_asked_and_what_falls_due_comes_back() -> None:
    prompts = shipped().prompts
    waiting = commitment(asked=4)
    assert looking_back(prompts, last_time(earlier=(waiting,))) == ()
    asking = commitment(asked=4, keep_asking=True)
    assert [prompt.case for prompt in looking_back(prompts, last_time(earlier=(asking,)))] == [
        "open"
    ]
    due = commitment(asked=4, deadline="2026-05-12", deadline_near=True)
    (prompt,) = looking_back(prompts, last_time(earlier=(due,)))
    assert (prompt.case, "12 May" in prompt.text) == ("deadline", True)


@pytest.mark.req("R125")
def test_what_was_learnt_is_read_back_once() -> None:
    for quiet in (False, True):
        cases = [
            [
                prompt.case
                for prompt in looking_back(
                    shipped().prompts,
                    last_time(
                        earlier=(commitment(status="partly", learned="It helps.", asked=asked),)
                    ),
                    care=Care(referred=quiet),
                )
            ]
            for asked in (0, 1, 2)
        ]
        assert cases == [["partly_told"], ["partly" if quiet else "partly_twice"], []]


@pytest.mark.req("R123", "R125")
@pytest.mark.parametrize("status", ["open", "partly", "not_yet"])
def test_what_was_done_in_part_is_not_said_to_have_stayed_undone(status: str) -> None:
    waiting = commitment(status=status, asked=1)
    for turn in range(12):
        (prompt,) = looking_back(shipped().prompts, last_time(earlier=(waiting,)), turn)
        asks = "want to finish that?" if status == "partly" else "Do you still want to "
        assert asks in prompt.text
        assert "hasn't happened" not in prompt.text


@pytest.mark.req("R66", "R123")
@given(lengths=st.lists(st.integers(1, 12), min_size=12, max_size=12))
def test_two_sessions_in_a_row_bring_no_question_back_in_the_same_words(lengths: list[int]) -> None:
    said = []
    for turn, length in enumerate(lengths):
        inquiry = " ".join(["what"] * length) + "?"
        (prompt,) = looking_back(shipped().prompts, last_time(inquiry=inquiry), turn)
        said.append(re.sub("“.*?”", "“”", prompt.text))
    assert not [words for words, after in pairwise(said) if words == after]


@pytest.mark.req("R131")
def test_as_long_as_danger_stands_the_close_asks_whom_they_can_ring() -> None:
    prompts = shipped().prompts
    cases = {
        care: [prompt.case for prompt in closing_prompts(prompts, 4, care)]
        for care in (
            Care(),
            Care(danger_pinned=True),
            Care(danger_today=True),
            Care(hard_today=True),
        )
    }
    assert list(cases.values()) == [
        ["wanted", "summary", "left"],
        ["wanted", "ring", "left"],
        ["gentle", "ring"],
        ["gentle"],
    ]
    last = closing_prompts(prompts, 12, Care(), parting=True)
    assert [prompt.case for prompt in last] == ["wanted", "summary", "goodbye"]


@pytest.mark.req("R11", "R123")
@pytest.mark.parametrize(
    ("then", "spoken"),
    [
        ("work with people", "At the start you wanted to work with people. How is that now?"),
        ("be able to go in the shed", "At the start you wanted to be able to go in the shed. How"),
        # Said back, it would be the coach who is spoken of, or a slip.
        ("Me, but the way I was before", ""),
        ("my name on door and I sleep at night", ""),
        ("want to go in of a morning", ""),
        ("run the porch without turning into somebody I don't like", ""),
        # Of two wishes the first is one.
        (
            "do the church job right, and have a business that runs when im not standing on it",
            "At the start you wanted to do the church job right. How is that now?",
        ),
        ("walk past the school. or leave, but because I chose to", ""),
    ],
)
def test_first_words_are_said_whole_or_not_at_all(then: str, spoken: str) -> None:
    outset, _ = echo_prompts(shipped().prompts, (FirstWords(question="destination", then=then),))
    assert [prompt.beside for prompt in outset] == [then] * bool(spoken)
    assert all(spoken in prompt.text for prompt in outset)


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("Dr. Marsh rang. I said yes", ["Dr. Marsh rang.", "I said yes"]),
        ("the shift knows. feel like a traitor", ["the shift knows.", "feel like a traitor"]),
        ("I can't sleep\nand I can't stop", ["I can't sleep and I can't stop"]),
        ("I can't sleep\nThe list grows", ["I can't sleep", "The list grows"]),
        (" ", [""]),
    ],
)
def test_sentences_are_those_a_client_would_say(typed: str, sentences: list[str]) -> None:
    assert sentences_said(typed) == sentences


@pytest.mark.slow
@pytest.mark.req("R161")
@pytest.mark.parametrize(
    "piece", few(["my boss ", "1", "don't ", "a\n", "why? ", "[", "x  -  "], 4)
)
def test_a_page_of_words_is_planned_with_in_step_with_its_length(piece: str) -> None:
    content = replace(planning_content(), topics=shipped().topics)

    def plan_with(size: int) -> None:
        page = piece * (size // len(piece))
        promise = commitment(what=page, status="done", learned=page)
        known = facts(5, matters_most=page, last=last_time(commitments=(promise,)))
        assert made_label(page) == ""
        make_plan(content, known, PlanOptions())

    assert keeps_in_step(plan_with, 60_000)


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("stuck", "said"),
    [
        ("Everybody says it can happen to anyone. It did not happen to anyone", False),
        ("My boss says I'm fine. But I'm not", False),
        ("I say yes to everything. Every time", True),
    ],
)
def test_first_words_that_are_taken_back_at_once_are_not_said(stuck: str, said: bool) -> None:
    words = FirstWords(question="stuck_point", then=stuck)
    prompts, _ = echo_prompts(shipped().prompts, (words,))
    assert bool(prompts) == said


@pytest.mark.req("R123")
def test_nobody_hears_what_they_call_themselves() -> None:
    assert words_to_say("I spent the day off like a muppet") == ""
    assert words_to_say("I spent the day with paperwork") == ""
    assert words_to_say("I spent the day with my sister")


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    "words",
    [
        "our kid rang last night",
        "me dad is in hospital",
        "there's a job at the bakery, shall I bother",
        "my boss wants me in on weekends, what do I do",
        "am I mad to even think about it",
    ],
)
def test_words_that_turn_into_something_else_are_not_said_back(words: str) -> None:
    assert words_to_say(words) == ""


@pytest.mark.req("R123")
@pytest.mark.parametrize("promise", ["ring our kid about the van", "see me dad about the loan"])
def test_a_promise_in_words_of_home_is_not_turned_round(promise: str) -> None:
    assert promise_of(promise) == Promise()
    assert "your" not in made_label(promise)


@pytest.mark.req("R123")
def test_where_somebody_is_stuck_no_half_of_a_sentence_is_said() -> None:
    half = "I'm stuck because everyone says I'm ready and I keep waiting for somebody to agree."
    assert leading_sentence(half, QUOTED_WORDS) == ""
    whole = "I'm stuck because nobody answers. I have written twice."
    assert leading_sentence(whole, QUOTED_WORDS) == "I'm stuck because nobody answers."


LEARNERS_ENGLISH = "she wanted somebody ask her"


@pytest.mark.req("R123")
def test_nothing_is_said_back_in_english_that_is_another_language_to_them() -> None:
    fair = "My old boss rang on Friday"
    assert "your old boss rang" in offered(facts(3, matters_most=fair))[0].text
    told = commitment(status="done", what="Coffee with Chloe", label="Coffee with Chloe")
    told = replace(told, learned=LEARNERS_ENGLISH)
    wrote = facts(3, matters_most=fair, last=last_time(commitments=(told,)))
    rude = "Dylan was rude with old lady about her varifocals"
    for today in (wrote, facts(3, matters_most=rude)):
        prompt, _ = offered(today)
        assert "boss" not in prompt.text
        assert "lady" not in prompt.text
        assert today.matters_most in prompt.beside
    asked = commitment(status="done", what="Ring the union", label="ringing the union")
    for turn in range(8):
        (said,) = looking_back(
            shipped().prompts,
            last_time(commitments=(asked,)),
            turn,
            care=Care(spares_words=True),
        )
        assert "union" not in said.text
        (named,) = looking_back(
            shipped().prompts,
            last_time(commitments=(told,)),
            turn,
            care=Care(spares_words=True),
        )
        assert "the coffee with Chloe" in named.text


@pytest.mark.req("R120")
@pytest.mark.parametrize(
    ("brought", "case"),
    [
        (
            "tom's going for it too and hes my mate. interview 25th and theres a presentation bit",
            "offered",
        ),
        ("61 pings lol. do i show him?? or is that war", "thanked"),
        ("the form came back again. they want it by Friday and nobody helps", "named"),
    ],
)
def test_of_two_things_nobody_is_asked_whether_that_is_it(brought: str, case: str) -> None:
    assert offered(facts(5, matters_most=brought))[0].case == case


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("label", "happens"),
    [
        ("calling the bank", True),
        ("the talk with Mick", True),
        ("handover to the night shift", False),
        ("the handover to the night shift", True),
        ("the phone", False),
        ("the dog", False),
        ("the list for the meeting", False),
        ("not checking mails", False),
    ],
)
def test_only_what_happens_is_asked_how_it_went(label: str, happens: bool) -> None:
    told = commitment(status="done", what="Ich rufe an.", label=label)
    for learned in ("", "went fine"):
        texts = [
            prompt.text
            for turn in range(8)
            for prompt in looking_back(
                shipped().prompts, last_time(commitments=(replace(told, learned=learned),)), turn
            )
        ]
        went = (f"How did {label} go?", f"Tell me a bit about {label}.")
        assert bool([text for text in texts if text.endswith(went)]) == happens, texts


@pytest.mark.req("R123")
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("ring Terry from the old firm, he had one in 09", "You rang Terry."),
        ("ring the dentist about the tooth", "You rang the dentist about the tooth."),
        ("ask Phil for the trainer grade thurs", "You asked Phil for the trainer grade."),
        (
            "note which jobs i lose track of time on",
            "You noted which jobs you lose track of time on.",
        ),
        (
            "write down what time I actually fall asleep",
            "You wrote down what time you actually fall asleep.",
        ),
        ("say no to the extra shift", "You said no to the extra shift."),
        ("keep a list for a week of what made the time go", "You kept a list for a week."),
        ("keep a list of who rings", "You kept a list."),
        ("catch Malcolm before the 9 oclock and say one late in three", "You talked to Malcolm."),
        (
            "take photos of the last 4 windows + get the sales for those weeks",
            "You took photos of the last 4 windows.",
        ),
        ("walk up Skiddaw with the dog", "You walked up Skiddaw with the dog."),
    ],
)
def test_nobody_is_asked_how_they_feel_about_having_done_what_they_did(
    what: str, said: str
) -> None:
    promise = commitment(status="done", what=what, learned="two weeks off and a form", place=1)
    for told in (promise, replace(promise, learned="he were alreet abaht it")):
        texts = {
            looking_back(shipped().prompts, last_time(commitments=(told,)), turn)[0].text
            for turn in range(12)
        }
        assert [text for text in texts if text.startswith(said)]
        asks = ("How was that?", "What was that like?", "What was it like?")
        tells = ("that.", "it.", "What do you make of that?", "What did you notice?")
        assert all(text.endswith((*asks, *tells)) for text in texts), texts


@pytest.mark.req("R123")
def test_what_somebody_has_with_somebody_is_asked_about_as_people_do() -> None:
    brew = commitment(status="not_yet", what="have a brew with Shaz from modelling", place=1)
    for promise in (brew, replace(brew, what="Ich rufe an.", label="the brew with Shaz")):
        texts = {
            looking_back(shipped().prompts, last_time(commitments=(promise,)), turn)[0].text
            for turn in range(8)
        }
        assert texts <= {
            "What's happening about the brew with Shaz?",
            "Is the brew with Shaz still on?",
        }


@pytest.mark.req("R45", "R123")
def test_the_step_that_led_to_what_they_bring_is_asked_about_first() -> None:
    prompts = shipped().prompts
    brew = commitment(1, "done", what="have a brew with Shaz", place=0, done_since=True)
    phil = commitment(2, "done", what="ask Phil for the trainer grade", place=1)
    wrote = commitment(3, "done", what="write to Asha", place=2)
    told = (replace(brew, learned="nice people"), replace(phil, learned="there's a post"))

    def asked(*, over: PlannedCommitment, brought: str, **others: Any) -> str:
        last = last_time(commitments=(others.get("phil", phil), wrote), over=(over,))
        texts = [prompt.text for prompt in looking_back(prompts, last, 1, brought=brought)]
        names = [name for name in ("Shaz", "Phil", "Asha") if name in " ".join(texts)]
        assert len(names) <= 1, texts
        return "".join(names)

    interview = "interview for the trainer job"
    assert asked(over=told[0], brought=interview, phil=told[1]) == "Phil"
    # What was taken on last time goes first, whatever an older step has taught them.
    assert asked(over=told[0], brought="nothing much", phil=told[1]) == "Phil"
    assert asked(over=brew, brought="Shaz again", phil=told[1]) == "Phil"
    # Of the same time, what they learnt something from goes before what was only done.
    last_done = replace(told[0], place=3)
    assert asked(over=last_done, brought="nothing much") == "Shaz"
    # What came of it, where they have just said so, is asked by nobody.
    for news in ("Shaz rang, she wants me upstairs", "Shaz says yes", "Shaz's up for it"):
        assert asked(over=told[0], brought=news) == "Phil"
    # What came of it they are about to tell; it is asked what it was like.
    last = last_time(commitments=(phil,))
    for turn in range(12):
        (prompt,) = looking_back(prompts, last, turn, brought=interview)
        assert prompt.case == "done_told"
    # An older step that was done since is spoken of once, too.
    older = last_time(commitments=(), over=(told[0],))
    assert looking_back(prompts, older, brought=interview)[0].text
    assert looking_back(prompts, older, brought="Shaz again")[0].text
    assert looking_back(prompts, older)[0].text
    # Beside a death nothing is asked of it.
    assert looking_back(prompts, older, brought="Shaz. the funeral is Friday") == ()


@pytest.mark.req("R123")
def test_nobody_is_examined_on_the_news_they_bring() -> None:
    wordings = shipped().prompts["debrief-exercise"].again
    for case in ("done_told", "partly_told"):
        assert not [text for text in wordings[case] if "learnt" in text or "different" in text]
    assert not [text for text in wordings["done_told"] if "{" not in text]


@pytest.mark.req("R123")
def test_a_line_that_was_taken_home_is_never_cut_where_it_has_a_dot_of_its_own() -> None:
    prompts = shipped().prompts
    lines = ("“Slower is fine.”", "“I like it here · most days.”")
    whole = " · ".join(lines)
    _, (home,) = echo_prompts(prompts, (FirstWords(question="takeaways", then=whole, lines=lines),))
    assert "slower is fine" in home.text.lower()
    (dotted,) = echo_prompts(
        prompts, (FirstWords(question="takeaways", then=lines[1], lines=lines[1:]),)
    )[1]
    assert "“I like it here · most days”" in dotted.text


@pytest.mark.req("R123", "R131")
@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("Ask Sheila about time off for Mum, on Friday", "You asked Sheila about time off."),
    ],
)
@pytest.mark.parametrize("learned", ["", "two weeks paid then unpaid. shouldve asked in january"])
def test_a_step_that_was_done_is_named_while_somebody_is_dying(
    what: str, learned: str, text: str
) -> None:
    keys = commitment(3, what="give Darren a set of keys", status="done", done_since=True)
    older = replace(keys, learned="he came round")
    newest = commitment(2, what=what, status="done", learned=learned, done_since=True)
    last = last_time(commitments=(), over=(newest, older))
    (prompt,) = looking_back(shipped().prompts, last, care=Care(dying=True))
    said = text if learned else "You gave Darren a set of keys."
    assert prompt.text == f"{said} How was that for you?"
