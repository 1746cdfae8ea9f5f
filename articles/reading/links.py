"""Where an article's other states are, for machines: Link headers (RFC 8288).

The relations are those of RFC 7089 (Memento) and RFC 5829 (versions).
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils.http import http_date
from django.utils.translation import get_language

from articles.reading.addressing import path
from articles.reading.languages import FIRST, path_in

LINK_FORMAT = "application/link-format"


def absolute(name: str, *arguments: str | int) -> str:
    """The whole address of a readers' page by its name."""
    return settings.SITE_URL + path(name, *arguments)


def identity(name: str, *arguments: str | int) -> str:
    """The whole address in the first language, by which programs know what the page is about."""
    return settings.SITE_URL + path_in(FIRST, name, *arguments)


def link(address: str, relation: str, **attributes: str) -> str:
    """One link, as it stands in a header and in a time map; the addresses are ours."""
    more = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{address}>; rel="{relation}"{more}'


def header(links: Iterable[str]) -> dict[str, str]:
    return {"Link": ", ".join(links)}


def when(moment: datetime) -> str:
    """A moment as HTTP writes it, to the second."""
    return http_date(moment.timestamp())


def to_time(slug: str) -> list[str]:
    """The article's time gate and time map."""
    return [
        link(absolute("timegate", slug), "timegate"),
        link(absolute("timemap", slug), "timemap", type=LINK_FORMAT),
    ]


def of_article(slug: str) -> dict[str, str]:
    """The header of what readers see now."""
    return _of_article(slug, get_language(), settings.SITE_URL)


# A warm page takes some hundred microseconds; finding three addresses by name would add a third.
@lru_cache(maxsize=4096)
def _of_article(slug: str, language: str, site: str) -> dict[str, str]:
    return header([*to_time(slug), link(absolute("history", slug), "version-history")])
