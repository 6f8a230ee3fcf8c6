"""The plan for a coach with four minutes, and pages that are longer than the terminal (R142)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from coaching import NO_COMMITMENT, Coach, told_once
from few import few
from page_words import squeezed
from trajplan.cli.pager import pager_command, shows_colours

DANGER = "I don't want to live like this any more"


def at_the_door(coach: Coach, *words: str) -> str:
    return coach.do("prep", "session", *words, "--format", "terminal").out


def said_aloud(plan: Any) -> list[str]:
    """Everything of a plan that is said: prompts, questions, checkpoints."""
    texts: list[str] = []
    for segment in plan["segments"]:
        texts += [part["text"] for part in (*segment["prompts"], *segment["questions"])]
        texts += filter(None, [segment["checkpoint"], segment["checkpoint_otherwise"]])
    return texts


@pytest.mark.req("R142")
@pytest.mark.parametrize("minutes", ["45", "60", "90"])
@pytest.mark.parametrize(
    "session",
    [
        str(number) if number in (1, 5, 12) else pytest.param(str(number), marks=pytest.mark.slow)
        for number in (1, 2, 3, *range(5, 13))
    ],
)
def test_a_plan_at_the_door_has_seventy_lines(held: Coach, session: str, minutes: str) -> None:
    words = (session, "--minutes", minutes)
    page = at_the_door(held, *words)
    plan = held.json("prep", "session", *words)
    assert len(page.splitlines()) <= 70
    text = squeezed(page)
    for segment in plan["segments"]:
        assert squeezed(f"{segment['start']}–{segment['end']} {segment['title']}") in text
    for words_said in said_aloud(plan):
        assert squeezed(words_said) in text
    assert "`--full` adds " in page


@pytest.mark.req("R142")
def test_a_session_that_holds_has_its_first_words_at_a_glance(held: Coach) -> None:
    held.do("check-in", "--session", "5", "--holding", "--matters", "My brother died")
    first = said_aloud(held.json("prep", "session", "5"))[0]
    assert f"- **Open with:** {first}" in held.do("prep", "session", "5", "--glance").out


@pytest.mark.req("R142")
def test_the_whole_plan_is_one_word_away(held: Coach) -> None:
    short = at_the_door(held, "5")
    whole = at_the_door(held, "5", "--full")
    for part in ("If it goes differently", "Why this plan", "Aim:", "Listen for", "segment `"):
        assert part not in short
        assert part in whole
    left_out = int(re.findall(r"`--full` adds (\d+) lines", short)[0])
    assert left_out > 30
    # Whatever is no terminal has all of it, asked for or not; so has the plan with its reasons.
    assert held.do("prep", "session", "5").out == held.do("prep", "session", "5", "--full").out
    assert "If it goes differently" in held.do("prep", "session", "5").out
    assert "If it goes differently" in at_the_door(held, "5", "--explain")


@pytest.mark.req("R142")
def test_who_reads_only_the_plan_at_the_door_misses_nothing_that_would_hurt(held: Coach) -> None:
    held.do("refer", "legal", "--from", "-", stdin="Advised to see an employment lawyer.")
    for number in range(3):
        held.do("notes", "add", f"Never ring at home, reason {number}", "--pin")
        held.do("parked", "add", f"The lawyer's deadline {number}", "--by", "2027-03-12")
    held.do("check-in", "--session", "5", "--matters", DANGER, "--mood", "flat")
    page = squeezed(at_the_door(held, "5"))
    glance = squeezed(at_the_door(held, "5", "--glance"))
    plan = held.json("prep", "session", "5")
    danger = plan["proposals"][0]
    assert danger["kind"] == "safety"
    assert squeezed(danger["why"]) in page
    assert squeezed(danger["command"]) in page
    assert squeezed(danger["why"]) in glance
    for number in range(3):
        assert squeezed(f"Never ring at home, reason {number}") in page
        assert squeezed(f"In 3 days The lawyer's deadline {number} (Fri 12 Mar; parked)") in page
    # What danger was spoken of stands before the other pinned notes.
    assert squeezed(f"Safety “{DANGER}”") in glance
    assert [glance.count(f"+{more}:--full") for more in (1, 2)] == [1, 1]
    for text in (page, glance):
        assert squeezed("Referral to legal help on Tue 23 Feb 2027") in text
    for part in ("arrives flat", "Matters most"):
        assert squeezed(part) in page
    assert len(at_the_door(held, "5").splitlines()) <= 70
    assert len(at_the_door(held, "5", "--glance").splitlines()) <= 20


@pytest.mark.req("R142")
def test_a_glance_has_the_result_of_a_promise_the_mood_and_the_opening_line(held: Coach) -> None:
    held.do(
        *("commitments", "update", "1", "--status", "done", "--learned", "-"),
        stdin="They said yes at once.",
    )
    held.do("check-in", "--session", "5", "--mood", "bright", "--matters", "The rent")
    page = held.do("prep", "session", "5", "--glance").out
    plan = held.json("prep", "session", "5")
    assert re.search(r"\*\*Promised:\*\* \(done\) Ask the training officer .*They said yes", page)
    assert "- **Arrives:** bright" in page
    assert f"- **Open with:** {plan['agreement']['text']}" in page
    clock = next(line for line in page.splitlines() if "**Clock:**" in line)
    for segment in plan["segments"]:
        assert segment["title"] in clock


def pager(coach: Coach, script: str) -> Path:
    """A pager of one's own: what it was given is in the file this returns."""
    seen = coach.home / "paged.txt"
    file = coach.home / "pager.sh"
    file.write_text(f"#!/bin/sh\n{script.format(seen=seen)}\n", encoding="utf-8")
    file.chmod(0o700)
    coach.more["PAGER"] = str(file)
    return seen


