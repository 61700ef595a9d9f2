"""The wastebasket in the admin: deleting moves a post there, and from there it goes for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import publishing
from blog.admin.confirmation import ask, is_confirmed
from blog.admin.pages import address_of, page_of_post
from blog.models import MenuItem, Post, Redirect, SiteSettings
from blog.querysets import PostQuerySet

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin


class ReasonForm(forms.Form):
    """Why a post was thrown away."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("Optional. It stands in the log, for your colleagues."),
    )


class WastebasketAdmin(admin.ModelAdmin[Post]):
    """Moves posts to the wastebasket and takes them out again."""

    delete_confirmation_template = "admin/blog/post/delete_confirmation.html"

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)
        if request.GET.get("wastebasket") != "yes":
            return columns
        # In its place: the table is as wide as the page already.
        return ["goes_on" if name == "published_at" else name for name in columns]

    @admin.display(description=_("goes for good on"), ordering="deleted_at")
    def goes_on(self, post: Post) -> str:
        """The day on which nobody can take it out any more."""
        return date_format(localtime(post.goes_at), "DATE_FORMAT") if post.goes_at else ""

    @admin.action(description=_("Move to the wastebasket…"), permissions=["delete"])
    def throw_away(self, request: HttpRequest, posts: PostQuerySet) -> HttpResponse | None:
        form = ReasonForm(request.POST if is_confirmed(request) else None)
        if not form.is_valid():
            return ask(
                self,
                request,
                "admin/blog/throw_away.html",
                selected=posts,
                title=gettext("Move to the wastebasket"),
                form=form,
                posts=posts,
                days=Post.DAYS_IN_WASTEBASKET,
            )
        for post in posts:
            publishing.throw_away(post, by=account(request), reason=form.cleaned_data["reason"])
        self.message_user(request, gettext("Moved to the wastebasket."), messages.SUCCESS)
        return None

    @admin.action(description=_("Take out of the wastebasket"), permissions=["delete"])
    def take_back(self, request: HttpRequest, posts: PostQuerySet) -> None:
        chosen = list(posts.exclude(deleted_at=None).values_list("pk", flat=True))
        if not chosen:
            message = gettext("Nothing of this lies in the wastebasket.")
            self.message_user(request, message, messages.WARNING)
            return
        for post in posts:
            publishing.take_back(post, by=account(request))
        message = taken_back(self.get_queryset(request).filter(pk__in=chosen))
        self.message_user(request, message, messages.SUCCESS)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without Django's own deletion, which asks no use case and is for ever."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Only the posts themselves go, and nothing of them is lost."""
        return [str(post) for post in objs], {}, set(), []

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        context |= {"form": ReasonForm(), "days": Post.DAYS_IN_WASTEBASKET}
        return super().render_delete_form(request, context)

    def delete_model(self, request: HttpRequest, obj: Post) -> None:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            # Browsers let nobody type such a reason.
            raise BadRequest("This reason cannot be kept.")
        publishing.throw_away(obj, by=account(request), reason=form.cleaned_data["reason"])

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Back to the list, which no longer shows it."""
        self.message_user(request, gettext("Moved to the wastebasket."), messages.SUCCESS)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        )


def taken_back(posts: Iterable[Post]) -> str:
    """What is said about posts that came out of the wastebasket; their date may have passed."""
    message = gettext("Taken out of the wastebasket.")
    titles = [f"“{post.title}”" for post in posts if post.is_readable]
    if titles:
        seen = gettext("Readers now see %(titles)s.")
        message += " " + seen % {"titles": get_text_list(titles, gettext("and"))}
    return message


@dataclass(frozen=True)
class Pointer:
    """Something that leads to a post."""

    text: str
    address: str


def remove(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that goes and what leads to it, and then the button that removes it for ever."""
    post = admin.existing(request, pk, may="delete")
    if not post.deleted_at:
        messages.info(request, gettext("This does not lie in the wastebasket."))
        return HttpResponseRedirect(address_of("change", post))
    if request.method == "POST":
        if publishing.remove(post, by=account(request)):
            message = gettext("“%(title)s” was removed for ever.") % {"title": post.title}
            messages.success(request, message)
        address = reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist")
        return HttpResponseRedirect(f"{address}?wastebasket=yes")
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/remove.html",
        title=gettext("Remove for ever"),
        addresses=addresses(post),
        belongings=list(belongings(post)),
        pointers=list(pointers(post)),
    )


def addresses(post: Post) -> list[str]:
    """Every address that is the post's, as readers type it."""
    slugs = post.addresses.order_by("slug").values_list("slug", flat=True)
    return [Post(kind=post.kind, slug=slug).get_absolute_url() for slug in slugs]


def belongings(post: Post) -> Iterator[str]:
    """What goes with a post, counted."""
    comments, links = post.comments.count(), post.preview_links.count()
    revisions = post.revisions.count()
    text = ngettext("%(count)d revision", "%(count)d revisions", revisions)
    yield text % {"count": revisions}
    text = ngettext("%(count)d comment", "%(count)d comments", comments)
    yield text % {"count": comments}
    if links:
        text = ngettext("%(count)d preview link", "%(count)d preview links", links)
        yield text % {"count": links}


def pointers(post: Post) -> Iterator[Pointer]:
    """What leads to a post beside links in texts, and leads nowhere once it is gone."""
    others = Post._base_manager.exclude(pk=post.pk).defer("body", "stored_rendering")
    kinds = [
        (gettext("Readers are led to it from “%(title)s”"), others.filter(leads_to=post)),
        (gettext("Read on below “%(title)s”"), others.filter(related__related=post)),
    ]
    for text, posts in kinds:
        for other in posts:
            yield Pointer(text % {"title": other.title}, address_of("change", other))
    for item in MenuItem.objects.filter(post=post):
        address = reverse("admin:blog_menuitem_change", args=[item.pk])
        yield Pointer(gettext("Menu item “%(text)s”") % {"text": item.text}, address)
    if SiteSettings.objects.filter(Q(privacy_page=post.pk) | Q(method_page=post.pk)).exists():
        address = reverse("admin:blog_sitesettings_change", args=[SiteSettings.ONLY])
        yield Pointer(gettext("Site settings"), address)
    for redirect in Redirect.objects.filter(target__in=addresses(post)):
        address = reverse("admin:blog_redirect_change", args=[redirect.pk])
        yield Pointer(gettext("Redirect from %(path)s") % {"path": redirect.path}, address)
