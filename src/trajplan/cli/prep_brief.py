"""`trajplan prep brief`."""

from __future__ import annotations

from trajplan.actions.brief import prep_brief as brief_of
from trajplan.actions.context import load_context
from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.brief import brief_page


def prep_brief(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print what to read before a session, above all before the first: two pages."""
    context = load_context()
    found = brief_of(context, client=client)
    printer.notes(context.left_out)
    printer.show(brief_page(found), form, output)
