"""The label of a commitment, made of its own words: up to five of them, true, to be said aloud.

`Call the works council about the shifts` becomes `calling the works council`. A label may leave out
where, when or about what something is done, but never what turns its sense round: words with a
negation, a condition or a limit are taken whole or not at all (R123).
"""

from __future__ import annotations

import re

from trajplan.lint.verbs import foreign, gerund, is_verb
from trajplan.text import cue_words, pattern, word_count

LABEL_WORDS = 5
"""Words of a label at most."""
TURNS = frozenset(
    cue_words(
        "not no never none nobody nothing neither nor cannot without unless until till if when "
        "whenever while except only instead rather but though although otherwise provided "
        "should less fewer least most maximum minimum than stop avoid quit refuse skip reduce "
        "limit cut drop before after once enough too hardly rarely seldom almost nearly maybe "
        "perhaps"
    )
)
"""Words whose loss, or the loss of what they belong to, would make another promise of it."""
JOINTS = frozenset(
    cue_words(
        "about above across against along among around at because behind below beside between "
        "beyond by during for from in inside into near on onto over past so since then through "
        "throughout to toward towards under via with within and as every each this next "
        "tomorrow today tonight that which who what how why where whether once"
    )
)
"""Words in front of which a sentence can end and still be true."""
DETERMINERS = frozenset(
    cue_words(
        "the a an my your our his her their this these those one two three four five six seven "
        "eight nine ten some every each both all no"
    )
)
OPEN_ENDS = frozenset(
    cue_words(
        "the a an my your his her their this these those some no of not up down out off back away "
        "around together forward sat stood"
    )
)
"""Words that something must follow; what is done `up`, `out` or `down` is done to something."""
NOUNS_BEFORE_TO = frozenset(
    cue_words("call visit email mail message request offer answer letter note")
)
"""With `to` behind it a thing: `call to the works council`."""
MORE_VERBS = ("be", "become", "believe", "earn", "feel", "know", "lead", "lie", "live", "spend")
OPENING = pattern(
    r"^(?:(?:and|so|ok|okay|please),? )?(?:(?:i|we)(?:'ll| will| want to|'d like to| would like to|"
    r"(?:'m|'re| am| are) going to| shall| plan to| need to| have to| can| promise to)|to) (?=\w)",
    re.IGNORECASE,
)
NEGATED_OPENING = pattern(
    r"^(?:(?:i|we) (?:will not|won't|shall not|don't|do not)|don't|do not|dont|not to|not) (?=\w)",
    re.IGNORECASE,
)
_PLAIN_MARKS = dict.fromkeys(map(ord, "’ʼ`´"), "'") | dict.fromkeys(map(ord, '“”„‟"«»'), "")
"""One kind of apostrophe, and no quotation marks."""
_BRACKET_SIGNS = frozenset("()[]{}")
_BRACKETS = pattern(r"\s*[(\[{][^()\[\]{}]*[)\]}]")
ONCE = pattern(
    r"\bonce(?= (?:more|again|a|an|every|and|in|this|per|during)\b)|\bonce$",
    re.IGNORECASE,
    ["once"],
)
"""Where it says how often, and is no condition."""
PAUSE = pattern(r"[,;:.!?…/–—]+$", 0, ",;:.!?…/–—")
_YOURS = {
    "my": "your",
    "mine": "yours",
    "me": "you",
    "myself": "yourself",
    "our": "your",
    "ours": "yours",
    "us": "you",
    "ourselves": "yourselves",
    "i": "you",
    "i'm": "you're",
    "i've": "you've",
    "i'll": "you'll",
    "i'd": "you'd",
    # Out of the coach's mouth, `we` would be the two in the room.
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "we'll": "you'll",
    "we'd": "you'd",
}
"""A client's word, as the coach says it to them."""


def made_label(what: str) -> str:
    """The label of a commitment in its own words; empty where no five of them are true."""
    text = on_one_line(what)
    negated = bool(NEGATED_OPENING.match(text))
    text = NEGATED_OPENING.sub("", text) if negated else OPENING.sub("", text)
    spoken = text.split()
    if not spoken or not word_count(text):
        return ""
    first = spoken[0].casefold()
    second = spoken[1].casefold() if len(spoken) > 1 else ""
    english = not foreign(text)
    if english and begins_with_verb(spoken):
        spoken = [*(["not"] * negated), gerund(PAUSE.sub("", first)), *spoken[1:]]
    elif english and first in ("never", "i", "we") and _is_verb(second):
        spoken = [*(["never"] * (first == "never")), gerund(second), *spoken[2:]]
    elif not english or negated or not (first in DETERMINERS or first.endswith("ing")):
        # Nothing is known of its grammar: all of it, or nothing.
        whole = on_one_line(what)
        return whole if _fits(whole) and not re.search("[;:—?]", what) else ""
    else:
        spoken = [first, *spoken[1:]]
    label = _shortest_true(_alike([to_client(word) for word in spoken]))
    return label.replace("— ", " — ")


