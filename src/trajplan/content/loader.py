"""The library, from the folders the settings name: kept data when nothing changed, else built."""

from __future__ import annotations

from pathlib import Path

from trajplan.content import cache
from trajplan.content.files import TOP_FOLDERS, Layer, find_files
from trajplan.content.library import Library
from trajplan.errors import StoreFault
from trajplan.settings import Settings


def load(settings: Settings, *, builtin: Path | None = None) -> Library:
    """Return the merged library. Faulty files are left out and stand in `Library.problems`.

    Later layers win: built-in, the user's own folder, each folder of TRAJPLAN_LIBRARY in turn.
    `builtin` replaces the content shipped with the program. Raises StoreFault when the shipped
    content or PyYAML's C parser is missing.
    """
    layers = layers_of(settings, builtin=builtin)
    files = find_files(layers)
    # What could not be read is not in the digest, so a faulty disk must not look like a clean one.
    usable = settings.cache if not files.problems else None
    if usable is not None:
        cached = cache.load(usable, files, layers)
        if cached is not None:
            return cached
    # Only a cold start needs the YAML reader and the contract.
    from trajplan.content.build import build

    library = build(files, layers)
    if usable is not None:
        cache.save(usable, files, library)
    return library


def layers_of(settings: Settings, *, builtin: Path | None = None) -> tuple[Layer, ...]:
    """Return the content folders, the lowest first."""
    return (
        Layer("built-in", builtin or builtin_folder()),
        Layer("user", settings.user_library),
        *(Layer("workspace", folder) for folder in settings.library_folders),
    )


def builtin_folder() -> Path:
    """Return the content shipped with the program: inside the package, or in the checkout.

    An editable install puts nothing beside the package, so the checkout's top level is the second
    place to look. Raises StoreFault when neither has it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "built_in", package.parent.parent):
        if all((folder / name).is_dir() for name in TOP_FOLDERS):
            return folder
    raise StoreFault("the content shipped with trajplan is missing; install trajplan again")
