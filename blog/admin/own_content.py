"""What an editor can link to: posts, pages and authors, looked up by the words of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, ngettext

from authors.models import Author
from blog import clock
from blog.models import Address, Page, Post
from blog.querysets import PostQuerySet, has_word
from blog.search import MOST_WORDS, typed_query

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

MOST = 20
# A name found stands first, and leaves room for posts.
MOST_AUTHORS = 5
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """Something to link to: its name in a text, and what an editor is told of it."""

    target: str
    title: str
    kind: str
    standing: str = ""


def own_content(admin: ContentAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What can be linked to by the words that were typed; the post that asks is not among it."""
    query = typed_query(request.POST.get("query", ""))
    words = WORD.findall(query)[:MOST_WORDS]
    posts = linkable(drafts_of=kinds_seen(admin, request)).exclude(pk=pk or 0)
    # Signs without a word name nothing; only who typed nothing is offered the newest.
    found = [*authors_called(words), *newest_called(words, posts)] if words or not query else []
    return JsonResponse(
        {"summary": summary(found), "results": [asdict(result) for result in found[:MOST]]}
    )


def kinds_seen(admin: ContentAdmin, request: HttpRequest) -> list[str]:
    """Of which kinds this editor may see what is not public."""
    admins = [admin.admin_site.get_model_admin(model) for model in (Post, Page)]
    return [each.opts.model_name or "" for each in admins if each.has_view_permission(request)]


def linkable(*, drafts_of: Sequence[str]) -> PostQuerySet:
    """Every post and page that a link can name: what readers can open, and drafts of some kinds."""
    posts = PostQuerySet(Post).kept().exclude(slug="")
    readable = PostQuerySet(Post).readable().values("pk")
    # By the slug that a draft hopes for, readers would come to the post that has it.
    of_another = Address.objects.filter(slug=OuterRef("slug")).exclude(post=OuterRef("pk"))
    return posts.filter(Q(pk__in=readable) | Q(kind__in=drafts_of)).exclude(Exists(of_another))


def authors_called(words: Sequence[str]) -> Iterator[Found]:
    """The authors with all of these words in their name; none where nothing was typed."""
    authors = Author.objects.filter(*(has_word(word, ("name", "slug")) for word in words))
    for slug, name in authors.values_list("slug", "name")[: MOST_AUTHORS if words else 0]:
        yield Found(f"author:{slug}", name, str(Author._meta.verbose_name))


def newest_called(words: Sequence[str], posts: PostQuerySet) -> Iterator[Found]:
    """The newest of these posts with all words in their title; first what readers can open.

    One more than are shown tells that there are others.
    """
    called = posts.with_drafted_title().containing(words, within=("drafted_title", "slug"))
    readable = When(pk__in=PostQuerySet(Post).readable().values("pk"), then=True)
    newest = called.annotate(public=Case(readable, default=False)).order_by(
        "-public", F("published_at").desc(nulls_first=True), "-pk"
    )
    fields = ("kind", "slug", "drafted_title", "public", "published_at")
    for row in newest.values(*fields)[: MOST + 1]:
        kind = str(Post.Kind(row["kind"]).label)
        yield Found(f"post:{row['slug']}", row["drafted_title"], kind, standing(row))


def standing(row: Mapping[str, Any]) -> str:
    """What there is to say of a post that readers cannot open."""
    if row["public"]:
        return ""
    if row["published_at"] and row["published_at"] <= clock.now():
        return gettext("no longer public")
    return gettext("not public yet")


def summary(found: Sequence[Found]) -> str:
    """How many there are, as it is read out."""
    if not found:
        return gettext("Nothing found. Try fewer words.")
    if len(found) > MOST:
        return gettext("The first %(count)d. Type more words to find others.") % {"count": MOST}
    return ngettext("%(count)d found", "%(count)d found", len(found)) % {"count": len(found)}
