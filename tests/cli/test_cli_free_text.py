"""Nothing confidential need stay in a shell's history: every text of somebody's own may be `-`."""

from __future__ import annotations

import io
import itertools
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from coaching import Coach, rows
from few import few
from trajplan.cli import ask
from trajplan.cli.app import COMMANDS, app
from trajplan.cli.command import Command, Group, Run
from trajplan.cli.lazy import _leaf
from trajplan.cli.texts import free_texts
from trajplan.errors import UsageFault

CODES = {
    *("SLUG", "NAME", "ID", "KIND", "PHASE", "FACTOR", "TAG", "TITLE", "CODE", "WORD", "WORDS"),
    "TOPIC",
    *(
        "N",
        "1,3",
        "NUMBER",
        "MINUTES",
        "DAY",
        "TIME",
        "ZONE",
        "FILE",
        "DIR",
        "OUTCOME",
        "PAGE",
        "FACTOR=1..10",
        "ID=1..10",
    ),
}
"""What a parameter may be that takes text and nobody's own words: `NAME` says whose records,
`WORDS` look for something in the library."""
ONE_LINE = "She said: “no”, twice"


def commands() -> Iterator[tuple[str, Command]]:
    for name, entry in COMMANDS.items():
        loaded = entry.load() if not isinstance(entry, Command) else entry
        if isinstance(loaded, Group):
            yield from ((f"{name} {own}", command) for own, command in loaded.commands.items())
        else:
            yield name, loaded


EVERY = dict(commands())


def texts_of(command: Command) -> dict[str, Any]:
    return dict(free_texts(command.signature))


TEXTS = [(name, text) for name, command in EVERY.items() for text in texts_of(command)]


def spied(command: Command) -> tuple[Any, list[dict[str, Any]]]:
    """The command as Typer runs it, whose function only tells what it was given."""
    given: list[dict[str, Any]] = []

    def spy(run: Any, **options: Any) -> None:
        given.append(options)

    spy.__signature__ = command.signature  # type: ignore[attr-defined]
    spy.__doc__ = command.function.__doc__
    return _leaf("spied", Command(spy, command.takes_client, command.file_formats)), given


def needed(leaf: Any, but: str) -> list[str]:
    """Something for each argument and option that must be given, and each argument before it."""
    words: list[str] = []
    names = [parameter.name for parameter in leaf.params]
    for place, parameter in enumerate(leaf.params):
        stands_before = (
            but in names and parameter.param_type_name == "argument" and place < names.index(but)
        )
        if (parameter.required or stands_before) and parameter.name != but:
            value = getattr(parameter.type, "choices", None)
            word = next(iter(value)) if value else "1"
            named = parameter.opts[0].startswith("-")
            words += [parameter.opts[0], word] if named else [word]
    return words


def typed(leaf: Any, name: str, word: str) -> list[str]:
    """What is typed to give a parameter a value."""
    (parameter,) = (own for own in leaf.params if own.name == name)
    option = parameter.opts[0].startswith("-")
    return [parameter.opts[0], word] if option else [word]


