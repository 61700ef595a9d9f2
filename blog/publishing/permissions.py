"""Who may do what with a post: asked in every use case, whatever the page offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from authors.models import Author
from blog.models import Post

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


def require_permission(user: User, action: str, post: Post) -> None:
    """Raise PermissionDenied unless this user may do this with posts, or with pages."""
    if not user.has_perm(f"blog.{action}_{post.kind}"):
        raise PermissionDenied


def require_change(user: User, post: Post) -> None:
    """Raise PermissionDenied unless this user may change this post."""
    if not may_change(user, post):
        raise PermissionDenied


def may_change(user: User | AnonymousUser, post: Post) -> bool:
    """Whether this user may write drafts of this post: an editor of any, a writer of their own."""
    if user.has_perm(f"blog.change_{post.kind}"):
        return True
    return user.has_perm("blog.change_own_post") and is_own(user, post)


def is_own(user: User | AnonymousUser, post: Post) -> bool:
    """Whether this user began the post, or stands in the byline of its newest draft."""
    if post.kind != Post.Kind.POST or not user.is_authenticated:
        return False
    if not post.pk or post.revisions.filter(number=1, made_by=user).exists():
        return True
    if post.newest_revision is None:
        return False
    byline = post.newest_revision.content.byline
    return Author.objects.filter(user=user, slug__in=byline).exists()
