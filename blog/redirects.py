"""Redirects that editors make: asked last of all, so that none can hide a page of the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.encoding import repercent_broken_unicode
from django.utils.translation import gettext_lazy as _

from blog.models import Address, MissingAddress, Post, Redirect
from blog.models.redirect import PATH_LENGTH, TARGET_LENGTH
from blog.querysets import PostQuerySet

# Where the site answers each visitor apart, or editors only: nothing leads away from there.
PRIVATE = ("/admin/", "/reacties/", "/voorbeeld/")

WHOLE_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
is_web_address = URLValidator(schemes=["http", "https"])


class RefusedError(Exception):
    """A redirect that cannot be; `field` names which of its two addresses is the matter."""

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message)
        self.field = field


# --- Addresses ------------------------------------------------------------------------------------


def normal(path: str) -> str:
    """The path of a request as it is looked up: capitals and a last slash make no difference."""
    return path.rstrip("/").lower() or "/"


def decoded(path: str) -> str:
    """A path as Django takes it from a request: %C3%A9 is é, and %E9, which is no UTF-8, stays."""
    return repercent_broken_unicode(unquote_to_bytes(path)).decode()


def path_in(target: str) -> str:
    """The path to look up at which a target leads to this site; empty where it leaves the site."""
    return normal(decoded(urlsplit(target).path)) if target.startswith("/") else ""


def is_private(path: str) -> bool:
    """Whether no redirect leads away from here, and nobody counts who comes."""
    return f"{normal(path)}/".startswith(PRIVATE)


def plain_path(typed: str) -> str:
    """The address that a redirect is for, typed or pasted, in its one form. Raises RefusedError."""
    path = without_site(typed.strip())
    if WHOLE_ADDRESS.match(path):
        raise RefusedError("path", _("This address is of another site."))
    if not path.startswith("/") or path.startswith("//"):
        raise RefusedError("path", _("Begin with one slash, as in /oud/adres/."))
    if "?" in path or "#" in path:
        raise RefusedError(
            "path", _("Leave out what follows ? or #: an address is recognised without it.")
        )
    path = normal(decoded(path))
    if len(path) > PATH_LENGTH or not is_readable(path):
        raise RefusedError("path", _("No reader comes to such an address."))
    if is_private(path):
        raise RefusedError("path", _("The site itself uses this address."))
    return path


def plain_target(typed: str) -> str:
    """Where a redirect leads, typed or pasted; our own addresses without the name of the site.

    Raises RefusedError.
    """
    target = without_site(typed.strip())
    try:
        if not is_readable(target) or len(target) > TARGET_LENGTH or target.startswith("//"):
            raise ValidationError("")
        if not target.startswith("/"):
            is_web_address(target)
    except ValidationError as error:
        raise RefusedError(
            "target",
            _(
                "Write an address of this site, as in /blog/nieuw/, or a whole one that begins "
                "with https://."
            ),
        ) from error
    return target


def without_site(address: str) -> str:
    """A whole address of this site as what follows its name; others as they are."""
    if not (is_readable(address) and WHOLE_ADDRESS.match(address)):
        return address
    host, slash, rest = WHOLE_ADDRESS.sub("", address).partition("/")
    return slash + rest if bare(host) == bare(settings.SITE_HOST) else address


def bare(host: str) -> str:
    """The name of a site, with or without www."""
    return host.lower().removeprefix("www.")


def is_readable(address: str) -> bool:
    """Whether an address holds nothing that browsers drop or turn round."""
    return address.isprintable() and "\\" not in address


# --- What readers find ----------------------------------------------------------------------------


class Find(Enum):
    """What is at an address."""

    PRIVATE = "private"
    PAGE = "page"
    MOVED = "moved"
    REDIRECT = "redirect"
    GONE = "gone"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Found:
    """What a reader finds at an address, and where that leads."""

    find: Find
    leads_to: str = ""


SiteHas = Callable[[str], Found]


def what_readers_find(path: str) -> Found:
    """What answers at an address (in its one form) now: first the site itself, then a redirect."""
    if is_private(path):
        return Found(Find.PRIVATE)
    found = what_the_site_has(path)
    if found.find in {Find.PAGE, Find.MOVED}:
        return found
    redirect = Redirect.objects.filter(path=path).first()
    return Found(Find.REDIRECT, in_one_step(redirect.target)) if redirect else found


def what_the_site_has(path: str) -> Found:
    """What answers at an address (in its one form) without the redirects of editors."""
    answer = answer_at(path)
    if answer is None:
        return Found(Find.NOTHING)
    if answer.status_code == HTTPStatus.MOVED_PERMANENTLY:
        return Found(Find.MOVED, answer["Location"])
    return Found(Find.GONE if answer.status_code == HTTPStatus.GONE else Find.PAGE)


def answer_at(path: str) -> HttpResponseBase | None:
    """The answer of the view at an address, not rendered; none where nothing is."""
    for address in dict.fromkeys((path, f"{path.rstrip('/')}/")):
        request = HttpRequest()
        request.method = "GET"
        request.path = request.path_info = address
        try:
            view, args, kwargs = resolve(address)
            answer: HttpResponseBase = view(request, *args, **kwargs)
        except (Resolver404, Http404):
            continue
        return answer
    return None


class WholeSite:
    """What the site has at thousands of addresses, without asking a view at each of them."""

    KINDS = {"blog:post_detail": Post.Kind.POST, "blog:page_detail": Post.Kind.PAGE}

    def __init__(self) -> None:
        self.readable = set(PostQuerySet(Post).readable().values_list("kind", "slug"))
        self.ever_seen = set(Address.objects.values_list("post__kind", "slug"))

    def has(self, path: str) -> Found:
        """The same as `what_the_site_has`."""
        try:
            match = resolve(f"{path}/")
        except Resolver404:
            return what_the_site_has(path)
        kind = self.KINDS.get(match.view_name)
        if kind and (kind, match.kwargs["slug"]) in self.readable:
            return Found(Find.PAGE)
        if kind and (kind, match.kwargs["slug"]) not in self.ever_seen:
            return Found(Find.NOTHING)
        return what_the_site_has(path)


def in_one_step(target: str) -> str:
    """Where a target leads: to today's address of a post that has moved since."""
    path = path_in(target)
    if path and not is_private(path):
        found = what_the_site_has(path)
        if found.find == Find.MOVED:
            return found.leads_to
    return target


