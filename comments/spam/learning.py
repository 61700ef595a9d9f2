"""What moderators' decisions teach: in how many genuine and how many spam comments a word was."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from comments.models import Comment, SpamWord
from comments.spam.base import base
from comments.spam.evidence import ALL, Counts
from comments.spam.words import stems

TABLE = SpamWord._meta.db_table
COLUMNS = {True: "genuine", False: "spam"}
# One more, and one less but never below zero.
MORE = "{table}.{column} + 1"
LESS = "CASE WHEN {table}.{column} > 0 THEN {table}.{column} - 1 ELSE 0 END"


def learn(text: str, *, genuine: bool) -> None:
    """Count the words of a comment that a moderator decided about."""
    count(rows_of(text), column=COLUMNS[genuine], to=MORE, at_first=1)


@transaction.atomic
def unlearn(text: str, *, genuine: bool) -> None:
    """Take back what was learned from a comment; a word that nobody else used is forgotten."""
    rows = rows_of(text)
    count(rows, column=COLUMNS[genuine], to=LESS, at_first=0)
    SpamWord.objects.filter(stem__in=rows, genuine=0, spam=0).delete()


def relearn(before: tuple[str, str], after: tuple[str, str]) -> None:
    """Learn from a comment as it is after a change, in place of what it taught before.

    Each is a text and a `Comment.LearnedAs`. Call it last: it holds rows that all comments share.
    """
    if before == after:
        return
    for act, (text, learned_as) in ((unlearn, before), (learn, after)):
        if learned_as:
            act(text, genuine=learned_as == Comment.LearnedAs.GENUINE)


def rows_of(text: str) -> list[str]:
    """The stems to count, in an order that is the same for every comment.

    First comes the empty stem, which counts the comments themselves. Two decisions at the same
    moment meet at that row, and cannot wait for each other further on.
    """
    return sorted([ALL, *stems(text)])


def count(rows: list[str], *, column: str, to: str, at_first: int) -> None:
    """Change one of the counts of each stem, in one statement; the table's name is our own."""
    values = ", ".join(["(%s, %s, %s)"] * len(rows))
    change = to.format(table=TABLE, column=column)
    statement = (
        f"INSERT INTO {TABLE} (stem, genuine, spam) VALUES {values} "  # noqa: S608
        f"ON CONFLICT (stem) DO UPDATE SET {column} = {change}"
    )
    first = {"genuine": (at_first, 0), "spam": (0, at_first)}[column]
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for stem in rows for value in (stem, *first)])


def learned(about: Iterable[str]) -> dict[str, Counts]:
    """What is known of these stems, and how many comments that knowledge comes from."""
    known = base()
    rows = [ALL, *about]
    counts = {stem: known[stem] for stem in rows if stem in known}
    for word in SpamWord.objects.filter(stem__in=rows):
        counts[word.stem] = counts.get(word.stem, Counts()) + Counts(word.genuine, word.spam)
    return counts
