"""Where a finding leads to: a field of the change form, and a place in it."""

from django import template

from blog.admin.findings import input_of, place_of

register = template.Library()

register.filter("input_of", input_of)
register.filter("place_of", place_of)
