"""What a page costs: as many queries with 2,000 posts as with 20, and never more than nine."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authors.models import Author
from blog.models import (
    Address,
    Byline,
    EarlierTagSlug,
    EarlierThemeSlug,
    MenuItem,
    Page,
    Post,
    RelatedPost,
    Revision,
    SiteSettings,
    Tag,
    Theme,
)
from comments.models import Comment
from tests.factories import create_author, create_page, create_post, create_tag, create_theme

pytestmark = pytest.mark.django_db

T = TypeVar("T", Theme, Tag)

FEW, MANY, MOST_QUERIES = 20, 2_000, 9
NEWEST = timezone.make_aware(datetime(2026, 3, 31, 12))  # noqa: DTZ001 - made aware right here

# Each kind of page, and its status.
PAGES = {
    "home": ("/", 200),
    "all posts": ("/blog/", 200),
    "theme": ("/thema/slaap/", 200),
    "theme at an earlier address": ("/thema/nachtrust/", 301),
    "tag": ("/tag/rust/", 200),
    "tag at an earlier address": ("/tag/kalmte/", 301),
    "author": ("/auteurs/mirjam/", 200),
    "post": ("/blog/artikel/", 200),
    "post at an earlier address": ("/blog/vroeger/", 301),
    "post that is gone": ("/blog/verdwenen/", 410),
    "reply form": ("/blog/artikel/reageren/", 200),
    "feed of comments": ("/blog/artikel/reacties/feed/", 200),
    "receipt": ("/reacties/een-sleutel/", 200),
    "archive": ("/archief/", 200),
    "year": ("/archief/2026/", 200),
    "month": ("/archief/2026/03/", 200),
    "search": ("/zoeken/?q=bericht", 200),
    "search without words": ("/zoeken/", 200),
    "search without hits": ("/zoeken/?q=kwantumfysica", 200),
    "plain page": ("/over-ons/", 200),
    "no such page": ("/blog/berich/", 404),
}


@pytest.fixture
def site() -> None:
    """A small site that has one of everything."""
    theme, tag = create_theme(slug="slaap"), create_tag(slug="rust")
    author = create_author(slug="mirjam")
    EarlierThemeSlug.objects.create(slug="nachtrust", term=theme)
    EarlierTagSlug.objects.create(slug="kalmte", term=tag)
    page = create_page(title="Over ons", slug="over-ons", published_at=NEWEST)
    post = create_post(
        slug="artikel",
        theme=theme,
        tags=[tag],
        authors=[author],
        published_at=NEWEST,
        body="Lees ook [dit](post:over-ons) van [haar](author:mirjam).",
    )
    Address.objects.create(slug="vroeger", post=post)
    gone = create_post(slug="verdwenen", published_at=NEWEST)
    Post.objects.filter(pk=gone.pk).update(live_revision=None)
    SiteSettings.objects.create(privacy_page_id=page.pk, method_page_id=page.pk)
    MenuItem.objects.create(place="header", theme=theme)
    MenuItem.objects.create(place="footer", post=Post._base_manager.get(pk=page.pk))
    Comment.objects.create(
        post=post, name="Joke", text="Mooi.", key="een-sleutel", waiting_since=timezone.now()
    )


def grow(*, to: int) -> None:
    """Let the site have this many posts, with themes, tags, authors and comments to match."""
    themes = grow_terms(Theme, to // 10)
    tags = grow_terms(Tag, to // 5)
    authors = grow_authors(to // 10)
    rows = [
        Post(
            title=f"Bericht {number}",
            slug=f"bericht-{number}",
            summary="Een samenvatting.",
            body="Een tekst.",
            theme=themes[number % len(themes)],
            published_at=NEWEST - timedelta(hours=number),
        )
        for number in range(Post.objects.count(), to)
    ]
    rendered = Post(body="Een tekst.")
    rendered.store_rendering()
    for row in rows:
        row.stored_rendering = rendered.stored_rendering
    posts = Post.objects.bulk_create(rows)
    make_live(posts)
    Byline.objects.bulk_create(
        Byline(post=post, author=author, position=place)
        for number, post in enumerate(posts)
        for place, author in enumerate((authors[0], authors[1 + number % (len(authors) - 1)]))
    )
    tagged = Post.tags.through
    tagged.objects.bulk_create(
        tagged(post=post, tag=tag)
        for number, post in enumerate(posts)
        for tag in (tags[0], tags[1 + number % (len(tags) - 1)])
    )
    enrich(Post.objects.get(slug="artikel"), posts)


def grow_terms(model: type[T], to: int) -> list[T]:
    """All themes, or all tags, after so many were added."""
    kind = model.__name__.lower()
    model.objects.bulk_create(
        model(name=f"Nummer {number}", slug=f"{kind}-{number}")
        for number in range(model.objects.count(), to)
    )
    return list(model.objects.order_by("pk"))


def grow_authors(to: int) -> list[Author]:
    """All authors, after so many were added."""
    Author.objects.bulk_create(
        Author(name=f"Auteur {number}", slug=f"auteur-{number}")
        for number in range(Author.objects.count(), to)
    )
    return list(Author.objects.order_by("pk"))


def make_live(posts: list[Post]) -> None:
    """Give posts the revision and the address that make them public."""
    Revision.objects.bulk_create(
        Revision(post=post, number=1, snapshot={}, goes_live_at=post.published_at) for post in posts
    )
    first = Revision.objects.filter(post=OuterRef("pk")).values("pk")[:1]
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(
        live_revision=Subquery(first), newest_revision=Subquery(first)
    )
    Address.objects.bulk_create(Address(slug=post.slug, post=post) for post in posts)


def enrich(post: Post, others: list[Post]) -> None:
    """Let a post have more comments, tags, authors and hand-picked posts beside it."""
    there = post.comments.count()
    Comment.objects.bulk_create(
        Comment(
            post=post,
            name="Joke",
            text="Mooi.",
            status="approved",
            decided_at=timezone.now(),
            position=there + number,
        )
        for number in range(1, 1 + len(others) // 10)
    )
    post.tags.add(*Tag.objects.all()[:20])
    post.related.all().delete()
    RelatedPost.objects.bulk_create(
        RelatedPost(post=post, related=other, position=place)
        for place, other in enumerate(islice(others, 3))
    )
    MenuItem.objects.bulk_create(
        MenuItem(place=place, theme=theme)
        for place in MenuItem.Place
        for theme in Theme.objects.exclude(menu_items__place=place)[:8]
    )


def queries_of_each_page(client: Client) -> dict[str, int]:
    """How many queries each kind of page takes at this moment."""
    counts = {}
    for name, (address, status) in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == status, name
        counts[name] = len(queries)
    return counts


def test_two_thousand_posts_cost_as_many_queries_as_twenty(site: None, client: Client) -> None:
    grow(to=FEW)
    with_few = queries_of_each_page(client)
    grow(to=MANY)

    with_many = queries_of_each_page(client)

    assert Post.objects.published().count() >= MANY - 1
    assert Page.objects.count() == 1
    assert with_many == with_few
    assert max(with_many.values()) <= MOST_QUERIES


@pytest.mark.parametrize("address", ["/blog/", "/thema/slaap/", "/tag/rust/", "/auteurs/mirjam/"])
def test_later_page_of_a_list_costs_what_the_first_one_does(
    site: None, client: Client, address: str
) -> None:
    grow(to=500)
    Post.objects.update(theme=Theme.objects.get(slug="slaap"))

    with CaptureQueriesContext(connection) as first:
        client.get(address)
    with CaptureQueriesContext(connection) as later:
        response = client.get(f"{address}?pagina=20")

    assert response.status_code == 200
    assert len(later) == len(first)


def test_menus_without_items_take_one_query_each_and_stay_within_the_bound(
    site: None, client: Client
) -> None:
    grow(to=FEW)
    before = queries_of_each_page(client)
    MenuItem.objects.all().delete()

    after = queries_of_each_page(client)

    pages = {name: count for name, count in after.items() if has_menus(name)}
    assert pages == {name: before[name] + 2 for name in pages}
    assert max(after.values()) <= MOST_QUERIES


def has_menus(name: str) -> bool:
    """Whether an address answers a page of the house, and not a redirect or a feed."""
    return PAGES[name][1] != 301 and "/feed/" not in PAGES[name][0]


@pytest.mark.parametrize("state", ["never rendered", "by an older version", "changed by time"])
def test_stored_text_that_is_outdated_costs_no_page_a_query(
    site: None, client: Client, state: str
) -> None:
    grow(to=FEW)
    before = queries_of_each_page(client)
    stored = Post.objects.get(slug="artikel").stored_rendering
    outdated = {
        "never rendered": {},
        "by an older version": {**stored, "version": 0},
        "changed by time": {**stored, "until": NEWEST.isoformat()},
    }

    Post._base_manager.update(
        body="Lees [dit](post:over-ons) van [haar](author:mirjam).",
        stored_rendering=outdated[state],
    )

    assert not Post.objects.get(slug="artikel").has_current_rendering
    assert queries_of_each_page(client) == before


@pytest.mark.parametrize(
    ("address", "texts"),
    [("/", 1), ("/blog/artikel/", 1), ("/over-ons/", 1), ("/archief/", 0), ("/berich/2/", 0)],
)
def test_page_reads_no_text_for_its_menus_cards_and_matches(
    site: None, client: Client, address: str, texts: int
) -> None:
    grow(to=FEW)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len([query for query in queries if '"body"' in query["sql"]]) == texts
