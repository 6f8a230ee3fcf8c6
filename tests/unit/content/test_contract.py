"""The border: plain-language faults, forms, and stand-ins that let the rest be judged."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trajplan.content.border import validate
from trajplan.content.checks.content import check_content
from trajplan.content.checks.texts import check_texts
from trajplan.content.model import KINDS, SessionBlueprint
from trajplan.content.reader import read
from trajplan.errors import InvalidContent
from trajplan.records.forms import Intake, Wrap

VALID = Path(__file__).parents[2] / "content" / "valid"
RENAMES = {"from": "since", "to": "until"}


def read_form(data: bytes, file: str, kind: type[Any], renames: Any = None) -> Any:
    checked = validate(read(data, file), kind, renames=renames, form=True)
    if checked.value is not None:
        check_texts(checked.value, checked.report)
    if checked.report.problems:
        raise InvalidContent(checked.report.in_order())
    return checked.value


def form_faults(text: str, kind: type[Any]) -> list[str]:
    with pytest.raises(InvalidContent) as caught:
        read_form(text.encode(), "form.yaml", kind, renames=RENAMES)
    return [str(one) for one in caught.value.problems]


def test_a_form_speaks_the_files_own_words() -> None:
    text = (
        "kind: intake\nname: Ada\ndestination:\n"
        "career:\n  - {role: Clerk, from: 2015, to: 2019-06}\n  - {role: Lead}\n"
    )
    intake = read_form(text.encode(), "form.yaml", Intake, renames=RENAMES)
    assert intake.destination == ""
    assert (intake.career[0].since, intake.career[0].until) == ("2015", "2019-06")


def test_form_faults() -> None:
    text = (
        "kind: intake\n"
        "name: Ada\n"
        "need: job-search\n"
        "goal_clarity: 11\n"
        "paths: yes\n"
        "start: 2026-02-30\n"
        "career:\n"
        "  - {role: [a], since: 2015, form: 2019}\n"
        "goals: [true, {theme: x}]\n"
        "agreement: none\n"
    )
    assert form_faults(text, Intake) == [
        "form.yaml:3:7: expected one of `job_search`, `skill_building`, `values`, `early_ideas`, "
        "`transition`, `leadership`, found `job-search`; did you mean `job_search`? (need)",
        "form.yaml:4:15: expected at most 10, found 11 (goal_clarity)",
        "form.yaml:5:8: expected a list such as [one, two] or a whole number, found text `yes` "
        "(paths)",
        "form.yaml:6:8: expected a date such as 2026-03-31, found text `2026-02-30` (start)",
        "form.yaml:8:12: expected text, found a list (career[0].role)",
        "form.yaml:8:17: unknown key `since`; did you mean `from`? (career[0].since)",
        "form.yaml:8:30: unknown key `form`; did you mean `from`? (career[0].form)",
        "form.yaml:9:9: expected text or a mapping (`key: value`), found true (goals[0])",
        "form.yaml:10:12: expected a mapping (`key: value`), found text `none` (agreement)",
    ]


def test_a_list_that_may_also_be_a_word_shows_the_faults_inside_the_list() -> None:
    assert form_faults("kind: wrap\ncommitments:\n  - {what: Call, when: friday}\n", Wrap) == [
        "form.yaml:3:5: missing key `how_will_i_know` (commitments[0].how_will_i_know)"
    ]
    assert form_faults("kind: wrap\ncommitments: later\n", Wrap) == [
        "form.yaml:2:14: expected a list such as [one, two] or one of `none`, `none chosen`, "
        "found text `later` (commitments)"
    ]
    assert read_form(b"kind: wrap\ncommitments: none\n", "f", Wrap).commitments == "none"


def test_required_text_must_say_something() -> None:
    text = "kind: wrap\ncommitments: [{what: ' ', when: friday, how_will_i_know: x}]\n"
    assert form_faults(text, Wrap) == ["form.yaml:2:22: the text is empty (commitments[0].what)"]


@pytest.mark.parametrize("text", ["- a\n", "just text\n", "a: [\n", ""])
def test_what_is_no_form_at_all(text: str) -> None:
    assert len(form_faults(text, Wrap)) == 1


def test_a_value_the_reader_refused_is_not_complained_about_twice() -> None:
    document = read(b"kind: activity\nid: a\ntitle: !!int 3\nminutes: 4\n", "f.yaml")
    checked = validate(document, KINDS["activity"])
    assert [one.message for one in checked.report.in_order()] == [
        "missing key `coach`",
        "tags that begin with `!` are not read; remove it",
        "expected a mapping (`key: value`), found a number (4)",
    ]


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 500),
    st.floats(0, 9, allow_nan=False),
    st.sampled_from(["", " ", "x", "break", "explore", "options", "foundation", "{x}", "-1"]),
    st.just([]),
    st.just({}),
    st.just(["x", 1]),
    st.just({"x": 1}),
)
TREES = [read(file.read_bytes(), file.name).tree for file in sorted(VALID.rglob("*.yaml"))]


def paths_in(tree: Any) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), tree)]
    while waiting:
        path, node = waiting.pop()
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, one in items:
            found.append((*path, key))
            if isinstance(one, dict | list):
                waiting.append(((*path, key), one))
    return sorted(found, key=str)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, Any]:
    """A valid tree in which a few values are replaced, removed or added."""
    tree = copy.deepcopy(draw(st.sampled_from(TREES)))
    kind = tree["kind"]
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(paths_in(tree)))
        holder = tree
        for part in path[:-1]:
            holder = holder[part]
        act = draw(st.sampled_from(["replace", "remove", "add"]))
        if path == ("kind",):
            continue
        if act == "replace" or (act == "add" and isinstance(holder, list)):
            holder[path[-1]] = copy.deepcopy(draw(ANYTHING))
        elif act == "remove":
            del holder[path[-1]]
        else:
            holder[draw(st.sampled_from(["colour", f"{path[-1]}s"]))] = copy.deepcopy(
                draw(ANYTHING)
            )
    return kind, tree


@settings(derandomize=True, deadline=None, max_examples=300)
@given(damaged())
def test_damaged_files_never_break_the_checks(case: tuple[str, Any]) -> None:
    kind, tree = case
    # JSON is YAML for these trees, apart from numbers with an exponent, which stay text.
    document = read(json.dumps(tree).encode(), "f.yaml")
    assert document.problems == ()
    checked = validate(document, KINDS[kind])
    assert checked.stand_in is not None
    assert (checked.value is None) == bool(checked.report.problems)
    check_content(checked.stand_in, checked.report)
    for problem in checked.report.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.key


def test_a_stand_in_keeps_what_was_right() -> None:
    text = (VALID / "blueprints/sessions/decide.yaml").read_text()
    document = read(text.replace("minutes: 90", "minutes: ninety").encode(), "f.yaml")
    checked = validate(document, SessionBlueprint)
    assert checked.value is None
    assert [one.id for one in checked.stand_in.segments][:2] == ["arrive", "ground"]
    assert not checked.report.sure(("minutes",))
    assert checked.report.sure(("segments", 0))
