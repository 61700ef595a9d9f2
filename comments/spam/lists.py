"""Signals in the words, domains and networks that editors put on a list."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from functools import lru_cache

from comments.models import SpamTerm
from comments.spam.addresses import linked_domains, mail_domains, plain_domain, undisguised
from comments.spam.evidence import Evidence, Listed
from comments.spam.folding import words
from comments.spam.verdict import FILES, HOLDS, Finding

Kind = SpamTerm.Kind


def listed(evidence: Evidence) -> Iterator[Finding]:
    """Every hit is named; only the strictest counts, so that two holds are no spam."""
    hits = sorted(evidence.listed, key=lambda hit: not hit.files)
    for place, hit in enumerate(hits):
        weight = FILES if hit.files else HOLDS
        yield Finding(f"listed_{hit.where}", 0.0 if place else weight, hit.value)


def hits(
    terms: Iterable[SpamTerm], *, name: str, text: str, email: str, network: str
) -> Iterator[Listed]:
    """The entries of the lists that a comment hits.

    What would tell of its writer's network or mail address is not named.
    """
    said = f"{phrase(text)}\n{phrase(name)}"
    plain = undisguised(f"{text}\n{name}")
    domains = {*linked_domains(plain), *mail_domains(plain)}
    mailed = set(mail_domains(email))
    for term in terms:
        files = term.effect == SpamTerm.Effect.SPAM
        if term.kind == Kind.WORD and says(said, term.value):
            yield Listed(term.pk, "word", files=files, value=term.value)
        elif term.kind == Kind.DOMAIN and lies_in(domains, term.value):
            yield Listed(term.pk, "domain", files=files, value=term.value)
        elif term.kind == Kind.DOMAIN and lies_in(mailed, term.value):
            yield Listed(term.pk, "mail", files=files)
        elif term.kind == Kind.NETWORK and holds(term.value, network):
            yield Listed(term.pk, "network", files=files)


def phrase(text: str) -> str:
    """The folded words, each between two spaces; nothing where there are none."""
    return f" {' '.join(found)} " if (found := words(text)) else ""


def says(said: str, value: str) -> bool:
    """Whether a word or phrase is among what was said, whole."""
    listed_one = listed_phrase(value)
    return bool(listed_one) and listed_one in said


@lru_cache(maxsize=4_096)
def listed_phrase(value: str) -> str:
    """An entry as it is compared; the same entries come by with every comment."""
    return phrase(value)


def lies_in(domains: Iterable[str], value: str) -> bool:
    """Whether one of these domains is the listed one, or below it."""
    listed_one = plain_domain(value.strip())
    return any(f".{domain}".endswith(f".{listed_one}") for domain in domains)


def holds(value: str, network: str) -> bool:
    """Whether a network lies within the listed one; one that cannot be read holds nothing."""
    try:
        listed_one = ipaddress.ip_network(value.strip(), strict=False)
        ours = ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False
    # Mixed versions have no order, and Python says so with an error.
    return ours.version == listed_one.version and ours.subnet_of(listed_one)  # type: ignore[arg-type]
