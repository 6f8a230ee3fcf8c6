"""`trajplan practice`: the practice as a file; `trajplan undo`, the last command taken back; and
`trajplan demo`, a fictional practice.

A passphrase is never an argument: a shell keeps those, and others on the machine can list them
(R160).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Group, Run, command
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import OutputOption, client_option
from trajplan.cli.written_files import WrittenFiles
from trajplan.errors import CannotDo, NotFound, StoreFault, UsageFault
from trajplan.pages.document import Document
from trajplan.settings import local_path
from trajplan.text import require_utf8

if TYPE_CHECKING:
    from trajplan.records.encryption import Key

PassphraseOption = Annotated[
    str | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="Its first line is the passphrase; `-`: standard input. At a terminal you are asked.",
    ),
]
KeyOption = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="In place of a passphrase: a file of keys, as `age-keygen` makes it.",
    ),
]


def closing_key(passphrase_file: str | None, key_file: str | None) -> Key:
    """What closes a new copy. Raises UsageFault, and what reading a file raises."""
    if key_file is None:
        return _passphrase(passphrase_file, new=True)
    if passphrase_file is not None:
        raise UsageFault("give --passphrase-file or --key, not both")
    return _keys(key_file)


def opening_key(
    copy: str, passphrase_file: str | None, key_file: str | None, *, by_passphrase: bool
) -> Key:
    """What opens `copy`, which wants a passphrase or a key. Raises as `closing_key`."""
    if by_passphrase:
        if key_file is not None:
            raise UsageFault(f"`{copy}` was encrypted with a passphrase, not for a key")
        return _passphrase(passphrase_file, new=False)
    if key_file is None or passphrase_file is not None:
        raise UsageFault(f"`{copy}` was encrypted for a key: --key alone names the file it is in")
    return _keys(key_file)


def _keys(file: str) -> Key:
    from trajplan.actions.sources import decode, read_source
    from trajplan.records.encryption import read_key_file

    return read_key_file(decode(*read_source(file)), file)


def _passphrase(file: str | None, *, new: bool) -> Key:
    """What stands in the file's first line, or what a person types unseen."""
    from trajplan.actions.sources import decode, read_source
    from trajplan.records.encryption import Key

    if file in (None, "-") and ask.is_person():
        if new:
            printer.note("without this passphrase nobody can open the copy, not even you")
        return Key(passphrase=require_utf8(ask.for_passphrase(twice=new), "passphrase"))
    if file is None:
        raise UsageFault(
            "nobody is there to ask for the passphrase: --passphrase-file names a file with it, or"
            " `-` for standard input"
        )
    passphrase = decode(*read_source(file)).partition("\n")[0]
    if not passphrase.strip():
        raise UsageFault(f"the first line of `{file}` is to be the passphrase, and it is empty")
    return Key(passphrase=passphrase)


practice = Group()


@practice.command("where", client=False)
def where(run: Run) -> Document:
    """Show where the practice is. Also its version and size, and whose records it holds."""
    from trajplan.actions.practice import whereabouts
    from trajplan.pages.practice import nowhere_page, where_page
    from trajplan.records.practice_file import conflicted_copies

    printer.notes(run.context.conflicts)
    file = whereabouts(run.context)
    if file:
        return where_page(file)
    return nowhere_page(run.context.practice, conflicted_copies(run.context.practice))


@practice.command("check", client=False)
def check(
    run: Run,
    repair: Annotated[
        bool, typer.Option("--repair", help="Put right what can be; a copy is made first.")
    ] = False,
) -> Document | None:
    """Check that every record is sound, and that nobody else can read the file."""
    from trajplan.actions import check_practice as actions
    from trajplan.pages.backups import repaired_page
    from trajplan.pages.practice import sound_page

    printer.notes(run.context.conflicts)
    if not repair:
        return sound_page(actions.check_practice(run.context))
    result = actions.repair_practice(run.context)
    run.show(repaired_page(result))
    if result.faults:
        raise StoreFault("not everything could be put right")
    return None