@pytest.mark.req("R142")
def test_a_page_longer_than_the_terminal_goes_to_the_pager(held: Coach) -> None:
    seen = pager(held, "cat > '{seen}'; echo \"$LESS $LESSHISTFILE\" >> '{seen}'")
    found = held.at_a_terminal("prep", "session", "5", "--full")
    assert found.code == 0
    assert "Why this plan" not in found.out
    text = seen.read_text(encoding="utf-8")
    assert "Session 5 of 12" in text.splitlines()[0]
    assert "Why this plan" in text
    assert text.endswith("FRX -\n")
    seen.unlink()
    # A short page has no need of it, nor has what is asked for without or is no terminal.
    assert "Clock" in held.at_a_terminal("prep", "session", "5", "--glance").out
    assert "Why this plan" in held.at_a_terminal("--no-pager", "prep", "session", "5", "--full").out
    assert "Why this plan" in held.at_a_terminal("prep", "session", "5", "--full", "--no-pager").out
    assert "Why this plan" in held.process("prep", "session", "5").out
    assert not seen.exists()


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    ("command", "reason"),
    few(
        [
            ("/nowhere/pager", "cannot be started"),
            ("false", "ended with 1"),
            ("'half", "cannot be"),
        ],
        1,
    ),
)
def test_a_pager_that_fails_loses_nothing(held: Coach, command: str, reason: str) -> None:
    held.more["PAGER"] = command
    found = held.at_a_terminal("prep", "session", "5", "--full")
    assert found.code == 0
    assert found.out.count("Why this plan") == 1
    assert "At the end" in found.out
    assert reason in found.out


@pytest.mark.unix
@pytest.mark.req("R142")
def test_without_a_pager_of_ones_own_less_is_used_where_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\n", encoding="utf-8")
    less.chmod(0o700)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pager_command() == ["less", "-FRX"]
    monkeypatch.setenv("TERM", "dumb")
    assert pager_command() == []
    monkeypatch.setenv("TERM", "xterm")
    less.unlink()
    assert pager_command() == []
    # Set to nothing, none is wanted.
    for named, words in (("", []), ("most -s", ["most", "-s"]), ("'a b' -c", ["a b", "-c"])):
        monkeypatch.setenv("PAGER", named)
        assert pager_command() == words
    assert not shows_colours(["/bin/more"])
    assert shows_colours(["less"])


@pytest.mark.req("R142")
def test_whoever_has_seen_enough_hears_nothing_more(held: Coach) -> None:
    pager(held, "head -n 1")
    found = held.at_a_terminal("prep", "session", "5", "--full")
    assert (found.code, found.out.strip()) == (0, found.out.strip().splitlines()[0])
    # Ctrl-C is the pager's: this one ends by it, and the program ends quietly after it.
    pager(held, "echo reading; cat > /dev/null; sleep 60")
    found = held.at_a_terminal("prep", "session", "5", "--full", answers=[("reading", "\x03")])
    assert found.code == 0
    assert "Why this plan" not in found.out
    assert "Traceback" not in found.out


