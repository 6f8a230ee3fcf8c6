"""Who is coached: `trajplan clients`, `use`, `show` and `refer`, and `today` and
`search` over all of them.

How a journey begins: `trajplan new-client` and `trajplan new-engagement`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer
from msgspec.structs import replace

from trajplan.cli import ask, printer
from trajplan.cli.command import Group, Run, command
from trajplan.cli.form_options import filled_by
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.kept_answers import BACK
from trajplan.cli.options import client_option, complete_clients, form_file_option, text_argument
from trajplan.dates import parse_day
from trajplan.errors import NotFound, UsageFault
from trajplan.pages.document import Document
from trajplan.records.command_forms import ClientChange, FormFile, NewClient, what_is_said
from trajplan.records.fields import Find
from trajplan.records.model.journeys import ReferralKind

if TYPE_CHECKING:
    from trajplan.content.library import Library
    from trajplan.records.dossier import Dossier

clients = Group(bare="list")

Slug = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="Which client: any part of the name.", autocompletion=complete_clients
    ),
]
INTAKE = form_file_option("An intake in YAML, with the keys in docs/reference/forms.md")
# A mapping onto itself: a word that was typed becomes one of the kinds for the type checker too.
KINDS: dict[str, ReferralKind] = {kind: kind for kind in get_args(ReferralKind)}


@command(client=False)
def new_client(
    run: Run,
    form: Annotated[
        NewClient,
        filled_by(name=text_argument("The client's name", line=True), source=INTAKE),
    ],
) -> Document:
    """Add a client with a first journey. Its sessions get their dates at once."""
    from trajplan.actions.new_client import start_client
    from trajplan.pages.clients import engagement_page

    if not form.name and form.source is None:
        missing = 'whose journey? Give a name: trajplan new-client "NAME"'
        name = ask.required(form.name, "Name of the client", missing)
        today = run.context.today
        start = form.start or ask.for_checked(
            "Day of the first session", lambda day: parse_day(day, today), today.isoformat()
        )
        form = replace(form, name=name, start=start)
    run.begin_writing()
    begun = start_client(run.context, form)
    run.hints(begun.hints)
    return engagement_page(begun)


@command()
def new_engagement(
    run: Run,
    form: Annotated[
        NewClient,
        filled_by(
            source=INTAKE,
            start_time=typer.Option(metavar="TIME", help="Usual time. Default: as before."),
            time_zone=typer.Option(metavar="ZONE", help="Default: as before."),
            journey=typer.Option(metavar="ID", help="Which journey. Default: as before."),
            without=("name", "slug"),
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Skip what is left of the current journey.")
    ] = False,
) -> Document:
    """Begin another journey with a client. The earlier one stays readable."""
    from trajplan.actions.intake import read_intake
    from trajplan.actions.new_client import return_client
    from trajplan.pages.clients import engagement_page

    intake = read_intake(form.source, run.context.today)
    begun = return_client(run.context, form, intake, client=run.right_client(), force=force)
    run.hints(begun.hints)
    return engagement_page(begun)


@clients.command("list", client=False, also=LIST_FORMATS)
def list_clients(run: Run) -> Document:
    """List every client with the next session."""
    from trajplan.actions.clients import caseload
    from trajplan.pages.clients import client_list

    return client_list(caseload(run.context), run.context.today)


@clients.command("show", client=False)
def show_client(run: Run, slug: Slug) -> Document:
    """Show a client on one page."""
    from trajplan.actions.clients import client_page as read_client
    from trajplan.pages.client_page import client_page

    return client_page(read_client(run.context, client=slug))


@clients.command("update")
def update_client(
    run: Run,
    whom: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="Which client: any part of the name. Without it: the current one.",
            autocompletion=complete_clients,
            show_default=False,
        ),
    ] = None,
    *,
    change: Annotated[
        ClientChange,
        filled_by(),
    ],
    source: Annotated[
        FormFile | None, form_file_option("Any keys of an intake in YAML; the others stay the same")
    ] = None,
) -> Document:
    """Change what you know about a client, or which numbers they give. Their first words are kept.

    Without options, on a terminal, you are asked where this should lead and what has changed.
    """
    from trajplan.actions.update_client import update_client as change_client
    from trajplan.pages.clients import client_update

    typed = what_is_said(change)
    if whom and run.client and whom != run.client:
        raise UsageFault(f"which client: `{whom}` or `{run.client}`? Name one")
    if whom is None:
        whom = run.right_client()
    else:
        run.begin_writing()
    if not typed and source is None and ask.is_person():
        typed = _ask_anew(run.context.dossier(whom), run.context.library)
    update = change_client(run.context, client=whom, values=typed, source=source)
    run.hints(update.hints)
    return client_update(update)


def _ask_anew(dossier: Dossier, library: Library) -> dict[str, Any]:
    """Ask for what changes on the way; what is shown stays with Enter."""
    from trajplan.actions.new_client import SITUATIONS, unwritten_situation

    engagement, intake = dossier.engagement, dossier.engagement.intake
    printer.note(f"{dossier.client.name}: Enter leaves it as it is, {BACK} goes back one question")

    def is_written_for(situation: str) -> None:
        """A word of one's own is for an option, where nobody types a sentence into it."""
        if situation != intake.scenario and (fault := unwritten_situation(library, situation)):
            raise UsageFault(fault)

    priorities = " · ".join(intake.priorities) or "none yet"
    answers = {
        "destination": ask.for_line("Where this should lead", engagement.destination),
        "stuck_point": ask.for_line("What the client is stuck on", intake.stuck_point),
        "scenario": ask.for_checked(
            f"The situation, one of {', '.join(SITUATIONS)}", is_written_for, intake.scenario
        ),
        "priorities": ask.for_lines(f"Priorities, all anew, one at a time; now {priorities}"),
        "accountability": ask.for_line("How they want to be held to it", engagement.accountability),
    }
    return {field: answer for field, answer in answers.items() if answer}


