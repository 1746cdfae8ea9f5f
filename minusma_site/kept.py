"""What was typed, kept over an expired log-in or token, and sent again after a fresh log-in.

Who sent such a form is not known. A stranger's page can post one, too; since SameSite keeps our
cookies away from it, it looks just like a save after log-out. So the page that shows the form
back sends nothing on a click: it takes the password, typed there, which no stranger's page has
and which it asks for in a way that browsers do not fill in by themselves. That POST needs this
page's token as well, so that nobody is logged in as somebody else by a stranger. What a browser
says another site sent is not kept at all. Nobody can frame these pages (frame-ancestors).
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.cache import never_cache

PREFIX = "again"  # of the log-in's fields, apart from those of any form that is kept
LONG = 60  # characters


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    value: str

    @property
    def label(self) -> str:
        """The name in words: "Sections 2, body" for sections-1-body."""
        words = re.sub(r"-(\d+)-", lambda match: f" {int(match[1]) + 1}, ", self.name)
        return capfirst(words.replace("_", " "))

    @property
    def is_text(self) -> bool:
        lines = self.value.splitlines()
        return len(lines) > 1 or (len(self.value) > LONG and " " in self.value)


class LogInAgain(AdminAuthenticationForm):
    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, request.POST if sent_again(request) else None, prefix=PREFIX)
        if request.user.is_authenticated:
            self.initial["username"] = request.user.get_username()
        del self.fields["username"].widget.attrs["autofocus"]  # what was typed comes first
        self.fields["password"].widget.attrs["autocomplete"] = "new-password"  # not filled in


def is_secret(name: str) -> bool:
    """Whether a field is never written into a page."""
    return "password" in name or name == "csrfmiddlewaretoken" or name.startswith(f"{PREFIX}-")


def typed(request: HttpRequest) -> list[Field]:
    return [
        Field(name, value.replace("\r\n", "\n"))  # browsers put them back
        for name, values in request.POST.lists()
        if not is_secret(name)
        for value in values
    ]


def sent_again(request: HttpRequest) -> bool:
    return f"{PREFIX}-password" in request.POST


def log_in(request: HttpRequest) -> HttpResponse | None:
    """Log the sender in, and leave in the request what the form held; or show the page again."""
    form = LogInAgain(request)
    if not form.is_valid():
        return page(request, form)
    login(request, form.get_user())
    request.POST = request.POST.copy()
    for name in (f"{PREFIX}-username", f"{PREFIX}-password"):
        request.POST.pop(name, None)
    return None


@never_cache
def page(request: HttpRequest, form: LogInAgain | None = None) -> HttpResponse:
    """403 with every field of the form that was sent, to be sent again after a log-in."""
    fields = [] if request.path == reverse("admin:login") or foreign(request) else typed(request)
    rest = [field for field in fields if not field.is_text]
    context = {
        **admin.site.each_context(request),
        "title": _("Not saved yet, and not lost") if fields else _("Nothing was saved"),
        "texts": [field for field in fields if field.is_text],
        "rest": rest,
        "few": len(rest) <= 12,
        "files": list(request.FILES),
        "foreign": foreign(request),
        "form": form or LogInAgain(request),
        "address": request.get_full_path(),
    }
    answer = TemplateResponse(request, "admin/kept.html", context, status=403)
    return answer.render()  # what the middleware for CSRF answers nobody else renders


def foreign(request: HttpRequest) -> bool:
    """Whether the browser says that a page of another site sent this."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", own) not in (own, *settings.CSRF_TRUSTED_ORIGINS)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For the setting CSRF_FAILURE_VIEW."""
    if request.path.startswith(reverse("admin:index")):
        return page(request)
    return plain_csrf_failure(request, reason)
