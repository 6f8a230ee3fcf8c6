"""Whatever texts go in come out equal, each on one line, through the strict loader."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trajplan.content.build import build_one
from trajplan.content.reader import read
from trajplan.errors import InvalidContent
from trajplan.importing.bank import BankHead, ReviewBank, bank_of, suggest
from trajplan.importing.lines import from_markdown, from_plain_text
from trajplan.importing.recognise import ImportResult, tag_of
from trajplan.importing.rows import from_csv
from trajplan.importing.trees import from_json, from_yaml
from trajplan.importing.write import yaml_of
from trajplan.lint.languages import language_of
from trajplan.text import STEERING, one_line

HEAD = BankHead(id="mine", title='A "title": \\ with # all', source="any\nfile")
# Half characters fit into no file; what steers a terminal is taken out and said (see below).
texts = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda one: not STEERING.match(one)),
    min_size=1,
).filter(str.strip)
on_one_line = texts.filter(lambda one: "\n" not in one)
MARKERS = tuple("-*+–—•◦‣▪●○・#>|`~=_")
asked_lines = on_one_line.map(lambda one: f"What {one}?")
plain_lines = (
    on_one_line.filter(
        lambda one: one[0] not in (*MARKERS, " ", "\t") and not one[0].isascii() and one[-1] != "\r"
    )
    | asked_lines
)


def bank(result: ImportResult, known: tuple[tuple[str, str], ...] = ()) -> ReviewBank:
    return bank_of(result, HEAD, known, {name for name, _ in known})


def read_back(made: ReviewBank) -> list[str]:
    key, value, problems = build_one(yaml_of(made).encode(), "question_banks/mine.yaml")
    assert problems == ()
    assert key == ("question-bank", "mine")
    assert [question.id for question in value.questions] == [
        question.id for question in made.questions
    ]
    assert value.title == HEAD.title
    return [question.text for question in value.questions]


def as_said(given_texts: list[str]) -> list[str]:
    """The texts as a bank has them: each on one line."""
    return [one_line(text) for text in given_texts]


@given(st.lists(texts, min_size=1, unique=True))
def test_json_comes_back_whole(given_texts: list[str]) -> None:
    found = from_json(json.dumps({"questions": given_texts}), "x.json")
    assert (found.skipped, read_back(bank(found))) == ((), as_said(given_texts))


@given(st.lists(texts.filter(lambda one: "\r" not in one), min_size=1, unique=True), st.booleans())
def test_csv_comes_back_whole(given_texts: list[str], semicolon: bool) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if semicolon else ",")
    writer.writerows([("question", "tags"), *((text, "a") for text in given_texts)])
    found = from_csv(file.getvalue(), "x.csv")
    assert (found.skipped, read_back(bank(found))) == ((), as_said(given_texts))


@given(st.lists(texts, min_size=1, unique=True))
def test_yaml_comes_back_whole(given_texts: list[str]) -> None:
    text = yaml.safe_dump({"questions": given_texts}, allow_unicode=False)
    document = read(text.encode(), "x.yaml")
    # What PyYAML writes, the strict reader does not always take; then it says so.
    if not document.readable or document.problems:
        return
    found = from_yaml(document)
    assert (found.skipped, read_back(bank(found))) == ((), as_said(document.tree["questions"]))


@given(st.lists(plain_lines, min_size=1, unique=True))
def test_plain_text_comes_back_whole(given_texts: list[str]) -> None:
    found = from_plain_text("\n".join(given_texts) + "\n")
    assert (found.skipped, read_back(bank(found))) == ((), as_said(given_texts))


@given(
    st.lists(on_one_line.map(lambda one: f"What {one}?"), min_size=1, unique=True), st.booleans()
)
def test_markdown_lists_come_back_whole(given_texts: list[str], ordered: bool) -> None:
    marks = [f"{at}." if ordered else "- [ ]" for at in range(1, len(given_texts) + 1)]
    lines = [f"{mark} {text}" for mark, text in zip(marks, given_texts, strict=True)]
    found = from_markdown("\n".join(lines))
    assert (found.skipped, read_back(bank(found))) == ((), as_said(given_texts))


@given(st.text(), st.sampled_from(["markdown", "text", "csv", "json", "yaml"]))
@pytest.mark.slow
def test_nothing_is_lost_without_a_word(text: str, shape: str) -> None:
    """Any text at all is read or refused; no line of letters goes unsaid."""
    text = text.encode("utf-8", "replace").decode()
    if shape == "json":
        with pytest.raises(InvalidContent):
            from_json("{" + text, "x")
        return
    if shape == "yaml":
        try:
            from_yaml(read(text.encode(), "x"))
        except InvalidContent:
            return
        return
    if shape == "csv":
        try:
            from_csv(text, "x")
        except InvalidContent:
            return
        return
    found = from_markdown(text) if shape == "markdown" else from_plain_text(text)
    said = " ".join(one.text for one in (*found.questions, *found.skipped))
    tags = " ".join(tag for question in found.questions for tag in question.tags)
    if found.questions:
        for word in text.split():
            if word.isascii() and word.isalpha() and len(word) > 1:
                assert word in said or tag_of(word) in tags


def test_what_no_bank_may_hold_is_taken_out_and_said() -> None:
    made = bank(from_json('["a\\u202eb?", "half \\ud800?", "tab\\tstays?"]', "x"))
    assert [question.text for question in made.questions] == ["ab?", "half ?", "tab\tstays?"]
    assert [question.changed for question in made.questions] == ["U+202E", "U+D800", ""]
    assert read_back(made) == ["ab?", "half ?", "tab stays?"]


def test_markdown_is_read_as_people_write_it() -> None:
    found = from_markdown(
        '# Values & more #\n\nSome words.\n- One: "two"? \n* [x] Três?\n1) Four\n   and five?\n'
        "- Later on:\n  - Six?\n\n> Seven?\n\nEight\nnine?\n```\nTen?\n```\nEnd\n===\n- Eleven?\n"
    )
    assert [(question.text, question.where, question.tags) for question in found.questions] == [
        ('One: "two"? ', "line 4", ("values-more",)),
        ("Três?", "line 5", ("values-more",)),
        ("Four and five?", "line 6", ("values-more",)),
        ("Six?", "line 9", ("values-more", "later-on")),
        ("Seven?", "line 11", ("values-more",)),
        ("Eight nine?", "line 13", ("values-more",)),
        ("Eleven?", "line 20", ("end",)),
    ]
    assert [(skipped.text, skipped.where) for skipped in found.skipped] == [
        ("Some words.", "line 3"),
        ("Ten?", "line 16"),
    ]


def test_tables_of_any_delimiter() -> None:
    semicolon = from_csv('Nr;Frage;Kategorie;level\n1;"Was, ""wenn""; ja?";A b;analytical\n', "x")
    assert [
        (question.text, question.tags, dict(question.particulars))
        for question in semicolon.questions
    ] == [('Was, "wenn"; ja?', ("a-b",), {"level": "analytical"})]
    assert semicolon.notes == ("columns not used: Nr",)
    bare = from_csv("What now?,A\nHow so, exactly?,B\n", "x")
    assert [question.text for question in bare.questions] == ["What now?", "How so, exactly?"]
    single = from_csv("Question\nWhat, if anything, matters?\n", "x")
    assert [question.text for question in single.questions] == ["What, if anything, matters?"]
    unknown = from_csv("question,level,minutes\nWhat?,deep,900\n", "x")
    assert unknown.questions[0].particulars == {}
    assert len(unknown.notes) == 2
    with pytest.raises(InvalidContent, match="x:2:1: the quotation marks"):
        from_csv('question\n"Who said "no", then?"\n', "x")


@pytest.mark.parametrize("header", ["Level,Breadth", "Level,Tags"])
def test_a_header_may_be_shorter_than_its_table(header: str) -> None:
    given = f"{header}\nfoundation,3,What do you want?\nfoundation,2,What is in the way?\n"
    found = from_csv(given, "x")
    assert [question.text for question in found.questions] == [
        "What do you want?",
        "What is in the way?",
    ]
    assert not any("more cells" in note for note in found.notes)
    below = "\n".join(f"| {line.replace(',', ' | ')} |" for line in given.splitlines()[1:])
    head = header.split(",")
    table = f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n{below}\n"
    assert len(from_markdown(table).questions) == 2


def test_trees_of_unknown_shape() -> None:
    found = from_json(
        '{"sections": [{"name": "Past", "ask": ["Tell me more.", {"q": "Who?", "tags": "x y"}]}],'
        ' "What is this?": 3, "intro": "Words.", "dup": "One?", "dup": "Two?"}',
        "x",
    )
    assert [(question.text, question.where, question.tags) for question in found.questions] == [
        ("Tell me more.", "sections[0].ask[0]", ("past",)),
        ("Who?", "sections[0].ask[1].q", ("past", "x-y")),
        ("What is this?", "What is this?", ()),
        ("One?", "dup", ()),
        ("Two?", "dup", ()),
    ]
    assert [skipped.text for skipped in found.skipped] == ["Words."]
    torn = from_yaml(read(b"- What matters: money or time?\n- {ask: Where to?}\n", "x"))
    assert [question.text for question in torn.questions] == [
        "What matters: money or time?",
        "Where to?",
    ]
    assert "line 1" in torn.notes[0]
    lines = from_json('{"question": "A?"}\n{"question": "B?"}\n', "x")
    assert [question.text for question in lines.questions] == ["A?", "B?"]


def test_the_same_and_almost_the_same_are_named_and_kept() -> None:
    known = (("lib-1", "What would your oldest friend say about this plan?"), ("mine-01", "Else?"))
    result = from_plain_text(
        "What would your oldest friend say about this plan?\n"
        "What would your oldest friend say about that plan?\n"
        "何が大切ですか？\nWhat now?\nWhat now?\nwhat  now?\n"
    )
    made = bank(result, known)
    # An id that is in use is not given again.
    assert [question.id for question in made.questions] == [f"mine-0{at}" for at in range(2, 7)]
    assert [(question.same_as, question.almost) for question in made.questions] == [
        ("lib-1", ""),
        ("", "lib-1"),
        ("", ""),
        ("", ""),
        ("mine-05", ""),
    ]
    assert [(repeat.where, repeat.again) for repeat in made.repeats] == [("line 4", ("line 5",))]


def test_guesses_are_guesses() -> None:
    fact = suggest("How many hours did you sleep this week?", english=True)
    assert (fact.level, fact.effort, fact.breadth) == ("informational", "light", 1)
    deep = suggest("If you were not afraid, who would you be?", english=True)
    assert (deep.level, deep.effort) == ("transformational", "deep")
    two = suggest("What do you want, and who will help you?", english=True)
    assert (two.compound, fact.compound) == (True, False)
    assert suggest("Was willst du? Und wer hilft dir?", english=False).compound
    assert not suggest("A list of things", english=True).asks
    found = [
        language_of([text])
        for text in (
            "What is it?",
            "Was ist dir wichtig?",
            "何が大切ですか？",
            "ما الذي يهمك؟",
            "Xq?",
        )
    ]
    assert found == ["en", "de", "ja", "ar", "und"]
