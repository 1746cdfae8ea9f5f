"""Dates and addresses that are only as good as what was typed; days and numbers in words."""

from datetime import datetime

from django import template

from articles.reading.dates import day, day_and_time, in_words
from articles.reading.numbers import grouped

register = template.Library()
register.filter("in_words", in_words)
register.filter("day", day)
register.filter("day_and_time", day_and_time)
register.filter("grouped", grouped)


@register.filter
def is_web(address: str) -> bool:
    """Whether a browser may follow it: nothing but http and https."""
    return address.lower().startswith(("http://", "https://"))


@register.filter
def iso(moment: datetime) -> str:
    """For ``datetime`` of ``<time>``, which takes thousandths of a second at most."""
    return moment.isoformat(timespec="seconds")
