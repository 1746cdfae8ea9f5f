"""What happens to every request around its view.

Readers' pages are the same for everyone, so they pay for no session, log-in, message, CSRF token
or negotiated language: those run where editors work. Headers, the check of the host and the limit
on bodies are for all.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from articles.reading.languages import BEGINNINGS, language_of

EDITORS_PATHS = ("/admin/", "/markdownx/")
HEALTH_PATH = "/healthz"

GetResponse = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Set the security headers on every answer: pages, files, redirects and errors.

    Stands first, so that nothing answers without it. The headers are made once, since on a warm
    page every microsecond shows. A view cannot weaken them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = tuple(security_headers().items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        for name, value in self.headers:
            headers[name] = value
        return response


def security_headers() -> dict[str, str]:
    """The headers that follow from the settings."""
    headers = {
        "Content-Security-Policy": "; ".join(
            f"{directive} {source}"
            for directive, source in settings.CONTENT_SECURITY_POLICY.items()
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return headers


class FrontDoor(CommonMiddleware):
    """Turn away what no view should see; add the slash that somebody forgot.

    In place of CommonMiddleware, without what this site never uses (denied user agents, www.)
    and with hosts that were found good remembered. Raises DisallowedHost (400) for a host that
    is not in ALLOWED_HOSTS, RequestDataTooBig (413) for a body that is announced as larger than
    REQUEST_BODY_LIMIT, before any of it is read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self.good_hosts: set[str] = set()

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        meta = request.META
        host = meta.get("HTTP_HOST", "")
        if host not in self.good_hosts:
            request.get_host()
            if len(self.good_hosts) < 100:  # ".example.org" allows any number of names
                self.good_hosts.add(host)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path != HEALTH_PATH:
            return HttpResponsePermanentRedirect(settings.SITE_URL + request.get_full_path())
        length = meta.get("CONTENT_LENGTH")
        if length and length.isdecimal() and int(length) > settings.REQUEST_BODY_LIMIT:
            raise RequestDataTooBig("The request's body is larger than REQUEST_BODY_LIMIT.")
        return None


class ReadersLane:
    """Lead readers past the middleware that stands after this: straight to the view.

    Those are Django's own, and do what editors need: session, language of the browser, CSRF,
    log-in, messages. Editors' paths go through them, and so does, wherever it is sent, each
    method that may change something: a form on a reader's page has its CSRF check from the start.

    A reader's path tells the language of the interface. Where it tells none, that is the first
    one, and nothing has to be done.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.editors_way = get_response
        self.readers_way = last_handler(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        reads = request.method in ("GET", "HEAD") and not path.startswith(EDITORS_PATHS)
        answer = self.readers_way if reads else self.editors_way
        if reads and not path.startswith(BEGINNINGS):
            return answer(request)
        try:
            translation.activate(language_of(path))
            return answer(request)
        finally:
            # The next request in this thread may be a reader's without a language.
            translation.deactivate()


class EditorsLanguage(LocaleMiddleware):
    """The language that an editor's browser asks for; a reader's form keeps its path's."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(EDITORS_PATHS):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith(EDITORS_PATHS):
            return super().process_response(request, response)
        return response


def last_handler(get_response: GetResponse) -> GetResponse:
    """The handler at the end of a chain of middleware, which calls the view.

    Django wraps each middleware in a function that turns exceptions into answers, and the last
    handler as well.
    """
    while next_handler := getattr(get_response.__wrapped__, "get_response", None):
        get_response = next_handler
    return get_response
