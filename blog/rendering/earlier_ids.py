"""The id that a heading had before it was reworded stays behind as an extra target."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html

from blog.rendering.identifiers import Identifiers
from blog.rendering.sections import Heading
from blog.rendering.tokens import html


def keep_earlier_ids(
    headings: list[Heading], earlier_ids: Mapping[str, str], identifiers: Identifiers
) -> None:
    """Add the targets that links from before still ask for, unless something else has the id."""
    by_id = {heading.id: heading for heading in headings}
    for earlier, current in earlier_ids.items():
        if current in by_id and identifiers.claim(earlier):
            by_id[current].children.insert(0, html(format_html('<span id="{}"></span>', earlier)))
