"""How much a comment looks like spam, and why: signals as data, a score, reasons in words."""

from comments.intake.arrival import Arrival
from comments.spam.examination import examine
from comments.spam.learning import learn, relearn, unlearn
from comments.spam.reasons import in_words
from comments.spam.verdict import Finding, Verdict

__all__ = ["Arrival", "Finding", "Verdict", "examine", "in_words", "learn", "relearn", "unlearn"]
