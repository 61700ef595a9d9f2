"""The addresses of our own pages in the admin, and what answers each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import URLPattern, path, re_path

from blog.admin.copies import make_copy
from blog.admin.ending_page import ending_page
from blog.admin.endpoints import for_editors, upload
from blog.admin.findings import check_form, findings_page
from blog.admin.future import choose_moment, future
from blog.admin.history import compare, discard, restore
from blog.admin.own_content import own_content
from blog.admin.preview import preview, preview_of_draft
from blog.admin.preview_links import preview_links
from blog.admin.publishing_page import publishing_page
from blog.admin.review_clock import confirm_review
from blog.admin.reviews import offer, return_to_writer
from blog.admin.sittings import open_form, unsaved_page
from blog.admin.wastebasket import remove

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

# Each is called with the admin of posts or of plain pages, the request, and what its route names.
PAGES_OF_A_POST: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("<int:pk>/publiceren/", publishing_page, "publish"),
    ("<int:pk>/controles/", findings_page, "findings"),
    ("<int:pk>/einde/", ending_page, "ending"),
    ("<int:pk>/vergelijken/", compare, "compare"),
    ("<int:pk>/terugzetten/<int:number>/", restore, "restore"),
    ("<int:pk>/weggooien/", discard, "discard"),
    ("<int:pk>/voorbeeld/concept/", preview_of_draft, "preview_of_draft"),
    ("<int:pk>/voorbeeldlinks/", preview_links, "preview_links"),
    ("<int:pk>/kopie/", make_copy, "copy"),
    ("<int:pk>/aanbieden/", offer, "offer"),
    ("<int:pk>/terugsturen/", return_to_writer, "return_to_writer"),
    ("<int:pk>/nagekeken/", confirm_review, "confirm_review"),
    ("<int:pk>/verwijderen/", remove, "remove"),
    ("niet-opgeslagen/<uuid:key>/", unsaved_page, "unsaved"),
]
# The same, asked by a script: they answer whoever may not ask in words, never with a redirect.
ENDPOINTS_OF_A_POST: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("voorbeeld/", preview, "preview_new"),
    ("<int:pk>/voorbeeld/", preview, "preview"),
    ("eigen-artikelen/", own_content, "own_content_new"),
    ("<int:pk>/eigen-artikelen/", own_content, "own_content"),
    ("nakijken/", check_form, "check_new"),
    ("<int:pk>/nakijken/", check_form, "check"),
    ("zitting/", open_form, "open_form"),
]


def shared_urls(admin: ContentAdmin) -> list[URLPattern]:
    """The pages about one post or page."""
    name = f"{admin.opts.app_label}_{admin.opts.model_name}"
    return [
        *(
            path(route, admin.admin_site.admin_view(partial(view, admin)), name=f"{name}_{word}")
            for route, view, word in PAGES_OF_A_POST
        ),
        *(
            path(route, for_editors(partial(view, admin)), name=f"{name}_{word}")
            for route, view, word in ENDPOINTS_OF_A_POST
        ),
    ]


def site_urls(admin: ContentAdmin) -> list[URLPattern]:
    """What is about no post: where pictures go, and the site as it will be."""
    guarded = admin.admin_site.admin_view
    return [
        path("upload/", upload, name="markdownx_upload"),
        path("straks/", guarded(partial(choose_moment, admin)), name="blog_post_choose_moment"),
        re_path(
            r"^straks/(?P<moment>[^/]+)/(?P<page>.*)$",
            guarded(partial(future, admin)),
            name="blog_post_future",
        ),
    ]
