"""The page on which preview links of a post are made, copied and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog.admin.pages import page_of_post
from blog.preview_links import make_link, withdraw_link

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin


class LinkForm(forms.Form):
    """For how long a new link works."""

    days = forms.TypedChoiceField(
        label=_("How long does the link work?"),
        choices=[(1, _("1 day")), (7, _("7 days")), (30, _("30 days"))],
        coerce=int,
        initial=7,
        widget=forms.RadioSelect,
    )


def preview_links(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Every link of a post, the newest first, and a form for one more."""
    post = admin.existing(request, pk, may="change")
    links = list(post.preview_links.select_related("post", "made_by").order_by("-made_at", "-pk"))
    if "withdraw" in request.POST:
        link = next((link for link in links if link.key == request.POST["withdraw"]), None)
        if link is None:
            raise Http404
        withdraw_link(link, by=account(request))
        admin.message_user(request, gettext("The link no longer works."), messages.SUCCESS)
        return HttpResponseRedirect(request.path)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not post.deleted_at:
        make_link(post, by=account(request), days=form.cleaned_data["days"])
        message = gettext("The link was made. Copy it below.")
        admin.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(request.path)
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/preview_links.html",
        title=gettext("Preview links"),
        form=form,
        links=links,
        site_url=settings.SITE_URL,
    )
