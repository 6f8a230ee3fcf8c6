"""`trajplan progress`."""

from __future__ import annotations

from trajplan.actions.context import load_context
from trajplan.actions.progress import progress as figures
from trajplan.cli import printer
from trajplan.cli.options import ClientOption, FormatOption, OutputOption
from trajplan.pages.progress import progress_page


def progress(
    client: ClientOption = None, form: FormatOption = None, output: OutputOption = None
) -> None:
    """Print value per hour and completion by kind, recurring obstacles, and estimates."""
    printer.show(progress_page(figures(load_context(), client=client)), form, output)
