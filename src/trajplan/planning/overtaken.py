"""What of an older sentence holds no more by newer words: a figure that was put right, somebody who
died, knows by now or is back, a result that has come, what is over or begun again (R142).

Nothing is taken away for that: the newer words stand beside the older ones, quoted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, takewhile

from trajplan.planning.asked_of_coach import is_withheld
from trajplan.planning.kept_in_mind import NewerWords
from trajplan.planning.matter import NO_NAMES, MatterWords, matter, names_all_of, names_of
from trajplan.planning.sentences import AWAY, Sentence, newest_first
from trajplan.planning.since import BUT_NOT
from trajplan.text import ELDERS, KIN, pattern, sentences_of, shortened_to_clause

NOBODY_AT_ALL = r"(?!)"
"""What no text matches."""
_ANY = pattern("")
KEPT = 4096
"""Sentences of which it is kept what they say of who knows."""
SHORT = 70
"""Letters of what is quoted beside an older sentence."""
LONG_QUOTE = 110
"""Letters of what is quoted with the sentence before it."""
LONE = 20
"""Letters of a sentence that is quoted without the one that follows, at least."""
_NOT_THAT = r"(?:\bnot|\bno longer|\binstead of|\brather than|\b(?:up|down) from|n['’]t) [£€$]?\s?"
"""What stands before a figure that is wrong by now."""
_IS_NOW = r"(?:is|are|was|were) (?:only |now |really )?[£€$]?\d"
"""What stands behind it."""
_CORRECTS = pattern(rf"{_NOT_THAT}\d|\d {_IS_NOW}", re.IGNORECASE)
_DIED = pattern(
    r"\b(?:died|(?:is|was) dead|has died|passed away|starb|ist gestorben|ist tot|murió|ha muerto"
    r"|falleció)\b",
    re.IGNORECASE,
)
"""With which words somebody is said to have died."""
_IN_YEAR = pattern(r"\bin ((?:19|20)\d\d)\b", re.IGNORECASE)
_KIN_NAMED = pattern(rf"\b(?i:({'|'.join(ELDERS)})),? \(?([A-ZÄÖÜ]\w+)")
"""A relative with the name they have."""
_FULL_NAME = pattern(r"\b([A-ZÄÖÜ][a-zäöüß]+) ([A-ZÄÖÜ][a-zäöüß]+)\b")
_LIVES = (
    r"(?:(?:,? \(?\w+\)?,?){0,2} (?:is|isn['’]t|has|hasn['’]t|wants?|says?|gets|goes|lives|will|can"
    r"|may|needs?|asks|ist|hat|está|tiene)|['’]s (?:in|on|at|not|still|\w+ing))\b"
)
"""What follows the name of somebody who lives."""
SMALL_WORDS = (
    "he she they it we you who that which nobody anybody anyone everybody one me us them him her"
    " on at in by to about of off for not"
)
"""Words that are no name."""
_NO_SUBJECTS = frozenset(
    f"{SMALL_WORDS} the his their my our your an and but so then when after since yes no".split()
)
_SOMEBODY = (
    r"(?:(?:the|her|his|my|their|sister|brother) )*(\w{2,})"
    r"(?:,? (?:and|or|nor) (?:(?:the|her|his|my|their) )?(\w{2,}))?(?: \([^()]*\))?"
)
"""One or two people by name, or as `the kids`."""
_UNAWARE_WORDS = (
    rf"\b{_SOMEBODY} (?:still )?"
    r"(?:(?:does|do|must|has|have|is|are)n['’]?t"
    r"|(?:does|do|must|has|have|is|are) not) (?:know|hear|heard|told|been told)\b"
    rf"|\bnot even (\w{{2,}})|\b{_SOMEBODY} knows? nothing\b"
)
_UNAWARE = pattern(_UNAWARE_WORDS, re.IGNORECASE)
_FEW_WORDS = (
    rf"\bonly {_SOMEBODY} knows?\b"
    r"|\b(?:nobody|no one)(?: else)? (?:at \w+ )?knows\b"
    r"|\btold (?:nobody|no one|anybody|anyone|a soul)\b"
)
_FEW_KNOW = pattern(_FEW_WORDS, re.IGNORECASE)
"""Who does not know of something, and that few or none know."""
_SECRET = pattern(rf"{_UNAWARE_WORDS}|{_FEW_WORDS}", re.IGNORECASE)
_AWARE = pattern(
    rf"\b{_SOMEBODY} (?:now |both |all |has |have )*"
    r"(?:knows?|found|been told|heard|read|opened|saw|seen|guessed)\b(?! (?:of )?nothing)"
    r"|(?<!n['’]t )(?<!not )(?<!never )\btold (?:the |her |his |my )?"
    r"(?!nothing|nobody|no one|\w+ nothing)(\w{2,})",
    re.IGNORECASE,
)
"""Who knows of something by now."""
_NOBODY_KNOWS = pattern(r"\b(?:nobody|no one|none)\b[^.,;:!?]*?\bknows?\b", re.IGNORECASE)
_TOLD_BY_OTHERS = pattern(
    r"\bnot from (?:her|him|them)\b"
    r"|^(?!(?i:he|she|they|i|we|has|have)\b)[A-ZÄÖÜ]\w+ (?:has |have )?told [A-ZÄÖÜ]\w+\W*$"
)
"""With which words somebody knows by somebody else: `Vera has told Pavel`."""
_NOBODY = frozenset(
    f"{SMALL_WORDS} has doesn don have had been was were is are still only never else also".split()
)
"""Words in the place of a name that are none."""
_TIME_LEFT = pattern(
    r"\b(?:consultants?|doctors?|hospice|they|oncologist|gp|specialist|nurses?|ward)"
    r" (?:now )?(?:says?|said|gives?|gave|talks? of)"
    r"(?: (?:him|her|it|maybe|about|only|a|few|two|three|some))* (days|weeks|months|years?)\b",
    re.IGNORECASE,
)
"""How long somebody is said to have to live."""
_UNDECIDED = pattern(
    r"\b(?:no decision|undecided|no answer|no news|not heard)\b|\b(?:hasn|haven|not)['’ ]?t?"
    r" (?:yet )?(?:answered|decided|heard|replied)\b",
    re.IGNORECASE,
)
_DECIDED = pattern(
    r"\b(?:charged|decided|accepted|refused|rejected|granted|approved|offered|turned down|declined"
    r"|said (?:yes|no)|answered|replied|cleared)\b",
    re.IGNORECASE,
)
"""With which words something is said to be open with somebody, and to be decided."""
_PUTS_RIGHT = pattern(
    r"\b(?:after all|corrected|retook|retaken|resat|had the old|turns? out)\b", re.IGNORECASE
)
"""With which words a figure is told anew."""
_OWES = pattern(
    r"\bI(?:['’]m to| am to|['’]ll| will| owe|['’]ve promised| promised| said I['’]d)\b",
    re.IGNORECASE,
)
_BRINGS = pattern(
    r"\bI(?:['’]ll)? (?:bring|send|ask|show|give|tell|hand|print|read|look|prepare)\b",
    re.IGNORECASE,
)
"""With which words they note what they do for one."""
_NEXT_TO_DO = pattern(
    r"^next (?:time|session)\W{1,3}(?:bring|send|ask|show|give|tell|hand|print|read|look|prepare"
    r"|start|begin)\b",
    re.IGNORECASE,
)
_NEXT = pattern(r"\b(?:next (?:time|session)|nächstes mal|la próxima)\b", re.IGNORECASE)
_GIVEN = pattern(
    r"^(?:I )?(?:have |['’]ve )?(?:sent|gave|given|lent|found|asked|told|texted|e-?mailed"
    r"|brought)\b"
    r"|\bas promised\b|\bgave (?:him|her|them)\b",
    re.IGNORECASE,
)
"""With which words coaches note what they owe a client, and that they gave it."""
_NOT_GIVEN = pattern(
    r"^(?:I )?(?:did(?:n['’]t| not)|have(?:n['’]t| not)|forgot to) (?:yet )?"
    r"(?:send|sent|give|given|lend|find|ask|tell|text|e-?mail|bring)\b"
    r"|(?:^|[:;,–—-] ?)(?:still )?not (?:yet )?(?:sent|given|done|printed|asked|written)\b"
    r"|\bI(?: still)? owe\b",
    re.IGNORECASE,
)
"""With which words they note that they did not give it: what they owe now is told anew."""
LONG_WORD = 5
"""Letters of what a word begins with that says by itself what was owed."""
_TOLD_ON = pattern(r"\b(?:told|diagnosed|heard|learnt)\b", re.IGNORECASE)
"""With which words the news of a day are told."""
_EXAM_WORDS = (
    r"\b(biopsy|biopsies|scans?|ct|mri|x-ray|bloods?|thyroid|smear|mammogram|memory clinic"
    r"|tests?)\b"
)
_EXAM = pattern(_EXAM_WORDS, re.IGNORECASE)
"""What is looked at by a doctor."""
_ILL = pattern(
    rf"{_EXAM_WORDS}|\b(?:cancer|tumou?r|stage \w+|chemo|hospice|hospital|ill|diagnos\w+|dementia"
    r"|alzheimer\w*|parkinson\w*|stroke|shadow|lump|palliative)\b",
    re.IGNORECASE,
)
"""Words of illness."""
_KIN_STEMS = frozenset(stem for kin in ELDERS for stem in matter(kin))
_SAME_EXAM = {"biopsies": "biopsy", "scans": "scan", "blood": "bloods", "thyroid": "bloods"}
_PENDS = pattern(
    r"\b(?:due|later|having|booked|will|sent off|waiting|recalled|clinic on"
    r"|results? (?:\w+ )?(?:mon|tue|wed|thu|fri|sat|sun)\w*|results? (?:about |in |on |by |next )"
    r"|(?:biopsy|scan|ct|mri)(?: \w+){0,4} \d)",
    re.IGNORECASE,
)
_CAME_BACK = pattern(
    r"\b(?:came back|is back|are back|clear|normal|benign|malignant|show(?:s|ed)"
    r"|(?:is|was|are|were|all) (?:fine|negative|positive|bad|good))\b",
    re.IGNORECASE,
)
"""With which words a result is said to be awaited, and to have come."""
_FIRST = pattern(r"^[A-ZÄÖÜ]\w{2,}")
_DIGIT = pattern(r"\d")
_IS_AWAY = pattern(
    r"\b(?:at (?:his|her|their) \w+['’]s|moved out|walked out|left (?:him|her|them|home)"
    rf"|{AWAY}|spare room"
    r"|(?:still|is|are) (?:on|in) (?:the|a) (?:\w+ )?(?:ward|hospice|unit|clinic))\b",
    re.IGNORECASE,
)
_CAME_HOME = pattern(
    r"\b(?:back home|home again|(?:is|has) (?:\w+ )?(?:moved |come )?back|moved back"
    r"|back at work|came home|come home|(?:is|are) home)\b",
    re.IGNORECASE,
)
"""With which words somebody is said to be away, and to be back."""
_CLIENT_AWAY = pattern(
    rf"^(?:(?:she|he)(?:['’]s| is| has been) )?(?:still )?(?:{AWAY}|off work)\b",
    re.IGNORECASE,
)
_CLIENT_BACK = pattern(
    r"^(?:(?:she|he)(?:['’]s| is) )?(?:back (?:at work|in the office|home)|home again)\b",
    re.IGNORECASE,
)
"""The same of the client, whom no note names."""
_SUBJECTLESS = pattern(r"(?:still|on|in|at|he|she|they)\b", re.IGNORECASE)
"""How a sentence begins that says of nobody by name where they are."""
_FELL_OUT = pattern(
    r"\b(?:row (?:\w+ ){0,4}with|fell out|fallen out|argument with|not on speaking terms"
    r"|(?:aren|isn|hasn|haven|not)(?:['’]t)? (?:been )?(?:speaking|talking|spoken|talked))\b",
    re.IGNORECASE,
)
_MADE_UP = pattern(
    r"\b(?:(?:talking|speaking|friends) again|made (?:it )?up|made (?:their )?peace|reconciled"
    r"|back on speaking terms|patched (?:it|things) up)\b",
    re.IGNORECASE,
)
"""With which words people are said to have fallen out, and to be on terms again."""


_NOT_DONE = r"(?<!not )(?<!n['’]t )(?<!never )(?<!stopped )(?<!without )(?<!gave up )(?<!given up )"
_HABITS = (
    (
        r"(?:dry|sober|clean)(?= since| for| again| now|\W*$|,)|teetotal"
        r"|off the (?:drink|booze|wine)"
        r"|no alcohol|(?:not|\w{1,6}n['’]t) (?:had a drink|drunk|drinking|drink)"
        r"|(?:stopped|given up|gave up) (?:drink\w*|alcohol|wine)",
        rf"{_NOT_DONE}(?:drank|drinks|drinking|drunk|had a drink)|relaps\w+|fell off the wagon"
        r"|(?:bottles?|glass(?:es)?|pints?|cans?) of"
        r" (?:\w+ )?(?:wine|beer|lager|vodka|whisky|gin)"
        r"|bottles? a (?:day|night|week)|back on the (?:drink|booze|wine)",
    ),
    (
        r"(?:not|\w{1,6}n['’]t) smoke[ds]?|(?:stopped|given up|gave up|quit) smoking|smoke-free"
        r"|no cigarettes?",
        rf"{_NOT_DONE}smok(?:es|ed|ing)|relaps\w+|(?:\d+|ten|twenty) a day|back on the cigarettes",
    ),
    (
        r"(?:not|\w{1,6}n['’]t) (?:gambled?|bet|placed a bet)|(?:stopped|given up|gave up) gambling"
        r"|self-excluded",
        rf"{_NOT_DONE}(?:gambl(?:es|ed|ing)|bets?|betting)|relaps\w+|\bon (?:the )?slots"
        r"|at the casino|the bookies",
    ),
)
_KEPT_UP, _GIVEN_UP = (
    tuple(pattern(rf"\b(?:{words})\b", re.IGNORECASE) for words in told)
    for told in zip(*((lapse, leaves) for leaves, lapse in _HABITS), strict=True)
)
"""With which words somebody is said to have a habit, and to have left it, habit by habit."""
_HABIT = pattern("|".join(f"(?:{words})" for habit in _HABITS for words in habit), re.IGNORECASE)
_LOST_BABY = pattern(
    r"\b(?:(?:lost|losing) (?:the|her|his|their|a) baby|miscarr\w+|stillborn|stillbirth"
    r"|terminat(?:ed|ion))\b",
    re.IGNORECASE,
)
_EXPECTS = pattern(
    r"\b(?:pregnan\w+|expecting|baby(?:['’]s| is)? due|due date|weeks gone)\b", re.IGNORECASE
)
"""With which words a child is said to be lost, and to be on its way."""
_OVER = (
    r"(?:off(?! sick| work| duty| to| on| for)|over(?! \w)|cancelled|called off|settled|dropped"
    r"|dismissed|withdrawn|scrapped|done(?: with)?|no longer on)"
)
_WHAT = r"(?:the |a |her |his |my |their |that )?(?P<{}>[\w'’-]+(?: [\w'’-]+){{0,2}}?)"
_IS_OVER = pattern(
    rf"^{_WHAT.format('first')} (?:is|are|was|were|has been|have been) (?:all |now )?{_OVER}\b"
    r"|\b(?:called|turned) " + _WHAT.format("between") + r" (?:off|down)\b"
    r"|(?:^no (?:more )?|\b(?:pulled out of|dropped out of|withdr[ae]wn? from|gave up|given up"
    r"|called off|cancelled|ran|finished|passed|failed|won|lost|turned down|scrapped) )"
    + _WHAT.format("then")
    + r"(?=[.,;:!]|$| (?:on|in|at|to|for|and|with|because|after|since|from|by|this|last)\b)",
    re.IGNORECASE,
)
"""With which words something is said to be off, over or done, and what: `Pulled out of the half
marathon`."""
_NO_DOING = pattern(
    r"\b(?:no|stopped|gave up|given up)(?: more)? (?P<root>[a-z]{2,}?)(?P<twice>[b-df-hj-np-tv-z])?"
    r"(?P=twice)?ing\b",
    re.IGNORECASE,
)
"""With which words they are said to do something no longer: `no running till June`."""
_NOT_THEM = pattern(
    r"\b(?i:no longer|never again|instead of|nicht mehr|ya no) (?i:to |with |bei )?"
    r"(?i:ring |call |phone |text |turn to )?(?P<gone>[A-ZÄÖÜ]\w+)(?!['’]s)"
    r"|\b(?i:not|never|don['’]t|do not) (?:[a-z]+ ){0,3}?(?P<not>[A-ZÄÖÜ]\w+)\b(?!['’]s)[^.!?]*"
    r" (?i:any ?(?:more|longer))\b"
    r"|\b(?P<wont>[A-ZÄÖÜ]\w+) (?:does|do|ca|wo|is)n['’]t\b[^.!?]* (?i:any ?(?:more|longer))\b"
    r"|\b(?P<isnt>[A-ZÄÖÜ]\w+)(?: is|['’]s)?(?: not| no longer|n['’]t) the"
    r" (?:one|person|contact)\b(?! (?:he|she|they) w)"
)
"""With which words somebody is said to be no longer whom the client turns to, and who."""
_TURNS_TO = pattern(
    r"\b(?:rings?|calls?|phones?|texts?|contacts?|turns? to|go(?:es)? to|acute|emergency|crisis"
    r"|in danger|number|reach(?:es)?)\b|\d{3} ?\d{2}",
    re.IGNORECASE,
)
"""With which words it is said whom the client turns to."""
_NUMBER = pattern(
    r"\+?\d{2,}[ /-]?\d{2,}[\d /-]*\d"
    r"|(?<=ending )\d{2,4}\b|(?<=ending in )\d{2,4}\b|(?<=ends in )\d{2,4}\b",
    re.IGNORECASE,
)
_NEW_NUMBER = pattern(
    r"\b(?:new|other|another|changed|different) (?:\w+ ){0,2}(?:number|phone|mobile)\b"
    r"|\bnumber (?:is now|now|has changed|is \+?\d)",
    re.IGNORECASE,
)
"""A number to ring, or what it ends with, and with which words it is said to be another."""
_ALLOWS = pattern(
    r"\b(?:words?|names?|nickname|phone|landline|number|e?-?mails?|post|letters|calls?|asking"
    r"|talking|calling|ringing|texting|jok(?:es|ing)|that|it) (?:is|are) (?:now )?"
    r"(?:all right|alright|ok|okay|fine)"
    r"(?=\W*$|[,;:]| again| now| by now| since| with (?:him|her|them))"
    r"|\b(?:doesn['’]t|no longer) minds?\b"
    r"|\b(?:I|we|you) (?:may|can) (?:now )?(?:say|use|ask|call|mention|bring)\b"
    r"|\b(?:may|can) (?:now )?be (?:said|used|asked|called|mentioned|brought)\b"
    r"|\b(?:says|uses|brings|raised|brought) (?:it|this|that)(?: up)? (?:him|her|them)sel\w+",
    re.IGNORECASE,
)
"""With which words something that was not to be said is allowed."""
_MAY_BE = pattern(r"\b(?:may|might|could) be (?:\w+ )??([a-z]{5,})\b", re.IGNORECASE)
_WRONG_WORD = (
    r"not (?:(?:with|at|in|from|to|by|of|for|on) )?(?:the |an? |her |his |their )?([^\W\d_]{3,})"
)
_PUT_RIGHT = pattern(
    r"\b(?:it|that|this|he|she|they)(?:['’]s| is| was| are|['’]re| were)(?: \w+){1,8}?,? "
    rf"{_WRONG_WORD}"
    r"|^(?:correction|put right|my mistake|I misheard|I had misheard|wrong)\b[^.!?]*?\b"
    rf"{_WRONG_WORD}",
    re.IGNORECASE,
)
"""With which words something is said to be another thing than it was noted as: `it's the pancreas,
not the lung`."""
_HURTS = pattern(
    r"\b(?:hits?|shove[sd]|slap(?:s|ped)|punche[sd]|kick(?:s|ed)|strangled|choked|beat(?:s|en)?"
    r"|pushed|threw|threaten(?:s|ed)|hurt) (?:her|him|them)\b(?! (?:to|out|off)\b)",
    re.IGNORECASE,
)
_NEVER_HURTS = pattern(
    r"\b(?:never|not once|hasn['’]t|has not|wouldn['’]t|would never|doesn['’]t|didn['’]t)"
    r" (?:ever |even )?(?:raise[sd]? (?:a|his|her) hand|touche?[sd]?|lay|laid|hit|hurt|harm)",
    re.IGNORECASE,
)
"""With which words somebody is said to hurt the client, and never to have done so."""
_IS_NOT = pattern(
    r"(?:^|\b(?:is|are|was|she['’]s|he['’]s|it['’]s) )not (\w+)|\bisn['’]t (\w+)", re.IGNORECASE
)
"""With which words something is said to be possible, and not to be so."""
_HAS_UNTIL = pattern(
    r"\b(?:g[ai]ves?|given|has|have|had|got|extended|longer|more time|now|instead)\b"
    r"[^.!?]*\b(?:until|till|by)\b",
    re.IGNORECASE,
)
_HAS_TO_BY = pattern(
    r"\b(?:answer|reply|decide|decision|deadline|closing date|apply|sign|respond|hand in|due)\b"
    r"[^.!?]*\b(?:by|until|till|before)\b",
    re.IGNORECASE,
)
"""With which words somebody is given a day, and with which one is set."""
_PROPER = pattern(rf"\b(?!(?i:{'|'.join((*SMALL_WORDS.split(), *NO_NAMES))})\b)[A-ZÄÖÜ]\w{{3,}}")
"""A word with a capital, wherever it stands."""
_WENT = pattern(
    r"\b(?:went|has gone|gone) (?:\w+ )?(?:well|badly|fine|ok|okay|all right|better|worse|wrong"
    r"|smoothly)\b|\bis behind (?:him|her|them)\b|\b(?:was held|took place)\b",
    re.IGNORECASE,
)
"""With which words something that had a day is said to have been."""
_THING, SHORT_ROOT = 4, 3
"""Letters of a word that may say alone what is over, and with which a word for a doing begins."""


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
    gone = re.compile(
        rf"\b{who}(?: \w+){{0,3}}? (?:(?:is|was|are|has been|has|went) (?:now |still )?"
        rf"(?:{AWAY}|on holiday|ill|sick|away|retired|left|gone|leaving|over|finished|cancelled"
        r"|full)"
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


def overtaken(told: Sequence[Sentence]) -> Mapping[str, NewerWords]:
    """By its words, each sentence of which something holds no more, with the newest words that say
    so. `told`: what was said and noted, sentence by sentence."""
    called = dict(_called(told))
    lives = {
        words.text: _of_the_living(words, called) for words in told if tells_of_death(words.text)
    }
    # What newer words hold, and older ones, is looked for once in each sentence: only few pairs are
    # compared.
    ways = (
        (_CORRECTS, _DIGIT, _corrects),
        (_PUT_RIGHT, _ANY, _is_put_right),
        (_HURTS, _NEVER_HURTS, _hurts_now),
        (_AWARE, _SECRET, _knows_now),
        (_DIED, _ANY, lambda words, old: lives[words.text].search(old.text) is not None),
        (_CAME_BACK, _PENDS, _is_result),
        (_CAME_HOME, _IS_AWAY, _is_back),
        (_TOLD_ON, _DIGIT, _has_had_its_day),
        (_TIME_LEFT, _TIME_LEFT, _is_time_left),
        (_DECIDED, _UNDECIDED, _is_decided),
        (_PUTS_RIGHT, _DIGIT, _is_told_anew),
        (_GIVEN, _OWES, _is_given),
        (_NOT_GIVEN, _OWES, _is_given),
        (_MADE_UP, _FELL_OUT, _is_of_a_name),
        (_HABIT, _HABIT, _is_of_habit),
        (_LOST_BABY, _EXPECTS, _are_of_the_same),
        (_IS_OVER, _ANY, _is_over),
        (_NO_DOING, _ANY, _is_not_done),
        (_NOT_THEM, _TURNS_TO, _is_not_them),
        (_NEW_NUMBER, _NUMBER, _is_new_number),
        (_ALLOWS, _ANY, _is_allowed),
        (_IS_NOT, _MAY_BE, _is_not_so),
        (_HAS_UNTIL, _HAS_TO_BY, _has_another_day),
        (_WENT, _DIGIT, _has_been),
    )
    in_order = sorted(told, key=lambda words: (words.day, words.place), reverse=True)
    newest = [
        ([words for words in in_order if sign.search(words.text)], stands, overtakes)
        for sign, stands, overtakes in ways
    ]
    found: dict[str, NewerWords] = {}
    for old in told:
        newer = chain.from_iterable(
            (words for words in _since(said, old) if overtakes(words, old))
            for said, stands, overtakes in newest
            if stands.search(old.text)
        )
        if words := next(newer, None):
            found.setdefault(old.text, NewerWords(text=_quoted(words), when=words.when))
    return found


def _quoted(words: Sentence) -> str:
    """What stands beside an older sentence: that somebody is no longer the one to turn to never
    without who is, and under which number, and that something is all right with what it is."""
    if _ALLOWS.search(words.text):
        # "The word is all right" says of what in the sentence before it.
        before = "" if _ALLOWS.search(words.then) else words.before
        then = words.then if _ALLOWS.search(words.then) else ""
        return shortened_to_clause(f"{before} {words.text} {then}".strip(), LONG_QUOTE)
    if is_other_contact(words.text) or _NEW_NUMBER.search(words.text):
        return f"{words.text} {words.then}".strip()
    # "It isn't £9,400." goes on with what it is.
    text = words.text if len(words.text) > LONE else f"{words.text} {words.then}"
    return shortened_to_clause(text, SHORT)


def _since(said: Iterable[Sentence], old: Sentence) -> Iterator[Sentence]:
    """Of what was said, the newest first, what is newer than a sentence: of the same day, what was
    noted after it."""
    return takewhile(lambda words: (words.day, words.place) > (old.day, old.place), said)


def coach_owes(text: str) -> bool:
    """Whether coaches note that they owe the client something."""
    return bool(_OWES.search(text))


def forgot(text: str) -> bool:
    """Whether coaches note that they have not yet done what they owe: `Still not sent`."""
    return bool(_NOT_GIVEN.search(text))


def owes_this_session(text: str, session: int) -> bool:
    """Whether coaches note what they owe the client by a session: `I bring it printed to session
    7`, or `I promised that next time we start with his list`."""
    here = names_session(text, session) or _NEXT.search(text)
    return bool(here) and any(sign.search(text) for sign in (_OWES, _BRINGS, _NEXT_TO_DO))


def names_session(text: str, session: int) -> bool:
    """Whether a text names a session by its number."""
    return re.search(rf"\b(?:session|Sitzung|sesión) {session}\b", text) is not None


def is_other_contact(text: str) -> bool:
    """Whether words say that somebody is no longer whom the client turns to."""
    return bool(_NOT_THEM.search(text))


def tells_of_death(text: str) -> bool:
    """Whether words say that somebody died."""
    return bool(_DIED.search(text))


def tells_of_old_death(text: str, today: str) -> bool:
    """Whether words say that somebody died in a year before the one of a day."""
    years = map(int, _IN_YEAR.findall(text))
    return tells_of_death(text) and any(year < int(today[:4]) for year in years)


def _corrects(words: Sentence, old: Sentence) -> bool:
    """Whether words say that a figure of another sentence is wrong: `it's £21,300, not £17,600`, or
    `the £11,400 is £9,150 now`."""
    both = map(re.escape, words.figures & old.figures)
    ways = (f"(?i:{_NOT_THAT}{figure}(?!\\d)|{figure} {_IS_NOW})" for figure in both)
    return any(re.search(way, words.text) for way in ways)


def _called(told: Iterable[Sentence]) -> Iterator[tuple[str, str]]:
    """Who is whose father or mother, by their names and the other way round."""
    for words in told:
        for kin, name in _KIN_NAMED.findall(words.text):
            role = ELDERS[kin.casefold()]
            yield from ((name, role), (role, name))


def _of_the_living(words: Sentence, called: Mapping[str, str]) -> re.Pattern[str]:
    """What speaks as of the living of whom a sentence says that they died."""
    end = _DIED.search(words.text)
    subject = re.findall(r"[\w’']+", words.text[: end.start() if end else 0])[-3:]
    # "Dad's dog died" is of the dog, and "Her gran died" of nobody called Her.
    said = {
        name
        for name in subject
        if name[-2:-1] not in "'’"
        and (matter(name) or (name[:1].isupper() and name.casefold() not in _NO_SUBJECTS))
    }
    roles = {ELDERS[name.casefold()] for name in subject if name.casefold() in ELDERS}
    names = {name for name in said if name[:1].isupper() and name.casefold() not in ELDERS}
    roles |= {called[name] for name in names if name in called}
    names |= {called[role] for role in roles if role in called}
    names |= {kin for kin, role in ELDERS.items() if role in roles}
    lives = "|".join(map(re.escape, sorted(names))) or NOBODY_AT_ALL
    return re.compile(rf"(?i:\b(?:{lives})){_LIVES}")


def _people(found: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """The people of what was found, a relative under whichever word."""
    names = {name.casefold() for names in found for name in names}
    return frozenset(ELDERS.get(name, name) for name in names if name and name not in _NOBODY)


def _knows_now(words: Sentence, old: Sentence) -> bool:
    """Whether somebody of whom a sentence says that they don't know, or that few do, knows by now,
    of what both lines are about."""
    aware, (unaware, few) = _aware(words.text), _unaware(old.text)
    named = aware & unaware or (frozenset() if few is None else aware - few)
    if not named:
        return False
    own = frozenset(stem for name in named for stem in (name, *matter(name)))
    # What somebody else has told them is what the client has kept from them.
    if _TOLD_BY_OTHERS.search(words.text):
        return True
    # Who knows and who doesn't says nothing of what it is about, nor do the children's ages.
    newer, older = _matter_known(words.line), _matter_unknown(old.line)
    if (matter(newer.text) | newer.names) & (matter(older.text) | older.names) - (
        own | words.client | _KIN_STEMS
    ):
        return True
    # Of one relative there may be several secrets.
    return bool(newer.kin & older.kin) and all(map(_ILL.search, (newer.text, older.text)))


@lru_cache(maxsize=KEPT)
def _aware(text: str) -> frozenset[str]:
    """Who knows of something by what a sentence says."""
    return _people(_AWARE.findall(_NOBODY_KNOWS.sub(" ", text)))


@lru_cache(maxsize=KEPT)
def _unaware(text: str) -> tuple[frozenset[str], frozenset[str] | None]:
    """Who does not know of something by what a sentence says, and who alone does; None: it does not
    say that."""
    few = _FEW_KNOW.findall(text)
    return _people(_UNAWARE.findall(text)), _people(few) if few else None


@lru_cache(maxsize=KEPT)
def _matter_known(line: str) -> MatterWords:
    """A line without who knows."""
    return MatterWords(_AWARE.sub(" ", BUT_NOT.sub(" ", line)))


@lru_cache(maxsize=KEPT)
def _matter_unknown(line: str) -> MatterWords:
    """A line without who does not know, or few do."""
    return MatterWords(_FEW_KNOW.sub(" ", _UNAWARE.sub(" ", line)))


def _is_result(words: Sentence, old: Sentence) -> bool:
    """Whether the result that a sentence awaits has come."""
    if _CAME_BACK.search(old.text) or _PENDS.search(words.text):
        return False
    if _are_of_others(words, old):
        return False
    awaited, come = (_exams(said.text) or _exams(said.line) for said in (old, words))
    return not awaited.isdisjoint(come)


def _are_of_others(words: Sentence, old: Sentence) -> bool:
    """Whether two sentences name different people: no name in common, or a full name beside a
    relative, `Tom Reed` and `her dad Tom`."""
    newer, older = (said.names_and_kin - words.client for said in (words, old))
    if newer and older and newer.isdisjoint(older):
        return True
    full = {first for first, _ in _FULL_NAME.findall(words.text)}
    kin = {name for _, name in _KIN_NAMED.findall(old.line)}
    return bool(full & kin)


def _exams(text: str) -> set[str]:
    """What a text says is looked at by a doctor, under one word each."""
    return {_SAME_EXAM.get(exam, exam) for exam in map(str.casefold, _EXAM.findall(text))}


def _is_back(words: Sentence, old: Sentence) -> bool:
    """Whether somebody whom a sentence names as away is back."""
    if _are_of_others(words, old):
        return False
    if _CLIENT_AWAY.match(old.text) and _CLIENT_BACK.match(words.text):
        return True
    if _SUBJECTLESS.match(old.text) and _is_of_a_name(words, old):
        return True
    return _share_somebody(words.text, old.text, words.client)


def _is_of_a_name(words: Sentence, old: Sentence) -> bool:
    """Whether a sentence names somebody whom the line of another names, wherever the name stands;
    the sentence before one that begins with `they` says who they are."""
    named = f"{words.before} {words.text}" if _SUBJECTLESS.match(words.text) else words.text
    newer = set(map(str.casefold, re.findall(r"[A-ZÄÖÜ]\w+", named)))
    return any(
        name.casefold() in newer and matter(name).isdisjoint(words.client)
        for name in names_of(old.line)
    )


def _share_somebody(newer: str, older: str, client: frozenset[str]) -> bool:
    """Whether two texts name the same person, or begin with the same name: it has a capital as any
    word there."""
    first = {*_FIRST.findall(newer)} & {*_FIRST.findall(older)}
    if any(name.casefold() not in _NOBODY for name in first):
        return True
    return bool(MatterWords(newer).names_and_kin & MatterWords(older).names_and_kin - client)


def _is_time_left(words: Sentence, old: Sentence) -> bool:
    """Whether somebody is said to have another time to live than a sentence says; of two relatives
    each has their own."""
    kin = [MatterWords(line.line).kin for line in (words, old)]
    return not all(kin) or bool(kin[0] & kin[1])


def _is_decided(words: Sentence, old: Sentence) -> bool:
    """Whether what a sentence says is open with somebody has been decided."""
    return _share_somebody(words.text, old.line, words.client)


def _is_told_anew(words: Sentence, old: Sentence) -> bool:
    """Whether a sentence gives a figure anew that another one gives: `grade 7 after all`."""
    newer, older = words.matter | words.names, old.matter | old.names
    return bool(_DIGIT.search(words.text)) and len(newer & older - words.client) > 1


def _has_had_its_day(words: Sentence, old: Sentence) -> bool:
    """Whether what came of a day that a sentence looks ahead to has been told, of the same
    people."""
    ahead = {day for day in old.days if old.day < day <= words.day}
    if not ahead.intersection(words.days):
        return False
    newer, older = (MatterWords(line.line).names_and_kin for line in (words, old))
    return bool(newer & older - words.client)


def _is_of_habit(words: Sentence, old: Sentence) -> bool:
    """Whether a habit that one sentence says was left is kept up by the other, of the same
    people."""
    return _are_of_the_same(words, old) and any(
        (left.search(old.text) and kept.search(words.text))
        or (kept.search(old.text) and left.search(words.text))
        for left, kept in zip(_GIVEN_UP, _KEPT_UP, strict=True)
    )


def _are_of_the_same(words: Sentence, old: Sentence) -> bool:
    """Whether two sentences name the same relatives, or none."""
    newer, older = ({KIN[word] for word in said.words if word in KIN} for said in (words, old))
    return newer == older


def _is_over(words: Sentence, old: Sentence) -> bool:
    """Whether something that a sentence names is said to be off, over or done."""
    things = (next(filter(None, match.groups())) for match in _IS_OVER.finditer(words.text))
    return any(
        max(map(len, thing.split())) >= _THING and names_all_of(thing, old.text) for thing in things
    )


def _is_not_done(words: Sentence, old: Sentence) -> bool:
    """Whether something that a sentence says they do is done no longer."""
    roots = (f"{match['root']}{match['twice'] or ''}" for match in _NO_DOING.finditer(words.text))
    return any(
        len(root) >= SHORT_ROOT and re.search(rf"\b{root}", old.text, re.IGNORECASE) is not None
        for root in map(str.casefold, roots)
    )


def _is_not_them(words: Sentence, old: Sentence) -> bool:
    """Whether somebody to whom a sentence says that the client turns is no longer the one."""
    gone = (next(filter(None, match.groups())) for match in _NOT_THEM.finditer(words.text))
    return any(re.search(rf"\b{re.escape(name)}\b", old.text) for name in gone)


def _is_new_number(words: Sentence, old: Sentence) -> bool:
    """Whether the number to ring that a sentence has is another now: of the same people, or of the
    same kind, or the one that the line names as the old one; of nobody by name it is the client's
    own."""
    newer, older = (set(_NUMBER.findall(said.text)) for said in (words, old))
    if not newer - older:
        return False
    named = set(re.findall(r"\d+", words.line)) - set(re.findall(r"\d+", words.text))
    if any(re.search(rf"\b{figure}\b", old.text) for figure in named if len(figure) > 1):
        return True
    shared = words.matter | words.names_and_kin
    if shared & (old.matter | old.names_and_kin) - words.client - matter("number new"):
        return True
    return not (words.names_and_kin | old.names_and_kin) - words.client


def _is_allowed(words: Sentence, old: Sentence) -> bool:
    """Whether the line of a sentence allows what another one says is not to be said: a word alone
    says what it is about where it stands in both."""
    shared = _matter_of(words.line) & old.matter - words.client - {"word"}
    return bool(shared) and is_withheld(old.text) and not is_withheld(_ALLOWS.sub("", words.text))


@lru_cache(maxsize=KEPT)
def _matter_of(line: str) -> frozenset[str]:
    """What the words of a line begin with that say which matter it is."""
    return matter(line)


def _hurts_now(words: Sentence, old: Sentence) -> bool:
    """Whether somebody of whom a sentence says that they never hurt the client does: of others by
    name it says nothing."""
    return not _NEVER_HURTS.search(words.text) and (
        _share_somebody(words.text, old.text, words.client)
        or not (words.names_and_kin & old.names_and_kin or _PROPER.search(old.text))
        or not set(_PROPER.findall(words.text)).isdisjoint(_PROPER.findall(old.text))
    )


def _is_put_right(words: Sentence, old: Sentence) -> bool:
    """Whether something that a sentence names is said to be another thing."""
    wrong = {match[1] or match[2] for match in _PUT_RIGHT.finditer(words.text)}
    shared = MatterWords(words.line).names & MatterWords(old.line).names - words.client
    return any(
        re.search(rf"(?i)\b{re.escape(word)}\b", old.text)
        for word in wrong
        # Everybody has a mother.
        if (shared if word.casefold() in KIN else matter(word))
    )


def _is_not_so(words: Sentence, old: Sentence) -> bool:
    """Whether what may be so by a sentence is said not to be."""
    possible = {word.casefold() for word in _MAY_BE.findall(old.text)}
    denied = {word.casefold() for found in _IS_NOT.findall(words.text) for word in found}
    return not possible.isdisjoint(denied) and _are_of_the_same(words, old)


def _has_another_day(words: Sentence, old: Sentence) -> bool:
    """Whether somebody is given another day than the one a sentence sets, by the same people."""
    days = set(words.days) - set(old.days)
    if not (days and old.days and max(days) >= words.day):
        return False
    # A name at the beginning of a line is one all the same.
    newer, older = (set(_PROPER.findall(line.line)) for line in (words, old))
    return any(not matter(name) <= words.client for name in newer & older)


def _has_been(words: Sentence, old: Sentence) -> bool:
    """Whether something for which a sentence names a day is said to have been by then."""
    is_past = old.days and max(old.days) <= words.day
    return bool(is_past) and len(words.matter & old.matter) > 1


def _is_given(words: Sentence, old: Sentence) -> bool:
    """Whether what a sentence says the coach owes is told of anew: one long word says that, or two
    of any length."""
    shared = words.matter & old.matter
    return len(shared) > 1 or any(len(stem) >= LONG_WORD for stem in shared)
