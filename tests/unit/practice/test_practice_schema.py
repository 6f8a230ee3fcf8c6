"""What the tables themselves refuse, whoever writes to them."""

from __future__ import annotations

import sqlite3
from typing import Any, get_args

import pytest
from small_practice import Practice

from trajplan.practice import ratings, records
from trajplan.practice.forms import CommitmentKind, Energy, Proposer
from trajplan.practice.store import Store

GOOD: dict[str, dict[str, Any]] = {
    "clients": {"slug": "ben", "name": "Ben", "initials": "B", "created": "2025-03-03"},
    "engagements": {
        "client_id": 1, "ordinal": 7, "journey": "j", "method": "directive", "sessions": 1,
        "start": "2025-03-03", "start_time": "", "time_zone": "", "minutes": 60, "every_days": 7,
        "destination": "", "intake": "{}", "created": "2025-03-03",
    },
    "sessions": {
        "engagement_id": 1, "number": 9, "kind": "numbered", "state": "planned",
        "date": "2025-03-03", "start_time": "", "phase": "", "method": "", "options": "{}",
        "held_on": None,
    },
    "plans": {
        "session_id": 1, "made_on": "2025-03-03", "client_revision": 0, "library_digest": "",
        "options": "{}", "body": "{}", "frozen": 0,
    },
    "wraps": {
        "session_id": 1, "wrapped_on": "2025-03-03", "minutes": None, "actual": "{}", "focus": "",
        "takeaways": "[]", "parked": "[]", "energy": None, "frame_change": "", "inquiry": "",
        "asked": "[]", "none_chosen": 0,
    },
    "question_uses": {"session_id": 1, "question_id": "q", "date": "2025-03-03", "asked": 0},
    "commitments": {
        "engagement_id": 1, "session_id": 1, "what": "w", "due": "2025-03-09",
        "how_will_i_know": "h", "obstacle": "", "if_then": "", "kind": None,
        "proposed_by": "client", "goal": "", "estimate_minutes": None, "status": "open",
        "misses": 0, "minutes": None, "value": None, "learned": "",
    },
    "commitment_reviews": {
        "commitment_id": 1, "date": "2025-03-09", "status": "done", "minutes": 5, "value": 7,
        "learned": "",
    },
    "tci_entries": {
        "session_id": 1, "date": "2025-03-03", "clarity": 1, "options": 10, "decision": None,
        "momentum": None, "confidence": None, "satisfaction": None, "note": "", "scale": "tci-1",
        "corrects": None,
    },
    "check_ins": {
        "session_id": 1, "date": "2025-03-03", "energy": None, "mood": "", "matters": "",
        "progress": "{}",
    },
    "assumptions": {
        "engagement_id": 1, "text": "t", "status": "open", "evidence_for": "[]",
        "evidence_against": "[]", "session_id": None,
    },
    "session_days": {
        "session_id": 1, "date": "2025-03-03", "act": "cancelled", "was_on": "2025-03-10",
        "now_on": "2025-03-10", "cancelled_by": "client", "notice_hours": 5, "reason": "",
    },
    "pauses": {"engagement_id": 1, "since": "2025-03-03", "until": None, "reason": ""},
    "phase_exits": {
        "engagement_id": 1, "phase": "foundation", "date": "2025-03-03", "met": "[]",
        "unmet": "[]", "reason": "",
    },
    "worksheet_answers": {
        "engagement_id": 1, "session_id": None, "worksheet": "wheel", "title": "Wheel",
        "form": "{}", "answers": "{}", "unmatched": "", "date": "2025-03-03",
    },
    "notes": {
        "session_id": 1, "kind": "record", "text": "t", "written": "2025-03-03", "purge_on": None,
    },
}  # fmt: skip

