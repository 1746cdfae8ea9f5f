"""What readers saw at the end of a day."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.history.store import load, titles
from articles.models import Publication
from articles.reading import addressing
from articles.reading.article import linked, looked_up
from articles.reading.links import header, to_time
from articles.reading.memento import memento_link, original
from articles.reading.page import render_article
from articles.reading.serving import Shown, answer, gone, look_up, published_row
from articles.reading.timeline import past_facts

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def choose_day(request: HttpRequest, slug: str) -> HttpResponse:
    """From the form's day to what readers saw then or, asked for that, to what changed since."""
    shown = look_up(slug)
    if not request.GET:
        return HttpResponseRedirect(addressing.path("history", slug))
    day = day_of(request.GET.get("day", ""))
    if "changes" not in request.GET:
        return HttpResponseRedirect(addressing.path("as-of", slug, day.isoformat()))
    then = last_entry(shown.article, day).revision.number
    now = published_row(shown.article).number
    return HttpResponseRedirect(addressing.path("compare", slug, then, now))


def as_of(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The page as it stood at the end of the day, UTC; of today, as it stands.

    Answers 410 as the article's address did where it was withdrawn by then, 404 where nothing
    was published yet.
    """
    asked = day_of(day)
    shown = look_up(slug)
    entry = last_entry(shown.article, asked)
    links = [original(shown, slug), *to_time(slug)]
    if entry.act == Publication.Act.WITHDRAWN:
        [(title, language)] = titles([entry.revision])
        return gone(title, language, slug, entry, headers=header(links))
    return answer(
        request,
        f"as-of-{asked}-{entry.hash[:20]}-{shown.key}",
        lambda: as_of_page(shown, entry, asked),
        headers=header([*links, memento_link(slug, entry, "memento")]),
    )


def day_of(asked: str) -> date:
    """The day that readers ask for. Raises Http404 for what is none, or has not come yet."""
    try:
        if not DAY.fullmatch(asked):
            raise ValueError(asked)
        day = date.fromisoformat(asked)
    except ValueError:
        raise Http404(_("A day is written as 2026-11-30.")) from None
    if day > timezone.now().astimezone(UTC).date():
        raise Http404(_("That day has not come yet."))
    return day


def last_entry(article: int, day: date) -> Publication:
    """The article's last entry in the log by the end of the day. Raises Http404 before all."""
    midnight = datetime.combine(day + timedelta(days=1), time(), UTC)
    entries = Publication.objects.filter(article=article, created_at__lt=midnight)
    found = entries.order_by("number").select_related("revision__manifest").last()
    if found is None:
        raise Http404(_("Nothing of this article was published by then."))
    return found


def as_of_page(shown: Shown, entry: Publication, day: date) -> str:
    row = published_row(shown.article)
    state = load(entry.revision)
    facts = past_facts(row, entry, linked(row, state))
    address = addressing.path("as-of", row.slug, day.isoformat())
    facts = replace(facts, as_of=day, address=address)
    return render_article(state, facts, looked_up(state))
