"""Modules of Python's own that Typer, pathlib and shutil import and hardly any run uses.

To import them takes as long as to start Python. Here each is found at the start, and loaded when
something in it is first asked for.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

LATE = ("subprocess", "tokenize", "ipaddress", "bz2", "lzma")


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
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None:
            module = importlib.util.module_from_spec(spec)
            module.__class__ = LateModule
            sys.modules[name] = module
    if "typing_extensions" not in sys.modules:
        # msgspec would import it, and takes typing, which says the same, where it is missing.
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
        try:
            import msgspec  # noqa: F401
        finally:
            del sys.modules["typing_extensions"]
