"""What the tables themselves refuse, whoever writes to them."""

from __future__ import annotations

import sqlite3
from typing import Any, get_args

import pytest
from small_practice import Practice, begin

from trajplan.records.forms import CommitmentKind, CommitmentStatus, NoteKind, Proposer
from trajplan.records.model.commitments import AssumptionStatus, ContactKind
from trajplan.records.model.goals import GoalStatus, IndicatorKind
from trajplan.records.model.journeys import ReferralKind
from trajplan.records.model.ratings import TciEntry
from trajplan.records.model.sessions import SessionKind, SessionState
from trajplan.records.store import Store
from trajplan.vocabulary import Energy

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
        "session_id": 1, "client_revision": 0, "library_digest": "",
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
    "withdrawals": {"date": "2025-03-03", "tci_entry_id": 1, "scaled_answer_id": None},
    "undo_commands": {
        "command": "wrap", "done": "2025-03-03", "client_id": 1, "changes": "added 1 wrap",
        "undone": 0,
        "current_client": None,
    },
    "plan_pages": {"session_id": 1, "made_by": "m", "options": "{}", "page": "p"},
    "undo_steps": {
        "command_id": 1, "thing": "wraps", "line": 1, "old": None, "deleted": 0,
    },
    "check_ins": {
        "session_id": 1, "date": "2025-03-03", "energy": None, "mood": "", "matters": "",
        "progress": "{}", "holding": 0,
    },
    "assumptions": {
        "engagement_id": 1, "text": "t", "status": "open", "evidence_for": "[]",
        "evidence_against": "[]", "session_id": None,
    },
    "intake_changes": {"engagement_id": 1, "date": "2025-03-03", "was": "{}", "now": "{}"},
    "scaled_answers": {
        "session_id": 1, "question_id": "q", "text": "t", "low": "l", "high": "h", "value": 10,
        "date": "2025-03-03",
    },
    "handed_out": {"session_id": 1, "position": 0, "worksheet": "w", "title": "t"},
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
    "method_changes": {
        "engagement_id": 1, "session_id": 1, "onward": 0, "date": "2025-03-03",
        "before": "integrative", "after": "directive", "reason": "",
    },
    "referrals": {
        "client_id": 1, "kind": "therapy", "date": "2025-03-03", "note": "", "ended": None,
    },
    "goals": {
        "engagement_id": 1, "parent_id": None, "level": "theme", "text": "t", "measure": "",
        "due": None, "attainable": None, "matters": "", "status": "open", "created": "2025-03-03",
    },
    "goal_changes": {
        "goal_id": 1, "date": "2025-03-03", "under": "", "level": "theme", "text": "t",
        "measure": "", "due": None, "attainable": 10, "matters": "", "status": "open",
        "because": "",
    },
    "indicators": {
        "engagement_id": 1, "goal_id": 1, "name": "n", "kind": None, "unit": "", "start": 0,
        "target": 3, "due": None,
    },
    "indicator_readings": {"indicator_id": 1, "date": "2025-03-03", "value": 1.5},
    "parked_topics": {
        "engagement_id": 1, "session_id": 1, "text": "t", "parked": "2025-03-03", "due": None,
        "taken_in": None, "closed": None, "outcome": "",
    },
    "contacts": {"commitment_id": 1, "date": "2025-03-03", "kind": "call", "note": ""},
    "retired_questions": {"question_id": "q", "client_id": 1, "since": "2025-03-03"},
    "echoes": {"session_id": 1, "question": "destination", "words": "", "answer": "a"},
    "endings": {
        "engagement_id": 1, "closed": "2025-03-03", "follow_up": "2025-09-03", "outcomes": "[]",
        "triggers": "[]", "missing": "[]", "forced": "",
    },
    "notes": {
        "session_id": 1, "kind": "record", "text": "t", "written": "2025-03-03", "purge_on": None,
    },
}  # fmt: skip

HANGS_FROM = {
    "withdrawals": "tci_entries", "undo_steps": "undo_commands", "plan_pages": "plans",
}  # fmt: skip
"""Tables that need a row of another, beside those that every practice here has."""

