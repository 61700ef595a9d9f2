"""The three roles: what each may open and do, on every page of the admin and in every use case."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.test import Client

from authors.models import Author
from authors.roles import EDITOR, MODERATOR, WRITER, allow
from blog import publishing
from blog.models import Page, Post, Revision, SiteSettings
from comments import moderation
from tests.blog.admin.desk import change_address, form_of, send
from tests.factories import (
    create_author,
    create_comment,
    create_draft,
    create_page,
    create_post,
    create_superuser,
    create_tag,
    create_theme,
    create_user,
    edited,
    fresh,
    in_days,
    newest,
)
from tests.pages import form_values
from tests.rows import every_row

pytestmark = pytest.mark.django_db

ROLES = (WRITER, EDITOR, MODERATOR)
MADE_BY = ("blog.migrations.0005_roles", "comments.migrations.0005_roles")


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    """The groups that migrations made; once more, if a test that empties all tables came before."""
    if not Group.objects.exists():
        for migration in MADE_BY:
            (make,) = import_module(migration).Migration.operations
            make.code(apps, None)


def member(role: str) -> User:
    """Somebody with an account and this role."""
    user = create_user(username=role.lower())
    user.groups.add(Group.objects.get(name=role))
    return user


def desk_of(user: User) -> Client:
    """A browser in which somebody is logged in."""
    desk = Client()
    desk.force_login(user)
    return desk


# --- The groups -----------------------------------------------------------------------------------


def test_group_that_was_there_keeps_what_it_had_and_gets_what_it_lacks() -> None:
    group = Group.objects.get(name=MODERATOR)
    extra = Permission.objects.get(codename="delete_tag")
    group.permissions.set([extra])

    for _time in range(2):
        allow(apps, MODERATOR, ["comments.moderate_comment", "blog.view_post"])

    names = set(group.permissions.values_list("codename", flat=True))
    assert names == {"delete_tag", "moderate_comment", "view_post"}
    assert Group.objects.filter(name=MODERATOR).count() == 1


def test_no_role_can_lift_itself() -> None:
    lifting = Permission.objects.filter(content_type__app_label="auth", group__name__in=ROLES)

    assert not lifting.exists()


# --- Every page -----------------------------------------------------------------------------------

PAGES: dict[str, set[str]] = {
    "": {*ROLES},
    "password_change/": {*ROLES},
    "blog/post/": {*ROLES},
    "blog/post/add/": {WRITER, EDITOR},
    "blog/post/{post}/change/": {*ROLES},
    "blog/post/{post}/history/": {*ROLES},
    "blog/post/{post}/delete/": {EDITOR},
    "blog/post/{post}/publiceren/": {EDITOR},
    "blog/post/{post}/einde/": {EDITOR},
    "blog/post/{post}/aanbieden/": {EDITOR},
    "blog/post/{own}/aanbieden/": {WRITER, EDITOR},
    "blog/post/{post}/terugsturen/": {EDITOR},
    "blog/post/{post}/vergelijken/": {*ROLES},
    "blog/post/{post}/terugzetten/1/": {EDITOR},
    "blog/post/{own}/terugzetten/1/": {WRITER, EDITOR},
    "blog/post/{post}/weggooien/": {EDITOR},
    "blog/post/{post}/voorbeeld/concept/": {*ROLES},
    "blog/post/{post}/voorbeeldlinks/": {EDITOR},
    "blog/post/{own}/voorbeeldlinks/": {WRITER, EDITOR},
    "blog/post/{post}/verwijderen/": {EDITOR},
    "blog/page/": {EDITOR},
    "blog/page/add/": {EDITOR},
    "blog/page/{page}/change/": {EDITOR},
    "blog/page/{page}/publiceren/": {EDITOR},
    "blog/theme/": {WRITER, EDITOR},
    "blog/theme/add/": {EDITOR},
    "blog/theme/{theme}/delete/": {EDITOR},
    "blog/tag/": {WRITER, EDITOR},
    "blog/tag/add/": {EDITOR},
    "blog/tag/{tag}/delete/": {EDITOR},
    "blog/menuitem/": {EDITOR},
    "blog/menuitem/add/": {EDITOR},
    "blog/sitesettings/1/change/": {EDITOR},
    "blog/redirect/": {EDITOR},
    "blog/redirect/add/": {EDITOR},
    "blog/redirect/importeren/": {EDITOR},
    "blog/missingaddress/": {EDITOR},
    "blog/logrecord/": {EDITOR},
    "authors/author/": {WRITER, EDITOR},
    "authors/author/add/": {EDITOR},
    "comments/comment/": {EDITOR, MODERATOR},
    "comments/comment/wachtrij/": {EDITOR, MODERATOR},
    "comments/comment/{comment}/change/": {EDITOR, MODERATOR},
    "comments/spamterm/": {EDITOR, MODERATOR},
    "comments/erasure/": {EDITOR, MODERATOR},
    "comments/mail/": {EDITOR, MODERATOR},
    "auth/user/": set(),
    "auth/user/add/": set(),
    "auth/user/{user}/change/": set(),
    "auth/group/": set(),
}


@pytest.mark.parametrize("role", ROLES)
def test_role_opens_its_pages_and_no_others(role: str, subtests: Any) -> None:
    user, post = member(role), create_post()
    SiteSettings.objects.create(name="Rustpunt")
    numbers = {
        "post": post.pk,
        "own": create_draft(by=user_with_posts(user)).pk,
        "page": create_page().pk,
        "theme": create_theme().pk,
        "tag": create_tag().pk,
        "comment": create_comment(post=post).pk,
        "user": user.pk,
    }
    desk = desk_of(user)

    for page, allowed in PAGES.items():
        with subtests.test(page):
            status = desk.get(f"/admin/{page.format(**numbers)}").status_code
            assert status in ({200, 302} if role in allowed else {403})


def user_with_posts(user: User) -> User:
    """This user where the role may write, and else somebody else."""
    return user if user.has_perm("blog.add_post") else create_superuser()


# --- Every use case -------------------------------------------------------------------------------


def acts(user: User) -> dict[str, tuple[Callable[[], object], set[str]]]:
    """Every use case on somebody else's post, and the roles that may do it."""
    other = create_superuser(username="ander")
    draft, live = create_draft(by=other), create_post(by=other)
    basket, page = create_post(by=other), create_draft(by=other, kind=Page)
    publishing.throw_away(basket, by=other)
    changed = publishing.save_draft(live, edited(live, title="Nu"), by=other, base=newest(live))
    review = publishing.offer(changed, by=other)
    comment = create_comment(post=live, status="pending")
    base = newest(draft)
    return {
        "write": (
            lambda: publishing.save_draft(Post(), edited(draft, slug="x"), by=user, base=None),
            {WRITER, EDITOR},
        ),
        "save": (lambda: publishing.save_draft(draft, edited(draft), by=user, base=base), {EDITOR}),
        "copy": (lambda: publishing.copy(draft, by=user), {WRITER, EDITOR}),
        "restore": (lambda: publishing.restore(base, by=user, base=base), {EDITOR}),
        "discard": (lambda: publishing.discard(live, by=user, base=newest(live)), {EDITOR}),
        "offer": (lambda: publishing.offer(newest(draft), by=user), {EDITOR}),
        "give back": (
            lambda: publishing.return_to_writer(review, by=user, remark="Nee."),
            {EDITOR},
        ),
        "publish": (lambda: publishing.publish(newest(draft), by=user), {EDITOR}),
        "publish a page": (lambda: publishing.publish(newest(page), by=user), {EDITOR}),
        "schedule": (
            lambda: publishing.schedule(newest(live), by=user, at=in_days(1)),
            {EDITOR},
        ),
        "withdraw a plan": (lambda: publishing.withdraw_plan(live, by=user), {EDITOR}),
        "expire": (lambda: publishing.set_expiry(live, by=user, at=in_days(2)), {EDITOR}),
        "close": (lambda: publishing.open_comments(live, by=user, opened=False), {EDITOR}),
        "hold": (lambda: publishing.moderate_comments(live, by=user, moderation="all"), {EDITOR}),
        "unpublish": (lambda: publishing.unpublish(live, by=user), {EDITOR}),
        "throw away": (lambda: publishing.throw_away(live, by=user), {EDITOR}),
        "take back": (lambda: publishing.take_back(basket, by=user), {EDITOR}),
        "remove": (lambda: publishing.remove(basket, by=user), {EDITOR}),
        "moderate": (
            lambda: moderation.approve(comment, by=user, version=comment.newest_version),
            {EDITOR, MODERATOR},
        ),
    }


