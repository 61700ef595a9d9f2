"""Numbers and units as they are written in Dutch, and what they come to."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import numeric

DIGITS = r"(?:\d+(?:[.,:/]\d+)*[½¼¾⅓⅔]?|[½¼¾⅓⅔])"
# Not in the middle of a number: "1/1/1/…" would be read anew from each of its parts.
BEGINS = r"(?<![\w.,])(?<!\d[:/])"
WORDS = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7,
    "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13,
    "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18, "negentien": 19,
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
    "tachtig": 80, "negentig": 90, "honderd": 100, "duizend": 1000,
    "half": 0.5, "halve": 0.5, "anderhalf": 1.5, "anderhalve": 1.5,
}  # fmt: skip
# "Een" is an article more often than a number.
IN_WORDS = "|".join(word for word in WORDS if word != "een")
# Each unit with all the ways to write it.
UNITS = {
    "mg": "mg milligram",
    "µg": "µg ug mcg microgram",
    "g": "g gr gram",
    "kg": "kg kilo kilogram",
    "ml": "ml milliliter",
    "cl": "cl",
    "dl": "dl",
    "l": "l liter",
    "IE": "IE IU",
    "kcal": "kcal",
    "kJ": "kJ",
    "mmol": "mmol/l mmol",
    "mmHg": "mmHg",
    "mm": "mm",
    "cm": "cm",
    "m": "m meter",
    "km": "km kilometer",
    "%": "% procent",
    "‰": "‰",
    "°C": "°C graden",
    "euro": "euro",
    "second": "sec seconde seconden",
    "minute": "min minuut minuten",
    "hour": "uur uren",
    "day": "dag dagen",
    "night": "nacht nachten",
    "week": "week weken",
    "month": "maand maanden",
    "year": "jaar jaren",
    "times": "keer maal x ×",
    "tablet": "tablet tabletten",
    "capsule": "capsule capsules",
    "pill": "pil pillen",
    "drop": "druppel druppels",
    "spoon": "lepel lepels",
    "teaspoon": "theelepel theelepels",
    "tablespoon": "eetlepel eetlepels",
    "glass": "glas glazen",
    "cup": "kop koppen kopje kopjes",
    "portion": "portie porties",
}
UNIT = "|".join(re.escape(spelling) for line in UNITS.values() for spelling in line.split())
NAMES = {s.casefold(): name for name, line in UNITS.items() for s in line.split()}
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?![.\d])")


def unit_named(spelling: str) -> str:
    """One name for a unit, in whatever way it is written."""
    return NAMES.get(spelling.casefold(), spelling)


@lru_cache(maxsize=1_000)
def values(number: str) -> tuple[float | str, ...]:
    """What a number comes to: "duizend" is 1000; "120/80" and "8:30" are two numbers."""
    if (word := number.lower()) in WORDS:
        return (WORDS[word],)
    return tuple(map(value, number.replace(":", "/").split("/")))


def value(digits: str) -> float | str:
    """What digits come to: "1.000" is 1000, and "1½" and "1,50" are 1.5.

    What is no number, such as "1.2.3", stays as it is.
    """
    whole = digits.rstrip("½¼¾⅓⅔")
    plain = whole.replace(".", "") if THOUSANDS.match(whole) else whole
    try:
        return float(plain.replace(",", ".") or 0) + sum(map(numeric, digits[len(whole) :]))
    except ValueError:
        return digits