BAD: list[tuple[str, dict[str, Any]]] = [
    ("clients", {"slug": ""}),
    ("clients", {"slug": "ana"}),
    ("clients", {"name": None}),
    ("clients", {"revision": -1}),
    ("clients", {"created": "03.03.2025"}),
    ("clients", {"created": "2025-02-30"}),
    ("clients", {"created": "today"}),
    ("engagements", {"client_id": 99}),
    ("engagements", {"ordinal": 1}),
    ("engagements", {"ordinal": 0}),
    ("engagements", {"method": "bossy"}),
    ("engagements", {"sessions": 0}),
    ("engagements", {"sessions": 1.5}),
    ("engagements", {"start_time": "9:30"}),
    ("engagements", {"start_time": "24:01"}),
    ("engagements", {"minutes": 0}),
    ("engagements", {"every_days": 0}),
    ("engagements", {"intake": "{"}),
    ("engagements", {"closed": "2025-13-01"}),
    ("sessions", {"engagement_id": 99}),
    ("sessions", {"number": 1}),
    ("sessions", {"number": 0}),
    ("sessions", {"number": None}),
    ("sessions", {"kind": "follow_up"}),
    ("sessions", {"kind": "party"}),
    ("sessions", {"state": "held"}),
    ("sessions", {"state": "forgotten"}),
    ("sessions", {"held_on": "2025-03-03"}),
    ("sessions", {"method": "bossy"}),
    ("sessions", {"options": "nothing"}),
    ("plans", {"session_id": 99}),
    ("plans", {"frozen": 2}),
    ("plans", {"body": ""}),
    ("plans", {"client_revision": -1}),
    ("wraps", {"minutes": 0}),
    ("wraps", {"energy": "wild"}),
    ("wraps", {"none_chosen": 2}),
    ("question_uses", {"question_id": ""}),
    ("question_uses", {"asked": 2}),
    ("commitments", {"what": ""}),
    ("commitments", {"how_will_i_know": ""}),
    ("commitments", {"due": ""}),
    ("commitments", {"kind": "heroic"}),
    ("commitments", {"proposed_by": "boss"}),
    ("commitments", {"status": "failed"}),
    ("commitments", {"misses": -1}),
    ("commitments", {"minutes": 0}),
    ("commitments", {"estimate_minutes": 0}),
    ("commitments", {"value": 11}),
    ("commitments", {"value": 0}),
    ("commitment_reviews", {"status": "failed"}),
    ("commitment_reviews", {"value": 0}),
    ("commitment_reviews", {"minutes": -5}),
    ("commitment_reviews", {"commitment_id": 99}),
    ("engagements", {"phase_sizes": "[]"}),
    ("session_days", {"session_id": 99}),
    ("session_days", {"act": "lost"}),
    ("session_days", {"act": "moved"}),
    ("session_days", {"cancelled_by": None}),
    ("session_days", {"cancelled_by": "weather"}),
    ("session_days", {"notice_hours": -1}),
    ("session_days", {"now_on": "2025-02-30"}),
    ("pauses", {"engagement_id": 99}),
    ("pauses", {"until": "2025-03-02"}),
    ("phase_exits", {"phase": ""}),
    ("phase_exits", {"met": "{}"}),
    ("phase_exits", {"unmet": "3"}),
    ("worksheet_answers", {"engagement_id": 99}),
    ("worksheet_answers", {"session_id": 99}),
    ("worksheet_answers", {"worksheet": ""}),
    ("worksheet_answers", {"title": ""}),
    ("worksheet_answers", {"form": "[]"}),
    ("worksheet_answers", {"answers": "no json"}),
    ("worksheet_answers", {"answers": "3"}),
    ("worksheet_answers", {"unmatched": None}),
    ("worksheet_answers", {"date": "2025-02-30"}),
    *(
        ("tci_entries", {factor: rating})
        for factor in ("clarity", "options", "decision", "momentum", "confidence", "satisfaction")
        for rating in (0, 11, -1, 4.5, "high")
    ),
    ("tci_entries", {"session_id": 99}),
    ("tci_entries", {"corrects": 99}),
    ("tci_entries", {"scale": ""}),
    ("check_ins", {"energy": "wild"}),
    ("check_ins", {"progress": "much"}),
    ("assumptions", {"text": ""}),
    ("assumptions", {"status": "wrong"}),
    ("notes", {"kind": "secret"}),
    ("notes", {"text": ""}),
    ("notes", {"purge_on": "2025-09-03"}),
]


def insert(store: Store, table: str, **columns: Any) -> None:
    marks = ", ".join("?" * len(columns))
    store.db.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", [*columns.values()]
    )


@pytest.fixture
def filled(practice: Practice) -> Store:
    insert(practice.store, "commitments", **GOOD["commitments"])
    return practice.store


@pytest.mark.parametrize("table", GOOD)
def test_a_good_row_is_taken(filled: Store, table: str) -> None:
    insert(filled, table, **GOOD[table])


