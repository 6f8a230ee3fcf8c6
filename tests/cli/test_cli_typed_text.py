"""Words in YAML that YAML would take for something else are said, with their place (F5, F6)."""

from __future__ import annotations

import pytest

from coaching import NO_COMMITMENT, Coach, rows


def test_words_behind_a_hash_are_not_lost_without_a_word(begun: Coach) -> None:
    """F5."""
    wrap = f"{NO_COMMITMENT}focus: Being the #1 pick, not the #2\n"
    told = begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=wrap)
    assert told.startswith("<standard input>:3:8: to YAML, `#1 pick, not the #2` is a comment")
    assert "put the text in quotes" in told
    assert rows(begun.practice, "SELECT * FROM wraps") == []
    quoted = f'{NO_COMMITMENT}focus: "Being the #1 pick, not the #2"\n'
    begun.do("wrap", "session", "4", "--from", "-", stdin=quoted)
    focus = "Being the #1 pick, not the #2"
    assert rows(begun.practice, "SELECT focus FROM wraps") == [(focus,)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("takeaways:\n  - I am\n    the #1 here\n  - Next\n", ["4:5"]),
        ("takeaways: [A, B]  # both\n", []),
        ("minutes: 90  # longer than planned\nenergy: low\n", []),
        ("# her idea\nfocus: The walk\n", []),
        ("focus: C# and F#\n", []),
        ("focus: 'One'  # in her words\n", []),
        ("notes: |\n  Room #4\n  Door #5\n", []),
        ("notes: [{text: Room #4\n  , pin: true}]\n", ["3:16"]),
        ("focus: 𝔸𝔹 the #1 of us\n", ["3:8"]),
        ("echo: {destination: The #1 school\n  }\n", ["3:21"]),
        ("parked:\n- The #2\n- The #3\n", ["4:3", "5:3"]),
    ],
)
def test_only_what_would_be_lost_of_a_text_is_refused(
    begun: Coach, text: str, places: list[str]
) -> None:
    told = begun.run("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT + text)
    found = [line.split(": ")[0].partition(":")[2] for line in told.err.splitlines()]
    faults = [place for place in found if place]
    assert faults == places
    assert (told.code == 0) is not bool(places)


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("fears: [Passed over again, in public]\n", True),
        ("fears: [Starting below, Being alone]\n", False),
        ("fears: [dust, noise, long days]\n", False),
        ("fears: [Alone, below]\n", False),
        ("fears: [Passed over again,\n  in public]\n", True),
        ('fears: ["Passed over again, in public"]\n', False),
        ("fears:\n  - Passed over again, in public\n", False),
    ],
)
def test_a_list_that_was_cut_at_a_comma_gets_a_hint(coach: Coach, text: str, hinted: bool) -> None:
    """F6."""
    intake = f"kind: intake\nname: Ada\n{text}"
    said = coach.do("new-client", "--from", "-", stdin=intake).err
    assert ("`Passed over again` and `in public` are two" in said) is hinted
    assert ("<standard input>:3:8: " in said) is hinted
    assert ("`- `" in said) is hinted


def test_every_form_says_it(held: Coach) -> None:
    """Intake, answers and closing as the wrap does."""
    words = "She is the #1 now"
    for command, form in (
        (("new-client", "Ada"), f"kind: intake\ngoals: [{{text: {words}\n  }}]\n"),
        (("clients", "update"), f"kind: intake\ndestination: {words}\n"),
        (("worksheets", "fill", "wheel-of-life"), f"kind: answers\nanswers: {{a: {words}\n  }}"),
        (("close",), f"kind: closing\noutcomes:\n- {words}\n"),
    ):
        told = held.refused(10, *command, "--from", "-", stdin=form)
        assert "`#1 now" in told, command
    closing = "kind: closing\nfollow_up: +6m\noutcomes: [She teaches now, on Tuesdays]\n"
    said = held.do("close", "--from", "-", "--force", "Moved", stdin=closing)
    assert "`She teaches now` and `on Tuesdays` are two" in said.err


@pytest.mark.req("R133")
def test_a_sentence_with_a_colon_that_has_no_quotes_is_told_so(begun: Coach) -> None:
    advice = "text that holds a colon goes in quotes"
    wrap = NO_COMMITMENT
    for more in ("takeaways:\n  - I said: no\n", "parked:\n  - The flat: by 12 March\n"):
        said = begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=wrap + more)
        assert said.count(advice) == said.count("\n") == 1, said
    for more in ("assumptions", "goals", "priorities"):
        intake = f"kind: intake\nname: Bea\n{more}:\n  - Too late: they only look at the CV\n"
        said = begun.refused(10, "new-client", "--from", "-", stdin=intake)
        assert said.count(advice) == said.count("\n") == 1, said


@pytest.mark.req("R133")
def test_a_number_that_its_comma_splits_is_told_so(coach: Coach) -> None:
    intake = "kind: intake\nname: Bea\nmust_haves: [No less than £41,000, Near home]\n"
    said = coach.do("new-client", "--from", "-", stdin=intake)
    assert "`No less than £41` and `000` are two" in said.err
