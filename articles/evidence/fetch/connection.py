"""One request and its answer, over a connection to the very address that was checked."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException, LineTooLong
from io import BytesIO
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import certifi
from django.utils.translation import gettext as _
from requests import PreparedRequest, Request, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import SSLError, Timeout
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
)

from articles.evidence.fetch.addresses import IP, Place, inside, inside_refused
from articles.evidence.fetch.answer import Headers, Unfetched, header
from articles.evidence.fetch.bounds import Bounds, Deadline
from articles.models.visit import Outcome

CODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
CHUNK = 65_536  # bytes unpacked at a time: what a bomb can take more than its bound
TRIES = 3  # addresses of one host
CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")
# Nobody will ever have such a name (RFC 6761): it is not asked for.
NOWHERE = ".invalid"


@dataclass(frozen=True)
class Received:
    """An answer; without its body where that says nothing, as in a redirect or an error."""

    status: int
    headers: Headers
    body: bytes = b""

    def header(self, name: str) -> str:
        return header(self.headers, name)


def get(
    place: Place,
    headers: Mapping[str, str],
    *,
    deadline: Deadline,
    bounds: Bounds,
    first: int | None = None,
) -> Received:
    """Ask once. Follows nothing, keeps no cookies, knows no proxy and no .netrc.

    `first` is the number of bytes after which the rest of the body is left; else a body over
    ``bounds.size`` raises. Raises Unfetched where there is no whole answer in time.
    """
    addresses = look_up(place, deadline)
    adapter, answer = _connect(place, addresses, headers, deadline)
    try:
        received = _headers(answer, bounds)
        if not 200 <= received.status < 300:
            return received
        body = _body(place, answer, first or bounds.size, cut=first is not None)
        if deadline.passed:  # a body without a length seems to be whole when it is cut
            raise _too_slow()
        return Received(received.status, received.headers, body)
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if deadline.passed:
            raise _too_slow() from error
        raise Unfetched(
            Outcome.BROKEN,
            _("The answer of “%(host)s” broke off or is damaged; try again later.")
            % {"host": place.host},
            status=answer.status_code,
            detail=_detail(error),
        ) from error
    finally:
        answer.close()
        adapter.close()


def look_up(place: Place, deadline: Deadline) -> tuple[IP, ...]:
    """The addresses of a host, all of them checked. The one look-up that a request makes."""
    if place.literal is not None:
        return (place.literal,)
    addresses = _resolve(place, deadline.left)
    if not place.allowed and any(map(inside, addresses)):
        raise inside_refused(place.host)
    return addresses


def _resolve(place: Place, seconds: float) -> tuple[IP, ...]:
    if place.host.endswith(NOWHERE):
        raise _unknown(place, "reserved name")
    # A public name ends with its dot: else the network's search list may make another one of it.
    name = place.host if place.allowed else f"{place.host}."
    said: SimpleQueue[list | Exception] = SimpleQueue()

    def look() -> None:
        try:
            said.put(socket.getaddrinfo(name, place.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            said.put(error)

    # Nothing can interrupt getaddrinfo. The thread that waits in it ends when the resolver gives
    # up; as a daemon it keeps no process from ending.
    Thread(target=look, daemon=True).start()
    try:
        found = said.get(timeout=seconds)
    except Empty:
        raise _unknown(place, "name servers did not answer in time") from None
    if isinstance(found, Exception):
        raise _unknown(place, _detail(found)) from found
    addresses = tuple(dict.fromkeys(ip_address(address[0]) for *_rest, address in found))
    if not addresses:
        raise _unknown(place, "no address")
    return addresses


def _connect(
    place: Place, addresses: tuple[IP, ...], headers: Mapping[str, str], deadline: Deadline
) -> tuple["Pinned", Response]:
    """The answer of the first of the addresses that can be reached, up to its headers."""
    addresses = addresses[:TRIES]
    for at, address in enumerate(addresses):
        adapter = Pinned(place, address, deadline)
        try:
            answer = adapter.ask(headers, connect=deadline.left / (len(addresses) - at))
            if deadline.passed:  # headers that are cut seem to be at their end
                raise TimeoutError("cut in the headers")
            return adapter, answer
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            adapter.close()
            if at + 1 == len(addresses) or not _unreached(error) or deadline.passed:
                raise _no_answer(place, error, deadline) from error
    raise AssertionError("look_up returns at least one address")


class Pinned(IPFilterAdapter):
    """Connects to one address that was looked up and checked before, in the name of its host.

    The request goes to the address itself, so no second look-up can lead elsewhere. The parent
    judges a public address a second time, by its own list. Used without a session, which would
    read a redirect's body without bounds.
    """

    def __init__(self, place: Place, address: IP, deadline: Deadline) -> None:
        super().__init__(is_https_proto=place.scheme == "https")
        self._place = place
        self._address = address
        self._deadline = deadline

    def ask(self, headers: Mapping[str, str], *, connect: float) -> Response:
        """`connect`: seconds for the connection to be there."""
        host = f"[{self._address}]" if self._address.version == 6 else str(self._address)
        url = f"{self._place.scheme}://{host}:{self._place.port}{self._place.target}"
        return self.send(
            Request("GET", url, headers=dict(headers)).prepare(),
            stream=True,
            timeout=(connect, self._deadline.left + 1),  # the deadline is first
            verify=certifi.where(),
            proxies={},
        )

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: bool | str, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        judge = HTTPAdapter if self._place.allowed else IPFilterAdapter
        host, tls = judge.build_connection_pool_key_attributes(self, request, verify, cert)
        request.headers["Host"] = self._place.netloc
        if self._place.scheme == "https":
            tls["assert_hostname"] = tls["server_hostname"] = self._place.host
        return host, tls

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*args, **options)
        kind = _SecureLine if self._place.scheme == "https" else _Line
        pool.ConnectionCls = partial(kind, deadline=self._deadline)
        return pool


class _Line(HTTPConnection):
    def __init__(self, *args: Any, deadline: Deadline, **options: Any) -> None:
        super().__init__(*args, **options)
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        line = super()._new_conn()
        self._deadline.hold(line)
        return line


class _SecureLine(_Line, HTTPSConnection):
    """Held before the handshake begins."""


def _headers(answer: Response, bounds: Bounds) -> Received:
    """The answer's headers, without control characters, which databases and pages choke on."""
    headers = tuple(
        (str(name).translate(CONTROL), str(value).translate(CONTROL).strip())
        for name, value in answer.raw.headers.items()
    )
    if sum(len(name) + len(value) for name, value in headers) > bounds.headers:
        raise _too_large("headers")
    return Received(answer.status_code, headers)


