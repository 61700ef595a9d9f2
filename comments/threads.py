"""A post's comments as readers see them: roots in the order they came, replies below each."""

from __future__ import annotations

from dataclasses import dataclass, field

from blog.models import Post
from comments.models import Comment


@dataclass
class Reply:
    """A comment below a root; `answering` names whom it answers, where that is not the root."""

    comment: Comment
    answering: str = ""


@dataclass
class Root:
    """A comment that answers none; a removed one keeps its place without its words."""

    comment: Comment
    replies: list[Reply] = field(default_factory=list)

    @property
    def removed(self) -> bool:
        """Whether only the place is left, because replies hang on it."""
        return self.comment.status != Comment.Status.APPROVED


@dataclass
class Thread:
    """All that is said below one post."""

    roots: list[Root]

    @property
    def count(self) -> int:
        """How many comments readers can read."""
        return sum(len(root.replies) + (not root.removed) for root in self.roots)


def thread(post: Post) -> Thread:
    """The comments of a post in one query, two levels deep however deep they answer each other."""
    comments = {comment.pk: comment for comment in Comment.objects.in_thread(post)}
    roots: dict[int, Root] = {}
    for comment in comments.values():
        comment.post = post
        root = root_of(comment, comments)
        place = roots.setdefault(root.pk, Root(root))
        if comment is not root and comment.status == Comment.Status.APPROVED:
            place.replies.append(Reply(comment, answering(comment, root, comments)))
    return Thread(list(roots.values()))


def root_of(comment: Comment, comments: dict[int, Comment]) -> Comment:
    """The comment at the top; the chain ends where a removed comment no longer has a place."""
    while comment.parent_id in comments:
        comment = comments[comment.parent_id]
    return comment


def answering(comment: Comment, root: Comment, comments: dict[int, Comment]) -> str:
    """The name of the comment that this one answers, where its place does not show it."""
    parent = comments.get(comment.parent_id) if comment.parent_id else None
    if parent is None or parent is root or parent.status != Comment.Status.APPROVED:
        return ""
    return parent.name