@pytest.mark.parametrize(("table", "fault"), BAD, ids=[f"{t}-{f}" for t, f in BAD])
def test_a_bad_row_is_refused(filled: Store, table: str, fault: dict[str, Any]) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        insert(filled, table, **{**GOOD[table], **fault})


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("sessions", "state", get_args(records.SessionState)),
        ("sessions", "kind", get_args(records.SessionKind)),
        ("commitments", "status", get_args(records.CommitmentStatus)),
        ("commitments", "kind", get_args(CommitmentKind)),
        ("commitments", "proposed_by", get_args(Proposer)),
        ("commitment_reviews", "status", get_args(records.CommitmentStatus)),
        ("wraps", "energy", get_args(Energy)),
        ("check_ins", "energy", get_args(Energy)),
        ("assumptions", "status", get_args(records.AssumptionStatus)),
        ("notes", "kind", get_args(records.NoteKind)),
    ],
)
def test_every_value_of_the_records_is_taken(
    filled: Store, table: str, column: str, values: tuple[str, ...]
) -> None:
    for value in values:
        row = {**GOOD[table], column: value}
        if value == "held":
            row["held_on"] = "2025-03-03"
        if column == "kind" and table == "sessions" and value != "numbered":
            row["number"] = None
        filled.db.execute("SAVEPOINT one")
        insert(filled, table, **row)
        filled.db.execute("ROLLBACK TO one")


@pytest.mark.req("R103")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE tci_entries SET clarity = 9",
        "UPDATE tci_entries SET note = 'better'",
        "DELETE FROM tci_entries",
        "DELETE FROM sessions",
        "DELETE FROM engagements",
        "INSERT OR REPLACE INTO tci_entries SELECT id, session_id, date, 9, 9, 9, 9, 9, 9,"
        " note, scale, corrects FROM tci_entries",
    ],
)
def test_ratings_are_append_only(practice: Practice, sql: str) -> None:
    given = ratings.add(
        practice.store, session_id=practice.session.id, date=practice.session.date, clarity=4
    )
    with pytest.raises(sqlite3.IntegrityError, match=r"rat(ing|ed)"):
        practice.store.db.execute(sql)
    assert ratings.of_engagement(practice.store, practice.engagement.id) == (given,)


def test_reviews_are_not_changed(filled: Store) -> None:
    insert(filled, "commitment_reviews", **GOOD["commitment_reviews"])
    with pytest.raises(sqlite3.IntegrityError, match="review"):
        filled.db.execute("UPDATE commitment_reviews SET learned = 'more'")


def test_filled_worksheets_are_not_changed(filled: Store) -> None:
    insert(filled, "worksheet_answers", **GOOD["worksheet_answers"])
    with pytest.raises(sqlite3.IntegrityError, match="filled in again"):
        filled.db.execute("UPDATE worksheet_answers SET answers = '{}'")


@pytest.mark.parametrize("table", ["session_days", "phase_exits"])
def test_what_became_of_a_journey_is_not_changed(filled: Store, table: str) -> None:
    insert(filled, table, **GOOD[table])
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        filled.db.execute(f"UPDATE {table} SET reason = 'another'")


def test_days_off_end_after_they_begin(filled: Store) -> None:
    insert(filled, "days_off", first="2025-03-03", last="2025-03-03", name="")
    with pytest.raises(sqlite3.IntegrityError):
        insert(filled, "days_off", first="2025-03-03", last="2025-03-02", name="")


@pytest.mark.req("R119")
def test_deleting_a_client_leaves_nothing_of_them(filled: Store) -> None:
    for table in GOOD:
        if table != "clients":
            insert(filled, table, **GOOD[table])
    insert(filled, "tci_entries", **{**GOOD["tci_entries"], "corrects": 1})
    insert(filled, "assumption_challenges", assumption_id=1, session_id=1)
    filled.db.execute("UPDATE meta SET current_client = 1")
    filled.db.execute("DELETE FROM clients WHERE slug = 'ana'")
    tables = {
        row["name"]
        for row in filled.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not row["name"].startswith("sqlite_")
    }
    # Days off are the coach's own, and no client's.
    assert tables == {*GOOD, "meta", "assumption_challenges", "days_off"}
    for table in tables - {"meta", "days_off"}:
        assert filled.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    assert filled.db.execute("SELECT current_client FROM meta").fetchone()[0] is None


def test_every_table_is_strict(store: Store) -> None:
    kinds = store.db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    loose = {row["name"] for row in kinds if not row["strict"]}
    assert loose == {"sqlite_schema", "sqlite_sequence"}
