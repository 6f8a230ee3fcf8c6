"""`trajplan today`."""

from __future__ import annotations

from trajplan.cli import printer
from trajplan.cli.options import FormatOption, OutputOption
from trajplan.documents.today import today_page
from trajplan.usecases.desk import set_up
from trajplan.usecases.today import today_of


def today(form: FormatOption = None, output: OutputOption = None) -> None:
    """Print who comes today and what waits with each client."""
    printer.show(today_page(today_of(set_up())), form, output)
