"""The page on which an editor ends a post: now or at a moment, and what readers find afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import publishing
from blog.admin.addresses import AddressField
from blog.admin.forms import WithdrawalForm
from blog.admin.moments import MomentField, in_words
from blog.admin.pages import BUSY, address_of, page_of_post
from blog.models import Post
from blog.publishing import NotReadyError

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

NOW, LATER, NEVER = "now", "later", "never"


class EndingForm(WithdrawalForm):
    """When a post ends, and what is at its address from then on."""

    when = forms.ChoiceField(
        label=_("When does it end?"),
        choices=[(NOW, _("Now")), (LATER, _("At a later moment")), (NEVER, _("It does not end"))],
        widget=forms.RadioSelect,
    )
    expires_at = MomentField(label=_("Moment"), required=False)
    ending = forms.ChoiceField(
        label=_("What do readers find at its address from then on?"),
        choices=Post.Ending,
        widget=forms.RadioSelect,
        required=False,
    )
    leads_to = AddressField(
        label=_("Leads to"),
        required=False,
        help_text=_("The address of a page or post. Choose from the list, or paste it."),
    )

    field_order = ["when", "expires_at", "ending", "leads_to", "reason"]

    def __init__(self, data: Any, *, post: Post) -> None:
        moment = post.expires_at
        initial = {
            "when": LATER if moment else NOW if post.live_revision is None else None,
            "expires_at": moment,
            "ending": post.ending,
            "leads_to": post.leads_to_id,
            "reason": post.gone_reason,
        }
        super().__init__(data, initial=initial)
        self.fields["leads_to"].chosen = post.leads_to  # type: ignore[attr-defined]
        if post.live_revision is None:
            # It is offline: only what readers find can be changed.
            for name in ("when", "expires_at"):
                del self.fields[name]
            offline = [choice for choice in Post.Ending.choices if choice[0] != Post.Ending.ARCHIVE]
            self.fields["ending"].choices = offline  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        when = cleaned.get("when", NOW)
        later = when == LATER and "expires_at" not in self.errors
        if later and not cleaned.get("expires_at"):
            self.add_error("expires_at", _("Choose a day and a time."))
        if when != NEVER and "ending" not in self.errors and not cleaned.get("ending"):
            self.add_error("ending", _("Choose what readers find."))
        if cleaned.get("ending") != Post.Ending.REDIRECT:
            cleaned["leads_to"] = None
        elif not cleaned.get("leads_to") and "leads_to" not in self.errors:
            self.add_error("leads_to", _("Choose the page or post to which it leads."))
        return cleaned


def ending_page(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when and how a post ends, and do it."""
    post = admin.existing(request, pk, may="publish")
    if post.live_revision is None and not post.was_seen:
        message = gettext("Readers have never seen this, so there is nothing to end.")
        admin.message_user(request, message, messages.WARNING)
        return HttpResponseRedirect(address_of("change", post))
    form = EndingForm(request.POST or None, post=post)
    if request.method == "POST" and form.is_valid():
        try:
            message = end(post, request, form.cleaned_data)
        except NotReadyError as obstacle:
            form.add_error(obstacle.field, str(obstacle))
        except OperationalError:
            form.add_error(None, BUSY)
        else:
            admin.message_user(request, message, messages.SUCCESS)
            return HttpResponseRedirect(address_of("change", post))
    return page_of_post(
        admin, request, post, "admin/blog/post/ending.html", title=gettext("Ending"), form=form
    )


def end(post: Post, request: HttpRequest, chosen: dict[str, Any]) -> str:
    """Carry out what was chosen; what to tell about it. Raises NotReadyError."""
    by, when = account(request), chosen.get("when", NOW)
    reason, leads_to = chosen["reason"], chosen["leads_to"]
    if when == NEVER:
        publishing.set_expiry(post, by=by, at=None)
        return gettext("This does not end.")
    if when == LATER:
        moment, ending = chosen["expires_at"], chosen["ending"]
        publishing.set_expiry(
            post, by=by, at=moment, ending=ending, reason=reason, leads_to=leads_to
        )
        return gettext("Readers see this until %(moment)s.") % {"moment": in_words(moment)}
    if chosen["ending"] == Post.Ending.ARCHIVE:
        publishing.archive(post, by=by, reason=reason)
        return gettext("Moved to the archive. Readers who have the address can still read it.")
    publishing.unpublish(post, by=by, reason=reason, leads_to=leads_to)
    return gettext("Readers no longer see this.")
