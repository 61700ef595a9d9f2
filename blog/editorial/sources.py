"""Citations and their sources, and what is said without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from blog.diff.amounts import BEGINS, DIGITS, IN_WORDS
from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript, Source
from blog.editorial.passages import Sentence
from blog.rendering.bibliography import IDENTIFIER, trim

BARE_MARK = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")
UNDEFINED = re.compile(r"\[\^([^\]\s]{1,100})\]")
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# What a library finds a book or report by.
CATALOGUED = re.compile(
    r"\b(?:ISBN|ISSN)\b[\s:]*\d|\b(?:publicatie|rapport)\s?(?:nr|nummer)\.?\s?\S*\d", re.IGNORECASE
)
HOST = re.compile(r"https?://(?:www\.)?(?:dx\.)?")

# A doctor's look at one patient, and what is taught, are no research: "lichamelijk onderzoek",
# "onderzoek bij de huisarts", "de studie psychologie".
STUDY = (
    r"(?:(?:meta-?|vervolg|bevolkings|laboratorium|dier|slaap)?"
    r"(?:(?<!\blichamelijk )onderzoek(?!\s+(?:bij|door)\s+(?:de|je|een|uw)\s+(?:huis)?arts\b)"
    r"(?:en|ers?|sters?)?|studie(?!\s+\w*(?:logie|kunde)\b)s?|analyses?|experiment(?:en)?)"
    r"|wetenschap(?:pers?)?|trials?|rct’?s?|deskundigen)"
)
SHOWS = (
    r"(?:toon(?:t|de|den)?|tonen|aangetoond|wijs(?:t)?|wijzen|wees|wezen"
    r"|blijk(?:t|en)|bleek|bewijs(?:t)?|bewijzen|bewees|bewezen|suggere(?:ert|ren|erde)"
    r"|ontdek(?:t|te|ten|ken)|vond(?:en)?|vindt|vinden|conclude(?:ert|ren|erde|erden)"
    r"|bevestig(?:t|de|den|en)|zag(?:en)?|zien|stel(?:t|de|den|len)\s+vast|vastgesteld"
    r"|ge(?:eft|ven)\s+aan|gaf|gaven|ontdekking|onderschrijf(?:t)?|onderschrijven)"
)
WENT_ABOUT = (
    r"(?:volgden|onderzochten|testten|vergeleken|keken|bekeken|maten|verdeelden|ondervroegen|legden"
    r"|lieten|gaven|vroegen|bestudeerden)"
)
APPEALS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{STUDY}\b[^.?!;]{{0,120}}?\b{SHOWS}\b",
        rf"\b(?:blijkt|bleek|zo\s+laat|vonden|ontdekten|zagen)\b[^.?!;]{{0,40}}\b{STUDY}\b",
        # What only people in a laboratory do.
        rf"\b(?:onderzoekers|wetenschappers)\s+(?:\w+\s+){{0,3}}?{WENT_ABOUT}\b",
        rf"\b{WENT_ABOUT}\s+(?:\w+\s+){{0,2}}?(?:onderzoekers|wetenschappers)\b",
        rf"\b(?:uit|volgens|blijkens)\s+(?:[\w-]+\s+){{0,4}}?{STUDY}\b",
        r"\bwetenschappelijk\s+(?:bewezen|aangetoond|onderbouwd|vastgesteld|bewijs)\b",
        r"\b(?:is|zijn|werd|werden)\s+(?:\w+\s+){0,3}?(?:bewezen|aangetoond)\b",
        r"\bbewezen\s+(?:effect|effectief|werking|dat)\b",
    )
)
# Says that it is not known, or that research is lacking.
LACKING = re.compile(
    r"\b(?:niet|nooit|nauwelijks|onvoldoende|zelden|moeilijk)\b[^.;]{0,60}?"
    r"\b(?:aangetoond|bewezen|onderzocht|duidelijk|bekend|vastgesteld|zeker|eens)\b"
    r"|\b(?:geen|weinig|nauwelijks|onvoldoende|gebrek\s+aan|klein|beperkt)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:onderzoek\w*|bewijs|studies?|wetenschap\w*)\b"
    r"|\b(?:onderzoek|studies|bewijs)\b[^.;]{0,60}\b(?:nodig|ontbreekt|ontbreken|loopt|lopen|volgt)\b"
    r"|\b(?:moet|zal|zou|wil|gaat)\b[^.;]{0,40}\b(?:onderzocht|onderzoek)\b",
    re.IGNORECASE,
)
SHARE = rf"(?:{DIGITS}(?:\s?[-–]\s?{DIGITS})?|{IN_WORDS})\s?(?:%|procent\b)"
DOSE = (
    rf"{DIGITS}(?:\s?(?:[-–]|tot|à)\s?{DIGITS})?\s?"
    r"(?:mg|mcg|[µμu]g|IE|IU|milligram|microgram)(?!\w)"
)
FIGURE = re.compile(rf"{BEGINS}(?:{SHARE}|{DOSE})", re.IGNORECASE)
# Of prices; and what is no share of anything.
PRICE = re.compile(r"\s+(?:korting|btw|rente|rabat)\b", re.IGNORECASE)
FIGURATIVE = re.compile(r"(?:100|honderd|110|200)\s?(?:%|procent)", re.IGNORECASE)


@check(Severity.WARNING)
def bare_mark(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A number between brackets that leads to no source."""
    for passage in text.passages:
        for match, place in passage.matches(BARE_MARK):
            yield Finding(
                reason=_("%(mark)s leads to no source.") % {"mark": match[0]},
                hint=_("Type [^1], and below the text [^1]: with the source."),
                place=place,
                subject=passage.sentence_at(match.start()),
            )


