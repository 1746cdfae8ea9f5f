"""The site's own answers, without a network: what a reader would get, by the same handler."""

import io
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from articles.reading.serving import UNKEPT


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    etag: str  # "" where there is none
    html: bool
    body: bytes


class Site:
    """The site in this process, asked as whoever knows it by its own address asks."""

    def __init__(self, address: str) -> None:
        self.handler = WSGIHandler()
        parts = urlsplit(address)
        self.environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "SERVER_NAME": parts.hostname or "localhost",
            "SERVER_PORT": str(parts.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": parts.netloc,
            # As the proxy in front of a site with https says it.
            "HTTP_X_FORWARDED_PROTO": parts.scheme,
            "wsgi.url_scheme": parts.scheme,
            UNKEPT: True,
        }

    def ask(self, address: str, etag: str = "") -> Answer:
        """The answer at an address; 304 where the reader's copy, of ``etag``, still holds."""
        parts = urlsplit(address)
        environ = self.environ | {
            # As WSGI has it: the path's bytes, each as a character.
            "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
            "QUERY_STRING": parts.query,
            "wsgi.input": io.BytesIO(),
        }
        if etag:
            environ["HTTP_IF_NONE_MATCH"] = etag
        response = self.handler.get_response(WSGIRequest(environ))
        # It is not closed: that would end the request, and with it perhaps the connection.
        return Answer(
            status=response.status_code,
            etag=response.headers.get("ETag", ""),
            html=response.headers.get("Content-Type", "").startswith("text/html"),
            body=response.content,
        )


def static_file(address: str) -> Path | None:
    """The file of the site that a static address stands for, None if there is none."""
    if not address.startswith(settings.STATIC_URL):
        return None
    name = posixpath.normpath(address.removeprefix(settings.STATIC_URL))
    if name.startswith(("../", "/")):
        return None
    if settings.STATIC_ROOT and (collected := Path(settings.STATIC_ROOT, name)).is_file():
        return collected
    found = finders.find(name)
    return Path(found) if found else None


@contextmanager
def named(base: str) -> Iterator[None]:
    """Let pages call the site by this address, and keep them apart from others in every cache."""
    before = settings.SITE_URL, settings.RELEASE
    if base != settings.SITE_URL:
        mark = sha256(base.encode()).hexdigest()[:8]
        settings.SITE_URL, settings.RELEASE = base, f"{settings.RELEASE}-{mark}"
    try:
        yield
    finally:
        settings.SITE_URL, settings.RELEASE = before
