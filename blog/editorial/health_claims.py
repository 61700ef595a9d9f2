"""What a post that sells something says of nutrients, held against the authorised claims.

An aid and no legal advice: it finds words, and knows nothing of doses or of what is meant.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.editorial.passages import Kind, Sentence

CLAIM_KINDS = (Kind.TEXT, Kind.ITEM, Kind.HEADING)


@dataclass(frozen=True)
class Nutrient:
    """A nutrient, the words for it, and what may be said of it."""

    name: str
    words: re.Pattern[str]
    also: re.Pattern[str]  # what stands for it once it was named
    wordings: tuple[str, ...]
    subjects: frozenset[str]  # those that the wordings are about


@dataclass(frozen=True)
class Register:
    """The authorised claims, and the subjects that are looked for."""

    nutrients: tuple[Nutrient, ...]
    subjects: Mapping[str, re.Pattern[str]]
    source: str
    address: str


def read_register(path: Path) -> Register:
    """The register in a data file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    nutrients = tuple(
        Nutrient(
            name=name,
            words=at_word_start(nutrient["words"]),
            also=at_word_start(nutrient["also"]),
            wordings=tuple(claim["wording"] for claim in nutrient["authorised"]),
            subjects=frozenset(
                chain.from_iterable(claim["subjects"] for claim in nutrient["authorised"])
            ),
        )
        for name, nutrient in data["nutrient"].items()
    )
    subjects = {name: at_word_start(words) for name, words in data["subjects"].items()}
    return Register(nutrients, subjects, data["source"], data["address"])


def at_word_start(words: list[str]) -> re.Pattern[str]:
    """Any of these words, from the start of a word on."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.IGNORECASE)


REGISTER = read_register(Path(__file__).with_name("health_claims.toml"))

# A sentence that goes on about what was named in the one before it.
GOES_ON = re.compile(
    r"(?:(?:het|dit|dat|deze|die|hij|ze|zij|zo|hierdoor|daardoor|hiermee|daarmee|daarnaast|ook"
    r"|bovendien|verder|hierbij|daarbij)\b)(?!\s+(?:artikel|blog|stuk|jaar)\b)",
    re.IGNORECASE,
)
# Says no; "niet alleen", "niet voor niets", "nooit meer hoofdpijn" and "geen bijwerkingen" praise.
NOT = (
    r"\b(?:niet(?!\s+(?:alleen|enkel|voor\s+niets)\b)|(?<!\bvoor\s)niets|nooit(?!\s+meer\b)"
    r"|geen(?!\s+(?:[\w-]+\s+)?bijwerking)|nergens)\b"
)
# Where a clause ends, and with it what a "niet" in it is about.
CLAUSE_END = (
    r"(?:[.,;:]|\b(?:en|maar|want|dat|die|wie|als|om|omdat|zodat|waardoor|waar|terwijl|dan)\b)"
)
IN_CLAUSE = rf"(?:(?!{CLAUSE_END}).)"
DOES = r"(?:helpt|werkt|doet|geneest|verlaagt|verhoogt|vermindert|verbetert|voorkomt|maakt|zorgt)"
DENIED = re.compile(rf"\b{DOES}\b{IN_CLAUSE}{{0,30}}?{NOT}", re.IGNORECASE)
UNPROVEN = re.compile(
    rf"{NOT}{IN_CLAUSE}{{0,60}}?\b(?:aangetoond|bewezen|bewijs|vastgesteld|duidelijk|bekend"
    r"|onderzocht)\b"
    r"|\b(?:geen|onvoldoende|nauwelijks|weinig|niet\s+veel)\s+(?:[\w-]+\s+){0,2}?(?:bewijs|aanwijzing\w*|verband"
    r"|effect|invloed|reden)\b"
    r"|\b(?:mag|mogen|kun|kunnen)\b[^.;]{0,40}\bniet\b[^.;]{0,40}\b(?:zeggen|beweren|beloven|claimen)\b",
    re.IGNORECASE,
)
# Between what a sentence says of a nutrient and what else it says: "…, maar", "… en werkt niet".
PARTED = re.compile(rf"[;:]\s|\bmaar\s|\ben\s+(?=(?:(?:het|dit|dat)\s+)?{DOES}\b)", re.IGNORECASE)

MEDICINE = (
    r"[\w-]{0,40}(?:slaapmiddel|geneesmiddel|medicijn|pijnstiller|kalmeringsmiddel|rustgever|laxeermiddel"
    r"|slaappil|antibioticum|antidepressivum)(?:en|s|len)?"
)
MEDICINAL = re.compile(
    # A product of ours, or a natural one, that is called a medicine.
    rf"\b(?:(?:ons|onze|dit|deze)\s+(?:[\w-]+\s+){{0,2}}?|natuurlijke?\s+(?:[\w-]+\s+)?"
    rf"|(?:plantaardige?|kruiden|groene?)\s+){MEDICINE}\b"
    rf"|\b{MEDICINE}\s+(?:uit|van)\s+de\s+natuur\b"
    # What only a medicine does.
    r"|\b(?:genezend\w*|geneeskracht\w*|therapeutisch\w*|medicinale?|geneeskrachtige?)\b"
    r"|\b(?P<heals>genees|geneest|genas|heelt"
    r"|(?:dit|deze|ons|onze)\s+(?:[\w-]+\s+){0,2}?(?:behandelt|bestrijdt|verhelpt))\b",
    re.IGNORECASE,
)
# "Dit artikel behandelt" is about a text; "geen geneesmiddel" and "geneest niet" promise nothing.
NO_MEDICINE = re.compile(
    r"\b(?:artikel|blog|hoofdstuk|boek|stuk|tekst|onderzoek|huisarts|arts|dokter)\s+"
    rf"(?:behandelt|bestrijdt|verhelpt)\b|{NOT}",
    re.IGNORECASE,
)
CLAUSE_ENDS = re.compile(CLAUSE_END, re.IGNORECASE)
# How many characters around a word may deny it.
NEAR = 60


@check(Severity.WARNING)
def health_claim(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A nutrient is said to do what is not on the list: one finding a nutrient and subject."""
    if not text.content.is_commercial:
        return
    claims: dict[tuple[str, str], list[Sentence]] = {}
    for sentence, nutrients in sentences_about(text):
        words = claimed(sentence.text)
        for subject, pattern in REGISTER.subjects.items():
            if pattern.search(words):
                for nutrient in nutrients:
                    if subject not in nutrient.subjects:
                        claims.setdefault((nutrient.name, subject), []).append(sentence)
    wordings = {nutrient.name: nutrient.wordings for nutrient in REGISTER.nutrients}
    for (name, subject), sentences in claims.items():
        count = len(sentences)
        reason = ngettext(
            "%(nutrient)s and “%(subject)s”: not found on the list, in %(count)s sentence.",
            "%(nutrient)s and “%(subject)s”: not found on the list, in %(count)s sentences.",
            count,
        )
        yield Finding(
            reason=reason % {"nutrient": name.capitalize(), "subject": subject, "count": count},
            hint=_("Say it in words of the list (%(source)s), or leave it out.")
            % {"source": REGISTER.source},
            place=sentences[0].place,
            also=tuple(sentence.place for sentence in sentences[1:]),
            instead=wordings[name],
            subject=" ".join([name, subject, *(sentence.text for sentence in sentences)]),
        )


