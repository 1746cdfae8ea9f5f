"""What comes of asking for an address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articles.models.visit import Outcome

Headers = tuple[tuple[str, str], ...]


def header(headers: Iterable[tuple[str, str]], name: str) -> str:
    """The first header of that name, in whatever case; "" where there is none."""
    return next((value for key, value in headers if key.lower() == name.lower()), "")


def media(content_type: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type, as far as they can be any.

    >>> media('Text/HTML; a=b; charset="UTF-8"'), media("html"), media("a/b; charset*=x''%00")
    (('text/html', 'utf-8'), ('', ''), ('a/b', ''))
    """
    named = re.match(r"\s*([\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100})\s*(?:[;,]|$)", content_type)
    charset = re.search(r"(?i);\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", content_type)
    return (named[1].lower() if named else "", charset[1].lower() if charset else "")


@dataclass(frozen=True)
class Answer:
    """A page as it was received. Its body is decoded, its headers hold no control characters."""

    address: str  # as asked for
    final_address: str  # where it was found, after redirects; without a fragment
    status: int
    headers: Headers
    body: bytes
    media_type: str  # "text/html"; "" where none was named
    charset: str  # "" where none was named
    at: datetime
    moved: bool  # only permanent redirects (301, 308) led to final_address, and at least one

    def header(self, name: str) -> str:
        return header(self.headers, name)


class Unfetched(Exception):
    """There is no page. `str()` of it is one sentence that tells an editor why and what to do."""

    def __init__(
        self,
        outcome: Outcome,
        sentence: str,
        *,
        status: int | None = None,
        retry_after: datetime | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(sentence)
        self.outcome = outcome
        self.sentence = sentence
        self.status = status
        self.retry_after = retry_after
        self.final_address = ""  # the address that failed; "" where it was none
        self.detail = detail  # short, technical, not translated


class NotModified(Exception):
    """The page is as it was when it was read with this ETag or at this Last-Modified."""

    def __init__(self, headers: Headers) -> None:
        super().__init__("304")
        self.headers = headers
