"""Whole documents as a coach and a client read them, from the story the demo tells.

`pytest --update-golden` writes them anew; what changed is then read in the diff. Text is compared,
not the styling of a terminal library.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from coaching import Coach

HERE = Path(__file__).parent / "documents"
STORY = Path(__file__).parents[2] / "src" / "trajplan" / "actions" / "demo_practice"
DOCUMENTS = {
    "plan.md": ["prep", "session", "4"],
    "plan-explained.md": ["prep", "session", "4", "--explain"],
    "agenda.md": ["prep", "session", "4", "--for", "client"],
    "glance.md": ["prep", "session", "4", "--glance"],
    "sheet.md": ["wrap", "session", "3"],
    "sheet-blank.md": ["wrap", "session", "4", "--blank"],
    "wrap-form.md": ["wrap", "session", "4", "--form"],
    "brief.md": ["prep", "brief"],
    "brief.txt": ["prep", "brief", "--format", "terminal"],
    "brief.json": ["prep", "brief", "--format", "json"],
    "tci.md": ["tci"],
    "tci-band.md": ["tci", "--sd", "7.5", "--reliability", "0.8"],
    "tci-band.txt": ["tci", "--sd", "7.5", "--reliability", "0.8", "--format", "terminal"],
    "progress.md": ["progress"],
    "progress.txt": ["progress", "--format", "terminal"],
    "career-os.md": ["close", "--print", "career-os"],
    "career-os.txt": ["close", "--print", "career-os", "--format", "terminal"],
    "follow-up.md": ["close", "--print", "follow-up"],
    "ending.md": ["close", "--print", "checklist"],
    "client.md": ["show"],
    "sessions.md": ["sessions"],
    "session.md": ["sessions", "show", "3"],
    "journey.md": ["journey"],
    "plan.txt": ["prep", "session", "4", "--full", "--format", "terminal"],
    "plan-at-the-door.txt": ["prep", "session", "4", "--format", "terminal"],
    "glance.txt": ["prep", "session", "4", "--glance", "--format", "terminal"],
    "agenda.txt": ["prep", "session", "4", "--for", "client", "--format", "terminal"],
    "sheet.txt": ["wrap", "session", "3", "--format", "terminal"],
    "tci.txt": ["tci", "--format", "terminal"],
    "today.md": ["today"],
    "today.txt": ["today", "--format", "terminal"],
    "clients.md": ["clients"],
    "sheet-done.md": ["wrap", "session", "9", "--client", "ledger-client"],
    "tci-whole.md": ["tci", "--client", "ledger-client"],
    "tci-whole.txt": ["tci", "--client", "ledger-client", "--format", "terminal"],
    "client-done.md": ["show", "--client", "ledger-client"],
    "journey.txt": ["journey", "--format", "terminal"],
    "plan.json": ["prep", "session", "4", "--format", "json"],
    "tci.json": ["tci", "--format", "json"],
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_reads_as_it_did(demo: Coach, name: str, request: pytest.FixtureRequest) -> None:
    said = demo.do(*DOCUMENTS[name]).out
    # How wide a table pads its lines is the library's own business.
    text = "".join(f"{line.rstrip()}\n" for line in said.splitlines())
    file = HERE / name
    if request.config.getoption("--update-golden"):
        HERE.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    kept = file.read_text(encoding="utf-8")
    if text != kept:
        diff = difflib.unified_diff(kept.splitlines(), text.splitlines(), name, "now", lineterm="")
        told = "\n".join(diff)
        pytest.fail(f"read what changed; if it is meant, run pytest --update-golden\n{told}")


def test_no_document_is_left_over() -> None:
    assert {file.name for file in HERE.iterdir()} == set(DOCUMENTS)
