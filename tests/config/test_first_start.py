"""The steps before the first page, and that repeating them changes nothing."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Model
from pytest_django import Settings

from authors.models import Author
from blog import publishing
from blog.models import Page, PlannedChange, Post, SiteSettings
from config import first_start
from config.management.commands.serve import Command
from tests.factories import (
    create_post,
    create_superuser,
    create_tag,
    create_theme,
    fresh,
    in_days,
    save_draft_of,
)


@pytest.mark.django_db
def test_example_fills_an_empty_database() -> None:
    assert first_start.load_example()

    assert Post.objects.published().exists()
    assert not first_start.load_example()


@pytest.mark.django_db
def test_example_stays_out_of_a_site_that_has_only_an_author() -> None:
    Author.objects.create(name="Sanne", slug="sanne")

    assert not first_start.load_example()
    assert not Post.objects.exists()


@pytest.mark.django_db
def test_example_stays_out_of_a_site_that_has_only_a_page() -> None:
    Page.objects.create(title="Over ons", kind=Post.Kind.PAGE)

    assert not first_start.load_example()
    assert not Author.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda: SiteSettings.objects.create(name="Mijn eigen blad"),
        lambda: create_theme(slug="slaap", name="Mijn slaap"),
        lambda: create_tag(slug="melatonine", name="Mijn label"),
    ],
    ids=["settings", "theme", "tag"],
)
def test_example_stays_out_of_a_site_that_has_words_of_its_owner(
    write: Callable[[], Model],
) -> None:
    row = write()
    before = type(row)._default_manager.values().get()

    assert not first_start.load_example()
    assert type(row)._default_manager.values().get() == before
    assert not Post.objects.exists()


@pytest.mark.django_db
def test_start_carries_out_what_was_due_and_renders_what_an_upgrade_left_outdated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post, planned, editor = create_post(), create_post(), create_superuser()
    publishing.schedule(save_draft_of(planned, title="Straks"), by=editor, at=in_days(1))
    PlannedChange.objects.update(goes_live_at=in_days(-1))
    Post.objects.filter(pk=post.pk).update(stored_rendering={})
    monkeypatch.setattr(first_start, "migrate", lambda: None)
    monkeypatch.setattr(first_start, "collect_static", lambda: False)

    Command(stdout=StringIO()).prepare(demo=False)

    assert fresh(post).has_current_rendering
    assert fresh(planned).title == "Straks"


@pytest.mark.django_db
def test_account_is_made_once_and_its_password_works() -> None:
    password = first_start.create_account()

    assert get_user_model().objects.get(username="redactie").check_password(password)
    assert first_start.create_account() == ""


@pytest.mark.django_db
def test_no_account_is_made_beside_one_that_the_owner_made() -> None:
    get_user_model().objects.create_user("sanne")

    assert first_start.create_account() == ""
    assert get_user_model().objects.count() == 1


@pytest.fixture
def stylesheet(tmp_path: Path, settings: Settings) -> Path:
    """The only static file of a site."""
    stylesheet = tmp_path / "source" / "site.css"
    stylesheet.parent.mkdir()
    stylesheet.write_text("red")
    hashed = {"BACKEND": settings.HASHED_STATIC_FILES}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [stylesheet.parent]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return stylesheet


def test_static_files_are_collected_only_when_one_of_them_changed(stylesheet: Path) -> None:
    assert first_start.collect_static()
    assert not first_start.collect_static()

    stylesheet.write_text("tan")

    assert first_start.collect_static()
    collected = stylesheet.parents[1] / "collected"
    assert {file.read_text() for file in collected.glob("site.*.css")} == {"red", "tan"}


def test_start_that_was_broken_off_collects_again(
    stylesheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(first_start, "call_command", break_off)
    with pytest.raises(KeyboardInterrupt):
        first_start.collect_static()
    monkeypatch.undo()

    assert first_start.collect_static()
