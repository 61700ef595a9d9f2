"""Every convention, and every deviation from CommonMark, as a pair of files to look at.

`GOLDEN=write pytest tests/blog/rendering/test_golden_pairs.py` writes the `.html` files anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from blog.rendering import Known, Rendered, Section, Target, render

PAIRS = Path(__file__).parents[3] / "fixtures" / "markdown"
MARKDOWN = sorted(PAIRS.glob("[!R]*.md"))
KNOWN = Known(
    targets={
        "author:mirjam": Target("/auteurs/mirjam/", public=True),
        "image:maan": Target("/media/2023/maan.jpg", public=True),
        "post:concept": Target("/blog/concept/", public=False),
        "post:magnesium": Target("/blog/magnesium-voor-het-slapengaan/", public=True),
    },
    earlier_ids={
        "beter-slapen-met-magnesium": "beter-slapen",
        "slapen": "beter-slapen",
        "vroeg-naar-bed": "op-tijd-naar-bed",
        "let-op": "beter-slapen",
        "op-tijd-naar-bed": "beter-slapen",
        "bronnen": "beter-slapen",
        "weg-is-weg": "weg",
    },
)


@pytest.mark.parametrize("markdown", MARKDOWN, ids=lambda path: path.stem)
def test_markdown_becomes_the_html_beside_it(markdown: Path) -> None:
    expected = markdown.with_suffix(".html")

    written = written_out(render(markdown.read_text(), known=KNOWN))

    if os.environ.get("GOLDEN") == "write":
        expected.write_text(written)
    assert written == expected.read_text()


def test_every_pair_has_its_reason_in_the_readme() -> None:
    readme = (PAIRS / "README.md").read_text()

    assert [path.stem for path in MARKDOWN if f"`{path.stem}`" not in readme] == []


def written_out(rendered: Rendered) -> str:
    """All that a page gets of one text, in one file that a person can read."""
    return "\n".join([*parts(rendered), ""])


def parts(rendered: Rendered) -> Iterator[str]:
    if rendered.sections:
        yield "<!-- contents"
        yield from contents(rendered.sections, indent="")
        yield "-->"
    if rendered.lead:
        yield f"<!-- lead -->\n{rendered.lead}"
    if rendered.key_points:
        yield f"<!-- key points -->\n{rendered.key_points}"
    yield f"<!-- body -->\n{rendered.html}"
    for source in rendered.sources:
        yield f"<!-- {source.id}, from {' '.join(source.marks)} -->\n{source.html}"
    for term in rendered.terms:
        yield f"<!-- {term.id}, {term.abbreviation} -->\n{term.meaning}"
    if rendered.references:
        yield f"<!-- references: {' '.join(rendered.references)} -->"


def contents(sections: tuple[Section, ...], *, indent: str) -> Iterator[str]:
    for section in sections:
        number = f"{section.number}. " if section.number is not None else ""
        yield f"{indent}{number}{section.title} #{section.id}"
        yield from contents(section.subsections, indent=indent + "  ")
