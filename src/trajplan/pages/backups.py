"""Copies of the practice: one made, all of them, and one that takes its place."""

from __future__ import annotations

from typing import Any

from trajplan.actions.backups import Backup, Backups, Restoration
from trajplan.actions.check_practice import Repair
from trajplan.pages.document import Document, fields_data
from trajplan.pages.page import Block, Bullets, Heading, Page, code, labelled, section
from trajplan.pages.practice import file_size
from trajplan.records.backups import DAYS, MONTHS, WEEKS
from trajplan.records.contents import Contents
from trajplan.text import plural

KEPT = (
    f"every copy of the last {DAYS} days that have any, and the last of each of {WEEKS} weeks and"
    f" {MONTHS} months"
)
SAME_DISK = "they lie on the same disk as the practice"
COLUMNS = ("Copy", "Clients", "Sessions held", "Records", "Newest change", "Size")


def backup_page(backup: Backup) -> Document:
    """A copy that was made."""
    contents = backup.contents
    return Document(
        page=lambda: Page.of(
            "Practice · copied",
            labelled(
                ("File", str(backup.path)),
                ("Read back", _read_back(backup)),
                ("Holds", _holds(contents) if contents else ""),
                ("Size", file_size(backup.size)),
                ("Opened by", _opened_by(backup)),
                ("To put it back", (code(_restore(backup)),)),
            ),
        ),
        data=lambda: _data(backup),
    )


def _read_back(backup: Backup) -> str:
    if backup.key and not backup.key.opens:
        return "as it was written; that it opens, only the secret key can show"
    return f"{'decrypted, ' if backup.key else ''}sound, and the same as the practice"


def _restore(backup: Backup) -> str:
    key = " --key FILE" if backup.key and not backup.key.passphrase else ""
    return f"trajplan practice restore {backup.name}{key}"


def _opened_by(backup: Backup) -> str:
    if backup.key is None:
        return ""
    if backup.key.passphrase:
        return "its passphrase alone; keep that apart from the copy"
    return "the secret key alone; keep that apart from the copy"


def backups_page(found: Backups) -> Document:
    """All copies in the folder, the newest first."""
    return Document(
        page=lambda: _all(found),
        data=lambda: {
            "folder": str(found.folder),
            "backups": [_data(backup) for backup in found.backups],
        },
        rows=("backups",),
    )


def _all(found: Backups) -> Page:
    if not found.backups:
        return Page.of(
            "Copies of the practice",
            labelled(
                ("Folder", str(found.folder)),
                (
                    "Now",
                    (
                        "none yet; one is made before the first change of a day, and ",
                        code("trajplan practice backup"),
                        " makes one at once",
                    ),
                ),
            ),
        )
    return Page.of(
        "Copies of the practice",
        labelled(
            ("Folder", str(found.folder)),
            ("Kept", KEPT),
            (
                "Elsewhere",
                (f"{SAME_DISK}; ", code("trajplan practice backup FILE"), " makes one elsewhere"),
            ),
            ("To put one back", (code("trajplan practice restore COPY"),)),
        ),
        *section("The newest first", COLUMNS, map(_row, found.backups)),
    )


def _row(backup: Backup) -> tuple[str, ...]:
    held = backup.contents
    if held is None:
        return (backup.name, "", "", "", "cannot be read", file_size(backup.size))
    return (
        backup.name,
        str(held.clients),
        str(held.sessions),
        str(held.records),
        held.changed,
        file_size(backup.size),
    )


def _data(backup: Backup) -> dict[str, Any]:
    contents = backup.contents
    return {
        "name": backup.name,
        "path": str(backup.path),
        "day": str(backup.day),
        "size": backup.size,
        "encrypted": backup.key is not None,
        **_numbers(contents),
        "problem": backup.why_not or None,
    }


def _numbers(contents: Contents | None) -> dict[str, Any]:
    return {
        **fields_data(contents, "practice_id", "version", "clients"),
        "sessions_held": contents.sessions if contents else None,
        **fields_data(contents, "records"),
        "newest_change": (contents.changed or None) if contents else None,
    }


def _holds(contents: Contents) -> str:
    """`3 clients, 12 sessions held, 240 records, the newest change on 2027-02-23`."""
    parts = [
        plural(contents.clients, "client"),
        plural(contents.sessions, "session held", "sessions held"),
        plural(contents.records, "record"),
    ]
    if contents.changed:
        parts.append(f"the newest change on {contents.changed}")
    return ", ".join(parts)


def restore_warning(restoration: Restoration) -> tuple[str, ...]:
    """What is read before a copy takes the practice's place."""
    comparison = restoration.comparison
    if comparison.now:
        now = _holds(comparison.now)
    else:
        now = "it cannot be read" if comparison.why_not else "there is no practice"
    return (
        f"now:  {now} ({restoration.practice})",
        f"then: {_holds(comparison.then)} ({restoration.source.path})",
        *comparison.doubts,
    )


def restored_page(restoration: Restoration) -> Document:
    """What took the practice's place, and where it is kept as it was."""
    comparison = restoration.comparison
    before = _holds(comparison.now) if comparison.now else comparison.why_not
    aside = restoration.aside
    return Document(
        page=lambda: Page.of(
            "Practice · restored",
            labelled(
                ("File", str(restoration.practice)),
                ("From", str(restoration.source.path)),
                ("Holds now", _holds(comparison.then)),
                ("Held before", before),
                ("Kept as it was", str(aside.path) if aside else ""),
                ("To go back", _go_back(restoration)),
            ),
        ),
        data=lambda: {
            "path": str(restoration.practice),
            "from": str(restoration.source.path),
            "now": _numbers(comparison.then),
            "before": _numbers(comparison.now),
            "doubts": comparison.doubts,
            "kept_as_it_was": str(aside.path) if aside else None,
        },
    )


def _go_back(restoration: Restoration) -> Any:
    if restoration.aside is None or restoration.comparison.now is None:
        return ""
    return (code(f"trajplan practice restore {restoration.aside.name}"),)


def repaired_page(repair: Repair) -> Document:
    """What was put right, and what was not."""
    return Document(
        page=lambda: Page.of(
            "Practice · repaired" if repair.acts else "Practice · nothing to repair",
            labelled(
                ("File", str(repair.practice)),
                ("Kept as it was", str(repair.backup.path) if repair.backup else ""),
                ("Now", "" if repair.faults else "all is well"),
            ),
            *_list("Put right", repair.acts),
            *_list("Still wrong", repair.faults),
        ),
        data=lambda: {
            "path": str(repair.practice),
            "backup": str(repair.backup.path) if repair.backup else None,
            "done": repair.acts,
            "left": repair.faults,
        },
    )


def _list(title: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(title), Bullets(lines)) if lines else ()
