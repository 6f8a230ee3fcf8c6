"""`trajplan progress`."""

from __future__ import annotations

from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.documents.progress import progress_page
from trajplan.usecases.desk import set_up
from trajplan.usecases.progress import progress as figures


def progress(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print value per hour and completion by kind, recurring obstacles, and estimates."""
    printer.show(progress_page(figures(set_up(), client=client)), form, output)