@practice.command("backup", client=False)
def backup(
    run: Run,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help="A file that is not there yet, or a folder, such as a USB stick."
        ),
    ] = None,
    encrypt: Annotated[
        bool,
        typer.Option("--encrypt", help="Encrypt it: only a passphrase or a key opens it."),
    ] = False,
    passphrase_file: PassphraseOption = None,
    key: KeyOption = None,
) -> Document:
    """Copy the practice and read the copy back. Without FILE: beside the practice."""
    from trajplan.actions.backups import back_up
    from trajplan.pages.backups import backup_page

    printer.notes(run.context.conflicts)
    if not (encrypt or passphrase_file is not None or key is not None):
        return backup_page(back_up(run.context, file))
    return backup_page(back_up(run.context, file, lambda: closing_key(passphrase_file, key)))


@practice.command("backups", client=False, also=LIST_FORMATS)
def list_backups(run: Run) -> Document:
    """List the copies beside the practice, and what each of them holds."""
    from trajplan.actions import backups as actions
    from trajplan.pages.backups import backups_page

    return backups_page(actions.list_backups(run.context))


@practice.command("restore", client=False)
def restore(
    run: Run,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A copy, or its name in `practice backups`.")
    ],
    yes: Annotated[
        bool,
        typer.Option("--yes", help="Also a copy of another practice, or an older or smaller one."),
    ] = False,
    passphrase_file: PassphraseOption = None,
    key: KeyOption = None,
) -> Document:
    """Put a copy in the practice's place. It says what would change, and keeps the practice."""
    from trajplan.actions.backups import before_restoring, restore_practice
    from trajplan.pages.backups import restore_warning, restored_page

    printer.notes(run.context.conflicts)

    def asked(by_passphrase: bool) -> Key:
        return opening_key(file, passphrase_file, key, by_passphrase=by_passphrase)

    restoration = before_restoring(run.context, file, asked)
    if not restoration.source.pages and (key is not None or passphrase_file is not None):
        raise UsageFault(f"`{file}` is not encrypted: leave out --key and --passphrase-file")
    if not yes:
        printer.notes(restore_warning(restoration))
        if ask.is_person():
            if not ask.for_yes("Put the copy in the practice's place?", default=False):
                raise CannotDo("nothing was changed")
        elif restoration.comparison.doubts:
            raise UsageFault("nothing was changed; --yes puts it in place all the same")
    return restored_page(restore_practice(run.context, restoration))


@practice.command("export", client=False, page=False)
def export_practice(
    run: Run,
    folder: Annotated[
        str,
        typer.Argument(
            metavar="[DIR]", help="With --format markdown: the folder.", show_default=False
        ),
    ] = "",
    client: Annotated[
        str | None,
        client_option("Only the records of this client. Without it: the whole practice."),
    ] = None,
    form: Annotated[
        Literal["json", "markdown"],
        typer.Option("--format", help="JSON, or Markdown pages: a folder a client, with links."),
    ] = "json",
    force: Annotated[
        bool,
        typer.Option("--overwrite", help="Write over the file of `-o`, or pages you changed."),
    ] = False,
    output: OutputOption = None,
) -> None:
    """Print all records as JSON, for one client or for everybody. Or lay out a notes vault."""
    from trajplan.actions.own_files import refuse_existing
    from trajplan.actions.practice import export
    from trajplan.pages.practice import export_notes, export_text

    if form == "markdown":
        if output or not folder:
            raise UsageFault("--format markdown writes into a folder: give its name, and no -o")
        printer.notes(run.context.conflicts)
        printer.show(_vault(run, folder, client, overwrite=force))
        return
    if folder:
        raise UsageFault("a folder is for --format markdown; -o FILE takes the JSON")
    if output and output != "-" and not force:
        refuse_existing(output)
    printer.notes(run.context.conflicts)
    exported = export(run.context, client)
    printer.show_pieces(export_text(exported), output)
    printer.notes(export_notes(exported))


def _vault(run: Run, folder: str, client: str | None, *, overwrite: bool) -> Document:
    """Write a client's pages, or everybody's, into a folder."""
    from trajplan.actions.vault import vault_clients
    from trajplan.pages.vault import WrittenVault, vault_files, vault_page

    clients = vault_clients(run.context, client)
    place = local_path(folder)
    written_files = WrittenFiles(run.context.settings.cache, overwrite)
    written, same, left = written_files.write(place, vault_files(clients, everybody=client is None))
    return vault_page(
        WrittenVault(folder=place, clients=clients, written=written, same=same, left=left)
    )


