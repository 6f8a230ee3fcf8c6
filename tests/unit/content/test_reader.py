"""The strict YAML reader: what plain text means, what is refused, and that nothing breaks it."""

from __future__ import annotations

import string
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from trajplan.content.document import key_text
from trajplan.content.reader import read
from trajplan.errors import StoreFault
from trajplan.text import STEERING, quote


def faults(text: str | bytes) -> list[tuple[int, int, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [
        (problem.line, problem.column, problem.message) for problem in read(data, "f.yaml").problems
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1:30", "1:30"),
        ("012", "012"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("2026-03-31", "2026-03-31"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("0x10", "0x10"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        ("+1", "+1"),
        ("1.", "1."),
        (".5", ".5"),
        ("'3'", "3"),
        ('"true"', "true"),
        ("''", ""),
        ("1234567890123456", "1234567890123456"),
        ("9" * 400 + ".0", "9" * 400 + ".0"),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("123456789012345", 123456789012345),
        ("1.50", 1.5),
        ("-0.25", -0.25),
    ],
)
def test_scalars(text: str, value: Any) -> None:
    document = read(f"key: {text}\n".encode(), "f.yaml")
    assert document.problems == ()
    assert document.tree == {"key": value}
    assert isinstance(document.tree["key"], type(value))
    # True is a kind of 1; a number is never a truth value here.
    assert isinstance(document.tree["key"], bool) == isinstance(value, bool)


def test_every_value_and_key_has_its_place() -> None:
    document = read(b"a: 1\nb:\n  - c: x\n    d: [y, {e: z}]\n", "f.yaml")
    assert document.place(("a",)) == (1, 4)
    assert document.place(("b",)) == (3, 3)
    assert document.place(("b", 0)) == (3, 5)
    assert document.place(("b", 0, "c")) == (3, 8)
    assert document.place(("b", 0, "d"), key=True) == (4, 5)
    assert document.place(("b", 0, "d", 1, "e")) == (4, 16)
    # What is not there stands where its holder stands.
    assert document.place(("b", 0, "f", "g")) == (3, 5)


def test_keys_are_always_text() -> None:
    assert read(b"1: a\ntrue: b\nnull: c\n", "f").tree == {"1": "a", "true": "b", "null": "c"}


def test_columns_count_characters_and_a_byte_order_mark_counts_nothing() -> None:
    assert faults("\ufeffa: {é: 1, é: 2}\n") == [(1, 11, "`é` appears twice; first on line 1")]


def test_windows_line_ends() -> None:
    assert faults(b"a: x\r\nb: y\r\nb: z\r\n") == [(3, 1, "`b` appears twice; first on line 2")]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (b"", (1, 1), "the file is empty"),
        (b"# only a comment\n", (1, 1), "the file is empty"),
        (b"---\n", (1, 1), "the file is empty"),
        (b"a: b\n---\nc: d\n", (2, 1), "only one document"),
        (b"a: b\xff\n", (1, 5), "not UTF-8"),
        (b"a: !!str 3\n", (1, 4), "tags"),
        (b"a: !!python/object/apply:os.system [ls]\n", (1, 4), "tags"),
        (b"? [a]\n: b\n", (1, 3), "a key must be plain text"),
        (b"a: &x 1\n*x : 2\n", (2, 1), "a key must be plain text"),
        (b"a: &x [*x]\n", (1, 8), "`*x` refers to something it is part of"),
        (b"a: *x\n", (1, 4), "`*x` refers to nothing"),
        (b"<<: {a: 1}\n", (1, 1), "merge keys"),
        (b"a:\n\tc: d\n", (2, 1), "a tab cannot indent"),
        (b"a: [b, c\n", (2, 1), "closing `]` is missing (opened on line 1)"),
        (b"a: 'b\n", (1, 4), "never closed"),
        (b"a: @b\n", (1, 4), "text cannot begin with `@`"),
        (b"a: b: c\n", (1, 5), "a `key:` cannot stand here"),
        (b"a:\n  - b\n c: d\n", (3, 2), "check the indentation"),
        (b'a: "\\e[31m"\n', (1, 4), "control character U+001B"),
        (b'a: "\\x7f"\n', (1, 4), "control character U+007F"),
        (b'a: "\\u202e"\n', (1, 4), "control character U+202E"),
        (b'a: "x\\ry"\n', (1, 4), "control character U+000D"),
        (b'"\\e": b\n', (1, 1), "control character U+001B"),
        (b"a: b\x1b[31m\n", (1, 5), "control character U+001B"),
        ("a: b\u202dc\n".encode(), (1, 5), "control character U+202D"),
        (b"a: \x9b", (1, 4), "not UTF-8"),
        ("a: b\x9bc\n".encode(), (1, 5), "control character U+009B"),
    ],
)
def test_refused(text: bytes, place: tuple[int, int], words: str) -> None:
    found = faults(text)
    assert len(found) == 1, found
    assert found[0][:2] == place
    assert words in found[0][2]


def test_faults_do_not_hide_each_other() -> None:
    found = faults(b"a: !x 1\nb: 2\nb: 3\nc: [\x07]\n? {d: e}\n: {f: 1, f: 2}\n")
    assert [one[:2] for one in sorted(found)] == [(1, 4), (3, 1), (4, 5), (5, 3), (6, 10)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "&a [" * 50_000,
        "a: &a ["
        + ", ".join(["x"] * 10)
        + "]\n"
        + "".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [" + ", ".join([f"*{chr(97 + i)}"] * 10) + "]\n"
            for i in range(9)
        ),
        "a: &a [x]\nb: [" + "*a, " * 300 + "]\n",
        "a: &a '" + "x" * 500_000 + "'\nb: [" + "*a, " * 100 + "]\n",
        "[" + "a, " * 210_000 + "]",
        "a: 1\n" * 250_000,
    ],
    ids=lambda text: text[:8].strip(),
)
def test_bombs_are_refused_without_harm(text: str) -> None:
    document = read(text.encode(), "f.yaml")
    assert not document.readable
    assert len(document.problems) >= 1


