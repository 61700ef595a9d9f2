"""The menus in the admin: both in one list, each line pointing at a theme, a page or a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.admin.addresses import AddressField
from blog.menu import LARGE
from blog.models import MenuItem


class MenuItemForm(forms.ModelForm[MenuItem]):
    """One line of a menu; the constraint says that it leads to one thing."""

    post = AddressField(
        label=_("Page or post"),
        required=False,
        help_text=_("Choose from the list, or paste the address of the page."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].chosen = self.instance.post  # type: ignore[attr-defined]


class PositionForm(forms.ModelForm[MenuItem]):
    """The number of one line in the list, with a name for who does not see the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        position.widget.attrs["aria-label"] = f"{position.label}: {self.instance}"


@admin.register(MenuItem)
class MenuItemAdmin(admin.ModelAdmin[MenuItem]):
    form = MenuItemForm
    view_on_site = False  # what it leads to may not be public
    list_display = ["place", "position", "text", "target"]
    list_display_links = ["text"]
    list_editable = ["position"]
    sortable_by = []  # always in the order of the menus
    fieldsets = [
        (None, {"fields": ["place", "position", "label"]}),
        (_("Where it leads: choose one"), {"fields": ["theme", "post", "listing"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MenuItem]:
        return super().get_queryset(request).select_related("theme", "post").defer(*LARGE)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new line comes last."""
        highest = MenuItem.objects.aggregate(highest=Max("position"))["highest"] or 0
        return {"position": str(highest + 1), **super().get_changeform_initial_data(request)}

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=PositionForm, **kwargs)

    @admin.display(description=_("text"))
    def text(self, item: MenuItem) -> str:
        """What a reader sees."""
        return item.text

    @admin.display(description=_("leads to"))
    def target(self, item: MenuItem) -> str:
        """What the line points at, and whether readers can go there now."""
        kind, name = target_of(item)
        hidden = format_html(' <span class="state">{}</span>', gettext("not visible"))
        return format_html("{}: {}{}", capfirst(kind), name, "" if item.is_public else hidden)


def target_of(item: MenuItem) -> tuple[str, str]:
    """What kind of thing a line leads to, and its name."""
    if item.theme:
        return str(item.theme._meta.verbose_name), item.theme.name
    if item.post:
        return str(item.post.get_kind_display()), item.post.title
    return gettext("list"), str(item.get_listing_display())
