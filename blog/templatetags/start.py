"""What the start page of the admin asks."""

from django import template

from blog.admin.start import desk_of

register = template.Library()
register.simple_tag(desk_of, name="desk_of")
