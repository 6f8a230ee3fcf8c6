"""To whom a client turns for help, by which number, and that they are no longer there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from trajplan.lint.phrases import any_of, heard, sections
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import matter, names_of
from trajplan.planning.sentences import Sentence, newest_first
from trajplan.text import sentences_of

NOT_THEM = any_of("newer", "not-them")
TURNS_TO = heard("newer", "turns-to")
NUMBER = heard("newer", "number")
NEW_NUMBER = heard("newer", "new-number")


_HELPERS = {
    "therapy": r"therap(?:y|ist)|counsell?(?:or|ing)|psychologist|psychiatrist|treatment",
    "medical": r"doctors?|gp|consultant|clinic|hospital|surgery",
    "legal": r"lawyer|solicitor|attorney",
    "financial": r"(?:debt |financial )?advis[eo]r|debt advice",
}
"""Who helps with what, as a part of a pattern."""
_NOBODY_BUT = r"\bnobody (?:else )?(?:but|except) (?:me|us)\b"
_TITLE = 3
"""Letters of a title, such as `Mrs`, at most."""


def help_gone(kind: str, note: str, since: dt.date, told: Sequence[Sentence]) -> NewerWords | None:
    """The newest words that say that who was to help by a referral, named in its note, does so no
    longer; None where newer words name them as there again."""
    names = [re.escape(name) for name in names_of(note) if len(name) > _TITLE]
    who = "|".join(filter(None, (*names, _HELPERS.get(kind))))
    if not who:
        return None
    who = rf"(?:{who})(?:['’]s)?"
    not_there = "|".join(sections("newer")["not-there"])
    gone = re.compile(
        rf"\b{who}(?: \w+){{0,3}}? (?:(?:is|was|are|has been|has|went) (?:now |still )?"
        rf"(?:{not_there})"
        r"|retired|left|fell ill|ended|stopped|died|cancelled|moved away)\b"
        r"|\b(?:stopped|quit|gave up|given up|won['’]t go(?: back)? to|no|broke off|broken off"
        r"|dropped out of|no longer (?:sees|goes to)"
        r"|not (?:seeing|going to)|hasn['’]t (?:been|gone)(?: back)? to|without)"
        rf"(?: \w+\.?){{0,3}}? {who}\b|{_NOBODY_BUT}",
        re.IGNORECASE,
    )
    there = re.compile(
        rf"\b{who}(?: \w+){{0,3}}? (?:is back|started|has started|again|took)\b"
        r"|\b(?:saw|sees|seeing|went to|goes to|back (?:at|with|to)|started|starts|new)"
        rf"(?: \w+\.?){{0,3}}? {who}\b",
        re.IGNORECASE,
    )
    for words in newest_first(words for words in told if words.day > since):
        if gone.search(words.text):
            nobody = [
                then
                for then in sentences_of(words.line.partition(words.text)[2])
                if re.search(_NOBODY_BUT, then, re.IGNORECASE)
            ]
            return NewerWords(text=" ".join((words.text, *nobody[:1])), when=words.when)
        if there.search(words.text):
            return None
    return None


def is_not_them(words: Sentence, old: Sentence) -> bool:
    """Whether somebody to whom a sentence says that the client turns is no longer the one."""
    gone = (next(filter(None, match.groups())) for match in NOT_THEM.finditer(words.text))
    return any(re.search(rf"\b{re.escape(name)}\b", old.text) for name in gone)


def is_new_number(words: Sentence, old: Sentence) -> bool:
    """Whether the number to ring that a sentence has is another now: of the same people, or of the
    same kind, or the one that the line names as the old one; of nobody by name it is the client's
    own."""
    newer, older = (set(NUMBER.findall(said.text)) for said in (words, old))
    if not newer - older:
        return False
    named = set(re.findall(r"\d+", words.line)) - set(re.findall(r"\d+", words.text))
    if any(re.search(rf"\b{figure}\b", old.text) for figure in named if len(figure) > 1):
        return True
    shared = words.matter | words.names_and_kin
    if shared & (old.matter | old.names_and_kin) - words.client - matter("number new"):
        return True
    return not (words.names_and_kin | old.names_and_kin) - words.client


def is_other_contact(text: str) -> bool:
    """Whether words say that somebody is no longer whom the client turns to."""
    return bool(NOT_THEM.search(text))
