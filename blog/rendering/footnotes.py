"""`[^1]` in running text, read at the cost of its own length.

The rule that comes with mdit-py-plugins looks for the closing bracket to the end of the text, for
every "[^" anew: two minutes for 200 kB of them.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin

REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")


def use_footnotes(parser: MarkdownIt) -> None:
    """Let the parser read definitions where they stand, and references by our own rule."""
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.at("footnote_ref", read_reference)


def read_reference(state: StateInline, silent: bool) -> bool:
    """Read one `[^label]` whose definition stands somewhere in the text."""
    reference = REFERENCE.match(state.src, state.pos, state.posMax)
    if not reference or not is_defined(reference[1], state):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": reference[1]}
    state.pos = reference.end()
    return True


def is_defined(label: str, state: StateInline) -> bool:
    # The plugin keeps labels behind a colon, as its JavaScript original has to.
    return f":{label}" in state.env.get("footnotes", {}).get("refs", {})