def leads_nowhere(target: str, *, site_has: SiteHas = what_the_site_has) -> bool:
    """Whether a target is on this site, and nothing is there now."""
    path = path_in(target)
    return bool(path) and site_has(path).find in {Find.NOTHING, Find.GONE}


# --- Making them ----------------------------------------------------------------------------------


class Redirects:
    """All redirects at once, to add to; those that lead to each other become one step."""

    def __init__(
        self,
        *,
        besides: Redirect | None = None,
        site_has: SiteHas = what_the_site_has,
    ) -> None:
        self.site_has = site_has
        rows = Redirect.objects.exclude(pk=besides.pk) if besides else Redirect.objects.all()
        self.before = dict(rows.values_list("path", "target"))
        self.targets = dict(self.before)

    def lead(self, path: str, *, to: str) -> None:
        """Let an address lead elsewhere, both in their one form. Raises RefusedError."""
        found = self.site_has(path)
        if found.find == Find.PAGE:
            raise RefusedError("path", _("A page is here, and a redirect would never be asked."))
        if found.find == Find.MOVED:
            message = _("The page that was here has moved, and this leads to %(address)s already.")
            raise RefusedError("path", message % {"address": found.leads_to})
        self.end_of(to, passed={path})
        self.targets[path] = to

    def end_of(self, target: str, *, passed: set[str]) -> str:
        """Where readers end who are led from one to the next. Raises RefusedError in a circle."""
        while (path := path_in(target)) in self.targets or path in passed:
            if path in passed:
                raise RefusedError("target", _("This leads back to the address where it began."))
            passed.add(path)
            target = self.targets[path]
        return target

    def ends(self) -> dict[str, str]:
        """Where each address leads, in one step."""
        return {path: self.end_of(target, passed={path}) for path, target in self.targets.items()}

    def save(self) -> None:
        """Keep them; what was missing there is missing no longer."""
        ends = self.ends()
        new = [Redirect(path=path, target=ends[path]) for path in ends if path not in self.before]
        Redirect.objects.bulk_create(new)
        for path, target in self.before.items():
            if ends[path] != target:
                Redirect.objects.filter(path=path).update(target=ends[path])
        MissingAddress.objects.filter(path__in=Redirect.objects.values("path")).delete()


@transaction.atomic
def keep(redirect: Redirect) -> None:
    """Save one redirect, new or changed, with both addresses in their one form.

    Raises RefusedError.
    """
    Redirects(besides=redirect).lead(redirect.path, to=redirect.target)
    redirect.save()
    Redirects().save()
    redirect.refresh_from_db()
