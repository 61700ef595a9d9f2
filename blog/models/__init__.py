"""The rows of the blog: posts, their revisions and addresses, themes, tags, the site itself."""

from blog.models.address import Address
from blog.models.byline import Byline
from blog.models.menu import MenuItem
from blog.models.moderation import Moderation
from blog.models.post import Page, Post
from blog.models.reference import Reference, known_for
from blog.models.related_post import RelatedPost
from blog.models.revision import Revision
from blog.models.site import SiteSettings
from blog.models.taxonomy import EarlierTagSlug, EarlierThemeSlug, Tag, Theme

__all__ = [
    "Address",
    "Byline",
    "EarlierTagSlug",
    "EarlierThemeSlug",
    "MenuItem",
    "Moderation",
    "Page",
    "Post",
    "Reference",
    "RelatedPost",
    "Revision",
    "SiteSettings",
    "Tag",
    "Theme",
    "known_for",
]