def test_a_file_gets_what_its_name_ends_in(held: Coach) -> None:
    for ending in ("odt", "docx", "yaml"):
        said = held.refused(1, "wrap", "session", "4", "-o", str(held.home / f"sheet.{ending}"))
        assert f"`.{ending}`" in said
        assert not (held.home / f"sheet.{ending}").exists()
    # What cannot be written is said before a command does anything.
    held.refused(1, "assumptions", "add", "Nobody hires at my age", "-o", "belief.odt")
    assert len(held.json("assumptions")["assumptions"]) == 1
    for name in ("sheet.md", "sheet.TXT", "sheet", "sheet.2027"):
        held.do("wrap", "session", "4", "-o", str(held.home / name))
        assert (held.home / name).read_text(encoding="utf-8").startswith("# ")
    held.do("wrap", "session", "4", "-o", str(held.home / "any.odt"), "--format", "markdown")
    assert (held.home / "any.odt").read_text(encoding="utf-8").startswith("# ")
    # No file is called by the name of another form than the one it is in.
    said = held.refused(2, "show", "-o", str(held.home / "any.md"), "--format", "html")
    assert "`.md` is for markdown, and this is html" in said
    assert not (held.home / "any.md").exists()
    for name in ("sheet.html", "sheet.HTM"):
        held.do("wrap", "session", "4", "-o", str(held.home / name))
        assert (held.home / name).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert held.do("show", "-o", "/dev/stdout").out == held.do("show").out


def test_standard_output_may_be_named_as_a_file(held: Coach) -> None:
    plain = held.process("show").out
    assert held.process("show", "-o", "/dev/stdout").out == plain
    assert held.process("show", "-o", "/dev/fd/1").out == plain


LIFE = """\
kind: intake
name: Maja
destination: A shop of my own, and evenings with the children.
stuck_point: I can't sign while my father holds the lease.
priorities: [Money until March, A plan for the lease]
paths: [A stall on the market, The shop next door]
assumptions: [Without my father no bank lends me anything., I'm too loud for customers.]
fears: [That I go bankrupt as he did]
must_haves: [2.400 € a month]
accountability: Text me. Never ring the shop.
"""
AGREED = """\
kind: answers
answers:
  client: Maja
  coach: C. Oach
  sponsor: The bank
  shared: Nothing about the children goes to anybody.
  released:
    How often we met: {seen: "yes"}
    The dates: {seen: "no"}
  limits: I speak up where somebody is in danger.
  hard: Silence helps. Don't ask about my brother.
  consent: 2027-01-05 Maja
"""
WRAPPED = """\
kind: wrap
focus: The lease
takeaways: [I may say no.]
frame_change: We talked about the divorce instead.
agreement: Leave the lease alone today.
notes: [{text: "Cried when the bank was named."}, {text: Her sister does not know., pin: true}]
parked: ["The letter from court: answer by 4 March"]
commitments:
  - {what: Read the lease, when: "2027-02-20", how_will_i_know: Read, deadline: 2027-03-08}
  - {what: Ask the cousin, when: "2027-02-21", how_will_i_know: Asked}
ratings: {clarity: 2, options: 3, decision: 6, momentum: 4, confidence: 3}
"""


@pytest.fixture
@told_once
def laden(coach: Coach) -> Coach:
    """A coach before session 4 with a client about whom every kind of record says something."""
    coach.today = "2027-01-12"
    coach.do("new-client", "--from", "-", "--start-time", "14:00", stdin=LIFE)
    coach.do("worksheets", "fill", "coaching-agreement", "--from", "-", stdin=AGREED)
    none = (
        "kind: wrap\nratings: {clarity: 6, options: 6, decision: 6}\n"
        "notes: Her sister has cancer. She said so at the door.\n"
        "takeaways: [I sell better than I think.]\ncommitments:\n"
        "  - {what: Ask my aunt for the accounts, when: 2027-01-20, how_will_i_know: I have them}\n"
        "  - {what: Count the till, when: 2027-01-21, how_will_i_know: A number}\n"
        "  - {what: Ring the guild, when: 2027-01-22, how_will_i_know: I rang}\n"
    )
    coach.do("wrap", "1", "--from", "-", stdin=none)
    coach.today = "2027-01-26"
    coach.do("check-in", "--matters", "My mother died on Saturday", "--holding")
    coach.do("prep", "2")
    coach.do("wrap", "2", "--from", "-", stdin=NO_COMMITMENT)
    coach.today = "2027-02-09"
    coach.do("wrap", "3", "--from", "-", stdin=WRAPPED)
    coach.do("log-tci", "--session", "3", "--clarity", "2", "--note", "She would not look up.")
    coach.today = "2027-02-16"
    coach.do("refer", "legal")
    coach.do("goals", "add", "A place of my own")
    coach.do("goals", "add", "Answer the landlord", "--under", "1", "--when", "2027-03-01")
    coach.do("commitments", "update", "4", "--contact", "call", "--note", "The lease is void.")
    coach.do("commitments", "update", "5", "--status", "not_yet", "--learned", "He wants a share")
    coach.do("assumptions", "update", "1", "--against", "The savings bank lent to her cousin.")
    coach.do("sessions", "cancel", "4", "--by", "client", "--notice-hours", "2",
             "--reason", "Her boy was in hospital")  # fmt: skip
    coach.do("sessions", "move", "4", "2027-02-24")
    coach.do("notes", "add", "Rang: the boy is home again.", "--session", "4")
    coach.do("worksheets", "fill", "wheel-of-life", "--from", "-", stdin="## Health\n2\n")
    coach.today = "2027-02-24"
    coach.do("check-in", "--matters", "Whether to sign by 26 February", "--mood", "sleepless")
    return coach