BAD: list[tuple[str, dict[str, Any]]] = [
    ("withdrawals", {"scaled_answer_id": 1}),
    ("withdrawals", {"tci_entry_id": None}),
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
    ("retired_questions", {"question_id": ""}),
    ("retired_questions", {"client_id": 99}),
    ("retired_questions", {"since": "soon"}),
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
    ("commitment_reviews", {"session_id": 99}),
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
    ("echoes", {"session_id": 99}),
    ("echoes", {"question": "drive"}),
    ("echoes", {"answer": ""}),
    ("endings", {"engagement_id": 99}),
    ("endings", {"follow_up": "2025-03-03"}),
    ("endings", {"follow_up": None}),
    ("endings", {"closed": "soon"}),
    ("endings", {"outcomes": "{}"}),
    ("endings", {"triggers": "no json"}),
    ("endings", {"missing": '["x"]'}),
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
    ("check_ins", {"holding": 2}),
    ("check_ins", {"holding": None}),
    ("method_changes", {"session_id": 99}),
    ("method_changes", {"engagement_id": 99}),
    ("method_changes", {"after": "integrative"}),
    ("method_changes", {"before": "bossy"}),
    ("method_changes", {"onward": 2}),
    ("method_changes", {"date": "2025-02-30"}),
    ("method_changes", {"reason": None}),
    ("referrals", {"client_id": 99}),
    ("referrals", {"kind": "friend"}),
    ("referrals", {"date": "soon"}),
    ("referrals", {"note": None}),
    ("referrals", {"ended": "2025-03-02"}),
    ("referrals", {"ended": "2025-02-30"}),
    ("assumptions", {"text": ""}),
    ("assumptions", {"status": "wrong"}),
    ("goals", {"text": ""}),
    ("goals", {"level": "dream"}),
    ("goals", {"level": "objective"}),
    ("goals", {"parent_id": 1}),
    ("goals", {"level": "objective", "parent_id": 2}),
    ("goals", {"level": "objective", "parent_id": 3}),
    ("goals", {"level": "objective", "parent_id": 99}),
    ("goals", {"attainable": 11}),
    ("goals", {"status": "failed"}),
    ("goals", {"due": "soon"}),
    ("goal_changes", {"goal_id": 99}),
    ("goal_changes", {"status": "failed"}),
    ("indicators", {"name": ""}),
    ("indicators", {"kind": "lucky"}),
    ("indicators", {"start": 3}),
    ("indicators", {"target": "many"}),
    ("indicators", {"goal_id": 3}),
    ("indicators", {"goal_id": 99}),
    ("indicator_readings", {"value": None}),
    ("indicator_readings", {"date": "2025-02-30"}),
    ("commitments", {"goal_id": 3}),
    ("commitments", {"goal_id": 99}),
    ("commitments", {"number": 0}),
    ("parked_topics", {"text": ""}),
    ("parked_topics", {"outcome": "They rang"}),
    ("notes", {"kind": "working", "pinned": 1}),
    ("contacts", {"kind": "gift"}),
    ("contacts", {"commitment_id": 99}),
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
    """A theme (1) and an objective (2) of the first client, a theme (3) of another."""
    store = practice.store
    insert(store, "commitments", **GOOD["commitments"])
    insert(store, "goals", **GOOD["goals"])
    insert(store, "goals", **{**GOOD["goals"], "level": "objective", "parent_id": 1})
    other = begin(store, slug="cleo")
    insert(store, "goals", **{**GOOD["goals"], "engagement_id": other.id})
    insert(store, "indicators", **GOOD["indicators"])
    return store


@pytest.mark.parametrize("table", GOOD)
def test_a_good_row_is_taken(filled: Store, table: str) -> None:
    if table in HANGS_FROM:
        insert(filled, HANGS_FROM[table], **GOOD[HANGS_FROM[table]])
    insert(filled, table, **GOOD[table])


@pytest.mark.parametrize("table", dict.fromkeys(table for table, _ in BAD))
def test_a_bad_row_is_refused(filled: Store, table: str) -> None:
    for fault in (fault for name, fault in BAD if name == table):
        filled.db.execute("SAVEPOINT row")
        with pytest.raises(sqlite3.IntegrityError):
            insert(filled, table, **{**GOOD[table], **fault})
        filled.db.execute("ROLLBACK TO row")


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("sessions", "state", get_args(SessionState)),
        ("sessions", "kind", get_args(SessionKind)),
        ("commitments", "status", get_args(CommitmentStatus)),
        ("commitments", "kind", get_args(CommitmentKind)),
        ("commitments", "proposed_by", get_args(Proposer)),
        ("commitment_reviews", "status", get_args(CommitmentStatus)),
        ("wraps", "energy", get_args(Energy)),
        ("check_ins", "energy", get_args(Energy)),
        ("assumptions", "status", get_args(AssumptionStatus)),
        ("notes", "kind", get_args(NoteKind)),
        ("referrals", "kind", get_args(ReferralKind)),
        ("contacts", "kind", get_args(ContactKind)),
        ("goals", "status", get_args(GoalStatus)),
        ("indicators", "kind", get_args(IndicatorKind)),
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
    entry = TciEntry(session_id=practice.session.id, date=practice.session.date, clarity=4)
    given = practice.store.insert(entry)
    with pytest.raises(sqlite3.IntegrityError, match=r"rat(ing|ed)"):
        practice.store.db.execute(sql)
    assert practice.store.select(TciEntry) == (given,)


def test_reviews_are_not_changed(filled: Store) -> None:
    insert(filled, "commitment_reviews", **GOOD["commitment_reviews"])
    with pytest.raises(sqlite3.IntegrityError, match="review"):
        filled.db.execute("UPDATE commitment_reviews SET learned = 'more'")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE goal_changes SET text = 'other'",
        "DELETE FROM goal_changes",
        "UPDATE indicator_readings SET value = 9",
        "UPDATE contacts SET note = 'other'",
        "UPDATE goals SET parent_id = 2, level = 'objective' WHERE id = 1",
        "UPDATE goals SET parent_id = 1, level = 'objective' WHERE id = 1",
        "UPDATE goals SET level = 'objective', parent_id = 3 WHERE id = 1",
        "UPDATE goals SET level = 'theme' WHERE id = 2",
        "UPDATE goals SET parent_id = 3 WHERE id = 2",
        "UPDATE commitments SET goal_id = 3",
    ],
)
def test_no_goal_is_an_orphan_a_loop_or_rewritten(filled: Store, sql: str) -> None:
    for table in ("goal_changes", "indicator_readings", "contacts"):
        insert(filled, table, **GOOD[table])
    with pytest.raises(sqlite3.IntegrityError):
        filled.db.execute(sql)


