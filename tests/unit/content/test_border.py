"""The border: plain-language faults of shape, all of them; sense only where the shape holds."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pydantic import ValidationError

from growth import keeps_in_step
from trajplan.content.border import model_of, validate
from trajplan.content.checks.content import check_content
from trajplan.content.checks.texts import check_texts
from trajplan.content.document import MOST_GUESSES, Report, SourceDocument
from trajplan.content.kinds import KINDS
from trajplan.content.model import SessionBlueprint
from trajplan.content.reader import read
from trajplan.content.shape import faults_of, keys_of
from trajplan.errors import InvalidContent
from trajplan.records.forms import Intake, Wrap

VALID = Path(__file__).parents[2] / "content" / "valid"


def read_form(data: bytes, kind: type[Any]) -> Any:
    value, report = validate(read(data, "form.yaml"), kind, form=True)
    if value is not None:
        check_texts(value, report)
    if report.problems:
        raise InvalidContent(report.in_order())
    return value


def form_faults(text: str, kind: type[Any]) -> list[str]:
    with pytest.raises(InvalidContent) as caught:
        read_form(text.encode(), kind)
    return [str(problem) for problem in caught.value.problems]


def test_a_form_speaks_the_files_own_words() -> None:
    text = (
        "kind: intake\nname: Ada\ndestination:\n"
        "career:\n  - {role: Clerk, from: 2015, to: 2019-06}\n  - {role: Lead}\n"
    )
    intake = read_form(text.encode(), Intake)
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


def test_a_value_does_not_get_into_what_was_expected() -> None:
    text = 'kind: intake\nname: Ada\npaths: "two, found at last"\n'
    (fault,) = form_faults(text, Intake)
    expected = "expected a list such as [one, two] or a whole number, found text "
    assert fault == f"form.yaml:3:8: {expected}`two, found at last` (paths)"


@pytest.mark.parametrize(
    ("written", "key"),
    [("directions", "paths"), ("beliefs", "assumptions"), ("situation", "scenario")],
)
def test_a_word_that_pages_use_is_answered_with_its_key(written: str, key: str) -> None:
    assert form_faults(f"kind: intake\nname: Ada\n{written}: [a]\n", Intake) == [
        f"form.yaml:3:1: unknown key `{written}`; did you mean `{key}`? ({written})"
    ]


def test_every_word_for_a_key_of_the_intake_leads_to_one() -> None:
    keys = set(Intake.__struct_fields__)
    assert set(Intake.also_called.values()) <= keys
    assert not keys & set(Intake.also_called)


def test_a_list_that_may_also_be_a_word_shows_the_faults_inside_the_list() -> None:
    assert form_faults("kind: wrap\ncommitments:\n  - {what: Call, when: friday}\n", Wrap) == [
        "form.yaml:3:5: missing key `how_will_i_know` (commitments[0].how_will_i_know)"
    ]
    assert form_faults("kind: wrap\ncommitments: later\n", Wrap) == [
        "form.yaml:2:14: expected a list such as [one, two] or one of `none`, `none chosen`, "
        "found text `later` (commitments)"
    ]
    assert read_form(b"kind: wrap\ncommitments: none\n", Wrap).commitments == "none"


def test_required_text_must_say_something() -> None:
    text = "kind: wrap\ncommitments: [{what: ' ', when: friday, how_will_i_know: x}]\n"
    assert form_faults(text, Wrap) == ["form.yaml:2:22: the text is empty (commitments[0].what)"]


@pytest.mark.parametrize("text", ["- a\n", "just text\n", "a: [\n", ""])
def test_what_is_no_form_at_all(text: str) -> None:
    assert len(form_faults(text, Wrap)) == 1


def test_a_value_the_reader_refused_is_not_complained_about_twice() -> None:
    document = read(b"kind: activity\nid: a\ntitle: !!int 3\nminutes: 4\n", "f.yaml")
    _, report = validate(document, KINDS["activity"].shape)
    assert [problem.message for problem in report.in_order()] == [
        "missing key `coach`",
        "tags that begin with `!` are not supported; remove this one",
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


@given(damaged())
def test_damaged_files_never_break_the_checks(case: tuple[str, Any]) -> None:
    kind, tree = case
    # JSON is YAML for these trees, apart from numbers with an exponent, which stay text.
    document = read(json.dumps(tree).encode(), "f.yaml")
    assert document.problems == ()
    value, report = validate(document, KINDS[kind].shape)
    assert (value is None) == bool(report.problems)
    if value is not None:
        check_content(value, report)
    for problem in report.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.key


def test_sense_is_judged_only_where_the_shape_holds() -> None:
    text = (VALID / "blueprints/sessions/decide.yaml").read_text()
    senseless = text.replace("minutes: 90", "minutes: 480")
    document = read(senseless.encode(), "f.yaml")
    blueprint, report = validate(document, SessionBlueprint)
    assert report.problems == []
    check_content(blueprint, report)
    assert [problem.key for problem in report.problems] == ["minutes"]
    misshapen = senseless.replace("method: ", "methode: ").replace(
        "stance: explore", "stance: exploring", 1
    )
    blueprint, report = validate(read(misshapen.encode(), "f.yaml"), SessionBlueprint)
    assert blueprint is None
    assert [problem.key for problem in report.in_order()] == ["methode", "segments[1].stance"]


def test_a_key_named_as_the_code_names_it_is_one_mistake() -> None:
    text = "kind: worksheet\nid: w\ntitle: W\nfilled_by: [client]\nfields: []\n"
    _, report = validate(read(text.encode(), "f.yaml"), KINDS["worksheet"].shape)
    assert [problem.message for problem in report.problems] == [
        "unknown key `filled_by`; did you mean `for`?"
    ]


@pytest.mark.parametrize("shape", [Intake, Wrap, *(kind.shape for kind in KINDS.values())])
def test_the_model_of_a_shape_asks_for_the_same_keys(shape: type[Any]) -> None:
    model = model_of(shape)
    assert list(model.model_fields) == list(keys_of(shape))
    required = [word for word, field in keys_of(shape).items() if field.required]
    assert [name for name, field in model.model_fields.items() if field.is_required()] == required


VALUES = st.one_of(
    *(st.none(), st.booleans(), st.integers(-2, 12), st.sampled_from([1.0, 2.5, "", "x", "1"])),
    *(st.just([]), st.just({}), st.just({"x": 1}), st.just(["x"]), st.just("2027-02-30")),
)
DOCUMENTS = [
    read(file.read_bytes(), file.name)
    for folder in (VALID, VALID.parents[2] / "blueprints", VALID.parents[2] / "question_banks")
    for file in sorted(folder.rglob("*.yaml"))
]


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every list or mapping of a tree with each of its keys, and with a key it does not have."""
    if not isinstance(tree, dict | list):
        return []
    found = [*tree.items()] if isinstance(tree, dict) else [*enumerate(tree)]
    own = [(tree, key) for key, _ in found] + ([(tree, "_cue")] if isinstance(tree, dict) else [])
    return own + [place for _, inner in found for place in _places(inner)]


