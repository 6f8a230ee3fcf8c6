"""What every command has in common: the options it shares, its client, its page.

A command is a function that takes a `Run` and options of its own, and returns a page:

    goals = Group(bare="list")

    @goals.command("list")
    def list_goals(run: Run) -> Document:
        '''List goals as a tree with bars, objectives under their themes.'''
        from trajplan.actions.goals import goal_views
        from trajplan.pages.goals import goal_tree

        dossier = run.dossier()
        return goal_tree(dossier, goal_views(dossier, run.context.today))

`--client`, `--format`, `-o` and `--overwrite` are added here, and the page is printed here. The
first sentence of the docstring is the command's line in lists. Help and completion read a file that
holds a group, so it imports actions and pages inside the functions that need them.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from zlib import crc32

import typer
from msgspec import Struct

from trajplan.actions.context import Context, load_context
from trajplan.cli import ask, printer
from trajplan.cli.form_options import gathered, spread
from trajplan.cli.formats import FORMATS, PAGE_FORMATS, Format
from trajplan.cli.kept_answers import with_kept_answers
from trajplan.cli.options import ClientOption, OutputOption, OverwriteOption, format_option
from trajplan.cli.texts import EPILOG, ask_texts, asks, free_texts, read_texts, words_from_file
from trajplan.cli.written_files import WrittenFiles
from trajplan.errors import CannotDo, InvalidContent, NotFound, TrajplanError
from trajplan.pages.document import Document
from trajplan.records.fields import R, Record
from trajplan.system import hear_interrupts

if TYPE_CHECKING:
    from trajplan.actions.client_records import Detail
    from trajplan.actions.hints import Remark
    from trajplan.content.labels import Words
    from trajplan.pages.look import Imprint
    from trajplan.records.dossier import Dossier
    from trajplan.records.drafts import Draft

Function = Callable[..., Document | None]


class Run:
    """One run of a command: what it goes by, the client it is for, and where its page goes."""

    def __init__(
        self,
        client: str | None = None,
        file_format: Format | None = None,
        output: str | None = None,
        overwrite: bool | None = None,
        command: str = "",
    ) -> None:
        self.client = client
        """What `--client` says. Enough to read; a command that writes asks `right_client`."""
        self.file_format = file_format
        self.output = output
        self.writing = False
        """Whether `begin_writing` was called."""
        self.purges = False
        """Whether the working notes that are due go after it."""
        self.overwrite = bool(overwrite)
        self.command = command
        """As it is typed, without options: `commitments add`."""

    @cached_property
    def context(self) -> Context:
        """Settings, day and content of this run."""
        return load_context(command=self.command, say=printer.note)

    @property
    def other_client(self) -> str:
        """The slug of whom the command is for, where that is not the current client; else empty."""
        if not self.client:
            return ""
        from trajplan.actions.client_records import client_named
        from trajplan.records.store import reading

        with suppress(TrajplanError), reading(self.context.practice) as store:
            client = client_named(store, self.client.partition("/")[0])
            return "" if client.id == store.current_client else client.slug
        return ""

    @property
    def written_files(self) -> WrittenFiles:
        """What is known of the file that the page goes to."""
        return WrittenFiles(self.context.settings.cache, self.overwrite)

    def dossier(self) -> Dossier:
        """Everything about the client's engagement, to look at."""
        return self.context.dossier(self.client)

    def detail(self, kind: type[R], number: int, client: str | None = None) -> Detail[R]:
        """The record that the coach calls by a number, with all that it stands among."""
        with self.context.read(client or self.client) as records:
            return records.detail(records.numbered(kind, number))

    def remove(self, kind: type[Record], number: int) -> Document:
        """Remove the record that the coach calls by a number; the page says what is gone."""
        from trajplan.actions.remove import remove
        from trajplan.pages.undo import removed_page

        return removed_page(remove(self.context, kind, number, client=self.right_client()))

    def right_client(self) -> str:
        """Whose records are about to change, settled before anything is asked or saved.

        Raises as `meant_client` does.
        """
        self.begin_writing()
        return self.meant_client()

    def meant_client(self) -> str:
        """Who is meant, where a mistake would hurt.

        When another client has a session today, or a part of a name could mean several, a person
        is asked. Raises WhichClient in a script, NotFound.
        """
        from trajplan.actions.client_records import WhichClient, client_to_change

        try:
            return client_to_change(
                self.context.practice, self.client, self.context.today, self.context.zone
            )
        except WhichClient as doubt:
            if not ask.is_person():
                raise
            self.client = ask.for_choice(f"{doubt}. {doubt.question}", doubt.slugs, keep=False)
            return self.client

    def draft(self, given: Mapping[str, Any], has_client: bool) -> Draft:
        """Where the answers to this command are kept until they are saved (R134).

        `given`: its options, which make another draft where they differ. Raises StoreFault.
        """
        from trajplan.records.drafts import DraftKey

        chosen = {name: value for name, value in given.items() if value}
        mark = f"-{crc32(repr(sorted(chosen.items())).encode()):08x}" if chosen else ""
        what = f"{self.command.replace(' ', '-')}{mark}"
        if has_client:
            with suppress(NotFound, CannotDo), self.context.read(self.client) as records:
                return records.draft(what)
        return self.context.drafts.draft(DraftKey(what))

    def begin_writing(self, *, purges: bool = True) -> None:
        """Say what a sync program left beside the practice; once a run, however often asked for.

        `purges`: the working notes that are due go once the command has done its work. No command
        that brings back what was there may let them go.
        """
        if self.writing:
            return
        self.writing, self.purges = True, purges
        printer.notes(self.context.conflicts)

    def end_writing(self) -> None:
        """Purge the notes that are due, and say so. No refused command comes as far as this."""
        if self.purges:
            printer.notes(self.context.purge_notes())
        elif self.writing:
            printer.notes(self.context.notes_to_purge())

    def hints(self, remarks: Iterable[Remark]) -> None:
        """Say on standard error what there is to know of a change, and what could be better."""
        printer.notes(
            remark if isinstance(remark, str) else f"hint: {remark.text}" for remark in remarks
        )

    def show(self, page: Document) -> None:
        """Print a page as the options say. Only for a command that has something to say after."""
        written_files = self.written_files if self.output else None
        page = self.in_own_words(page)
        if client := self.other_client:
            from trajplan.cli.named_commands import document_for_client

            page = document_for_client(page, client)
        printer.show(page, self.file_format, self.output, written_files, self.imprint)

    def words(self) -> Words:
        """How the client's own pages speak: English where labels of their language are faulty or
        gone, which is said; what a command saved is printed all the same."""
        from trajplan.content.labels import ENGLISH, words_in

        with self.context.read(self.client) as records:
            language = records.engagement.language
        try:
            return words_in(language, self.context.settings.user_library)
        except (InvalidContent, NotFound) as fault:
            printer.fault(fault)
            printer.note("so this page is in English")
            return ENGLISH

    def in_own_words(self, page: Document) -> Document:
        """The page as the coach's own template words it, where there is one. Raises InvalidContent
        for a faulty template, StoreFault."""
        if not (page.name or page.bound):
            return page
        from trajplan.actions.own_pages import own_template
        from trajplan.pages.own_pages import in_own_words

        settings = self.context.settings
        return in_own_words(page, lambda name, language: own_template(settings, name, language))

    def asks_for(self, file_format: Format) -> bool:
        """Whether the page is to be in this format, by `--format` or by the ending of its file."""
        ending = PurePath(self.output or "").suffix.lower()
        return self.file_format == file_format or (
            not self.file_format and ending in FORMATS[file_format].endings
        )

    def imprint(self) -> Imprint:
        """What a page that is handed over says of itself; its day is the injected one."""
        from trajplan.pages.look import Imprint, Look, read_logo

        settings = self.context.settings
        midnight = dt.datetime.combine(self.context.today, dt.time(), dt.UTC)
        look = Look(
            paper=settings.paper,
            name=settings.name,
            logo=read_logo(settings.logo) if settings.logo else None,
            accent=settings.accent,
            ink=settings.ink,
        )
        return Imprint(created=midnight, look=look, note=printer.note)


