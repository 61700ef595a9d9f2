"""What the spam filter says about a comment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# From this score on a comment waits, whatever the site's moderation says.
SUSPICIOUS_AT = 1.0
# From this score on it waits in the spam folder.
SPAM_AT = 3.0

# All that can speak for a comment: words that sound genuine. It is little: robots copy words.
MOST_GENUINE = -0.5
# What holds a comment by itself, however genuine its words sound.
HOLDS = SUSPICIOUS_AT - MOST_GENUINE
# What files it as spam by itself.
FILES = SPAM_AT - MOST_GENUINE


@dataclass(frozen=True)
class Finding:
    """One thing that speaks for or against spam, and how much."""

    signal: str
    weight: float
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """The finding as it is kept with the comment."""
        return {"signal": self.signal, "weight": self.weight, "detail": self.detail}


@dataclass(frozen=True)
class Verdict:
    """All findings about one comment."""

    findings: tuple[Finding, ...] = ()

    @property
    def score(self) -> float:
        """The sum of the weights."""
        return round(sum(finding.weight for finding in self.findings), 2)

    @property
    def is_suspicious(self) -> bool:
        """Whether a moderator should look before readers see it."""
        return self.score >= SUSPICIOUS_AT

    @property
    def is_spam(self) -> bool:
        """Whether it belongs in the spam folder."""
        return self.score >= SPAM_AT
