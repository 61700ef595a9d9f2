"""Ids in a text never meet those of the page around it."""

from __future__ import annotations

import re
from pathlib import Path

from blog.rendering.identifiers import PAGE_IDS, PAGE_PREFIXES, Identifiers

TEMPLATES = Path(__file__).parents[3] / "templates"


def test_ids_that_templates_write_are_kept_free() -> None:
    pages = [path for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts]
    written = {
        identifier
        for path in pages
        for identifier in re.findall(r'\sid="([^"{]+)', path.read_text())
    }

    unknown = {name for name in written - set(PAGE_IDS) if not name.startswith(PAGE_PREFIXES)}

    assert unknown == set()


def test_equal_words_get_numbers_and_never_one_that_is_taken() -> None:
    identifiers = Identifiers()

    made = [identifiers.make(words) for words in ("Slaap", "Slaap 2", "Slaap", "Slaap")]

    assert made == ["slaap", "slaap-2", "slaap-3", "slaap-4"]
