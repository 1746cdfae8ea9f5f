"""A browser that fills in forms: cookies of its own, one connection that is kept open."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.admin.forms import fields_of

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    path: str
    method: str
    status: int
    content: bytes
    seconds: float
    sent: Fields

    def fields(self, having: str) -> Fields:
        """What would be sent of the page's form that has this field."""
        return fields_of(self, having)


class Browser:
    """Goes where it is told, not where it is sent; ``heard`` is told of each answer."""

    def __init__(self, port: int, heard: Callable[[Answer], None]) -> None:
        self.heard = heard
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        return self._ask("POST", path, fields)

    def log_in(self, name: str, password: str) -> None:
        path = "/admin/login/?next=/admin/"
        fields = self.get(path).fields("username")
        answer = self.post(path, fields | {"username": name, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{name} cannot log in: {answer.status}")

    def _ask(self, method: str, path: str, fields: Fields | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{c.key}={c.value}" for c in self.cookies.values())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(fields) if fields else None
        began = time.monotonic()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie", ()):
            self.cookies.load(cookie)
        seconds = time.monotonic() - began
        answer = Answer(path, method, response.status, content, seconds, fields or {})
        self.heard(answer)
        return answer
