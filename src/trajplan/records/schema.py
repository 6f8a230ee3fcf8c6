"""Version 1 of the practice file: its tables, and what each of them refuses.

A released version is never edited; a change is a further function in `migrations`. The helpers
here belong to version 1 and are frozen with it.

Every table hangs from `clients` by cascading foreign keys, so that deleting one client row erases
everything about that person (R119). Enums, ranges and dates are checked by SQLite itself: whatever
writes the file, a value the records cannot hold never gets in.
"""

from __future__ import annotations

import sqlite3


def _date(name: str, *, optional: bool = False) -> str:
    """Write an ISO date column. The modifier makes SQLite count: 2025-02-30 differs and fails."""
    return f"{name} TEXT {'' if optional else 'NOT NULL '}CHECK ({name} IS date({name}, '+0 days'))"


def _time(name: str) -> str:
    """`HH:MM`, or empty."""
    right = f"{name} IS strftime('%H:%M', {name}, '+0 days')"
    return f"{name} TEXT NOT NULL CHECK ({name} = '' OR {right})"


def _rating(name: str) -> str:
    return f"{name} INTEGER CHECK ({name} BETWEEN 1 AND 10)"


def _json(name: str) -> str:
    return f"{name} TEXT NOT NULL CHECK (json_valid({name}))"


def _one_of(name: str, *values: str, optional: bool = False) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{name} TEXT {'' if optional else 'NOT NULL '}CHECK ({name} IN ({listed}))"


def _of(name: str, table: str, *, optional: bool = False) -> str:
    need = "" if optional else "NOT NULL "
    return f"{name} INTEGER {need}REFERENCES {table} (id) ON DELETE CASCADE"


# AUTOINCREMENT: an id once printed or exported is never given to another record.
_ID = "id INTEGER PRIMARY KEY AUTOINCREMENT"
_STATUS = ("open", "done", "partly", "not_yet", "dropped")
_KINDS = ("experiential", "information_gathering", "reflective", "preparing")
_ENERGY = ("low", "normal", "high")
_METHODS = ("directive", "exploratory", "integrative")

_TABLES = (
    f"""CREATE TABLE clients (
        {_ID}, slug TEXT NOT NULL UNIQUE CHECK (slug <> ''), name TEXT NOT NULL,
        initials TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
        {_date("created")}) STRICT""",
    """CREATE TABLE meta (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        practice_id TEXT NOT NULL
            CHECK (length(practice_id) = 32 AND practice_id NOT GLOB '*[^0-9a-f]*'),
        current_client INTEGER REFERENCES clients (id) ON DELETE SET NULL) STRICT""",
    f"""CREATE TABLE engagements (
        {_ID}, {_of("client_id", "clients")}, ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
        journey TEXT NOT NULL CHECK (journey <> ''), {_one_of("method", *_METHODS)},
        sessions INTEGER NOT NULL CHECK (sessions >= 1), {_date("start")}, {_time("start_time")},
        time_zone TEXT NOT NULL, minutes INTEGER NOT NULL CHECK (minutes > 0),
        every_days INTEGER NOT NULL CHECK (every_days > 0), destination TEXT NOT NULL,
        {_json("intake")}, {_date("created")}, {_date("closed", optional=True)},
        UNIQUE (client_id, ordinal)) STRICT""",
    f"""CREATE TABLE sessions (
        {_ID}, {_of("engagement_id", "engagements")}, number INTEGER CHECK (number >= 1),
        {_one_of("kind", "numbered", "chemistry", "three_way", "check_in", "follow_up")},
        {_one_of("state", "planned", "held", "missed", "cancelled", "skipped")},
        {_date("date")}, {_time("start_time")}, phase TEXT NOT NULL,
        {_one_of("method", "", *_METHODS)}, {_json("options")}, {_date("held_on", optional=True)},
        UNIQUE (engagement_id, number),
        CHECK ((kind = 'numbered') = (number IS NOT NULL)),
        CHECK ((state = 'held') = (held_on IS NOT NULL))) STRICT""",
    f"""CREATE TABLE plans (
        session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
        {_date("made_on")}, client_revision INTEGER NOT NULL CHECK (client_revision >= 0),
        library_digest TEXT NOT NULL, {_json("options")}, {_json("body")},
        frozen INTEGER NOT NULL CHECK (frozen IN (0, 1))) STRICT""",
    f"""CREATE TABLE wraps (
        session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
        {_date("wrapped_on")}, minutes INTEGER CHECK (minutes > 0), {_json("actual")},
        focus TEXT NOT NULL, {_json("takeaways")}, {_json("parked")},
        {_one_of("energy", *_ENERGY, optional=True)}, frame_change TEXT NOT NULL,
        inquiry TEXT NOT NULL, {_json("asked")},
        none_chosen INTEGER NOT NULL CHECK (none_chosen IN (0, 1))) STRICT""",
    f"""CREATE TABLE question_uses (
        id INTEGER PRIMARY KEY, {_of("session_id", "sessions")},
        question_id TEXT NOT NULL CHECK (question_id <> ''), {_date("date")},
        asked INTEGER NOT NULL CHECK (asked IN (0, 1)), UNIQUE (session_id, question_id)) STRICT""",
    f"""CREATE TABLE commitments (
        {_ID}, {_of("engagement_id", "engagements")},
        {_of("session_id", "sessions", optional=True)},
        what TEXT NOT NULL CHECK (what <> ''), {_date("due")},
        how_will_i_know TEXT NOT NULL CHECK (how_will_i_know <> ''), obstacle TEXT NOT NULL,
        if_then TEXT NOT NULL, {_one_of("kind", *_KINDS, optional=True)},
        {_one_of("proposed_by", "client", "both", "coach")}, goal TEXT NOT NULL,
        estimate_minutes INTEGER CHECK (estimate_minutes > 0), {_one_of("status", *_STATUS)},
        misses INTEGER NOT NULL CHECK (misses >= 0), minutes INTEGER CHECK (minutes > 0),
        {_rating("value")}, learned TEXT NOT NULL) STRICT""",
    f"""CREATE TABLE commitment_reviews (
        {_ID}, {_of("commitment_id", "commitments")}, {_date("date")},
        {_one_of("status", *_STATUS)}, minutes INTEGER CHECK (minutes > 0),
        {_rating("value")}, learned TEXT NOT NULL) STRICT""",
    f"""CREATE TABLE tci_entries (
        {_ID}, {_of("session_id", "sessions")}, {_date("date")},
        {", ".join(_rating(factor) for factor in ("clarity", "options", "decision"))},
        {", ".join(_rating(factor) for factor in ("momentum", "confidence", "satisfaction"))},
        note TEXT NOT NULL, scale TEXT NOT NULL CHECK (scale <> ''),
        corrects INTEGER REFERENCES tci_entries (id) CHECK (corrects < id)) STRICT""",
    f"""CREATE TABLE check_ins (
        {_ID}, {_of("session_id", "sessions")}, {_date("date")},
        {_one_of("energy", *_ENERGY, optional=True)}, mood TEXT NOT NULL, matters TEXT NOT NULL,
        {_json("progress")}) STRICT""",
    f"""CREATE TABLE assumptions (
        {_ID}, {_of("engagement_id", "engagements")}, text TEXT NOT NULL CHECK (text <> ''),
        {_one_of("status", "open", "tested", "let_go")}, {_json("evidence_for")},
        {_json("evidence_against")}, {_of("session_id", "sessions", optional=True)}) STRICT""",
    f"""CREATE TABLE assumption_challenges (
        {_of("assumption_id", "assumptions")}, {_of("session_id", "sessions")},
        PRIMARY KEY (assumption_id, session_id)) STRICT""",
    f"""CREATE TABLE notes (
        {_ID}, {_of("session_id", "sessions")}, {_one_of("kind", "record", "working")},
        text TEXT NOT NULL CHECK (text <> ''), {_date("written")},
        {_date("purge_on", optional=True)},
        CHECK (purge_on IS NULL OR kind = 'working')) STRICT""",
)

