"""The editors' side of the blog: Django's admin, saving through the use cases of `publishing`."""

from blog.admin.log import LogRecordAdmin
from blog.admin.menu import MenuItemAdmin
from blog.admin.posts import PageAdmin, PostAdmin
from blog.admin.redirects import MissingAddressAdmin, RedirectAdmin
from blog.admin.site import SiteSettingsAdmin
from blog.admin.taxonomy import TagAdmin, ThemeAdmin

__all__ = [
    "LogRecordAdmin",
    "MenuItemAdmin",
    "MissingAddressAdmin",
    "PageAdmin",
    "PostAdmin",
    "RedirectAdmin",
    "SiteSettingsAdmin",
    "TagAdmin",
    "ThemeAdmin",
]
