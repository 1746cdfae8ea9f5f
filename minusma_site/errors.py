"""Answers to requests that no view could take."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.views import defaults

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what cannot be understood, 413 for what is too large."""
    if isinstance(exception, TOO_LARGE):
        response = defaults.bad_request(request, exception, template_name="413.html")
        response.status_code = 413
        return response
    return defaults.bad_request(request, exception)
