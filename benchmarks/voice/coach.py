"""A coach at the real command line, with a practice and a day of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct

COMMAND = Path(sys.executable).with_name("trajplan")


class Coach(Struct, kw_only=True):
    """Runs `trajplan` on one practice. Nothing outside `folder` and `cache` is read or written."""

    folder: Path
    cache: Path
    today: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What the command may know: no settings of the one who runs the bench."""
        folders = {f"XDG_{name}_HOME": str(self.folder) for name in ("CONFIG", "DATA", "CACHE")}
        system = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {
            **system,
            **folders,
            "HOME": str(self.folder),
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "TRAJPLAN_PRACTICE": str(self.folder / "practice" / "practice.sqlite3"),
            "TRAJPLAN_CACHE": str(self.cache),
            "TRAJPLAN_TODAY": self.today,
        }

    def do(self, *arguments: str, stdin: str = "") -> str:
        """Run a command that must succeed, and return what it printed."""
        run = subprocess.run(
            [str(COMMAND), *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=self.environment,
            check=False,
        )
        if run.returncode:
            words = " ".join(arguments)
            raise SystemExit(f"{self.today}: trajplan {words}: exit {run.returncode}\n{run.stderr}")
        return run.stdout

    def ask(self, *arguments: str, stdin: str = "") -> Any:
        """Run a command that must succeed, and read its JSON."""
        return json.loads(self.do(*arguments, "--format", "json", stdin=stdin))