def _agree(document: SourceDocument, kind: Any) -> None:
    """Hold what is found at once to what pydantic finds: nothing faulty passes, nothing differs."""
    value, report = validate(document, kind)
    try:
        checked = model_of(kind).model_validate_json(json.dumps(document.tree), strict=True)
    except ValidationError:
        assert value is None
        assert report.problems
    else:
        assert value == msgspec.convert(checked.model_dump(exclude_unset=True), kind)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.file)
@pytest.mark.slow
def test_what_is_found_good_at_once_is_what_pydantic_finds_good(document: SourceDocument) -> None:
    _agree(document, KINDS[document.tree["kind"]].shape)


@given(data=st.data())
def test_nothing_that_pydantic_refuses_is_found_good_at_once(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(DOCUMENTS))
    kind = KINDS[document.tree["kind"]].shape
    tree = copy.deepcopy(document.tree)
    place, key = data.draw(st.sampled_from(_places(tree)))
    place[key] = data.draw(VALUES)
    _agree(replace(document, tree=tree), kind)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "kind: wrap\ncommitments: none\nratings: {{{keys}}}\n",
        "{{kind: wrap, commitments: none, {keys}}}\n",
        "{{kind: intake, name: Ada, {keys}}}\n",
    ],
    ids=["ratings", "wrap", "intake"],
)
def test_thousands_of_unknown_keys_cost_one_by_one(text: str) -> None:
    kind = Intake if "intake" in text else Wrap

    def said(count: int) -> list[str]:
        keys = ", ".join(f"reting{number}: a" for number in range(count))
        return form_faults(text.format(keys=keys), kind)

    assert keeps_in_step(said, 4_800)
    few, many = said(30), said(4_800)
    assert len(many) >= 4_800
    assert few[:30] == many[:30]


def test_what_stands_beside_a_key_is_kept_once() -> None:
    tree = {"kind": "wrap", **{f"key{number}": "a" for number in range(500)}}
    with pytest.raises(ValidationError) as caught:
        model_of(Wrap).model_validate(tree)
    faults = faults_of(cast("list[Any]", caught.value.errors()), tree, Wrap)
    assert len(faults) > 500
    assert all(fault.present is tree for fault in faults)


@pytest.mark.slow
def test_of_thousands_of_values_of_the_wrong_kind_each_is_settled_by_itself() -> None:
    def said(count: int) -> list[str]:
        notes = ", ".join("{a: 1}" for _ in range(count))
        return form_faults(f"kind: wrap\ncommitments: none\nnotes: [{notes}]\n", Wrap)

    assert keeps_in_step(said, 2_400)


def test_near_names_are_looked_for_as_often_as_anybody_reads() -> None:
    report = Report(SourceDocument("wrap.yaml", {}))
    hints = [report.did_you_mean("goaal", ["goal", "way"]) for _ in range(MOST_GUESSES + 3)]
    assert hints == ["; did you mean `goal`?"] * MOST_GUESSES + [""] * 3
