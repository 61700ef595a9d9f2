"""A post as readers would see it: as it stands in its form, or as it was saved last."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse

from authors.accounts import account
from blog import publishing
from blog.admin.endpoints import no_permission, problem
from blog.preview import preview_page

if TYPE_CHECKING:
    from blog.admin.forms import ContentForm
    from blog.admin.posts import ContentAdmin


def preview(admin: ContentAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The page of the post, new or not, with what stands in its form.

    A field that cannot be saved as it is keeps its saved value; only a text that cannot be
    rendered is a problem here.
    """
    post = None if pk is None else admin.existing(request, pk)
    user = account(request)
    if not (publishing.may_change(user, post) if post else admin.has_add_permission(request)):
        return no_permission(request)
    form_class = admin.get_form(request, post, change=post is not None)
    form = cast("ContentForm", form_class(request.POST, instance=post))
    if not form.is_valid() and "body" in form.errors:
        return problem(request, str(form.errors["body"][0]), HTTPStatus.BAD_REQUEST)
    return preview_page(request, form.instance, form.content)


def preview_of_draft(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the post with the draft that was saved last."""
    post = admin.existing(request, pk, may="view")
    if post.newest_revision is None:
        raise Http404
    return preview_page(request, post, post.newest_revision.content)
