"""Long lists by pages, with plain links: ?page=2."""

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _


def number(request: HttpRequest) -> int:
    """The page asked for, 1 where none is named. Raises Http404 for what is no page."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdecimal() and 0 < len(asked) < 7 and int(asked)):
        raise Http404(_("There is no page of this number."))
    return int(asked)


def page(rows: QuerySet, number: int, size: int) -> Page:
    """One page of the rows, in two queries. Raises Http404 past the end."""
    try:
        return Paginator(rows, size).page(number)
    except EmptyPage:
        raise Http404(_("There is no page of this number.")) from None
