"""Dutch typography for texts that are no Markdown: titles, summaries, biographies."""

from __future__ import annotations

from django import template

from blog.rendering import typeset

register = template.Library()

# The answer is text, not HTML: the template escapes it as it does any other.
register.filter("typeset", typeset)
