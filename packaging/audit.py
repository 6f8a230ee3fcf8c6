"""Ask for known weaknesses of every release in `requirements-dev.lock`, as CI does.

    python packaging/audit.py

pip-audit reads the lock and asks the package index for advisories. It counts a release that the
index knows nothing of as unharmed, so what it was told is looked at here: where nothing could be
asked, as offline or with an index that keeps no advisories, the check says that it was skipped.

Exit codes: 0 nothing is known or nothing could be asked, 1 a weakness is known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements-dev.lock"


def main() -> int:
    """Run pip-audit, say what came of it, and return the exit code."""
    words = ["--requirement", str(LOCK), "--require-hashes", "--disable-pip", "--format", "json"]
    audit = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        releases = json.loads(audit.stdout)["dependencies"]
    except (ValueError, KeyError):
        why = audit.stderr.strip().splitlines() or ["it said nothing"]
        print(f"skipped, as pip-audit could not ask: {why[-1]}")
        return 0
    code, lines = verdict(releases)
    print("\n".join(lines))
    return code


def verdict(releases: Sequence[dict[str, Any]]) -> tuple[int, list[str]]:
    """The exit code and the lines to print, from what pip-audit says of each release.

    A release has `name`, and either `skip_reason`, or `version` and `vulns` with `id` and
    `fix_versions`.
    """
    known = [
        f"{release['name']} {release['version']}: {weakness['id']}, mended in"
        f" {', '.join(weakness['fix_versions']) or 'no release yet'}"
        for release in releases
        for weakness in release.get("vulns", ())
    ]
    unasked = [release["name"] for release in releases if "skip_reason" in release]
    if not releases:
        return 0, ["skipped, as no release was looked at"]
    if len(unasked) == len(releases):
        return 0, [f"skipped, as no advisories could be had for any of {len(releases)} releases"]
    lines = known or [f"no weakness is known of {len(releases) - len(unasked)} releases"]
    if unasked:
        lines.append(f"not asked, as no advisories could be had: {', '.join(unasked)}")
    return int(bool(known)), lines


if __name__ == "__main__":
    sys.exit(main())
