"""`trajplan prep brief`."""

from __future__ import annotations

from trajplan.actions.brief import prep_brief as brief_of
from trajplan.actions.desk import set_up
from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.brief import brief_page


def prep_brief(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print what to read before a session, above all before the first: two pages."""
    desk = set_up()
    found = brief_of(desk, client=client)
    printer.notes(desk.left_out)
    printer.show(brief_page(found), form, output)
