"""What a coach wrote down stands at the door as it was written (R142), however it was written."""

from __future__ import annotations

import re

import pytest

from coaching import Coach, lead_through, prompts_of, told_once
from few import few
from growth import keeps_in_step
from page_words import squeezed
from trajplan.pages.door_parts import NOTES

INTAKE = """\
kind: intake
name: Helen
destination: A job in which I lead people and am home by six.
stuck_point: I was passed over twice, and I have stopped asking.
priorities: ["At least £2,900 a month after tax until the twins are through school", Evenings]
paths: [Practice manager, Ward clerk lead, Something of my own]
assumptions: [You need a degree to be a practice manager., Nobody promotes you at 49.]
fears: ["Ending up like my mother, who was bitter", That they find out I never finished my degree]
accountability: "Don't chase me by e-mail, my husband reads it. Ask me when I'm here. And don't ask
  about Dad first, let me get there."
start_time: "14:00"
"""
FIRST = """\
kind: wrap
focus: Being passed over
notes: "Dad is having tests on his lungs, the results come in two weeks."
parked:
  - Whether to tell HR she was passed over because she is a woman
  - Whether she and Gary stay together
takeaways: [I stopped asking before they stopped answering.]
commitments:
  - {what: Run the rota for one week, when: 2027-01-24, how_will_i_know: It ran,
     kind: experiential}
  - {what: Ask the practice in Hexham what they look for, when: 2027-01-24, how_will_i_know: I know}
"""
SECOND = """\
kind: wrap
focus: Fridays
notes: "Lung cancer, stage three. Chemo every Friday from 12 February at the Freeman. Row at home on
  Sunday: Gary threw a cup. Agreed: ask about safety each time, when the door is shut. Do not ring
  the landline. She likes the new chair."
commitments:
  - {what: "Tell my boss I want Fridays off for Dad's chemo", when: 2027-02-08,
     how_will_i_know: He knows}
"""
THIRD = "kind: wrap\nfocus: Dad\ncommitments: none\nnotes: {notes}\n"
CALM = "Gary has moved to his brother's. The landline is cut off."
GRAVE = "Said once: some nights I would rather not wake up; no plan, GP Monday 22 February."
AGREED = "Agreed I ask her about it first thing."
NEWS = "Dad stopped the chemo after the first one, it is palliative now, weeks rather than months."
LAST_IN_ONE = f"{NEWS} {CALM} {GRAVE} {AGREED}"


@pytest.fixture
@told_once
def helen(coach: Coach) -> Coach:
    """A coach after two sessions with a client whose life is hard at home."""
    coach.today = "2027-01-12"
    coach.do("new-client", "--from", "-", stdin=INTAKE)
    lead_through(
        coach,
        (
            ("2027-01-12", FIRST),
            ("2027-01-26", SECOND),
        ),
    )
    coach.today = "2027-02-09"
    coach.do(
        *("commitments", "update", "1", "--status", "done", "--value", "10", "--learned", "-"),
        stdin="“I can do that job.”",
    )
    return coach


def wrapped(coach: Coach, *notes: str, pin: bool = False) -> None:
    listed = ", ".join(f'{{text: "{note}", pin: {str(pin).lower()}}}' for note in notes)
    coach.do("wrap", "3", "--from", "-", stdin=THIRD.format(notes=f"[{listed}]"))
    coach.today = "2027-02-23"


def door(coach: Coach, *words: str) -> str:
    page = coach.do("prep", "4", *words, "--format", "terminal").out
    assert len(page.splitlines()) <= 70
    return page


def missing(page: str, *sentences: str) -> list[str]:
    return [words for words in sentences if squeezed(words) not in squeezed(page)]


WRITTEN: dict[str, tuple[str, ...]] = {
    "last in one note": (LAST_IN_ONE,),
    "first in one note": (f"{GRAVE} {AGREED} {NEWS} {CALM}",),
    "the last of four notes": (NEWS, CALM, AGREED, GRAVE),
    "the first of four notes": (GRAVE, AGREED, CALM, NEWS),
}


@pytest.mark.req("R142")
@pytest.mark.parametrize("holding", [False, True], ids=["", "held"])
@pytest.mark.parametrize("pin", [False, True], ids=["", "pinned"])
@pytest.mark.parametrize("written", few(WRITTEN, 2))
def test_a_grave_sentence_stands_at_the_door_wherever_it_was_written(
    helen: Coach, written: str, pin: bool, holding: bool
) -> None:
    if holding:
        helen.do("check-in", "--session", "3", "--matters", "Dad", "--holding")
        helen.do("prep", "3")
    wrapped(helen, *WRITTEN[written], pin=pin)
    if holding:
        helen.do("check-in", "--session", "4", "--matters", "Dad died on Saturday.", "--holding")
    page = door(helen)
    assert missing(page, NEWS, CALM, GRAVE, AGREED) == []
    assert "Read first" not in page


