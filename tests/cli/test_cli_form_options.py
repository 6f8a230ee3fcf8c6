"""A form's field is an option of every command that takes the form."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import get_args

import pytest
from test_cli_free_text import EVERY

from coaching import Coach
from trajplan.cli.command import Command
from trajplan.cli.form_options import FilledBy
from trajplan.cli.lazy import _leaf
from trajplan.records.command_forms import PlanWishes, what_is_said
from trajplan.records.fields import form_fields
from trajplan.records.forms import NewCommitment


def forms_of(command: Command) -> Iterator[tuple[type, FilledBy]]:
    for parameter in inspect.signature(command.function, eval_str=True).parameters.values():
        for mark in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(mark, FilledBy):
                yield get_args(parameter.annotation)[0], mark


TAKEN = [(name, form, mark) for name, command in EVERY.items() for form, mark in forms_of(command)]


def test_forms_are_taken_by_many_commands() -> None:
    names = {name for name, _, _ in TAKEN}
    assert names >= {"goals add", "goals update", "commitments add", "check-in", "prep session"}
    assert len(names) >= 13


@pytest.mark.parametrize(("name", "form", "mark"), TAKEN)
def test_each_field_is_an_option_that_says_what_the_field_says(
    name: str, form: type, mark: FilledBy
) -> None:
    options = {option.name: option for option in _leaf(name, EVERY[name]).params}
    fields = {field.name: field for field in form_fields(form)}
    # What a command leaves out or asks in its own way is a field of the form.
    assert fields.keys() >= {*mark.without, *mark.own}
    for field in fields.values():
        if field.name in mark.without:
            continue
        option = options[field.name]
        assert not option.required
        if field.name not in mark.own:
            assert option.help == f"{field.asks.about}."
            bounds = [getattr(option.type, end, None) for end in ("min", "max")]
            assert bounds == [field.low, field.high]


def test_a_form_says_only_what_was_said() -> None:
    assert what_is_said(PlanWishes()) == {}
    said = {"late": 0, "decision": False, "include": ("ci-do-you-good",), "blueprint": ""}
    assert what_is_said(PlanWishes(**said)) == said  # nought, no and nothing are said, too


def test_the_form_of_a_wrap_asks_for_a_commitments_fields(begun: Coach) -> None:
    form = begun.do("wrap", "session", "1", "--form").out
    for field in form_fields(NewCommitment):
        assert (f"\n- {field.asks.label}:" in form) is not field.asks.rare
        assert field.asks.label in form


SAID = {
    "when": "2027-03-01",
    "how_will_i_know": "We spoke",
    "obstacle": "She is away",
    "if_then": "I write to her",
    "goal": "Teach",
    "kind": "reflective",
    "proposed_by": "both",
    "estimate_minutes": "35",
    "label": "the call to Ada",
    "deadline": "2027-03-09",
}
"""Everything a commitment may say but what it is, and that it is asked about for long."""
OPTIONS = [word for name, text in SAID.items() for word in (f"--{name.replace('_', '-')}", text)]


def test_the_page_of_a_commitment_shows_every_field_of_its_form(begun: Coach) -> None:
    begun.do("commitments", "add", "Call Ada", *OPTIONS, "--keep-asking")
    page = begun.do("commitments", "show", "1").out
    fields = {field.name: field.asks.label for field in form_fields(NewCommitment)}
    assert fields.keys() == {"what", *SAID, "keep_asking"}
    for label in fields.values():
        assert f"- **{label}:** " in page
    assert f"- **{fields['estimate_minutes']}:** 35\n" in page


def test_whatever_a_commitment_says_can_be_changed(begun: Coach) -> None:
    first = ("--when", "+3d", "--how-will-i-know", "I rang")
    begun.do("commitments", "add", "Call Ada", *first)
    begun.do("commitments", "update", "1", "--what", "Meet Ada", *OPTIONS, "--keep-asking")
    changed = begun.json("commitments", "show", "1")
    said = {"due" if name == "when" else name: text for name, text in SAID.items()}
    assert {name: changed[name] for name in said} == {**said, "estimate_minutes": 35}
    assert (changed["what"], changed["keep_asking"]) == ("Meet Ada", True)
