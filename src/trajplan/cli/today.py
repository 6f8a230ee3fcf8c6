"""`trajplan today`."""

from __future__ import annotations

from trajplan.actions.context import load_context
from trajplan.actions.today import today_of
from trajplan.cli import printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.pages.today import today_page


def today(form: FormatOption = None, output: OutputOption = None) -> None:
    """Print who comes today and what waits with each client."""
    printer.show(today_page(today_of(load_context())), form, output)
