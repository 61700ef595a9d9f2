"""A visitor's text as HTML: paragraphs, lists, quotes, emphasis, and links that show their host.

What the marks of Markdown would change about the words stays as it was typed: a line that starts
with # or +, a link in brackets, HTML, and the numbers of a list.
"""

from __future__ import annotations

import re
from typing import Protocol

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from blog.rendering.markdown import clean
from blog.rendering.tokens import inlines
from blog.rendering.typography import typeset_tokens

# Raised when the output for the same text changes, so that stored HTML is made anew.
VERSION = 1

# Quotes and lists stand inside each other up to here, and emphasis inside emphasis; below that
# their marks stay as typed. (markdown-it itself would drop what is nested deeper than it allows.)
MAX_NESTING = 4

# No mark, but words about an amount: ">5 mg" at the start of a line, and "2*400 mg".
QUOTE = re.compile(r">(?!\d)")
STARS_IN_WORD = re.compile(r"(?<=[^\W_])\*+(?=[^\W_])")
# A list begins with a mark and words. Years and lines of signs begin none, and neither does a plus:
# it means that something is good.
LIST_ITEM = re.compile(r"(?:[-*]|(?:0|[1-9]\d{0,2})[.)])[ \t]+(?![-*_ \t]*$)", re.MULTILINE)
NUMBER = re.compile(r"\d+(?=[.)])")

# What looks like an address. A bracket belongs to it only together with its other half.
IN_ADDRESS = r"[^\s<>\"“”()\[\]]"
ADDRESS = re.compile(
    r"(?:(?<![^\W_])https?://|(?<![^\W_]|[@./])www\.)"
    rf"(?:{IN_ADDRESS}|\({IN_ADDRESS}*\)|\[{IN_ADDRESS}*\])++",
    re.IGNORECASE,
)
# The first letters of an address, in front of which the parser has to stop.
ADDRESS_STARTS = "hHwW"
# Ends the sentence or the emphasis around an address, and is no part of it.
TRAILING = ".,;:!?\"'`”’*_~…"
# The address of a website by its name: no port, no user, no number for a host.
LABEL = r"[^\W_]+(?:-+[^\W_]+)*"
WEBSITE = re.compile(
    rf"(?:(https?)://)?((?:{LABEL}\.)+(?:[^\W\d_]{{2,}}|xn--[a-z0-9-]+))([/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
MAX_LABEL, MAX_HOST = 63, 253
# The letters of Dutch and its neighbours. Other letters may look like these, so a part of a host
# that has one is shown the way machines write it.
LAST_FAMILIAR_LETTER = "ÿ"

ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "blockquote": set(),
    "br": set(),
    "em": set(),
    "li": set(),
    "ol": {"start"},
    "p": set(),
    "strong": set(),
    "ul": set(),
}
START = re.compile(r"\d{1,3}")
# As the sanitizer writes a link.
LINK = re.compile(r'<a href="([^"]*)"[^>]*>[^<]*</a>')


class Formattable(Protocol):
    """A text, and the HTML that was once made of it."""

    text: str
    html: str
    html_version: int


def format_comment(text: str) -> SafeString:
    """The text as HTML that may stand below a post."""
    tokens = PARSER.parse(clean(text))
    for children in inlines(tokens):
        children[:] = [token for token in children if not is_deep_emphasis(token)]
    typeset_tokens(tokens)
    return restored(PARSER.renderer.render(tokens, PARSER.options, {}).strip())


def formatted(comment: Formattable) -> SafeString:
    """The text of a comment as HTML: what is stored with it, unless another version made that."""
    if comment.html_version == VERSION:
        return restored(comment.html)
    return format_comment(comment.text)


def restored(html: str) -> SafeString:
    """HTML without anything that `format_comment` does not make, such as what was stored."""
    return mark_safe(CLEANER.clean(html))  # noqa: S308 - the sanitizer's output


def format_preview(text: str) -> SafeString:
    """The same, with links as words: as long as nobody has judged where they lead."""
    return mark_safe(LINKLESS_CLEANER.clean(format_comment(text)))  # noqa: S308 - the same


def with_whole_addresses(html: SafeString) -> SafeString:
    """The same HTML with each link as its whole address, for who has to judge where it leads."""
    return restored(LINK.sub(r"\1", html))


def build_parser() -> MarkdownIt:
    """A parser that knows what a comment may have, and nothing else."""
    parser = MarkdownIt("zero", {"breaks": True})
    parser.enable(["blockquote", "list", "newline", "emphasis"])
    before_text: RuleOptionsType = {"alt": ["paragraph", "blockquote"]}
    parser.block.ruler.at("blockquote", read_quote, before_text)
    parser.block.ruler.at("list", read_list, before_text)
    everywhere: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    parser.block.ruler.before("blockquote", "end", ends, everywhere)
    parser.inline.ruler.before("text", "address", read_address)
    parser.inline.ruler.before("emphasis", "stars", read_stars_in_word)
    for letter in ADDRESS_STARTS:
        parser.inline.add_terminator_char(letter)
    return parser