@check(Severity.ERROR)
def undefined_source(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A mark for a source that is not given."""
    for passage in text.passages:
        for match, place in passage.matches(UNDEFINED):
            yield Finding(
                reason=_("There is no source for %(mark)s.") % {"mark": match[0]},
                hint=_("Add a line %(mark)s: with the source below the text.") % {"mark": match[0]},
                place=place,
            )
    for source in text.sources.values():
        if source.label in text.used_labels and not source.text.strip():
            yield Finding(
                reason=_("The source of %(mark)s is empty.") % {"mark": source.place.words},
                hint=_("Fill in the source."),
                place=source.place,
            )


@check(Severity.WARNING)
def unused_source(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A source to which nothing in the text refers: readers never see it."""
    for source in text.sources.values():
        if source.label not in text.used_labels:
            yield Finding(
                reason=_("Nothing in the text refers to the source %(mark)s.")
                % {"mark": source.place.words},
                hint=_("Put %(mark)s where it belongs, or take the source away.")
                % {"mark": source.place.words},
                place=source.place,
                subject=source.text,
            )


@check(Severity.WARNING)
def source_without_link(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A source that readers cannot look up."""
    for source in text.sources.values():
        if source.text.strip() and not (identifiers(source) or CATALOGUED.search(source.text)):
            yield Finding(
                reason=_("Source %(mark)s has no link or number to look it up by.")
                % {"mark": source.place.words},
                hint=_("Add its address, or its DOI, PMID or ISBN."),
                place=source.place,
                subject=source.text,
            )


@check(Severity.WARNING)
def source_without_year(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A source that does not say how old it is."""
    for source in text.sources.values():
        if source.text.strip() and not YEAR.search(IDENTIFIER.sub("", source.text)):
            yield Finding(
                reason=_("Source %(mark)s has no year.") % {"mark": source.place.words},
                hint=_("Say in which year it appeared."),
                place=source.place,
                subject=source.text,
            )


@check(Severity.WARNING)
def same_source_twice(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Two sources are the same one."""
    seen: dict[str, Source] = {}
    for source in text.sources.values():
        marks = {*identifiers(source), as_letters(source.text)} - {""}
        other = next((seen[mark] for mark in sorted(marks) if mark in seen), None)
        if other:
            yield Finding(
                reason=_("%(mark)s is the same source as %(other)s.")
                % {"mark": source.place.words, "other": other.place.words},
                hint=_("Use one mark as often as you need it."),
                place=source.place,
                subject=source.text,
            )
        seen |= dict.fromkeys(marks, source)


@check(Severity.WARNING)
def unsourced_study(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Research is appealed to, and not named."""
    for sentence, words in unsourced(text):
        if words.endswith("?") or LACKING.search(words):
            continue
        found = next(filter(None, (appeal.search(words) for appeal in APPEALS)), None)
        if found:
            start = sentence.start + found.start()
            yield Finding(
                reason=_("This speaks of research, and names none."),
                hint=_("Say where readers find it: a mark such as [^1], or a link."),
                place=sentence.passage.place(start, sentence.start + found.end()),
                subject=words,
            )


@check(Severity.WARNING)
def unsourced_figure(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A share or a dose stands there without saying where it comes from."""
    for sentence, words in unsourced(text):
        for match in FIGURE.finditer(words):
            if FIGURATIVE.fullmatch(match[0]) or PRICE.match(words, match.end()):
                continue
            start = sentence.start + match.start()
            yield Finding(
                reason=_("It is not said where %(figure)s comes from.") % {"figure": match[0]},
                hint=_("Add the source, with a mark such as [^1], or a link."),
                place=sentence.passage.place(start, start + len(match[0])),
                subject=words,
            )
            break  # one is enough for a sentence


def unsourced(text: Manuscript) -> Iterator[tuple[Sentence, str]]:
    """The sentences that name no source, and are followed by none that does, and their words."""
    for passage in text.running:
        for sentence, following in pairwise([*passage.sentences, None]):
            if sentence and not is_sourced(sentence) and not (following and is_sourced(following)):
                yield sentence, sentence.text


def is_sourced(sentence: Sentence) -> bool:
    """Whether a source is named in it: a citation, a mark without one, or a link to elsewhere."""
    return (
        sentence.is_cited
        or BARE_MARK.search(sentence.text) is not None
        or UNDEFINED.search(sentence.text) is not None
        or any(HOST.match(link.address) for link in sentence.links)
    )


def identifiers(source: Source) -> set[str]:
    """The addresses, DOIs and PubMed numbers of a source, each in one way of writing."""
    found = {match[0] for match in IDENTIFIER.finditer(source.text)} | set(source.addresses)
    return {as_identifier(address) for address in found}


def as_identifier(address: str) -> str:
    """The same identifier for each way to write an address, a DOI or a PubMed number."""
    bare = HOST.sub("", trim(address)).lower().rstrip("/")
    return re.sub(r"^(?:doi\.org/|pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s?)", "", bare)


def as_letters(words: str) -> str:
    """The letters and digits of some words."""
    return "".join(filter(str.isalnum, words.casefold()))
