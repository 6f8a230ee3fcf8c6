"""Modules of Python's own that Typer, msgspec, pathlib and shutil import and hardly any run uses.

To import them takes as long as to start Python. Here each is found at the start, and loaded when
something in it is first asked for.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

LATE = (
    *(
        "subprocess",
        "tokenize",
        "ipaddress",
        "bz2",
        "lzma",
        "textwrap",
        "ntpath",
        "uuid",
        "decimal",
    ),
    *("shutil", "msgspec.inspect"),
)
_NOT_MET = {
    "uuid": {"UUID": type("UUID", (), {}), "SafeUUID": type("SafeUUID", (), {"unknown": None})},
    "decimal": {"Decimal": type("Decimal", (), {})},
}
"""In place of classes that msgspec knows on sight, and that stand in no record and no content."""


class LateModule(ModuleType):
    """A module that was found and has nothing of its own yet.

    Python's own `LazyLoader` does not do: there the second `import` already loads the module.
    """

    def __getattr__(self, name: str) -> object:
        """Load the module when it is first asked for something."""
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module(self)
        return getattr(self, name)


def load_late() -> None:
    """Let these modules wait until they are used; call it before anything imports them."""
    for name in LATE:
        spec = None if name in sys.modules else _spec(name)
        if spec is not None:
            module = importlib.util.module_from_spec(spec)
            module.__class__ = LateModule
            sys.modules[name] = module
    if "msgspec" not in sys.modules:
        _load_msgspec()


def _spec(name: str) -> ModuleSpec | None:
    """Where a module is; the package it belongs to is not imported for that."""
    package = name.rpartition(".")[0]
    if not package:
        return importlib.util.find_spec(name)
    above = importlib.util.find_spec(package)
    return PathFinder.find_spec(name, above.submodule_search_locations) if above else None


def _load_msgspec() -> None:
    """Import it without the modules that it imports for a class or two."""
    late = [
        (vars(sys.modules[name]), classes)
        for name, classes in _NOT_MET.items()
        if type(sys.modules[name]) is LateModule
    ]
    for module, classes in late:
        module.update(classes)
    # It takes typing, which says the same, where this is missing.
    hides_it = "typing_extensions" not in sys.modules
    if hides_it:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        if hides_it:
            del sys.modules["typing_extensions"]
        for module, classes in late:
            for name, stand_in in classes.items():
                if module.get(name) is stand_in:
                    del module[name]
