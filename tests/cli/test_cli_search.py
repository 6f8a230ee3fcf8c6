"""`search`: which client said that (R139)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from test_cli_same_words import told

from coaching import Coach
from trajplan.records.fields import Find
from trajplan.records.kinds import TABLES
from trajplan.records.table import columns_of

__all__ = ["told"]

CODES = {
    "clients": {"slug", "name", "initials", "former_slugs"},
    "engagements": {"language", "journey", "start_time", "time_zone", "phase_sizes"},
    "hints_given": {"kind"},
    "sessions": {"start_time", "phase", "options"},
    "plans": {"library_digest", "options", "body"},
    "wraps": {"actual", "asked", "beliefs", "parked", "serves", "to_send"},
    "question_uses": {"question_id"},
    "commitments": {"goal", "learned", "label"},
    "tci_entries": {"scale"},
    "check_ins": {"progress", "about", "serves"},
    "worksheet_answers": {"worksheet", "title", "form"},
    "goal_changes": {"under", "text", "measure", "matters"},
    "indicators": {"unit"},
    "scaled_answers": {"question_id", "text", "low", "high"},
    "handed_out": {"worksheet", "title"},
    "retired_questions": {"question_id"},
    "echoes": {"words"},
    "endings": {"missing"},
    "days_off": {"name"},
    "phase_exits": {"phase", "met", "unmet"},
}
"""Fields that hold a name, an id or a choice, or say again what another field says."""


@pytest.fixture
def practice(told: Coach, tmp_path: Path) -> Coach:
    """A copy of a practice in which most has been told."""
    return told.copied(tmp_path / "home")


def found(coach: Coach, *words: str) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = coach.json("search", *words)["found"]
    return hits


@pytest.mark.req("R139")
@pytest.mark.parametrize(
    ("words", "kind", "session"),
    [
        (["word", "roster"], "note", 4),
        (["apprentices"], "commitment", 4),
        (["let", "try", "first"], "takeaway", 4),
        (["deserves"], "wrap", 4),
        (["pension"], "parked", 4),
        (["explored"], "answer", None),
        (["nobody", "class"], "assumption", None),
        (["mornings"], "goal", None),
        (["nine"], "contact", 4),
        (["flat"], "check-in", 4),
        (["night", "shift"], "intake", None),
    ],
)
def test_everything_kept_is_found(
    practice: Coach, words: list[str], kind: str, session: int | None
) -> None:
    hits = found(practice, *words, "--kind", kind)
    assert hits, "nothing found"
    assert {hit["client"] for hit in hits} == {"sample-client"}
    assert session in {hit["session"] for hit in hits}
    assert all(hit["kind"] == kind for hit in hits)
    page = practice.do("search", *words, "--kind", kind).out
    assert f"Sample Client · {f'session {session} · ' if session else ''}{kind}" in page


@pytest.mark.req("R139")
def test_the_newest_stands_first_and_options_narrow(practice: Coach) -> None:
    practice.do("notes", "add", "Zanzibar one", "--session", "2")
    practice.today = "2027-03-09"
    practice.do("notes", "add", "Zanzibar two", "--session", "4")
    practice.do("notes", "add", "Zanzibar of Ann", "--client", "ann", "--session", "1")
    practice.do("parked", "add", "Zanzibar three", "--client", "sample-client")
    around = [hit["around"] for hit in found(practice, "zanzibar")]
    assert around[-1] == "Zanzibar one"
    assert sorted(around[:3]) == ["Zanzibar of Ann", "Zanzibar three", "Zanzibar two"]
    assert [hit["around"] for hit in found(practice, "zanzibar", "--client", "ann")] == [
        "Zanzibar of Ann"
    ]
    late = found(practice, "zanzibar", "--since", "2027-03-01", "--kind", "note")
    assert {hit["around"] for hit in late} == {"Zanzibar two", "Zanzibar of Ann"}
    assert [hit["date"] for hit in late] == ["2027-03-09", "2027-03-09"]
    assert found(practice, "zanzibar", "two") != []
    assert found(practice, "zanzibar", "four") == []
    assert "Nothing on record" in practice.do("search", "zanzibar", "four").out


@pytest.mark.req("R139")
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Das Café in der Straße", "cafe"),
        ("Das Café in der Straße", "STRASSE"),
        ("Müller said no", "MULLER"),
        ("naïve, she said", "Naive"),
        ("Она живёт в Киеве", "ЖИВЕТ"),
        ("彼は新しい職場に行く", "職場"),
        ("She is resigning", "resign"),
        ("don't-know", "know"),
    ],
)
def test_case_accents_and_endings_make_no_difference(held: Coach, text: str, word: str) -> None:
    held.do("notes", "add", text)
    assert [hit["around"] for hit in found(held, word)] == [text]


@pytest.mark.req("R139")
@pytest.mark.parametrize(
    "words",
    [
        ['"'], ["*"], ["NEAR"], ["NEAR(roster eyes)"], ['ro"ster'], ["words:roster"], ["AND"],
        ["roster", "OR", "nothere"], ["^roster"], ["--", "-roster"], ["(", "roster"], ["'; DROP"],
        ["roster\x00"], ["a" * 5000], ["{roster}"], ["+"], ["NOT", "roster"],
    ],
)  # fmt: skip
def test_no_word_is_an_operator(held: Coach, words: list[str]) -> None:
    ended = held.run("search", *words)
    assert ended.code in (0, 2)
    assert "bug" not in ended.err
    if "OR" in words:
        assert "0 places" in ended.out
    if "-roster" in words:
        assert "1 place" in ended.out


@pytest.mark.req("R139")
def test_words_may_come_by_another_way_than_the_command_line(held: Coach) -> None:
    assert held.json("search", "-", stdin="word roster\n")["count"] == 1
    assert "Give at least one word" in held.refused(2, "search")
    assert "at least one word" in held.refused(2, "search", "…")
    held.refused(20, "search", "roster", "--client", "nobody")


@pytest.mark.req("R139", "R135")
def test_what_live_keeps_is_found_before_the_wrap_and_once_after_it(begun: Coach) -> None:
    told = (
        ("i", "No quiero volver", "takeaway"),
        ("t", "Volver, never", "note"),
        ("c", "Ring Gary about volver\nfriday\nI have a date", "commitment"),
        ("p", "The volver pension", "parked"),
        ("m", "Eyes down at volver.", "note"),
        ("a", "Nobody will volver me", "assumption"),
    )
    keys = [{"at": "14:10", "key": key, "text": text} for key, text, _ in told]
    path = begun.write("keys.jsonl", "".join(f"{json.dumps(key)}\n" for key in keys))
    begun.do("live", "1", "--replay", path)
    hits = found(begun, "volver")
    assert {hit["kind"] for hit in hits} == {kind for _, _, kind in told}
    assert {(hit["session"], hit["unsaved"]) for hit in hits} == {(1, True)}
    assert "session 1 · takeaway · not wrapped yet" in begun.do("search", "volver").out
    assert [hit["kind"] for hit in found(begun, "date")] == ["commitment"]
    assert len(found(begun, "volver", "--kind", "note")) == 2
    form = begun.do("wrap", "1", "--form").out
    begun.do("wrap", "1", "--from", begun.write("wrap.md", form))
    after = found(begun, "No", "quiero")
    assert [(hit["kind"], hit["unsaved"]) for hit in after] == [("takeaway", False)]


@pytest.mark.req("R139", "R138")
def test_what_was_removed_withdrawn_or_erased_is_found_no_more(practice: Coach) -> None:
    assert found(practice, "apprentices")
    practice.do("commitments", "remove", "1")
    assert found(practice, "apprentices") == []
    practice.do("undo")
    assert found(practice, "apprentices")
    practice.do("log-tci", "--session", "4", "--clarity", "3", "--note", "Zanzibar")
    assert [hit["kind"] for hit in found(practice, "zanzibar")] == ["rating"]
    practice.do("undo")
    assert found(practice, "zanzibar") == []
    practice.do("practice", "erase", "--client", "sample-client", "--yes", "sample-client")
    assert found(practice, "apprentices") == []
    for word in ("apprentices", "pension", "roster", "Zanzibar"):
        assert word.encode() not in practice.practice.read_bytes()


@pytest.mark.req("R139")
def test_many_places_are_counted_and_the_newest_shown(practice: Coach) -> None:
    notes = "".join(f"  - text: Zanzibar {number} times\n" for number in range(60))
    wrap = f"kind: wrap\ncommitments: none\nnotes:\n{notes}"
    practice.do("wrap", "session", "5", "--from", "-", stdin=wrap)
    page = practice.do("search", "zanzibar").out
    assert "60 places" in page
    assert page.count("**Zanzibar**") == 50
    assert "10 more, all of them older" in page
    assert len(found(practice, "zanzibar")) == 60


def test_a_page_says_the_words_around(held: Coach) -> None:
    held.do("notes", "add", f"{'before ' * 40}Zanzibar{' after' * 40}")
    (hit,) = found(held, "zanzibar")
    assert hit["around"].startswith("…")
    assert hit["around"].endswith("…")
    assert 20 <= len(hit["around"].split()) <= 30
    assert hit["found"] == ["Zanzibar"]


def test_no_field_with_words_is_forgotten() -> None:
    kinds = set()
    for kind, table in TABLES.items():
        searched = dict(kind.searched)
        kinds |= set(searched.values())
        words = {
            column.name
            for column in columns_of(kind)
            if (column.kind is str or column.is_json) and not column.name.endswith("_id")
        }
        codes = CODES.get(table, set())
        assert words - codes - {"question_id"} <= set(searched), table
        assert set(searched) <= set(kind.__struct_fields__)
    assert kinds == set(get_args(Find))
