"""A coach's editor, played by a script, and the drafts it works on."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from coaching import Coach

SCRIPT = """\
#!{python}
import os, shutil, stat, sys
from pathlib import Path

file, log = Path(sys.argv[-1]), Path({log!r})
turn = len(list(log.glob("seen-*")))
shutil.copy(file, log / f"seen-{{turn}}")
(log / f"options-{{turn}}").write_text(" ".join(sys.argv[1:-1]))
modes = [f"{{stat.S_IMODE(one.stat().st_mode):o}}" for one in (file, file.parent)]
(log / "modes").write_text(" ".join([*modes, str(file)]))
turns = {turns!r}
old, new = turns[turn] if turn < len(turns) else ("", "")
text = file.read_text()
file.write_text(new if old is None else text.replace(old, new))
sys.exit({code})
"""


def editor(coach: Coach, *turns: tuple[str | None, str], code: int = 0) -> Path:
    """Make a script the coach's editor: each turn replaces a text, or everything (None)."""
    log = coach.home / "log"
    log.mkdir()
    script = coach.home / "my editor"
    script.write_text(
        SCRIPT.format(python=sys.executable, log=str(log), turns=list(turns), code=code)
    )
    script.chmod(0o700)
    coach.more.update({"EDITOR": "false", "VISUAL": f'"{script}" --wait'})
    return log


QUESTIONS = {
    "focus": "Focus:",
    "takeaways": "What the client takes away",
    "commitment": "Commitment 1: What:",
    "accountability": "How the client wants to be held to it:",
    "inquiry": "The question that goes home",
    "parked": "Parked for another time",
    "beliefs": "Beliefs you heard",
    "notes": "Notes:",
    "minutes": "Minutes it took:",
    "energy": "Energy:",
    "ratings": "clear to me): Rating:",
    "handed_out": "Worksheets that went home",
    "next": "You meet again",
    "halfway": "A short message in between:",
    "serves": "The priority it served:",
    "others": "Other questions you asked",
    "agreement": "Agreed anew on the way:",
    "frame_change": "What the session turned to:",
    "working": "Working notes:",
    "pinned": "Pinned note:",
    "save": "Save this?",
}
"""What `wrap --ask` asks of a session that has no plan, in its order."""
_LISTS = ("takeaways", "parked", "beliefs", "handed_out", "others")
_EMPTY = {"ratings": "-"}


Said = Mapping[str, str | Sequence[str] | None]


def in_turn(said: Said, until: str = "") -> list[tuple[str, str]]:
    """What is asked and typed, where only some questions are answered and Enter does for the rest.

    A list's items are typed one by one. After a question may come others: pairs of what is asked
    and typed; what has None is not asked. `until`: the last question to be answered.
    """
    typed: list[tuple[str, str]] = []
    for name, question in QUESTIONS.items():
        answer = said.get(name, _EMPTY.get(name, ""))
        if answer is None:
            continue
        if name in _LISTS:
            typed.append((question, ""))
            number = 1
            for item in [*([answer] if isinstance(answer, str) else answer), ""]:
                if " => " in item:
                    typed.append(pair(item))
                elif item or number > 1 or not answer:
                    typed.append((f"  {number}:", item))
                    number += 1
                    if not item:
                        break
        elif isinstance(answer, str):
            typed.append((question, answer))
        else:
            typed.append((question, answer[0]))
            typed += map(pair, answer[1:])
        if name == until:
            break
    return [(piece, f"{text}\n" if text or not is_title(piece) else "") for piece, text in typed]


def pair(text: str) -> tuple[str, str]:
    """What is asked and what is typed, from `asked => typed`."""
    asked, _, typed = text.partition(" => ")
    return asked, typed


def is_title(piece: str) -> bool:
    """Whether it stands above a list and is not asked itself."""
    return piece in [QUESTIONS[name] for name in _LISTS]


def drafts(coach: Coach) -> list[Path]:
    return sorted(coach.practice.parent.glob("*.drafts/*"))
