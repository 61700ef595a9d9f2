"""The rows of the blog: posts, their revisions and addresses, themes, tags, the site itself."""

from blog.models.address import Address
from blog.models.byline import Byline
from blog.models.check_result import CheckResult
from blog.models.log import LogRecord
from blog.models.menu import MenuItem
from blog.models.moderation import Moderation
from blog.models.planned_change import PlannedChange
from blog.models.post import Page, Post
from blog.models.preview_link import PreviewLink
from blog.models.redirect import MissingAddress, Redirect
from blog.models.reference import Reference, known_for
from blog.models.related_post import RelatedPost
from blog.models.review import Review
from blog.models.revision import Revision
from blog.models.site import SiteSettings
from blog.models.sitting import Sitting
from blog.models.taxonomy import EarlierTagSlug, EarlierThemeSlug, Tag, Theme
from blog.models.waiver import Waiver

__all__ = [
    "Address",
    "Byline",
    "CheckResult",
    "EarlierTagSlug",
    "EarlierThemeSlug",
    "LogRecord",
    "MenuItem",
    "MissingAddress",
    "Moderation",
    "Page",
    "PlannedChange",
    "Post",
    "PreviewLink",
    "Redirect",
    "Reference",
    "RelatedPost",
    "Review",
    "Revision",
    "SiteSettings",
    "Sitting",
    "Tag",
    "Theme",
    "Waiver",
    "known_for",
]
