"""Dates as readers read them, in the language of the page.

No line breaks between a day and its month.
"""

from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.dates import MONTHS
from django.utils.translation import pgettext

NO_BREAK = "\u00a0"


def in_words(day: str) -> str:
    """A year, month or day in ISO 8601, as precise as it is: 2017, June 2017, 30 June 2017."""
    if not day:
        return ""
    year, *rest = day.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0])]
    return (
        f"{of_month(int(rest[1]))}{NO_BREAK}{month} {year}" if len(rest) > 1 else f"{month} {year}"
    )


def day(when: date | None) -> str:
    """30 June 2017; of a moment, the day in the site's time zone."""
    if when is None:
        return ""
    local = localised(when)
    return f"{of_month(local.day)}{NO_BREAK}{MONTHS[local.month]} {local.year}"


def day_and_time(when: datetime | None) -> str:
    """30 June 2017, 09:15 in the site's time zone."""
    if when is None:
        return ""
    return pgettext("a day and a time of day", "%(day)s, %(time)s") % {
        "day": day(when),
        "time": dateformat.format(localised(when), "H:i"),
    }


def localised(when: date) -> date:
    return timezone.localtime(when) if isinstance(when, datetime) and when.tzinfo else when


def of_month(number: int) -> str:
    """A day of the month; French counts the first as the first, and only that one."""
    return pgettext("first day of the month", "1") if number == 1 else str(number)