@practice.command("import", client=False)
def import_practice(
    run: Run,
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="An export; `-` for standard input.")
    ],
    slug: Annotated[
        str | None,
        typer.Option("--as", metavar="SLUG", help="Call the client so, where the slug is taken."),
    ] = None,
) -> Document:
    """Read an export in, into an empty practice or beside the clients that are there."""
    from trajplan.actions import import_practice as actions
    from trajplan.pages.practice import imported_page

    run.begin_writing(purges=False)
    return imported_page(actions.import_practice(run.context, source, slug=slug))


@practice.command("retention", client=False, also=LIST_FORMATS)
def retention(
    run: Run,
    purge: Annotated[
        bool,
        typer.Option(
            "--purge", help="Delete the working notes past their day; today's date is right."
        ),
    ] = False,
) -> Document:
    """Show whose records are due to be deleted, by what you agreed. Deletes nobody's by itself."""
    from trajplan.actions import practice as actions
    from trajplan.pages.practice import retention_page

    if purge:
        notes = actions.delete_due_notes(run.context)
        printer.note(f"working notes deleted: {len(notes)}")
    return retention_page(actions.retention(run.context))


@practice.command("erase", client=False)
def erase(
    run: Run,
    client: Annotated[
        str,
        client_option("Which client, by the whole slug. There is no default."),
    ],
    yes: Annotated[
        str | None,
        typer.Option(
            "--yes", metavar="SLUG", help="The slug again, for scripts, where nobody can type it."
        ),
    ] = None,
) -> Document:
    """Erase a client and all their records, for good."""
    from trajplan.actions.practice import before_erasing, clear_traces, erase_client
    from trajplan.pages.practice import erase_warning, erased_page

    try:
        warning = before_erasing(run.context, client)
    except NotFound:
        clear_traces(run.context)
        raise
    run.begin_writing()
    if yes is None:
        printer.notes(erase_warning(warning))
        if not ask.is_person():
            raise UsageFault(f"nothing was erased; `--yes {client}` confirms it")
        yes = ask.for_line(f"Type `{client}` to erase", keep=False)
    return erased_page(erase_client(run.context, client, typed=yes))


@command(client=False, also=LIST_FORMATS)
def undo(
    run: Run,
    listing: Annotated[
        bool, typer.Option("--list", help="Only list what can be taken back, the last first.")
    ] = False,
    redo: Annotated[
        bool,
        typer.Option("--redo", help="Bring back what was taken back last, until you change more."),
    ] = False,
    forget: Annotated[
        bool,
        typer.Option(
            "--forget", help="Clear the list. What was removed is then gone from the file for good."
        ),
    ] = False,
) -> Document:
    """Take back the last command that changed records.

    It may be about any client, and you are told what was taken back. The last 20 can be taken
    back, one after the other. Ratings are withdrawn, not deleted.
    """
    from trajplan.actions import undo as actions
    from trajplan.pages.undo import forgotten_page, undo_list_page, undone_page

    if listing + redo + forget > 1:
        raise UsageFault("--list, --redo and --forget do not go together; give one of them")
    if listing:
        return undo_list_page(actions.undo_list(run.context))
    if any(map(run.asks_for, LIST_FORMATS)):
        raise UsageFault("csv and jsonl are for --list; nothing was taken back")
    run.begin_writing(purges=False)
    if forget:
        return forgotten_page(actions.forget(run.context))
    return undone_page(actions.take_back(run.context, redo=redo))


@command(client=False)
def demo(
    run: Run,  # noqa: ARG001 - every command takes one
    whom: Annotated[
        Literal["coach", "client"], typer.Option("--for", help="Whose page to print.")
    ] = "coach",
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each question was chosen.")
    ] = False,
    keep: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Save the fictional practice here, to play with."),
    ] = None,
) -> Document:
    """Show a real plan from a fictional practice. --keep saves that practice, to play with."""
    from trajplan.actions.demo import demo_plan

    plan = demo_plan(keep)
    printer.note(
        f"a fictional practice, saved in {keep}: add --practice {keep} to any command"
        if keep
        else "a fictional practice, made for this and thrown away afterwards"
    )
    if whom == "client":
        from trajplan.pages.agenda import agenda, client_view

        return agenda(client_view(plan))
    from trajplan.pages.plan import coach_plan

    return coach_plan(plan, explain=explain, full=True)
