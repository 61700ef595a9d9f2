"""What a site needs before it can be served; each step may be repeated and then changes nothing."""

import hashlib

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.crypto import get_random_string

from authors.models import Author
from blog.checking import check_all
from blog.models import Post, SiteSettings, Tag, Theme
from comments.models import Comment

USERNAME = "redactie"
EXAMPLE = ("magnesium", "demo")

# Without the signs that are taken for one another when a password is copied by hand.
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


def migrate() -> None:
    """Give the database the shape of this version."""
    call_command("migrate", interactive=False, verbosity=0)


def load_example() -> bool:
    """Fill a database in which nobody has written anything; whether it was one."""
    with transaction.atomic():
        # The base manager also sees pages.
        for model in (Post, Theme, Tag, SiteSettings, Author, Comment):
            if model._base_manager.exists():
                return False
        call_command("loaddata", *EXAMPLE, verbosity=0)
        refuse_errors()
    return True


def refuse_errors() -> None:
    """Check what was loaded, and take none of it when a live text has an error."""
    check_all()
    live = Post._base_manager.filter(live_revision__isnull=False, check_result__errors__gt=0)
    if slugs := list(live.values_list("slug", flat=True)):
        raise CommandError(f"Errors in the example: {', '.join(slugs)}")


def create_account() -> str:
    """Make the first account when there is none; its password, which is kept nowhere."""
    users = get_user_model()._default_manager
    with transaction.atomic():
        if users.exists():
            return ""
        password = "-".join(get_random_string(5, LEGIBLE) for _ in range(4))
        users.create_superuser(USERNAME, password=password)
    return password


def collect_static() -> bool:
    """Hash and compress the static files when one of them changed; whether that was so."""
    stamp = settings.STATIC_ROOT / "collected.txt"
    fingerprint = _static_fingerprint()
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    # Written last: a start that was broken off collects again.
    stamp.write_text(fingerprint)
    return True


def _static_fingerprint() -> str:
    """Changes with any name or byte of any static file, and with how they are stored."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                content = hashlib.sha256(file.read()).hexdigest()
            digest.update(f"{path}\0{content}\n".encode())
    return digest.hexdigest()