def _body(place: Place, answer: Response, most: int, *, cut: bool) -> bytes:
    coding = answer.headers.get("Content-Encoding", "").strip().lower()
    if coding not in CODINGS:
        raise Unfetched(
            Outcome.UNREADABLE,
            _("“%(host)s” sends the page packed in an unknown way; upload a copy instead.")
            % {"host": place.host},
            status=answer.status_code,
            detail=f"Content-Encoding: {coding.translate(CONTROL)[:100]}",
        )
    if not cut and (answer.raw.length_remaining or 0) > most:
        raise _too_large(f"Content-Length: {answer.raw.length_remaining}")
    body = BytesIO()
    while chunk := answer.raw.read1(CHUNK, decode_content=True):
        body.write(chunk)
        if body.tell() > most and not cut:
            raise _too_large(f"over {most} bytes")
        if body.tell() >= most and cut:
            body.truncate(most)
            break
    return body.getvalue()


def _no_answer(place: Place, error: Exception, deadline: Deadline) -> Unfetched:
    """Why there are not even headers."""
    host = {"host": place.host}
    if deadline.passed or isinstance(error, Timeout):
        return Unfetched(
            Outcome.UNREACHABLE,
            _("“%(host)s” did not answer in time; try again later, or upload a copy.") % host,
            detail="no answer in time",
        )
    if isinstance(error, InvalidIPAddress):
        return inside_refused(place.host)
    if isinstance(error, SSLError):
        return Unfetched(
            Outcome.TLS,
            _("“%(host)s” has no valid certificate, so it may be anybody; check the address.")
            % host,
            detail=_detail(error),
        )
    if _unreached(error):
        return Unfetched(
            Outcome.UNREACHABLE,
            _("“%(host)s” cannot be reached; check the address, or try again later.") % host,
            detail=_detail(error),
        )
    if isinstance(_root(error), LineTooLong) or "got more than" in str(error):
        return _too_large("headers")
    return Unfetched(
        Outcome.BROKEN,
        _("“%(host)s” gave no answer that a browser would understand; try again later.") % host,
        detail=_detail(error),
    )


def _unreached(error: Exception) -> bool:
    """Whether not even a connection came about, so that another address may do better."""
    cause = error.args[0] if error.args else None
    return isinstance(error, NoConnection) and (
        isinstance(cause, MaxRetryError)
        and isinstance(cause.reason, NewConnectionError | ConnectTimeoutError)
    )


def _unknown(place: Place, detail: str) -> Unfetched:
    return Unfetched(
        Outcome.DNS,
        _("No web site called “%(host)s” was found; check the address.") % {"host": place.host},
        detail=detail,
    )


def _too_large(detail: str) -> Unfetched:
    return Unfetched(
        Outcome.TOO_LARGE,
        _("The page is larger than what is fetched; upload a copy of the part that you cite."),
        detail=detail,
    )


def _too_slow() -> Unfetched:
    return Unfetched(
        Outcome.TOO_LARGE,
        _("The page did not arrive in time; try again later, or upload a copy."),
        detail="still sending at the end of its time",
    )


def _root(error: BaseException) -> BaseException:
    """What was first, under the wrappings of two libraries."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return error


def _detail(error: BaseException) -> str:
    root = _root(error)
    text = " ".join(str(root).translate(CONTROL).split())
    return f"{type(root).__name__}: {text}"[:300]
