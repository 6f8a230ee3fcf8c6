"""What a sentence does: ask, invite, suggest, ask leave, or only say.

A small grammar of how coaches ask, not a parser: it looks at the beginnings of clauses. A sentence
asks openly when a question word leads one of its clauses with the verb turned round, closedly when
a verb leads it, and not at all when it does neither and has no question mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from trajplan.lint.phrases import any_of, words_in
from trajplan.lint.words import PAUSES, QUOTE, WH, NormalWords
from trajplan.text import pattern

Form = Literal[
    "question-word",
    "invitation",
    "prompt",
    "yes-no",
    "tag",
    "said-as-question",
    "suggestion",
    "permission",
    "statement",
]
"""What a sentence does. `prompt` is a few words that keep a story going: `And then?`"""
OPEN_FORMS: frozenset[Form] = frozenset(("question-word", "invitation", "prompt"))

AUX = words_in("auxiliaries")
PRONOUNS = words_in("pronouns")
POINTERS = words_in("pointers")
DETERMINERS = words_in("determiners")
PREPOSITIONS = words_in("prepositions")
_PERSONS = words_in("persons")
_SUBJECTS = PRONOUNS | DETERMINERS | words_in("bystanders")
_OPENERS = words_in("openers")
_SOFTENERS = words_in("softeners")
_STATES = words_in("states")
_NO_GERUNDS = words_in("no-gerunds")

_PREFACE = any_of("forms", "prefaces")
_CONTENT_AFTER_OPENER = any_of("forms", "openers-that-mean-something")
_LEAVE_TO_ASK = any_of("forms", "leave-to-ask")
_INVITATION_TURNED = any_of("forms", "invitation-turned")
_WHETHER = any_of("forms", "whether")
_IMPERATIVE = any_of("forms", "imperative")
_INVITATION_OFFERED = any_of("forms", "invitation-offered")
_WONDERING = any_of("forms", "wondering")
_LIKING = pattern(r"\b(?:like|love|want|need|keen)\b")
_CURIOUS = any_of("forms", "curious")
_HEAR_IF = any_of("forms", "hear-if")
_PERMISSION = any_of("forms", "permission")
_TOGETHER = any_of("forms", "together")
_SOFT_END = any_of("forms", "soft-ends")
_TAG = any_of("forms", "tag")
_PLAIN_TAG = pattern(r"[,…–—-] \w+ n't \w+(?: \w+)?$")
_PROMPT = any_of("forms", "prompts")
_UNFINISHED = any_of("forms", "unfinished")


def _among(words: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(words))})"


_TURNED = pattern(
    rf"\b{_among(WH)}(?: (?!{_among(PRONOUNS)}\b)\w+)? {_among(AUX)}(?: n't)?"
    rf" {_among(PRONOUNS | DETERMINERS)}\b"
)


def core_of(whole: NormalWords) -> NormalWords:
    """Leave out what only opens a sentence."""
    start, words = 0, whole.words
    while start < len(words):
        rest = " ".join(words[start:])
        preface = _PREFACE.match(rest)
        if words[start] in PAUSES or (
            words[start] in _OPENERS and not _CONTENT_AFTER_OPENER.match(rest)
        ):
            start += 1
        elif preface:
            start += preface[0].rstrip().count(" ") + 1
        else:
            break
    if start < len(words):
        return whole.part(start)
    # `So?` and `Right?` are nothing but an opening.
    last = max(index for index, word in enumerate(words) if word not in PAUSES)
    return whole.part(last)


def form_of(core: NormalWords, asked: bool) -> tuple[Form, int]:
    """What a sentence does, and where the clause that decides it begins (a word of `core`).

    `asked`: it ends in a question mark.
    """
    line, words = core.line, core.words
    leave = _LEAVE_TO_ASK.match(line)
    if leave:
        return "question-word", leave[0].rstrip().count(" ") + 1
    starts = [0, *_behind_pauses(words)]
    for start in starts:
        if _PERMISSION.match(" ".join(words[start:])):
            return "permission", start
    if _INVITATION_TURNED.match(line):
        return ("yes-no" if _WHETHER.search(line) else "invitation"), 0
    wondering = _wondering(line, asked)
    if wondering:
        return wondering
    if asked and _has_tag(line, words):
        return "tag", 0
    for start in starts:
        form = _clause(words[start:], asked, first=start == 0)
        if form:
            return form, start
    if _INVITATION_OFFERED.match(line):
        return "invitation", 0
    return _leftover(core, asked)


def _behind_pauses(words: Sequence[str]) -> list[int]:
    last = len(words) - 1
    return [index + 1 for index, word in enumerate(words) if word in PAUSES and index < last]


def _has_tag(line: str, words: Sequence[str]) -> bool:
    """Whether a statement ends in `isn't it`; `Is it, isn't it?` has other troubles."""
    itself = words[0] in WH - {"when", "where"} or (words[0] in AUX and len(words) < 6)
    return not itself and bool(_TAG.search(_SOFT_END.sub("", line)))


def _wondering(line: str, asked: bool) -> tuple[Form, int] | None:
    """`I wonder what …` and `I'd love to hear …`, which ask without a question's form."""
    match = _WONDERING.search(line)
    if not match:
        return ("invitation", 0) if _CURIOUS.search(line) else None
    start = line.count(" ", 0, match.start("rest"))
    if match["rest"] in ("if", "whether"):
        if _LIKING.search(match[0]):
            return None  # `I would like it if …` wishes, and asks nothing
        return ("invitation" if _HEAR_IF.search(line) else "yes-no"), start
    if match["rest"] == "when" and not asked and _LIKING.search(match[0]):
        return None
    return "question-word", start


