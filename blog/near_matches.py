"""Which posts and pages somebody may have meant by an address that leads nowhere."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.db.models import Case, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils.text import slugify

from blog.models import Post
from blog.querysets import PostQuerySet

MATCHES = 3
# Bounds, so that no address takes long: what is read of it, and how many it is compared with.
SLUG_LENGTH = 100
MOST_WORDS = 6
CANDIDATES = 50
# As many letters of a word as make it worth comparing, at its beginning or its end.
LETTERS = 4
SHORTEST_WORD = 3
# The part of the typed address that a match has to contain.
ALIKE = 0.6


def near_matches(path: str) -> list[Post]:
    """At most three public posts or pages whose address looks like this one, the nearest first."""
    typed = typed_slug(path)
    pieces = pieces_of(typed)
    if not pieces:
        return []
    alike = [(likeness(typed, post.slug), post) for post in candidates(pieces)]
    near = [(score, post) for score, post in alike if score[0] >= ALIKE]
    near.sort(key=lambda pair: pair[0], reverse=True)
    return [post for _score, post in near[:MATCHES]]


def typed_slug(path: str) -> str:
    """The longest part of an address, as a slug: of /2023/01/een-titel.html it is een-titel."""
    longest = max(path.split("/"), key=len)
    return slugify(longest.partition(".")[0])[:SLUG_LENGTH]


def pieces_of(slug: str) -> list[str]:
    """Beginnings and endings of its longest words: a typing error leaves one of the two whole."""
    words = [word for word in slug.split("-") if len(word) >= SHORTEST_WORD]
    longest = sorted(words, key=len, reverse=True)[:MOST_WORDS]
    return list(
        dict.fromkeys(piece for word in longest for piece in (word[:LETTERS], word[-LETTERS:]))
    )


def candidates(pieces: list[str]) -> PostQuerySet:
    """What shares most of these pieces, in one query: the comparing itself stays small."""
    shares = Q()
    shared: Combinable = Value(0)
    for piece in pieces:
        has_piece = Q(slug__contains=piece)
        shares |= has_piece
        shared = shared + Case(When(has_piece, then=1), default=0)
    posts = PostQuerySet(Post).published().filter(shares).alias(shared=shared)
    return posts.only("kind", "slug", "title").order_by("-shared", "-published_at", "-pk")[
        :CANDIDATES
    ]


def likeness(typed: str, slug: str) -> tuple[float, float]:
    """How much of what was typed stands in a slug, and how alike the two are as a whole."""
    matcher = SequenceMatcher(a=typed, b=slug, autojunk=False)
    found = sum(
        block.size for block in matcher.get_matching_blocks() if block.size >= SHORTEST_WORD
    )
    return found / len(typed), matcher.ratio()
