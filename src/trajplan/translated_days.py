"""Days as people say them in German and Spanish, put in the English words that `dates.py` reads.

The library that reads days in other languages knows `viernes`, but neither `el viernes` nor `in
zwei Wochen`. Nothing is guessed here: what comes out is read by the same rules as English, which
refuse what could be two days.
"""

from __future__ import annotations

import re

from trajplan.text import ordinal

_WEEKDAYS = (
    ("monday", "montag|lunes"),
    ("tuesday", "dienstag|martes"),
    ("wednesday", "mittwoch|mi[eé]rcoles"),
    ("thursday", "donnerstag|jueves"),
    ("friday", "freitag|viernes"),
    ("saturday", "samstag|sonnabend|s[aá]bado"),
    ("sunday", "sonntag|domingo"),
)
_UNITS = (
    ("day", "tag(?:en|e)?|d[ií]as?"),
    ("week", "wochen?|semanas?"),
    ("month", "monat(?:en|e)?|mes(?:es)?"),
    ("year", "jahr(?:en|e)?|años?"),
)
_COUNTS = (
    ("1", "eine[mnr]?|una?"),
    ("2", "zwei|dos"),
    ("3", "drei|tres"),
    ("4", "vier|cuatro"),
    ("5", "fünf|cinco"),
    ("6", "sechs|seis"),
    ("7", "sieben|siete"),
    ("8", "acht|ocho"),
    ("9", "neun|nueve"),
    ("10", "zehn|diez"),
    ("12", "zwölf|doce"),
    ("14", "vierzehn|catorce"),
)
_IDIOM = r"\b(?:acht tage|ocho d[ií]as|quince d[ií]as)"
"""A week or two to most people, and a day more to others."""
_DAY = f"(?:{'|'.join(name for name, _ in _WEEKDAYS)})"
_SPAN = r"(\d{1,4} (?:day|week|month|year)s)"
_END = r"(?:ende|(?:a )?(?:fin|final|fines|finales) de)"
_MONTH_OR_YEAR = (
    (r"^(?:ende (?:des|dieses) monats|monatsende|(?:a )?fin(?:ales)? de mes)$", "end of the month"),
    (r"^ende (?:des )?nächsten monats$", "end of next month"),
    (r"^(?:ende des jahres|jahresende|(?:a )?fin(?:ales)? de año)$", "end of the year"),
    (r"^ende (?:der|dieser) woche$", "end of the week"),
    (rf"^{_END} ([^\W\d_]+)(?: (?:de )?(\d{{4}}))?$", r"end of \1 \2"),
)
"""Read before the units are put in English, which turns `mes` into months."""
_PHRASES = (
    (r"\bübermorgen\b|\bpasado mañana\b", "day after tomorrow"),
    (r"\bvorgestern\b|\banteayer\b", "day before yesterday"),
    (r"\bheute\b|\bhoy\b", "today"),
    (r"\bmorgen\b|\bmañana\b", "tomorrow"),
    (rf"^({_DAY}) (?:den|dem|el) (?=\d)", r"\1 "),
    (rf"^(?:nächste[rn]?|pr[oó]ximo) ({_DAY})$", r"next \1"),
    (rf"^({_DAY}) (?:pr[oó]ximo|que viene)$", r"next \1"),
    (rf"^kommende[rn]? ({_DAY})$", r"coming \1"),
    (rf"^(?:diese[rn]?|este) ({_DAY})$", r"this \1"),
    (rf"^(?:letzte[rn]?|vergangene[rn]?) ({_DAY})$|^({_DAY}) pasado$", r"last \1\2"),
    (rf"^({_DAY}|today|tomorrow) in (?:1 weeks|7 days)$", r"\1 week"),
    (rf"^({_DAY}|today|tomorrow) in (?:2 weeks|14 days)$", r"\1 fortnight"),
    (rf"^(?:dentro de|en) {_SPAN}$", r"in \1"),
    (rf"^(?:vor|hace) {_SPAN}$", r"\1 ago"),
)
_DUE = (
    r"^(?:spätestens am |(?:spätestens )?bis (?:zum |zu )?"
    r"|a más tardar el |antes del? |hasta |para )"
)
"""Before the last day that something is due."""
_ARTICLE = r"^(?:am|den|dem|el) "


def in_english(words: str, *, ahead: bool) -> str:
    """What a German or Spanish day is in English, in small letters; empty where it is neither.

    `ahead`: the day lies ahead, so that it may be the last one that something is due.
    """
    if re.search(_IDIOM, words):
        return ""
    said = re.sub(_DUE, "", words) if ahead else words
    bare = re.sub(_ARTICLE, "", said)
    if bare != words and re.fullmatch(r"\d\d?\.?", bare):
        return f"the {ordinal(int(bare.rstrip('.')))}"
    said = bare
    for theirs, english in _MONTH_OR_YEAR:
        said = re.sub(theirs, english, said)
    for english, theirs in _WEEKDAYS:
        said = re.sub(rf"\b(?:{theirs})\b", english, said)
    for unit, units in _UNITS:
        for count, counts in (*_COUNTS, (r"\1", r"(\d{1,4})")):
            said = re.sub(rf"\b(?:{counts}) (?:{units})\b", f"{count} {unit}s", said)
    for theirs, english in _PHRASES:
        said = re.sub(theirs, english, said)
    return said.strip() if said != words else ""
