"""Redirects from a list: each line an old address and a new one, as a spreadsheet writes them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from django.db import transaction
from django.utils.translation import gettext as _

from blog.redirects import (
    Redirects,
    RefusedError,
    WholeSite,
    leads_nowhere,
    plain_path,
    plain_target,
)

MOST_LINES = 5_000
SEPARATORS = ("\t", ";", ",")


class Outcome(Enum):
    """What becomes of a line."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """One line of the list, and what becomes of it."""

    number: int
    old: str
    new: str
    outcome: Outcome
    remark: str = ""


@dataclass
class Import:
    """What a list comes to, before anything of it is kept."""

    lines: list[Line] = field(default_factory=list)
    redirects: Redirects = field(default_factory=lambda: Redirects(site_has=WholeSite().has))

    def count(self, outcome: Outcome) -> int:
        """How many lines come to this."""
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def changes_something(self) -> bool:
        """Whether anything is left to be kept."""
        return any(line.outcome in {Outcome.ADDED, Outcome.CHANGED} for line in self.lines)


class UnreadableError(ValueError):
    """A list that cannot be read as one; the message says what to do."""


def look_through(text: str) -> Import:
    """What importing a list would do, line by line. Raises UnreadableError."""
    found = Import()
    given: dict[str, tuple[int, str]] = {}
    for number, cells in rows(text):
        try:
            path, target = addresses(cells)
            if path in given:
                found.lines.append(again(number, path, target, earlier=given[path]))
                continue
            found.redirects.lead(path, to=target)
        except RefusedError as refusal:
            old, new = (*cells, "", "")[:2]
            found.lines.append(Line(number, old, new, Outcome.REFUSED, str(refusal)))
        else:
            given[path] = (number, target)
            found.lines.append(Line(number, path, target, Outcome.ADDED))
    if not found.lines:
        raise UnreadableError(_("There is no line with two addresses in this."))
    ends = found.redirects.ends()
    found.lines = [
        settled(line, found.redirects, ends) if line.outcome is Outcome.ADDED else line
        for line in found.lines
    ]
    return found


@transaction.atomic
def import_redirects(text: str) -> Import:
    """Keep what a list says; lines that are refused are left out. Raises UnreadableError."""
    found = look_through(text)
    found.redirects.save()
    return found


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, each with its number; without the heading of a table."""
    text = text.removeprefix("\ufeff")
    first = next(filter(str.strip, text.splitlines()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=separator)
    count = 0
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            while cells and not cells[-1]:
                cells.pop()
            count += bool(cells)
            if not cells or (count == 1 and is_heading(cells)):
                continue
            if count > MOST_LINES:
                message = _("Import at most %(most)s lines at a time.")
                raise UnreadableError(message % {"most": MOST_LINES})
            yield reader.line_num, cells
    except csv.Error as error:
        message = _("Line %(number)s cannot be read.")
        raise UnreadableError(message % {"number": reader.line_num}) from error


def is_heading(cells: list[str]) -> bool:
    """Whether these are the names of columns, and no addresses."""
    return not any("/" in cell for cell in cells)


def addresses(cells: list[str]) -> tuple[str, str]:
    """The two addresses of a line in their one form. Raises RefusedError."""
    if len(cells) != 2:
        raise RefusedError("path", _("A line holds two addresses: the old one and the new one."))
    return plain_path(cells[0]), plain_target(cells[1])


def again(number: int, path: str, target: str, *, earlier: tuple[int, str]) -> Line:
    """A line about an address that the list has given already."""
    first, first_target = earlier
    if target == first_target:
        return Line(number, path, target, Outcome.SAME)
    message = _("Line %(number)s leads this address elsewhere.")
    return Line(number, path, target, Outcome.REFUSED, message % {"number": first})


def settled(line: Line, redirects: Redirects, ends: dict[str, str]) -> Line:
    """A line that is in order, with what it changes, and where it leads in one step."""
    before, end = redirects.before.get(line.old), ends[line.old]
    if before is None:
        outcome, remark = Outcome.ADDED, ""
    elif before == end:
        outcome, remark = Outcome.SAME, ""
    else:
        outcome = Outcome.CHANGED
        remark = _("Until now it leads to %(address)s.") % {"address": before}
    if not remark and leads_nowhere(end, site_has=redirects.site_has):
        remark = _("Nothing is at the new address now.")
    return replace(line, new=end, outcome=outcome, remark=remark)