@command(client=False, also=LIST_FORMATS)
def search(
    run: Run,
    words: Annotated[
        list[str] | None,
        text_argument("Words that must all be there, in any order", line=True),
    ] = None,
    client: Annotated[
        str | None, client_option("Only this client. Without it: all of them.")
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="Only what was said from this day on.")
    ] = "",
    kind: Annotated[Find | None, typer.Option("--kind", help="Only what is of this kind.")] = None,
) -> Document:
    """Search everything you have recorded, the newest first.

    Notes, commitments, takeaways, answers, what is parked and more, of every client. Each word may
    be the beginning of one; case and accents make no difference.
    """
    from trajplan.actions.search import search_practice
    from trajplan.pages.search import search_page

    wanted = words or [
        ask.required("", "What to look for", "search for what? Give at least one word")
    ]
    return search_page(
        search_practice(run.context, tuple(wanted), client=client, since=since, kind=kind)
    )


@command()
def show(
    run: Run,
    whom: Annotated[
        Literal["coach", "sponsor"],
        typer.Option(
            "--for", help="Whose page. A sponsor's holds only what the client agreed to share."
        ),
    ] = "coach",
) -> Document:
    """Show a client on one page."""
    if whom == "coach":
        from trajplan.actions.clients import client_page as read_client
        from trajplan.pages.client_page import client_page

        return client_page(read_client(run.context, client=run.client))
    from trajplan.actions.sponsor import for_sponsor
    from trajplan.pages.sponsor_page import sponsor_page

    sponsor = for_sponsor(run.context, client=run.client)
    printer.notes(sponsor.notes)
    return sponsor_page(sponsor.page, run.words())


@command(client=False)
def use(run: Run, slug: Slug) -> Document:
    """Choose the current client. Commands without --client are about this one."""
    from trajplan.actions.clients import use as choose
    from trajplan.pages.clients import chosen_client

    run.begin_writing()
    return chosen_client(choose(run.context, slug), run.context.today)


@command(client=False, also=LIST_FORMATS)
def today(run: Run) -> Document:
    """Show who comes today, and what is due with each client."""
    from trajplan.actions.today import today_of
    from trajplan.pages.today import today_page

    return today_page(today_of(run.context))


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
    text: Annotated[str, text_argument("What you saw and said", from_file=True)] = "",
    date: Annotated[
        str, typer.Option(metavar="DAY", help="When you referred, or it ended. Default: today.")
    ] = "",
    end: Annotated[bool, typer.Option("--end", help="The referral has ended.")] = False,
) -> Document:
    """Record a referral. While it stands, plans are gentler."""
    from trajplan.actions.clients import end_referral, refer_client
    from trajplan.pages.clients import referral_change

    if end:
        if text:
            raise UsageFault("a note is for a new referral; --end takes none")
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
            note=text,
            date=date,
        )
    )


def _kind(name: str) -> ReferralKind:
    if name not in KINDS:
        raise NotFound.among("kind of referral", name, KINDS)
    return KINDS[name]
