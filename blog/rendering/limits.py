"""What is refused because it would hold a worker for too long.

Counting characters, lines and marks beforehand bounds what costs as much as it is long. What costs
more than that, such as brackets in brackets, is caught by counting the parser's steps as it goes.
An article that fills MAX_CHARACTERS and is written like any other has some 2,700 lines and 1,250
marks, so only what no reader could follow comes near a limit.
"""

from __future__ import annotations

import re
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

MAX_CHARACTERS = 250_000
MAX_LINES = 6_000
MAX_MARKS = 20_000
MAX_CELLS = 10_000
MAX_NESTING = 16
MAX_STEPS = 100_000
MAX_ADDRESS_WORK = 1_000_000
MAX_ABBREVIATIONS = 100

# markdown-it silently drops what is nested deeper, so it must not get there before we refuse.
PARSER_NESTING = MAX_NESTING + 2

# Every character at which markdown-it stops to try its rules, the pipes of tables, and the no-break
# space, for the sanitizer takes most of a second to write out 250,000 of them.
MARKS = "!#$%&*+-:<=>@[\\]^_`{}~|\u00a0"
BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
ADDRESS_END = re.compile(r"[\x00-\x20\x7f]+")
DELIMITERS = " \t>|:-"


class TooComplexError(ValueError):
    """The text would take too long to render; the message tells an editor what to change."""


def refuse_slow_text(text: str) -> None:
    """Refuse by counting, before any work is done."""
    if len(text) > MAX_CHARACTERS:
        message = _("The text is too long: at most %(limit)s characters are allowed.")
        raise too_complex(message, MAX_CHARACTERS)
    if text.count("\n") >= MAX_LINES:
        message = _("The text has too many lines: at most %(limit)s are allowed.")
        raise too_complex(message, MAX_LINES)
    if sum(map(text.count, MARKS)) > MAX_MARKS:
        message = _(
            "The text has too many Markdown characters such as * [ ] > |: "
            "at most %(limit)s are allowed."
        )
        raise too_complex(message, MAX_MARKS)
    if count_cells(text) > MAX_CELLS:
        message = _("The tables are too large: at most %(limit)s cells are allowed.")
        raise too_complex(message, MAX_CELLS)
    if count_address_work(text) > MAX_ADDRESS_WORK:
        raise TooComplexError(_("Too many links stand together without a space between them."))


def count_cells(text: str) -> int:
    """The most cells that the tables can have: markdown-it fills short rows up with empty ones."""
    cells = 0
    for block in BLANK_LINE.split(text):
        lines = block.split("\n")
        columns = max((line.count("|") + 1 for line in lines if is_delimiter_row(line)), default=0)
        cells += columns * len(lines)
    return cells


def is_delimiter_row(line: str) -> bool:
    """Whether a line such as "| --- | ---: |" may make a table of the lines around it."""
    return "|" in line and not line.strip(DELIMITERS)


def count_address_work(text: str) -> int:
    """How many characters are read when every "](" looks for the end of its address.

    An address ends at a space, so only links that are strung together read each other's.
    """
    return sum(len(word) * word.count("](") for word in ADDRESS_END.split(text))


def count_steps(parser: MarkdownIt) -> None:
    """Let the parser count the places where it tries its rules, and give up at MAX_STEPS."""
    every_block: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("table", "steps", count_block_step, every_block)
    parser.inline.ruler.before("text", "steps", count_inline_step)


def count_block_step(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule that matches nothing: it stands first, so it is tried wherever any rule is."""
    return count_step(state.env)


def count_inline_step(state: StateInline, silent: bool) -> bool:
    """The same for running text."""
    return count_step(state.env)


def count_step(env: EnvType) -> Literal[False]:
    env["steps"] = env.get("steps", 0) + 1
    if env["steps"] > MAX_STEPS:
        message = _(
            "The Markdown is too tangled: brackets, quotes or lists that stand inside each other "
            "take more than %(limit)s steps to read."
        )
        raise too_complex(message, MAX_STEPS)
    return False


def refuse_deep_nesting(tokens: list[Token]) -> None:
    """Refuse lists in lists in quotes, or emphasis in emphasis, beyond all reading."""
    deepest = max((token.level for token in tokens), default=0)
    for token in tokens:
        deepest = max(deepest, max((child.level for child in token.children or ()), default=0))
    if deepest > MAX_NESTING:
        message = _("Lists, quotes or emphasis are nested too deep: at most %(limit)s levels.")
        raise too_complex(message, MAX_NESTING)


def refuse_long_addresses(tokens: list[Token]) -> None:
    """Refuse a long link address that is defined once and used a thousand times."""
    length = sum(
        len(str(value))
        for token in tokens
        for child in token.children or ()
        for value in child.attrs.values()
    )
    if length > MAX_CHARACTERS:
        message = _("The link addresses are too long: at most %(limit)s characters together.")
        raise too_complex(message, MAX_CHARACTERS)


def refuse_many_abbreviations(tokens: list[Token]) -> None:
    """Refuse a dictionary: the whole text is searched for each abbreviation."""
    if sum("abbreviation" in token.meta for token in tokens) > MAX_ABBREVIATIONS:
        message = _("The text explains too many abbreviations: at most %(limit)s are allowed.")
        raise too_complex(message, MAX_ABBREVIATIONS)


def too_complex(message: str, limit: int) -> TooComplexError:
    return TooComplexError(message % {"limit": number_format(limit, force_grouping=True)})
