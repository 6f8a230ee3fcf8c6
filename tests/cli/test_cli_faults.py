"""What is refused: with which exit code, in which words, and what is possible instead."""

from __future__ import annotations

import os
import re

import pytest
import typer

from coaching import NO_COMMITMENT, Coach
from few import few
from trajplan.cli import session_plan
from trajplan.records import store


@pytest.mark.parametrize(
    ("number", "code"), [("0", 1), ("-1", 1), ("13", 1), ("1.5", 2), ("abc", 2), ("", 2)]
)
@pytest.mark.parametrize("command", few(["prep", "wrap", "show", "log-tci", "check-in"], 2))
def test_a_session_that_cannot_be_names_those_that_can(
    begun: Coach, command: str, number: str, code: int
) -> None:
    words = {
        "prep": ["prep", "session", number],
        "wrap": ["wrap", "session", number, "--from", "-"],
        "show": ["sessions", "show", number],
        "log-tci": ["log-tci", "--session", number, "--clarity", "5"],
        "check-in": ["check-in", "--session", number, "--energy", "low"],
    }[command]
    said = begun.refused(code, *words, stdin=NO_COMMITMENT)
    assert "sessions 1 to 12 are possible" in said
    assert number in said


def test_a_single_session_journey_says_so(coach: Coach) -> None:
    coach.do("new-client", "Solo", "--sessions", "1")
    assert "only session 1 is possible" in coach.refused(1, "prep", "session", "2")
    assert coach.json("prep", "session", "1")["of"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "--client", "sampel"], "no client `sampel`; did you mean `sample-client`?"),
        (["use", "sampel-client"], "no client `sampel-client`; did you mean `sample-client`?"),
        (["clients", "show", "zzz"], "no client `zzz`; there is `sample-client`"),
        (["prep", "session", "4", "--client", "sampl-client"], "did you mean `sample-client`?"),
        (["prep", "session", "4", "--blueprint", "grwo"], "did you mean `grow`?"),
        (["prep", "session", "4", "--with", "grow-reality-fact"], "did you mean `grow-"),
        (["prep", "session", "4", "--without", "grow-reality-fact"], "did you mean `grow-"),
        (["blueprints", "show", "closing-sesion"], "did you mean `closing-session`?"),
        (["questions", "show", "review-ritul"], "did you mean `review-ritual`?"),
        (["questions", "list", "--bank", "grwo"], "did you mean `grow`?"),
        (["commitments", "show", "7"], "`sample-client` has no commitment 7; there is none yet"),
        (["assumptions", "show", "7"], "`sample-client` has no assumption 7; there is 1"),
        (["new-client", "B", "--journey", "integrativ-12"], "did you mean `integrative-12`?"),
        (["new-client", "--from", "nowhere.yaml"], "no file `nowhere.yaml`"),
        (["questions", "check", "nowhere.yaml"], "no file `nowhere.yaml`"),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest_match(
    begun: Coach, words: list[str], said: str
) -> None:
    assert said in begun.refused(20, *words)


def test_another_clients_records_count_as_not_there(held: Coach) -> None:
    held.do("new-client", "Bo Ray", "--start", "2027-02-23")
    for words in (
        ["commitments", "show", "1"],
        ["commitments", "update", "1", "--status", "done"],
        ["assumptions", "show", "1"],
        ["assumptions", "update", "1", "--status", "tested"],
    ):
        said = held.refused(20, *words, "--client", "bo-ray")
        assert said.startswith("trajplan: `bo-ray` has no ")
    assert (
        held.json("commitments", "--client", "sample-client")["commitments"][0]["status"] == "open"
    )


def test_without_a_practice_or_a_client_the_first_step_is_named(coach: Coach) -> None:
    said = coach.refused(20, "show")
    assert "new-client" in said
    assert not coach.practice.exists()
    assert not coach.practice.parent.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pre"], "no command `pre`; did you mean `prep`?"),
        (["commitments", "ad"], "no command `ad`; did you mean `add`?"),
        (["prep", "session", "4", "--minuts", "60"], "--minuts"),
        (["prep", "session", "4", "--energy", "tired"], "tired"),
        (["prep", "session", "4", "--minutes", "many"], "many"),
        (["prep", "session", "4", "--start", "25:00"], "`25:00` is not a time of day"),
        (["prep", "session", "4", "--override", " "], "--override needs a reason"),
        (["prep", "session", "4", "--for", "client", "--glance"], "belong to the coach's page"),
        (["prep", "session", "4", "--for", "client", "--explain"], "belong to the coach's page"),
        (["prep", "session", "4", "--for", "client", "--full"], "belong to the coach's page"),
        (["prep", "session", "4", "--glance", "--full"], "--glance is the shortest page"),
        (["log-tci", "--session", "4"], "nothing to save; rate at least one of --clarity"),
        (["log-tci", "--session", "4", "--clarity", "0"], "--clarity 0 is outside the scale"),
        (["log-tci", "--session", "4", "--satisfaction", "11"], "--satisfaction 11 is outside"),
        (["log-tci", "--session", "4", "--clarity", "5", "--date", "soon"], "`soon` is not a day"),
        (["check-in"], "nothing to record"),
        (["wrap", "session"], "which session?"),
        (["commitments", "add"], "say what the client will do"),
        (["commitments", "add", "W", "--when", "+3d"], "--how-will-i-know"),
        (["commitments", "update", "1"], "nothing to change"),
        (["assumptions", "add"], "an assumption needs words"),
        (["assumptions", "update", "1"], "nothing to change"),
        (["new-client"], "whose journey?"),
        (["new-client", "B", "--start", "someday"], "`someday` is not a day; possible are"),
        (["new-client", "B", "--slug", "b b"], "`b b` is not a slug"),
        (["new-client", "B", "--slug", "../b"], "is not a slug"),
        (["new-client", "B", "--time-zone", "Mars/Base"], "is not a time zone"),
    ],
)
def test_words_that_do_not_fit_are_a_usage_fault(begun: Coach, words: list[str], said: str) -> None:
    assert said in begun.refused(2, *words)


