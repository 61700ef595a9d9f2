from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AuthorsConfig(AppConfig):
    name = "authors"
    verbose_name = _("Authors")


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, with our own way through the login."""

    default = False  # it is not the app of the authors
    default_site = "authors.login.EditorialDesk"