class Command(Struct, frozen=True):
    """A function with the options that it shares with other commands."""

    function: Function
    takes_client: bool
    """Whether it takes `--client`."""
    file_formats: tuple[Format, ...]
    """What `--format` offers; none: it takes neither that nor `-o`."""

    @property
    def help(self) -> str:
        """Everything `--help` says of it."""
        return inspect.getdoc(self.function) or ""

    @property
    def epilog(self) -> str | None:
        """What `--help` says at its end."""
        return EPILOG if free_texts(self.signature) else None

    @property
    def signature(self) -> inspect.Signature:
        """What it takes, `run` first; of a form the options that fill it in."""
        return spread(inspect.signature(self.function, eval_str=True))

    @property
    def summary(self) -> str:
        """Its line in the list of commands."""
        sentence, stop, _ = " ".join(self.help.split()).partition(". ")
        return sentence + stop.strip()

    def for_typer(self) -> Callable[..., None]:
        """The function as Typer should read it: without `run`, with the shared options.

        Typer asks `inspect.signature` for the options, and calls with all of them by name.
        """
        shared: dict[str, Any] = {}
        if self.takes_client:
            shared["client"] = ClientOption
        if self.file_formats:
            shared |= {
                "file_format": format_option(self.file_formats),
                "output": OutputOption,
                "overwrite": OverwriteOption,
            }

        declared = inspect.signature(self.function, eval_str=True)
        signature = spread(declared)
        _run, *own = signature.parameters.values()
        if any(text.from_file for text in free_texts(signature).values()):
            own.append(words_from_file())

        def run_command(**options: Any) -> None:
            hear_interrupts()
            typed = options.pop("typed")
            command = typed.command_path.partition(" ")[2]
            run = Run(**{name: options.pop(name) for name in shared}, command=command)
            printer.speak_of(lambda: run.other_client)
            if self.file_formats:
                printer.check_output(
                    run.file_format, run.output, run.written_files, self.file_formats
                )
            own_words = free_texts(signature)
            chosen = {name: value for name, value in options.items() if name not in own_words}

            def act() -> Document | None:
                texts = self._texts(run, signature, typed, options)
                return self.function(run, **gathered(declared, texts))

            page = with_kept_answers(lambda: run.draft(chosen, self.takes_client), act)
            if page is not None:
                run.show(page)
            run.end_writing()

        added = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
            for name, option in shared.items()
        ]
        typed = inspect.Parameter("typed", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        run_command.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[*own, *added, typed]
        )
        return run_command

    def _texts(
        self,
        run: Run,
        signature: inspect.Signature,
        typed: typer.Context,
        options: dict[str, Any],
    ) -> dict[str, Any]:
        """The options with each text of a person's own, read or asked for."""
        texts = read_texts(signature, options)
        if not (asks(signature) and ask.can_ask()):
            return texts
        # Nobody is asked about the wrong client.
        run.client = run.right_client()

        def left_out(name: str) -> bool:
            source = typed.get_parameter_source(name)
            return source is not None and source.name.startswith("DEFAULT")

        return ask_texts(signature, texts, left_out)


class Group:
    """The commands of one noun. `bare`: the command that the noun alone means, or empty;
    `numbered`: with a session's number behind it as well, so that `prep 4` is `prep session 4`."""

    def __init__(self, *, bare: str = "", numbered: bool = False) -> None:
        self.bare = bare
        self.numbered = numbered
        self.commands: dict[str, Command] = {}

    def command(
        self, name: str, *, client: bool = True, page: bool = True, also: Sequence[Format] = ()
    ) -> Callable[[Function], Command]:
        """Make a function a command of this noun. `also`: formats it has beside those of a page."""

        def register(function: Function) -> Command:
            self.commands[name] = Command(function, client, _formats(page, also))
            return self.commands[name]

        return register


def command(
    *, client: bool = True, page: bool = True, also: Sequence[Format] = ()
) -> Callable[[Function], Command]:
    """Make a function a command that stands alone; the table in `app.py` gives it its name."""
    return lambda function: Command(function, client, _formats(page, also))


def _formats(page: bool, also: Sequence[Format]) -> tuple[Format, ...]:
    return (*PAGE_FORMATS, *also) if page else ()
