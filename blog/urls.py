"""The addresses of the blog; plain pages come last, because they take any word that is left."""

from django.urls import path

from blog import views

app_name = "blog"

urlpatterns = [
    path("", views.home, name="home"),
    path("blog/", views.post_list, name="post_list"),
    path("blog/<slug:slug>/", views.post_detail, name="post_detail"),
    path("thema/<slug:slug>/", views.theme_detail, name="theme_detail"),
    path("auteurs/<slug:slug>/", views.author_detail, name="author_detail"),
    path("<slug:slug>/", views.page_detail, name="page_detail"),
]
