"""What is stored of a rendering can be read back, also when an earlier version stored it."""

from __future__ import annotations

from blog.rendering import Rendered, render

TEXT = "PDS[^1]\n\n## In het kort\n- a\n\n## Kop\n\n*[PDS]: Prikkelbaredarmsyndroom\n\n[^1]: Bron"
ADDED_IN_VERSION_2 = ("key_points", "terms", "heading_ids")
ADDED_IN_VERSION_3 = ("heading_titles",)


def test_stored_rendering_comes_back_whole() -> None:
    rendered = render(TEXT)

    again = Rendered.from_json(rendered.as_json())

    assert again == rendered
    assert all(getattr(again, name) for name in (*ADDED_IN_VERSION_2, *ADDED_IN_VERSION_3))
    assert [(heading.id, heading.title) for heading in again.headings] == [("kop", "Kop")]


def test_rendering_that_version_1_stored_can_still_be_shown() -> None:
    stored = render(TEXT).as_json()
    for name in (*ADDED_IN_VERSION_2, *ADDED_IN_VERSION_3):
        del stored[name]

    rendered = Rendered.from_json(stored)

    assert (rendered.key_points, rendered.terms, rendered.heading_ids) == ("", (), ())
    assert "section-link" in rendered.html