@pytest.mark.parametrize("value", ["0", "11"])
def test_a_number_off_the_scale_gets_one_answer_everywhere(begun: Coach, value: str) -> None:
    begun.do("goals", "add", "A theme")
    for words, typed in (
        (["log-tci", "--session", "4", "--clarity", value], f"--clarity {value}"),
        (["commitments", "update", "1", "--value", value], f"--value {value}"),
        (["goals", "update", "1", "--attainable", value], f"--attainable {value}"),
        (["check-in", "--progress", f"clarity={value}"], f"--progress clarity={value}"),
        (["check-in", "--scaled", f"sc-water={value}"], f"--scaled sc-water={value}"),
    ):
        assert f"{typed} is outside the scale of 1 to 10" in begun.refused(2, *words)


def test_a_faulty_clock_is_named(begun: Coach) -> None:
    begun.today = "yesterday"
    assert "TRAJPLAN_TODAY is `yesterday`" in begun.refused(2, "show")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new-client", "Sample Client"], "there is a client `sample-client` already"),
        (["wrap", "session", "4"], "session 4 with Sample Client is not wrapped yet"),
        (["prep", "session", "4", "-o", "plan.md", "--format", "terminal"], "html, pdf or json"),
    ],
)
def test_what_cannot_be_done_says_why(begun: Coach, words: list[str], said: str) -> None:
    assert said in begun.refused(1, *words)


def test_a_bug_keeps_the_records_and_shows_its_place_only_when_asked(
    begun: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the wheel came off")

    before = begun.practice.read_bytes()
    monkeypatch.setattr(session_plan, "prepare", broken)
    said = begun.refused(3, "prep", "session", "4")
    assert "this is a bug (RuntimeError in " in said
    assert "the wheel came off" not in said
    assert "Traceback" not in said
    assert begun.practice.read_bytes() == before
    begun.more["TRAJPLAN_DEBUG"] = "1"
    said = begun.refused(3, "prep", "session", "4")
    assert "test_cli_faults.py" in said
    assert "RuntimeError, by way of" in said
    assert "SQLite 3." in said
    assert "the wheel came off" not in said


def test_a_bug_half_way_through_a_command_undoes_all_of_it(
    begun: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trajplan.actions.wrap import save as save_wrap

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("half way")

    begun.do("prep", "session", "4")
    before = begun.practice.read_bytes()
    monkeypatch.setattr(save_wrap, "mark_asked", broken)
    text = "kind: wrap\ncommitments: [{what: W, when: '2027-03-05', how_will_i_know: K}]\n"
    begun.refused(3, "wrap", "session", "4", "--from", "-", stdin=text)
    assert begun.practice.read_bytes() == before


def test_an_interruption_ends_with_130(begun: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    for fault in (typer.Abort(), KeyboardInterrupt()):

        def broken(*_: object, _fault: BaseException = fault, **__: object) -> None:
            raise _fault

        monkeypatch.setattr(session_plan, "prepare", broken)
        begun.refused(130, "prep", "session", "4")


def test_a_practice_that_is_none_is_a_store_fault(coach: Coach) -> None:
    coach.practice.parent.mkdir()
    coach.practice.write_text("this is a diary, not a practice\n" * 200)
    for words in (["show"], ["new-client", "B"], ["clients"]):
        said = coach.refused(30, *words)
        assert str(coach.practice) in said
    assert coach.practice.read_text().startswith("this is a diary")


def test_a_practice_locked_by_another_command_is_a_store_fault(
    begun: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3
    from contextlib import closing

    monkeypatch.setattr(store, "WAIT", 0.05)
    for opener in (store.reading, store.writing):
        monkeypatch.setitem(opener.__wrapped__.__kwdefaults__, "wait", 0.05)  # type: ignore[attr-defined]
    with closing(sqlite3.connect(begun.practice)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = begun.refused(30, "check-in", "--session", "4", "--energy", "low")
    assert "another" in said
    begun.do("check-in", "--session", "4", "--energy", "low")


def test_an_output_that_cannot_be_written_is_a_store_fault(begun: Coach) -> None:
    said = begun.refused(30, "show", "-o", str(begun.home / "nowhere" / "page.md"))
    assert "cannot be written" in said


def test_a_refusal_is_one_line_on_standard_error(begun: Coach) -> None:
    said = begun.refused(20, "use", "sampel")
    assert re.fullmatch(r"trajplan: [^\n]+\n", said)


def test_an_option_for_the_whole_program_may_stand_anywhere(begun: Coach) -> None:
    other = str(begun.home / "other.sqlite3")
    begun.do("new-client", "Elsewhere", "--practice", other, "--color", "never")
    assert "Elsewhere" in begun.do("clients", f"--practice={other}").out
    assert "Elsewhere" not in begun.do("clients").out
    assert os.environ.get("TRAJPLAN_PRACTICE") != other


def test_half_a_character_is_refused_before_anything_is_kept(coach: Coach) -> None:
    said = coach.refused(1, "new-client", "A\udcffB", "--slug", "ab")
    assert "half a character" in said
    coach.do("new-client", "Somebody else")
    assert [client["slug"] for client in coach.json("clients")] == ["somebody-else"]
