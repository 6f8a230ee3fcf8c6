"""`practice retention`: which records are due to go, by what was agreed with each client (R156).

Nothing is erased here: the page names the command that does it.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trajplan.actions.context import Context
from trajplan.planning.agreement import deletion_day
from trajplan.planning.brief_sources import BriefSources
from trajplan.planning.readiness import AGREEMENT_FORM
from trajplan.records.belongings import DueNote, delete_notes, due_notes
from trajplan.records.forms import Intake
from trajplan.records.model import Client, Engagement, WorksheetAnswers
from trajplan.records.store import Store, reading
from trajplan.worksheets.fillings import newest


class ClientRetention(Struct, frozen=True, kw_only=True):
    """What was agreed with one client about keeping their records."""

    client: Client
    agreement: bool
    """Whether there is one."""
    delete_on: str
    """When the records are deleted, as the agreement says it; empty: it does not."""
    about_records: str
    """What else the agreement says about records."""
    ended: dt.date | None
    """The day the newest engagement was closed."""
    day: dt.date | None
    """From when on they are due; None where no day follows from what was agreed."""


class Retention(Struct, frozen=True, kw_only=True):
    """Every client's records, and the working notes that are past their day."""

    today: dt.date
    clients: tuple[ClientRetention, ...]
    notes: tuple[DueNote, ...]

    @property
    def due(self) -> tuple[ClientRetention, ...]:
        """Clients whose records are due to go."""
        return tuple(row for row in self.clients if row.day and row.day <= self.today)


def retention(context: Context) -> Retention:
    """Look through the agreements. Raises NotFound where there is no practice, StoreFault."""
    with reading(context.practice) as store:
        return Retention(
            today=context.today,
            clients=tuple(_client(store, client) for client in store.select(Client)),
            notes=due_notes(store, context.today),
        )


def delete_due_notes(context: Context) -> tuple[DueNote, ...]:
    """Delete every working note that is past its day, and return those that went (R58)."""
    with context.writing() as store:
        notes = due_notes(store, context.today)
        for fault in delete_notes(store, notes, context.today):
            context.say(fault)
    return notes


def _client(store: Store, client: Client) -> ClientRetention:
    engagements = store.select(Engagement, client_id=client.id)
    fillings = store.select(
        WorksheetAnswers,
        engagement_id=[engagement.id for engagement in engagements],
        worksheet=AGREEMENT_FORM,
    )
    # Only the agreement is asked; the intake says nothing of how long records are kept.
    sources = BriefSources(Intake(kind="intake"), newest(fillings))
    ended = engagements[-1].closed if engagements else None
    delete_on = sources.text(AGREEMENT_FORM, "delete_on")
    return ClientRetention(
        client=client,
        agreement=bool(fillings),
        delete_on=delete_on,
        about_records=sources.text(AGREEMENT_FORM, "records"),
        ended=ended,
        day=deletion_day(delete_on, ended),
    )