def test_depth_counts_through_aliases() -> None:
    deep = "[" * 20 + "]" * 20
    document = read(f"a: &a {deep}\nb: {'[' * 15}*a{']' * 15}\n".encode(), "f.yaml")
    assert [problem.message for problem in document.problems] == ["nested more than 32 levels deep"]
    assert read(f"a: {'[' * 31}{']' * 31}\n".encode(), "f.yaml").problems == ()


def test_what_an_alias_repeats_keeps_its_own_place() -> None:
    document = read(b"a: &x {b: [1, 2]}\nc: *x\n", "f.yaml")
    assert document.tree == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}}
    assert document.place(("c",)) == (2, 4)
    assert document.place(("c", "b", 1)) == document.place(("a", "b", 1)) == (1, 15)


def test_a_missing_c_parser_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    with pytest.raises(StoreFault, match="C parser"):
        read(b"a: 1", "f.yaml")


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    document = read(data, "f.yaml")
    assert document.readable or document.problems


YAMLISH = st.text(st.sampled_from(list("ab01:-?[]{}&*!|>'\"%@`#, \n\t\\\x1b\x00\u202e~.<")))


@given(YAMLISH)
@example("*0")
def test_no_text_breaks_the_reader_and_nothing_unsafe_comes_out(text: str) -> None:
    document = read(text.encode(), "f.yaml")
    assert document.readable or document.problems
    for problem in document.problems:
        assert not STEERING.search(str(problem))
    waiting = [document.tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            assert not STEERING.search(one)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u202d\u202e")))
def test_quoted_text_stays_the_same_text(text: str) -> None:
    quoted = text.replace("'", "''").replace("\u2028", "").replace("\u2029", "")
    document = read(f"key: '{quoted}'\n".encode(), "f.yaml")
    if "\ufffe" in text or "\uffff" in text:
        assert document.problems
        return
    assert document.problems == ()
    assert document.tree == {"key": quoted.replace("''", "'")}


@given(st.text(string.ascii_letters + string.digits + "._-", min_size=1))
def test_plain_words_are_text_unless_listed(text: str) -> None:
    tree = read(f"key: x{text}\n".encode(), "f.yaml").tree
    assert tree == {"key": f"x{text}"}


def test_paths_and_quotes_in_messages() -> None:
    assert key_text(("segments", 2, "minutes", "max")) == "segments[2].minutes.max"
    assert key_text(()) == ""
    assert quote("a\x1b[31m\nb") == "`a�[31m b`"
    assert len(quote("x" * 500)) == 50
