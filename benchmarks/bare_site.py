"""The least that Django can do: views without middleware that return given bytes.

PLAIN and PACKED name the files that hold them.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PLAIN = Path(os.environ["PLAIN"]).read_bytes()
PACKED = Path(os.environ["PACKED"]).read_bytes()


# Without a length the server would send the answer in chunks.
PLAIN_HEADERS = {"Content-Length": str(len(PLAIN))}
PACKED_HEADERS = {"Content-Length": str(len(PACKED)), "Content-Encoding": "gzip"}


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PLAIN, headers=PLAIN_HEADERS)


def packed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PACKED, headers=PACKED_HEADERS)


urlpatterns = [path("plain/", plain), path("packed/", packed)]
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="the bare view signs nothing"
)
application = get_wsgi_application()
