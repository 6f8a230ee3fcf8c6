"""`trajplan wrap`: what a session leaves behind, on one form (R133); `trajplan recap`: the mail.

A person fills the form in with their editor, or is asked in turn; a file takes the same form, or
YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trajplan.cli import ask, printer
from trajplan.cli.command import Group, Run, command
from trajplan.cli.options import form_file_option, session_argument
from trajplan.dates import short_date
from trajplan.errors import CannotDo, InvalidContent, UsageFault
from trajplan.pages.document import Document
from trajplan.records.command_forms import FormFile

if TYPE_CHECKING:
    from trajplan.actions.wrap.draft import OpenWrap
    from trajplan.actions.wrap.save import WrapResult

wrap = Group(bare="session", numbered=True)


@wrap.command("session")
def wrap_session(
    run: Run,
    number: Annotated[str | None, session_argument("the past one that is not wrapped")] = None,
    source: Annotated[
        FormFile | None, form_file_option("The form filled in, or a wrap in YAML")
    ] = None,
    in_turn: Annotated[
        bool, typer.Option("--ask", help="Be asked in turn instead of in your editor.")
    ] = False,
    print_form: Annotated[
        bool,
        typer.Option("--form", help="Only print the form, to fill in elsewhere; --from reads it."),
    ] = False,
    blank: Annotated[
        bool, typer.Option("--blank", help="Only print an empty sheet to fill in by hand.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace an earlier wrap.")] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Accept due dates that are not between this session and the next."
        ),
    ] = False,
) -> Document | None:
    """Wrap up a session and print its action-commitment sheet, or print the sheet again.

    Without --from, one form opens in your editor ($VISUAL or $EDITOR), filled in as far as is
    known. What you type is a draft until it is saved: whatever happens, the next run offers it.
    Afterwards `trajplan recap` writes the mail for the client.
    """
    if sum((source is not None, in_turn, print_form, blank)) > 1:
        raise UsageFault("give one of --from, --ask, --form and --blank")
    if blank:
        return _blank_sheet(run, number)
    if print_form:
        return _blank_form(run, number)
    if source is not None:
        return _wrapped_from_file(run, source, number, replace=replace, force=force)
    if not ask.is_person():
        if in_turn:
            raise UsageFault("--ask needs somebody to answer; give a file with --from FILE")
        if number is None:
            raise UsageFault("which session? Name it, or give its wrap with --from FILE")
        return _saved_sheet(run, number)
    if number is not None and not replace and _is_wrapped(run, number):
        return _saved_sheet(run, number)
    client = run.right_client()
    number = _waiting(run, client, asks=True) if number is None else number
    fill_in = ask_wrap if in_turn else edit_wrap
    show_saved(run, fill_in(run, client=client, number=number, replace=replace, force=force))
    return None


def _blank_sheet(run: Run, number: str | None) -> Document:
    from trajplan.actions.sheet import blank_sheet
    from trajplan.pages.sheet import sheet

    return sheet(blank_sheet(run.context, client=run.client, number=number), run.words())


def _blank_form(run: Run, number: str | None) -> Document:
    """The form to fill in elsewhere; that of a wrapped session is filled in."""
    from trajplan.actions.wrap.draft import open_wrap
    from trajplan.pages.worksheet_form import wrap_form_page

    number = _waiting(run, run.client, asks=False) if number is None else number
    opened = open_wrap(run.context, client=run.client, number=number, replace=True)
    _say_draft(run, run.client, number)
    return wrap_form_page(opened.form)


def _saved_sheet(run: Run, number: str) -> Document:
    """The sheet of a wrapped session; said is what `live` kept and no wrap holds."""
    from trajplan.actions.sheet import wrapped_sheet
    from trajplan.actions.wrap.draft import kept_beside_wrap
    from trajplan.pages.sheet import sheet

    filled = wrapped_sheet(run.context, client=run.client, number=number)
    printer.notes(kept_beside_wrap(run.context, client=run.client, number=number))
    _say_draft(run, run.client, number)
    return sheet(filled, run.words())


def _say_draft(run: Run, client: str | None, number: str) -> None:
    """Say that a form of the session lies there, begun and not saved."""
    from trajplan.actions.wrap.draft import waiting_draft

    if waiting_draft(run.context, client=client, number=number):
        printer.note(
            f"a form of session {number} that you began is still there; "
            f"`trajplan wrap {number}{' --replace' if _is_wrapped(run, number) else ''}` offers it"
        )


def show_saved(run: Run, result: WrapResult) -> None:
    """Print the sheet of a wrap that a person has just filled in; then say that it is saved, which
    days it holds, and what comes next."""
    from trajplan.pages.sheet import sheet

    run.hints(result.hints)
    run.show(sheet(result.sheet, run.words()))
    number = result.sheet.session
    due = "".join(
        f"; commitment {promise.number} is due {short_date(promise.due)}"
        for promise in result.sheet.commitments
    )
    printer.note(f"session {number} is wrapped and saved{due}")
    printer.note(
        f"`trajplan recap {number}` writes the mail; `trajplan wrap {number} --replace` opens the "
        "form again, filled in"
    )


def _is_wrapped(run: Run, number: str) -> bool:
    from trajplan.actions.wrap.draft import is_wrapped

    return is_wrapped(run.context, client=run.client, number=number)


def _waiting(run: Run, client: str | None, *, asks: bool) -> str:
    """The past session that has no wrap; of several, the one a person chooses. Raises CannotDo."""
    from trajplan.actions.wrap.draft import sessions_to_wrap

    numbers = sessions_to_wrap(run.context, client)
    if not numbers:
        raise CannotDo(
            "every session up to today is wrapped; `trajplan wrap session N` wraps another"
        )
    if len(numbers) == 1:
        return numbers[0]
    if not asks:
        raise CannotDo(f"which session? Not wrapped yet are {', '.join(numbers)}")
    return ask.for_choice("Which session? Not wrapped yet are", numbers, keep=False)


def _wrapped_from_file(
    run: Run, source: FormFile, number: str | None, *, replace: bool, force: bool
) -> Document:
    """Save a wrap from a file, a form that says itself which session it is of, or YAML; return its
    sheet."""
    from trajplan.actions.wrap.draft import open_wrap
    from trajplan.actions.wrap.form_text import form_identity, lacks_identity
    from trajplan.actions.wrap.reading import read_yaml_wrap
    from trajplan.actions.wrap.save import save_wrap
    from trajplan.pages.sheet import sheet

    name, data = source.name, source.data
    identity = form_identity(data)
    if identity is None and lacks_identity(data):
        raise CannotDo(
            "this looks like the form of a wrap, but the line below its title that says whose it "
            "is, such as `*Wrap of session 4, for SLUG*`, is not there; put it back"
        )
    if identity is None:
        wrap_input = read_yaml_wrap(name, data, run.context.today)
        client = run.right_client()
        number = wrap_input.named_session if number is None else number
        result = save_wrap(
            run.context, wrap_input, client=client, number=number, replace=replace, force=force
        )
    else:
        client = run.right_client()
        number = str(identity[0]) if number is None else number
        opened = open_wrap(run.context, client=client, number=number, replace=replace)
        try:
            result = _save_form(run, opened, name, data, replace=replace, force=force)
        except InvalidContent as faults:
            _keep_form(run, opened, source, faults)
            raise
    _say_draft(run, client, str(result.sheet.session))
    run.hints(result.hints)
    return sheet(result.sheet, run.words())


def _keep_form(run: Run, opened: OpenWrap, source: FormFile, faults: InvalidContent) -> None:
    """Keep a form that cannot be saved as it stands, and say where it is. A file is kept where it
    lies; what came from a pipe is in no file, so it becomes the draft where there is none."""
    from trajplan.actions.sources import STANDARD_INPUT
    from trajplan.cli.editor import marked

    if source.name != STANDARD_INPUT:
        printer.note(f"nothing was saved; what you wrote is in {source.name}, to be mended there")
    elif opened.draft.read() is None:
        opened.draft.write(marked(source.data, faults))
        _say_kept(run, opened)
    else:
        printer.note(
            "nothing was saved, and a form that you began stays as it is; send this one into a file"
        )


def _save_form(
    run: Run, opened: OpenWrap, name: str, data: bytes, *, replace: bool, force: bool
) -> WrapResult:
    """Read the form of a session as it was filled in, and save it. Raises InvalidContent."""
    from trajplan.actions.wrap.reading import read_wrap_form
    from trajplan.actions.wrap.save import save_wrap

    form = opened.form
    return save_wrap(
        run.context,
        read_wrap_form(form, name, data),
        client=form.dossier.client.slug,
        number=str(form.session.number),
        replace=replace,
        force=force,
    )


def _say_kept(run: Run, opened: OpenWrap) -> None:
    """Say that what was filled in is a draft now, and which command opens it."""
    form = opened.form
    command = _wrap_command(run, form.dossier.client.slug, str(form.session.number))
    printer.note(
        f"nothing was saved; what you wrote is a draft, and {command} opens it in your editor, "
        "to be mended there"
    )


def edit_wrap(
    run: Run,
    *,
    client: str,
    number: str | None,
    replace: bool = False,
    force: bool = False,
) -> WrapResult:
    """Let a person fill the form in, as often as it takes, and save it.

    Raises CannotDo when nothing was saved.
    """
    from trajplan.actions.wrap.draft import go_on_with_draft, open_wrap
    from trajplan.actions.wrap.form_text import form_text
    from trajplan.cli import editor

    opened = open_wrap(run.context, client=client, number=number, replace=replace)
    session = str(opened.form.session.number)
    printer.notes(go_on_with_draft(opened))
    return editor.edit(
        form_text(opened.form),
        lambda data: _save_form(run, opened, "<editor>", data, replace=replace, force=force),
        opened.draft,
        filled_in=not (opened.live or opened.saved),
        complete="what the session told is kept" if opened.live else "",
        untouched="nothing was changed; the wrap stays as it is" if opened.saved else "",
        offered_by=lambda: _wrap_command(run, client, session),
    )


def ask_wrap(
    run: Run, *, client: str, number: str | None, replace: bool = False, force: bool = False
) -> WrapResult:
    """Ask for all of the form in turn, and save it. Raises Abort when it is not to be saved."""
    from trajplan.actions.wrap.draft import go_on_with_draft, open_wrap
    from trajplan.actions.wrap.form_text import answers_of, form_text, part_to_show
    from trajplan.actions.wrap.reading import answers_in, hearing
    from trajplan.cli.interview import interview

    opened = open_wrap(run.context, client=client, number=number, replace=replace)
    printer.notes(go_on_with_draft(opened))
    form, session = opened.form, opened.form.session
    known = answers_of(form, form.prefilled)
    title = f"{form.dossier.client.name} · session {session.number}"
    try:
        answers = interview(
            part_to_show(form, known),
            known,
            draft=opened.draft,
            write=lambda answers: form_text(form, answers),
            read=lambda data: answers_in(form, str(opened.draft.path), data),
            hear=hearing(form, run.context.library, run.context.today, force=force),
            title=title,
        )
        data = form_text(form, answers).encode("utf-8")
        result = _save_form(run, opened, str(opened.draft.path), data, replace=replace, force=force)
    except (InvalidContent, CannotDo):
        if opened.draft.read() is not None:
            _say_kept(run, opened)
        raise
    opened.draft.delete()
    return result


def _wrap_command(run: Run, client: str, number: str) -> str:
    """The command that offers the draft of a session as things stand: it may have been wrapped
    elsewhere meanwhile. Raises NotFound."""
    from trajplan.actions.wrap.draft import is_wrapped

    option = " --replace" if is_wrapped(run.context, client=client, number=number) else ""
    return f"`trajplan wrap {number}{option}`"


@command()
def recap(
    run: Run,
    number: Annotated[str | None, session_argument("the one held last")] = None,
) -> Document:
    """Write the mail that follows a session. It is printed ready to paste; nothing is sent.

    It says what the client took on and when you meet again. `trajplan pages copy recap` lets you
    word it your own way.
    """
    from trajplan.actions.recap import session_recap
    from trajplan.pages.recap import recap_page

    client = run.meant_client()
    session = session_recap(run.context, client=client, number=number)
    page = recap_page(session)
    recap = session.recap
    printer.note(f"{recap.client_name} · session {recap.session}")
    for remark in session.remarks:
        printer.note(remark)
    printer.note("Before you send it: is this a private address? Others may read mail at work.")
    return page
