"""The step that numbers commitments and assumptions from 1 for each client.

A released step is never edited. Ids count through the whole practice and would tell one client how
many others there are; the number is what a coach sees and types. It is given by the store itself,
whoever writes, and never given twice: `last_numbers` only grows, also when a row is deleted.
"""

from __future__ import annotations

import sqlite3

_LAST = """CREATE TABLE last_numbers (
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    thing TEXT NOT NULL CHECK (thing <> ''),
    last INTEGER NOT NULL CHECK (last >= 1),
    PRIMARY KEY (client_id, thing)) STRICT"""
NUMBER = "number INTEGER CHECK (number >= 1)"


def numbered(table: str) -> tuple[str, ...]:
    """What gives the rows of a table with `engagement_id` and `number` the client's next number."""
    return (
        f"CREATE UNIQUE INDEX {table}_by_number ON {table} (engagement_id, number)",
        f"""CREATE TRIGGER {table}_are_numbered AFTER INSERT ON {table} WHEN NEW.number IS NULL
        BEGIN
            INSERT INTO last_numbers (client_id, thing, last)
                SELECT client_id, '{table}', 1 FROM engagements WHERE id = NEW.engagement_id
                ON CONFLICT (client_id, thing) DO UPDATE SET last = last + 1;
            UPDATE {table} SET number = (
                SELECT l.last FROM last_numbers l JOIN engagements e ON e.client_id = l.client_id
                WHERE e.id = NEW.engagement_id AND l.thing = '{table}') WHERE id = NEW.id;
        END""",
    )


def numbers(db: sqlite3.Connection) -> None:
    """Number what is there in the order it was made, and whatever comes after."""
    db.execute(_LAST)
    for table in ("commitments", "assumptions"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {NUMBER}")
        db.execute(
            f"""UPDATE {table} SET number = (
                SELECT count(*) FROM {table} t JOIN engagements e ON e.id = t.engagement_id
                WHERE t.id <= {table}.id AND e.client_id =
                    (SELECT client_id FROM engagements WHERE id = {table}.engagement_id))"""
        )
        db.execute(
            f"""INSERT INTO last_numbers SELECT e.client_id, '{table}', max(t.number)
                FROM {table} t JOIN engagements e ON e.id = t.engagement_id GROUP BY e.client_id"""
        )
        for statement in numbered(table):
            db.execute(statement)
    # A kept plan names the assumption it challenges as the coach does.
    db.execute(
        """UPDATE plans SET body = json_set(body, '$.assumption', (
            SELECT number FROM assumptions WHERE id = json_extract(body, '$.assumption')))
            WHERE json_extract(body, '$.assumption') IS NOT NULL"""
    )
