"""`pack`: everything on paper that a session needs, gathered from one plan (R148)."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from trajplan.actions.client_records import session_of
from trajplan.actions.context import Context
from trajplan.actions.prepare import NOTHING_NEW, prepare
from trajplan.actions.rating_card import RatingCard, card_of
from trajplan.actions.sheet import ClientSheet, sheet_to_write_on
from trajplan.actions.worksheets import BlankForm, client_form
from trajplan.planning.plan import Plan


class Pack(Struct, frozen=True, kw_only=True):
    """The plan and what goes with it; a session that holds has nothing to write on."""

    client: str
    """The slug."""
    plan: Plan
    sheet: ClientSheet | None = None
    card: RatingCard | None = None
    """None where the client gives no numbers."""
    forms: tuple[BlankForm, ...] = ()
    """The worksheets that go home."""
    notes: tuple[str, ...] = ()


def pack(context: Context, *, client: str | None, number: str | None) -> Pack:
    """Gather a session's pages, made from its plan as `prepare` returns it. Raises as that does."""
    prepared = prepare(context, NOTHING_NEW, client=client, number=number)
    plan, notes = prepared.plan, prepared.notes
    with context.read(prepared.case) as records:
        slug = records.client.slug
        if plan.holding:
            return Pack(client=slug, plan=plan, notes=notes)
        session = session_of(records, str(plan.session))
        there = context.library.worksheets
        names = [form.worksheet for form in plan.hands_out]
        return Pack(
            client=slug,
            plan=plan,
            # What is rated has a card of its own here.
            sheet=replace(sheet_to_write_on(records.dossier, session), card=()),
            card=card_of(records.dossier, session),
            forms=tuple(
                client_form(records, context.library.worksheet(name), again=False)
                for name in names
                if name in there
            ),
            notes=(
                *notes,
                *(
                    f"`{name}` is not among the worksheets any more; the pack goes without it"
                    for name in names
                    if name not in there
                ),
            ),
        )
