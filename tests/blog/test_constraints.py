"""What must never happen to the blog's rows is refused by the database itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError

from authors.models import Author
from blog.models import (
    Address,
    Byline,
    EarlierTagSlug,
    EarlierThemeSlug,
    MenuItem,
    Post,
    Reference,
    RelatedPost,
    Revision,
    SiteSettings,
    Tag,
    Theme,
)
from tests.factories import (
    create_author,
    create_draft,
    create_page,
    create_post,
    create_tag,
    create_theme,
    newest,
)

pytestmark = pytest.mark.django_db

Break = Callable[[], object]


def refused(act: Break, constraint: str, *columns: str) -> None:
    """Hold that the database refuses by this constraint; SQLite names columns when unique."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    message = str(refusal.value)
    sqlite = ", ".join(columns)
    assert constraint in message or (connection.vendor == "sqlite" and sqlite and sqlite in message)


def test_live_post_has_a_date() -> None:
    post = create_post()

    refused(
        lambda: Post.objects.filter(pk=post.pk).update(published_at=None),
        "blog_post_live_has_date_and_slug",
    )


def test_live_post_has_a_slug() -> None:
    post = create_post()

    refused(
        lambda: Post.objects.filter(pk=post.pk).update(slug=""),
        "blog_post_live_has_date_and_slug",
    )


def test_draft_needs_neither() -> None:
    post = create_draft()

    Post.objects.filter(pk=post.pk).update(published_at=None, slug="")

    assert Post.objects.get(pk=post.pk).slug == ""


def test_two_live_posts_never_share_a_slug() -> None:
    first, second = create_post(), create_post()

    refused(
        lambda: Post.objects.filter(pk=second.pk).update(slug=first.slug),
        "blog_post_live_slug_once",
        "blog_post.slug",
    )


def test_two_drafts_may_have_the_same_slug() -> None:
    create_draft(slug="plan")

    create_draft(slug="plan")

    assert Post.objects.filter(slug="plan").count() == 2


def test_kind_is_post_or_page() -> None:
    post = create_post()

    refused(lambda: Post.objects.filter(pk=post.pk).update(kind="poem"), "blog_post_kind_is_known")


def test_uid_is_one_posts() -> None:
    first, second = create_post(), create_post()

    refused(
        lambda: Post.objects.filter(pk=second.pk).update(uid=first.uid),
        "blog_post_uid",
        "blog_post.uid",
    )


def test_revision_number_is_given_once_a_post() -> None:
    post = create_post()
    first = newest(post)

    refused(
        lambda: Revision.objects.bulk_create(
            [Revision(post=post, number=first.number, snapshot={}, digest="")]
        ),
        "blog_revision_number_once_a_post",
        "blog_revision.post_id",
        "blog_revision.number",
    )


def test_author_stands_once_above_a_post() -> None:
    author = create_author()
    post = create_post(authors=[author])

    refused(
        lambda: Byline.objects.bulk_create([Byline(post=post, author=author, position=2)]),
        "blog_byline_author_once_a_post",
        "blog_byline.post_id",
        "blog_byline.author_id",
    )


def test_two_authors_never_share_a_place() -> None:
    post = create_post(authors=[create_author()])

    refused(
        lambda: Byline.objects.bulk_create([Byline(post=post, author=create_author(), position=1)]),
        "blog_byline_position_once_a_post",
        "blog_byline.post_id",
        "blog_byline.position",
    )


def test_address_belongs_to_one_post() -> None:
    first, second = create_post(), create_post()

    refused(
        lambda: Address.objects.bulk_create([Address(slug=first.slug, post=second)]),
        "blog_address_slug",
        "blog_address.slug",
    )


def test_post_names_a_target_once() -> None:
    create_post(slug="thee")
    post = create_post(body="Zie [dit](post:thee).")

    refused(
        lambda: Reference.objects.bulk_create([Reference(post=post, target="post:thee")]),
        "blog_reference_target_once_a_post",
        "blog_reference.post_id",
        "blog_reference.target",
    )


def test_post_is_chosen_once_beside_another() -> None:
    chosen = create_post()
    post = create_post(related=[chosen])

    refused(
        lambda: RelatedPost.objects.bulk_create(
            [RelatedPost(post=post, related=chosen, position=2)]
        ),
        "blog_relatedpost_once_a_post",
        "blog_relatedpost.post_id",
        "blog_relatedpost.related_id",
    )


def test_two_chosen_posts_never_share_a_place() -> None:
    post = create_post(related=[create_post()])
    other = create_post()

    refused(
        lambda: RelatedPost.objects.bulk_create(
            [RelatedPost(post=post, related=other, position=1)]
        ),
        "blog_relatedpost_position_once_a_post",
        "blog_relatedpost.post_id",
        "blog_relatedpost.position",
    )


