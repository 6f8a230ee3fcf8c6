"""What of an older sentence holds no more by newer words (R142)."""

from __future__ import annotations

import datetime as dt

import pytest

from growth import keeps_in_step
from trajplan.planning.overtaken import overtaken
from trajplan.planning.plan_inputs import ToldBefore
from trajplan.planning.sentences import sentences_told


def told(text: str, session: int) -> ToldBefore:
    day = dt.date(2027, 1, 5) + dt.timedelta(14 * session)
    return ToldBefore(text=text, when=f"session {session}", kind="noted", day=day)


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "Her husband owes £17,600 on two cards. Told nobody else.",
            "A third card has turned up: it's £21,300, not £17,600.",
            "Her husband owes £17,600 on two cards.",
        ),
        (
            "Last week Ania went to her mother in Bremen.",
            "Correction: then Ania was with her sister in Bremen, not with her mother.",
            "Last week Ania went to her mother in Bremen.",
        ),
        (
            "Her dad Tom is in hospital, scan Thursday",
            "Tom died last night",
            "Her dad Tom is in hospital, scan Thursday",
        ),
        (
            "Her dad, Hector, is in the hospice. They say weeks.",
            "Hector died on Sunday 14 Feb.",
            "Her dad, Hector, is in the hospice.",
        ),
        (
            "Dad's in the hospice. Her dad, Hector, was a fitter.",
            "Hector died on Sunday 14 Feb.",
            "Dad's in the hospice.",
        ),
        (
            "He has a son, Neil, in Greenock. Mum and Morag don't know.",
            "Neil came on the 12th. Morag saw him, so Morag knows now.",
            "Mum and Morag don't know.",
        ),
        (
            "Biopsy on the 28th. Nobody knows, not even Rob.",
            "Biopsy done. Rob knows since Saturday.",
            "Nobody knows, not even Rob.",
        ),
        (
            "CT showed a mass. Biopsy 9 Feb, result about a week later.",
            "Biopsy came back Friday: cancer.",
            "Biopsy 9 Feb, result about a week later.",
        ),
        (
            "GP has sent bloods off (thyroid), result due 26 January.",
            "Thyroid came back normal.",
            "GP has sent bloods off (thyroid), result due 26 January.",
        ),
        (
            "Blood test, she's so tired. Result due on the 10th.",
            "Blood test came back on the 10th, it's iron, nothing else.",
            "Result due on the 10th.",
        ),
        (
            "Her dad Idris is muddled. Memory clinic on 27 January, Carys takes him.",
            "Her dad has Alzheimer's, told on 27 January.",
            "Memory clinic on 27 January, Carys takes him.",
        ),
        (
            "Neil at his sister's in Rotherham since.",
            "Neil back home since Wednesday.",
            "Neil at his sister's in Rotherham since.",
        ),
        (
            "Row over £11,400 he drew out.",
            "The £11,400 is £9,150 now.",
            "Row over £11,400 he drew out.",
        ),
        (
            "Mum's X-ray showed a shadow. Only his sister Gail knows so far.",
            "Mum: lung cancer, told on Friday. Karen and the kids know.",
            "Only his sister Gail knows so far.",
        ),
        (
            "Three years of slots. Karen and the kids (9, 15) know nothing.",
            "Karen found the slots on his phone.",
            "Karen and the kids (9, 15) know nothing.",
        ),
        (
            "- Biopsy on the 28th. The girls don't know.",
            "- Dad is better.\n- Biopsy done. The girls know.",
            "The girls don't know.",
        ),
        (
            "Dad has mesothelioma. Consultant says months.",
            "Hospice says days, maybe two weeks.",
            "Consultant says months.",
        ),
        (
            "Kit (15) was arrested. Interview under caution, released, no decision yet.",
            "Kit has been charged, burglary.",
            "Interview under caution, released, no decision yet.",
        ),
        (
            "Priya says a planner post comes up, grade 6, £33,200.",
            "Post is grade 7 after all, £35,900, Priya had the old list.",
            "Priya says a planner post comes up, grade 6, £33,200.",
        ),
        (
            "Excel test at head office 14 out of 20.",
            "Retook the Excel test, 18 out of 20.",
            "Excel test at head office 14 out of 20.",
        ),
        (
            "I'll lend him my copy of the audit handbook next time.",
            "Lent him the handbook.",
            "I'll lend him my copy of the audit handbook next time.",
        ),
        (
            "Priya goes too. I said I'd find her two or three recruiters.",
            "Gave her the three recruiters.",
            "I said I'd find her two or three recruiters.",
        ),
        (
            "£4,100 on a card Rob doesn't know about.",
            "Rob opened the card statement.",
            "£4,100 on a card Rob doesn't know about.",
        ),
        # A fact is overtaken in words of its own.
        (
            "Dry since 24 January, goes to a group on Thursdays.",
            "Two glasses of wine on Saturday.",
            "Dry since 24 January, goes to a group on Thursdays.",
        ),
        ("A bottle of wine a night.", "Dry since 24 January.", "A bottle of wine a night."),
        ("Hasn't gambled since May.", "Lost £300 on slots.", "Hasn't gambled since May."),
        ("Not smoked since New Year.", "Smoking again.", "Not smoked since New Year."),
        (
            "Half marathon on 9 May with Tess. Tess is her cousin.",
            "Pulled out of the half marathon, her knee.",
            "Half marathon on 9 May with Tess.",
        ),
        ("Half marathon on 9 May.", "Ran the half marathon in 2:04.", "Half marathon on 9 May."),
        ("Runs three times a week.", "Knee: no running till June.", "Runs three times a week."),
        ("Engaged, wedding in July.", "Piet called the wedding off.", "Engaged, wedding in July."),
        ("Hearing on 4 March.", "Hearing is over: no case.", "Hearing on 4 March."),
        ("Off sick since 3 January.", "Back at work, half days.", "Off sick since 3 January."),
        ("Pregnant, 9 weeks.", "Lost the baby on Monday.", "Pregnant, 9 weeks."),
    ],
)
def test_what_newer_words_put_right_is_told_with_them(old: str, new: str, sentence: str) -> None:
    assert list(overtaken(sentences_told([told(new, 2), told(old, 1)], "Jo"))) == [sentence]
    # What was said first puts nothing right that was said later.
    assert sentence not in overtaken(sentences_told([told(new, 1), told(old, 2)], "Jo"))


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He owes £17,600.", "The car was £17,600."),
        ("Dad is in the hospice.", "Dad's dog died on Sunday."),
        ("Dad is in the hospice.", "Mum died on Sunday."),
        ("Hector told her in November that he has a son.", "Hector died on Sunday."),
        ("Priya on her team is going too.", "Her gran died of it."),
        ("Dad's scan is due on Friday.", "The car came back with a clear test."),
        ("Neil is at his sister's.", "Craig is back home."),
        ("Mum has a shadow. Only Gail knows.", "Mum's CT is on the 10th. Gail knows."),
        ("Mum has a shadow. Only Gail knows.", "They told on the radio that it rains for Mum."),
        ("Her dad is muddled. Clinic on 27 January.", "Bus pass, told on 27 January."),
        ("Mum is ill. Consultant says months.", "Dad is ill too. Hospice says days."),
        ("HR says weeks.", "The doctor says days."),
        ("Kit was arrested. No decision yet.", "Marek has been charged for parking."),
        ("Rent is £450.", "The course is £640 after all."),
        (
            "Slots for three years. Karen and the kids (Jodie 15, Alfie 9) know nothing.",
            "Mum has cancer. Karen and the kids know. Jean doesn't want Alfie told the word.",
        ),
        ("Mum gambles. Dad doesn't know.", "Mum has cancer. Dad knows."),
        ("Mother gambles. Dad doesn't know.", "Mother has cancer. Dad knows."),
        ("I'll send him the course list.", "Gave him the number of the college."),
        ("She wants the handbook.", "Lent him the handbook."),
        ("Dry since 24 January.", "Her dad drinks again."),
        ("Dry since 24 January.", "Not had a drink, and a dry run of the talk went well."),
        ("Half marathon on 9 May.", "Ran the workshop on Tuesday."),
        ("Union rep is Graham.", "Graham is off sick."),
        ("Her sister is pregnant.", "Lost the baby on Monday."),
        # Who was not told is no matter that both have.
        (
            "Debt from the shop. Yusuf doesn't know. Ms Bhandari gives her extra shifts.",
            "Pregnant, 9 weeks. Told Yusuf, not Ms Bhandari.",
        ),
        ("Her dad Tom is in hospital, scan Thursday", "Scan clear, Tom Reed is back at work"),
        ("Interview at Acme on the 18th", "Interview at Bolt called off"),
        ("He is with a group on Thursdays.", "Correction: Ania was at Jo's, not with her mother."),
        ("Mother said be strong.", "Correction: Ania was with her sister, not with her mother."),
        # Of another matter.
        ("Biopsy on the 28th. Rob doesn't know.", "Pension pays out. Rob knows."),
    ],
)
def test_what_is_of_somebody_or_something_else_puts_nothing_right(old: str, new: str) -> None:
    assert not overtaken(sentences_told([told(new, 2), told(old, 1)], "Jo"))


@pytest.mark.req("R161")
def test_a_long_journey_is_looked_through_about_in_step() -> None:
    notes = (
        "Row with Stu over £11,400 he drew out. Kit was arrested, no decision yet.",
        "Biopsy on the 28th, result due the week after. Nobody knows, not even Rob.",
        "Karen found £600 gone. He told her it was the gearbox. She read it in the book.",
        "Mum is in the hospice. Consultant says months. Neil at his sister's since.",
        "Post is grade 7 after all. Gave her the list of the recruiters, as promised.",
    )

    def look(size: int) -> None:
        said = [told(f"{note} Week {n} of it.", n) for n in range(size // 5) for note in notes]
        overtaken(sentences_told(said, "Jo"))

    assert keeps_in_step(look, 400)


@pytest.mark.req("R161")
@pytest.mark.parametrize("word", ["a", "no a", "lost a", "Not ", "n’t", "running"])
def test_a_word_of_any_length_is_looked_through_about_in_step(word: str) -> None:
    def look(size: int) -> None:
        long = word * (size // len(word))
        overtaken(sentences_told([told(long, 2), told(f"Dry. {long}", 1)], "Jo"))

    assert keeps_in_step(look, 20_000)
