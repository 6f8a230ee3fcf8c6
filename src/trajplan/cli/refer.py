"""`trajplan refer`."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from trajplan.actions.context import load_context
from trajplan.actions.forms import free_text
from trajplan.actions.refer import end_referral, refer_client
from trajplan.cli import ask, complete, printer
from trajplan.cli.options import ClientOption, FormatOption
from trajplan.errors import NotFound, UsageFault
from trajplan.pages.referrals import referred
from trajplan.records.records import ReferralKind
from trajplan.text import visible

KINDS: dict[str, ReferralKind] = {one: one for one in get_args(ReferralKind)}


def refer(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="What for: therapy, medical, legal, financial, other.",
            autocompletion=complete.referrals,
        ),
    ] = "",
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Read a note; `-` for standard input."),
    ] = None,
    date: Annotated[
        str, typer.Option(metavar="DAY", help="When it was advised, or ended. Default: today.")
    ] = "",
    end: Annotated[bool, typer.Option("--end", help="It stands no longer.")] = False,
    client: ClientOption = None,
    form: FormatOption = None,
) -> None:
    """Keep that somebody else's help was advised; while it stands, plans tread softly."""
    if end:
        if source:
            raise UsageFault("--from keeps a note with a new referral; --end takes none")
        named = _kind(kind) if kind else None
        kept = ask.right_client(
            client, lambda whose: end_referral(load_context(), client=whose, kind=named, date=date)
        )
    else:
        what = _kind(kind or _asked())
        note = visible(free_text(source)) if source else ""
        kept = ask.right_client(
            client,
            lambda whose: refer_client(
                load_context(), client=whose, kind=what, note=note, date=date
            ),
        )
    printer.show(referred(kept), form)


def _asked() -> str:
    if not ask.is_person():
        raise UsageFault(f"what for? Say one of {', '.join(KINDS)}; --end ends what stands")
    return ask.for_choice("What for", tuple(KINDS))


def _kind(name: str) -> ReferralKind:
    if name not in KINDS:
        raise NotFound.among("kind of referral", name, KINDS)
    return KINDS[name]
