"""Pages in headless Chromium, where it is installed: what axe-core finds, and how they print.

axe-core comes from npm: `npm install axe-core` in the project's folder, or `AXE_CORE` names the
file `axe.min.js`. Tests that want what is not there are skipped and say so.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Literal

import pytest

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
AXE = Path(os.environ.get("AXE_CORE") or ROOT / "node_modules" / "axe-core" / "axe.min.js")
Scheme = Literal["light", "dark"]
Paper = Literal["A4", "letter"]
SCHEMES: dict[Scheme, str] = {"dark": "0", "light": "1"}
"""What Chromium calls them."""
RUN_AXE = """
axe.run(document, {resultTypes: ["violations"]}).then(result => {
  const found = document.createElement("pre");
  found.id = "found";
  found.textContent = JSON.stringify(result);
  document.body.append(found);
});
"""


def violations(page: Path, scheme: Scheme, width: int) -> list[str]:
    """What axe-core holds against a page: the rule, and the first element that breaks it."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm install axe-core)")
    # The page itself lets no script run: a copy does, for the one that looks at it.
    source = re.sub("<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{RUN_AXE}</script>"
    copy = page.with_suffix(".axe.html")
    copy.write_text(source.replace("</body>", f"{script}</body>"), encoding="utf-8")
    dom = chromium(
        *("--virtual-time-budget=30000", "--dump-dom", f"--window-size={width},1200"),
        *(f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}", copy.as_uri()),
    )
    found = re.search('<pre id="found">(.*?)</pre>', dom, re.DOTALL)
    assert found, "axe-core said nothing"
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    assert len(result["passes"]) > 10, "axe-core looked at nothing"
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in result["violations"]]


def sheets_of_paper(page: Path, size: Paper) -> list[tuple[float, float]]:
    """Each sheet the page is printed on, as width and height in millimetres."""
    source = re.sub("<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))
    copy, pdf = page.with_suffix(f".{size}.html"), page.with_suffix(f".{size}.pdf")
    copy.write_text(source.replace("@page {", f"@page {{ size: {size};", 1), encoding="utf-8")
    chromium("--no-pdf-header-footer", f"--print-to-pdf={pdf}", copy.as_uri())
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf.read_bytes())
    return [(float(width) * 25.4 / 72, float(height) * 25.4 / 72) for width, height in boxes]


def chromium(*options: str) -> str:
    """Run it without a window; its standard output. Skips where it is not installed."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *options]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")
