"""`*[PDS]: Prikkelbaredarmsyndroom`, on a line of its own, says what an abbreviation means."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

# Matched against one line; a longer "abbreviation" is a sentence that somebody put in brackets.
DEFINITION = re.compile(r"\*\[([^\[\]]{1,100})\]:(.+)")


def use_abbreviations(parser: MarkdownIt) -> None:
    """Let the parser read definitions of abbreviations wherever a line may begin a block."""
    every_block: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("reference", "abbreviation", read_definition, every_block)


def read_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read one definition; its meaning is running text like any other."""
    if state.is_code_block(start):
        return False
    begin = state.bMarks[start] + state.tShift[start]
    definition = DEFINITION.match(state.src, begin, state.eMarks[start])
    if not definition:
        return False
    abbreviation, meaning = definition[1].strip(), definition[2].strip()
    if not meaning or not any(map(str.isalnum, abbreviation)):
        return False
    if not silent:
        token = state.push("inline", "", 0)
        token.content, token.children, token.map = meaning, [], [start, start + 1]
        token.meta = {"abbreviation": abbreviation}
        state.line = start + 1
    return True
