"""Draw blind pairs: somebody else's question beside one of ours, on the same topic or moment.

    python benchmarks/voice/pairs.py --theirs FILE --name public --out DIR --key FILE [--pairs N]

`FILE` has one question a line; such lists stay outside the project. The reader gets what is in DIR
and never the key.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from coach import Coach

# What a question is for, told by its words, the latest moment of a session first. Coarse: it only
# keeps a closing question from being held against an opening one.
MOMENTS = {
    "momentum_planning": r"take away|taking away|took away|most useful"
    r"|learn(ed|t)? (from|about|today)|remember from|celebrat|before we (finish|close|end)"
    r"|sum up|summar",
    "action_design": r"will you|going to do|next step|first step|small(est)? step|commit|by when"
    r"|what support|support do you need|hold yourself|accountab|get in the way|could stop you"
    r"|obstacle|start doing|stop doing|action",
    "context_setting": r"on your mind|focus on|work on|talk about|since (last|we)|this session"
    r"|conversation|bring(s)? you here|today",
    "insight_generation": r"learn|pattern|assum|belie(f|ve)|tell(s)? you|notice|perspective|mean to"
    r"|advice|friend|realis|realiz|understand|truth",
}
ELSE = "strategic_inquiry"
STRAIGHT = str.maketrans("’‘“”", "''\"\"")


class Question(Struct, frozen=True, kw_only=True):
    """One of our questions, as `trajplan questions list` prints it; other keys are not needed."""

    id: str
    text: str
    components: tuple[str, ...]
    topics: tuple[str, ...]
    leans_on: str | None


class Topic(Struct, frozen=True, kw_only=True):
    """What a topic is heard by, as `trajplan blueprints show` prints it."""

    id: str
    cues: dict[str, tuple[str, ...]]

    def heard(self, words: str) -> bool:
        """Whether the words have one of the topic's English phrases in them."""
        cues = "|".join(re.escape(cue) for cue in self.cues.get("en", ()))
        return bool(cues) and re.search(rf"\b({cues})\b", words, re.IGNORECASE) is not None


class Pair(Struct, frozen=True, kw_only=True):
    """Two questions, shuffled, and which of them is ours."""

    id: str
    matched_by: str
    """The topic, or the part of a session, that both are for."""
    a: str
    b: str
    ours: str
    """`A` or `B`."""
    question: str
    """The id of ours."""


class Key(Struct, frozen=True, kw_only=True):
    """What the key file holds: enough to read the verdicts and to draw the same pairs again."""

    name: str
    seed: int
    pairs: tuple[Pair, ...]


def main() -> None:
    """Read both sides, draw, and write the reader's files and the key."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--theirs", type=Path, required=True, help="one question a line")
    parser.add_argument("--name", required=True, help="what the other list is called")
    parser.add_argument("--out", type=Path, required=True, help="where the reader's files go")
    parser.add_argument("--key", type=Path, required=True, help="where the key goes")
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.key.resolve().is_relative_to(options.out.resolve()):
        parser.error("--key: inside the reader's folder it would be read")
    # Curly marks on one side only would tell the reader which question is whose.
    lines = options.theirs.read_text(encoding="utf-8").translate(STRAIGHT).splitlines()
    theirs = [line.strip() for line in lines]
    theirs = [line for line in dict.fromkeys(theirs) if line and not line.startswith("#")]
    ours, topics = library()
    pairs = draw(theirs, ours, topics, options)
    if len(pairs) < options.pairs:
        sys.stderr.write(f"only {len(pairs)} of {options.pairs} pairs could be matched\n")
    options.out.mkdir(parents=True, exist_ok=True)
    options.key.parent.mkdir(parents=True, exist_ok=True)
    for path in write(options.out, options.name, pairs):
        sys.stdout.write(f"{path}\n")
    key = Key(name=options.name, seed=options.seed, pairs=tuple(pairs))
    options.key.write_bytes(msgspec.json.format(msgspec.json.encode(key), indent=2) + b"\n")
    sys.stdout.write(f"{options.key}\n")


def library() -> tuple[list[Question], list[Topic]]:
    """The built-in questions that stand by themselves, and the topics."""
    with tempfile.TemporaryDirectory() as folder:
        coach = Coach(folder=Path(folder), cache=Path(folder) / "cache", today="2027-01-12")
        questions = [
            msgspec.structs.replace(question, text=question.text.translate(STRAIGHT))
            for question in msgspec.convert(coach.ask("questions", "list"), list[Question])
        ]
        listed = coach.ask("blueprints", "list", "--kind", "topic")
        topics = [
            msgspec.convert(coach.ask("blueprints", "show", topic["id"], "--kind", "topic"), Topic)
            for topic in listed
        ]
    # One that leans on an answer or a step is not understood beside a stranger's question.
    return [question for question in questions if question.leans_on is None], topics


def moment(words: str) -> str:
    """The component of a session in which such a question is asked."""
    for component, cues in MOMENTS.items():
        if re.search(cues, words, re.IGNORECASE):
            return component
    return ELSE


def draw(
    theirs: Sequence[str],
    ours: Sequence[Question],
    topics: Sequence[Topic],
    options: argparse.Namespace,
) -> list[Pair]:
    """Match as many of theirs as asked for, each with one of ours that no other pair has."""
    chance = random.Random(options.seed)
    waiting = chance.sample(theirs, len(theirs))
    used: set[str] = set()
    pairs: list[Pair] = []
    for words in waiting:
        if len(pairs) == options.pairs:
            break
        matched_by, pool = candidates(words, ours, topics)
        pool = [
            question
            for question in pool
            if question.id not in used and plain(question.text) != plain(words)
        ]
        if not pool:
            continue
        question = chance.choice(pool)
        used.add(question.id)
        is_a = chance.random() < 0.5
        pairs.append(
            Pair(
                id=f"{options.name}.{len(pairs) + 1:02}",
                matched_by=matched_by,
                a=question.text if is_a else words,
                b=words if is_a else question.text,
                ours="A" if is_a else "B",
                question=question.id,
            )
        )
    return pairs


def candidates(
    words: str, ours: Sequence[Question], topics: Sequence[Topic]
) -> tuple[str, list[Question]]:
    """Ours on the same topic, if theirs has one; else ours without a topic for the same moment."""
    component = moment(words)
    for topic in topics:
        if topic.heard(words):
            about = [question for question in ours if topic.id in question.topics]
            fitting = [question for question in about if component in question.components]
            if about:
                return topic.id, fitting or about
    return component, [
        question for question in ours if not question.topics and component in question.components
    ]


def plain(words: str) -> str:
    """Words without what only print tells apart, to know the same question when it comes twice."""
    return " ".join(re.findall(r"\w+", words.lower()))


def write(folder: Path, name: str, pairs: Sequence[Pair]) -> list[Path]:
    """The reader's page and empty verdict sheet."""
    page = folder / f"pairs-{name}.md"
    text = [
        "# Blind pairs",
        "",
        "Which would you rather ask a tired person of 45 in a coaching session? A, B or tie.",
    ]
    for pair in pairs:
        text += ["", f"## {pair.id} ({pair.matched_by.replace('_', ' ')})", ""]
        text += [f"- A: {pair.a}", f"- B: {pair.b}"]
    page.write_text("\n".join(text) + "\n", encoding="utf-8")
    sheet = folder / f"pairs-{name}.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("pair", "choice", "reason", "a", "b"))
        writer.writerows((pair.id, "", "", pair.a, pair.b) for pair in pairs)
    return [page, sheet]


if __name__ == "__main__":
    main()