def _clause(words: Sequence[str], asked: bool, *, first: bool) -> Form | None:
    """What the clause at the head of these words does; None when it does not decide."""
    end = next((index for index, word in enumerate(words) if word in PAUSES), len(words))
    clause = list(words[:end])
    while len(clause) > 1 and clause[0] in _OPENERS and clause[1] in WH | AUX:
        clause = clause[1:]
    if not clause:
        return None
    line = " ".join(clause)
    if _IMPERATIVE.match(line):
        return _imperative(words, clause, asked)
    suggestion = _suggestion(clause, line) if first or asked else None
    if suggestion:
        return suggestion
    if _led_by_question_word(clause, asked):
        return "question-word"
    if clause[0] in AUX and _verb_leads(clause, asked):
        return "yes-no"
    return None


def _imperative(words: Sequence[str], clause: Sequence[str], asked: bool) -> Form:
    """An invitation, unless it only sets the scene for a question in the same sentence."""
    if not asked:
        return "invitation"
    for start in _behind_pauses(words):
        form = _clause(words[start:], asked, first=False)
        if form in ("question-word", "yes-no"):
            return form
    return "question-word" if clause[-1] in WH else "invitation"


def _suggestion(clause: Sequence[str], line: str) -> Form | None:
    """What `How about …`, `Why don't you …` and `What if we …` do."""
    if _TOGETHER.match(line):
        return "yes-no" if clause[0] in AUX else "suggestion"
    if clause[0] in ("how", "what") and clause[1:2] == ["about"] and len(clause) > 2:
        return "suggestion" if _names_an_act(clause[2:]) else "question-word"
    if clause[0] == "why" and _why_not(clause):
        return "suggestion"
    return None


def _names_an_act(words: Sequence[str]) -> bool:
    """Whether something to do follows `How about`: `calling her`, `if we`, `you call`."""
    rest = [word for word in words if word not in _SOFTENERS] or list(words)
    if rest[0].endswith("ing") and rest[0] not in _NO_GERUNDS:
        return True
    return rest[0] == "if" or (rest[0] == "you" and len(rest) > 1)


def _why_not(clause: Sequence[str]) -> bool:
    """Whether a why proposes: `Why don't you call?`, `Why not call?`; not `Why don't you like`."""
    if clause[1:4] in (["do", "n't", "you"], ["do", "you", "not"]):
        verb = next((word for word in clause[4:] if word not in _SOFTENERS), "")
        return bool(verb) and verb not in _STATES
    if clause[1:2] == ["not"] and len(clause) > 2:
        return clause[2] not in _SUBJECTS | {"now", "today", "here", "what", "me", "yet", "before"}
    return False


def _led_by_question_word(clause: Sequence[str], asked: bool) -> bool:
    """Whether a question word leads, with the verb turned round or as the subject itself."""
    index = 1 if clause[0] in PREPOSITIONS and len(clause) > 1 and clause[1] in WH else 0
    word, rest = clause[index], list(clause[index + 1 :])
    if word not in WH:
        # `You did what?`
        return asked and clause[-1] in WH and len(clause) > 1 and clause[0] not in AUX
    if word == "how" and rest[:1] == ["come"]:
        return True
    if not rest:
        return asked
    if not asked:
        # Without a question mark only a verb that is turned round shows that something is asked.
        turned = bool(_TURNED.match(" ".join(clause[index:])))
        return turned or (word == "what" and rest[0] in ("happened", "happens", "else", "next"))
    return _asks_behind(word, rest)


def _asks_behind(word: str, rest: Sequence[str]) -> bool:
    """Whether what follows a question word, up to its question mark, asks something."""
    if word in ("when", "where"):
        # `When you think of it, …` only says when.
        at_once = AUX | PREPOSITIONS | {"else", "exactly", "precisely", "specifically", "last"}
        return rest[0] in at_once and rest != ["to"]
    if rest[0] in PRONOUNS - POINTERS:
        return False  # `What you are saying is …` asks nothing, `How you …` neither
    if word == "how":
        first = next((other for other in rest if other in AUX or other in _PERSONS), "")
        return first not in _PERSONS or len(rest) <= 3
    return True


def _verb_leads(clause: Sequence[str], asked: bool) -> bool:
    """Whether a yes-or-no question begins here."""
    if len(clause) < 2:
        return asked
    following = clause[2] if clause[1] == "n't" and len(clause) > 2 else clause[1]
    if asked:
        return not (clause[0] == "do" and following in ("tell", "say", "share", "go"))
    if following in ("this", "that"):
        # `Had that been …` and `Should this …` are conditions.
        return clause[0] not in ("had", "should", "were", "may", "might", "must")
    return following in PRONOUNS and clause[0] != "may"


def _leftover(core: NormalWords, asked: bool) -> tuple[Form, int]:
    line, words = core.line, core.words
    if not asked:
        return ("tag" if _TAG.search(line) and _PLAIN_TAG.search(line) else "statement"), 0
    bare = line.strip(" ,…:–—-")
    if not bare or _PROMPT.fullmatch(bare) or words[-1] == "…":
        return "prompt", 0
    turned = _TURNED.search(line)
    if turned:
        return "question-word", line.count(" ", 0, turned.start())
    if words[-1] in WH or (words[-1] != QUOTE and _UNFINISHED.search(bare)):
        return "prompt", 0
    return "said-as-question", 0
