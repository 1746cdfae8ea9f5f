"""What is broken, by weight, with the ways to mend it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.admin.evidence import progress
from articles.admin.pages import page
from articles.evidence import broken as found_broken
from articles.models import Claim, LinkState, Source, Watch
from articles.reading import paging

SOURCES = 20  # a page
CLAIMS = 5  # shown of each

# What another copy or address of the same work has in common with this one.
KEPT = ("type", "title", "authors", "container_title", "publisher", "issued", "number", "language")


@dataclass(frozen=True, slots=True)
class Entry:
    """A source with what rests on it."""

    source: Source
    watch: Watch | None
    weight: int  # standing claims
    claims: list[tuple[Claim, bool]]  # some of them; whether all quotes that support it are missing
    elsewhere: str  # the form for another source, filled in with what is known of this one

    @property
    def more(self) -> int:
        return self.weight - len(self.claims)

    @property
    def state(self) -> str:
        return self.watch.state if self.watch else LinkState.UNKNOWN


@require_safe
def broken(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """The list, or with ``?state=`` those in one state."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    asked = request.GET.get("state", "")
    state = asked if asked in found_broken.BROKEN else ""
    in_vain = found_broken.unsupported()
    rows = found_broken.broken(in_vain, state)
    shown = paging.page(rows, paging.number(request), SOURCES)
    claims = found_broken.resting(shown, CLAIMS)
    states = found_broken.by_state()
    return page(
        request,
        model_admin,
        "source/broken",
        title=_("What is broken"),
        shown=shown,
        entries=[entry(source, claims.get(source.pk, []), in_vain) for source in shown],
        state=state,
        states=[(name, LinkState(name).label, count) for name, count in states.items()],
        in_vain=len(in_vain),
        progress=progress.now(),
        may_change=model_admin.has_change_permission(request),
        may_add=model_admin.has_add_permission(request),
    )


def entry(source: Source, claims: list[Claim], in_vain: set[int]) -> Entry:
    known = {name: value for name in KEPT if (value := getattr(source, name))}
    return Entry(
        source=source,
        watch=getattr(source, "watch", None),
        weight=source.weight,
        claims=[(claim, claim.pk in in_vain) for claim in claims],
        elsewhere=f"{reverse('admin:articles_source_add')}?{urlencode(known)}",
    )
