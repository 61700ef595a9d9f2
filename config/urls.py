"""Every address of the site, from the most particular to plain pages, which take what is left."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("comments.urls")),
    path("", include("blog.urls")),
]

handler400 = "config.errors.bad_request"
handler404 = "config.errors.not_found"
