"""The README's five minutes work as they are written there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from editing import editor

from coaching import Coach

README = Path(__file__).parents[2] / "README.md"
BY_HAND = ("worksheets fill", "close --follow-up")
"""Commands that wait for what a person writes into a form."""


def test_five_minutes_with_a_client_work_as_written(coach: Coach) -> None:
    text = README.read_text(encoding="utf-8")
    part = text[text.index("## Five minutes with a client") : text.index("## Your own content")]
    for name, form in re.findall(r"```yaml\n# (\w+)\.yaml\n(.*?)```", part, re.DOTALL):
        coach.write(f"{name}.yaml", form)
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", part, re.DOTALL)).splitlines()
    run = [shlex.split(line, comments=True)[1:] for line in lines if line]
    assert len(run) > 30
    (wrap,) = re.findall(r"```markdown\n(.*?)```", part, re.DOTALL)
    editor(coach, (None, wrap))
    for words in run:
        if " ".join(words).startswith(BY_HAND):
            continue
        if words[0] == "wrap":
            wrapped = coach.at_a_terminal(*words)
            assert wrapped.code == 0, wrapped.out
            assert "Ten lines in a notebook" in wrapped.out
            continue
        files = [
            str(coach.home / word) if word.endswith((".yaml", ".md")) else word for word in words
        ]
        coach.do(*files, stdin="What was said." if "-" in words else "")
