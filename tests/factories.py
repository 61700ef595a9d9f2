"""Rows for tests: name what the test is about, and the rest is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from unittest.mock import patch

from django.contrib.auth.models import Permission, User
from django.db.models import Model
from django.utils import timezone

from authors.models import Author
from blog import publishing, stored_renderings
from blog.content import FIELDS, Correction, PostContent
from blog.models import Moderation, Page, Post, Revision, SiteSettings, Tag, Theme
from blog.models.reference import look_up
from blog.rendering import references_in
from comments import moderation
from comments.models import Comment
from comments.spam import Arrival
from comments.submission import submit

NUMBERS = count(1)

Row = TypeVar("Row", bound=Model)

EDITORS_MAY = [
    *(
        f"{action}_{kind}"
        for action in ("add", "change", "delete", "publish", "view")
        for kind in ("post", "page")
    ),
    "moderate_comment",
    "view_comment",
]


def create_user(*, may: Iterable[str] = (), is_staff: bool = True, **fields: Any) -> User:
    """Somebody with an account and exactly these permissions, by codename."""
    fields.setdefault("username", f"user{next(NUMBERS)}")
    user = User(is_staff=is_staff, **fields)
    user.set_unusable_password()
    user.save()
    if codenames := list(may):
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def create_editor(**fields: Any) -> User:
    """Somebody who may write, publish, throw away and moderate."""
    return create_user(may=EDITORS_MAY, **fields)


def create_superuser(**fields: Any) -> User:
    """Somebody who may do everything, with no rows that say so: the quickest to make."""
    return create_user(is_superuser=True, **fields)


def create_author(*, name: str = "Joost de Vries", **fields: Any) -> Author:
    """An author with an address of their own."""
    fields.setdefault("slug", f"auteur-{next(NUMBERS)}")
    return Author.objects.create(name=name, **fields)


def create_theme(*, name: str = "Slaap", **fields: Any) -> Theme:
    """A theme with an address of its own."""
    fields.setdefault("slug", f"thema-{next(NUMBERS)}")
    theme: Theme = Theme.objects.create(name=name, **fields)
    return theme


def create_tag(*, name: str = "Avondrust", **fields: Any) -> Tag:
    """A tag with an address of its own."""
    fields.setdefault("slug", f"tag-{next(NUMBERS)}")
    tag: Tag = Tag.objects.create(name=name, **fields)
    return tag


def post_content(
    *,
    theme: Theme | None = None,
    authors: Sequence[Author] = (),
    tags: Sequence[Tag] = (),
    related: Sequence[Post] = (),
    **content: Any,
) -> PostContent:
    """Content that is ready to be published."""
    content.setdefault("title", "Waarom je ’s nachts wakker wordt")
    content.setdefault("slug", f"bericht-{next(NUMBERS)}")
    content.setdefault("body", "Iedereen wordt ’s nachts weleens wakker.\n")
    return PostContent(
        theme=theme.slug if theme else None,
        byline=tuple(author.slug for author in authors),
        tags=tuple(sorted(tag.slug for tag in tags)),
        related=tuple(post.slug for post in related),
        **content,
    )


def content_with_every_field() -> PostContent:
    """Content in which each field has a value of its own, unlike the default."""
    theme = create_theme()
    authors = [create_author(name="Zoë"), create_author(name="Adam")]
    tags = [create_tag(name="Thee"), create_tag(name="Rust")]
    content = post_content(
        theme=theme,
        authors=authors,
        tags=tags,
        related=[create_post(slug="lees-eerst-dit"), create_post(slug="en-dan-dit")],
        title="Een titel",
        slug="een-adres",
        summary="Een samenvatting.",
        body="  Een tekst.  \n\n## Dosis\n\n",
        reading_minutes_override=7,
        seo_title="Een zoektitel",
        seo_description="Een zoekomschrijving.",
        discloses_own_products=True,
        discloses_affiliate_links=True,
        sponsored_by="Kaaswinkel",
        supplied_by="Theehuis",
        reviewed_by="A. Arts, huisarts",
        reviewed_on=date(2026, 1, 2),
        review_due_on=date(2027, 3, 4),
        corrections=(Correction(on=date(2026, 5, 6), text="Het is 375 mg.", section="dosis"),),
    )
    assert content.changed_fields(PostContent()) == list(FIELDS), "a field without a test value"
    return content


def create_draft(*, by: User | None = None, kind: type[Post] = Post, **content: Any) -> Post:
    """A post that readers have never seen."""
    revision = publishing.save_draft(
        kind(), post_content(**content), by=by or create_superuser(), base=None
    )
    return fresh(revision.post)


def create_post(
    *,
    by: User | None = None,
    kind: type[Post] = Post,
    published_at: datetime | None = None,
    expires_at: datetime | None = None,
    **content: Any,
) -> Post:
    """A post that was published, by the same steps as an editor's."""
    maker = by or create_superuser()
    draft = publishing.save_draft(kind(), post_content(**content), by=maker, base=None)
    post = publishing.publish(draft, by=maker, at=published_at)
    if expires_at:
        post.expires_at = expires_at
        post.save(update_fields=["expires_at"])
    return fresh(post)