def begins_with_verb(words: list[str]) -> bool:
    """Whether words say first what is done, as `Call Ada` does and `Call to the bank` does not."""
    first = PAUSE.sub("", words[0].casefold())
    second = words[1].casefold() if len(words) > 1 else ""
    if second == "of" or (second == "to" and first in NOUNS_BEFORE_TO):
        return False
    return _is_verb(first)


def _is_verb(word: str) -> bool:
    return is_verb(word) or word in MORE_VERBS


def on_one_line(what: str) -> str:
    """The words on one line, with one kind of apostrophe, without quotation marks, brackets and
    what closes them. A bracket goes as a whole, unless it turns the sense."""
    lines = [line.strip() for line in what.splitlines() if line.strip()]
    text = "; ".join(line.rstrip(";,") for line in lines)
    # One space each, as a long run would be tried anew from each of its spaces.
    text = " ".join(text.translate(_PLAIN_MARKS).split())
    if not _BRACKET_SIGNS.isdisjoint(text):
        # A space in its place, as the words beside it may not run into one.
        kept = _BRACKETS.sub(" ", text)
        if not has_turn(" ".join(_BRACKETS.findall(text)).split()):
            text = kept
        text = " ".join(re.sub(r"[()\[\]{}]", " ", text).split())
    text = re.sub(r"\s+[–—-]+\s+", " — ", text)
    text = re.sub(r"\s+([,;:.!?…–—])", r"\1", text)
    return PAUSE.sub("", text).strip()


def has_turn(spoken: list[str]) -> bool:
    """Whether a word turns the sense of others: a negation, a condition, a limit."""
    # `once more` is no condition, as `once she is back` is.
    text = ONCE.sub("", " ".join(spoken))
    return any(
        word in TURNS or word.endswith("n't") for word in re.findall(r"[\w']+", text.casefold())
    )


def _shortest_true(spoken: list[str]) -> str:
    """All of it where it fits; else as much as fits in front of a joint, where nothing in it turns
    the sense."""
    whole = PAUSE.sub("", " ".join(spoken))
    if _fits(whole) and not any(PAUSE.search(word) for word in spoken[:-1]):
        return whole
    if _fits(whole) and has_turn(spoken):
        return whole
    if has_turn(spoken) or has_turn([_base(spoken[0])]):
        return ""
    for count in range(min(LABEL_WORDS, len(spoken) - 1), 1, -1):
        joint = re.sub(r"\W+$", "", spoken[count].casefold()) in JOINTS
        part = " ".join(spoken[:count])
        if any(PAUSE.search(word) for word in spoken[: count - 1]) or not _fits(part):
            continue
        if (joint or PAUSE.search(part)) and _ends_well(spoken[count - 1]):
            return PAUSE.sub("", part)
    return ""


def _ends_well(word: str) -> bool:
    bare = PAUSE.sub("", word.casefold())
    return bare not in JOINTS and bare not in OPEN_ENDS


def _alike(spoken: list[str]) -> list[str]:
    """Every verb in the form of the first: `calling Bo and write` → `calling Bo and writing`."""
    if not spoken[0].endswith("ing"):
        return spoken
    return [
        gerund(word.casefold())
        if index and spoken[index - 1].casefold() in ("and", "or", "then") and _is_verb(word)
        else word
        for index, word in enumerate(spoken)
    ]


def _fits(label: str) -> bool:
    return 0 < word_count(label) <= LABEL_WORDS


def to_client(word: str) -> str:
    """A client's word as the coach says it to them: `my` → `your`."""
    pause = PAUSE.search(word)
    bare = PAUSE.sub("", word)
    return _YOURS.get(bare.casefold(), bare) + (pause[0] if pause else "")


def _base(word: str) -> str:
    """`stopping` → `stop`: what a gerund made here was made of, as far as `TURNS` asks."""
    return next((verb for verb in TURNS if gerund(verb) == word.casefold()), word)