def test_post_is_never_chosen_beside_itself() -> None:
    post = create_post()

    refused(
        lambda: RelatedPost.objects.bulk_create([RelatedPost(post=post, related=post)]),
        "blog_relatedpost_never_itself",
    )


@pytest.mark.parametrize(
    "targets",
    [
        [],
        ["theme", "post"],
        ["theme", "listing"],
        ["post", "listing"],
        ["theme", "post", "listing"],
        ["unknown listing"],
    ],
    ids=" and ".join,
)
def test_menu_item_leads_to_one_thing(targets: list[str]) -> None:
    item = MenuItem(
        theme=create_theme() if "theme" in targets else None,
        post=create_post() if "post" in targets else None,
        listing="gisteren" if "unknown listing" in targets else "",
    )
    if "listing" in targets:
        item.listing = MenuItem.Listing.ARCHIVE

    refused(lambda: MenuItem.objects.bulk_create([item]), "blog_menuitem_leads_to_one_thing")


def test_every_list_of_the_site_can_stand_in_a_menu() -> None:
    MenuItem.objects.bulk_create(MenuItem(listing=listing) for listing in MenuItem.Listing)

    assert MenuItem.objects.count() == len(MenuItem.Listing)


def test_menu_is_that_of_the_header_or_the_footer() -> None:
    refused(
        lambda: MenuItem.objects.bulk_create([MenuItem(place="side", theme=create_theme())]),
        "blog_menuitem_place_is_known",
    )


@pytest.mark.parametrize(
    ("earlier", "create"), [(EarlierThemeSlug, create_theme), (EarlierTagSlug, create_tag)]
)
def test_earlier_slug_leads_to_one_term(
    earlier: type[EarlierTagSlug | EarlierThemeSlug], create: Callable[..., Tag | Theme]
) -> None:
    table = earlier._meta.db_table
    create().earlier_slugs.create(slug="vroeger")
    other = create()

    refused(lambda: other.earlier_slugs.create(slug="vroeger"), f"{table}_slug", f"{table}.slug")


def test_site_settings_are_one_row() -> None:
    refused(
        lambda: SiteSettings.objects.bulk_create([SiteSettings(id=2)]),
        "blog_sitesettings_only_one_row",
    )


@pytest.mark.parametrize("create", [create_author, create_theme, create_tag])
def test_slug_names_one_row(create: Callable[..., Author | Tag | Theme]) -> None:
    first, second = create(), create()
    table = first._meta.db_table

    refused(
        lambda: type(first)._default_manager.filter(pk=second.pk).update(slug=first.slug),
        f"{table}_slug",
        f"{table}.slug",
    )


def test_author_above_a_post_cannot_be_deleted() -> None:
    author = create_author()
    create_post(authors=[author])

    with pytest.raises(ProtectedError):
        author.delete()


def test_theme_of_a_post_cannot_be_deleted() -> None:
    theme = create_theme()
    create_post(theme=theme)

    with pytest.raises(ProtectedError):
        theme.delete()


@pytest.mark.parametrize("months", [0, 121])
def test_next_check_is_one_month_to_ten_years_away(months: int) -> None:
    refused(
        lambda: SiteSettings.objects.create(review_months=months),
        "blog_sitesettings_review_months_are_1_to_120",
    )


def test_deleted_page_leaves_the_site_its_settings() -> None:
    page = create_page()
    SiteSettings.objects.create(privacy_page_id=page.pk, method_page_id=page.pk)

    page.delete()

    settings = SiteSettings.objects.current()
    assert (settings.privacy_page, settings.method_page) == (None, None)


def test_deleted_post_leaves_the_posts_that_named_it() -> None:
    chosen = create_post()
    post = create_post(related=[chosen])
    MenuItem.objects.create(post=chosen)

    chosen.delete()

    assert list(Post.objects.all()) == [post]
    assert (RelatedPost.objects.count(), MenuItem.objects.count()) == (0, 0)


def test_revision_that_is_live_cannot_be_deleted() -> None:
    post = create_post()

    with pytest.raises(RestrictedError):
        newest(post).delete()


def test_deleted_account_leaves_byline_and_revisions() -> None:
    post = create_post(authors=[create_author()])
    revision = newest(post)
    assert revision.made_by is not None

    revision.made_by.delete()

    assert Revision.objects.get(pk=revision.pk).made_by is None
    assert len(Post.objects.get(pk=post.pk).byline) == 1


@pytest.mark.parametrize(
    ("name", "create"),
    [("theme", create_theme), ("post", create_post), ("listing", lambda: "archive")],
)
def test_menu_has_a_line_once(name: str, create: Callable[[], Any]) -> None:
    target = create()
    MenuItem.objects.create(place="footer", **{name: target})
    MenuItem.objects.create(place="header", **{name: target})

    with pytest.raises(IntegrityError, match=r"unique|UNIQUE"):
        MenuItem.objects.create(place="footer", **{name: target})
