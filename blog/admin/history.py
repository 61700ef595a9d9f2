"""The history of a post in the admin: what was saved, what differs, and how to go back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from authors.accounts import account
from blog import publishing
from blog.admin.pages import address_of, page_of_post
from blog.comparison import compare_contents
from blog.content import PostContent
from blog.models import Post, Revision, Waiver
from blog.publishing import StaleRevisionError

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

ENTRIES_A_PAGE = 20
LIVE = "live"
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Entry:
    """One line of the history: a revision that was saved, or the last copy of a sitting."""

    revision: Revision
    # All that was kept by itself in the same sitting, the newest first.
    copies: list[Revision] = field(default_factory=list)
    # What was let be while this was the newest text.
    waivers: list[Waiver] = field(default_factory=list)

    @property
    def began_at(self) -> datetime:
        """When the first copy of the sitting was made."""
        return self.copies[-1].made_at

    @property
    def earlier_copies(self) -> list[Revision]:
        """The copies before the last."""
        return self.copies[1:]


def history(admin: ContentAdmin, request: HttpRequest, pk: str) -> HttpResponse:
    """Everything that was ever saved, the newest first; what was kept by itself is folded."""
    post = admin.existing(request, pk, may="view")
    page = Paginator(newest_first(post), ENTRIES_A_PAGE).get_page(request.GET.get("p"))
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/history.html",
        title=gettext("History"),
        page_obj=page,
        entries=with_waivers(post, with_copies(post, page.object_list)),
        may_restore=publishing.may_change(request.user, post),
    )


def compare(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What differs between two revisions, or between one and what is live."""
    post = admin.existing(request, pk, may="view")
    newest = post.newest_revision.number if post.newest_revision else 0
    names = request.GET.get("van") or LIVE, request.GET.get("tot") or str(newest)
    before, after = (revision_called(post, name) for name in names)
    if before is None or after is None:
        return not_there(admin, request, post, names[0] if before is None else names[1])
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/compare.html",
        title=gettext("Compare"),
        before=before,
        after=after,
        comparison=compare_contents(before.content, after.content),
        may_restore=publishing.may_change(request.user, post),
    )


