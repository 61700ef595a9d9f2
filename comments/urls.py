"""The addresses of comments."""

from django.urls import path

from comments import views

app_name = "comments"

urlpatterns = [
    path("blog/<slug:slug>/reageren/", views.comment_form, name="comment_form"),
    path("reacties/<slug:key>/", views.receipt, name="receipt"),
]
