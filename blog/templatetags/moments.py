"""Moments in templates of the admin."""

from django import template

from blog.admin.moments import in_words

register = template.Library()
register.filter("in_words", in_words)
