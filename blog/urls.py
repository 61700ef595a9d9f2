"""The addresses of the blog; plain pages come last, because they take any word that is left."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from blog import views
from blog.preview import preview


class Year(IntConverter):
    """A year in four digits; no calendar runs out within these."""

    regex = "[12][0-9]{3}"


class Month(IntConverter):
    """A month in two digits, so that each has one address."""

    regex = "0[1-9]|1[0-2]"

    def to_url(self, value: int | str) -> str:
        return str(value).zfill(2)


register_converter(Year, "year")
register_converter(Month, "month")

app_name = "blog"

urlpatterns = [
    path("", views.home, name="home"),
    path("blog/", views.post_list, name="post_list"),
    path("blog/<slug:slug>/", views.post_detail, name="post_detail"),
    path("thema/<slug:slug>/", views.theme_detail, name="theme_detail"),
    path("tag/<slug:slug>/", views.tag_detail, name="tag_detail"),
    path("auteurs/<slug:slug>/", views.author_detail, name="author_detail"),
    path("archief/", views.archive, name="archive"),
    path("archief/<year:year>/", views.archive_year, name="archive_year"),
    path("archief/<year:year>/<month:month>/", views.archive_month, name="archive_month"),
    path("zoeken/", views.search, name="search"),
    path("voorbeeld/<slug:key>/", preview, name="preview"),
    path("<slug:slug>/", views.page_detail, name="page_detail"),
]
