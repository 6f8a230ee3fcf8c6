"""What was told before: grave words stand on their own, and nothing stands twice (R142)."""

from __future__ import annotations

import pytest
from planners import shipped

from trajplan.planning.kept_in_mind import HardTime, Remembered
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.planning.remembered import with_told_before

CANCER = ToldBefore(text="Her sister has cancer.", when="session 1", kind="noted")
INQUIRY_LABEL = ToldBefore(text="I may say no.", when="session 2")
NOTED = ToldBefore(text="Eyes down at the word roster.", when="session 1", kind="noted")
MOOD = ToldBefore(text="restless", when="session 2", kind="mood")
LAST = ToldBefore(text="It was easier than I thought.", when="session 3", last=True)
BREAKDOWN = ToldBefore(text="I was signed off with a breakdown.", when="intake", kind="intake")


@pytest.mark.req("R142")
def test_grave_words_are_heard_wherever_they_were_said() -> None:
    told = (LAST, INQUIRY_LABEL, MOOD, CANCER, NOTED, BREAKDOWN)
    made = with_told_before(Remembered(), told, shipped().topics, ())
    assert made.hard == (
        HardTime(text=CANCER.text, when="session 1", noted=True),
        HardTime(text=BREAKDOWN.text, when="intake"),
    )
    assert made.so_far == ("I may say no. (session 2)",)
    assert made.noted_before == (
        HardTime(text="Eyes down at the word roster.", when="session 1", noted=True),
    )


@pytest.mark.req("R131", "R142")
def test_a_cue_at_the_end_of_a_sentence_is_heard_in_a_note() -> None:
    note = ToldBefore(
        text="Shouting, exactly like my father. Wept.", when="session 2", kind="noted"
    )
    made = with_told_before(Remembered(), (note,), shipped().topics, ())
    assert [heard.text for heard in made.hard] == [note.text]


@pytest.mark.req("R142")
def test_what_stands_elsewhere_on_the_plan_is_not_said_twice() -> None:
    shown = ("In the client's words: “Her sister has cancer.”", "I may say no.")
    made = with_told_before(Remembered(), (INQUIRY_LABEL, CANCER), shipped().topics, shown)
    assert made == Remembered(
        grave=("In the client's words: “Her sister has cancer.”",),
        heavy=("In the client's words: “Her sister has cancer.”",),
    )
