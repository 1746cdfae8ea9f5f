"""Dates and addresses that are only as good as what was typed."""

from django import template

from articles.reading.dates import in_words

register = template.Library()
register.filter("in_words", in_words)


@register.filter
def is_web(address: str) -> bool:
    """Whether a browser may follow it: nothing but http and https."""
    return address.lower().startswith(("http://", "https://"))
