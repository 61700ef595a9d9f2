"""The last word on every piece of HTML: only what is listed here reaches a reader."""

from __future__ import annotations

import re

import nh3
from django.utils.safestring import SafeString, mark_safe

from blog.rendering.addresses import is_own_address, is_safe_address
from blog.rendering.languages import LANGUAGE

# Never `svg`, `math` or `style`: they open a second language inside the page.
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "id", "aria-label", "rel"},
    "abbr": {"title"},
    "aside": {"role", "aria-labelledby"},
    "blockquote": set(),
    "br": set(),
    "code": set(),
    "em": set(),
    "figcaption": set(),
    "figure": set(),
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "hr": set(),
    "img": {"src", "alt", "loading"},
    "li": set(),
    "ol": {"start"},
    "p": {"id"},
    "pre": set(),
    "s": set(),
    "section": {"aria-label", "aria-labelledby", "tabindex"},
    "span": {"id", "lang"},
    "strong": set(),
    "sup": set(),
    "table": set(),
    "tbody": set(),
    "td": set(),
    "th": set(),
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
CLASSES = {
    "a": {"address", "section-link", "term"},
    "aside": {"callout", "callout-care", "callout-fact", "callout-warning"},
    "h2": {"numbered"},
    "h3": {"numbered"},
    "p": {"callout-label"},
    "section": {"key-points", "table-scroll"},
    "span": {"section-number", "visually-hidden"},
    "sup": {"citation"},
    "td": {"align-center", "align-right"},
    "th": {"align-center", "align-right"},
}
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]*")


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that passes, None for one that does not."""
    match name:
        case "href":
            passes = is_safe_address(value)
        case "src":
            passes = is_own_address(value)
        case "id":
            passes = IDENTIFIER.fullmatch(value) is not None
        case "lang":
            passes = LANGUAGE.fullmatch(value) is not None
        case "rel":
            passes = value == "sponsored"
        case "role":
            passes = value == "note"
        case "tabindex":
            passes = value == "0"
        case _:
            passes = True
    return value if passes else None


CLEANER = nh3.Cleaner(
    tags=ATTRIBUTES.keys() - {"*"},
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    attribute_filter=keep_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

# What tells a page's parts to the page is left out: a comparison shows two texts on one page.
MARKED = nh3.Cleaner(
    tags={*ATTRIBUTES, "ins", "del"} - {"*"},
    attributes={
        tag: {name for name in names if name not in ("id", "href", "rel") and "aria" not in name}
        for tag, names in ATTRIBUTES.items()
    },
    allowed_classes={**CLASSES, "p": {*CLASSES["p"], "lead"}, "ins": {"figure"}, "del": {"figure"}},
    attribute_filter=keep_attribute,
    link_rel=None,
)


def sanitize(html: str) -> SafeString:
    """The HTML without anything that the conventions do not make."""
    return mark_safe(CLEANER.clean(html))  # noqa: S308 - the one place where HTML becomes safe


def sanitize_marked(html: str) -> SafeString:
    """The same for HTML in which words are marked as added or removed; it leads nowhere."""
    return mark_safe(MARKED.clean(html))  # noqa: S308 - see above
