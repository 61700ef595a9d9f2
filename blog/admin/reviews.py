"""Offering a text to the editors, and giving it back to its writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import publishing
from blog.admin.forms import PlainText
from blog.admin.pages import NEWER_MEANWHILE, address_of, page_of_post
from blog.models import Post, Review

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin


class OfferForm(forms.Form):
    """What the writer wants to say with it, and the number of the draft that was looked at."""

    message = PlainText(
        label=_("Message to the editors"),
        max_length=Review._meta.get_field("message").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional. For example: what you are not sure about."),
    )
    revision = forms.IntegerField()


class ReturnForm(forms.Form):
    """What the writer has still to do, and which offer was looked at."""

    remark = PlainText(
        label=_("Remark for the writer"),
        max_length=Review._meta.get_field("remark").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What has to be done before this can be published."),
    )
    review = forms.IntegerField()


def offer(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the newest draft, with a message; what waits already can be withdrawn here."""
    post = admin.existing(request, pk, may="change")
    review = waiting(post)
    if "_withdraw" in request.POST:
        if review and publishing.withdraw_offer(review, by=account(request)):
            messages.success(request, gettext("The offer was withdrawn."))
        else:
            messages.info(request, gettext("Nothing of this waits for review."))
        return HttpResponseRedirect(address_of("change", post))
    form = OfferForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            publishing.offer(
                get_object_or_404(post.revisions, number=form.cleaned_data["revision"]),
                by=account(request),
                message=form.cleaned_data["message"],
            )
        except publishing.NotReadyError as refusal:
            form.add_error(None, str(refusal))
        except publishing.StaleRevisionError as refusal:
            post.newest_revision = refusal.newest
            form.add_error(None, NEWER_MEANWHILE)
        else:
            message = gettext("Offered for review. Your start page tells what becomes of it.")
            messages.success(request, message)
            return HttpResponseRedirect(address_of("change", post))
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/offer.html",
        title=gettext("Offer for review"),
        form=form,
        review=review,
    )


def return_to_writer(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What was offered, and the remark with which it goes back."""
    post = admin.existing(request, pk, may="publish")
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        offered = get_object_or_404(post.reviews, pk=form.cleaned_data["review"])
        remark = form.cleaned_data["remark"]
        if publishing.return_to_writer(offered, by=account(request), remark=remark):
            messages.success(request, gettext("Returned to the writer."))
            return HttpResponseRedirect(address_of("change", post))
        form.add_error(None, gettext("What waits is no longer what you saw. Look at it first."))
    review = waiting(post)
    if review is None:
        messages.info(request, gettext("Nothing of this waits for review."))
        if not request.POST.get("remark"):
            return HttpResponseRedirect(address_of("change", post))
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/return_to_writer.html",
        title=gettext("Return to the writer"),
        form=form,
        review=review,
    )


def waiting(post: Post) -> Review | None:
    """What an editor has still to decide about this post."""
    reviews = Review.objects.waiting().filter(post=post)
    return reviews.select_related("revision", "offered_by").first()
