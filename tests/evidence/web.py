"""A small web on 127.0.0.1 that a test controls: pages change, vanish, redirect and misbehave."""

import contextlib
import ssl
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Self

HTML = "text/html; charset=utf-8"
# For 127.0.0.1 and localhost, until the year 2126; it signs itself, so it is its own authority.
CERTIFICATE = Path(__file__).with_name("certificate.pem")


@dataclass(frozen=True)
class Page:
    """What an address answers. An ETag among the headers is compared with If-None-Match."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def html(words: str, title: str = "A page", **headers: str) -> Page:
    """A page that says it; headers by keyword, as in ``html("…", ETag='"1"')``."""
    head = f"<!doctype html><html lang='en'><head><title>{title}</title></head>"
    return Page(f"{head}<body><main><p>{words}</p></main></body></html>".encode(), 200, headers)


def redirect(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def bomb(megabytes: int = 300, coding: str = "gzip") -> Page:
    """A packed page of so many megabytes of nothing; `coding` is gzip or deflate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    nothing = b"0" * 2**20
    first = packer.compress(nothing) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same bytes pack to the same bytes: no need to pack them again.
    again = packer.compress(nothing) + packer.flush(zlib.Z_FULL_FLUSH)
    return Page(first + again * (megabytes - 1), 200, {"Content-Encoding": coding})


class Visitor(BaseHTTPRequestHandler):
    """One request. A page may be a function of it that misbehaves with these means."""

    server: "_Server"

    def do_GET(self) -> None:
        web = self.server.web
        web.asked.append(self.path)
        web.requests.append(dict(self.headers))
        page = web.pages.get(self.path, Page(b"Nothing here.", 404))
        with contextlib.suppress(OSError):  # who asked is gone
            if isinstance(page, Page):
                self.answer(page)
            else:
                page(self)

    def answer(self, page: Page) -> None:
        etag = page.headers.get("ETag")
        if etag and self.headers["If-None-Match"] == etag:
            page = Page(status=304, headers={"ETag": etag})
        self.send_response(page.status)
        headers = {"Content-Type": HTML, "Content-Length": str(len(page.body))} | page.headers
        if page.status == 304:
            headers = page.headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.body)

    def say(self, raw: bytes) -> None:
        """Send these bytes now, whatever HTTP says."""
        self.wfile.write(raw)
        self.wfile.flush()

    def pause(self, seconds: float) -> bool:
        """Wait, but not longer than the web is there; whether it still is."""
        return not self.server.web.gone.wait(seconds)

    def log_message(self, *_: object) -> None:
        pass


def silent(visitor: Visitor) -> None:
    """Takes the request and never says a word."""
    visitor.pause(60)


def drips_headers(visitor: Visitor) -> None:
    """A byte of the headers every 20 ms, without end."""
    visitor.say(b"HTTP/1.1 200 OK\r\nX: ")
    while visitor.pause(0.02):
        visitor.say(b"x")


def drips(visitor: Visitor) -> None:
    """A byte of the body every 20 ms, without end."""
    visitor.say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while visitor.pause(0.02):
        visitor.say(b"x")


def never_ends(visitor: Visitor) -> None:
    """As many bytes as are taken, and never the last one."""
    visitor.say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while visitor.pause(0):
        visitor.say(b"x" * 2**16)


def breaks_off(visitor: Visitor) -> None:
    """Promises 1,000 bytes and hangs up after five."""
    visitor.say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n12345")


Answering = Page | Callable[[Visitor], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50
    web: "Web"

    def handle_error(self, *_: object) -> None:
        """Those who hang up in the middle are what these tests are about."""


class Web:
    """Serves `pages` by their path; notes who asked for what.

    ``with Web() as web: web.pages["/a"] = html("…")``; the fixture `web` does so and names it in
    FETCH_ALLOW. With ``tls=True`` it speaks https with CERTIFICATE, which nobody trusts by itself.
    """

    def __init__(self, *, tls: bool = False) -> None:
        self.pages: dict[str, Answering] = {}
        self.asked: list[str] = []  # paths, in order
        self.requests: list[dict[str, str]] = []  # their headers
        self.gone = Event()
        self._server = _Server(("127.0.0.1", 0), Visitor)
        self._server.web = self
        self.port: int = self._server.server_port
        self.place = f"127.0.0.1:{self.port}"  # as FETCH_ALLOW names it
        self._scheme = "https" if tls else "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            # The handshake waits for the thread that answers, so a slow visitor holds up nobody.
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self._scheme}://{host}:{self.port}{path}"

    def stop(self) -> None:
        """Refuse connections from now on, and let go of all that hang."""
        self.gone.set()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self.gone.is_set():
            self.stop()