def run(leaf: Any, words: list[str], stdin: str) -> str:
    """Run it; what it is refused with, or nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        try:
            leaf.main(words, standalone_mode=False)
        except UsageFault as fault:
            return str(fault)
    return ""


def test_most_commands_that_write_take_words() -> None:
    assert len(TEXTS) > 45
    assert {"notes add", "check-in", "sessions miss", "clients update"} <= {one for one, _ in TEXTS}


@pytest.mark.parametrize("name", few(EVERY, 35))
def test_a_text_is_either_somebodys_own_or_a_code(name: str) -> None:
    command = EVERY[name]
    own = texts_of(command)
    leaf, _ = spied(command)
    for parameter in leaf.params:
        if type(parameter.type).__name__ != "StringParamType" or parameter.name in own:
            continue
        metavar = (parameter.metavar or "").strip("[].")
        assert metavar in CODES, f"{name} {parameter.opts[0]}: a free text? use `text_option`"
    assert ("TEXT" in (leaf.epilog or "")) is bool(own)


@pytest.mark.parametrize(("name", "text"), few(TEXTS, 20))
def test_each_may_come_from_standard_input(name: str, text: str) -> None:
    leaf, given = spied(EVERY[name])
    words = [*needed(leaf, text), *typed(leaf, text, "-")]
    assert run(leaf, words, f"\n{ONE_LINE}\n\x1b[31m\n") == ""
    (options,) = given
    said = options[text]
    assert ONE_LINE in (said[0] if isinstance(said, list) else said)
    assert "\x1b" not in str(said)
    assert "source" not in options or options["source"] is None
    # Typed where it stands, it is the same.
    given.clear()
    run(leaf, [*needed(leaf, text), *typed(leaf, text, ONE_LINE)], "")
    said = given[0][text]
    assert (said[0] if isinstance(said, list) else said) == ONE_LINE


@pytest.mark.parametrize(("name", "text"), few(TEXTS, 20))
def test_a_dash_with_nothing_behind_it_changes_nothing(name: str, text: str) -> None:
    leaf, given = spied(EVERY[name])
    refused = run(leaf, [*needed(leaf, text), *typed(leaf, text, "-")], " \n")
    assert "nothing came in for `-`" in refused
    assert given == []


@pytest.mark.parametrize("name", [name for name in EVERY if len(texts_of(EVERY[name])) > 1])
def test_standard_input_is_read_once(name: str) -> None:
    leaf, given = spied(EVERY[name])
    texts = list(texts_of(EVERY[name]))
    for one, other in itertools.pairwise(texts):
        words = [*needed(leaf, one), *typed(leaf, one, "-"), *typed(leaf, other, "-")]
        assert "standard input can be read once" in run(leaf, words, "A\n")
    assert given == []


def test_two_dashes_are_refused_and_nothing_is_saved(begun: Coach) -> None:
    told = begun.refused(2, "check-in", "--mood", "-", "--matters", "-", stdin="raw\n")
    assert "--mood and --matters both want it" in told
    told = begun.refused(2, "close", "--from", "-", "--force", "-", stdin="kind: closing\n")
    assert "--force and --from both want it" in told
    assert rows(begun.practice, "SELECT * FROM check_ins") == []


def test_words_come_from_the_line_or_a_file_and_not_from_both(begun: Coach) -> None:
    path = begun.write("note.txt", "Came late,\nleft early.\n")
    begun.do("notes", "add", "--from", path)
    assert rows(begun.practice, "SELECT text FROM notes") == [("Came late,\nleft early.",)]
    told = begun.refused(2, "notes", "add", "Something else", "--from", path)
    assert "give TEXT or --from FILE, not both" in told


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.req("R159")
def test_lines_end_as_windows_and_old_programs_end_them(begun: Coach, end: str) -> None:
    path = begun.write("note.txt", f"Came late,{end}left early.{end}")
    begun.do("notes", "add", "--from", path)
    begun.do("notes", "add", "-", stdin=f"Rang.{end}No answer.{end}")
    assert rows(begun.practice, "SELECT text FROM notes ORDER BY id") == [
        ("Came late,\nleft early.",),
        ("Rang.\nNo answer.",),
    ]
    path = begun.write("swot.md", f"## Strengths{end}{end}- Patience{end}- A steady hand{end}")
    begun.do("worksheets", "fill", "swot", "--from", path)
    answers = begun.json("worksheets", "result", "swot")["answers"]
    assert answers["strengths"] == ["Patience", "A steady hand"]


def test_several_come_one_a_line(begun: Coach) -> None:
    begun.do(
        *("assumptions", "update", "1", "--against", "-"), stdin="A colleague of 59\n\nThe letter\n"
    )
    assert begun.json("assumptions", "show", "1")["evidence_against"] == [
        "A colleague of 59",
        "The letter",
    ]


def test_at_a_terminal_a_dash_is_asked_for(begun: Coach) -> None:
    asked = begun.at_a_terminal(
        "sessions", "cancel", "5", "--by", "client", "--reason", "-", answers=[("Why", "Ill\n")]
    )
    assert asked.code == 0
    assert rows(begun.practice, "SELECT reason FROM session_days") == [("Ill",)]
    noted = begun.at_a_terminal(
        "notes", "add", "-", answers=[("Your note (", "Came late,\nleft early.\n\x04")]
    )
    assert noted.code == 0
    assert rows(begun.practice, "SELECT text FROM notes") == [("Came late,\nleft early.",)]


@pytest.mark.parametrize("name", few(EVERY, 35))
def test_what_a_command_asks_for_is_asked_where_it_is_left_out(name: str) -> None:
    texts = texts_of(EVERY[name])
    expected = [f"{text.about} (Enter: nothing)" for text in texts.values() if text.ask]
    leaf, given = spied(EVERY[name])
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return ONE_LINE

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ask, "can_ask", lambda: True)
        patch.setattr(ask, "for_line", answer)
        patch.setattr(Run, "right_client", lambda run: "ada")
        run(leaf, needed(leaf, ""), "")
        assert asked == expected
        for text, mark in texts.items():
            if mark.ask:
                assert given.pop()[text] == ONE_LINE
                # What is said to be nothing, or taken back, is not asked for.
                run(leaf, [*needed(leaf, ""), *typed(leaf, text, "")], "")
                if any(option.name == mark.unless for option in leaf.params):
                    run(leaf, [*needed(leaf, ""), f"--{mark.unless}"], "")
        assert asked == expected


def test_lines_that_were_pasted_are_no_answer(begun: Coach) -> None:
    told = begun.at_a_terminal("sessions", "move", "5", "2027-03-10", ahead="trajplan today\n")
    assert told.code == 0
    assert "Why" not in told.out
    asked = begun.at_a_terminal(
        *("sessions", "move", "5", "2027-03-11"), answers=[("Why (Enter: nothing)", "\n")]
    )
    assert asked.code == 0
    assert rows(begun.practice, "SELECT reason FROM session_days") == [("",), ("",)]


def test_at_a_terminal_what_is_needed_is_asked_for(begun: Coach) -> None:
    """And once somebody is asked, so is the rest that belongs to it."""
    answers = [
        ("What the client will do", "Call Ada\n"),
        ("By when", "2027-03-01\n"),
        ("How the client will know", "We spoke\n"),
        ("What may get in the way", "She is away\n"),
        ("What the client will do then", "\n"),
    ]
    assert begun.at_a_terminal("commitments", "add", answers=answers).code == 0
    saved = rows(begun.practice, "SELECT what, how_will_i_know, obstacle, if_then FROM commitments")
    assert saved == [("Call Ada", "We spoke", "She is away", "")]


def test_a_note_that_quotes_nothing_is_asked_about(begun: Coach) -> None:
    """F12: the coach's own sentence is nobody's belief."""
    begun.do("notes", "add", "Afraid of the new boss", "--session", "4")
    told = begun.refused(2, "assumptions", "add", "--from-note", "1")
    assert "puts none of the client's words in quotes" in told
    words = "He wants me gone"
    asked = begun.at_a_terminal(
        *("assumptions", "add", "--from-note", "1"),
        answers=[("The note quotes nothing. In the client's own words", f"{words}\n")],
    )
    assert asked.code == 0
    begun.do("notes", "add", "“I am too old”, and then “Nobody calls back”", "--session", "4")
    chosen = begun.at_a_terminal(
        *("assumptions", "add", "--from-note", "2"),
        answers=[("Which words are the belief", "Nobody calls back\n")],
    )
    assert chosen.code == 0
    texts = [assumption["text"] for assumption in begun.json("assumptions")["assumptions"]]
    assert texts[-2:] == [words, "Nobody calls back"]


def test_the_program_knows_its_own_commands() -> None:
    assert len(EVERY) == len([*_leaves(typer.main.get_command(app))])


def _leaves(command: Any) -> Iterator[Any]:
    if not hasattr(command, "table"):
        yield command
        return
    for name in command.table:
        yield from _leaves(command.get_command(None, name))


def test_a_hint_names_a_long_text_by_how_it_begins(begun: Coach) -> None:
    text = "Ring the school and then go on and on about it for a very long time, " * 20
    said = begun.do("commitments", "add", text, "--when", "+5d", "--how-will-i-know", "known").err
    assert "“Ring the school and then go on and on about it for a very" in said
    assert max(map(len, said.splitlines())) < 250