MUST = (
    *("to legal help on Tue 16 Feb", "Her sister does not know.", "sleepless"),
    *(
        "Whether to sign by 26 February",
        "Fri 26 Feb",
        "Read the lease",
    ),
    "Answer the landlord (Mon 1 Mar",
    "The letter from court: answer by 4 March",
    *("Her boy was in hospital", "cancelled by the client, 2 hours ahead"),
    *("My mother died on Saturday", "The lease is void.", "Rang: the boy is home again."),
    *("Don't ask about my brother.", "The bank: may see how often we met, and nothing else"),
    *("Nothing about the children", "I speak up where somebody is in danger."),
    *("That I go bankrupt as he did", "Money until March", "2.400 €"),
    *("Text me. Never ring the shop.", "We talked about the divorce instead."),
    *("Leave the lease alone today.", "Cried when the bank was named."),
    *("clarity 2", "options 3", "confidence 3", "She would not look up."),
    *("not yet", "Ask the cousin", "He wants a share", "Wheel of Life"),
    *("Ask my aunt for the accounts", "Count the till", "Ring the guild"),
    "Her sister has cancer. She said so at the door.",
    "“Without my father no bank lends me anything.” (from the beginning; against it: The savings",
    "“I'm too loud for customers.”",
)
"""What would hurt if a coach did not know it."""
GIVES_WAY = (
    "A shop of my own, and evenings with the children.",
    "I can't sign while my father holds the lease.",
    "A stall on the market · The shop next door",
)
"""What is left out before a word of that is cut."""


@pytest.mark.req("R142")
@pytest.mark.parametrize("minutes", few(["45", "60", "90"], 1))
def test_whatever_kind_of_record_may_hurt_is_at_the_door(laden: Coach, minutes: str) -> None:
    page = at_the_door(laden, "4", "--minutes", minutes)
    assert len(page.splitlines()) <= 70
    text, whole = squeezed(page), squeezed(at_the_door(laden, "4", "--full"))
    assert [words for words in MUST if squeezed(words) not in text] == []
    assert squeezed("deadline Mon 8 Mar, in 12 days) Read the lease") in text
    # The whole plan says no less than the page at the door.
    assert [words for words in (*MUST, *GIVES_WAY) if squeezed(words) not in whole] == []


@pytest.mark.req("R142", "R119")
def test_nothing_of_it_is_on_the_clients_page(laden: Coach) -> None:
    page = squeezed(laden.do("prep", "4", "--for", "client").out)
    own = (
        "Whether to sign by 26 February",
        "Wheel of Life",
        "Ask the cousin",
        "Read the lease",
        "Ask my aunt for the accounts",
    )
    shown = [words for words in MUST if squeezed(words) in page and words not in own]
    assert shown == []


@pytest.mark.req("R142")
def test_what_is_agreed_is_no_secret_and_what_is_unsaid_stays_marked(laden: Coach) -> None:
    page = at_the_door(laden, "4", "--minutes", "45")
    lines = [" ".join(line.split()) for line in page.splitlines()]
    eye = "(for your eye, until they speak of it)"
    assert f"Fears That I go bankrupt as he did {eye}" in lines
    assert f"Money 2.400 € a month {eye}" in lines
    assert "Priorities Money until March · A plan for the lease" in lines


@pytest.mark.req("R142")
def test_after_a_session_that_left_little_the_page_goes_back_to_those_before(held: Coach) -> None:
    held.today = "2027-03-09"
    held.do("wrap", "5", "--from", "-", stdin=NO_COMMITMENT)
    page = squeezed(at_the_door(held, "6"))
    earlier = held.json("prep", "6")["remembered"]["so_far"]
    assert earlier
    for words in earlier[:2]:
        assert squeezed(words) in page
    assert "Ratedbefore" in page
