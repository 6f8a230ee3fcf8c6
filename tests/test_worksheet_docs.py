"""The worksheet in the how-to works as it is written there."""

from __future__ import annotations

import re
from pathlib import Path

from coaching import Coach

HOW_TO = Path(__file__).parent.parent / "docs" / "how-to" / "write-a-worksheet.md"


def test_the_worksheet_of_the_how_to_works(begun: Coach, tmp_path: Path) -> None:
    worksheet, answers = re.findall(r"```yaml\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    folder = tmp_path / "mine" / "blueprints" / "worksheets"
    folder.mkdir(parents=True)
    (folder / "three-offers.yaml").write_text(worksheet, encoding="utf-8")
    begun.more["TRAJPLAN_LIBRARY"] = str(tmp_path / "mine")
    begun.do("blueprints", "check")
    page = begun.do("worksheets", "fill", "three-offers", "--from", "-", stdin=answers).out
    assert "| What it gives me | 7 |" in page
    assert "- **Fits best:** The harbour office 4" in page
    assert "- **Still to be asked for:**" not in page
    assert (
        "The week you wish for: Home by four on two days." in begun.do("prep", "session", "1").out
    )
