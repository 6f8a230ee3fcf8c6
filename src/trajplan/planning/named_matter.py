"""What a client brings by a plain name, as a coach would call it: `the rent`, `your boss`, `Terry`
(R120)."""

from __future__ import annotations

from trajplan.lint.phrases import heard
from trajplan.lint.promises import is_tender
from trajplan.lint.tellings import matter_of
from trajplan.lint.well_made import is_plain_thing, is_somebody, phrase_list
from trajplan.planning.plan_inputs import Facts
from trajplan.planning.spoken import GOES_ON, sentences_said
from trajplan.text import cue_words

ARTICLES = {"the": "the", "a": "a", "an": "an", "my": "your", "our": "your", "your": "your"}
"""With one of these and a word or two more, what the client typed is a thing that can be
mentioned."""
THINGS = frozenset(
    cue_words(
        "job role post offer interview talk meeting letter form review course team boss rent money "
        "week contract colleague manager conversation thing move plan idea project exam test "
        "presentation appraisal hearing report trip deadline"
    )
)
"""What a thing of two words ends with: `the planning job`."""
MOST_OF_A_NAME = 4
"""Words of a thing with its article: `the new planning job`."""
DAYS = frozenset(f"{day}days" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))
ONE_WORD = DAYS | frozenset(
    cue_words(
        "work money salary pay confidence family stress interviews applications feedback promotion "
        "redundancy retirement burnout leadership networking meetings time workload boundaries "
        "prices nights shifts childcare holidays targets"
    )
)
"""What is a thing without an article."""
NO_NAME = ("ed", "ing", "ine", "day", "unno", "ood", "kay", "ame", "estly")
"""Ends of what people say in a word that is nobody: `Tired.`, `Fine.`, `Monday.`"""
_OF_SOMEBODY = heard("brought", "of-somebody")
_WITH_A_DAY = heard("brought", "with-a-day")
_OF_SEVERAL = heard("brought", "of-several")
_WENT_BETTER = heard("brought", "went-better")


def matter_alone(brought: str) -> str:
    """The plain name of the one matter they bring, where their first words are that name: further
    on it may be what they blame themselves for. Empty where they bring two, or want or lack it."""
    first, *others = sentences_said(brought)
    takes_place = _WITH_A_DAY.match(first)
    several = (_OF_SEVERAL.search(first) and not takes_place) or any(map(GOES_ON.match, others))
    name = "" if several else matter_of(first)
    if takes_place and not several and _first_word(first) in phrase_list("matters"):
        return f"the {_first_word(first)}"
    noun = name.rpartition(" ")[2]
    begins = [word.strip(" .,;:!?…") for word in first.casefold().split()[:MOST_OF_A_NAME]]
    heads = noun in begins and (begins[0] == noun or begins[0] in ARTICLES)
    return name if heads else ""


def matter_name(facts: Facts) -> str:
    """What they bring by a plain name, such as `the hearing`; empty where they have said none."""
    if not facts.brought:
        return ""
    return matter_of(facts.brought)


def thing_brought(facts: Facts) -> str:
    """The thing that their first sentence names and nothing else, `the scrap thing`, which is then
    surely what they bring; empty where it is somebody, a day or more than a thing, and where it may
    only stand for what they mean: `the laptop`."""
    sentences = sentences_said(facts.brought)[:2]
    name = thing_in(*sentences) if sentences else ""
    noun = name.rpartition(" ")[2].casefold()
    is_matter = (noun in THINGS or noun in phrase_list("matters")) and not is_person(name)
    return name if name.startswith(("the ", "your ")) and is_matter else ""


def _first_word(text: str) -> str:
    return text.casefold().split()[0]


def parked_name(parked: str) -> str:
    """What was parked, where it is surely a name that can be said to the client: `the contract with
    the agency`, `money`. A coach parks in shorthand, of which nothing is said: `Fergus (ex?)`."""
    words = parked.rstrip(" .").split()
    first = "".join(words[:1]).casefold()
    if len(words) == 1:
        return first if first in ONE_WORD - DAYS else ""
    is_name = first == "the" and is_plain_thing(words) and not is_tender(parked)
    return " ".join((first, *words[1:])) if is_name else ""


def what_went_better(brought: str) -> str:
    """What went better than they thought, by its name: `the open day`."""
    better = _WENT_BETTER.search(brought)
    return parked_name(better["what"]) if better else ""


def _somebody(name: str, behind: str) -> str:
    """`Terry`, where that is all of their first sentence and the next says what he does."""
    is_name = len(name) > 2 and name.isascii() and name.isalpha() and name.istitle()
    is_name = is_name and not name.endswith(NO_NAME)
    return name if is_name and _OF_SOMEBODY.search(behind) else ""


def is_person(name: str) -> bool:
    """Whether what they mention is somebody: `Sana`, `your boss`, and no day."""
    return name.casefold() not in DAYS and is_somebody(name)


def thing_in(words: str, behind: str = "") -> str:
    """`my boss` → `your boss`, `the planning job`, or somebody by name; empty where the words are
    not an article and a thing. `behind`: their next sentence."""
    article, *rest = words.rstrip(" .!?…,;:").split() or [""]
    word = article.casefold()
    if not rest and word in ONE_WORD:
        return word.title() if word in DAYS else word
    if not rest:
        return _somebody(article, behind)
    known = ARTICLES.get(word, "")
    plain = all(word.isascii() and word.isalpha() for word in rest)
    fits = len(rest) == 1 or (len(rest) == 2 and rest[1].casefold() in THINGS)
    return " ".join([known, *rest]) if known and plain and fits else ""
