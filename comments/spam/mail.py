"""Signals in the mail address of a comment's writer."""

from __future__ import annotations

from collections.abc import Iterator

from disposable_email_domains import blocklist

from comments.spam.addresses import mail_domains
from comments.spam.evidence import Evidence
from comments.spam.verdict import Finding


def disposable_mail(evidence: Evidence) -> Iterator[Finding]:
    """The address is one for ten minutes; some people who mind their privacy use one too.

    The finding does not say which domain: the address itself may be gone sooner than the finding.
    """
    for domain in mail_domains(evidence.email):
        if any(parent in blocklist for parent in with_parents(domain)):
            yield Finding("disposable_mail", 0.75)


def with_parents(domain: str) -> Iterator[str]:
    """The domain, and each domain that it lies in."""
    labels = domain.split(".")
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])