def restore(admin: ContentAdmin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier text beside the newest one, and the button that makes it the newest."""
    post = admin.existing(request, pk, may="change")
    revision = revision_called(post, str(number))
    if revision is None:
        return not_there(admin, request, post, str(number))

    def act(base: Revision | None) -> None:
        restored = publishing.restore(revision, by=account(request), base=base)
        if restored.restored_from_id != revision.pk:
            message = gettext("Nothing was changed: this is the newest text already.")
            admin.message_user(request, message, messages.INFO)
            return
        message = gettext(
            "The text of revision %(earlier)s is the newest again, as revision %(number)s. What"
            " was written since is still in the history."
        )
        numbers = {"earlier": revision.number, "number": restored.number}
        admin.message_user(request, message % numbers, messages.SUCCESS)

    return go_back(
        admin,
        request,
        post,
        revision,
        "admin/blog/post/restore.html",
        act=act,
        title=gettext("Restore"),
        missing=list(publishing.missing(revision.content)),
    )


def discard(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a live post beside what readers see, and the button that drops it."""
    post = admin.existing(request, pk, may="change")
    if post.live_revision is None or not post.has_newer_changes:
        message = gettext("There is nothing to discard: no draft differs from what is live.")
        admin.message_user(request, message, messages.INFO)
        return HttpResponseRedirect(address_of("change", post))

    def act(base: Revision | None) -> None:
        publishing.discard(post, by=account(request), base=base)
        address = restore_address(post, base) if base else address_of("history", post)
        message = format_html(
            '{} <a href="{}">{}</a>',
            gettext("The draft was discarded: you go on from what readers see."),
            address,
            gettext("Bring the draft back…"),
        )
        admin.message_user(request, message, messages.SUCCESS)

    return go_back(
        admin,
        request,
        post,
        post.live_revision,
        "admin/blog/post/discard.html",
        act=act,
        title=gettext("Discard the draft"),
    )


def go_back(
    admin: ContentAdmin,
    request: HttpRequest,
    post: Post,
    revision: Revision,
    template: str,
    *,
    act: Callable[[Revision | None], None],
    title: str,
    **context: Any,
) -> HttpResponse:
    """Show what the newest text loses to an earlier one; the button acts on what was shown."""
    newest, stale = post.newest_revision, False
    if request.method == "POST":
        try:
            act(revision_shown(request, post))
        except StaleRevisionError as refusal:
            newest, stale = refusal.newest, True
        else:
            return HttpResponseRedirect(address_of("change", post))
    before = newest.content if newest else PostContent()
    return page_of_post(
        admin,
        request,
        post,
        template,
        title=title,
        status=HTTPStatus.CONFLICT if stale else None,
        revision=revision,
        newest=newest,
        stale=stale,
        comparison=compare_contents(before, revision.content),
        **context,
    )


# --- Finding ------------------------------------------------------------------------------------


def revision_called(post: Post, name: str) -> Revision | None:
    """A revision of this post by its number, or the one that is live."""
    if name == LIVE:
        return post.live_revision
    if not name.isdecimal() or len(name) > LONGEST_NUMBER:
        return None
    return post.revisions.select_related("made_by").filter(number=int(name)).first()


def revision_shown(request: HttpRequest, post: Post) -> Revision | None:
    """The revision that was the newest on the page from which this form was sent."""
    return revision_called(post, request.POST.get("base", ""))


def not_there(
    admin: ContentAdmin, request: HttpRequest, post: Post, name: str
) -> HttpResponseRedirect:
    """Back to the history, where all that there is can be chosen."""
    message = gettext("There is no revision “%(name)s” of this text.") % {"name": name}
    if name == LIVE:
        message = gettext("Readers do not see this yet, so there is nothing to compare with.")
    admin.message_user(request, message, messages.WARNING)
    return HttpResponseRedirect(address_of("history", post))


def restore_address(post: Post, revision: Revision) -> str:
    """The page on which this revision can be restored."""
    return reverse(f"admin:blog_{post.kind}_restore", args=[post.pk, revision.number])


def newest_first(post: Post) -> QuerySet[Revision]:
    """The lines of the history, without the texts: of each sitting its last copy alone."""
    later = post.revisions.filter(sitting=OuterRef("sitting"), number__gt=OuterRef("number"))
    return told(post).exclude(Exists(later))


def told(post: Post) -> QuerySet[Revision]:
    """The revisions of a post with what a line of the history says of them."""
    before = post.revisions.filter(sitting=None, number__lt=OuterRef("number"))
    return (
        post.revisions.select_related("made_by")
        .defer("snapshot")
        .annotate(base_number=F("base__number"), restored_number=F("restored_from__number"))
        .annotate(number_before=Subquery(before.order_by("-number").values("number")[:1]))
        .order_by("-number")
    )


def with_copies(post: Post, revisions: Iterable[Revision]) -> list[Entry]:
    """Lines of the history, each sitting with all its copies; one query for them all."""
    entries = [Entry(revision) for revision in revisions]
    sittings = {entry.revision.sitting: entry for entry in entries if entry.revision.sitting}
    if sittings:
        for copy in told(post).filter(sitting__in=sittings):
            if copy.sitting:
                sittings[copy.sitting].copies.append(copy)
    return entries


def with_waivers(post: Post, entries: list[Entry]) -> list[Entry]:
    """The same lines, each with what was let be then, also what is shown again; in one query."""
    by_revision = {entry.revision.pk: entry for entry in entries}
    waivers = post.waivers.filter(revision__in=by_revision)
    for waiver in waivers.select_related("made_by", "withdrawn_by"):
        by_revision[waiver.revision_id].waivers.append(waiver)
    return entries