@pytest.mark.parametrize("role", ROLES)
def test_role_does_its_work_and_no_other(role: str, subtests: Any) -> None:
    user = member(role)

    for name, (act, allowed) in acts(user).items():
        with subtests.test(name):
            if role in allowed:
                act()
            else:
                with pytest.raises(PermissionDenied):
                    act()


def test_posts_are_a_writers_own_by_the_first_revision_or_the_byline() -> None:
    writer = member(WRITER)
    author: Author = create_author(user=writer)
    begun, signed, others = (
        create_draft(by=writer),
        create_draft(authors=[author]),
        create_draft(authors=[create_author()]),
    )
    # They helped once, when they stood in its byline.
    Revision.objects.create(post=others, number=2, snapshot={}, made_by=writer)

    own = [publishing.may_change(writer, post) for post in (begun, signed, others)]

    assert own == [True, True, False]
    assert not publishing.may_change(writer, Post.objects.create(title="Zonder versie"))
    assert not publishing.may_change(writer, create_draft(kind=Page, authors=[author]))


# --- Crafted requests -----------------------------------------------------------------------------


def test_writer_cannot_publish_with_a_crafted_request() -> None:
    writer = member(WRITER)
    desk, own = desk_of(writer), create_draft(by=writer)
    form = form_values(form_of(desk.get(change_address(own), follow=True))) | {"title": "Stiekem"}
    before = every_row()

    answers = [
        desk.post(change_address(own), form | {"_publish": "1"}),
        desk.post("/admin/blog/post/add/", form | {"_publish": "1", "base": "", "new_uid": ""}),
        desk.post(f"/admin/blog/post/{own.pk}/publiceren/", {"revision": "1", "_now": "1"}),
        desk.post(f"/admin/blog/post/{own.pk}/einde/", {"reason": "x", "_offline": "1"}),
        desk.post(f"/admin/blog/post/{own.pk}/delete/", {"post": "yes"}),
        desk.post(change_address(own), form | {"_take_back": "1"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert every_row() == before


def test_writer_cannot_change_anothers_draft_with_a_crafted_request() -> None:
    desk, others = desk_of(member(WRITER)), create_draft(title="Van een ander")
    form = form_values(
        form_of(desk_of(create_superuser()).get(change_address(others), follow=True))
    )
    typed = form | {"title": "Van mij"}
    before = every_row()

    answers = [
        desk.post(change_address(others), typed | {"_save": "1"}),
        desk.post(change_address(others), typed | {"_offer": "1"}),
        desk.post("/admin/blog/post/add/", typed | {"new_uid": str(others.uid), "_save": "1"}),
        desk.post(f"/admin/blog/post/{others.pk}/aanbieden/", {"revision": "1"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert every_row() == before


def test_writer_saves_a_draft_of_their_own_live_post() -> None:
    writer = member(WRITER)
    post = create_draft(by=writer, title="Zoals het was")
    publishing.publish(newest(post), by=create_superuser())

    send(desk_of(writer), change_address(post), title="Beter")

    assert newest(post).content.title == "Beter"
    assert fresh(post).title == "Zoals het was"
