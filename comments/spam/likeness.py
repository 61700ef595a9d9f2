"""Which side the words of a comment are on: naive Bayes over what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log, log2

from comments.spam.evidence import ALL, Counts, Evidence
from comments.spam.verdict import MOST_GENUINE, SPAM_AT, Finding

# Comments that are added, in thought, to those in which a word was seen (Laplace, Lidstone): the
# more, the less a rare word says. With more than this, less spam is held; with fewer, genuine
# comments come near the spam folder.
SMOOTHING = 0.3
# The words that tell most are named, if they tell anything by themselves.
NAMED, TELLING = 3, 1.0


def likeness(evidence: Evidence) -> Iterator[Finding]:
    """The words are more like those of spam, or more like those of genuine comments."""
    odds = {
        stem: log_odds(evidence.learned[stem], of=evidence.learned[ALL])
        for stem in evidence.stems
        if stem in evidence.learned
    }
    weight = weight_of(sum(odds.values()))
    if weight > 0:
        yield Finding("like_spam", weight, ", ".join(worst_words(evidence, odds)))
    elif weight < 0:
        yield Finding("like_genuine", weight)


def worst_words(evidence: Evidence, odds: Mapping[str, float]) -> list[str]:
    """The words that tell most of spam, as they were written; signs have none."""
    telling = [stem for stem in odds if odds[stem] >= TELLING and evidence.stems[stem]]
    telling.sort(key=lambda stem: -odds[stem])
    return [evidence.stems[stem] for stem in telling[:NAMED]]


def weight_of(odds: float) -> float:
    """What log-odds add to the score: 1 is 1, 3 is 2, and 7 (a thousand to one) is spam itself."""
    if odds < 0:
        return round(max(odds, MOST_GENUINE), 2)
    return round(min(log2(1 + odds), SPAM_AT), 2)


def log_odds(seen: Counts, *, of: Counts) -> float:
    """How much more at home a word is in spam than in genuine comments; 0 is neither.

    The comments that are added in thought are divided over both kinds as the others are, so that
    a rare word says little even where nearly all comments are of one kind.
    """
    spam_share, genuine_share = of.spam + 1, of.genuine + 1
    everything = spam_share + genuine_share
    in_spam = (seen.spam + SMOOTHING * spam_share / everything) / spam_share
    in_genuine = (seen.genuine + SMOOTHING * genuine_share / everything) / genuine_share
    return log(in_spam / in_genuine)
