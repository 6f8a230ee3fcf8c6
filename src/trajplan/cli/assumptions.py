"""`trajplan assumptions`."""

from __future__ import annotations

from typing import Annotated

import typer

from trajplan.cli import ask
from trajplan.cli.command import Group, Run
from trajplan.cli.form_options import filled_by
from trajplan.cli.formats import LIST_FORMATS
from trajplan.cli.options import complete_assumptions, number_argument, text_argument
from trajplan.pages.document import Document
from trajplan.records.command_forms import AssumptionForm
from trajplan.records.model.commitments import Assumption
from trajplan.text import visible

assumptions = Group(bare="list")

AssumptionNumber = Annotated[int, number_argument(complete_assumptions)]


@assumptions.command("list", also=LIST_FORMATS)
def list_assumptions(run: Run) -> Document:
    """List every assumption in the client's words."""
    from trajplan.actions.assumptions import belief_cues
    from trajplan.pages.assumptions import assumption_list

    return assumption_list(run.dossier(), belief_cues(run.context))


@assumptions.command("show")
def show_assumption(run: Run, number: AssumptionNumber) -> Document:
    """Show an assumption with its evidence."""
    from trajplan.actions.assumptions import belief_cues
    from trajplan.pages.assumptions import assumption_page

    return assumption_page(run.detail(Assumption, number), belief_cues(run.context))


@assumptions.command("add")
def add_assumption(
    run: Run,
    text: Annotated[str, text_argument("In the client's own words", from_file=True)] = "",
    note: Annotated[
        int | None,
        typer.Option(
            "--from-note",
            metavar="NOTE",
            help="Take it from this note: the TEXT you give, or the words the note quotes. It "
            "counts as heard in the note's session.",
        ),
    ] = None,
    *,
    form: Annotated[
        AssumptionForm, filled_by(without=("status", "evidence_for", "evidence_against"))
    ],
) -> Document:
    """Record an assumption as it was heard. Without --from-note: in the last session."""
    from trajplan.actions.assumptions import belief_cues, new_assumption, words_in_note
    from trajplan.pages.assumptions import assumption_page

    client = run.right_client()
    if note is not None and not text and ask.is_person():
        quotations = words_in_note(run.context, note, client=client)
        if len(quotations) > 1:
            text = ask.for_choice("Which words are the belief", quotations)
        elif not quotations:
            text = ask.for_something("The note quotes nothing. In the client's own words")
    if note is None:
        missing = "an assumption needs words; give them, or `-` to type them in"
        text = ask.required(text, "In the client's words", missing)
    added = new_assumption(run.context, visible(text), client=client, note=note, form=form)
    run.hints(added.hints)
    return assumption_page(added, belief_cues(run.context))


@assumptions.command("update")
def update_assumption(
    run: Run,
    number: AssumptionNumber,
    form: Annotated[AssumptionForm, filled_by()],
) -> Document:
    """Add evidence for or against an assumption, change its status or confirm its kind."""
    from trajplan.actions.assumptions import belief_cues, weigh_assumption
    from trajplan.pages.assumptions import assumption_page

    weighed = weigh_assumption(run.context, number, form, client=run.right_client())
    run.hints(weighed.hints)
    return assumption_page(weighed, belief_cues(run.context))


@assumptions.command("remove")
def remove_assumption(run: Run, number: AssumptionNumber) -> Document:
    """Remove an assumption, also from the intake. `trajplan undo` brings it back."""
    return run.remove(Assumption, number)
