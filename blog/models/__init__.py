"""The rows of the blog: posts, their revisions and addresses, themes, tags, the site itself."""

from blog.models.address import Address
from blog.models.post import Byline, Page, Post
from blog.models.revision import Revision
from blog.models.site import SiteSettings
from blog.models.taxonomy import Tag, Theme

__all__ = ["Address", "Byline", "Page", "Post", "Revision", "SiteSettings", "Tag", "Theme"]
