"""The Markdown that editors may use: CommonMark, with what GFM and our conventions add."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.token import Token

from blog.rendering.abbreviations import use_abbreviations
from blog.rendering.footnotes import use_footnotes
from blog.rendering.limits import PARSER_NESTING, count_steps

# What HTML may not contain: control characters, halves of a surrogate pair, non-characters.
FORBIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)


def clean(source: str) -> str:
    """The text with one kind of line end and without characters that HTML forbids."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN_CHARACTERS.sub("\ufffd", text)


def build_parser() -> MarkdownIt:
    """A parser that shows raw HTML as text and leaves judging addresses to `links`."""
    options = {"html": False, "xhtmlOut": False, "maxNesting": PARSER_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    use_footnotes(parser)
    use_abbreviations(parser)
    count_steps(parser)
    # Typography still has to see which characters were typed with a backslash.
    parser.disable("text_join")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # An address in angles is shown decoded: "%00" must not become what `clean` took out.
    parser.normalizeLinkText = lambda link: clean(normalizeLinkText(link))  # type: ignore[method-assign]
    return parser


PARSER = build_parser()


def parse(text: str) -> list[Token]:
    """The text as markdown-it's tokens; `h1` becomes `h2`, for the page has its own title."""
    tokens = PARSER.parse(text)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    return tokens


def to_html(tokens: list[Token]) -> str:
    """The tokens written out; not to be shown before the sanitizer has seen it."""
    html: str = PARSER.renderer.render(tokens, PARSER.options, {})
    return html.strip()