def test_numbers_count_for_each_client_and_are_never_given_again(filled: Store) -> None:
    def numbers(table: str) -> list[tuple[int, int]]:
        found = filled.db.execute(f"SELECT engagement_id, number FROM {table} ORDER BY id")
        return [tuple(row) for row in found]

    other = filled.db.execute("SELECT max(id) FROM engagements").fetchone()[0]
    for engagement in (1, other):
        insert(filled, "commitments", **{**GOOD["commitments"], "engagement_id": engagement})
    assert numbers("commitments") == [(1, 1), (1, 2), (other, 1)]
    assert numbers("goals") == [(1, 1), (1, 2), (other, 1)]
    filled.db.execute("DELETE FROM commitments WHERE number = 2")
    insert(filled, "commitments", **GOOD["commitments"])
    assert numbers("commitments") == [(1, 1), (other, 1), (1, 3)]
    # A client who returns goes on counting.
    again = {**GOOD["engagements"], "ordinal": 8}
    insert(filled, "engagements", **again)
    newest = filled.db.execute("SELECT max(id) FROM engagements").fetchone()[0]
    insert(filled, "commitments", **{**GOOD["commitments"], "engagement_id": newest})
    assert numbers("commitments")[-1] == (newest, 4)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE scaled_answers SET value = 3",
        "DELETE FROM scaled_answers",
        "INSERT OR REPLACE INTO scaled_answers SELECT * FROM scaled_answers",
    ],
)
def test_scaled_answers_are_append_only(filled: Store, change: str) -> None:
    insert(filled, "scaled_answers", **GOOD["scaled_answers"])
    with pytest.raises(sqlite3.IntegrityError, match="answer"):
        filled.db.execute(change)


def test_filled_worksheets_are_not_changed(filled: Store) -> None:
    insert(filled, "worksheet_answers", **GOOD["worksheet_answers"])
    with pytest.raises(sqlite3.IntegrityError, match="filled in again"):
        filled.db.execute("UPDATE worksheet_answers SET answers = '{}'")


def test_changes_of_method_are_not_changed(filled: Store) -> None:
    insert(filled, "method_changes", **GOOD["method_changes"])
    with pytest.raises(sqlite3.IntegrityError, match="a further one is added"):
        filled.db.execute("UPDATE method_changes SET reason = 'better'")


def test_one_referral_of_a_kind_stands_at_a_time(filled: Store) -> None:
    insert(filled, "referrals", **{**GOOD["referrals"], "ended": "2025-03-09"})
    insert(filled, "referrals", **GOOD["referrals"])
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        insert(filled, "referrals", **GOOD["referrals"])


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
    insert(filled, "hints_given", client_id=1, kind="number", times=2)
    filled.db.execute("UPDATE meta SET current_client = 1")
    filled.db.execute("DELETE FROM clients WHERE slug IN ('ana', 'cleo')")
    tables = {
        row["name"]
        for row in filled.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not row["name"].startswith("sqlite_")
    }
    # Days off are the coach's own, and no client's.
    beside = {"meta", "assumption_challenges", "last_numbers", "days_off", "hints_given"}
    assert tables == {*GOOD, *beside}
    for table in tables - {"meta", "days_off"}:
        assert filled.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    assert filled.db.execute("SELECT current_client FROM meta").fetchone()[0] is None


def test_every_table_is_strict(store: Store) -> None:
    kinds = store.db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    loose = {row["name"] for row in kinds if not row["strict"]}
    assert loose == {"sqlite_schema", "sqlite_sequence"}