@pytest.mark.req("R124", "R131")
@pytest.mark.parametrize(
    ("notes", "asks"),
    [((NEWS,), "How have you been since"), ((CALM, GRAVE), "Have those thoughts been back")],
    ids=["illness", "danger"],
)
def test_after_grave_notes_a_plan_asks_how_they_have_been_and_doubts_nothing(
    helen: Coach, notes: tuple[str, ...], asks: str
) -> None:
    wrapped(helen, *notes)
    prompts = prompts_of(helen.json("prep", "4"))
    assert any(asks in prompt["text"] for prompt in prompts)
    assert not [prompt for prompt in prompts if prompt["kind"] in ("belief", "assumption")]


@pytest.mark.req("R142")
def test_older_notes_follow_newer_ones(helen: Coach) -> None:
    wrapped(helen, LAST_IN_ONE)
    page = door(helen)
    text = squeezed(page)
    older = "Lung cancer, stage three."
    assert text.index(squeezed(NEWS)) < text.index(squeezed(older))
    assert (
        missing(
            page,
            older,
            "Row at home on Sunday: Gary threw a cup.",
            "Agreed: ask about safety each time, when the door is shut. Do not ring the landline.",
        )
        == []
    )
    row = next(line for line in page.splitlines() if older.split(",")[0] in line)
    assert row.startswith("S2")


@pytest.mark.req("R142")
def test_nothing_they_asked_of_the_coach_is_cut_and_every_fear_is_there(helen: Coach) -> None:
    wrapped(helen, LAST_IN_ONE)
    page = door(helen)
    assert (
        missing(
            page,
            "And don't ask about Dad first, let me get there.",
            "Ending up like my mother, who was bitter (for your eye) · That they find out I never "
            "finished my deg",
            "At least £2,900 a month after tax until the twins are through school · Evenings",
            "Whether to tell HR she was passed over because she is a woman",
            "Earlier (done) Run the rota for one week: “I can do that job.”",
        )
        == []
    )
    assert "Unsaid" not in page
    # What was done and learnt since stands before what was believed all along.
    assert page.index("I can do that job.") < page.index("You need a degree")


@pytest.mark.req("R142")
def test_while_they_hold_no_promise_is_for_today(helen: Coach) -> None:
    wrapped(helen, NEWS)
    assert "not for today" not in door(helen)
    helen.do("check-in", "--session", "4", "--matters", "Dad died on Saturday.", "--holding")
    assert squeezed("(open, by Mon 8 Feb; not for today) Tell my boss") in squeezed(door(helen))


@pytest.mark.req("R142")
def test_what_has_no_room_is_named_at_the_top(helen: Coach) -> None:
    calm = "She told at length how the rota is made and who swaps with whom on which day."
    wrapped(helen, *(f"Part {number}. {f'{calm} ' * 8}{GRAVE}" for number in range(9)))
    page = door(helen)
    top = squeezed("".join(page.splitlines()[2:5]))
    assert squeezed("Not shown in full: ") in top
    assert re.search(r"Notshowninfull:\d+notes?", top)
    assert squeezed("Read first:") in top
    assert squeezed("`trajplan prep 4 --full`") in top
    # A note is there to its last word, or not at all.
    # The words themselves are pinned besides.
    shown = squeezed(page).count(squeezed(GRAVE)) - 1
    assert 0 < shown < 9
    assert squeezed(page).count(squeezed(calm)) == 8 * shown
    whole = helen.do("prep", "4", "--full", "--format", "terminal").out
    assert squeezed(whole).count(squeezed(calm)) == 72


@pytest.mark.req("R142")
def test_a_glance_shows_of_a_pinned_note_what_is_grave(helen: Coach) -> None:
    wrapped(helen, f"She likes the new rota. {CALM} {GRAVE}", pin=True)
    page = squeezed(helen.do("prep", "4", "--glance").out)
    pinned = page.split(squeezed("**Pinned:**"))[1]
    assert squeezed("Said once: some nights I would rather not wake up") in pinned


@pytest.mark.req("R142")
def test_a_note_in_sight_is_no_topic_of_a_check_in(helen: Coach) -> None:
    said = helen.refused(20, "check-in", "--session", "3", "--about", "agreed-for-safety")
    assert "`agreed-for-safety`" in said


