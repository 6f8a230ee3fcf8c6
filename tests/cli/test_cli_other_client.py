"""What a coach is told to type is for the client it was said of, not for the current one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from test_cli_same_words import GIVEN, READ, WRITTEN, told

from coaching import Coach
from trajplan.cli.app import COMMANDS, app
from trajplan.cli.command import Group
from trajplan.cli.lazy import Lazy, LazyGroup
from trajplan.cli.named_commands import command_for

__all__ = ["told"]


@pytest.fixture
def practice(told: Coach, tmp_path: Path) -> Coach:
    """A copy of a practice with two clients."""
    return told.copied(tmp_path / "home")


CLOSING = (
    "close",
    "new-engagement",
    "practice erase",
    "undo",
    "undo, brought back",
    "undo, forgotten",
)
"""They choose the client, or leave other commands nothing to say."""

NAMED = re.compile(r"`(trajplan [^`\n]+)`")


def commands() -> dict[str, bool]:
    """Every command with whether it takes `--client`."""
    taking = {}
    for name, lazy in COMMANDS.items():
        loaded = lazy.load() if isinstance(lazy, Lazy) else lazy
        own = loaded.commands if isinstance(loaded, Group) else {"": loaded}
        taking |= {f"{name} {verb}".strip(): command.takes_client for verb, command in own.items()}
    return taking


def takes_option(words: list[str], command: Any) -> bool:
    """Whether Typer lets `--client` stand behind these words."""
    if isinstance(command, LazyGroup):
        verb = words[0] if words and words[0] in command.table else command.bare
        return bool(verb) and takes_option(words[1:], command.get_command(None, verb))
    return any("--client" in option.opts for option in command.params)


def test_a_command_that_is_named_says_whose_where_it_can() -> None:
    program = typer.main.get_command(app)
    whole = [*commands(), *COMMANDS, "prep 4", "wrap 4 --replace", "commitments --help"]
    said = {name: command_for(f"trajplan {name}", "ann") for name in whole}
    for name, command in said.items():
        assert command in (f"trajplan {name}", f"trajplan {name} --client ann")
        if command.endswith(" --client ann"):
            assert takes_option(name.split(), program), name
    left = {name for name, command in said.items() if "--client" not in command}
    # These say whose in a way of their own, or are about all clients unless somebody is named.
    own_way = {name for name in left if takes_option(name.split(), program)}
    assert own_way == {"search", "questions update", "practice export", "practice erase"}


def test_a_slug_of_any_script_stands_in_a_command_as_it_is() -> None:
    # What one shell needs for quotation marks is text to another.
    assert command_for("trajplan prep 2", "李雷") == "trajplan prep 2 --client 李雷"


@pytest.mark.req("R144")
@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_commands_named_for_another_client_say_whose(practice: Coach, every: int) -> None:
    named, faults = 0, []
    for name, words in [*{**READ, **WRITTEN}.items()][::every]:
        if name in CLOSING:
            continue
        if not commands()[name.split(",")[0].removesuffix(" at the door")] or "--client" in words:
            continue
        practice.do("use", "ann")
        run = practice.run(*words, "--client", "sample-client", stdin=GIVEN.get(name, ""))
        for command in NAMED.findall(f"{run.out}\n{run.err}"):
            named += 1
            # It is one line of a shell, whatever stands for what is to be filled in.
            if command != command_for(command, "sample-client") or re.search(
                r"[()|;&\\\\]", command
            ):
                faults.append((name, command))
            shlex.split(command)
    assert not faults
    assert named > 20 // every


def test_the_next_step_after_a_check_in_leads_to_the_same_client(practice: Coach) -> None:
    practice.do("use", "ann")
    said = practice.do("check-in", "--mood", "fine", "--client", "sample-client")
    assert re.search(r"`trajplan prep session \d+ --client sample-client`", said.out + said.err)
    practice.do("use", "sample-client")
    said = practice.do("check-in", "--mood", "fine", "--client", "sample-client")
    assert "--client" not in said.out + said.err