def read_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read one quote."""
    begins = QUOTE.match(state.src, state.bMarks[start] + state.tShift[start])
    return bool(begins) and state.level < MAX_NESTING and blockquote(state, start, end, silent)


def read_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read one list."""
    begins = LIST_ITEM.match(state.src, state.bMarks[start] + state.tShift[start])
    return bool(begins) and state.level < MAX_NESTING and list_block(state, start, end, silent)


def ends(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Whether a quote, a list or the text of an item ends before this line; it reads nothing.

    Markdown would take the line into the quote or the item above it, though it carries no mark.
    """
    if not silent:
        return False
    if state.parentType == "list":
        return is_out_of_turn(state, line)
    return state.parentType == "blockquote" or state.sCount[line] < state.blkIndent


def is_out_of_turn(state: StateBlock, line: int) -> bool:
    """Whether a line has another number than would be next, so that the list has to begin anew."""
    number = NUMBER.match(state.src, state.bMarks[line] + state.tShift[line])
    items = (token for token in reversed(state.tokens) if token.type == "list_item_open")
    above = next((token.info for token in items if token.level == state.level), "")
    if not number or not above:
        return False
    return number[0] != str(int(above) + 1)


def is_deep_emphasis(token: Token) -> bool:
    """Whether it is a tag of emphasis that stands in too much emphasis already."""
    return token.tag in ("em", "strong") and token.level >= MAX_NESTING


def read_stars_in_word(state: StateInline, silent: bool) -> bool:
    """Read stars that stand for themselves."""
    stars = STARS_IN_WORD.match(state.src, state.pos, state.posMax)
    if not stars:
        return False
    state.append_pending(stars[0])
    state.pos = stars.end()
    return True


def read_address(state: StateInline, silent: bool) -> bool:
    """Read one address, as a link that shows its host; as it was typed where it may not be one."""
    found = ADDRESS.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    address = found[0].rstrip(TRAILING)
    state.pos += len(address)
    link = link_to(address)
    if link and is_kept(link[0]):
        href, shown = link
        state.push("link_open", "a", 1).attrs["href"] = href
        state.push("text", "", 0).content = shown
        state.push("link_close", "a", -1)
    else:
        state.append_pending(address)
    return True


def link_to(address: str) -> tuple[str, str] | None:
    """Where a link to an address leads, and what it shows; None for what is no website's."""
    website = WEBSITE.fullmatch(address)
    if not website:
        return None
    scheme, host, rest = (website[1] or "https").lower(), website[2].lower(), website[3] or ""
    labels = host.split(".")
    # No host has more, and writing a longer one for machines would take long.
    if len(host) > MAX_HOST or max(map(len, labels)) > MAX_LABEL:
        return None
    machine_labels = [punycode(label) for label in labels]
    shown = ".".join(
        label if max(label) <= LAST_FAMILIAR_LETTER else machine_label
        for label, machine_label in zip(labels, machine_labels, strict=True)
    )
    if len(labels) > 2:
        shown = shown.removeprefix("www.")
    href = f"{scheme}://{'.'.join(machine_labels)}{rest}"
    return href, f"{shown}/…" if rest.strip("/") else shown


def is_kept(href: str) -> bool:
    """Whether the sanitizer leaves the address in a link: it knows which hosts cannot exist."""
    return " href=" in CLEANER.clean(format_html('<a href="{}"></a>', href))


def punycode(label: str) -> str:
    """One part of a host in the letters that its registry has."""
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that passes, None for one that does not."""
    if name == "href":
        link = link_to(value)
        return value if link and link[0] == value else None
    if name == "start":
        return value if START.fullmatch(value) else None
    return value


PARSER = build_parser()
# nh3 allows every tag a title and a language, unless it hears otherwise.
NO_OTHERS: dict[str, set[str]] = {"*": set()}
CLEANER = nh3.Cleaner(
    tags=set(ATTRIBUTES),
    attributes=ATTRIBUTES | NO_OTHERS,
    attribute_filter=keep_attribute,
    url_schemes={"http", "https"},
    link_rel="nofollow ugc",
)
LINKLESS_CLEANER = nh3.Cleaner(
    tags=set(ATTRIBUTES) - {"a"},
    attributes={"ol": {"start"}} | NO_OTHERS,
    attribute_filter=keep_attribute,
)
