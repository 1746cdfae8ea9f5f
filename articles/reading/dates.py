"""Dates as readers read them, in the language of the page."""

from django.utils.dates import MONTHS


def in_words(day: str) -> str:
    """A year, month or day in ISO 8601, as precise as it is: 2017, June 2017, 30 June 2017."""
    if not day:
        return ""
    year, *rest = day.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    if rest:
        words.append(str(MONTHS[int(rest[0])]))
    return " ".join([*words, year])
