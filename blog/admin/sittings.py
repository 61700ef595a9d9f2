"""Open forms in the admin: what is typed in them is kept, and colleagues see each other."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import get_text_list, slugify
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext, ngettext

from authors.accounts import account
from blog import sittings
from blog.admin.corrections import as_far_as_possible
from blog.admin.endpoints import no_permission, problem
from blog.admin.forms import ContentForm, PageForm, PostForm, as_data, plain_line_ends
from blog.admin.moments import InstantField
from blog.admin.opening import TAKE_UP, as_key, newest_address
from blog.admin.pages import address_of
from blog.comparison import compare_contents
from blog.content import COLUMNS, PostContent
from blog.models import Post, Revision, Sitting
from blog.sittings import OpenForm, TooManySittingsError, Typed

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from blog.admin.posts import ContentAdmin

FORMS: dict[str, type[ContentForm]] = {Post.Kind.POST: PostForm, Post.Kind.PAGE: PageForm}


@dataclass(frozen=True)
class Copy:
    """What an editor typed and did not save."""

    sitting: Sitting
    content: PostContent

    @property
    def title(self) -> str:
        """What its editor knows it by."""
        return self.content.title or gettext("Without a title")

    @property
    def choice_address(self) -> str:
        """Where its editor compares and chooses."""
        return reverse(f"admin:blog_{self.sitting.kind}_unsaved", args=[self.sitting.key])

    @property
    def form_address(self) -> str:
        """The form, filled with this text."""
        kind, post = self.sitting.kind, self.sitting.post
        form = address_of("change", post) if post else reverse(f"admin:blog_{kind}_add")
        return f"{form}?{TAKE_UP}={self.sitting.key}"


def unsaved(user: User) -> list[Copy]:
    """Everything that somebody typed in a form and did not save, the newest first."""
    return list(still_unsaved(sittings.copies_of(user)))


def still_unsaved(copies: Iterable[Sitting]) -> Iterator[Copy]:
    """Those that were not saved in another way."""
    for sitting in copies:
        content = content_of(sitting)
        if sittings.is_unsaved(sitting, content):
            yield Copy(sitting, content)


def content_of(sitting: Sitting) -> PostContent:
    """What was typed, as its form reads it; a text that the form would refuse stays as it is.

    As far as a post can hold it: the copy may be restored.
    """
    # Not `sitting.post`, because a form writes on its instance.
    post = Post._base_manager.get(pk=sitting.post_id) if sitting.post_id else None
    form = FORMS[sitting.kind](as_data(sitting.typed), instance=post)
    refused: dict[str, Any] = {
        name: plain_line_ends(form.data[name])[: field.max_length]
        for name, field in form.fields.items()
        if name in COLUMNS and name in form.errors and name in form.data
        if isinstance(field, forms.CharField)
    }
    if "corrections" in form.errors:
        typed = form.fields["corrections"].widget.value_from_datadict(form.data, {}, "corrections")
        refused["corrections"] = as_far_as_possible(typed)
    if "slug" in refused:
        refused["slug"] = slugify(refused["slug"])
    return replace(form.content, **refused)


# --- What the script of an open form tells --------------------------------------------------------


class Doing(models.TextChoices):
    """What goes on in a form that is open somewhere."""

    HERE = "here"
    TYPING = "typing"
    LEAVING = "leaving"
    BRINGING = "bringing"  # what a device kept while it could not reach us


class Message(forms.Form):
    """What is told beside the fields of the form itself."""

    doing = forms.ChoiceField(choices=Doing.choices)
    sitting = forms.UUIDField()
    post = forms.ModelChoiceField(Post._base_manager.all(), required=False)
    new_uid = forms.UUIDField(required=False)
    base = forms.ModelChoiceField(Revision.objects.all(), required=False)
    # Of what a device kept: when it was typed, after which copy that we have, and another key.
    at = InstantField(required=False)
    follows = InstantField(required=False)
    spare = forms.UUIDField(required=False)

    def open_form(self, kind: str) -> OpenForm:
        """Which form it is about, of a post or of a plain page."""
        uid = self.cleaned_data["new_uid"]
        post, base = self.cleaned_data["post"], self.cleaned_data["base"]
        if post is None and uid:
            post = Post._base_manager.filter(uid=uid, kind=kind).first()
        if base and base.post != post:
            base = None
        return OpenForm(kind=kind, post=post, new_uid=uid, base=base)


def typed_in(data: QueryDict) -> Typed:
    """The fields of a form as they were sent; a database takes no NUL."""
    told = {"csrfmiddlewaretoken", *Message.base_fields} - {"base", "new_uid"}
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in data.lists()
        if name not in told and not name.startswith("_")
    }


def open_form(admin: ContentAdmin, request: HttpRequest) -> HttpResponse:
    """Keep what is typed in a form, and tell who else is there and what was saved meanwhile."""
    message, typed, user = Message(request.POST), typed_in(request.POST), account(request)
    message.fields["post"].queryset = admin.get_queryset(request)  # type: ignore[attr-defined]
    if not message.is_valid():
        return problem(request, gettext("We could not read this."), HTTPStatus.BAD_REQUEST)
    told, form = message.cleaned_data, message.open_form(str(admin.opts.model_name))
    try:
        match told["doing"]:
            case Doing.LEAVING:
                sittings.leave(told["sitting"], by=user)
                return JsonResponse({})
            case Doing.BRINGING:
                return JsonResponse(bring(told, form, typed, by=user))
            case Doing.TYPING:
                sitting = keep(told["sitting"], form, typed, by=user)
            case _:
                sitting = sittings.sit_down(told["sitting"], form, by=user)
    except PermissionDenied:
        return no_permission(request)
    except TooManySittingsError:
        text = gettext("You have too many texts that were not saved. Choose what stays of them.")
        return problem(request, text, HTTPStatus.CONFLICT)
    base = form.base.pk if form.base else None
    news = news_of(form.post, user, base=base) if form.post else {}
    return JsonResponse({**news, "kept": kept_at(sitting)})


@transaction.atomic
def keep(
    key: UUID, form: OpenForm, typed: Typed, *, by: User, at: datetime | None = None
) -> Sitting:
    """Keep what was typed by now; a text that vanishes all at once is kept as well.

    Raises PermissionDenied and TooManySittingsError as `sit_down` does.
    """
    sitting = sittings.sit_down(key, form, by=by)
    if sittings.much_vanishes(sitting, typed):
        sittings.set_aside(sitting, content_of(sitting))
    sittings.keep(sitting, typed, base=form.base, at=at)
    return sitting


@transaction.atomic
def bring(told: dict[str, Any], form: OpenForm, typed: Typed, *, by: User) -> dict[str, str | None]:
    """Keep what a device kept for us, unless it was saved after all; what its editor is told.

    Raises PermissionDenied and TooManySittingsError as `sit_down` does.
    """
    # What was typed elsewhere meanwhile, in the same sitting, stays beside it; the device may not
    # know that its own text has come.
    copies = sittings.copies_of(by).filter(key=told["sitting"])
    is_next = all(copy.typed_at == told["follows"] or copy.typed == typed for copy in copies)
    key = told["sitting"] if is_next else told["spare"] or uuid.uuid4()
    sitting = keep(key, form, typed, by=by, at=told["at"])
    for copy in still_unsaved([sitting]):
        return {"choice": copy.choice_address, "notice": notice_of(copy)}
    sitting.delete()
    return {"choice": None}


def keep_refused(request: HttpRequest, post: Post) -> UUID:
    """Keep the text of a form whose save was refused; the key of its sitting from now on."""
    by, data = account(request), request.POST.copy()
    data["doing"], data["post"] = Doing.TYPING.value, str(post.pk)
    message = Message(data)
    message.full_clean()
    key: UUID | None = message.cleaned_data.get("sitting")
    # Somebody else may have logged in before the form was sent.
    if key is None or Sitting.objects.filter(key=key).exclude(user=by).exists():
        key = uuid.uuid4()
    with suppress(TooManySittingsError):
        keep(key, message.open_form(post.kind), typed_in(request.POST), by=by)
    return key


# --- What an open form shows ----------------------------------------------------------------------


def about_open_form(request: HttpRequest, form: Any, post: Post | None) -> dict[str, Any]:
    """What the change form shows of sittings, and what its script needs."""
    user, kind = account(request), form._meta.model().kind
    key = as_key(form["sitting"].value()) or uuid.uuid4()
    mine = sittings.copies_of(user).filter(kind=kind, post=post)
    return {
        "address": reverse(f"admin:blog_{kind}_open_form"),
        "kept": kept_at(next((sitting for sitting in mine if sitting.key == key), None)),
        "copies": [(copy, notice_of(copy)) for copy in still_unsaved(mine.exclude(key=key))],
        **(news_of(post, user, base=form["base"].value()) if post else {}),
        "shows_older": not form.is_bound and form.taken_up is None,
        "newest_address": newest_address(request),
        # It came back, or was filled with what was not saved.
        "is_unsaved": form.is_bound or form.taken_up is not None,
    }


def news_of(post: Post, user: User, *, base: int | str | None) -> dict[str, str]:
    """What happened to a post since somebody opened it; `base` is the key of its revision then."""
    newest = post.newest_revision
    newer = ""
    if newest and str(newest.pk) != str(base):
        sentence = gettext("%(who)s saved this at %(time)s.")
        if newest.made_by == user:
            sentence = gettext("You saved this yourself at %(time)s.")
        told = {"who": name_of(newest.made_by), "time": clock_time(newest.made_at)}
        both = gettext("Before your own text is saved, you see both.")
        newer = f"{sentence % told} {both}"
    return {"others": others_at(post, user), "newer": newer}


def others_at(post: Post, user: User) -> str:
    """Who else has the post open, as a sentence; empty when nobody has."""
    names = [name_of(other) for other in sittings.colleagues_at(post, besides=user)]
    if not names:
        return ""
    sentence = ngettext("%(names)s has this open too.", "%(names)s have this open too.", len(names))
    return sentence % {"names": get_text_list(names, gettext("and"))}


def notice_of(copy: Copy) -> str:
    """That there is text which was not saved."""
    at = copy.sitting.typed_at or copy.sitting.began_at
    return gettext("You have text from %(time)s that was not saved: “%(title)s”.") % {
        "time": clock_time(at),
        "title": copy.title,
    }


def clock_time(moment: datetime) -> str:
    """The time of a moment, with its day when that is not today."""
    local = localtime(moment)
    return date_format(local, "H:i" if local.date() == localdate() else "j F H:i")


def kept_at(sitting: Sitting | None) -> str:
    """Which copy of what was typed we have, for a script."""
    return sitting.typed_at.isoformat() if sitting and sitting.typed and sitting.typed_at else ""


def name_of(user: User | None) -> str:
    """Who somebody is to colleagues."""
    return (user.get_full_name() or user.get_username()) if user else gettext("Somebody")


# --- The choice -----------------------------------------------------------------------------------


def unsaved_page(admin: ContentAdmin, request: HttpRequest, key: UUID) -> HttpResponse:
    """What somebody typed and did not save, beside what was saved; and what becomes of it."""
    mine = Sitting.objects.select_related("post__newest_revision__made_by", "base")
    sitting = get_object_or_404(mine, key=key, user=account(request), kind=admin.opts.model_name)
    post = sitting.post
    if not (
        admin.has_change_permission(request, post) if post else admin.has_add_permission(request)
    ):
        raise PermissionDenied
    if request.method == "POST":
        # From the form itself comes what it holds by now.
        if "title" in request.POST:
            sittings.keep(sitting, typed_in(request.POST), base=sitting.base)
        return keep_what_was_saved(admin, request, sitting)
    content = content_of(sitting)
    newest = post.newest_revision if post else None
    return TemplateResponse(
        request,
        "admin/blog/post/unsaved.html",
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "original": post,
            "title": gettext("Text that was not saved"),
            "copy": Copy(sitting, content),
            "newest": newest,
            "is_stale": newest != sittings.base_of(sitting),
            "comparison": newest and compare_contents(newest.content, content),
        },
    )


def keep_what_was_saved(
    admin: ContentAdmin, request: HttpRequest, sitting: Sitting
) -> HttpResponse:
    """Be done with what was typed, and say where it is now."""
    post = sitting.post
    revision = sittings.end(sitting, content_of(sitting))
    if post is None or revision is None:
        admin.message_user(request, gettext("The text was thrown away."), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:blog_{sitting.kind}_changelist"))
    message = gettext("What was saved stays. Your text is in the {history}, as revision {number}.")
    link = format_html('<a href="{}">{}</a>', address_of("history", post), gettext("history"))
    message = format_html(message, history=link, number=revision.number)
    admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(address_of("change", post))


def end_idle_sittings() -> None:
    """Let what nobody came back to become a revision; the worker does this every minute."""
    for sitting in sittings.idle():
        with transaction.atomic():
            if held := sittings.held(sitting):
                sittings.keep_in_history(held, content_of(held))
    sittings.clear_away()
