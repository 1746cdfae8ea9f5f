"""How far the looking at sources has come, for editors who wait for it."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.evidence.progress import progress
from articles.models import Source, Watch


def now(source: Source | None = None) -> dict[str, Any]:
    """What templates/admin/articles/source/_progress.html takes, of all sources and of this one."""
    moment = timezone.now()
    told: dict[str, Any] = {"all": progress(moment), "source": source}
    if source and (watch := Watch.objects.filter(pk=source.uid).first()):
        held = watch.leased_until is not None and watch.leased_until > moment
        due = watch.due_at is not None and watch.due_at <= moment
        told |= {"looking": held, "waiting": due and not held, "visited_at": watch.visited_at}
    return told


@require_safe
def shown(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """The lines alone, for the page's script; of one source with ``?source=``."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    asked = request.GET.get("source", "")
    source = Source.objects.filter(pk=asked).first() if asked.isdecimal() else None
    context = {"progress": now(source)}
    return render(request, "admin/articles/source/_progress_lines.html", context)