_INDEXES = (
    "CREATE INDEX sessions_by_date ON sessions (date) WHERE state = 'planned'",
    "CREATE INDEX question_uses_asked ON question_uses (question_id, date) WHERE asked = 1",
    "CREATE INDEX commitments_by_engagement ON commitments (engagement_id)",
    "CREATE INDEX commitments_by_session ON commitments (session_id)",
    "CREATE INDEX reviews_by_commitment ON commitment_reviews (commitment_id)",
    "CREATE INDEX tci_by_session ON tci_entries (session_id)",
    "CREATE INDEX check_ins_by_session ON check_ins (session_id)",
    "CREATE INDEX assumptions_by_engagement ON assumptions (engagement_id)",
    "CREATE INDEX notes_by_session ON notes (session_id)",
)

# Ratings are append-only (R103). Erasing a client is the one way out: a cascade deletes the parent
# row before its children, so a rating may go only when its session is already gone, and a session
# or engagement with ratings only when its own parent is.
_RATED = "SELECT 1 FROM tci_entries t JOIN sessions s ON s.id = t.session_id WHERE"
_GUARDS = (
    """CREATE TRIGGER tci_never_changes BEFORE UPDATE ON tci_entries BEGIN
        SELECT RAISE(ABORT, 'a rating is never changed; a correction is a new one'); END""",
    """CREATE TRIGGER tci_never_replaced BEFORE INSERT ON tci_entries
        WHEN EXISTS (SELECT 1 FROM tci_entries WHERE id = NEW.id) BEGIN
        SELECT RAISE(ABORT, 'a rating is never changed; a correction is a new one'); END""",
    """CREATE TRIGGER tci_never_deleted BEFORE DELETE ON tci_entries
        WHEN EXISTS (SELECT 1 FROM sessions WHERE id = OLD.session_id) BEGIN
        SELECT RAISE(ABORT, 'a rating is deleted only with its client'); END""",
    f"""CREATE TRIGGER rated_session_stays BEFORE DELETE ON sessions
        WHEN EXISTS (SELECT 1 FROM engagements WHERE id = OLD.engagement_id)
        AND EXISTS ({_RATED} s.id = OLD.id) BEGIN
        SELECT RAISE(ABORT, 'a rated session is deleted only with its client'); END""",
    f"""CREATE TRIGGER rated_engagement_stays BEFORE DELETE ON engagements
        WHEN EXISTS (SELECT 1 FROM clients WHERE id = OLD.client_id)
        AND EXISTS ({_RATED} s.engagement_id = OLD.id) BEGIN
        SELECT RAISE(ABORT, 'a rated engagement is deleted only with its client'); END""",
    """CREATE TRIGGER review_never_changes BEFORE UPDATE ON commitment_reviews BEGIN
        SELECT RAISE(ABORT, 'a review is never changed; a further one is added'); END""",
)


def version_1(db: sqlite3.Connection) -> None:
    """Build the first version in an empty file. One statement a call: a script would commit."""
    from uuid import uuid4  # here, because every command imports this file and one ever needs it

    for statement in (*_TABLES, *_INDEXES, *_GUARDS):
        db.execute(statement)
    db.execute("INSERT INTO meta VALUES (1, ?, NULL)", (uuid4().hex,))
