"""No public page names what readers may not see: every address of the site is asked in turn.

The addresses come from the resolver, so that a page added later joins by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from authors.models import Author
from blog import publishing, taxonomy
from blog.models import (
    Address,
    EarlierTagSlug,
    EarlierThemeSlug,
    MenuItem,
    Page,
    Post,
    PreviewLink,
    RelatedPost,
    SiteSettings,
    Tag,
    Theme,
)
from blog.paging import POSTS_A_PAGE
from blog.preview_links import make_link, withdraw_link
from comments.mail import links
from comments.mail.correspondence import request_replies
from comments.models import Comment, Link, Report
from comments.reports import report
from comments.submission import withdraw
from tests.factories import (
    create_author,
    create_comment,
    create_draft,
    create_editor,
    create_post,
    create_post_with_dead_links,
    create_tag,
    create_theme,
    fresh,
    in_days,
    newest,
)
from tests.pages import Answer

pytestmark = pytest.mark.django_db

# A page may repeat the word that was looked for, but not the title or the text around it.
TITLE_WORD, TEXT_WORD = "zilverreiger", "kanoeten"
# One more than fits on a page.
SHOWN = POSTS_A_PAGE + 1
QUERIES = ["?pagina=2", f"?q={TITLE_WORD}", f"?q={TEXT_WORD}"]

# Whatever has a private address.
KEYED = (Comment.objects, Link.objects, PreviewLink.objects, Report.objects)

PRIVATE = ("/reacties/", "/voorbeeld/")

ARGUMENT = re.compile(r"<(?:[^>:]+:)?([^>]+)>")


@dataclass(frozen=True)
class Hidden:
    """What no page may show of one post."""

    state: str
    title: str
    text: str
    slug: str

    def shows_in(self, answer: str) -> bool:
        """Whether an answer gives any of it away."""
        return any(words in answer for words in (self.title, self.text, self.slug))


def unpublished(post: Post, by: Any) -> None:
    """Take a post away from readers."""
    publishing.unpublish(post, by=by, reason="Het klopte niet meer.")


def thrown_away(post: Post, by: Any) -> None:
    """Put a post in the wastebasket."""
    publishing.throw_away(post, by=by)


# What editors do to a post that readers saw, so that they see it no longer.
TAKEN_AWAY = {"withdrawn": unpublished, "thrown away": thrown_away}
STATES = ["draft", "scheduled", "expired", *TAKEN_AWAY]


@pytest.fixture
def hidden(django_capture_on_commit_callbacks: Any) -> Iterator[list[Hidden]]:
    """A site where everything that can name a hidden post or page does, half a day later."""
    states = [f"{state} {kind}" for kind, state in product(("post", "page"), STATES)]
    secrets = [secret_of(state, number) for number, state in enumerate(states)]
    with django_capture_on_commit_callbacks(execute=True):
        secrets.append(fill_site(secrets))
    with time_machine.travel(in_days(0.5)):
        post = Post.objects.get(title="Zichtbaar 2")
        create_comment(post=post, status="pending", text="Dit kan nog anders.")
        withdraw(create_comment(post=post, status="pending", text="Dit liever niet."))
        yield secrets


def secret_of(state: str, number: int) -> Hidden:
    """Words that stand nowhere else."""
    return Hidden(state, f"De zilverreiger {number}", f"Kanoeten {number}", f"wadvogel-{number}")


def fill_site(secrets: list[Hidden]) -> Hidden:
    """Make the hidden posts, and what names them; the answer is a draft over a live post."""
    editor = create_editor()
    shared: dict[str, Any] = {
        "by": editor,
        "theme": create_theme(slug="slaap"),
        "authors": [create_author(slug="mirjam")],
        "tags": [create_tag(slug="rust")],
    }
    taxonomy.rename(create_theme(name="Eten", slug="eten"), name="Voeding")
    taxonomy.rename(create_tag(name="Thee", slug="thee"), name="Koffie")
    # First, because nobody may link to what is not public: the hidden posts take these addresses.
    names = "\n\n".join(f"[dit](post:{secret.slug})" for secret in secrets)
    create_post_with_dead_links(title="Zichtbare pagina", slug="over-ons", kind=Page, body=names)
    linking = create_post_with_dead_links(title="Zichtbaar 0", body=names, **shared)
    posts = [make(secret, **shared) for secret in secrets]
    shown = [
        create_post(title=f"Zichtbaar {number}", published_at=in_days(-3), **shared)
        for number in range(1, SHOWN)
    ]
    shown.append(linking)
    for secret, post in zip(secrets, posts, strict=True):
        if take_away := TAKEN_AWAY.get(secret.state.rpartition(" ")[0]):
            take_away(fresh(post), editor)
        MenuItem.objects.create(place="footer", post=fresh(post))
    RelatedPost.objects.bulk_create(
        RelatedPost(post=shown[0], related=post, position=place) for place, post in enumerate(posts)
    )
    give_links(posts, by=editor)
    pages = [post.pk for post in posts if post.kind == Post.Kind.PAGE]
    SiteSettings.objects.create(privacy_page_id=pages[0], method_page_id=pages[-1])
    leave_traces(create_comment(post=fresh(shown[1]), by=editor))
    secret = secret_of("draft over a live post", len(secrets))
    content = replace(
        newest(shown[0]).content, title=secret.title, body=secret.text, slug=secret.slug
    )
    publishing.save_draft(shown[0], content, by=editor, base=newest(shown[0]))
    return secret


def give_links(posts: list[Post], *, by: User) -> None:
    """A preview link of one draft that works, and links of what is hidden that were withdrawn."""
    make_link(create_draft(title="Een concept"), by=by, days=1)
    for post in posts:
        link = PreviewLink.objects.create(post=post, expires_at=in_days(1))
        withdraw_link(link, by=by)


def make(secret: Hidden, **shared: Any) -> Post:
    """A post or page as it was before readers could no longer see it; with comments if they did."""
    state, _, kind = secret.state.rpartition(" ")
    content = {
        "title": secret.title,
        "summary": secret.text,
        "body": f"{secret.text}.\n\n## {secret.text}",
        "slug": secret.slug,
        "kind": Page if kind == "page" else Post,
        **shared,
    }
    if state == "draft":
        return create_draft(**content)
    if state == "scheduled":
        return create_post(published_at=in_days(1), **content)
    expires_at = in_days(0.25) if state == "expired" else None
    post = create_post(published_at=in_days(-2), expires_at=expires_at, **content)
    if kind == "post":
        leave_traces(create_comment(post=post, by=shared["by"]))
        create_comment(post=post, status="pending")
    return post


def leave_traces(comment: Comment) -> None:
    """Let a comment have an address, the links that we mail to it, and a report."""
    request_replies(comment, "lezer@example.org")
    comment.refresh_from_db()
    assert comment.email
    links.stop_link(comment.email)
    links.make_data_link(comment.email)
    report(comment, ground=Report.Ground.OTHER, explanation="Dit hoort hier niet.")


# --- Every address of the site --------------------------------------------------------------------


def public_routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every pattern outside the admin, with the converters of its arguments."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.pattern.converters
        elif entry.namespace != "admin":
            yield from public_routes(entry, route)


def addresses() -> Iterator[str]:
    """Every public pattern with every value that its arguments can have on this site."""
    for route, converters in public_routes(get_resolver()):
        names = ARGUMENT.findall(route)
        for values in product(*(values_of(name, route) for name in names)):
            parts = [
                converters[name].to_url(value) for name, value in zip(names, values, strict=True)
            ]
            yield "/" + ARGUMENT.sub("{}", route).format(*parts)


def values_of(name: str, route: str) -> list[Any]:
    """What an argument of this name can be."""
    if name == "slug":
        return slugs()
    if name == "key":
        keys = [rows.values_list("key", flat=True) for rows in KEYED]
        return sorted(key for some in keys for key in some if key)
    if name == "uid":
        return list(Comment.objects.values_list("uid", flat=True))
    if name == "year":
        return list(range(timezone.now().year - 1, timezone.now().year + 2))
    if name == "month":
        return list(range(1, 13))
    pytest.fail(f"{route!r} takes {name!r}: say in values_of() what that can be")


def slugs() -> list[str]:
    """Every slug in the database, whatever it is of; each is tried everywhere."""
    tables = (Post._base_manager, Address.objects, Theme.objects, Tag.objects, Author.objects)
    earlier = (EarlierThemeSlug.objects, EarlierTagSlug.objects)
    return sorted(
        {slug for rows in (*tables, *earlier) for slug in rows.values_list("slug", flat=True)}
    )


def answers(client: Client) -> Iterator[tuple[str, Answer]]:
    """What the site answers at every address, at the end of any redirect."""
    for address in addresses():
        response = client.get(address, follow=True)
        yield address, response
        # The private pages take no question.
        if response.status_code == 200 and not address.startswith(PRIVATE):
            for query in QUERIES:
                yield address + query, client.get(address + query, follow=True)


@pytest.mark.long
def test_no_public_page_shows_what_is_hidden(client: Client, hidden: list[Hidden]) -> None:
    leaks, seen, visible = [], set(), set()

    for address, response in answers(client):
        page = response.content.decode()
        leads_to = " ".join(place for place, _status in response.redirect_chain)
        leaks += [(address, secret.state) for secret in hidden if secret.shows_in(page + leads_to)]
        visible |= {number for number in range(SHOWN) if f"Zichtbaar {number}" in page}
        if response.status_code == 200:
            seen.add(response.resolver_match.route)

    assert leaks == []
    assert visible == set(range(SHOWN)), "the walk has not come by what readers may see"
    assert seen == {route for route, _converters in public_routes(get_resolver())}


def test_argument_that_nobody_explained_stops_the_walk() -> None:
    with pytest.raises(pytest.fail.Exception, match="takes 'colour'"):
        values_of("colour", "<str:colour>/")
