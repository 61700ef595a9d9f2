"""What readers have to be told of products and money, and where products do not belong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Place, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.editorial.passages import Passage, Sentence
from blog.rendering.commercial import is_affiliate_link, is_shop_link

PRODUCT = (
    r"(?:(?:[\w-]{0,40}(?:supplement|capsule|poeder|druppel|spray|cr[eè]me|zalf|balsem|middel"
    r"|multi(?:vitamine)?|gummie)|tablette"
    # By themselves these are things in the house.
    r"|[\w-]{2,40}(?:tablet|olie|formule|kuur|pakket|pil|shake|reep|kussen|matras|deken|drankje))"
    r"(?:en|n|s|’s|ten|sen|len)?"
    r"|\w+thee|producten?|product|assortiment|aanbod(?!\s+aan\b)|web-?shop|web-?winkel|winkel|shop|merk)"
)
# Between "ons" and a product stand words about it, and none of these.
NOT_ABOUT = (
    r"(?:lichaam|lijf|lezers?|redactie|huid|artikelen?|artikel|blog|hoofd|hart|hersenen|maag|gevoel"
    r"|thuis|we|wij|je|de|het|een|dit|deze|die|dat|is|zijn|was|wordt|worden|heeft|hebben|kan|kunnen|moet|mag|geen"
    r"|niet|van|uit|met|in|op|bij|voor|naar|over|door|om|te|en|of|als|dan|aan)"
)
OWN_PRODUCT = re.compile(
    rf"\b(?:ons|onze)\s+(?:aanbod\s+aan\s+)?(?:(?!{NOT_ABOUT}\b)[\w-]+\s+){{0,3}}?{PRODUCT}\b"
    r"|\b(?:bij|via)\s+ons\s+(?:te\s+koop|verkrijgbaar|te\s+bestellen|bestellen|kopen)\b"
    r"|\b(?:koop|bestel)\s+(?:je\s+)?(?:[\w-]+\s+){0,4}?bij\s+ons\b"
    r"|\b(?:wij|we)\s+(?:zelf\s+)?verkopen\b",
    re.IGNORECASE,
)
PRAISE = re.compile(
    r"\b(?:verkozen|uitgeroepen|bekroond|gekozen\s+tot|best\s+getest|als\s+beste|prijs\s+gewonnen"
    r"|(?:aller)?beste|nummer\s+(?:1|één|een)|no\.?\s*1|unieke?|ongeëvenaard|onovertroffen"
    r"|revolutionaire?|perfecte?|fantastische?|geweldige?|ideale?|wonder\w*|super\w*|top\w*"
    r"|sterkste|krachtigste|effectiefste|meest\s+\w+|favoriete?|populairste|sneller\s+dan"
    r"|beter\s+dan|aanrader|onmisbaar|onmisbare|de\s+enige)\b",
    re.IGNORECASE,
)
COMPLAINT = re.compile(
    r"\b(?:\w*klacht(?:en)?|symptomen|symptoom|ziekten?|ziek|zieken|aandoening(?:en)?|stoornis(?:sen)?"
    r"|syndroom|\w*pijn(?:en)?|slapeloosheid|insomnia|slaapprobleem|slaapproblemen|depressie\w*|depressief|somber\w*"
    r"|burn-?out|angst(?:en|stoornis\w*)?|paniek\w*|migraine|diabetes|suikerziekte|kanker|reuma\w*"
    r"|artrose|artritis|astma|copd|eczeem|psoriasis|hooikoorts|allergie\w*|hartfalen|hoge\s+bloeddruk"
    r"|bloeddruk|osteoporose|botontkalking|obstipatie|verstopping|diarree|misselijk\w*|duizelig\w*"
    r"|rusteloze\s+benen|rls|pds|prikkelbaredarm\w*|adhd|autisme|dementie|alzheimer|parkinson|epilepsie"
    r"|anemie|bloedarmoede|overgewicht|obesitas|menopauze|overgangsklachten|pms|griep|koorts|ontsteking\w*"
    r"|infectie\w*|jeuk|kramp(?:en)?|spierkramp\w*|tinnitus|apneu|slaapapneu|moeheid|vermoeidheid)\b",
    re.IGNORECASE,
)


@check(Severity.ERROR)
def undisclosed_shop_link(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A link to our own shop, of which readers are not told."""
    if not text.content.discloses_own_products:
        for address, place in text.destinations:
            if is_shop_link(address, known.shop_hosts):
                yield Finding(
                    reason=_("This link leads to our own shop, and readers are not told."),
                    hint=_("Tick “mentions our own products”, or take the link away."),
                    place=place,
                    subject=address,
                )


@check(Severity.ERROR)
def undisclosed_affiliate_link(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A link that earns money, of which readers are not told."""
    if not text.content.discloses_affiliate_links:
        for address, place in text.destinations:
            if is_affiliate_link(address):
                yield Finding(
                    reason=_("This link earns money, and readers are not told."),
                    hint=_("Tick “has links that we earn from”, or take the link away."),
                    place=place,
                    subject=address,
                )


@check(Severity.WARNING)
def own_product(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A product of our own inside the text, where it reads as advice."""
    for sentence in text.sentences:
        if found := OWN_PRODUCT.search(sentence.text):
            yield Finding(
                reason=_("A product of our own stands inside the text: “%(words)s”.")
                % {"words": found[0]},
                hint=_("Name products below the text, where readers know them for advertising."),
                place=part(sentence, found),
                subject=sentence.text,
            )


@check(Severity.WARNING)
def product_praise(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Our own product is praised."""
    for passage in text.running:
        for sentence, words in from_own_product(passage):
            if found := PRAISE.search(words):
                yield Finding(
                    reason=_("Our own product is praised: “%(words)s”.") % {"words": found[0]},
                    hint=_("Say what it is, and leave the praise out."),
                    place=part(sentence, found),
                    subject=words,
                )


@check(Severity.WARNING)
def product_near_complaint(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A link to a product in a section about a complaint."""
    complaints: dict[int, str] = {}
    for passage in text.passages:
        if found := COMPLAINT.search(passage.text):
            complaints.setdefault(passage.section, found[0])
    for passage, link in text.links:
        sells = is_shop_link(link.address, known.shop_hosts) or is_affiliate_link(link.address)
        if sells and passage.section in complaints:
            yield Finding(
                reason=_("A product is linked in a section about a complaint (“%(words)s”).")
                % {"words": complaints[passage.section]},
                hint=_("Take the link away: whoever has complaints needs advice, not a product."),
                place=passage.place(link.start, link.end),
                subject=f"{link.address} {complaints[passage.section]}",
            )


def from_own_product(passage: Passage) -> Iterator[tuple[Sentence, str]]:
    """The sentences from the first that names a product of our own, and their words."""
    named = False
    for sentence in passage.sentences:
        named = named or OWN_PRODUCT.search(sentence.text) is not None
        if named:
            yield sentence, sentence.text


def part(sentence: Sentence, found: re.Match[str]) -> Place:
    """The place of what was found in a sentence."""
    start, end = sentence.start + found.start(), sentence.start + found.end()
    return sentence.passage.place(start, end)
