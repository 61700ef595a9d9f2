"""Prepares the site in DATA_DIR and runs the production server until Ctrl-C."""

import os
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Post
from blog.publishing import apply_planned_changes
from blog.stored_renderings import render_outdated
from config import first_start, occupancy, ports
from config.supervise import supervised


def port_number(text: str) -> int:
    """A port as it was typed on the command line."""
    if not (text.isdecimal() and 0 < int(text) < 65_536):
        raise CommandError(_("“{text}” is not a port: choose PORT=8000, say.").format(text=text))
    return int(text)


class Command(BaseCommand):
    help = "Prepare the site in DATA_DIR and run the production server until Ctrl-C."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """The two choices: example content, and where to listen."""
        parser.add_argument("--demo", action="store_true", help="load the example content")
        parser.add_argument("--port", default="8000")

    def handle(self, *, demo: bool, port: str, **options: Any) -> None:
        """Start, say where everything is, and stop cleanly."""
        first_port = port_number(port)
        try:
            with self.move_in() as lock:
                self.prepare(demo=demo)
                self.serve(first_port, lock)
        except KeyboardInterrupt:
            pass
        # On a line of its own: the terminal has just written ^C.
        self.say("\n" + _("Stopped."))

    def move_in(self) -> TextIO:
        """Have the data folder to ourselves."""
        try:
            return occupancy.move_in(settings.DATA_DIR)
        except occupancy.OccupiedError as error:
            sentence = _("Leestafel already runs on {folder}: {address}").format(
                folder=settings.DATA_DIR, address=error.address or _("it is just starting")
            )
            raise CommandError(sentence) from error

    def prepare(self, *, demo: bool) -> None:
        """The steps before the server."""
        first_start.migrate()
        self.say(_("Database: up to date"))
        if demo:
            loaded = first_start.load_example()
            self.say(
                _("Example: loaded") if loaded else _("Example: not loaded, the site has content")
            )
        # Before the first page: what was due while nobody kept the time.
        apply_planned_changes()
        render_outdated()
        changed = first_start.collect_static()
        self.say(_("Static files: prepared") if changed else _("Static files: unchanged"))

    def serve(self, first_port: int, lock: TextIO) -> None:
        """Run the server until it is asked to stop."""
        reservation = self.reserve_port(first_port)
        chosen = settings.SITE_URL if os.environ.get("SITE_URL") else ""
        site_url = chosen or f"http://{ports.HOST}:{reservation.port}"
        with supervised(reservation.port, site_url, keep_open=lock.fileno()) as server:
            if server.wait_for_answer():
                occupancy.put_up_address(lock, site_url)
                self.show_addresses(site_url)
                # Last of all: a start that was broken off has made no password that nobody saw.
                self.show_account(first_start.create_account())
                connections.close_all()
            if not server.wait_for_end():
                raise CommandError(_("The server broke down: the lines above say why."))

    def reserve_port(self, first: int) -> ports.Reservation:
        """A free port, and a word about it when it is not the one that was asked for."""
        try:
            reservation = ports.reserve(first)
        except ports.NoPortError as error:
            raise CommandError(
                _(
                    "Cannot listen on port {port} ({reason}): choose another one with PORT=…."
                ).format(port=first, reason=error.__cause__)
            ) from error
        if reservation.port != first:
            self.say(
                _("Port {taken} is taken, so it becomes {port}").format(
                    taken=first, port=reservation.port
                )
            )
        return reservation

    def show_addresses(self, site_url: str) -> None:
        """Where to look, now that something is there to see."""
        self.say("")
        self.say(_("Site:     {url}").format(url=site_url + reverse("blog:home")))
        if newest := Post.objects.published().newest_first().first():
            self.say(_("Article:  {url}").format(url=site_url + newest.get_absolute_url()))
        self.say(_("Admin:    {url}").format(url=site_url + reverse("admin:index")))
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.say(_("Mail:     {folder}").format(folder=settings.EMAIL_FILE_PATH))

    def show_account(self, password: str) -> None:
        """How to log in: the password of a new account is shown this once."""
        if password:
            self.say(_("Username: {name}").format(name=first_start.USERNAME))
            self.say(_("Password: {password}").format(password=password))
            self.say(_("Write the password down, it is shown only now."))
        else:
            self.say(_("Password lost? Set a new one with “make password”."))
        self.say("")
        self.say(_("Stop with Ctrl-C."))

    def say(self, sentence: str) -> None:
        """One line, on the terminal at once."""
        self.stdout.write(sentence)
        self.stdout.flush()