def create_page(**content: Any) -> Post:
    """A plain page that was published."""
    content.setdefault("slug", f"pagina-{next(NUMBERS)}")
    return create_post(kind=Page, **content)


def create_post_with_dead_links(*, body: str, **content: Any) -> Post:
    """A post that was published while all that it links to was there.

    What was not there before is gone for good by now: its addresses are free again.
    """
    names = references_in(body)
    there = look_up(names)
    missing = [name.split(":", 1) for name in names if name not in there]
    authors = [create_author(slug=slug) for kind, slug in missing if kind == "author"]
    posts = [create_post(slug=slug) for kind, slug in missing if kind == "post"]
    post = create_post(body=body, **content)
    for target in posts:
        remove_for_good(target)
    for author in authors:
        author.delete()
    # What waits for a commit does not happen in most tests.
    stored_renderings.follow_links(post.pk)
    return fresh(post)


def create_post_with_errors(**content: Any) -> Post:
    """A post that an earlier version of the site published, which checked no text."""
    with patch("blog.publishing.obstacles.errors_in", return_value=[]):
        return create_post(**content)


def remove_for_good(post: Post) -> None:
    """Throw a post away, and out of the wastebasket too."""
    maker = create_superuser()
    publishing.throw_away(post, by=maker)
    publishing.remove(post, by=maker)


def create_comment(
    *,
    post: Post | None = None,
    status: str = "approved",
    name: str = "Joke",
    text: str | None = None,
    parent: Comment | None = None,
    by: User | None = None,
    email: str = "",
    arrival: Arrival | None = None,
) -> Comment:
    """A comment that a visitor sent and an editor decided about."""
    comment = submit(
        post or (parent.post if parent else create_post()),
        name=name,
        text=text or f"Daar herken ik me in, voor de {next(NUMBERS)}e keer.",
        arrival=arrival or Arrival(network="192.0.2.0/24"),
        email=email,
        parent=parent,
    )
    if status == "pending":
        return comment
    decide = {
        "approved": moderation.approve,
        "rejected": moderation.reject,
        "spam": moderation.mark_spam,
    }[status]
    decide(comment, by=by or create_superuser(), version=comment.newest_version)
    return Comment.objects.get(pk=comment.pk)


def edited(post: Post, **changes: Any) -> PostContent:
    """The newest content of a post with some fields changed."""
    return replace(newest(post).content, **changes)


def save_draft_of(post: Post, *, by: User | None = None, **changes: Any) -> Revision:
    """Change a post; readers do not see it yet."""
    editor = by or create_editor()
    return publishing.save_draft(post, edited(post, **changes), by=editor, base=newest(post))


def save_and_publish(post: Post, **changes: Any) -> Post:
    """Change a post and show the change to readers."""
    editor = create_editor()
    return publishing.publish(save_draft_of(post, by=editor, **changes), by=editor)


def planned_draft(post: Post, **changes: Any) -> None:
    """Take a post offline of which a draft with these changes was saved."""
    save_draft_of(post, **changes)
    publishing.unpublish(post, by=create_editor())


def newest(post: Post) -> Revision:
    """What was saved last."""
    revision = fresh(post).newest_revision
    assert revision is not None
    return revision


def fresh(row: Row) -> Row:
    """A post or a comment as the database has it now."""
    return type(row)._base_manager.get(pk=row.pk)


def set_moderation(moderation: Moderation) -> None:
    """What the whole site does with comments."""
    SiteSettings.objects.update_or_create(pk=SiteSettings.ONLY, defaults={"moderation": moderation})


def in_days(days: float) -> datetime:
    """A moment so many days from now; a negative number is in the past."""
    return timezone.now() + timedelta(days=days)