@pytest.mark.req("R142", "R161")
@pytest.mark.slow
def test_a_note_of_thousands_of_sentences_is_read_in_step_with_its_length(coach: Coach) -> None:
    coach.today = "2027-02-09"
    pages = []

    def read(count: int) -> None:
        name = f"Client {len(pages)}"
        coach.do("new-client", name, "--start", "2027-02-16")
        long = " ".join(f"Dad has cancer {number}. She likes the rota." for number in range(count))
        coach.do("notes", "add", "-", "--client", name, stdin=long)
        pages.append(coach.do("prep", "1", "--client", name, "--format", "terminal").out)

    assert keeps_in_step(read, 4_000)
    assert "Not shown in full" in pages[0]
    assert len(pages[0].splitlines()) <= 70


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "asked",
    ["Please don't bring Gary up unless I do.", "She asked me not to write to the shared address."],
)
def test_what_the_client_asked_not_to_be_done_is_never_cut(helen: Coach, asked: str) -> None:
    helen.do("notes", "add", "-", "--session", "1", stdin=f"He slept at his brother's. {asked}")
    wrapped(helen, LAST_IN_ONE)
    page = door(helen)
    assert missing(page, asked, "That they find out I never finished my degree") == []


@pytest.mark.req("R142")
def test_a_point_of_a_list_weighs_as_much_as_a_note_of_its_own(helen: Coach) -> None:
    points = "".join(f"    - {words}\n" for words in (CALM, "She likes the new chair.", NEWS))
    helen.do("wrap", "3", "--from", "-", stdin=THIRD.format(notes=f"|-\n{points}"))
    helen.today = "2027-02-23"
    page = door(helen)
    assert missing(page, NEWS, CALM) == []
    assert "- Dad" not in page


@pytest.mark.req("R142")
def test_what_they_will_do_in_a_case_and_the_focus_stay_on_a_full_page(helen: Coach) -> None:
    warning = "If that money lands in my account I'll do the lot."
    focus = "The payout, and who else could hold it"
    notes = ", ".join(
        f'{{text: "Gary and Dad, part {number}: {"she told of the chemo and the row. " * 5}"}}'
        for number in range(12)
    )
    wrap = THIRD.replace("focus: Dad", f"focus: {focus}").format(notes=f"[{notes}]")
    taken = f'takeaways: [{{exact: "88. With all this."}}, {{exact: "{warning}"}}]\n'
    helen.do("wrap", "3", "--from", "-", stdin=wrap + taken)
    helen.today = "2027-02-23"
    page = door(helen)
    assert "Not shown in full" in page
    assert missing(page, warning) == []


@pytest.mark.req("R142")
def test_every_older_note_stands_in_the_whole_plan_and_is_counted_at_the_door(
    helen: Coach,
) -> None:
    kept = [f"Colour number {number} of the kitchen is a light one." for number in range(30)]
    helen.do("undo")  # the promise that was kept
    helen.do("undo")
    listed = ", ".join(f'{{text: "{note}"}}' for note in kept)
    helen.do(
        "wrap", "2", "--from", "-", stdin=f"kind: wrap\ncommitments: none\nnotes: [{listed}]\n"
    )
    wrapped(helen, CALM)
    whole = " ".join(helen.do("prep", "4", "--full").out.split())
    shown = [note for note in kept if note in whole]
    assert shown == kept[: len(shown)]
    # One of the first session is older still.
    kept.append("Dad is having tests on his lungs, the results come in two weeks.")
    assert f"{len(kept) - len(shown)} more: `trajplan notes list`" in whole
    page = door(helen)
    at_the_door = len(kept) - len(missing(page, *kept))
    (counted,) = re.findall(r"Not shown in full: (?:.* )?(\d+) (?:older )?notes?\b", page)
    assert int(counted) == len(kept) - at_the_door


