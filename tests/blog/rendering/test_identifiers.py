"""Ids in a text never meet those of the page around it."""

from __future__ import annotations

import re
from pathlib import Path

from blog.rendering.identifiers import PAGE_IDS, PAGE_PREFIXES, Identifiers

TEMPLATES = Path(__file__).parents[3] / "templates"
TEXT = "blog/includes/text.html"
ID = re.compile(r'\sid="([^"{]+)')
PART = re.compile(r'{% (?:extends|include) "([^"]+)"')


def test_ids_that_templates_write_around_a_text_are_kept_free() -> None:
    templates = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    public = {name for name in templates if not name.startswith("admin/")}
    pages = {name for name in public if TEXT in parts_of(name)}
    around = pages.union(*map(parts_of, pages))
    written = {identifier for name in around for identifier in ID.findall(source(name))}

    # An id with a capital, as illustrations have, is never made from words.
    small = {name for name in written if name.islower()}
    unknown = {name for name in small - set(PAGE_IDS) if not name.startswith(PAGE_PREFIXES)}

    assert {"blog/post_detail.html", "blog/page_detail.html"} <= pages
    assert {"inhoud", "bronnen", "reacties"} <= written
    assert unknown == set()


def test_equal_words_get_numbers_and_never_one_that_is_taken() -> None:
    identifiers = Identifiers()

    made = [identifiers.make(words) for words in ("Slaap", "Slaap 2", "Slaap", "Slaap")]

    assert made == ["slaap", "slaap-2", "slaap-3", "slaap-4"]


def test_id_of_a_term_has_its_prefix_and_never_meets_a_heading() -> None:
    identifiers = Identifiers()

    made = [
        identifiers.make("PDS", prefix="begrip-"),
        identifiers.make("Begrip PDS"),
        identifiers.make("pds", prefix="begrip-"),
        identifiers.make("PDS"),
    ]

    assert made == ["begrip-pds", "sectie-begrip-pds", "begrip-pds-2", "pds"]


def source(template: str) -> str:
    return (TEMPLATES / template).read_text()


def parts_of(template: str) -> set[str]:
    """Every template that this one extends or includes, and what those do."""
    direct = set(PART.findall(source(template)))
    return direct.union(*map(parts_of, direct))
