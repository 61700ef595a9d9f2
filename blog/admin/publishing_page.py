"""The page on which an editor publishes: what is missing, where, when, and how others see it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import clock, publishing
from blog.admin.moments import InstantField, MomentField, in_words
from blog.admin.pages import BUSY, NEWER_MEANWHILE, address_of, page_of_post
from blog.checking import report_on
from blog.models import Post, Revision
from blog.publishing import NotReadyError, TakenBeforeError

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin


def earlier_owner(post: Post) -> Post | None:
    """The post that had the address of the newest draft before, and to which it still leads."""
    if post.newest_revision is None:
        return None
    for obstacle in publishing.hindrances(post, post.newest_revision.content):
        if isinstance(obstacle, TakenBeforeError):
            return obstacle.other
    return None


class MomentForm(forms.Form):
    """When a text goes live, where that is not now."""

    moment = MomentField(label=_("At a later moment"), required=False)

    def clean_moment(self) -> datetime | None:
        """A moment that has yet to come."""
        moment: datetime | None = self.cleaned_data["moment"]
        if moment and moment <= clock.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        return moment


class PublicationForm(forms.Form):
    """What an editor says along with the button."""

    revision = forms.IntegerField()
    at = InstantField(required=False)
    notable = forms.BooleanField(
        label=_("Show the date of this change"),
        required=False,
        help_text=_("Tick this when readers should know that the text has changed."),
    )
    keep_plan = forms.TypedChoiceField(
        label=_("The planned change"),
        choices=[("no", _("Withdraw it")), ("yes", _("Let it stand"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    taking_over = forms.BooleanField(
        label=_("Let this address lead to this text from now on"), required=False
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier_owner = earlier_owner(post)
        if self.earlier_owner is None:
            del self.fields["taking_over"]
        if not post.was_seen:
            del self.fields["notable"]
        if post.plan is None:
            del self.fields["keep_plan"]

    def ask(self, field: str, question: str) -> None:
        """Put a question beside its field; above all of them when it came up just now."""
        self.add_error(field if field in self.fields else None, question)


def publishing_page(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Everything to look at before a text goes live, and the buttons."""
    post = admin.existing(request, pk, may="publish")
    revision = post.newest_revision
    if revision is None:
        return HttpResponseRedirect(address_of("change", post))
    moments = MomentForm(request.GET if "moment_day" in request.GET else None)
    moment = moments.cleaned_data["moment"] if moments.is_valid() else None
    form = PublicationForm(request.POST or None, post=post, label_suffix="")
    if request.method == "POST" and form.is_valid():
        moment = form.cleaned_data["at"]
        try:
            if "_withdraw" in request.POST:
                return withdrawn(admin, request, post)
            return published(admin, request, revision, form)
        except TakenBeforeError as question:
            form.ask("taking_over", str(question))
        except NotReadyError as obstacle:
            form.add_error(None, str(obstacle))
        except OperationalError:
            # As when two posts take each other's address at the same instant.
            form.add_error(None, BUSY)
        except publishing.PlanStandsError:
            form.ask("keep_plan", gettext("Choose what becomes of the planned change."))
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/publish.html",
        title=gettext("Publish"),
        form=form,
        moments=moments,
        moment=moment,
        **outlook(post, revision),
    )


def outlook(post: Post, revision: Revision) -> dict[str, Any]:
    """What the page shows of a text that may go live."""
    content = revision.content
    future = Post(kind=post.kind, slug=content.slug)
    return {
        "revision": revision,
        "content": content,
        "address": settings.SITE_URL + future.get_absolute_url() if content.slug else "",
        "is_renamed": post.was_seen and post.live_revision and post.slug != content.slug,
        "is_scheduled": post.state == Post.State.SCHEDULED,
        "nothing_new": post.is_published and not post.has_newer_changes,
        "hindrances": list(publishing.hindrances(post, content, taking_over=True)),
        "report": report_on(post, content),
    }


def published(
    admin: ContentAdmin, request: HttpRequest, newest: Revision, form: PublicationForm
) -> HttpResponse:
    """Do what the button says, and tell what will be seen and when.

    Raises NotReadyError, also when the text on the page is no longer the newest one, and
    PlanStandsError.
    """
    post, by, at = newest.post, account(request), form.cleaned_data["at"]
    if form.cleaned_data["revision"] != newest.number:
        raise NotReadyError(None, NEWER_MEANWHILE)
    notable = form.cleaned_data.get("notable", False)
    taking_over = form.cleaned_data.get("taking_over", False)
    if "_schedule" in request.POST:
        if at is None:
            raise NotReadyError("at", _("Choose a day and a time."))
        publishing.schedule(newest, by=by, at=at, notable=notable, taking_over=taking_over)
        message: str = gettext("Readers see this text from %(moment)s.") % {"moment": in_words(at)}
    else:
        keep_plan = form.cleaned_data.get("keep_plan")
        post = publishing.publish(
            newest, by=by, notable=notable, keep_plan=keep_plan, taking_over=taking_over
        )
        link = format_html('<a href="{}">{}</a>', post.get_absolute_url(), post.title)
        message = format_html(gettext("Published: {}."), link)
    admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(address_of("change", post))


def withdrawn(admin: ContentAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    """Let what was planned not happen, unless it has happened just now."""
    if post.state == Post.State.SCHEDULED:
        publishing.unpublish(post, by=account(request))
    elif not publishing.withdraw_plan(post, by=account(request)):
        message = gettext("Nothing is planned any more. Look below at what readers see.")
        admin.message_user(request, message, messages.WARNING)
        return HttpResponseRedirect(address_of("publish", post))
    admin.message_user(request, gettext("The plan was withdrawn."), messages.SUCCESS)
    return HttpResponseRedirect(address_of("publish", post))
