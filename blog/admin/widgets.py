"""The Markdown field in the admin: markdownx's widget with our own scripts."""

from __future__ import annotations

from django.forms.widgets import Script
from markdownx.widgets import AdminMarkdownxWidget


class MarkdownEditor(AdminMarkdownxWidget):  # type: ignore[misc]
    """A plain textarea that scripts give a toolbar and a live preview.

    markdownx's own script is left out: it takes the Tab key away from keyboard users, and shows
    any answer of the server, also an error page, as the preview.
    """

    template_name = "admin/blog/post/markdown_editor.html"

    class Media:
        extend = False
        css = {"all": ["css/admin/editor.css", "css/admin/findings.css"]}
        js = [
            Script(f"js/{name}.js", type="module")
            for name in ("editor", "picker", "preview", "findings", "picture-refusal")
        ]
