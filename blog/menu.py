"""The menus at the head and the foot of every page."""

from __future__ import annotations

from dataclasses import dataclass

from blog.models import MenuItem, Page, Theme

# A menu shows a post's title, never its text.
LARGE = ("post__body", "post__stored_rendering")


@dataclass(frozen=True)
class Entry:
    """One link of a menu; a theme's link wears the theme's colour."""

    label: str
    url: str
    theme: Theme | None = None


@dataclass(frozen=True)
class Menu:
    """Both menus."""

    header: list[Entry]
    footer: list[Entry]


def menu() -> Menu:
    """What editors put in the menus; a menu without items shows all themes, or all pages.

    One query, and one more for each menu without items.
    """
    items = MenuItem.objects.select_related("theme", "post").defer(*LARGE)
    entries: dict[str, list[Entry]] = {place: [] for place in MenuItem.Place.values}
    for item in items:
        if item.is_public:
            entries[item.place].append(Entry(item.text, item.get_absolute_url(), item.theme))
    return Menu(
        header=entries[MenuItem.Place.HEADER] or [*every_theme()],
        footer=entries[MenuItem.Place.FOOTER] or [*every_page()],
    )


def every_theme() -> list[Entry]:
    """The themes in their own order."""
    return [Entry(theme.name, theme.get_absolute_url(), theme) for theme in Theme.objects.all()]


def every_page() -> list[Entry]:
    """The public pages by title."""
    pages = Page.objects.published().only("kind", "slug", "title").order_by("title", "pk")
    return [Entry(page.title, page.get_absolute_url()) for page in pages]
