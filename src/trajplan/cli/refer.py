"""`trajplan refer`: somebody else's help."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from trajplan.actions.forms import free_text
from trajplan.actions.referrals import end_referral, refer_client
from trajplan.cli import ask
from trajplan.cli.command import Run, command
from trajplan.errors import NotFound, UsageFault
from trajplan.pages.clients import referral_change
from trajplan.pages.document import Document
from trajplan.records.model import ReferralKind
from trajplan.text import visible

KINDS: dict[str, ReferralKind] = {kind: kind for kind in get_args(ReferralKind)}


def _complete_kind(incomplete: str) -> list[str]:
    return [kind for kind in KINDS if kind.startswith(incomplete)]


@command()
def refer(
    run: Run,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help=f"What for: {', '.join(KINDS)}.",
            autocompletion=_complete_kind,
        ),
    ] = "",
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Read a note; `-` for standard input."),
    ] = None,
    date: Annotated[
        str, typer.Option(metavar="DAY", help="When you referred, or it ended. Default: today.")
    ] = "",
    end: Annotated[bool, typer.Option("--end", help="It no longer stands.")] = False,
) -> Document:
    """Record a referral. While it stands, plans go gently."""
    if end:
        if source:
            raise UsageFault("--from reads a note for a new referral; --end takes none")
        ended = _kind(kind) if kind else None
        return referral_change(
            end_referral(run.context, client=run.right_client(), kind=ended, date=date)
        )
    if not kind and not ask.is_person():
        raise UsageFault(f"what for? Say one of {', '.join(KINDS)}; --end ends what stands")
    new = _kind(kind) if kind else None
    client = run.right_client()
    return referral_change(
        refer_client(
            run.context,
            client=client,
            kind=new or KINDS[ask.for_choice("What for", tuple(KINDS))],
            note=visible(free_text(source)) if source else "",
            date=date,
        )
    )


def _kind(name: str) -> ReferralKind:
    if name not in KINDS:
        raise NotFound.among("kind of referral", name, KINDS)
    return KINDS[name]
