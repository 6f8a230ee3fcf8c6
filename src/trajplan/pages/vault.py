"""A notes vault: a folder a client, a Markdown file a page, and an index with links (R151)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from trajplan.actions.kept_plans import plan_in
from trajplan.actions.sheet import sheet_of
from trajplan.actions.vault import UNSAFE, VaultClient, VaultJourney
from trajplan.actions.worksheets import WorksheetResult
from trajplan.dates import long_date
from trajplan.pages.assumptions import assumption_list
from trajplan.pages.client_page import client_page
from trajplan.pages.commitments import commitment_list
from trajplan.pages.document import Document
from trajplan.pages.goals import goal_tree
from trajplan.pages.indicators import indicator_list
from trajplan.pages.journey import journey_page
from trajplan.pages.markdown import escape, markdown
from trajplan.pages.page import Page, labelled
from trajplan.pages.plan import coach_plan
from trajplan.pages.sessions import session_page, session_title
from trajplan.pages.sheet import sheet
from trajplan.pages.standing import notes_page, parked_page
from trajplan.pages.tci_log import tci_log
from trajplan.pages.worksheet_result import result_page
from trajplan.text import few, one_line, plural

INDEX = "index.md"
LEAVES_THE_MACHINE = (
    "you, on this machine. A folder that syncs (iCloud, OneDrive, Dropbox, a notes program's own "
    "service) takes the pages off it: agree on that with your clients first, or keep the vault in "
    "a folder that does not sync"
)
Link = tuple[str, str]
"""What is read, and the name of the file in the same folder."""


class VaultPage(Struct, frozen=True):
    """One page of a client's folder."""

    name: str
    """Of its file, without the ending."""
    title: str
    """In the index."""
    document: Document


class WrittenVault(Struct, frozen=True, kw_only=True):
    """What came of writing a vault."""

    folder: Path
    clients: tuple[VaultClient, ...]
    written: int
    same: int
    """Files that were already as they should be."""
    left: tuple[str, ...]
    """Files that somebody changed, or that come from elsewhere, by their place in the folder."""


def vault_files(clients: Sequence[VaultClient], *, everybody: bool) -> dict[str, str]:
    """The text of each file by its place in the folder, `/` between the parts.

    `everybody`: with an index of all clients, for a vault of the whole practice.
    """
    files = {
        f"{client.folder}/{name}": text
        for client in clients
        for name, text in _client_files(client)
    }
    if everybody:
        links = [(client.client.name, f"{client.folder}/{INDEX}") for client in clients]
        files[INDEX] = _index("Clients", [("", links)])
    return files


def _client_files(client: VaultClient) -> Iterator[tuple[str, str]]:
    parts: list[tuple[str, list[Link]]] = []
    for journey in client.journeys:
        ordinal = journey.dossier.engagement.ordinal
        front = "" if ordinal == 1 else f"journey-{ordinal}-"
        title = f"Journey {ordinal}" if len(client.journeys) > 1 else ""
        links: list[Link] = []
        for page in (*_journey_pages(journey), *_session_pages(journey), *_fillings(journey)):
            name = f"{front}{page.name}.md"
            links.append((page.title, name))
            yield name, markdown(page.document.whole_page())
        parts.append((title, links))
    yield INDEX, _index(client.client.name, parts)


def _journey_pages(journey: VaultJourney) -> Iterator[VaultPage]:
    """The pages about the journey as a whole; an empty list has none."""
    dossier, today = journey.dossier, journey.overview.today
    yield VaultPage("overview", "Overview", client_page(journey.overview))
    if journey.journey:
        yield VaultPage("journey", "Journey", journey_page(journey.journey))
    if dossier.commitments:
        yield VaultPage("commitments", "Commitments", commitment_list(dossier, today))
    if dossier.goals:
        yield VaultPage("goals", "Goals", goal_tree(dossier, journey.goals))
    if dossier.indicators:
        yield VaultPage("indicators", "Indicators", indicator_list(dossier))
    if dossier.assumptions:
        cues = journey.overview.cues
        yield VaultPage("assumptions", "Assumptions", assumption_list(dossier, cues))
    if dossier.parked:
        yield VaultPage("parked", "Parked topics", parked_page(today, dossier))
    if dossier.notes or dossier.pinned:
        yield VaultPage("notes", "Notes", notes_page(dossier))
    if journey.log.readings:
        yield VaultPage("ratings", "Ratings", tci_log(journey.log))


def _session_pages(journey: VaultJourney) -> Iterator[VaultPage]:
    """Plan, record and sheet of each session that has them."""
    dossier = journey.dossier
    for row in journey.sessions:
        session, title = row.session, session_title(row)
        name = f"session-{session.number:02d}" if session.number else f"meeting-{row.reference}"
        if plan := plan_in(dossier, session):
            plan_page = coach_plan(plan, full=True, own_zone=dossier.own_zone)
            yield VaultPage(f"{name}-plan", f"{title}: plan", plan_page)
        if session.state != "planned" or row.wrapped:
            day = long_date(session.day)
            record = session_page(dossier, row)
            yield VaultPage(f"{name}-record", f"{title}, {day}: {session.state}", record)
        if row.wrapped and session.number:
            filled = sheet(sheet_of(dossier, session.id))
            yield VaultPage(f"{name}-sheet", f"{title}: sheet that went home", filled)


def _fillings(journey: VaultJourney) -> Iterator[VaultPage]:
    for filling in journey.dossier.worksheet_answers:
        name = UNSAFE.sub("-", filling.worksheet)
        result = WorksheetResult(dossier=journey.dossier, filling=filling)
        title = f"{filling.title}, {long_date(filling.date)}"
        yield VaultPage(f"worksheet-{name}-{filling.id}", title, result_page(result))


def _index(title: str, parts: Sequence[tuple[str, Sequence[Link]]]) -> str:
    """A page of links; the page tree has none, as no other form of a page leads to a file."""
    lines = [f"# {escape(one_line(title))}"]
    for heading, links in parts:
        lines += ["", f"## {heading}"] if heading else []
        lines += ["", *(f"- [{escape(one_line(words))}]({place})" for words, place in links)]
    return "\n".join(lines) + "\n"


def vault_page(vault: WrittenVault) -> Document:
    """What was written where, what was not, and who may read it."""
    return Document(page=lambda: _page(vault), data=lambda: _data(vault))


def _page(vault: WrittenVault) -> Page:
    working = sum(client.working_notes for client in vault.clients)
    left = ", ".join(few(vault.left, 8))
    return Page.of(
        f"Notes vault · {vault.folder}",
        labelled(
            ("Clients", ", ".join(client.client.name for client in vault.clients) or "none"),
            ("Written", plural(vault.written, "file")),
            ("Already up to date", plural(vault.same, "file") if vault.same else ""),
            ("Left as they are", left and f"{left}; --overwrite writes over what you changed"),
            ("Not in it", _working_notes(working)),
            ("Who reads it", LEAVES_THE_MACHINE),
        ),
    )


def _working_notes(count: int) -> str:
    if not count:
        return ""
    they = "it is deleted on its day" if count == 1 else "they are deleted on their day"
    return f"{plural(count, 'working note')}: {they}, and a copy would not be"


def _data(vault: WrittenVault) -> Mapping[str, object]:
    return {
        "folder": str(vault.folder),
        "clients": [client.client.slug for client in vault.clients],
        "written": vault.written,
        "unchanged": vault.same,
        "left": vault.left,
        "working_notes_left_out": sum(client.working_notes for client in vault.clients),
    }