@pytest.mark.req("R142")
def test_what_the_coach_owes_and_why_a_way_is_closed_stay_from_the_first_session(
    coach: Coach,
) -> None:
    coach.today = "2027-01-12"
    coach.do("new-client", "--from", "-", stdin="kind: intake\nname: Denise\n")
    closed = "Graham Stott shouts at her. HR is his sister-in-law, so she won't go there."
    death = "Her brother Declan died in 2009, an overdose. She said it once and quickly."
    first = (
        closed,
        death,
        "I'm to text her the Acas page.",
        "The rota is green.",
        "The car is blue.",
    )
    promise = "{what: Write down each time Graham shouts, when: 2027-01-25, how_will_i_know: Pages}"
    later = tuple(
        f"Talked at length of the week number {week} and its meals." for week in range(40)
    )
    for number, (day, notes, promises) in enumerate(
        (("2027-01-12", first, f"[{promise}]"), ("2027-01-26", later, "none")), 1
    ):
        coach.today = day
        listed = ", ".join(f'{{text: "{note}"}}' for note in notes)
        wrap = f"kind: wrap\ncommitments: {promises}\nnotes: [{listed}]\n"
        coach.do("wrap", str(number), "--from", "-", stdin=wrap)
    coach.today = "2027-02-09"
    page = coach.do("prep", "3", "--format", "terminal").out
    assert "Not shown in full" in page
    assert missing(page, closed, "I'm to text her the Acas page.") == []
    # A death of long ago that she doesn't speak of is no danger of today.
    top, _, notes = page.partition(NOTES)
    assert missing(top, death) == [death]
    assert missing(notes, death) == []


AT_RISK = """\
kind: intake
name: Glenys Oakeshott
destination: Work I can do without lying awake.
stuck_point: The firm is deciding for me.
fears: [Being fifty-eight and nobody ringing back, That it happens again while I am at work]
must_haves: [Home by four, "At least 2,100 a month after tax"]
paths: [Stay if the post survives, "Print buyer, part time"]
assumptions: [Nobody takes on a woman of fifty-eight]
accountability: A text on Monday, not a phone call.
"""
SORE = (
    "Mortgage £61,000, to run until 2031. Malcolm's sick pay stops at the end of April. She cried"
    " when we got to that and was cross with herself."
)
CARER = "She asked me not to call her a carer."
STROKE = (
    "Husband Malcolm (61, was a coach driver) had a stroke on 19 November. Right side weak, speech"
    " comes slowly. He understands everything. Still on the rehab ward at the General."
)
HR = "Her one-to-one is on 24 March with Paul from HR. At-risk letter came 22 February."
ROW = (
    "Row on Sunday with Bev, Malcolm's sister, about turning the dining room into a bedroom. They"
    " aren't speaking."
)
OWED = "I promised to send her the ACAS page on selection pools."
DEV = "Dev, her deputy, doesn't know yet. I mustn't let it slip."
PALPITATIONS = "She has had palpitations. Heart monitor on 22 March. She hasn't told Malcolm."
HEART = "Heart monitor: result fine, nothing to treat. She has told Malcolm now."
JOEL = (
    "Joel rang the ward and hung up. She doesn't know what to do with it. She'll say when she wants"
    " to talk about it."
)
NEWEST = (
    "One-to-one moved again: now Wednesday 14 April, 10.30, with Janine Colley.",
    "Malcolm came home on 26 March. Bev came round with flowers; they're talking again.",
    HEART,
    JOEL,
    "Didn't send the ACAS page. Apologised; I'll bring it on paper on the 13th.",
)


def at_risk(coach: Coach, *first: str) -> str:
    """The whole text of the plan at the door after three sessions with a client at risk."""
    coach.today = "2027-03-02"
    coach.do("new-client", "--from", "-", stdin=AT_RISK)
    written = (
        ("2027-03-02", (STROKE, CARER, HR, SORE, *first)),
        ("2027-03-16", (ROW, DEV, PALPITATIONS, OWED)),
        ("2027-03-30", NEWEST),
    )
    for number, (day, notes) in enumerate(written, 1):
        coach.today = day
        listed = ", ".join(f'{{text: "{note}"}}' for note in notes)
        wrap = f"kind: wrap\ncommitments: none\nnotes: [{listed}]\n"
        coach.do("wrap", str(number), "--from", "-", stdin=wrap)
    coach.today = "2027-04-13"
    return door(coach)


@pytest.mark.req("R142")
def test_tears_and_money_that_stops_stay_where_ordinary_notes_go(
    coach: Coach,
) -> None:
    ordinary = [
        f"Talked at length of the machine number {number} and of who used to run it on the late"
        " shift in the years before the bindery was moved."
        for number in range(12)
    ]
    page = at_risk(coach, *ordinary)
    assert missing(page, SORE, STROKE, ROW.partition(" with ")[2]) == []
    assert missing(page, *ordinary)


@pytest.mark.req("R142")
def test_what_has_ended_since_stands_below_what_ended_it(coach: Coach) -> None:
    page = squeezed(at_risk(coach))
    told = (HEART, JOEL), (DEV, PALPITATIONS), (CARER,)
    days = [[page.index(squeezed(words)) for words in notes] for notes in told]
    assert page.index(squeezed(NOTES)) < min(days[0])
    assert max(days[0]) < min(days[1])
    assert max(days[1]) < min(days[2])