@check(Severity.WARNING)
def medicinal_word(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A product, or something natural, is said to be or to do what medicines are and do."""
    if not text.content.is_commercial:
        return
    for sentence in claim_sentences(text):
        words = sentence.text
        medicinal = (m for m in MEDICINAL.finditer(words) if not is_no_medicine(words, m))
        if found := next(medicinal, None):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            yield Finding(
                reason=_("“%(words)s” makes a medicine of it.") % {"words": found[0]},
                hint=_("Only medicines are called that. Say what it is in other words."),
                place=sentence.passage.place(start, end),
                subject=words,
            )


def claimed(words: str) -> str:
    """What a sentence claims: without what it denies, and what it says is not proven."""
    if UNPROVEN.search(words):
        words = words.partition(" maar ")[2]
        if UNPROVEN.search(words):
            return ""
    return " ".join(part for part in PARTED.split(words) if not DENIED.search(part))


def is_no_medicine(words: str, found: re.Match[str]) -> bool:
    """Whether a word of medicines is denied in its clause, or is about a text or a doctor."""
    before = CLAUSE_ENDS.split(words[max(found.start() - NEAR, 0) : found.start()])[-1]
    after = CLAUSE_ENDS.split(words[found.end() : found.end() + NEAR])[0]
    # "Dit slaapmiddel is niet verslavend" still calls it one.
    return bool(NO_MEDICINE.search(before + found[0] + (after if found["heals"] else "")))


def claim_sentences(text: Manuscript) -> Iterator[Sentence]:
    """The sentences of the title, the summary, the headings and the running text."""
    for passage in [*text.own_words, *text.passages]:
        if passage.kind in CLAIM_KINDS:
            yield from passage.sentences


def sentences_about(text: Manuscript) -> Iterator[tuple[Sentence, list[Nutrient]]]:
    """The sentences that are about a nutrient, by its name or as the one that was named last."""
    last: list[Nutrient] = []  # named last, anywhere
    topic: list[Nutrient] = []  # what the sentence before was about, in this passage
    for before, sentence in pairwise([None, *claim_sentences(text)]):
        if sentence is None:
            continue
        words = sentence.text
        if before is None or before.passage is not sentence.passage:
            topic = []
        named = [nutrient for nutrient in REGISTER.nutrients if nutrient.words.search(words)]
        meant = [nutrient for nutrient in last if nutrient.also.search(words)]
        topic = named or meant or (topic if GOES_ON.match(words) else [])
        last = named or last
        if topic:
            yield sentence, topic
