"""Posts and pages in the admin: the form edits the newest revision and never the live row."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import publishing, sittings
from blog.admin.confirmation import ask, is_confirmed
from blog.admin.discussion import DiscussionAdmin
from blog.admin.filters import WastebasketFilter
from blog.admin.findings import about_form
from blog.admin.forms import PageForm, PostForm, WithdrawalForm
from blog.admin.history import history
from blog.admin.opening import (
    address_naming,
    base_asked_for,
    form_address,
    is_named,
    taken_up,
)
from blog.admin.pages import address_of
from blog.admin.post_list import MineFilter, PostList, StateFilter, badge
from blog.admin.reading import ReadingAdmin
from blog.admin.review_clock import confirm_reviews
from blog.admin.routes import shared_urls, site_urls
from blog.admin.sittings import about_open_form, keep_refused
from blog.admin.wastebasket import WastebasketAdmin, taken_back
from blog.admin.widgets import MarkdownEditor
from blog.models import Page, Post
from blog.querysets import PostQuerySet

CONTENT: list[Any] = ["title", "slug", "summary", "body"]
SEARCH_ENGINES: tuple[Any, Any] = (
    _("Search engines"),
    {"classes": ["collapse"], "fields": ["seo_title", "seo_description"]},
)
SAVING: tuple[Any, Any] = (_("Saving"), {"fields": ["note", "base", "new_uid", "sitting"]})


class ContentAdmin(ReadingAdmin, WastebasketAdmin):
    """What posts and pages share."""

    view_on_site = False  # the form has its own link, for what readers can see
    change_form_template = "admin/blog/post/change_form.html"
    search_fields = [
        *("title", "summary", "body"),
        *("newest_revision__snapshot__title", "newest_revision__snapshot__body"),
    ]
    list_filter: ClassVar[Any] = [StateFilter, MineFilter, WastebasketFilter]
    show_full_result_count = False
    empty_value_display = '<span class="nothing">-</span>'  # a phone has no room for it
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/blog/post/change_list.html"
    actions = ["take_offline", "throw_away", "take_back"]

    class Media:
        css = {"all": ["css/admin/post_list.css"]}

    # --- Who may ----------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """An editor changes any post, a writer their own."""
        return publishing.may_change(request.user, obj or self.model())

    def has_view_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_change_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """Whether this user may decide what readers see."""
        return request.user.has_perm(f"blog.publish_{self.opts.model_name}")

    # --- The form ---------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Post | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Post]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]
        sitting = taken_up(self, request, obj)
        form.taken_up = sitting  # type: ignore[attr-defined]
        form.starts_from = base_asked_for(request, obj, sitting)  # type: ignore[attr-defined]
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "body":
            kwargs["widget"] = MarkdownEditor
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        extra_context = {"can_publish": self.has_publish_permission(request)}
        object_id = object_id or self.id_of_post_made_by(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except publishing.StaleRevisionError as refusal:
            # `get_form` hands it to the form.
            request.refusal = refusal  # type: ignore[attr-defined]
            # Saving once more is then a choice: it builds on the other's revision.
            typed = request.POST.copy()
            key = keep_refused(request, refusal.newest.post)
            typed["sitting"] = str(key)
            typed["base"] = str(refusal.newest.pk)
            request.POST = typed  # type: ignore[assignment] # Django's is immutable
            extra_context["stale"] = refusal
            extra_context["choice_address"] = reverse(
                f"admin:blog_{self.opts.model_name}_unsaved", args=[key]
            )
        except IntegrityError:
            # Two clicks at the same instant: what the other one made is there by now.
            made = None if object_id else self.id_of_post_made_by(request)
            if made is None:
                raise
            return self.changeform_view(request, made, form_url)
        # Nothing was written: the form once more, with all that was typed and what is the matter.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Post | None = None,
    ) -> HttpResponse:
        if self.has_change_permission(request, obj) if obj else add:
            form = context["adminform"].form
            base = form.starts_from
            if request.method == "GET" and base and not is_named(base, request):
                return HttpResponseRedirect(address_naming(base, request))
            context["open_form"] = about_open_form(request, form, obj)
            context["findings"] = about_form(form, obj)
        # Django would leave out what is not about the list.
        form_url = f"?{request.GET.urlencode()}" if request.GET else form_url
        return super().render_change_form(request, context, add, change, form_url, obj)

    def id_of_post_made_by(self, request: HttpRequest) -> str | None:
        """The post that the first click of this add form has made, when this is the second."""
        try:
            uid = uuid.UUID(request.POST.get("new_uid", ""))
        except ValueError:
            return None
        made = Post._base_manager.filter(uid=uid).first()
        return str(made.pk) if made else None

    # --- Saving -----------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        """The row is left alone; `save_related` has all that a revision holds."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if "_publish" in request.POST and not self.has_publish_permission(request):
            raise PermissionDenied
        if not change and form.cleaned_data["new_uid"]:
            form.instance.uid = form.cleaned_data["new_uid"]
        revision = publishing.save_draft(
            form.instance,
            form.content,
            by=account(request),
            base=form.cleaned_data["base"],
            note=form.cleaned_data["note"],
        )
        sittings.saved(form.cleaned_data["sitting"], form.instance, by=account(request))
        form.instance.newest_revision = revision
        form.instance.unchanged = change and revision == form.newest
        if "_take_back" in request.POST:
            publishing.take_back(form.instance, by=account(request))

    def response_add(
        self, request: HttpRequest, obj: Post, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Post) -> HttpResponse:
        return self.response_saved(request, obj)

    def response_saved(self, request: HttpRequest, obj: Post) -> HttpResponse:
        """Say what happened and what readers see now, and stay in the form."""
        if "_publish" in request.POST:
            return HttpResponseRedirect(address_of("publish", obj))
        if "_offer" in request.POST:
            return HttpResponseRedirect(address_of("offer", obj))
        post = self.get_queryset(request).get(pk=obj.pk)
        if "_take_back" in request.POST:
            message = taken_back([post])
        elif getattr(obj, "unchanged", False):
            message = gettext("Everything was saved already.")
        elif post.live_revision:
            message = gettext("Draft saved. Readers still see the text that is live.")
        else:
            message = gettext("Draft saved. It is not public yet.")
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(form_address(obj))

    def existing(self, request: HttpRequest, object_id: str | int, *, may: str = "") -> Post:
        """The post with this number, for who may do this with it, such as "change".

        Raises Http404 and PermissionDenied.
        """
        post = self.get_object(request, unquote(str(object_id)))
        if post is None:
            raise Http404
        if may and not getattr(self, f"has_{may}_permission")(request, post):
            raise PermissionDenied
        return post

    def get_urls(self) -> list[URLPattern]:
        """Django's own pages, and ours about one post."""
        return [*shared_urls(self), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every revision with who, when and why; Django's own log is another one."""
        return history(self, request, object_id)

    # --- The list ---------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PostList

    @admin.display(description=_("state"))
    def state_badge(self, post: Post) -> str:
        """Where the post stands, and what goes on with it."""
        return badge(post)

    @admin.action(description=_("Take offline…"), permissions=["publish"])
    def take_offline(self, request: HttpRequest, posts: PostQuerySet) -> HttpResponse | None:
        online = posts.filter(live_revision__isnull=False)
        if not online:
            self.message_user(request, gettext("Nothing of this is online."), messages.WARNING)
            return None
        form = WithdrawalForm(request.POST if is_confirmed(request) else None)
        if not form.is_valid():
            return ask(
                self,
                request,
                "admin/blog/take_offline.html",
                selected=online,
                title=gettext("Take offline"),
                form=form,
                posts=online,
            )
        for post in online:
            publishing.unpublish(post, by=account(request), reason=form.cleaned_data["reason"])
        self.message_user(request, gettext("Readers no longer see this."), messages.SUCCESS)
        return None


@admin.register(Post)
class PostAdmin(DiscussionAdmin, ContentAdmin):
    form = PostForm
    list_display = [
        "title",
        "state_badge",
        "theme",
        "author_names",
        "published_at",
    ]
    list_filter = [
        *(StateFilter, MineFilter),
        *("theme", "authors", "comments_open"),
        WastebasketFilter,
    ]
    date_hierarchy = "published_at"
    actions = [
        *ContentAdmin.actions,
        *("confirm_reviews", "open_comments", "close_comments", "moderate_comments"),
    ]
    fieldsets = [
        (None, {"fields": [*CONTENT, "theme", "byline", "tags", "related"]}),
        (
            _("Disclosure"),
            {
                "fields": [
                    "discloses_own_products",
                    "discloses_affiliate_links",
                    "sponsored_by",
                    "supplied_by",
                ]
            },
        ),
        (
            _("Trust"),
            {
                "fields": [
                    "reviewed_by",
                    "reviewed_on",
                    "review_due_on",
                    "corrections",
                    "reading_minutes_override",
                ]
            },
        ),
        SEARCH_ENGINES,
        SAVING,
    ]

    def get_queryset(self, request: HttpRequest) -> PostQuerySet:
        return cast("PostQuerySet", super().get_queryset(request)).with_byline()

    def get_urls(self) -> list[URLPattern]:
        return [*site_urls(self), *super().get_urls()]

    @admin.action(description=_("Checked, nothing changed"), permissions=["publish"])
    def confirm_reviews(self, request: HttpRequest, posts: PostQuerySet) -> None:
        confirm_reviews(self, request, posts)

    @admin.display(description=_("authors"))
    def author_names(self, post: Post) -> str:
        """The byline as text."""
        return ", ".join(author.name for author in post.byline)


@admin.register(Page)
class PageAdmin(ContentAdmin):
    form = PageForm
    list_display = ["title", "state_badge", "slug", "published_at"]
    fieldsets = [
        (None, {"fields": CONTENT}),
        (_("Trust"), {"fields": ["corrections"]}),
        SEARCH_ENGINES,
        SAVING,
    ]
