"""Every section can be linked to: its heading ends with a link to itself."""

from __future__ import annotations

from django.utils.html import format_html

from blog.rendering import labels
from blog.rendering.sections import Heading
from blog.rendering.tokens import html


def link_sections(headings: list[Heading]) -> None:
    """End each heading with its own address; what is seen of the link comes from the stylesheet."""
    for heading in headings:
        link = format_html(
            '<a class="section-link" href="#{}"><span class="visually-hidden">{}</span></a>',
            heading.id,
            labels.SECTION_LINK,
        )
        heading.children.append(html(link))
